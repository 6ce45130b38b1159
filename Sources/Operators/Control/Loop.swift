import IR
import Support
import Tensors

/// Runs its sub-module while a condition holds, and at most so many times.
///
/// The inputs are the largest number of iterations, one int64; the condition, one bool; the values that the first
/// iteration gets from its predecessor; and what the module captures. The module's parameters are the iteration's
/// number, the condition, the predecessor's values, and the captures. It gives the condition for the next iteration,
/// the values for it, and tensors to be collected. The results are the values after the last iteration, then the
/// tensors of all iterations along a new first axis, as long as there were iterations.
public struct Loop: RegisteredOperator {
  public static let name = "loop"
  /// The number of values that an iteration hands to the next.
  public var carried = 0

  public init() {}

  /// Makes the operator.
  public init(carried: Int) { self.carried = carried }

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    guard context.modules.count == 1 else {
      throw MIGraphXError(.invalidProgram, "1 module is needed, found \(context.modules.count)")
    }
    let module = context.modules[0]
    let results = module.results.map { module.type(of: $0) }
    guard carried >= 0, carried < results.count, carried <= module.parameters.count - 2 else {
      throw MIGraphXError(
        .invalidShape,
        "a module with \(module.parameters.count) parameters and \(results.count) results can't "
          + "hand on \(carried) values")
    }
    try checkPassing(operands, to: module, skipping: 2)
    let parameters = module.parameters.map { module.type(of: $0) }
    try checkNumber(operands[0], .int64, "input 0, the number of iterations,")
    try checkNumber(operands[1], .bool, "input 1, the condition,")
    try checkNumber(parameters[0], .int64, "parameter 0, the iteration's number,")
    try checkNumber(parameters[1], .bool, "parameter 1, the condition,")
    try checkNumber(results[0], .bool, "result 0, the condition,")
    let known = operands.reduce(into: Set<Symbol>()) { $0.formUnion($1.symbols) }
    var types: [ValueType] = []
    for index in 0..<carried {
      let (result, parameter) = (results[1 + index], parameters[2 + index])
      guard result.canBeHandedOn(to: parameter, known: known) else {
        throw MIGraphXError(
          .invalidShape,
          "result \(1 + index) of the module must be (\(parameter)), found (\(result))")
      }
      types.append(
        try result.handedOn(index, from: operands[2 + index], known: known, in: &context))
    }
    let scans = results.dropFirst(1 + carried)
    if scans.isEmpty { return types }
    let length = iterationCount(in: &context)
    for (index, type) in scans.enumerated() {
      switch type.closed(over: known, in: &context) {
      case .tensor(let shape):
        types.append(.tensor(Shape(shape.elementType, [length] + shape.dimensions)))
      case .unranked(let elementType): types.append(.unranked(elementType))
      default:
        throw MIGraphXError(
          .invalidShape,
          "result \(1 + carried + index) of the module is collected and must be a tensor, found "
            + "(\(type))")
      }
    }
    return types
  }

  private func checkNumber(
    _ type: ValueType, _ elementType: ElementType, _ what: String
  ) throws(MIGraphXError) {
    guard let shape = type.shape, shape.elementType == elementType, shape.rank <= 1,
      !shape.elementCount.isKnown(notEqual: 1)
    else {
      throw MIGraphXError(
        .invalidShape, "\(what) must be one element of \(elementType.rawValue), found (\(type))")
    }
  }

  /// How many iterations there will be: known if the condition stays true and the limit is known.
  private func iterationCount(in context: inout InferenceContext) -> Dimension {
    let (limit, condition) = (context.operandContents[0], context.operandContents[1])
    if condition?.constants == [0] { return 0 }
    let module = context.modules[0]
    var next = module.results[0]
    while module[next.instruction].op is Identity { next = module[next.instruction].inputs[0] }
    let staysTrue = next == module.parameters[1] || module.contents(of: next)?.constants == [1]
    guard let limit = limit?.elements.first else { return context.freshSize() }
    if staysTrue, condition?.constants == [1], limit.upperBound ?? 0 <= Shape.maximumByteCount {
      return Dimension.maximum(limit, 0)
    }
    let most = limit.upperBound.map { max(0, $0) }
    return context.freshSize(
      maximum: most.flatMap { $0 <= Shape.maximumByteCount ? $0 : nil })
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    let module = context.modules[0]
    let parameters = module.parameters.map { module.type(of: $0) }
    guard let limit = operands[0].argument?.converted(to: Int64.self).first,
      var goesOn = operands[1].argument.flatMap({ $0.converted(to: Bool8.self).first?.value })
    else {
      throw MIGraphXError(
        .invalidShape, "the number of iterations and the condition must have one element each")
    }
    var values: [RuntimeValue] = []
    for index in 2..<2 + carried {
      values.append(try operands[index].passed(as: parameters[index]))
    }
    let captures = operands[(2 + carried)...]
    let scans = module.results.dropFirst(1 + carried).map { module.type(of: $0) }
    var collected = [[Argument]](repeating: [], count: scans.count)
    var collectedByteCount = 0
    var iteration: Int64 = 0
    while goesOn, iteration < limit {
      let held = values.reduce(collectedByteCount) { Dimension.sum($0, $1.heldByteCount) }
      try checkHeld(held, in: context)
      let number = try number([iteration], as: parameters[0])
      let condition = try self.number([Bool8(true)], as: parameters[1])
      let results = try context.run(
        module: 0, on: [number, condition] + values + captures, holding: held)
      guard let next = results[0].argument?.converted(to: Bool8.self).first else {
        throw MIGraphXError(.invalidShape, "the condition must be one bool, found none")
      }
      goesOn = next.value
      for index in 0..<carried {
        values[index] = try results[1 + index].passed(as: parameters[2 + index])
      }
      for (index, result) in results.dropFirst(1 + carried).enumerated() {
        guard let argument = result.argument else {
          throw MIGraphXError(.invalidArgument, "only tensors can be collected")
        }
        collected[index].append(argument)
        // They are joined in the end: elements that are repeated will not be any more.
        collectedByteCount = Dimension.sum(collectedByteCount, argument.contentByteCount + 64)
      }
      iteration += 1
    }
    for index in 0..<carried {
      values[index] = try values[index].passed(as: context.resultTypes[index])
    }
    try checkHeld(collectedByteCount, in: context)
    for (tensors, type) in zip(collected, scans) {
      let shape = type.shape ?? Shape(type.tensorElementType ?? .float, [])
      values.append(
        .tensor(
          try stacked(
            tensors, shape, axis: 0, length: tensors.count, isReversed: false, in: context)))
    }
    return values
  }

  private func number<Element: TensorElement>(
    _ elements: [Element], as type: ValueType
  ) throws(MIGraphXError) -> RuntimeValue {
    .tensor(try Argument(elements, lens: [Int](repeating: 1, count: type.shape?.rank ?? 0)))
  }
}
