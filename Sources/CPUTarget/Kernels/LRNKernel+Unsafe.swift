import Codegen
import IR
import Operators
import Support
import Tensors

/// Divides each float by a power of the squares around it in neighbouring channels.
final class LRNKernel: NativeKernel {
  private let op: LRN
  private let kernel: Kernel
  private let runtime: Runtime

  /// Makes the kernel; `kernel` is that of ``LRNKernelSource``.
  init(_ op: LRN, _ kernel: Kernel, _ runtime: Runtime) {
    self.op = op
    self.kernel = kernel
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    guard let x = operands.first, operands.count == 1, x.rank > 1 else {
      throw MIGraphXError(.invalidShape, "one operand of two axes or more is needed")
    }
    let result = try TensorLayout(.float, lens: x.lens)
    var arranging = Arranging(runtime)
    let place = try arranging.place(x, 0).place
    if result.elementCount > 0 {
      arranging.add(grid(AxisGrid(x.lens, order: Array(x.lens.indices), axis: 1), place))
    }
    return PreparedKernel(
      results: [result], scratchByteCount: arranging.scratch.byteCount, grids: arranging.grids)
  }

  /// A task for each channel.
  private func grid(_ grid: AxisGrid, _ place: KernelMemory.Place) -> TaskGrid {
    let (before, after) = ((op.size - 1) / 2, op.size / 2)
    return TaskGrid(grid.outer * grid.length) { [op, kernel] task, memory in
      let (image, channel) = task.quotientAndRemainder(dividingBy: grid.length)
      let first = max(0, channel - before)
      let last = min(grid.length - 1, channel + after)
      unsafe withUnsafeTemporaryAllocation(
        of: Int.self, capacity: LRNKernelSource.Slot.allCases.count
      ) { block in
        guard let arguments = UnsafeMutableRawPointer(block.baseAddress) else { return }
        func set(_ slot: LRNKernelSource.Slot, _ value: Int) { unsafe block[slot.rawValue] = value }
        func set(_ slot: LRNKernelSource.Slot, _ value: Float) { set(slot, Int(value.bitPattern)) }
        let (input, output) = unsafe (memory.address(place), memory.result(0))
        let step = grid.inner * 4
        set(.input, Int(bitPattern: input) + task * step)
        set(.result, Int(bitPattern: output) + task * step)
        set(.count, grid.inner)
        set(.window, Int(bitPattern: input) + (image * grid.length + first) * step)
        set(.windowCount, last - first + 1)
        set(.windowStride, step)
        set(.factor, op.alpha / Float(op.size))
        set(.bias, op.bias)
        set(.exponent, op.beta)
        unsafe kernel(arguments)
      }
    }
  }
}
