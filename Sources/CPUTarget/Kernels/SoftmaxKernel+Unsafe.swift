import Codegen
import IR
import Support
import Tensors

/// Softmax of floats, or its logarithm, along any axis. The result lies as the operand.
final class SoftmaxKernel: NativeKernel {
  private let axis: Int
  private let rows: Kernel
  private let columns: Kernel
  private let runtime: Runtime

  /// The elements that one task handles, about.
  private static let taskLength = 4096

  /// Makes the kernel; `rows` is one of ``RowKernelKind``, `columns` of ``ColumnSoftmax``.
  init(axis: Int, rows: Kernel, columns: Kernel, _ runtime: Runtime) {
    self.axis = axis
    self.rows = rows
    self.columns = columns
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    guard let x = operands.first, operands.count == 1, x.rank > axis else {
      throw MIGraphXError(.invalidShape, "an operand of more than \(axis) axes is needed")
    }
    let order = x.denseOrder ?? Array(x.lens.indices)
    let result = try TensorLayout(.float, lens: x.lens, order: order)
    var arranging = Arranging(runtime)
    let place = try arranging.place(x, 0, order: order).place
    if result.elementCount > 0 {
      let grid = AxisGrid(x.lens, order: order, axis: axis)
      arranging.add(grid.inner == 1 ? rowGrid(place, grid) : columnGrid(place, grid))
    }
    return PreparedKernel(
      results: [result], scratchByteCount: arranging.scratch.byteCount,
      inPlaceOperand: x == result ? 0 : nil, grids: arranging.grids)
  }

  private func rowGrid(_ place: KernelMemory.Place, _ grid: AxisGrid) -> TaskGrid {
    let (count, length) = (grid.outer, grid.length)
    let rowsPerTask = max(1, SoftmaxKernel.taskLength / length)
    return TaskGrid((count + rowsPerTask - 1) / rowsPerTask) { [rows] task, memory in
      unsafe withUnsafeTemporaryAllocation(
        of: Int.self, capacity: RowKernelKind.argumentCount
      ) { block in
        guard let arguments = UnsafeMutableRawPointer(block.baseAddress) else { return }
        unsafe block[RowKernelKind.count] = length
        let (input, output) = unsafe (memory.address(place), memory.result(0))
        for row in task * rowsPerTask..<min(count, (task + 1) * rowsPerTask) {
          unsafe block[RowKernelKind.input] = Int(bitPattern: input) + row * length * 4
          unsafe block[RowKernelKind.result] = Int(bitPattern: output) + row * length * 4
          unsafe rows(arguments)
        }
      }
    }
  }

  private func columnGrid(_ place: KernelMemory.Place, _ grid: AxisGrid) -> TaskGrid {
    let (outer, length, count) = (grid.outer, grid.length, grid.inner)
    // Pieces of columns are whole vectors of any size.
    let wanted = max(1, SoftmaxKernel.taskLength / length)
    let pieceLength = min(count, (wanted + 63) / 64 * 64)
    let pieces = (count + pieceLength - 1) / pieceLength
    return TaskGrid(outer * pieces) { [columns] task, memory in
      let (number, piece) = task.quotientAndRemainder(dividingBy: pieces)
      let first = piece * pieceLength
      let offset = (number * length * count + first) * 4
      unsafe withUnsafeTemporaryAllocation(
        of: Int.self, capacity: ColumnSoftmax.Slot.allCases.count
      ) { block in
        guard let arguments = UnsafeMutableRawPointer(block.baseAddress) else { return }
        func set(_ slot: ColumnSoftmax.Slot, _ value: Int) { unsafe block[slot.rawValue] = value }
        unsafe set(.input, Int(bitPattern: memory.address(place)) + offset)
        unsafe set(.result, Int(bitPattern: memory.result(0)) + offset)
        set(.count, min(pieceLength, count - first))
        set(.length, length)
        set(.inputStride, count * 4)
        set(.resultStride, count * 4)
        unsafe columns(arguments)
      }
    }
  }
}
