import Support
import Tensors

/// How a program is written as text.
public struct TextOptions: Sendable {
  /// Literals with more elements than this are printed as `{ ... }`.
  public var elementLimit: Int
  /// Whether the names of the nodes that instructions stem from follow them.
  public var printsDebugSymbols: Bool

  /// Makes options.
  public init(elementLimit: Int = 10, printsDebugSymbols: Bool = false) {
    self.elementLimit = elementLimit
    self.printsDebugSymbols = printsDebugSymbols
  }
}

extension Program: CustomStringConvertible {
  /// The program as text, in MIGraphX's form.
  public var description: String { text() }

  /// The program as text, in MIGraphX's form.
  ///
  /// A line `symbols:` with the ranges of symbolic sizes comes first if there are any. Each module has a header,
  /// one line for each instruction, and one line for each guard.
  public func text(_ options: TextOptions = TextOptions()) -> String {
    var used: [String: Symbol] = [:]
    var lines: [String] = []
    main.write(to: &lines, symbols: &used, outer: [:], options)
    if !used.isEmpty {
      let ranges = used.values.sorted().map { "\(Dimension($0))=\($0.rangeText)" }
      lines.insert("symbols: \(ranges.joined(separator: ", "))", at: 0)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Symbol {
  /// `[minimum..maximum]`, open at the right if there is no maximum, with `:step` if that is not 1.
  var rangeText: String {
    "[\(minimum)..\(maximum.map(String.init) ?? "")\(step == 1 ? "" : ":\(step)")]"
  }
}

extension Module {
  /// What each instruction is called in text: parameters by name, others by position.
  public var instructionNames: [InstructionID: String] {
    var names: [InstructionID: String] = [:]
    let prefix = Module.nameText(name)
    for (position, id) in order.enumerated() {
      names[id] = self[id].parameterName.map(Module.nameText) ?? "\(prefix):@\(position)"
    }
    return names
  }

  /// One line of text for `id`. See ``instructionNames``.
  public func line(
    for id: InstructionID, names: [InstructionID: String], _ options: TextOptions = TextOptions()
  ) -> String {
    let instruction = self[id]
    let name = names[id] ?? ""
    var text = "\(name) = "
    switch instruction.body {
    case .parameter: text += "@param:\(name)"
    case .literal(let literal):
      text += "@literal\(literal.text(limit: options.elementLimit))"
    case .apply(let op): text += op.text
    case .result(let names):
      text += "@return"
      if !names.isEmpty {
        text += "[names={\(names.map(Module.nameText).joined(separator: ", "))}]"
      }
    }
    if !instruction.inputs.isEmpty {
      let inputs = instruction.inputs.map { value in
        (names[value.instruction] ?? "?") + (value.result == 0 ? "" : ":\(value.result)")
      }
      text += "(\(inputs.joined(separator: ",")))"
    }
    if !instruction.modules.isEmpty {
      text += ", [\(instruction.modules.map { Module.nameText($0.name) }.joined(separator: ", "))]"
    }
    if instruction.types.count == 1 {
      text += " -> \(instruction.types[0])"
    } else if !instruction.types.isEmpty {
      text += " -> [\(instruction.types.map(\.description).joined(separator: ", "))]"
    }
    if options.printsDebugSymbols, !instruction.debugSymbols.isEmpty {
      text += " # \(instruction.debugSymbols.map(Module.nameText).joined(separator: ", "))"
    }
    return text
  }

  /// Appends the module's lines and, after a blank one, those of its sub-modules.
  func write(
    to lines: inout [String], symbols used: inout [String: Symbol], outer: [String: Symbol],
    _ options: TextOptions
  ) {
    lines.append("module: \(quoted(name))")
    let names = instructionNames
    let order = order
    for id in order { lines.append(line(for: id, names: names, options)) }
    for item in guards { lines.append("@guard: \(item.line)") }
    let known = outer.merging(symbols) { $1 }
    collectSymbols(into: &used, known)
    for id in order {
      for module in self[id].modules {
        lines.append("")
        module.write(to: &lines, symbols: &used, outer: known, options)
      }
    }
  }

  /// Adds the symbols that occur in types, guards and attributes.
  private func collectSymbols(into used: inout [String: Symbol], _ known: [String: Symbol]) {
    var found: Set<Symbol> = []
    var expressions: Set<String> = []
    for id in order {
      for type in self[id].types { found.formUnion(type.symbols) }
      for field in (try? self[id].op?.attributes) ?? [] { field.value.collect(&expressions) }
    }
    for item in guards { found.formUnion(item.left.symbols.union(item.right.symbols)) }
    for text in expressions {
      _ = try? Dimension.parse(text) { name in
        let symbol = known[name] ?? Symbol(name)
        found.insert(symbol)
        return symbol
      }
    }
    // Should two ranges go by one name, it is not chance that decides.
    for symbol in found.sorted().reversed() { used[symbol.name] = symbol }
  }

  /// `name`, in quotes if it has characters that have a meaning in text form.
  static func nameText(_ name: String) -> String {
    let special = " ,()[]{}\"#=\n\r\t\\@".utf8
    let isPlain =
      !name.isEmpty && !name.utf8.contains(where: special.contains)
      && name.utf8.last != UInt8(ascii: ":")
    return isPlain ? name : quoted(name)
  }
}

extension AttributeValue {
  /// Appends the texts of all expressions in this value.
  fileprivate func collect(_ expressions: inout Set<String>) {
    switch self {
    case .expression(let text): expressions.insert(text)
    case .array(let values): for value in values { value.collect(&expressions) }
    case .object(let fields): for field in fields { field.value.collect(&expressions) }
    default: break
    }
  }
}

extension Literal {
  /// The elements in braces; `{ ... }` for more than `limit` of them.
  func text(limit: Int) -> String {
    if argument.elementCount > limit { return "{ ... }" }
    return "{\(argument.elementTexts.joined(separator: ", "))}"
  }
}

extension Argument {
  /// The elements in row-major order as programs print them.
  public var elementTexts: [String] {
    var printer = ElementPrinter(argument: self)
    return elementType.visit(&printer) ?? stringElements.map(quoted)
  }
}

private struct ElementPrinter: ElementVisitor {
  let argument: Argument
  func visit<Element: TensorElement>(_ type: Element.Type) -> [String] {
    argument.elements(as: type).map { element in
      switch element {
      case let value as Double: numberText(value)
      case let value as any FixedWidthInteger: "\(value)"
      default:
        type.elementType.isFloatingPoint ? numberText(element.asFloat) : "\(element.asInt64)"
      }
    }
  }
}
