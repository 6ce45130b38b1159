import Codegen
import IR
import Support
import Tensors

/// Maps each row of the last axes to one of the same length, such as softmax and layer normalisation.
final class RowKernel: NativeKernel {
  private let runtime: Runtime
  private let kernel: Kernel
  /// The first of the axes that are one row.
  private let axis: Int
  /// What is added to a variance.
  private let epsilon: Float

  init(_ kernel: Kernel, axis: Int, epsilon: Float, _ runtime: Runtime) {
    self.kernel = kernel
    self.axis = axis
    self.epsilon = epsilon
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    guard let x = operands.first, x.rank > axis else {
      throw MIGraphXError(.invalidShape, "an operand of more than \(axis) axes is needed")
    }
    let rowLens = Array(x.lens[axis...])
    var arranging = Arranging(runtime)
    var places: [KernelMemory.Place] = []
    for (index, operand) in operands.enumerated() {
      guard index == 0 || operand.lens == rowLens else {
        throw MIGraphXError(
          .invalidShape, "operand \(index) must be \(rowLens), is \(operand.lens)")
      }
      places.append(try arranging.place(operand, index).place)
    }
    let result = try TensorLayout(.float, lens: x.lens)
    var prepared = PreparedKernel(
      results: [result], scratchByteCount: arranging.scratch.byteCount,
      inPlaceOperand: x == result ? 0 : nil, grids: arranging.grids)
    if result.elementCount > 0 { prepared.grids.append(grid(places, result, rowLens)) }
    return prepared
  }

  private func grid(
    _ places: [KernelMemory.Place], _ result: TensorLayout, _ rowLens: [Int]
  ) -> TaskGrid {
    let length = rowLens.reduce(1, *)
    let rows = result.elementCount / length
    // Few rows are a task if they are long.
    let rowsPerTask = max(1, 4096 / length)
    return TaskGrid((rows + rowsPerTask - 1) / rowsPerTask) { [kernel, epsilon] task, memory in
      unsafe withUnsafeTemporaryAllocation(
        of: Int.self, capacity: RowKernelKind.argumentCount
      ) { block in
        guard let arguments = UnsafeMutableRawPointer(block.baseAddress) else { return }
        unsafe block[RowKernelKind.count] = length
        for index in 1..<places.count {
          unsafe block[RowKernelKind.scale + index - 1] = Int(
            bitPattern: memory.address(places[index]))
        }
        unsafe block[RowKernelKind.epsilon] = Int(epsilon.bitPattern)
        unsafe block[RowKernelKind.inverseLength] = Int((1 / Float(length)).bitPattern)
        let (input, output) = unsafe (memory.address(places[0]), memory.result(0))
        for row in task * rowsPerTask..<min(rows, (task + 1) * rowsPerTask) {
          unsafe block[RowKernelKind.input] = Int(bitPattern: input) + row * length * 4
          unsafe block[RowKernelKind.result] = Int(bitPattern: output) + row * length * 4
          unsafe kernel(arguments)
        }
      }
    }
  }
}
