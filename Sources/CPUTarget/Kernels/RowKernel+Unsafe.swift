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

  func run(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> Argument {
    guard let x = inputs.first, x.rank > axis else {
      throw MIGraphXError(.invalidShape, "an operand of more than \(axis) axes is needed")
    }
    let rowLens = Array(x.lens[axis...])
    var operands: [Argument] = []
    for (index, input) in inputs.enumerated() {
      guard index == 0 || input.lens == rowLens else {
        throw MIGraphXError(.invalidShape, "operand \(index) must be \(rowLens), is \(input.lens)")
      }
      operands.append(try runtime.arranged(input))
    }
    let result = try runtime.buffers.tensor(.float, lens: x.lens)
    guard result.elementCount > 0 else { return result }
    let length = rowLens.reduce(1, *)
    let rows = result.elementCount / length
    // Few rows are a task if they are long.
    let rowsPerTask = max(1, 4096 / length)
    let factors = operands.dropFirst().map { operand in
      unsafe operand.storage.withUnsafeBytes { Int(bitPattern: $0.baseAddress) }
        + operand.byteOffset
    }
    unsafe operands[0].withAddresses(to: result) { pointers in
      runtime.pool.run((rows + rowsPerTask - 1) / rowsPerTask) { task in
        unsafe withUnsafeTemporaryAllocation(
          of: Int.self, capacity: RowKernelKind.argumentCount
        ) { block in
          guard let arguments = UnsafeMutableRawPointer(block.baseAddress) else { return }
          unsafe block[RowKernelKind.count] = length
          for (index, factor) in factors.enumerated() {
            unsafe block[RowKernelKind.scale + index] = factor
          }
          unsafe block[RowKernelKind.epsilon] = Int(epsilon.bitPattern)
          unsafe block[RowKernelKind.inverseLength] = Int((1 / Float(length)).bitPattern)
          for row in task * rowsPerTask..<min(rows, (task + 1) * rowsPerTask) {
            unsafe block[RowKernelKind.input] =
              Int(bitPattern: pointers.read) + row * length * 4
            unsafe block[RowKernelKind.result] =
              Int(bitPattern: pointers.write) + row * length * 4
            unsafe kernel(arguments)
          }
        }
      }
    }
    withExtendedLifetime(operands) {}
    return result
  }
}
