import Codegen
import IR
import Operators
import Support
import Tensors

/// A kernel for one window of a pooling, over all channels, which lie next to each other.
///
/// Its arguments are the number of channels, the address of the result, that of the offsets of the window's elements
/// in bytes, their number, the address of the input, and what a sum is divided by, a float.
enum PoolingKernelKind: Hashable {
  case average, maximum

  /// Where in the block of arguments things stand.
  static let (count, result, offsets, offsetCount, input, divisor) = (0, 1, 2, 3, 4, 5)
  static let argumentCount = 6

  func source(_ set: InstructionSet) -> KernelSource {
    let ir = IRBuilder(set)
    let count = ir.argument(PoolingKernelKind.count, .int64)
    let whole = ir.bits(count, and: .integer(-set.lanes))
    _ = ir.loop(from: .integer(0), to: whole, step: set.lanes, carrying: []) { index, _ in
      emit(ir, ir.product(index, .integer(4)), nil)
      return []
    }
    let mask = ir.mask(ir.difference(count, whole))
    // No round, or one.
    _ = ir.loop(from: whole, to: count, step: set.lanes, carrying: []) { index, _ in
      emit(ir, ir.product(index, .integer(4)), mask)
      return []
    }
    return ir.source("\(self) pooling")
  }

  private func emit(_ ir: IRBuilder, _ channel: IRValue, _ mask: IRValue?) {
    let input = ir.address(ir.argument(PoolingKernelKind.input, .pointer), channel)
    let offsets = ir.argument(PoolingKernelKind.offsets, .pointer)
    let number = ir.argument(PoolingKernelKind.offsetCount, .int64)
    let start = ir.constant(self == .average ? 0 : -.infinity)
    let total = ir.loop(from: .integer(0), to: number, step: 1, carrying: [start]) { tap, state in
      let offset = ir.load(
        .int64, ir.address(offsets, ir.product(tap, .integer(8))), alignment: 8)
      let place = ir.address(input, offset)
      let x = mask.map { ir.load(place, mask: $0) } ?? ir.load(ir.vector, place)
      if self == .average { return [ir.add(state[0], x)] }
      let larger = ir.select(ir.compare("ogt", x, state[0]), x, state[0])
      return [ir.select(ir.compare("uno", x, x), x, larger)]
    }[0]
    let divisor = ir.splat(ir.argument(PoolingKernelKind.divisor, .float))
    let value = self == .average ? ir.divide(total, divisor) : total
    let place = ir.address(ir.argument(PoolingKernelKind.result, .pointer), channel)
    if let mask { ir.store(value, place, mask: mask) } else { ir.store(value, place) }
  }
}

/// Averages and maxima of windows over floats, channels innermost.
final class PoolingKernel: NativeKernel {
  private let op: Pooling
  private let kernel: Kernel
  private let runtime: Runtime

  init(_ op: Pooling, _ kernel: Kernel, _ runtime: Runtime) {
    self.op = op
    self.kernel = kernel
    self.runtime = runtime
  }

  /// Whether the kernel computes what `op` does: no window lies in the padding alone, and padding never counts.
  static func computes(_ op: Pooling) -> Bool {
    op.mode != .lpnorm && op.countIncludePad != true
      && (op.global
        || (op.dilations ?? []).allSatisfy { $0 == 1 }
          && (op.paddingMode ?? .default) == .default)
  }

  /// One axis: for each window the positions of its elements.
  private func positions(_ axis: Int, _ size: Int, _ count: Int) -> [[Int]] {
    if op.global { return [Array(0..<size)] }
    return (0..<count).map { window in
      let start = window * op.stride[axis] - op.padding[axis]
      return (0..<op.lengths[axis]).map { start + $0 }
        .filter { (0..<size).contains($0) }
    }
  }

  func run(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> Argument {
    var inference = InferenceContext(operandContents: [nil], origin: "pooling", symbolPrefix: "")
    guard inputs.count == 1,
      let lens = try op.inferShapes([inputs[0].shape], in: &inference)[0].lens
    else { throw MIGraphXError(.invalidArgument, "one operand is needed") }
    let rank = lens.count
    let spatial = Array(2..<rank)
    let layout = [0] + spatial + [1]
    let result = try runtime.buffers.tensor(.float, lens: lens, layout: layout)
    guard result.elementCount > 0 else { return result }
    if inputs[0].elementCount == 0 { return try op.evaluate(inputs, in: context)[0] }
    let isReadable = inputs[0].strides[1] == 1 || lens[1] == 1
    let x = isReadable ? inputs[0] : try runtime.copy(inputs[0], layout: layout)
    let windows = spatial.map { positions($0 - 2, x.lens[$0], lens[$0]) }
    let sizes = spatial.map { lens[$0] }
    let steps = spatial.map { x.strides[$0] * 4 }
    let (channels, places) = (lens[1], sizes.reduce(1, *))
    let perTask = max(1, 4096 / channels)
    let tasks = (places + perTask - 1) / perTask
    unsafe x.withAddresses(to: result) { pointers in
      runtime.pool.run(lens[0] * tasks) { number in
        let (image, task) = number.quotientAndRemainder(dividingBy: tasks)
        unsafe withUnsafeTemporaryAllocation(
          of: Int.self, capacity: PoolingKernelKind.argumentCount
        ) { block in
          guard let arguments = UnsafeMutableRawPointer(block.baseAddress) else { return }
          unsafe block[PoolingKernelKind.count] = channels
          unsafe block[PoolingKernelKind.input] =
            Int(bitPattern: pointers.read) + image * x.strides[0] * 4
          for place in task * perTask..<min(places, (task + 1) * perTask) {
            var offsets = [0]
            var rest = place
            for axis in sizes.indices.reversed() {
              let index: Int
              (rest, index) = rest.quotientAndRemainder(dividingBy: sizes[axis])
              offsets = offsets.flatMap { base in
                windows[axis][index].map { base + $0 * steps[axis] }
              }
            }
            unsafe block[PoolingKernelKind.result] =
              Int(bitPattern: pointers.write) + (image * places + place) * channels * 4
            unsafe block[PoolingKernelKind.offsetCount] = offsets.count
            unsafe block[PoolingKernelKind.divisor] = Int(Float(offsets.count).bitPattern)
            unsafe offsets.withUnsafeBufferPointer { list in
              unsafe block[PoolingKernelKind.offsets] = Int(bitPattern: list.baseAddress)
              unsafe kernel(arguments)
            }
          }
        }
      }
    }
    return result
  }
}
