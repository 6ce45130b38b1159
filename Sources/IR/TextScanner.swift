import Support
import Tensors

/// Reads the pieces of one line of program text.
struct TextScanner {
  private let bytes: [UInt8]
  private var position = 0
  private let lineNumber: Int
  private let symbols: [String: Symbol]
  /// Values in braces may be nested this deeply.
  private static let maximumDepth = 32

  init(_ line: Substring, number: Int, symbols: [String: Symbol]) {
    bytes = Array(line.utf8)
    lineNumber = number
    self.symbols = symbols
  }

  var isAtEnd: Bool { position >= bytes.count }
  private var next: UInt8? { isAtEnd ? nil : bytes[position] }

  /// An error that shows where in the text it is.
  func error(_ message: String) -> MIGraphXError {
    let rest = String(decoding: bytes[position...].prefix(30), as: UTF8.self)
    return MIGraphXError(
      .invalidProgram,
      "line \(lineNumber), column \(position + 1): \(message), found '\(rest)'")
  }

  /// Passes over `text` if it stands here.
  mutating func skip(_ text: String) -> Bool {
    guard bytes[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  /// Passes over `text`, which must stand here.
  mutating func expect(_ text: String) throws(MIGraphXError) {
    guard skip(text) else { throw error("'\(text)' is needed") }
  }

  mutating func skipSpaces() { while next == UInt8(ascii: " ") { position += 1 } }

  /// The text up to one of `stops` or the end of the line.
  mutating func text(upTo stops: String) -> String {
    let start = position
    while let byte = next, !stops.utf8.contains(byte) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// A name: in quotes, or plain up to one of `stops`.
  mutating func name(upTo stops: String) throws(MIGraphXError) -> String {
    if next == UInt8(ascii: "\"") { return try quotedText() }
    let name = text(upTo: stops)
    if name.isEmpty { throw error("a name is needed") }
    return name
  }

  /// What instructions are called and referred to by: like a name, but a quoted one stays apart from a plain
  /// one, and may be followed by more.
  mutating func label(upTo stops: String) throws(MIGraphXError) -> String {
    guard next == UInt8(ascii: "\"") else { return try name(upTo: stops) }
    return Module.nameText(try quotedText()) + text(upTo: stops)
  }

  /// The rest of the line, which may be quoted.
  mutating func rest() throws(MIGraphXError) -> String {
    next == UInt8(ascii: "\"") ? try quotedText() : text(upTo: "")
  }

  /// Runs `body`, and tells in errors which line was being read.
  func reading<Result>(
    _ body: () throws(MIGraphXError) -> Result
  ) throws(MIGraphXError) -> Result {
    try trace("reading line \(lineNumber)", body)
  }

  /// Names between `open` and `close`, with commas between them.
  mutating func names(
    _ open: String, _ close: String
  ) throws(MIGraphXError) -> [String] {
    try expect(open)
    var names: [String] = []
    while !skip(close) {
      if !names.isEmpty { try expect(",") }
      skipSpaces()
      names.append(try name(upTo: ", \(close)"))
      skipSpaces()
    }
    return names
  }

  private mutating func quotedText() throws(MIGraphXError) -> String {
    try expect("\"")
    var content: [UInt8] = []
    while let byte = next {
      position += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: content, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        content.append(byte)
        continue
      }
      guard let escaped = next else { break }
      position += 1
      switch escaped {
      case UInt8(ascii: "n"): content.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "r"): content.append(UInt8(ascii: "\r"))
      default: content.append(escaped)
      }
    }
    throw error("a closing quote is needed")
  }

  // MARK: Attributes

  /// `[name=value,...]`, or nothing.
  mutating func attributes() throws(MIGraphXError) -> [AttributeValue.Field] {
    guard skip("[") else { return [] }
    return try fields(upTo: "]", depth: 0)
  }

  private mutating func fields(
    upTo close: String, depth: Int
  ) throws(MIGraphXError) -> [AttributeValue.Field] {
    var fields: [AttributeValue.Field] = []
    var names: Set<String> = []
    while !skip(close) {
      if !fields.isEmpty { try expect(",") }
      skipSpaces()
      let name = try name(upTo: "=,]}")
      guard names.insert(name).inserted else { throw error("'\(name)' is given twice") }
      try expect("=")
      fields.append(.init(name, try value(depth: depth + 1)))
    }
    return fields
  }

  private mutating func value(depth: Int) throws(MIGraphXError) -> AttributeValue {
    guard depth < TextScanner.maximumDepth else { throw error("braces are nested too deeply") }
    if next == UInt8(ascii: "\"") { return .string(try quotedText()) }
    if skip("@none") { return .absent }
    guard skip("{") else { return scalar(expressionText()) }
    if startsField() { return .object(try fields(upTo: "}", depth: depth)) }
    var elements: [AttributeValue] = []
    while !skip("}") {
      if !elements.isEmpty { try expect(",") }
      skipSpaces()
      if isAtEnd { throw error("a closing brace is needed") }
      elements.append(try value(depth: depth + 1))
    }
    return .array(elements)
  }

  /// Whether a name and an equals sign stand here.
  private func startsField() -> Bool {
    var ahead = self
    let name = try? ahead.name(upTo: "=,{}' ()\"")
    return name != nil && ahead.next == UInt8(ascii: "=")
  }

  /// The text of a number, a word or an expression: up to one of `stops` outside of parentheses and quotes.
  mutating func expressionText(upTo stops: String = ",}]") -> String {
    let start = position
    var depth = 0
    var isQuoted = false
    while let byte = next {
      switch byte {
      case UInt8(ascii: "'"): isQuoted.toggle()
      case UInt8(ascii: "\\") where isQuoted: position += 1
      case _ where isQuoted: break
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      default:
        if depth <= 0, stops.utf8.contains(byte) {
          return String(decoding: bytes[start..<position], as: UTF8.self)
        }
      }
      position += 1
    }
    position = min(position, bytes.count)
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private func scalar(_ text: String) -> AttributeValue {
    if let number = Int(text), text != "-0" { return .int(number) }
    if let number = Double(text) { return .double(number) }
    let isWord = text.utf8.allSatisfy { byte in
      !" ()'+-*/".utf8.contains(byte)
    }
    return isWord ? .string(text) : .expression(text)
  }

  // MARK: Types

  /// One type, or several in brackets.
  mutating func types() throws(MIGraphXError) -> [ValueType] {
    next == UInt8(ascii: "[") ? try list(depth: 0) : [try type(depth: 0)]
  }

  private mutating func list(depth: Int) throws(MIGraphXError) -> [ValueType] {
    try expect("[")
    var types: [ValueType] = []
    while !skip("]") {
      if !types.isEmpty { try expect(", ") }
      types.append(try type(depth: depth + 1))
    }
    return types
  }

  private mutating func type(depth: Int) throws(MIGraphXError) -> ValueType {
    guard depth < TextScanner.maximumDepth else { throw error("types are nested too deeply") }
    if skip("tuple") { return .tuple(try list(depth: depth)) }
    for (word, make) in [("unranked", ValueType.unranked), ("absent", ValueType.absent)]
    where skip(word) {
      try expect("[")
      let type = try elementType(upTo: "]")
      try expect("]")
      return make(type)
    }
    for (word, make) in [
      ("sequence", ValueType.sequence), ("optional", ValueType.optional),
    ] where skip(word) {
      let parts = try list(depth: depth)
      guard parts.count == 1 else { throw error("\(word) needs one type") }
      return make(parts[0])
    }
    let elementType = try elementType(upTo: ", ")
    try expect(", ")
    let sizes = try dimensions()
    try expect(", ")
    let strides = try dimensions()
    guard sizes.count == strides.count else {
      throw error("\(sizes.count) sizes need as many strides, not \(strides.count)")
    }
    // Rank 0 is written as one element that is repeated.
    let shape =
      sizes == [1] && strides == [0]
      ? Shape(elementType, []) : Shape(elementType, sizes, strides: strides)
    try reading { () throws(MIGraphXError) in try shape.validate() }
    return .tensor(shape)
  }

  private mutating func elementType(upTo stops: String) throws(MIGraphXError) -> ElementType {
    let word = text(upTo: stops)
    guard let elementType = ElementType(rawValue: word) else {
      throw error("an element type is needed, not '\(word)'")
    }
    return elementType
  }

  private mutating func dimensions() throws(MIGraphXError) -> [Dimension] {
    try expect("{")
    var result: [Dimension] = []
    while !skip("}") {
      if !result.isEmpty { try expect(",") }
      skipSpaces()
      if isAtEnd { throw error("a closing brace is needed") }
      let text = expressionText()
      result.append(try dimension(text))
    }
    return result
  }

  /// The expression that `text` describes.
  func dimension(_ text: String) throws(MIGraphXError) -> Dimension {
    let symbols = symbols
    return try reading { () throws(MIGraphXError) in
      try Dimension.parse(text.trimmingSpaces) {
        symbols[$0] ?? ($0 == Symbol.varying.name ? .varying : nil)
      }
    }
  }

  /// The text between braces that may be nested and hold quoted text.
  mutating func bracedText() throws(MIGraphXError) -> Substring {
    try expect("{")
    let start = position
    while let byte = next, byte != UInt8(ascii: "}") {
      if byte == UInt8(ascii: "\"") { _ = try quotedText() } else { position += 1 }
    }
    let content = String(decoding: bytes[start..<position], as: UTF8.self)
    try expect("}")
    return content[...]
  }
}

extension StringProtocol {
  /// The text without spaces at its ends.
  var trimmingSpaces: String {
    let space = UInt8(ascii: " ")
    let head = Substring(String(self)).utf8.drop { $0 == space }
    guard let last = head.lastIndex(where: { $0 != space }) else { return "" }
    return String(Substring(head[...last]))
  }
}
