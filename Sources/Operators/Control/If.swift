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
    var types: [ValueType] = []
    for (a, b) in zip(results[0], results[1]) { types.append(try merge(a, b, in: &context)) }
    return types
  }

  /// The type that a value has if it is of one of two types.
  private func merge(
    _ a: ValueType, _ b: ValueType, in context: inout InferenceContext
  ) throws(MIGraphXError) -> ValueType {
    if a == b { return a }
    guard let x = a.shape, let y = b.shape, x.elementType == y.elementType, x.rank == y.rank else {
      throw MIGraphXError(.unsupported, "the modules give (\(a)) and (\(b))")
    }
    let sizes = zip(x.dimensions, y.dimensions).map { first, second in
      first == second ? first : context.freshSize()
    }
    return .tensor(Shape(x.elementType, sizes))
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    guard let condition = operands[0].argument, condition.elementCount == 1 else {
      throw MIGraphXError(.invalidShape, "the condition must be one bool")
    }
    let count = context.modules[0].parameters.count
    return condition.elements(as: Bool8.self)[0].value
      ? try context.run(module: 0, on: Array(operands[1..<1 + count]))
      : try context.run(module: 1, on: Array(operands[(1 + count)...]))
  }
}
