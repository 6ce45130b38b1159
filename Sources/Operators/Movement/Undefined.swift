import IR
import Support
import Tensors

/// Stands for an input that is not given: an optional value without a value.
public struct Undefined: RegisteredOperator {
  public static let name = "undefined"
  private static let wrapped = ValueType.tensor(Shape(.float, []))
  public init() {}

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    guard operands.isEmpty else {
      throw MIGraphXError(.invalidShape, "0 inputs are needed, found \(operands.count)")
    }
    return [.optional(Undefined.wrapped)]
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] { [.optional(nil, wrapped: Undefined.wrapped)] }
}
