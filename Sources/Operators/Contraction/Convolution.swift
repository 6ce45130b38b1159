import IR
import Support
import Tensors

/// Slides windows of weights over one to three spatial axes and sums the products.
///
/// Inputs are `x` of shape `[N, C, D1..]` and the weights of shape `[O, C/group, K1..]`; the result has
/// shape `[N, O, E1..]`. The weights aren't mirrored. Sums are rounded once; integers wrap.
public struct Convolution: TensorOperator {
  public static let name = "convolution"
  /// The padding before each spatial axis, then after each; or one value for both of each axis.
  public var padding: [Int] = [0, 0]
  /// The elements between neighbouring windows along each spatial axis.
  public var stride: [Int] = [1, 1]
  /// The elements between neighbouring taps of a window along each spatial axis.
  public var dilation: [Int] = [1, 1]
  /// The number of groups that channels are split into; each has weights of its own.
  public var group: Int = 1
  /// Whether `padding` counts, or padding follows from the sizes.
  public var paddingMode: PaddingMode = .default
  /// Whether the padding was chosen from sizes that are not known before running. Says nothing here.
  public var useDynamicSameAutoPad: Bool = false

  private enum CodingKeys: String, CodingKey {
    case padding, stride, dilation, group
    case paddingMode = "padding_mode"
    case useDynamicSameAutoPad = "use_dynamic_same_auto_pad"
  }

  public init() {}

  /// Makes the operator.
  public init(
    padding: [Int], stride: [Int], dilation: [Int], group: Int = 1,
    paddingMode: PaddingMode = .default, useDynamicSameAutoPad: Bool = false
  ) {
    self.padding = padding
    self.stride = stride
    self.dilation = dilation
    self.group = group
    self.paddingMode = paddingMode
    self.useDynamicSameAutoPad = useDynamicSameAutoPad
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try checkConvolutionInputs(inputs, group: group)
    let axes = try axes(inputs[0].rank - 2)
    let (x, w) = (inputs[0].dimensions, inputs[1].dimensions)
    try context.require(
      x[1], equals: w[1] * Dimension(group), "the channels of the input and of the weights' groups")
    try context.require(
      w[0].modulo(Dimension(group)), equals: 0,
      "what is left of \(w[0]) output channels by \(group) groups")
    var result = [x[0], w[0]]
    for (index, axis) in axes.enumerated() {
      let taps = w[index + 2]
      try checkTaps(taps, "axis \(index + 2) of the weights")
      result.append(
        try axis.windowCount(
          over: x[index + 2], taps: taps, mode: paddingMode, what: "axis \(index + 2)"))
    }
    return [Shape(inputs[0].elementType, result)]
  }

  private func axes(_ count: Int) throws(MIGraphXError) -> [WindowAxis] {
    try WindowAxis.make(count, stride: stride, dilation: dilation, padding: padding)
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let shape = try concreteShapes(inputs)[0]
    let (x, w) = (inputs[0].lens, inputs[1].lens)
    let lens = shape.lens ?? []
    let geometry = try axes(x.count - 2).enumerated().map { index, axis in
      let (size, taps) = (x[index + 2], w[index + 2])
      return WindowGeometry(
        size: size, windows: lens[index + 2], taps: taps, stride: axis.stride,
        dilation: axis.dilation,
        before: axis.paddingBefore(size: size, taps: taps, mode: paddingMode))
    }
    let evaluation = ConvolutionEvaluation(
      input: inputs[0], weights: inputs[1], shape: shape, group: group,
      axes: WindowGeometry.three(geometry), isTransposed: false)
    return [try evaluation.run()]
  }
}

/// Checks what both kinds of convolution need: two inputs of one rank and type, and a group count.
func checkConvolutionInputs(_ inputs: [Shape], group: Int) throws(MIGraphXError) {
  try check(inputs, count: 2)
  for (index, shape) in inputs.enumerated() {
    try check(shape, index, is: .numeric)
    try check(shape, index, rank: 3...5)
  }
  guard inputs[0].rank == inputs[1].rank, inputs[0].elementType == inputs[1].elementType else {
    throw MIGraphXError(
      .invalidShape,
      "input and weights must have one rank and one element type, found (\(inputs[0])) and "
        + "(\(inputs[1]))")
  }
  guard group >= 1, group <= WindowAxis.limit else {
    throw MIGraphXError(
      .invalidArgument, "group \(group) must be between 1 and \(WindowAxis.limit)")
  }
}
