import IR
import Support
import Tensors

/// Makes an optional that has its input for value.
public struct OptionalConstruct: RegisteredOperator {
  public static let name = "optional"
  public init() {}

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 1...1)
    if case .optional = operands[0] {
      throw MIGraphXError(
        .invalidShape, "input 0 must be a tensor or a sequence, found (\(operands[0]))")
    }
    return [.optional(operands[0])]
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] { [try operands[0].passed(as: context.resultTypes[0])] }
}

/// Makes an optional that has no value.
public struct OptionalEmpty: RegisteredOperator {
  public static let name = "optional_empty"
  /// The element type of the value that there might be.
  public var elementType: ElementType = .float
  /// Whether that would be a sequence rather than a tensor.
  public var isSequence = false

  enum CodingKeys: String, CodingKey {
    case elementType = "element_type"
    case isSequence = "is_sequence"
  }

  public init() {}

  /// Makes the operator.
  public init(elementType: ElementType, isSequence: Bool) {
    self.elementType = elementType
    self.isSequence = isSequence
  }

  private var wrapped: ValueType {
    isSequence ? .sequence(.absent(elementType)) : .absent(elementType)
  }

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 0...0)
    return [.optional(wrapped)]
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] { [.optional(nil, wrapped: wrapped)] }
}

/// Whether an optional has a value, one bool. Other values count as optionals that have one.
public struct OptionalHasElement: RegisteredOperator {
  public static let name = "optional_has_element"
  public init() {}

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 1...1)
    if case .optional = operands[0] {
    } else {
      context.resultContents[0] = SymbolicContents([1])
    }
    return [.tensor(Shape(.bool, []))]
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    var hasValue = true
    if case .optional(nil, _) = operands[0] { hasValue = false }
    return [.tensor(try Argument([hasValue], lens: []))]
  }
}

/// The value of an optional, which must have one. Other values count as optionals that have one.
public struct OptionalGetElement: RegisteredOperator {
  public static let name = "optional_get_element"
  public init() {}

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 1...1)
    guard case .optional(let wrapped) = operands[0] else { return operands }
    return [wrapped.takenOut(in: &context)]
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] { [try operands[0].passed(as: context.resultTypes[0])] }
}
