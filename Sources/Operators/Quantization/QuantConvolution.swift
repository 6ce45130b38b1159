import IR
import Support
import Tensors

/// Convolution of 8-bit integers, summed in 32 bits, which wrap.
///
/// `x` and the weights are of `int8_type` or `uint8_type`, one each or mixed; the result is of `int32_type`. See
/// ``Convolution`` for shapes.
public struct QuantConvolution: TensorOperator {
  public static let name = "quant_convolution"
  /// See ``Convolution/padding``.
  public var padding: [Int] = [0, 0]
  /// See ``Convolution/stride``.
  public var stride: [Int] = [1, 1]
  /// See ``Convolution/dilation``.
  public var dilation: [Int] = [1, 1]
  /// See ``Convolution/paddingMode``.
  public var paddingMode: PaddingMode = .default
  /// See ``Convolution/group``.
  public var group: Int = 1

  private enum CodingKeys: String, CodingKey {
    case padding, stride, dilation
    case paddingMode = "padding_mode"
    case group
  }

  public init() {}

  /// Makes the operator with the attributes of `convolution`.
  public init(_ convolution: Convolution) {
    padding = convolution.padding
    stride = convolution.stride
    dilation = convolution.dilation
    paddingMode = convolution.paddingMode
    group = convolution.group
  }

  private var convolution: Convolution {
    Convolution(
      padding: padding, stride: stride, dilation: dilation, group: group, paddingMode: paddingMode)
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    for (index, shape) in inputs.enumerated() { try check(shape, index, is: .byte) }
    return try convolution.inferShapes(inputs.map { $0.with(elementType: .int32) }, in: &context)
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    var wide: [Argument] = []
    for input in inputs { wide.append(try input.converted(toElementType: .int32)) }
    return try convolution.evaluate(wide, in: context)
  }
}
