import IR
import Support
import Tensors

/// Runs one of two sub-modules: the first if the condition is true, else the second.
///
/// The inputs are the condition, one bool, then values for the parameters of the first module, then for those of the
/// second. Both give as many results of the same kinds; sizes in which they differ are known only when it runs.
public struct If: RegisteredOperator {
  public static let name = "if"

  public init() {}

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    let modules = context.modules
    guard modules.count == 2 else {
      throw MIGraphXError(.invalidProgram, "2 modules are needed, found \(modules.count)")
    }
    let parameters = modules.flatMap { module in module.parameters.map { module.type(of: $0) } }
    guard operands.count == 1 + parameters.count else {
      throw MIGraphXError(
        .invalidShape, "\(1 + parameters.count) inputs are needed, found \(operands.count)")
    }
    guard let condition = operands[0].shape, condition.elementType == .bool,
      !condition.elementCount.isKnown(notEqual: 1)
    else {
      throw MIGraphXError(.invalidShape, "the condition must be one bool, found (\(operands[0]))")
    }
    for (index, (operand, parameter)) in zip(operands.dropFirst(), parameters).enumerated()
    where !operand.isCompatible(with: parameter) {
      throw MIGraphXError(
        .invalidShape, "input \(index + 1) must be (\(parameter)), found (\(operand))")
    }
    let results = modules.map { module in module.results.map { module.type(of: $0) } }
    guard results[0].count == results[1].count else {
      throw MIGraphXError(
        .invalidShape,
        "the modules give \(results[0].count) and \(results[1].count) results; one number is needed"
      )
    }
    let known = operands.reduce(into: Set<Symbol>()) { $0.formUnion($1.symbols) }
    var types: [ValueType] = []
    for (a, b) in zip(results[0], results[1]) {
      let (first, second) = (
        a.closed(over: known, in: &context), b.closed(over: known, in: &context)
      )
      guard let type = first.joined(with: second, size: { _, _ in context.freshSize() }) else {
        throw MIGraphXError(
          .unsupported, "the modules give (\(a)) and (\(b)); one kind of value is needed")
      }
      types.append(type)
    }
    return types
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    guard let condition = operands[0].argument, condition.elementCount == 1 else {
      throw MIGraphXError(.invalidShape, "the condition must be one bool")
    }
    let count = context.modules[0].parameters.count
    var results =
      condition.elements(as: Bool8.self)[0].value
      ? try context.run(module: 0, on: Array(operands[1..<1 + count]))
      : try context.run(module: 1, on: Array(operands[(1 + count)...]))
    for (index, type) in context.resultTypes.enumerated() {
      results[index] = try results[index].passed(as: type)
    }
    return results
  }
}
