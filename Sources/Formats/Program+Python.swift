import IR
import Support
import Tensors

extension Program {
  /// Python that builds the program with the module `migraphx`; the variable `p` is the program.
  ///
  /// Literals of more than 1024 elements get made-up values. Names of results are not kept, and every dynamic
  /// axis becomes a range of its own.
  ///
  /// - Throws: `unsupported` for what the module has no words for: text, structures, named sizes in attributes.
  public func python() throws(MIGraphXError) -> String {
    var writer = PythonWriter()
    _ = try writer.write(main)
    return writer.text
  }
}

private struct PythonWriter {
  private var lines: [String] = []
  private var moduleCount = 0
  /// The number of literals whose values are made up.
  private var generatedCount = 0
  private var usesArrays = false

  private static let largestLiteral = 1024

  var text: String {
    var header: [String] = []
    if usesArrays { header.append("import array") }
    header += ["import migraphx", "", "p = migraphx.program()"]
    if generatedCount > 0 {
      header.insert("# The values of \(generatedCount) large literals are made up.", at: 0)
    }
    return (header + lines).map { $0 + "\n" }.joined()
  }

  /// Writes what builds `module`.
  ///
  /// - Returns: the variable that holds it.
  mutating func write(_ module: Module) throws(MIGraphXError) -> String {
    let variable = moduleCount == 0 ? "m" : "m\(moduleCount)"
    let prefix = moduleCount == 0 ? "x" : "\(variable)_x"
    lines.append(
      "\(variable) = "
        + (moduleCount == 0
          ? "p.get_main_module()" : "p.create_module(\(stringText(module.name)))"))
    moduleCount += 1
    var names: [InstructionID: String] = [:]
    for (position, id) in module.order.enumerated() {
      let instruction = module[id]
      names[id] = "\(prefix)\(position)"
      let call = try trace("writing \(instruction.name) at \(position) as Python") {
        () throws(MIGraphXError) in
        let inputs = instruction.inputs.map { value in
          let name = names[value.instruction] ?? ""
          return module[value.instruction].types.count == 1
            ? name
            : "\(variable).add_instruction("
              + "migraphx.op(\"get_tuple_elem\", index=\(value.result)), [\(name)])"
        }
        return try self.call(instruction, "[\(inputs.joined(separator: ", "))]")
      }
      let isReturn = module.returnID == id
      lines.append("\(isReturn ? "" : "\(prefix)\(position) = ")\(variable).\(call)")
    }
    return variable
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
      return "add_parameter(\(stringText(name)), \(try shapeText(shape)))"
    case .literal(let literal): return "add_literal(\(try literalText(literal.argument)))"
    case .result: return "add_return(\(inputs))"
    case .apply(let op):
      var modules: [String] = []
      for module in instruction.modules { modules.append(try write(module)) }
      let list = modules.isEmpty ? "" : ", [\(modules.joined(separator: ", "))]"
      return "add_instruction(\(try operatorText(op)), \(inputs)\(list))"
    }
  }

  private func operatorText(_ op: any Operator) throws(MIGraphXError) -> String {
    var arguments = [stringText(op.name)]
    var others: [String] = []
    for field in try op.attributes {
      let value = try field.value.pythonText
      if isIdentifier(field.name) {
        arguments.append("\(field.name)=\(value)")
      } else {
        others.append("\(stringText(field.name)): \(value)")
      }
    }
    if !others.isEmpty { arguments.append("**{\(others.joined(separator: ", "))}") }
    return "migraphx.op(\(arguments.joined(separator: ", ")))"
  }

  private func shapeText(_ shape: Shape) throws(MIGraphXError) -> String {
    let type = "type=\"\(try typeName(shape))\""
    guard let lens = shape.lens, let strides = constants(of: shape.strides) else {
      var ranges: [String] = []
      for dimension in shape.dimensions { ranges.append(try rangeText(dimension)) }
      guard shape.isStandard else {
        throw MIGraphXError(.unsupported, "symbolic sizes with strides of their own: \(shape)")
      }
      return "migraphx.shape(\(type), dyn_dims=[\(ranges.joined(separator: ", "))])"
    }
    if lens.isEmpty { return "migraphx.shape(\(type), lens=[1], strides=[0])" }
    return "migraphx.shape(\(type), lens=\(lens)\(shape.isStandard ? "" : ", strides=\(strides)"))"
  }

  private func typeName(_ shape: Shape) throws(MIGraphXError) -> String {
    guard shape.elementType != .string else { throw MIGraphXError(.unsupported, "tensors of text") }
    return shape.elementType.rawValue
  }

  private func rangeText(_ dimension: Dimension) throws(MIGraphXError) -> String {
    let name = "migraphx.shape.dynamic_dimension"
    if let size = dimension.constant { return "\(name)(\(size), \(size))" }
    guard let symbol = dimension.symbol else {
      throw MIGraphXError(.unsupported, "the size '\(dimension)' of a parameter")
    }
    return "\(name)(\(symbol.minimum), \(symbol.maximum.map(String.init) ?? "2**64 - 1"))"
  }

  private mutating func literalText(_ argument: Argument) throws(MIGraphXError) -> String {
    let shape = try shapeText(argument.shape.standard)
    if argument.elementCount > PythonWriter.largestLiteral {
      generatedCount += 1
      return "migraphx.generate_argument(\(shape), \(generatedCount))"
    }
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
    return "migraphx.create_argument(\(shape), [\(values.joined(separator: ", "))])"
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
    get throws(MIGraphXError) {
      switch self {
      case .bool(let value): return value ? "True" : "False"
      case .int(let value): return "\(value)"
      case .float(let value): return Formats.pythonText(Double(value), numberText(value))
      case .double(let value): return Formats.pythonText(value, nil)
      case .string(let text): return stringText(text)
      case .expression(let text):
        throw MIGraphXError(
          .unsupported, "the size '\(text)' in an attribute; give inputs fixed sizes")
      case .array(let values):
        var texts: [String] = []
        for value in values { texts.append(try value.pythonText) }
        return "[\(texts.joined(separator: ", "))]"
      case .object(let fields):
        var texts: [String] = []
        for field in fields {
          texts.append("\(stringText(field.name)): \(try field.value.pythonText)")
        }
        return "{\(texts.joined(separator: ", "))}"
      }
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
