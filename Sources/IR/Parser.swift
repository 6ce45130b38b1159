import Support
import Tensors

extension Program {
  /// Reads a program from the text that ``text(_:)`` writes.
  ///
  /// Types are inferred again; printed ones must be compatible and are then kept, being at least as exact.
  ///
  /// - Parameters:
  ///   - text: the program's text.
  ///   - registry: the operators that may occur.
  ///   - literals: gives the literals whose elements are not in the text, by the instruction's name.
  /// - Throws: `invalidProgram` with line and column, or what building the program throws.
  public init(
    parsing text: String, registry: OperatorRegistry,
    literals: (String) -> Literal? = { _ in nil }
  ) throws(MIGraphXError) {
    var parser = try ProgramParser(text: text, registry: registry)
    self.init(main: try parser.module(at: 0, literals))
    try parser.checkAllModulesUsed()
  }
}

/// Reads modules, each when the instruction that owns it needs it.
private struct ProgramParser {
  private struct Block {
    let name: String
    var lines: [(number: Int, text: Substring)] = []
    var isUsed = false
  }

  private let registry: OperatorRegistry
  private var blocks: [Block] = []
  private var symbols: [String: Symbol] = [:]

  init(text: String, registry: OperatorRegistry) throws(MIGraphXError) {
    self.registry = registry
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      var scanner = TextScanner(line, number: index + 1, symbols: symbols)
      if scanner.skip("symbols: ") {
        try readSymbols(&scanner)
      } else if scanner.skip("module: ") {
        let name = try scanner.name(upTo: "")
        guard !blocks.contains(where: { $0.name == name }) else {
          throw scanner.error("there are two modules '\(name)'")
        }
        blocks.append(Block(name: name))
      } else {
        guard !blocks.isEmpty else { throw scanner.error("'module: \"name\"' is needed first") }
        blocks[blocks.count - 1].lines.append((index + 1, line))
      }
    }
    guard !blocks.isEmpty else {
      throw MIGraphXError(.invalidProgram, "the text has no module")
    }
  }

  /// `N=[0..], S=[1..512:2]`
  private mutating func readSymbols(_ scanner: inout TextScanner) throws(MIGraphXError) {
    while !scanner.isAtEnd {
      let text = scanner.text(upTo: "=")
      guard let symbol = try Dimension.parse(text, symbols: { Symbol($0) }).symbol else {
        throw scanner.error("a symbol is needed, not '\(text)'")
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
      _ = scanner.skip(", ")
      symbols[symbol.name] = Symbol(
        symbol.name, minimum: minimum, maximum: upper.isEmpty ? nil : maximum, step: step)
    }
  }

  func checkAllModulesUsed() throws(MIGraphXError) {
    if let unused = blocks.first(where: { !$0.isUsed }) {
      throw MIGraphXError(.invalidProgram, "no instruction uses module '\(unused.name)'")
    }
  }

  mutating func module(
    at index: Int, _ literals: (String) -> Literal?
  ) throws(MIGraphXError) -> Module {
    guard !blocks[index].isUsed else {
      throw MIGraphXError(
        .invalidProgram, "module '\(blocks[index].name)' is used more than once")
    }
    blocks[index].isUsed = true
    var module = Module(name: blocks[index].name)
    var values: [String: InstructionID] = [:]
    for (number, line) in blocks[index].lines {
      var scanner = TextScanner(line, number: number, symbols: symbols)
      if scanner.skip("@guard: ") {
        try readGuard(&scanner, into: &module)
      } else {
        try readInstruction(&scanner, into: &module, &values, literals)
      }
    }
    return module
  }

  private func readGuard(
    _ scanner: inout TextScanner, into module: inout Module
  ) throws(MIGraphXError) {
    let symbols = symbols
    let left = try Dimension.parse(scanner.text(upTo: "=").trimmingSpaces) { symbols[$0] }
    try scanner.expect("== ")
    let right = try Dimension.parse(scanner.text(upTo: "#").trimmingSpaces) { symbols[$0] }
    try scanner.expect("# ")
    let item = Guard(left, equals: right, origin: scanner.text(upTo: ""))
    if !module.guards.contains(where: { $0.left == left && $0.right == right }) {
      module.guards.append(item)
    }
  }

  private mutating func readInstruction(
    _ scanner: inout TextScanner, into module: inout Module,
    _ values: inout [String: InstructionID], _ literals: (String) -> Literal?
  ) throws(MIGraphXError) {
    let name = try scanner.name(upTo: " ")
    guard values[name] == nil else { throw scanner.error("'\(name)' is defined twice") }
    try scanner.expect(" = ")
    let id: InstructionID
    if scanner.skip("@param:") {
      let parameter = try scanner.name(upTo: " ")
      let types = try readTypes(&scanner)
      guard types.count == 1 else { throw scanner.error("a parameter has one type") }
      id = try module.addParameter(parameter, types[0]).instruction
    } else if scanner.skip("@literal") {
      id = try readLiteral(name, &scanner, into: &module, literals)
    } else if scanner.skip("@return") {
      let names = scanner.skip("[names=") ? try scanner.names("{", "}") : []
      if !names.isEmpty { try scanner.expect("]") }
      try module.addReturn(try readInputs(&scanner, values), names: names)
      return
    } else {
      id = try readApplication(&scanner, into: &module, values, literals)
    }
    if scanner.skip(" # ") {
      while !scanner.isAtEnd {
        module.addDebugSymbols([try scanner.name(upTo: ",")], to: id)
        _ = scanner.skip(", ")
      }
    }
    guard scanner.isAtEnd else { throw scanner.error("the end of the line is needed") }
    values[name] = id
  }

  private mutating func readApplication(
    _ scanner: inout TextScanner, into module: inout Module,
    _ values: [String: InstructionID], _ literals: (String) -> Literal?
  ) throws(MIGraphXError) -> InstructionID {
    let name = try scanner.name(upTo: "[( ,")
    let op = try registry.make(
      name, try scanner.attributes(), in: AttributeContext(definitions: symbols))
    let inputs = try readInputs(&scanner, values)
    var modules: [Module] = []
    if scanner.skip(", ") {
      for name in try scanner.names("[", "]") {
        guard let index = blocks.firstIndex(where: { $0.name == name }) else {
          throw scanner.error("there is no module '\(name)'")
        }
        modules.append(try self.module(at: index, literals))
      }
    }
    let id = try module.add(op, inputs, modules: modules)
    let types = try readTypes(&scanner)
    let inferred = module[id].types
    guard types.count == inferred.count,
      zip(types, inferred).allSatisfy({ $0.isCompatible(with: $1) })
    else {
      let list = inferred.map(\.description).joined(separator: ", ")
      throw scanner.error("the type must be [\(list)]")
    }
    module.refineTypes(of: id, to: types)
    return id
  }

  private func readTypes(_ scanner: inout TextScanner) throws(MIGraphXError) -> [ValueType] {
    guard scanner.skip(" -> ") else { return [] }
    return try scanner.types()
  }

  private func readInputs(
    _ scanner: inout TextScanner, _ values: [String: InstructionID]
  ) throws(MIGraphXError) -> [Value] {
    guard scanner.skip("(") else { return [] }
    var inputs: [Value] = []
    while !scanner.skip(")") {
      if !inputs.isEmpty { try scanner.expect(",") }
      let name = try scanner.name(upTo: ",)")
      if let id = values[name] {
        inputs.append(Value(id))
      } else if let colon = name.lastIndex(of: ":"),
        let result = Int(name[name.index(after: colon)...]), let id = values[String(name[..<colon])]
      {
        inputs.append(Value(id, result: result))
      } else {
        throw scanner.error("'\(name)' is not defined before its use")
      }
    }
    return inputs
  }

  private func readLiteral(
    _ name: String, _ scanner: inout TextScanner, into module: inout Module,
    _ literals: (String) -> Literal?
  ) throws(MIGraphXError) -> InstructionID {
    let text = try scanner.bracedText()
    guard let shape = try readTypes(&scanner).first?.shape, let lens = shape.lens else {
      throw scanner.error("a literal needs a shape of fixed size")
    }
    if text == " ... " {
      guard let literal = literals(name) else {
        throw scanner.error("the elements of '\(name)' are not in the text and not given")
      }
      guard literal.shape == shape else {
        throw scanner.error("the literal given for '\(name)' has shape (\(literal.shape))")
      }
      return module.addLiteral(literal).instruction
    }
    if shape.elementType == .string {
      var strings = TextScanner("{\(text)}"[...], number: 0, symbols: [:])
      let literal = Literal(try Argument(strings: try strings.names("{", "}"), lens: lens))
      return module.addLiteral(literal).instruction
    }
    var reader = ElementReader(text: text, lens: lens)
    guard let result = shape.elementType.visit(&reader) else {
      throw scanner.error("the elements can't be read")
    }
    return module.addLiteral(try result.get()).instruction
  }
}

private struct ElementReader: ElementVisitor {
  let text: Substring
  let lens: [Int]

  func visit<Element: TensorElement>(_ type: Element.Type) -> Result<Literal, MIGraphXError> {
    Result { () throws(MIGraphXError) in
      var elements: [Element] = []
      for word in text.split(separator: ",") {
        let word = word.trimmingSpaces
        if let number = Int64(word) {
          elements.append(Element(converting: number))
        } else if let number = UInt64(word) {
          elements.append(Element(converting: Int64(bitPattern: number)))
        } else if let number = Double(word), type.elementType.isFloatingPoint {
          elements.append(
            type.elementType == .float
              ? Element(converting: Float(word) ?? 0) : Element(converting: number))
        } else {
          throw MIGraphXError(
            .invalidProgram, "'\(word)' is no element of type \(type.elementType.rawValue)")
        }
      }
      return try Literal(elements, lens: lens)
    }
  }
}

extension StringProtocol {
  /// The text without spaces at its ends.
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
