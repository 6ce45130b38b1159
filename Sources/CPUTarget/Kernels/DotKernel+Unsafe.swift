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
  private let constant: Constant?

  private struct Constant {
    let packed: Argument
    let depth: Int
    let columns: Int
  }

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
    constant = Constant(
      packed: try PackedColumns(source, for: kernels).packed(right, runtime), depth: depth,
      columns: columns)
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    let operandCount = (constant == nil ? 2 : 1) + (epilogue.addsResidual ? 1 : 0)
    guard operands.count == operandCount else {
      throw MIGraphXError(
        .invalidArgument, "\(operandCount) operands are needed, found \(operands.count)")
    }
    let rank = operands[0].rank
    let (depth, columns) =
      constant.map { ($0.depth, $0.columns) }
      ?? (operands[1].lens[rank - 2], operands[1].lens[rank - 1])
    guard operands[0].lens[rank - 1] == depth else {
      throw MIGraphXError(
        .invalidShape,
        "the columns of the left operand and the rows of the right one must be equal, found "
          + "\(operands[0].lens[rank - 1]) and \(depth)")
    }
    let result = try TensorLayout(.float, lens: operands[0].lens.dropLast() + [columns])
    var arranging = Arranging(runtime)
    var residual: KernelMemory.Place?
    if epilogue.addsResidual {
      let added = operands[operandCount - 1]
      guard added.lens == result.lens else {
        throw MIGraphXError(.invalidShape, "\(added.lens) is added to \(result.lens)")
      }
      residual = try arranging.place(added, operandCount - 1).place
    }
    // There may be any number of places without elements.
    if result.elementCount == 0 { return PreparedKernel(results: [result]) }
    // Rows are read along the depth.
    let isReadable = operands[0].strides[rank - 1] == 1 || depth == 1
    let (left, leftLayout) =
      isReadable ? (.operand(0), operands[0]) : try arranging.copy(operands[0], 0)
    let product: Product
    if let constant {
      product = Product(
        right: .constant(constant.packed), rowAxes: Array(0..<rank - 1),
        parts: [TileProblem.Part()])
    } else {
      product = try variableProduct(leftLayout, operands[1], &arranging)
    }
    let bias = try PackedBias(epilogue.bias, parts: 1, columns: columns, width: kernels.columns)
    let problem = TileProblem(
      kernels: kernels, kind: .product, rowSizes: product.rowAxes.map { leftLayout.lens[$0] },
      rowStrides: product.rowAxes.map { leftLayout.strides[$0] * 4 }, tapOffsets: [0],
      depth: depth, columns: columns, parts: product.parts, left: left, right: product.right,
      bias: .constant(bias.argument), result: .result(0), resultPitch: columns * 4,
      residual: residual, residualPitch: columns * 4, limits: epilogue.limits)
    arranging.add(problem.grid(threadCount: runtime.pool.threadCount))
    return PreparedKernel(
      results: [result], scratchByteCount: arranging.scratch.byteCount, grids: arranging.grids,
      constants: [bias.argument] + (constant.map { [$0.packed] } ?? []))
  }

  /// What is multiplied by, and which axes of the left operand are rows of one part.
  private struct Product {
    let right: KernelMemory.Place
    let rowAxes: [Int]
    let parts: [TileProblem.Part]
  }

  /// Packs a right operand in each run; each matrix of the outer axes once, however often it is used.
  private func variableProduct(
    _ left: TensorLayout, _ right: TensorLayout, _ arranging: inout Arranging
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
    let packed = try PackedColumns(
      PackedColumns.Source(
        sumSizes: [depth], sumStrides: [right.strides[rank - 2]], columns: columns,
        columnStride: right.strides[rank - 1], parts: matrices), for: kernels)
    let place = arranging.take(packed.byteCount)
    arranging.add(packed.grid(from: .operand(1), to: place))
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
    return Product(right: place, rowAxes: [rank - 2], parts: parts)
  }
}
