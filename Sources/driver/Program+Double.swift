import IR
import Operators
import Support
import Tensors

extension Program {
  /// The program with all floating-point arithmetic in double precision; inputs and results keep their types.
  ///
  /// - Throws: what inference throws for an operator that has no such form.
  func inDoublePrecision() throws(MIGraphXError) -> Program {
    try verifyLiterals()
    var program = Program(main: Module(name: main.name))
    var values: [Value: Value] = [:]
    for parameter in main.parameters {
      let type = main.type(of: parameter)
      let added = try program.main.addParameter(main.parameterName(parameter), type)
      values[parameter] =
        type == type.inDoublePrecision
        ? added : try program.main.add(Convert(targetType: .double), added)
    }
    try main.addDouble(to: &program.main, &values)
    var results: [Value] = []
    for result in main.results {
      guard let value = values[result] else { continue }
      let type = main.type(of: result)
      if type == type.inDoublePrecision {
        results.append(value)
        continue
      }
      guard let shape = type.shape else {
        throw MIGraphXError(.unsupported, "a result of type (\(type)) in double precision")
      }
      results.append(try program.main.add(Convert(targetType: shape.elementType), value))
    }
    try program.main.addReturn(results, names: main.resultNames)
    return program
  }
}

extension Module {
  /// Adds the module's literals and operators to `module`, in double precision.
  ///
  /// - Parameter values: those that stand for the module's own.
  fileprivate func addDouble(
    to module: inout Module, _ values: inout [Value: Value]
  ) throws(MIGraphXError) {
    for id in order {
      let instruction = self[id]
      if let literal = instruction.literal {
        let isSame = instruction.types[0] == instruction.types[0].inDoublePrecision
        values[Value(id)] = module.addLiteral(
          isSame ? literal : Literal(try literal.argument.converted(toElementType: .double)))
      }
      guard let op = instruction.op else { continue }
      var modules: [Module] = []
      for inner in instruction.modules { modules.append(try inner.inDoublePrecision()) }
      let added = try module.add(
        op.inDoublePrecision(symbols), instruction.inputs.compactMap { values[$0] },
        modules: modules)
      for index in instruction.types.indices {
        values[Value(id, result: index)] = Value(added, result: index)
      }
    }
  }

  /// The sub-module, whose parameters and results are in double precision too.
  private func inDoublePrecision() throws(MIGraphXError) -> Module {
    var module = Module(name: name)
    var values: [Value: Value] = [:]
    for parameter in parameters {
      values[parameter] = try module.addParameter(
        parameterName(parameter), type(of: parameter).inDoublePrecision)
    }
    try addDouble(to: &module, &values)
    try module.addReturn(results.compactMap { values[$0] }, names: resultNames)
    return module
  }
}

extension Operator {
  /// The operator with double in place of other floating-point types among its attributes.
  fileprivate func inDoublePrecision(
    _ symbols: [String: Symbol]
  ) throws(MIGraphXError) -> any Operator {
    let fields = try attributes
    let changed = fields.map { field in
      guard case .string(let name) = field.value,
        ElementType(rawValue: name)?.isFloatingPoint ?? false
      else { return field }
      return AttributeValue.Field(field.name, .string(ElementType.double.rawValue))
    }
    if changed == fields { return self }
    return try OperatorRegistry.standard.make(
      name, changed, in: AttributeContext(definitions: symbols))
  }
}

extension ValueType {
  /// The type with double in place of other floating-point types.
  fileprivate var inDoublePrecision: ValueType {
    switch self {
    case .tensor(let shape):
      .tensor(shape.elementType.isFloatingPoint ? shape.with(elementType: .double) : shape)
    case .unranked(let type): .unranked(type.isFloatingPoint ? .double : type)
    case .absent(let type): .absent(type.isFloatingPoint ? .double : type)
    case .tuple(let parts): .tuple(parts.map(\.inDoublePrecision))
    case .sequence(let element): .sequence(element.inDoublePrecision)
    case .optional(let wrapped): .optional(wrapped.inDoublePrecision)
    }
  }
}
