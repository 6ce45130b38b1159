import IR
import Support
import Tensors

extension Program {
  /// Python that builds the program with the module `migraphx`; the variable `p` is the program.
  ///
  /// Literals of more than 1024 elements get made-up values. Names of results are not kept.
  ///
  /// - Throws: `unsupported` for what the module has no words for: text, parameters that are structures, sizes with
  ///   strides of their own; `invalidFile` when literals are of a damaged file.
  public func python() throws(MIGraphXError) -> String {
    try verifyLiterals()
    var writer = BuildingWriter(Python())
    _ = try writer.write(main)
    var header: [String] = []
    if writer.generatedCount > 0 {
      header.append("# The values of \(writer.generatedCount) large literals are made up.")
    }
    if writer.language.usesArrays { header.append("import array") }
    header += ["import migraphx", "", "p = migraphx.program()"]
    return (header + writer.lines).map { $0 + "\n" }.joined()
  }
}

private struct Python: BuildingLanguage {
  private(set) var usesArrays = false

  func declaration(_ variable: String, _ value: String) -> String { "\(variable) = \(value)" }

  func statement(_ call: String) -> String { call }

  func list(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }

  func text(_ text: String) -> String { stringText(text) }

  func operation(_ name: String, _ attributes: [AttributeValue.Field]) -> String {
    var arguments = [stringText(name)]
    var others: [String] = []
    for field in attributes {
      if isIdentifier(field.name) {
        arguments.append("\(field.name)=\(field.value.pythonText)")
      } else {
        others.append("\(stringText(field.name)): \(field.value.pythonText)")
      }
    }
    if !others.isEmpty { arguments.append("**{\(others.joined(separator: ", "))}") }
    return "migraphx.op(\(arguments.joined(separator: ", ")))"
  }

  func shape(_ type: ElementType, lens: [Int], strides: [Int]?) -> String {
    let type = "type=\"\(type.rawValue)\""
    if lens.isEmpty { return "migraphx.shape(\(type), lens=[1], strides=[0])" }
    return "migraphx.shape(\(type), lens=\(lens)\(strides.map { ", strides=\($0)" } ?? ""))"
  }

  func shape(_ type: ElementType, _ ranges: [DimensionRange], names: [String]) -> String {
    let sizes = ranges.map { range in
      "migraphx.shape.dynamic_dimension(\(range.minimum), "
        + "\(range.maximum.map(String.init) ?? "2**64 - 1"))"
    }
    return "migraphx.shape(type=\"\(type.rawValue)\", dyn_dims=\(list(sizes)), "
      + "symbols=\(list(names.map(stringText))))"
  }

  func generatedLiteral(_ shape: String, seed: Int) -> String {
    "migraphx.generate_argument(\(shape), \(seed))"
  }

  mutating func literal(_ argument: Argument, _ shape: String) -> String {
    if let code = ["int64_type": "q", "uint64_type": "Q"][argument.elementType.rawValue],
      !argument.isExact
    {
      usesArrays = true
      let values = argument.elementTexts.joined(separator: ", ")
      return "memoryview(array.array(\"\(code)\", [\(values)])).cast(\"B\")"
        + ".cast(\"\(code)\", \(argument.lens))"
    }
    var printer = ElementTexts(argument: argument)
    let values = argument.elementType.visit(&printer) ?? []
    return "migraphx.create_argument(\(shape), \(list(values)))"
  }
}

/// Elements as Python's numbers.
private struct ElementTexts: ElementVisitor {
  let argument: Argument

  func visit<Element: TensorElement>(_ type: Element.Type) -> [String] {
    argument.elements(as: type).map { element in
      if type.elementType == .bool { return element.asInt64 == 0 ? "False" : "True" }
      if type.elementType == .uint64 { return "\(UInt64(bitPattern: element.asInt64))" }
      if !type.elementType.isFloatingPoint { return "\(element.asInt64)" }
      if type.elementType == .double { return pythonText(element.asDouble, nil) }
      // Python makes a double of the text, and only that becomes the element.
      let short = numberText(element.asFloat)
      let isExact = Double(short).map { Float($0) } == element.asFloat
      return pythonText(element.asDouble, isExact ? short : nil)
    }
  }
}

extension Argument {
  /// Whether every element of an integer type is the value of a double.
  fileprivate var isExact: Bool {
    zip(converted(to: Double.self), elementTexts).allSatisfy { value, text in
      (Int(exactly: value).map(String.init) ?? UInt64(exactly: value).map(String.init)) == text
    }
  }
}

extension AttributeValue {
  fileprivate var pythonText: String {
    switch self {
    case .bool(let value): return value ? "True" : "False"
    case .int(let value): return "\(value)"
    case .float(let value): return Formats.pythonText(Double(value), numberText(value))
    case .double(let value): return Formats.pythonText(value, nil)
    case .string(let text), .expression(let text): return stringText(text)
    case .absent: return "None"
    case .array(let values):
      return "[\(values.map(\.pythonText).joined(separator: ", "))]"
    case .object(let fields):
      let texts = fields.map { "\(stringText($0.name)): \($0.value.pythonText)" }
      return "{\(texts.joined(separator: ", "))}"
    }
  }
}

/// `value` as an expression of Python, by `finite` if it is a finite number and that is given.
private func pythonText(_ value: Double, _ finite: String?) -> String {
  if value.isNaN { return "float(\"nan\")" }
  if value.isInfinite { return value < 0 ? "-float(\"inf\")" : "float(\"inf\")" }
  return finite ?? numberText(value)
}

/// `text` as a string of Python, which has JSON's escapes among its own.
private func stringText(_ text: String) -> String { AttributeValue.string(text).json() }

private let keywords: Set = [
  "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
  "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in",
  "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
  "yield",
]

/// Whether `text` can name a keyword argument.
private func isIdentifier(_ text: String) -> Bool {
  guard let first = text.unicodeScalars.first, !keywords.contains(text) else { return false }
  func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
  }
  return isLetter(first)
    && text.unicodeScalars.allSatisfy { isLetter($0) || ("0"..."9").contains($0) }
}
