import IR
import Support
import Tensors

/// How the padding of a convolution or pooling is chosen.
public enum PaddingMode: Int, Hashable, Sendable, Codable {
  /// As the attribute `padding` says.
  case `default` = 0
  /// So that there are `ceil(size / stride)` windows; an odd element of padding goes before.
  case sameLower = 1
  /// So that there are `ceil(size / stride)` windows; an odd element of padding goes after.
  case sameUpper = 2
}

/// What sliding windows do along one axis.
struct WindowAxis {
  /// The elements between neighbouring windows.
  var stride = 1
  /// The elements between neighbouring taps of a window.
  var dilation = 1
  /// The padding before the first and after the last element.
  var padding = (before: 0, after: 0)

  /// The largest stride, dilation, padding and window, so that positions never overflow.
  static let limit = Int(Int32.max)

  /// The axes that lists of attributes describe.
  ///
  /// `padding` holds the paddings before each axis, then those after; or one for both of each axis.
  ///
  /// - Throws: `invalidArgument` for lists of other lengths and for values that no window can have.
  static func make(
    _ count: Int, stride: [Int], dilation: [Int], padding: [Int]
  ) throws(MIGraphXError) -> [WindowAxis] {
    guard (1...3).contains(count) else {
      throw MIGraphXError(
        .unsupported, "windows over \(count) spatial axes; 1 to 3 are possible")
    }
    try check(stride, "stride", counts: [count], range: 1...limit)
    try check(dilation, "dilation", counts: [count], range: 1...limit)
    try check(padding, "padding", counts: [count, 2 * count], range: 0...limit)
    return (0..<count).map { axis in
      WindowAxis(
        stride: stride[axis], dilation: dilation[axis],
        padding: (padding[axis], padding[padding.count == count ? axis : count + axis]))
    }
  }

  /// Checks the length and the values of the attribute `name`.
  static func check(
    _ values: [Int], _ name: String, counts: [Int], range: ClosedRange<Int>
  ) throws(MIGraphXError) {
    guard counts.contains(values.count) else {
      throw MIGraphXError(
        .invalidArgument,
        "\(name) \(values) has \(values.count) values; "
          + "\(counts.map { "\($0)" }.joined(separator: " or ")) are needed")
    }
    if let value = values.first(where: { !range.contains($0) }) {
      throw MIGraphXError(
        .invalidArgument,
        "\(name) \(value) must be between \(range.lowerBound) and \(range.upperBound)")
    }
  }

  /// The elements that a window of `taps` taps spans.
  func span(of taps: Dimension) -> Dimension { (taps - 1) * Dimension(dilation) + 1 }

  /// The number of windows of `taps` taps over `size` elements.
  ///
  /// - Throws: `invalidShape` when not even one fits.
  func windowCount(
    over size: Dimension, taps: Dimension, mode: PaddingMode, what: String
  ) throws(MIGraphXError) -> Dimension {
    guard mode == .default else { return size.ceilDivided(by: Dimension(stride)) }
    let padded = size + Dimension(padding.before) + Dimension(padding.after)
    let room = padded - span(of: taps)
    if let bound = room.upperBound, bound < 0 {
      throw MIGraphXError(
        .invalidShape,
        "\(what): a window that spans \(span(of: taps)) elements is larger than the input with its "
          + "padding, \(padded)")
    }
    return room.floorDivided(by: Dimension(stride)) + 1
  }

  /// The padding before the first element, for sizes that are numbers.
  func paddingBefore(size: Int, taps: Int, mode: PaddingMode) -> Int {
    if mode == .default { return padding.before }
    let windows = (size + stride - 1) / stride
    let total = max(0, (windows - 1) * stride + (taps - 1) * dilation + 1 - size)
    return mode == .sameUpper ? total / 2 : total - total / 2
  }
}

/// One axis of windows with every size a number.
struct WindowGeometry {
  var size = 1
  var windows = 1
  var taps = 1
  var stride = 1
  var dilation = 1
  var before = 0
  var after = 0

  /// The position in the input of tap `tap` of window `window`; it may lie in the padding.
  func position(_ window: Int, _ tap: Int) -> Int { window * stride - before + tap * dilation }

  /// The windows whose tap `tap` lies in the input.
  func windows(touchedBy tap: Int) -> Range<Int> {
    let offset = tap * dilation - before
    let first = offset >= 0 ? 0 : (stride - 1 - offset) / stride
    let end = offset >= size ? 0 : min(windows, (size - 1 - offset) / stride + 1)
    return first..<max(first, end)
  }

  /// Three axes, of which the leading ones that `axes` lacks have one element.
  static func three(_ axes: [WindowGeometry]) -> [WindowGeometry] {
    [WindowGeometry](repeating: WindowGeometry(), count: 3 - axes.count) + axes
  }
}

/// Checks that a tap count known now is at least one and not absurd.
func checkTaps(_ taps: Dimension, _ what: String) throws(MIGraphXError) {
  let bounds = (taps.lowerBound ?? 0, taps.upperBound ?? Int.max)
  guard bounds.1 >= 1, bounds.0 <= WindowAxis.limit else {
    throw MIGraphXError(
      .invalidShape, "\(what) must have between 1 and \(WindowAxis.limit) elements, found \(taps)")
  }
}
