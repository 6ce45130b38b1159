import Codegen
import IR
import Support
import Tensors

/// Products of matrices of floats, `[.., M, K]` and `[.., K, N]`.
///
/// A right matrix that is a constant is packed once; another one in each run.
final class DotKernel: NativeKernel {
  private let runtime: Runtime
  private let kernels: TileKernels
  private let epilogue: Epilogue
  /// The right matrix, when it is the same for all outer axes and known at compile time.
  private let constant: (packed: PackedColumns, bias: PackedBias, depth: Int, columns: Int)?

  /// Makes the kernel; `right` is a constant matrix `[K, N]`, or nil when it comes as an operand.
  ///
  /// - Throws: `system` when there is no memory.
  init(
    right: Argument?, _ epilogue: Epilogue, _ kernels: TileKernels, _ runtime: Runtime
  ) throws(MIGraphXError) {
    self.runtime = runtime
    self.kernels = kernels
    self.epilogue = epilogue
    guard let right else {
      constant = nil
      return
    }
    let (depth, columns) = (right.lens[0], right.lens[1])
    let source = PackedColumns.Source(
      sumSizes: [depth], sumStrides: [right.strides[0]], columns: columns,
      columnStride: right.strides[1], parts: [0])
    constant = (
      try PackedColumns(source, of: right, for: kernels, runtime),
      try PackedBias(epilogue.bias, parts: 1, columns: columns, width: kernels.columns), depth,
      columns
    )
  }

  func run(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> Argument {
    let operandCount = (constant == nil ? 2 : 1) + (epilogue.addsResidual ? 1 : 0)
    guard inputs.count == operandCount else {
      throw MIGraphXError(
        .invalidArgument, "\(operandCount) operands are needed, found \(inputs.count)")
    }
    let rank = inputs[0].rank
    let (depth, columns) =
      constant.map { ($0.depth, $0.columns) }
      ?? (inputs[1].lens[rank - 2], inputs[1].lens[rank - 1])
    guard inputs[0].lens[rank - 1] == depth else {
      throw MIGraphXError(
        .invalidShape,
        "the columns of the left operand and the rows of the right one must be equal, found "
          + "\(inputs[0].lens[rank - 1]) and \(depth)")
    }
    let result = try runtime.buffers.tensor(.float, lens: inputs[0].lens.dropLast() + [columns])
    let residual = epilogue.addsResidual ? try runtime.arranged(inputs[operandCount - 1]) : nil
    if let residual, residual.lens != result.lens {
      throw MIGraphXError(.invalidShape, "\(residual.lens) is added to \(result.lens)")
    }
    // There may be any number of places without elements.
    if result.elementCount == 0 { return result }
    // Rows are read along the depth.
    let left =
      inputs[0].strides[rank - 1] == 1 || depth == 1 ? inputs[0] : try runtime.copy(inputs[0])
    let product: Product
    if let constant {
      product = Product(
        packed: constant.packed, bias: constant.bias, depth: depth, columns: columns,
        rowAxes: Array(0..<rank - 1), parts: [TileProblem.Part()])
    } else {
      product = try variableProduct(left, inputs[1])
    }
    product.run(left, residual, result, self)
    return result
  }

  /// What a run multiplies by, and which axes of the left operand are rows of one part.
  fileprivate struct Product {
    let packed: PackedColumns
    let bias: PackedBias
    let depth: Int
    let columns: Int
    let rowAxes: [Int]
    let parts: [TileProblem.Part]
  }

  /// Packs a right operand that only this run knows; each matrix of the outer axes once, however often it is used.
  private func variableProduct(
    _ left: Argument, _ right: Argument
  ) throws(MIGraphXError) -> Product {
    let rank = left.rank
    guard right.rank == rank, right.lens.dropLast(2) == left.lens.dropLast(2) else {
      throw MIGraphXError(
        .invalidShape, "outer sizes must be equal, found \(left.lens) and \(right.lens)")
    }
    let (rows, depth, columns) = (left.lens[rank - 2], right.lens[rank - 2], right.lens[rank - 1])
    let outer = Array(0..<rank - 2)
    // The outer axes along which the right operand changes.
    let own = outer.filter { right.strides[$0] != 0 && right.lens[$0] != 1 }
    var matrices: [Int] = []
    forEachPosition(own.map { right.lens[$0] }, own.map { right.strides[$0] }) {
      matrices.append($0)
    }
    let source = PackedColumns.Source(
      sumSizes: [depth], sumStrides: [right.strides[rank - 2]], columns: columns,
      columnStride: right.strides[rank - 1], parts: matrices)
    let packed = try PackedColumns(source, of: right, for: kernels, runtime)
    var numbers = [Int](repeating: 0, count: outer.count)
    var count = 1
    for axis in own.reversed() {
      numbers[axis] = count
      count *= right.lens[axis]
    }
    let sizes = outer.map { left.lens[$0] }
    var parts: [TileProblem.Part] = []
    forEachPosition(sizes, outer.map { left.strides[$0] }) {
      let result = parts.count * rows * columns * 4
      parts.append(TileProblem.Part(left: $0 * 4, result: result, residual: result))
    }
    var part = 0
    forEachPosition(sizes, numbers) {
      parts[part].right = $0 * packed.partByteCount
      part += 1
    }
    return Product(
      packed: packed,
      bias: try PackedBias(epilogue.bias, parts: 1, columns: columns, width: kernels.columns),
      depth: depth, columns: columns, rowAxes: [rank - 2], parts: parts)
  }

  fileprivate func problem(
    _ product: Product, left: Argument, _ pointers: TilePointers
  ) -> TileProblem {
    unsafe TileProblem(
      kernels: kernels, kind: .product, rowSizes: product.rowAxes.map { left.lens[$0] },
      rowStrides: product.rowAxes.map { left.strides[$0] * 4 }, tapOffsets: [0],
      depth: product.depth, columns: product.columns, parts: product.parts, left: pointers.left,
      right: pointers.right, bias: pointers.bias, result: pointers.result,
      resultPitch: product.columns * 4, residual: pointers.residual,
      residualPitch: product.columns * 4, limits: epilogue.limits)
  }

  fileprivate var threads: ThreadPool { runtime.pool }
}

extension DotKernel.Product {
  fileprivate func run(
    _ left: Argument, _ residual: Argument?, _ result: Argument, _ kernel: DotKernel
  ) {
    TilePointers.with(left, packed, bias, residual, result) { pointers in
      kernel.problem(self, left: left, pointers).run(on: kernel.threads)
    }
  }
}
