import IR
import Support
import Tensors

/// An operator that computes each element of its result from the elements of its inputs in the same place.
///
/// All inputs have the same sizes: broadcasting is an instruction of its own.
public protocol PointwiseOperator: TensorOperator {
  /// The number of inputs.
  static var inputCount: Int { get }
  /// The element types that inputs may have.
  static var acceptedTypes: TypeClass { get }
  /// Whether the results are of type bool rather than of the inputs' type.
  static var givesBool: Bool { get }
  /// The element type of the result for operands of `operandType`.
  func resultType(_ operandType: ElementType) -> ElementType
  /// Whether the first input is a condition of type bool beside inputs of another type.
  static var takesCondition: Bool { get }
  /// Throws `unsupported` or `invalidArgument` for attributes that have no meaning.
  func checkAttributes() throws(MIGraphXError)
  /// The value of one element.
  func formula(_ x: [Scalar]) -> Scalar
}

/// A set of element types that an operator accepts.
public enum TypeClass: String, Sendable {
  case floating = "a floating-point type"
  case integer = "an integer type"
  case byte = "int8_type or uint8_type"
  case bool = "bool_type"
  case integerOrBool = "an integer type or bool_type"
  case numeric = "a number type"
  case signed = "a signed number type"
  case any = "a number type or bool_type"
  case anyOrText = "any type"

  /// Whether `type` is in the set.
  public func contains(_ type: ElementType) -> Bool {
    switch self {
    case .floating: type.isFloatingPoint
    case .integer: type.isInteger
    case .byte: type == .int8 || type == .uint8
    case .bool: type == .bool
    case .integerOrBool: type.isInteger || type == .bool
    case .numeric: type.isInteger || type.isFloatingPoint
    case .signed: type.isSigned
    case .any: type != .string
    case .anyOrText: true
    }
  }
}

extension PointwiseOperator {
  public static var givesBool: Bool { false }
  public static var takesCondition: Bool { false }
  public func checkAttributes() throws(MIGraphXError) {}
  public func resultType(_ operandType: ElementType) -> ElementType {
    Self.givesBool ? .bool : operandType
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try checkAttributes()
    try check(inputs, count: Self.inputCount)
    if Self.takesCondition { try check(inputs[0], 0, is: .bool) }
    let operandType = inputs[inputs.count - 1].elementType
    for (index, shape) in inputs.enumerated().dropFirst(Self.takesCondition ? 1 : 0) {
      try check(shape, index, is: Self.acceptedTypes)
      guard shape.elementType == operandType else {
        throw MIGraphXError(
          .invalidShape,
          "inputs must have one element type, found \(shape.elementType.rawValue) and "
            + operandType.rawValue)
      }
    }
    let dimensions = try commonDimensions(inputs, in: &context)
    inferContents(operandType, in: &context)
    return [Shape(resultType(operandType), dimensions)]
  }

  /// Follows the contents of small integer tensors.
  private func inferContents(_ operandType: ElementType, in context: inout InferenceContext) {
    let type = resultType(operandType)
    guard operandType.isInteger || operandType == .bool, type.isInteger || type == .bool else {
      return
    }
    let contents = context.operandContents.compactMap { $0?.elements }
    guard contents.count == Self.inputCount, let count = contents.first?.count,
      contents.allSatisfy({ $0.count == count })
    else { return }
    let formula = formula((0..<Self.inputCount).map { .input($0) })
    var elements: [Dimension] = []
    for index in 0..<count {
      let value = formula.evaluated(contents.map { $0[index] }, of: operandType)
      guard let element = value.flatMap({ type.contents(of: $0) }) else { return }
      elements.append(element)
    }
    context.resultContents[0] = SymbolicContents(elements)
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    try checkAttributes()
    guard inputs.count == Self.inputCount, let last = inputs.last else {
      throw MIGraphXError(
        .invalidArgument, "\(Self.inputCount) inputs are needed, found \(inputs.count)")
    }
    return [
      try PointwiseEvaluation(
        formula: formula((0..<Self.inputCount).map { .input($0) }), inputs: inputs,
        resultType: resultType(last.elementType)
      ).run()
    ]
  }
}
