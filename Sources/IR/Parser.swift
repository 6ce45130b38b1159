import Support
import Tensors

extension Program {
  /// Reads a program from the text that ``text(_:)`` writes.
  ///
  /// Types are inferred again; printed ones must be compatible and are then kept, being at least as exact.
  /// Those of operators' results may be left out.
  ///
  /// - Parameters:
  ///   - text: the program's text.
  ///   - registry: the operators that may occur.
  ///   - tensors: the names that the model gives to values of the main module, with the text's for them.
  ///   - literals: gives the literals whose elements are not in the text, by the instruction's name.
  /// - Throws: `invalidProgram` with line and column, or what building the program throws with the line.
  public init(
    parsing text: String, registry: OperatorRegistry, tensors: [String: String] = [:],
    literals: LiteralSource = { _, _ in nil }
  ) throws(MIGraphXError) {
    var parser = try ProgramParser(text: text, registry: registry)
    let draft = try parser.readModule(at: 0, depth: 0, literals)
    try parser.checkAllModulesUsed()
    self.init(main: draft.module)
    for (name, reference) in tensors {
      guard let value = draft.value(reference), main.contains(value) else {
        throw MIGraphXError(
          .invalidProgram, "tensor '\(name)' is '\(reference)', which the main module doesn't have")
      }
      self.tensors[name] = value
    }
  }

  /// Gives the literal of the instruction with this name in text, which must have this shape.
  public typealias LiteralSource =
    (_ name: String, _ shape: Shape) throws(MIGraphXError) -> Literal?
}

/// Reads modules, each when the instruction that owns it needs it.
private struct ProgramParser {
  private struct Block {
    let name: String
    var lines: [(number: Int, text: Substring)] = []
    var isUsed = false
  }

  /// A module under construction.
  struct Draft {
    var module: Module
    /// The instructions by what the text calls them.
    var ids: [String: InstructionID] = [:]
    var guards: [Guard] = []
    /// The symbols that occurred in types so far.
    var seen: Set<String> = []

    /// What the text calls `reference`: an instruction's first result, or `instruction:result`.
    func value(_ reference: String) -> Value? {
      if let id = ids[reference] { return Value(id) }
      guard let colon = reference.utf8.lastIndex(of: UInt8(ascii: ":")),
        let result = Int(reference[reference.utf8.index(after: colon)...]),
        let id = ids[String(reference[..<colon])]
      else { return nil }
      return Value(id, result: result)
    }
  }

  private let registry: OperatorRegistry
  private var blocks: [Block] = []
  private var blockIndices: [String: Int] = [:]
  private var symbols: [String: Symbol] = [:]
  /// The symbols in the form in which attributes look for them.
  private var context = AttributeContext()
  /// Modules may be nested this deeply.
  private static let maximumDepth = 32

  init(text: String, registry: OperatorRegistry) throws(MIGraphXError) {
    self.registry = registry
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let line = Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
      if line.utf8.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { continue }
      var scanner = TextScanner(line, number: index + 1, symbols: symbols)
      if scanner.skip("symbols: ") {
        try readSymbols(&scanner)
      } else if scanner.skip("module: ") {
        let name = try scanner.name(upTo: "")
        guard blockIndices[name] == nil else {
          throw scanner.error("there are two modules '\(name)'")
        }
        guard scanner.isAtEnd else { throw scanner.error("the end of the line is needed") }
        blockIndices[name] = blocks.count
        blocks.append(Block(name: name))
      } else {
        guard !blocks.isEmpty else { throw scanner.error("'module: \"name\"' is needed first") }
        blocks[blocks.count - 1].lines.append((index + 1, line))
      }
    }
    guard !blocks.isEmpty else {
      throw MIGraphXError(.invalidProgram, "the text has no module")
    }
    context = AttributeContext(definitions: symbols)
  }

  /// `N=[0..], S=[1..512:2]`
  private mutating func readSymbols(_ scanner: inout TextScanner) throws(MIGraphXError) {
    while !scanner.isAtEnd {
      let text = scanner.expressionText(upTo: "=")
      let parsed = try scanner.reading { () throws(MIGraphXError) in
        try Dimension.parse(text) { Symbol($0) }
      }
      guard let name = parsed.symbol?.name else {
        throw scanner.error("a symbol is needed, not '\(text)'")
      }
      guard symbols[name] == nil else {
        throw scanner.error("symbol '\(name)' has a range already")
      }
      try scanner.expect("=[")
      let lower = scanner.text(upTo: ".")
      try scanner.expect("..")
      let upper = scanner.text(upTo: ":]")
      let step = scanner.skip(":") ? scanner.text(upTo: "]") : "1"
      guard let minimum = Int(lower), minimum >= 0, let step = Int(step), step > 0,
        let maximum = upper.isEmpty ? minimum : Int(upper), maximum >= minimum
      else { throw scanner.error("a range [minimum..maximum:step] is needed") }
      try scanner.expect("]")
      if !scanner.isAtEnd { try scanner.expect(", ") }
      symbols[name] = Symbol(
        name, minimum: minimum, maximum: upper.isEmpty ? nil : maximum, step: step)
    }
  }

  func checkAllModulesUsed() throws(MIGraphXError) {
    if let unused = blocks.first(where: { !$0.isUsed }) {
      throw MIGraphXError(.invalidProgram, "no instruction uses module '\(unused.name)'")
    }
  }

  mutating func readModule(
    at index: Int, depth: Int, _ literals: Program.LiteralSource
  ) throws(MIGraphXError) -> Draft {
    guard !blocks[index].isUsed else {
      throw MIGraphXError(
        .invalidProgram, "module '\(blocks[index].name)' is used more than once")
    }
    guard depth < ProgramParser.maximumDepth else {
      throw MIGraphXError(
        .limitExceeded, "modules are nested more than \(ProgramParser.maximumDepth) deep")
    }
    blocks[index].isUsed = true
    var draft = Draft(module: Module(name: blocks[index].name))
    for symbol in symbols.values { draft.module.reserve(symbol) }
    for (number, line) in blocks[index].lines {
      var scanner = TextScanner(line, number: number, symbols: symbols)
      if scanner.skip("@guard: ") {
        draft.guards.append(try readGuard(&scanner))
      } else {
        try readInstruction(&scanner, into: &draft, depth: depth, literals)
      }
    }
    draft.module.putFirst(draft.guards)
    return draft
  }

  private func readGuard(_ scanner: inout TextScanner) throws(MIGraphXError) -> Guard {
    let left = try scanner.dimension(scanner.expressionText(upTo: "="))
    try scanner.expect("== ")
    let right = try scanner.dimension(scanner.expressionText(upTo: "#"))
    try scanner.expect("# ")
    return Guard(left, equals: right, origin: try scanner.rest())
  }

  private mutating func readInstruction(
    _ scanner: inout TextScanner, into draft: inout Draft, depth: Int,
    _ literals: Program.LiteralSource
  ) throws(MIGraphXError) {
    guard draft.module.returnID == nil else {
      throw scanner.error("the return must be the last instruction")
    }
    let name = try scanner.label(upTo: " ")
    guard draft.ids[name] == nil else { throw scanner.error("'\(name)' is defined twice") }
    try scanner.expect(" = ")
    if scanner.skip("@param:") {
      let parameter = try scanner.name(upTo: " ")
      let types = try readTypes(&scanner)
      guard types.count == 1 else { throw scanner.error("a parameter has one type") }
      let debugSymbols = try readDebugSymbols(&scanner)
      let id = try scanner.reading { () throws(MIGraphXError) in
        try draft.module.addParameter(parameter, types[0]).instruction
      }
      draft.module.addDebugSymbols(debugSymbols, to: id)
      draft.seen.formUnion(types[0].symbols.map(\.name))
      draft.ids[name] = id
    } else if scanner.skip("@literal") {
      draft.ids[name] = try readLiteral(name, &scanner, into: &draft.module, literals)
    } else if scanner.skip("@return") {
      let names = scanner.skip("[names=") ? try scanner.names("{", "}") : []
      if !names.isEmpty { try scanner.expect("]") }
      let inputs = try readInputs(&scanner, draft)
      let debugSymbols = try readDebugSymbols(&scanner)
      try scanner.reading { () throws(MIGraphXError) in
        try draft.module.addReturn(inputs, names: names)
      }
      if let id = draft.module.returnID { draft.module.addDebugSymbols(debugSymbols, to: id) }
    } else {
      draft.ids[name] = try readApplication(&scanner, into: &draft, depth: depth, literals)
    }
  }

  /// ` # a, b`, or nothing, up to the end of the line.
  private func readDebugSymbols(_ scanner: inout TextScanner) throws(MIGraphXError) -> [String] {
    var names: [String] = []
    if scanner.skip(" # ") {
      repeat { names.append(try scanner.name(upTo: ",")) } while scanner.skip(", ")
    }
    guard scanner.isAtEnd else { throw scanner.error("the end of the line is needed") }
    return names
  }

  private mutating func readApplication(
    _ scanner: inout TextScanner, into draft: inout Draft, depth: Int,
    _ literals: Program.LiteralSource
  ) throws(MIGraphXError) -> InstructionID {
    let name = try scanner.name(upTo: "[( ,\"")
    let attributes = try scanner.attributes()
    let inputs = try readInputs(&scanner, draft)
    var modules: [Module] = []
    if scanner.skip(", ") {
      for name in try scanner.names("[", "]") {
        guard let index = blockIndices[name] else {
          throw scanner.error("there is no module '\(name)'")
        }
        modules.append(try readModule(at: index, depth: depth + 1, literals).module)
      }
    }
    let types = try readTypes(&scanner)
    let typesEnd = scanner
    let debugSymbols = try readDebugSymbols(&scanner)
    // Symbols that occur here for the first time were made here, and keep their names.
    let names = types.reduce(into: Set<String>()) { $0.formUnion($1.symbols.map(\.name)) }
    let number = names.filter { !draft.seen.contains($0) }
      .compactMap { draft.module.number(ofSymbolNamed: $0) }.min()
    draft.seen.formUnion(names)
    let id = try scanner.reading { () throws(MIGraphXError) in
      let op = try registry.make(name, attributes, in: context)
      return try draft.module.add(
        op, inputs, modules: modules, debugSymbols: debugSymbols, before: nil, number: number)
    }
    let inferred = draft.module[id].types
    if types.isEmpty { return id }
    guard types.count == inferred.count,
      zip(types, inferred).allSatisfy({ $0.isCompatible(with: $1) })
    else {
      let list = inferred.map(\.description).joined(separator: ", ")
      throw typesEnd.error("the type must be [\(list)]")
    }
    draft.module.refineTypes(of: id, to: types)
    return id
  }

  private func readTypes(_ scanner: inout TextScanner) throws(MIGraphXError) -> [ValueType] {
    guard scanner.skip(" -> ") else { return [] }
    return try scanner.types()
  }

  private func readInputs(
    _ scanner: inout TextScanner, _ draft: borrowing Draft
  ) throws(MIGraphXError) -> [Value] {
    guard scanner.skip("(") else { return [] }
    var inputs: [Value] = []
    while !scanner.skip(")") {
      if !inputs.isEmpty { try scanner.expect(",") }
      let name = try scanner.label(upTo: ",)")
      guard let value = draft.value(name) else {
        throw scanner.error("'\(name)' is not defined before its use")
      }
      let count = draft.module[value.instruction].types.count
      guard value.result >= 0, value.result < count else {
        throw scanner.error("'\(name)' is not one of the \(count) results")
      }
      inputs.append(value)
    }
    return inputs
  }

  private mutating func readLiteral(
    _ name: String, _ scanner: inout TextScanner, into module: inout Module,
    _ literals: Program.LiteralSource
  ) throws(MIGraphXError) -> InstructionID {
    let text = try scanner.bracedText()
    guard let shape = try readTypes(&scanner).first?.shape, shape.isFixed else {
      throw scanner.error("a literal needs a shape of fixed size")
    }
    let debugSymbols = try readDebugSymbols(&scanner)
    guard text == " ... " else {
      let literal = try scanner.reading { () throws(MIGraphXError) in
        try LiteralReader.literal(text, shape)
      }
      return module.addLiteral(literal, debugSymbols: debugSymbols).instruction
    }
    let given = try scanner.reading { () throws(MIGraphXError) in try literals(name, shape) }
    guard let literal = given else {
      throw scanner.error("the elements of '\(name)' are not in the text and not given")
    }
    guard literal.shape == shape else {
      throw scanner.error("the literal given for '\(name)' has shape (\(literal.shape))")
    }
    return module.addLiteral(literal, debugSymbols: debugSymbols).instruction
  }
}
