import IR
import Support
import Tensors

/// Gives its input, a value of any type.
public struct Identity: RegisteredOperator {
  public static let name = "identity"
  public init() {}

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    guard operands.count == 1 else {
      throw MIGraphXError(.invalidShape, "1 input is needed, found \(operands.count)")
    }
    if let contents = context.operandContents.first { context.resultContents[0] = contents }
    return operands
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] { operands }
}
