import IR
import Support
import Tensors

/// The transposed convolution: spreads every element of the input over a window of the result.
///
/// Inputs are `x` of shape `[N, C, D1..]` and the weights of shape `[C, O/group, K1..]`; the result has
/// shape `[N, O, E1..]` with `E = stride * (D - 1) + (K - 1) * dilation + 1 - padding + outputPadding`, unless
/// `E` is stated: then so much is cut off or added as it needs.
/// Sums are rounded once; integers wrap.
public struct ConvolutionBackwards: TensorOperator {
  public static let name = "convolution_backwards"
  /// The elements cut off before each spatial axis, then after each; or one value for both of each axis.
  public var padding: [Int] = [0, 0]
  /// The elements between the windows of neighbouring input elements along each spatial axis.
  public var stride: [Int] = [1, 1]
  /// The elements between neighbouring taps of a window along each spatial axis.
  public var dilation: [Int] = [1, 1]
  /// Whether `padding` counts, or is such that the result's sizes are the input's times the stride.
  public var paddingMode: PaddingMode = .default
  /// The number of groups that channels are split into; each has weights of its own.
  public var group: Int = 1
  /// The elements added after each spatial axis; none if nil.
  public var outputPadding: [Int]?
  /// The sizes of the result along each spatial axis; nil if padding decides.
  public var outputShape: [Int]?

  private enum CodingKeys: String, CodingKey {
    case padding, stride, dilation
    case paddingMode = "padding_mode"
    case group
    case outputPadding = "output_padding"
    case outputShape = "output_shape"
  }

  public init() {}

  /// Makes the operator.
  public init(
    padding: [Int], stride: [Int], dilation: [Int], group: Int = 1, outputPadding: [Int]? = nil,
    outputShape: [Int]? = nil, paddingMode: PaddingMode = .default
  ) {
    self.padding = padding
    self.stride = stride
    self.dilation = dilation
    self.group = group
    self.outputPadding = outputPadding
    self.outputShape = outputShape
    self.paddingMode = paddingMode
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try checkConvolutionInputs(inputs, group: group)
    let axes = try axes(inputs[0].rank - 2)
    let (x, w) = (inputs[0].dimensions, inputs[1].dimensions)
    try context.require(x[1], equals: w[0], "the channels of the input and of the weights")
    try context.require(
      x[1].modulo(Dimension(group)), equals: 0,
      "what is left of \(x[1]) input channels by \(group) groups")
    var result = [x[0], w[1] * Dimension(group)]
    for (index, axis) in axes.enumerated() {
      try checkTaps(w[index + 2], "axis \(index + 2) of the weights")
      let size = resultSize(axis, index, x[index + 2], taps: w[index + 2])
      if let bound = size.upperBound, bound < 1 {
        throw MIGraphXError(
          .invalidShape,
          "padding leaves \(size) elements of axis \(index + 2); at least 1 is needed")
      }
      result.append(size)
    }
    return [Shape(inputs[0].elementType, result)]
  }

  private func axes(_ count: Int) throws(MIGraphXError) -> [WindowAxis] {
    let axes = try WindowAxis.make(count, stride: stride, dilation: dilation, padding: padding)
    if let outputPadding {
      try WindowAxis.check(
        outputPadding, "output_padding", counts: [count], range: 0...WindowAxis.limit)
    }
    if let outputShape {
      try WindowAxis.check(
        outputShape, "output_shape", counts: [count], range: 1...WindowAxis.limit)
    }
    return axes
  }

  private func resultSize(
    _ axis: WindowAxis, _ index: Int, _ size: Dimension, taps: Dimension
  ) -> Dimension {
    if let outputShape { return Dimension(outputShape[index]) }
    guard paddingMode == .default else { return size * Dimension(axis.stride) }
    return spread(axis, index, size, taps: taps) - Dimension(axis.padding.before)
      - Dimension(axis.padding.after)
  }

  /// The size of the result when nothing is cut off.
  private func spread(
    _ axis: WindowAxis, _ index: Int, _ size: Dimension, taps: Dimension
  ) -> Dimension {
    Dimension(axis.stride) * (size - 1) + axis.span(of: taps)
      + Dimension(outputPadding?[index] ?? 0)
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let shape = try concreteShapes(inputs)[0]
    let (x, w) = (inputs[0].lens, inputs[1].lens)
    let lens = shape.lens ?? []
    let before = try paddingBefore(x: x, weights: w, result: lens)
    var geometry: [WindowGeometry] = []
    for (index, axis) in try axes(x.count - 2).enumerated() {
      geometry.append(
        WindowGeometry(
          size: lens[index + 2], windows: x[index + 2], taps: w[index + 2], stride: axis.stride,
          dilation: axis.dilation, before: before[index]))
    }
    let evaluation = ConvolutionEvaluation(
      input: inputs[0], weights: inputs[1], shape: shape, group: group,
      axes: WindowGeometry.three(geometry), isTransposed: true)
    return [try evaluation.run()]
  }

  /// The elements cut off before each spatial axis, for these sizes of the inputs and the result.
  ///
  /// - Throws: `invalidArgument` for attributes that don't fit.
  package func paddingBefore(
    x: [Int], weights: [Int], result: [Int]
  ) throws(MIGraphXError) -> [Int] {
    var before: [Int] = []
    for (index, axis) in try axes(x.count - 2).enumerated() {
      guard paddingMode != .default || outputShape != nil else {
        before.append(axis.padding.before)
        continue
      }
      let full = spread(
        axis, index, Dimension(x[index + 2]), taps: Dimension(weights[index + 2]))
      let total = max(0, (full.constant ?? 0) - result[index + 2])
      before.append(paddingMode == .sameUpper ? total / 2 : total - total / 2)
    }
    return before
  }
}
