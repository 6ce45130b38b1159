import Support
import Tensors

/// How a tensor of known sizes lies in memory, from the address of its first element on.
struct TensorLayout: Hashable, Sendable {
  let elementType: ElementType
  let lens: [Int]
  /// Elements between neighbours along each axis.
  let strides: [Int]

  init(_ elementType: ElementType, lens: [Int], strides: [Int]) {
    self.elementType = elementType
    self.lens = lens
    self.strides = strides
  }

  init(_ argument: Argument) {
    self.init(argument.elementType, lens: argument.lens, strides: argument.strides)
  }

  /// Elements without gaps in the order of `axes`, outermost first; by default in their own order.
  ///
  /// - Throws: `limitExceeded` when no machine has so much memory.
  init(
    _ elementType: ElementType, lens: [Int], order axes: [Int]? = nil
  ) throws(MIGraphXError) {
    var strides = [Int](repeating: 0, count: lens.count)
    var size = 1
    for axis in (axes ?? Array(lens.indices)).reversed() {
      strides[axis] = size
      let (product, overflow) = size.multipliedReportingOverflow(by: lens[axis])
      guard !overflow, product <= Shape.maximumByteCount / 8 else {
        throw MIGraphXError(.limitExceeded, "a tensor of \(lens) doesn't fit this machine's memory")
      }
      size = product
    }
    self.init(elementType, lens: lens, strides: strides)
  }

  var rank: Int { lens.count }

  var elementCount: Int { lens.reduce(1, *) }

  /// The bytes from the first element to the end of the last one; strides are not negative.
  var byteCount: Int {
    if lens.contains(0) { return 0 }
    let last = zip(lens, strides).reduce(0) { $0 + ($1.0 - 1) * $1.1 }
    return elementType.byteCount(of: last + 1)
  }

  /// Whether the elements lie without gaps in the order of `axes`, outermost first; by default in their own order.
  func isDense(_ axes: [Int]? = nil) -> Bool {
    var expected = 1
    for axis in (axes ?? Array(lens.indices)).reversed() where lens[axis] != 1 {
      if strides[axis] != expected { return false }
      expected *= lens[axis]
    }
    return true
  }

  /// The axes, outermost first, by their strides; nil when elements are repeated or have gaps between them.
  var denseOrder: [Int]? {
    // Axes of one element may have any stride; they stay before the next one.
    var keys: [(stride: Int, axis: Int)] = []
    var last = 0
    for axis in lens.indices.reversed() {
      if lens[axis] != 1 { last = strides[axis] }
      keys.append((last, axis))
    }
    let axes = keys.sorted { ($1.stride, $0.axis) < ($0.stride, $1.axis) }.map(\.axis)
    return isDense(axes) ? axes : nil
  }
}
