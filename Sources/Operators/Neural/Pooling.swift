import IR
import Support
import Tensors

/// How ``Pooling`` makes one number of a window.
public enum PoolingMode: String, Hashable, Sendable, Codable, CaseIterable {
  /// The mean.
  case average
  /// The largest element; NaN if there is one.
  case max
  /// The root of order p of the sum of the absolute values' powers of p.
  case lpnorm
}

/// Makes one number of each window that slides over one to three spatial axes.
///
/// `[N, C, D1..]` gives `[N, C, E1..]`. Padding never counts, except in averages if so wished. A window
/// that lies in the padding alone gives 0, or for maxima the lowest finite number.
public struct Pooling: TensorOperator {
  public static let name = "pooling"
  /// What is computed.
  public var mode: PoolingMode = .average
  /// The padding before each spatial axis, then after each; or one value for both of each axis.
  public var padding: [Int] = [0, 0]
  /// The elements between neighbouring windows along each spatial axis.
  public var stride: [Int] = [1, 1]
  /// The taps of a window along each spatial axis.
  public var lengths: [Int] = [1, 1]
  /// Whether a window may reach beyond the padding after an axis, if it begins before it.
  public var ceilMode: Bool = false
  /// The order of `lpnorm`.
  public var lpOrder: Int = 2
  /// Whether one window covers all spatial axes, of which there may be any number.
  public var global: Bool = false
  /// The elements between neighbouring taps along each spatial axis; 1 if nil.
  public var dilations: [Int]?
  /// Whether averages count padding as zeros; no if nil.
  public var countIncludePad: Bool?
  /// Whether `padding` counts, or padding follows from the sizes; the former if nil.
  public var paddingMode: PaddingMode?

  private enum CodingKeys: String, CodingKey {
    case mode, padding, stride, lengths
    case ceilMode = "ceil_mode"
    case lpOrder = "lp_order"
    case global, dilations
    case countIncludePad = "count_include_pad"
    case paddingMode = "padding_mode"
  }

  public init() {}

  /// Makes the operator.
  public init(
    mode: PoolingMode, padding: [Int], stride: [Int], lengths: [Int], ceilMode: Bool = false,
    lpOrder: Int = 2, global: Bool = false, dilations: [Int]? = nil,
    countIncludePad: Bool? = nil, paddingMode: PaddingMode? = nil
  ) {
    self.mode = mode
    self.padding = padding
    self.stride = stride
    self.lengths = lengths
    self.ceilMode = ceilMode
    self.lpOrder = lpOrder
    self.global = global
    self.dilations = dilations
    self.countIncludePad = countIncludePad
    self.paddingMode = paddingMode
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    try check(inputs[0], 0, is: mode == .max ? .numeric : .floating)
    guard lpOrder >= 1 else {
      throw MIGraphXError(.invalidArgument, "lp_order \(lpOrder) must be at least 1")
    }
    let x = inputs[0].dimensions
    if global {
      try check(inputs[0], 0, rank: 3...Shape.maximumRank)
      return [Shape(inputs[0].elementType, x[..<2] + x[2...].map { _ in 1 })]
    }
    try check(inputs[0], 0, rank: 3...5)
    var result = Array(x[..<2])
    for (index, axis) in try axes(x.count - 2).enumerated() {
      result.append(try windowCount(axis, over: x[index + 2], taps: lengths[index], index + 2))
    }
    return [Shape(inputs[0].elementType, result)]
  }

  private func axes(_ count: Int) throws(MIGraphXError) -> [WindowAxis] {
    try WindowAxis.check(lengths, "lengths", counts: [count], range: 1...WindowAxis.limit)
    let dilation = dilations ?? [Int](repeating: 1, count: count)
    let axes = try WindowAxis.make(count, stride: stride, dilation: dilation, padding: padding)
    for (axis, taps) in zip(axes, lengths) where (paddingMode ?? .default) == .default {
      let span = (taps - 1) * axis.dilation + 1
      guard max(axis.padding.before, axis.padding.after) < span else {
        throw MIGraphXError(
          .invalidArgument, "padding \(padding) must be smaller than the windows, \(lengths)")
      }
    }
    return axes
  }

  private func windowCount(
    _ axis: WindowAxis, over size: Dimension, taps: Int, _ index: Int
  ) throws(MIGraphXError) -> Dimension {
    let count = try axis.windowCount(
      over: size, taps: Dimension(taps), mode: paddingMode ?? .default, what: "axis \(index)")
    guard ceilMode, (paddingMode ?? .default) == .default else { return count }
    let span = (taps - 1) * axis.dilation + 1
    let room = size + Dimension(axis.padding.before + axis.padding.after - span)
    let last = room.ceilDivided(by: Dimension(axis.stride))
    // No window begins in the padding after the axis; often none could.
    if axis.padding.after + axis.stride <= span { return last + 1 }
    let limit = (size + Dimension(axis.padding.before - 1)).floorDivided(
      by: Dimension(axis.stride))
    return .minimum(last, limit) + 1
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let shape = try concreteShapes(inputs)[0]
    return [try evaluation(inputs[0], shape).run()]
  }

  /// The work on an input for a result of `shape`, both with sizes that are numbers.
  func evaluation(_ input: Argument, _ shape: Shape) throws(MIGraphXError) -> PoolingEvaluation {
    let x = input.lens
    let lens = shape.lens ?? []
    var geometry: [WindowGeometry] = []
    if global {
      let count = x[2...].reduce(1, *)
      geometry.append(WindowGeometry(size: count, windows: 1, taps: count))
    } else {
      for (index, axis) in try axes(x.count - 2).enumerated() {
        let before = axis.paddingBefore(
          size: x[index + 2], taps: lengths[index], mode: paddingMode ?? .default)
        geometry.append(
          WindowGeometry(
            size: x[index + 2], windows: lens[index + 2], taps: lengths[index],
            stride: axis.stride, dilation: axis.dilation, before: before,
            after: (paddingMode ?? .default) == .default ? axis.padding.after : Int(Int32.max)))
      }
    }
    return PoolingEvaluation(
      mode: mode, order: lpOrder, countsPadding: countIncludePad ?? false, input: input,
      shape: shape, axes: WindowGeometry.three(geometry))
  }
}
