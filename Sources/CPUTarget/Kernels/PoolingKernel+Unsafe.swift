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

  /// Whether the kernel computes what `op` does: no window lies in the padding alone, and padding
  /// counts in all windows or in none.
  static func computes(_ op: Pooling) -> Bool {
    op.mode != .lpnorm && !(op.countIncludePad == true && op.ceilMode)
      && (op.global
        || (op.dilations ?? []).allSatisfy { $0 == 1 }
          && (op.paddingMode ?? .default) == .default)
  }

  /// One axis: the first element of each window that counts, and how many do.
  private func windows(_ axis: Int, _ size: Int, _ count: Int) -> [(first: Int, count: Int)] {
    if op.global { return [(0, size)] }
    return (0..<count).map { window in
      let start = window * op.stride[axis] - op.padding[axis]
      let (first, end) = (max(0, start), min(size, start + op.lengths[axis]))
      return (first, max(0, end - first))
    }
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    guard operands.count == 1 else {
      throw MIGraphXError(.invalidArgument, "one operand is needed")
    }
    var inference = InferenceContext(operandContents: [nil], origin: "pooling", symbolPrefix: "")
    let shape = Shape(.float, lens: operands[0].lens)
    guard let lens = try op.inferShapes([shape], in: &inference)[0].lens else {
      throw MIGraphXError(.invalidShape, "sizes must be known")
    }
    let order = [0] + Array(2..<lens.count) + [1]
    let result = try TensorLayout(.float, lens: lens, order: order)
    if result.elementCount == 0 { return PreparedKernel(results: [result]) }
    var arranging = Arranging(runtime)
    let isReadable = operands[0].strides[1] == 1 || lens[1] == 1
    let (place, x) =
      isReadable ? (.operand(0), operands[0]) : try arranging.copy(operands[0], 0, order: order)
    arranging.add(grid(place, x, lens))
    return PreparedKernel(
      results: [result], scratchByteCount: arranging.scratch.byteCount, grids: arranging.grids)
  }

  private func grid(_ input: KernelMemory.Place, _ x: TensorLayout, _ lens: [Int]) -> TaskGrid {
    let windows = (2..<lens.count).map { self.windows($0 - 2, x.lens[$0], lens[$0]) }
    let sizes = Array(lens.dropFirst(2))
    let steps = x.strides.dropFirst(2).map { $0 * 4 }
    let (channels, places) = (lens[1], sizes.reduce(1, *))
    let capacity = windows.reduce(1) { $0 * ($1.map(\.count).max() ?? 0) }
    let countsPadding = op.mode == .average && op.countIncludePad == true && !op.global
    let fixedDivisor = countsPadding ? op.lengths.reduce(1, *) : nil
    let perTask = max(1, 4096 / channels)
    let tasks = (places + perTask - 1) / perTask
    let imageStride = x.strides[0] * 4
    return TaskGrid(lens[0] * tasks) { [kernel] number, memory in
      let (image, task) = number.quotientAndRemainder(dividingBy: tasks)
      unsafe withUnsafeTemporaryAllocation(
        of: Int.self, capacity: PoolingKernelKind.argumentCount
      ) { block in
        unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: max(1, capacity)) { offsets in
          guard let arguments = UnsafeMutableRawPointer(block.baseAddress) else { return }
          unsafe block[PoolingKernelKind.count] = channels
          unsafe block[PoolingKernelKind.offsets] = Int(bitPattern: offsets.baseAddress)
          let (read, write) = unsafe (memory.address(input), memory.result(0))
          unsafe block[PoolingKernelKind.input] = Int(bitPattern: read) + image * imageStride
          for place in task * perTask..<min(places, (task + 1) * perTask) {
            var (rest, count) = (place, 1)
            unsafe offsets[0] = 0
            for axis in sizes.indices.reversed() {
              let index: Int
              (rest, index) = rest.quotientAndRemainder(dividingBy: sizes[axis])
              let window = windows[axis][index]
              // From the last one on, so that those that are read are not overwritten before.
              for step in (0..<window.count).reversed() {
                for known in 0..<count {
                  unsafe offsets[step * count + known] =
                    offsets[known] + (window.first + step) * steps[axis]
                }
              }
              count *= window.count
            }
            unsafe block[PoolingKernelKind.result] =
              Int(bitPattern: write) + (image * places + place) * channels * 4
            unsafe block[PoolingKernelKind.offsetCount] = count
            unsafe block[PoolingKernelKind.divisor] = Int(
              Float(fixedDivisor ?? count).bitPattern)
            unsafe kernel(arguments)
          }
        }
      }
    }
  }
}
