import Codegen
import IR
import Operators
import Support
import Tensors

/// Finds the largest or smallest floats along an axis, in order, and where they are.
final class TopKKernel: NativeKernel {
  private let op: TopK
  private let axis: Int
  private let runtime: Runtime

  init(_ op: TopK, axis: Int, _ runtime: Runtime) {
    self.op = op
    self.axis = axis
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    guard let x = operands.first, operands.count == 1, x.rank > axis else {
      throw MIGraphXError(.invalidShape, "an operand of more than \(axis) axes is needed")
    }
    let k = try context.value(of: op.k)
    let size = x.lens[axis]
    guard k >= 0, k <= size else {
      throw MIGraphXError(
        .invalidArgument, "k must be 0 to \(size), the size of axis \(axis); found \(k)")
    }
    guard size <= UInt32.max else {
      throw MIGraphXError(.limitExceeded, "\(size) elements along axis \(axis) are too many")
    }
    var lens = x.lens
    lens[axis] = k
    let results = [
      try TensorLayout(.float, lens: lens), try TensorLayout(.int64, lens: lens),
    ]
    var arranging = Arranging(runtime)
    let place = try arranging.place(x, 0).place
    if k > 0 && x.elementCount > 0 {
      let keys = arranging.take(x.elementCount * 8)
      arranging.add(
        grid(AxisGrid(x.lens, order: Array(x.lens.indices), axis: axis), k, place, keys))
    }
    return PreparedKernel(
      results: results, scratchByteCount: arranging.scratch.byteCount, grids: arranging.grids)
  }

  /// A task for each row.
  private func grid(
    _ grid: AxisGrid, _ k: Int, _ place: KernelMemory.Place, _ keys: KernelMemory.Place
  ) -> TaskGrid {
    let isLargest = op.largest
    return TaskGrid(grid.outer * grid.inner) { task, memory in
      let (outer, column) = task.quotientAndRemainder(dividingBy: grid.inner)
      let start = outer * grid.length * grid.inner + column
      let input = unsafe memory.address(place) + start * 4
      let step = grid.inner * 4
      let pointer = unsafe (memory.address(keys) + task * grid.length * 8)
        .assumingMemoryBound(to: UInt64.self)
      var keys = unsafe UnsafeMutableBufferPointer(start: pointer, count: grid.length)
      for index in 0..<grid.length {
        let value = unsafe input.loadUnaligned(fromByteOffset: index * step, as: Float.self)
        let order = value.totalOrder
        unsafe keys[index] = UInt64(isLargest ? ~order : order) << 32 | UInt64(index)
      }
      unsafe keys.moveLeast(k)
      let first = outer * k * grid.inner + column
      let (values, indices) = unsafe (memory.result(0), memory.result(1))
      for place in 0..<k {
        let index = unsafe Int(keys[place] & 0xffff_ffff)
        let output = first + place * grid.inner
        unsafe values.storeBytes(
          of: input.loadUnaligned(fromByteOffset: index * step, as: Float.self),
          toByteOffset: output * 4, as: Float.self)
        unsafe indices.storeBytes(of: Int64(index), toByteOffset: output * 8, as: Int64.self)
      }
    }
  }
}

extension Float {
  /// A number that is greater for greater numbers, the same for both zeros, and greatest for NaN.
  fileprivate var totalOrder: UInt32 {
    if isNaN { return .max }
    if self == 0 { return 1 << 31 }
    return sign == .minus ? ~bitPattern : bitPattern | 1 << 31
  }
}

extension UnsafeMutableBufferPointer<UInt64> {
  /// Moves the least `k` of different numbers to the front, in order.
  fileprivate mutating func moveLeast(_ k: Int) {
    var (low, high) = (0, count - 1)
    // So many rounds are more than any but an unlucky order takes.
    var rounds = 4 * (Int.bitWidth - count.leadingZeroBitCount)
    while low < Swift.min(high, k), k < count {
      if rounds == 0 {
        unsafe sortHeap(low, high + 1)
        break
      }
      rounds -= 1
      let split = unsafe partition(low, high)
      if split >= k { high = split - 1 } else { low = split + 1 }
      if split == k { break }
    }
    unsafe sortHeap(0, k)
  }

  /// Moves what is less than some number before it, and gives the number's place.
  private func partition(_ low: Int, _ high: Int) -> Int {
    let middle = low + (high - low) / 2
    if unsafe self[middle] < self[low] { unsafe swapAt(middle, low) }
    if unsafe self[high] < self[low] { unsafe swapAt(high, low) }
    if unsafe self[middle] < self[high] { unsafe swapAt(middle, high) }
    let pivot = unsafe self[high]
    var place = low
    for index in low..<high where unsafe self[index] < pivot {
      unsafe swapAt(index, place)
      place += 1
    }
    unsafe swapAt(place, high)
    return place
  }

  /// Sorts the numbers from `start` below `end`.
  private func sortHeap(_ start: Int, _ end: Int) {
    let size = end - start
    func sink(_ root: Int, _ size: Int) {
      var root = root
      while true {
        var child = 2 * root + 1
        if child >= size { return }
        if child + 1 < size, unsafe self[start + child] < self[start + child + 1] { child += 1 }
        if unsafe self[start + root] >= self[start + child] { return }
        unsafe swapAt(start + root, start + child)
        root = child
      }
    }
    for root in stride(from: size / 2 - 1, through: 0, by: -1) { sink(root, size) }
    for last in stride(from: size - 1, to: 0, by: -1) {
      unsafe swapAt(start, start + last)
      sink(0, last)
    }
  }
}
