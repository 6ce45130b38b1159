import IR
import Support
import Tensors

/// Numbers in steps of a scale: each is divided by its scale, rounded to the nearest whole number, ties to even, moved by
/// its zero point, and clamped to the range of the result's type.
///
/// Inputs are `x`, the scales, and zero points of the result's type or none, all of the same sizes. For a floating-point
/// result the quotient is not rounded to a whole number.
public struct QuantizeLinear: TensorOperator {
  public static let name = "quantizelinear"
  /// The element type of the result; that of the zero points, or `uint8_type`, if this is nil.
  public var outType: ElementType?
  /// See ``Convert/saturate``.
  public var saturate: Bool?

  private enum CodingKeys: String, CodingKey {
    case outType = "out_type"
    case saturate
  }

  public init() {}

  /// Makes the operator.
  public init(outType: ElementType?, saturate: Bool? = nil) {
    self.outType = outType
    self.saturate = saturate
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2...3)
    try check(inputs[0], 0, is: .numeric)
    try check(inputs[1], 1, is: .numeric)
    let type = resultType(inputs.dropFirst(2).first?.elementType)
    guard type.isInteger || type.isFloatingPoint, inputs.count < 3 || inputs[2].elementType == type
    else {
      throw MIGraphXError(
        .invalidShape,
        "the result and the zero point must have one number type, found \(type.rawValue) and "
          + inputs[inputs.count - 1].elementType.rawValue)
    }
    return [Shape(type, try commonDimensions(inputs, in: &context))]
  }

  private func resultType(_ zeroPoint: ElementType?) -> ElementType {
    outType ?? zeroPoint ?? .uint8
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let type = try concreteShapes(inputs)[0].elementType
    return [
      try PointwiseEvaluation(
        formula: formula(type, hasZeroPoint: inputs.count == 3), inputs: inputs, resultType: type,
        computedType: inputs[0].elementType == .double ? .double : .float
      ).run()
    ]
  }

  private func formula(_ type: ElementType, hasZeroPoint: Bool) -> Scalar {
    var value = Scalar.input(0) / .input(1)
    if type.isInteger { value = .unary(.roundToEven, value) }
    if hasZeroPoint { value = value + .input(2) }
    guard type.isInteger else { return saturate ?? true ? value.saturated(to: type) : value }
    let width = Double(type.packedBitWidth)
    let limit = Scalar.constant((type.isSigned ? width - 1 : width).exponentOfTwo - 1)
    let least = Scalar.constant(type.isSigned ? -(width - 1).exponentOfTwo : 0)
    // NaN becomes the least number.
    return .select(
      .binary(.greater, value, least), .binary(.minimum, value, limit), least)
  }
}

/// Numbers from steps of a scale: each less its zero point, times its scale.
///
/// Inputs are `x`, the scales, and zero points of the type of `x` or none, all of the same sizes.
public struct DequantizeLinear: TensorOperator {
  public static let name = "dequantizelinear"
  /// The element type of the result; that of the scales if this is nil.
  public var outType: ElementType?

  private enum CodingKeys: String, CodingKey {
    case outType = "out_type"
  }

  public init() {}

  /// Makes the operator.
  public init(outType: ElementType?) { self.outType = outType }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2...3)
    try check(inputs[0], 0, is: .numeric)
    try check(inputs[1], 1, is: .floating)
    if inputs.count == 3, inputs[2].elementType != inputs[0].elementType {
      throw MIGraphXError(
        .invalidShape,
        "inputs 0 and 2 must have one element type, found \(inputs[0].elementType.rawValue) and "
          + inputs[2].elementType.rawValue)
    }
    let type = outType ?? inputs[1].elementType
    guard type.isFloatingPoint else {
      throw MIGraphXError(
        .invalidArgument, "out_type must be a floating-point type, found \(type.rawValue)")
    }
    return [Shape(type, try commonDimensions(inputs, in: &context))]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let type = try concreteShapes(inputs)[0].elementType
    let steps: Scalar = inputs.count == 3 ? .input(0) - .input(2) : .input(0)
    return [
      try PointwiseEvaluation(
        formula: steps * .input(1), inputs: inputs, resultType: type,
        computedType: type == .double ? .double : .float
      ).run()
    ]
  }
}

extension Double {
  /// Two to the power of the number, which is whole.
  fileprivate var exponentOfTwo: Double { Double(sign: .plus, exponent: Int(self), significand: 1) }
}
