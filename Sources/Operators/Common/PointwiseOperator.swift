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
  /// Whether the first input is a condition of type bool beside inputs of another type.
  static var takesCondition: Bool { get }
  /// The value of one element.
  func formula(_ x: [Scalar]) -> Scalar
}

/// A set of element types that an operator accepts.
public enum TypeClass: String, Sendable {
  case floating = "a floating-point type"
  case integer = "an integer type"
  case bool = "bool_type"
  case integerOrBool = "an integer type or bool_type"
  case numeric = "a number type"
  case signed = "a signed number type"
  case any = "a number type or bool_type"

  /// Whether `type` is in the set.
  public func contains(_ type: ElementType) -> Bool {
    switch self {
    case .floating: type.isFloatingPoint
    case .integer: type.isInteger
    case .bool: type == .bool
    case .integerOrBool: type.isInteger || type == .bool
    case .numeric: type.isInteger || type.isFloatingPoint
    case .signed: type.isSigned
    case .any: type != .string
    }
  }
}

extension PointwiseOperator {
  public static var givesBool: Bool { false }
  public static var takesCondition: Bool { false }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: Self.inputCount)
    let operands = Self.takesCondition ? inputs.dropFirst() : inputs[...]
    if Self.takesCondition { try check(inputs[0], 0, is: .bool) }
    for (index, shape) in zip(operands.indices, operands) {
      try check(shape, index, is: Self.acceptedTypes)
      if shape.elementType != operands[operands.startIndex].elementType {
        throw MIGraphXError(
          .invalidShape,
          "inputs must have one element type, found \(operands[operands.startIndex].elementType.rawValue) "
            + "and \(shape.elementType.rawValue)")
      }
    }
    let dimensions = try commonDimensions(inputs, in: &context)
    let type = Self.givesBool ? .bool : operands[operands.startIndex].elementType
    inferContents(type, in: &context)
    return [Shape(type, dimensions)]
  }

  /// Follows the contents of small integer tensors.
  private func inferContents(_ type: ElementType, in context: inout InferenceContext) {
    guard type.isInteger || type == .bool else { return }
    let contents = context.operandContents.compactMap { $0?.elements }
    guard contents.count == Self.inputCount, let count = contents.first?.count,
      contents.allSatisfy({ $0.count == count })
    else { return }
    let formula = formula((0..<Self.inputCount).map { .input($0) })
    let elements = (0..<count).compactMap { index in
      formula.evaluated(contents.map { $0[index] })
    }
    if elements.count == count { context.resultContents[0] = SymbolicContents(elements) }
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let type = Self.givesBool ? .bool : inputs[Self.inputCount - 1].elementType
    return [
      try PointwiseEvaluation(
        formula: formula((0..<Self.inputCount).map { .input($0) }), inputs: inputs, resultType: type
      ).run()
    ]
  }
}
