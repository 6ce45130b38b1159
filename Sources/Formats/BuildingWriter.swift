import IR
import Support
import Tensors

/// A language in which a program can be written: as calls that build it.
protocol BuildingLanguage {
  /// The statement that names a value.
  func declaration(_ variable: String, _ value: String) -> String
  /// The statement that only calls.
  func statement(_ call: String) -> String
  func list(_ items: [String]) -> String
  func text(_ text: String) -> String
  /// An operator.
  func operation(_ name: String, _ attributes: [AttributeValue.Field]) -> String
  /// A shape of fixed size; strides are given if they are not those of the standard order.
  func shape(_ type: ElementType, lens: [Int], strides: [Int]?) -> String
  /// A dynamic shape. `names` has an expression for each axis whose size has one; it may be empty.
  func shape(_ type: ElementType, _ ranges: [DimensionRange], names: [String]) -> String
  /// What a literal is added by, with the elements of `argument`.
  mutating func literal(_ argument: Argument, _ shape: String) -> String
  /// What a literal of made-up elements is added by.
  func generatedLiteral(_ shape: String, seed: Int) -> String
}

/// Writes the calls that build a program: `p` is the program, `m` its main module.
struct BuildingWriter<Language: BuildingLanguage> {
  var language: Language
  private(set) var lines: [String] = []
  /// The number of literals whose values are made up.
  private(set) var generatedCount = 0
  private var moduleCount = 0
  private var symbols = SymbolNames()

  private let largestLiteral = 1024

  init(_ language: Language) { self.language = language }

  /// Writes what builds `module`.
  ///
  /// - Returns: the variable that holds it.
  mutating func write(_ module: Module) throws(MIGraphXError) -> String {
    let variable = moduleCount == 0 ? "m" : "m\(moduleCount)"
    let prefix = moduleCount == 0 ? "x" : "\(variable)_x"
    lines.append(
      language.declaration(
        variable,
        moduleCount == 0
          ? "p.get_main_module()" : "p.create_module(\(language.text(module.name)))"))
    moduleCount += 1
    var names: [InstructionID: String] = [:]
    for (position, id) in module.order.enumerated() {
      let instruction = module[id]
      names[id] = "\(prefix)\(position)"
      let call = try trace("writing \(instruction.name) at \(position)") {
        () throws(MIGraphXError) in
        var inputs: [String] = []
        for value in instruction.inputs {
          let name = names[value.instruction] ?? ""
          inputs.append(
            module[value.instruction].types.count == 1
              ? name : element(value.result, of: name, in: variable))
        }
        return try self.call(instruction, language.list(inputs))
      }
      symbols.add(instruction, at: position, in: module)
      let full = "\(variable).\(call)"
      lines.append(
        module.returnID == id
          ? language.statement(full) : language.declaration("\(prefix)\(position)", full))
    }
    return variable
  }

  /// The call that picks a result of an instruction.
  private func element(_ index: Int, of name: String, in module: String) -> String {
    let operation = language.operation("get_tuple_elem", [.init("index", .int(index))])
    return "\(module).add_instruction(\(operation), \(language.list([name])))"
  }

  /// The call of a module's function that adds `instruction`.
  private mutating func call(
    _ instruction: Instruction, _ inputs: String
  ) throws(MIGraphXError) -> String {
    switch instruction.body {
    case .parameter(let name):
      guard let shape = instruction.types[0].shape else {
        throw MIGraphXError(.unsupported, "a parameter of type (\(instruction.types[0]))")
      }
      return "add_parameter(\(language.text(name)), \(try shapeText(shape)))"
    case .literal(let literal): return "add_literal(\(try literalText(literal.argument)))"
    case .result: return "add_return(\(inputs))"
    case .apply(let op):
      var modules: [String] = []
      for module in instruction.modules { modules.append(try write(module)) }
      let list = modules.isEmpty ? "" : ", \(language.list(modules))"
      let fields = try op.attributes
      var attributes: [AttributeValue.Field] = []
      for field in fields {
        attributes.append(.init(field.name, try symbols.renamed(field.value)))
      }
      return "add_instruction(\(language.operation(op.name, attributes)), \(inputs)\(list))"
    }
  }

  private func shapeText(_ shape: Shape) throws(MIGraphXError) -> String {
    guard shape.elementType != .string else { throw MIGraphXError(.unsupported, "tensors of text") }
    guard let lens = shape.lens, let strides = constants(of: shape.strides) else {
      guard shape.isStandard else {
        throw MIGraphXError(.unsupported, "symbolic sizes with strides of their own: \(shape)")
      }
      let names = try symbols.names(of: shape)
      return language.shape(shape.elementType, shape.ranges, names: names)
    }
    return language.shape(
      shape.elementType, lens: lens, strides: shape.isStandard ? nil : strides)
  }

  private mutating func literalText(_ argument: Argument) throws(MIGraphXError) -> String {
    let shape = try shapeText(argument.shape.standard)
    if argument.elementCount > largestLiteral {
      generatedCount += 1
      return language.generatedLiteral(shape, seed: generatedCount)
    }
    return language.literal(argument, shape)
  }
}

/// What the symbols of a program are called in the one that is built anew.
private struct SymbolNames {
  /// Those that exist where the writer is, as they will be called.
  private var known: [String: Symbol] = [:]

  /// Learns the symbols that inference will make for an instruction: they are named after its position.
  mutating func add(_ instruction: Instruction, at position: Int, in module: Module) {
    for symbol in instruction.types.reduce(into: Set<Symbol>(), { $0.formUnion($1.symbols) })
    where known[symbol.name] == nil {
      var name = symbol.name
      if instruction.op != nil, let end = name.lastIndex(of: ".") {
        name = "\(module.name):d\(position)\(name[end...])"
      }
      known[symbol.name] = Symbol(
        name, minimum: symbol.minimum, maximum: symbol.maximum, step: symbol.step)
    }
  }

  /// The text of each axis's size; empty for those of fixed size.
  ///
  /// - Throws: `unsupported` for what an interface has no words for.
  func names(of shape: Shape) throws(MIGraphXError) -> [String] {
    var names: [String] = []
    for size in shape.dimensions {
      if let symbol = size.symbol, symbol.step != 1 {
        throw MIGraphXError(.unsupported, "the size '\(size)' in steps of \(symbol.step)")
      }
      if size.symbol == nil, let symbol = size.symbols.first(where: { known[$0.name] == nil }) {
        throw MIGraphXError(
          .unsupported, "the size '\(size)', as no earlier parameter has the size '\(symbol.name)'")
      }
      names.append(size.isConstant ? "" : renamed(size).description)
    }
    return names
  }

  /// `value` with its sizes in the new names.
  func renamed(_ value: AttributeValue) throws(MIGraphXError) -> AttributeValue {
    switch value {
    case .expression(let text):
      var unknown: String?
      let size = try Dimension.parse(text) { name in
        if known[name] == nil { unknown = name }
        return known[name] ?? Symbol(name)
      }
      if let unknown {
        throw MIGraphXError(
          .unsupported, "the size '\(text)', as nothing before it has the size '\(unknown)'")
      }
      return .expression(size.description)
    case .array(let values):
      var renamed: [AttributeValue] = []
      for value in values { renamed.append(try self.renamed(value)) }
      return .array(renamed)
    case .object(let fields):
      var renamed: [AttributeValue.Field] = []
      for field in fields { renamed.append(.init(field.name, try self.renamed(field.value))) }
      return .object(renamed)
    default: return value
    }
  }

  private func renamed(_ size: Dimension) -> Dimension {
    size.substituting { symbol in known[symbol.name].map { Dimension($0) } }
  }
}
