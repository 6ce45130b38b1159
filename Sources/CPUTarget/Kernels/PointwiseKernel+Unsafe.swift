import Codegen
import IR
import Support
import Tensors

/// A pointwise formula over tensors of floats of any strides.
///
/// The result lies as the first operand that repeats nothing does.
final class PointwiseKernel: NativeKernel {
  private let runtime: Runtime
  private let kernel: Kernel
  private let lanes: Int
  private let operandCount: Int

  /// Elements of one task.
  private static let taskLength = 16 << 10

  init(_ kernel: Kernel, operandCount: Int, lanes: Int, _ runtime: Runtime) {
    self.kernel = kernel
    self.operandCount = operandCount
    self.lanes = lanes
    self.runtime = runtime
  }

  func run(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> Argument {
    guard inputs.count == operandCount, let lens = inputs.first?.lens,
      inputs.allSatisfy({ $0.lens == lens })
    else {
      throw MIGraphXError(
        .invalidShape, "operands must have one size, found \(inputs.map(\.lens))")
    }
    let layout = PointwiseKernel.layout(inputs)
    let result = try runtime.buffers.tensor(.float, lens: lens, layout: layout)
    if result.elementCount == 0 { return result }
    var operands: [Argument] = []
    for input in inputs {
      let inner = layout.last { lens[$0] != 1 }
      let fits = inner.map { [0, 1].contains(input.strides[$0]) } ?? true
      operands.append(fits ? input : try runtime.copy(input, layout: layout))
    }
    let grid = Grid(operands + [result], layout)
    run(grid, operands, result)
    return result
  }

  /// The axes, outermost first, as the first operand has them that repeats nothing; else in their own order.
  private static func layout(_ inputs: [Argument]) -> [Int] {
    let axes = Array(inputs[0].lens.indices)
    let whole = inputs.first { input in
      zip(input.lens, input.strides).allSatisfy { $0 == 1 || $1 > 0 }
    }
    guard let whole else { return axes }
    // Axes of one element may have any stride; they stay before the next one.
    var keys: [(stride: Int, axis: Int)] = []
    var last = 0
    for axis in axes.reversed() {
      if whole.lens[axis] != 1 { last = whole.strides[axis] }
      keys.append((last, axis))
    }
    return keys.sorted { ($1.stride, $0.axis) < ($0.stride, $1.axis) }.map(\.axis)
  }

  /// Axes that all tensors share, those merged that lie as one in each of them; the last one is a row.
  fileprivate struct Grid {
    var sizes: [Int] = []
    /// For each axis the strides of all tensors, in elements.
    var strides: [[Int]] = []

    init(_ tensors: [Argument], _ layout: [Int]) {
      for axis in layout where tensors[0].lens[axis] != 1 {
        let size = tensors[0].lens[axis]
        let steps = tensors.map { $0.strides[axis] }
        if let last = strides.last, last == steps.map({ $0 * size }) {
          sizes[sizes.count - 1] *= size
          strides[strides.count - 1] = steps
        } else {
          sizes.append(size)
          strides.append(steps)
        }
      }
      if sizes.isEmpty {
        sizes = [1]
        strides = [tensors.map { _ in 0 }]
      }
    }
  }

  private func run(_ grid: Grid, _ operands: [Argument], _ result: Argument) {
    guard let length = grid.sizes.last, let steps = grid.strides.last else { return }
    let outer = Array(grid.sizes.dropLast())
    let rowCount = outer.reduce(1, *)
    // Long rows are cut, short ones are bundled. Pieces are whole vectors, so that all lanes are used.
    let pieces = max(1, length / PointwiseKernel.taskLength)
    let pieceLength = ((length + pieces - 1) / pieces + lanes - 1) / lanes * lanes
    let rowsPerTask = max(1, PointwiseKernel.taskLength / length)
    let tasks = (rowCount + rowsPerTask - 1) / rowsPerTask
    let bases = addresses(operands + [result])
    runtime.pool.run(tasks * pieces) { task in
      let (bundle, piece) = task.quotientAndRemainder(dividingBy: pieces)
      let first = piece * pieceLength
      let count = min(pieceLength, length - first)
      if count <= 0 { return }
      let rows = bundle * rowsPerTask..<min(rowCount, (bundle + 1) * rowsPerTask)
      unsafe withUnsafeTemporaryAllocation(
        of: Int.self, capacity: PointwiseEmitter.firstOperand + 2 * operands.count
      ) { block in
        unsafe withUnsafeTemporaryAllocation(
          of: Float.self, capacity: operands.count * lanes
        ) { repeated in
          guard let arguments = UnsafeMutableRawPointer(block.baseAddress),
            let splats = repeated.baseAddress
          else { return }
          unsafe block[PointwiseEmitter.count] = count
          for row in rows {
            for (index, base) in bases.enumerated() {
              let offset = grid.offset(row, index, outer) + first * steps[index]
              let place = base + offset * 4
              if index == operands.count {
                unsafe block[PointwiseEmitter.result] = place
                continue
              }
              let slot = PointwiseEmitter.firstOperand + 2 * index
              if steps[index] == 1 {
                unsafe block[slot] = place
                unsafe block[slot + 1] = lanes * 4
              } else if let number = unsafe UnsafeRawPointer(bitPattern: place) {
                let value = unsafe number.loadUnaligned(as: Float.self)
                for lane in 0..<lanes { unsafe splats[index * lanes + lane] = value }
                unsafe block[slot] = Int(bitPattern: splats + index * lanes)
                unsafe block[slot + 1] = 0
              }
            }
            unsafe kernel(arguments)
          }
        }
      }
    }
    // The operands' memory must outlive the loop.
    withExtendedLifetime((operands, result)) {}
  }

  /// The addresses of the first elements.
  private func addresses(_ tensors: [Argument]) -> [Int] {
    tensors.map { tensor in
      unsafe tensor.storage.withUnsafeBytes { Int(bitPattern: $0.baseAddress) } + tensor.byteOffset
    }
  }
}

extension PointwiseKernel.Grid {
  /// The offset of a row of tensor `index`, in elements.
  fileprivate func offset(_ row: Int, _ index: Int, _ outer: [Int]) -> Int {
    var (rest, offset) = (row, 0)
    for axis in outer.indices.reversed() {
      let place: Int
      (rest, place) = rest.quotientAndRemainder(dividingBy: outer[axis])
      offset += place * strides[axis][index]
    }
    return offset
  }
}
