import Support

/// A value of the literals that NumPy headers are made of.
enum PythonLiteral: Equatable {
  case string(String)
  case int(Int)
  case bool(Bool)
  case tuple([PythonLiteral])
  case list([PythonLiteral])
  case dictionary([Field])

  /// An entry of a dictionary.
  struct Field: Equatable {
    var name: String
    var value: PythonLiteral
  }
}

/// Reads one Python literal: strings without escapes, whole numbers, `True`, `False`, and tuples,
/// lists and dictionaries of those.
struct LiteralParser {
  private let text: [UInt8]
  private var position = 0

  /// Records nest a little; nothing else does.
  private static let maximumDepth = 8

  /// Reads from `text`.
  init(_ text: [UInt8]) { self.text = text }

  /// The only value in the text, which white space may surround.
  ///
  /// - Throws: `invalidFile` when the text is anything else.
  mutating func parse() throws(MIGraphXError) -> PythonLiteral {
    let value = try parseValue(depth: 0)
    skipSpace()
    guard position == text.count else { throw failure("the end") }
    return value
  }

  private mutating func parseValue(depth: Int) throws(MIGraphXError) -> PythonLiteral {
    guard depth < LiteralParser.maximumDepth else {
      throw MIGraphXError(.invalidFile, "a NumPy header is nested too deeply")
    }
    skipSpace()
    guard position < text.count else { throw failure("a value") }
    switch text[position] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "("): return try parseTuple(depth: depth)
    case UInt8(ascii: "["):
      position += 1
      return .list(try parseElements(until: "]", depth: depth).values)
    case UInt8(ascii: "{"): return .dictionary(try parseFields(depth: depth))
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return .int(try parseNumber())
    default:
      if takeWord("True") { return .bool(true) }
      if takeWord("False") { return .bool(false) }
      throw failure("a value")
    }
  }

  private mutating func parseTuple(depth: Int) throws(MIGraphXError) -> PythonLiteral {
    position += 1
    let (values, endsWithComma) = try parseElements(until: ")", depth: depth)
    // Parentheses around one value without a comma are only parentheses.
    if values.count == 1 && !endsWithComma { return values[0] }
    return .tuple(values)
  }

  private mutating func parseElements(
    until end: Unicode.Scalar, depth: Int
  ) throws(MIGraphXError) -> (values: [PythonLiteral], endsWithComma: Bool) {
    var values: [PythonLiteral] = []
    var endsWithComma = false
    while !take(end) {
      guard values.isEmpty || endsWithComma else { throw failure("',' or '\(end)'") }
      values.append(try parseValue(depth: depth + 1))
      endsWithComma = take(",")
    }
    return (values, endsWithComma)
  }

  private mutating func parseFields(depth: Int) throws(MIGraphXError) -> [PythonLiteral.Field] {
    position += 1
    var fields: [PythonLiteral.Field] = []
    var endsWithComma = true
    while !take("}") {
      guard endsWithComma else { throw failure("',' or '}'") }
      guard case .string(let name) = try parseValue(depth: depth + 1) else {
        throw failure("a field's name")
      }
      guard !fields.contains(where: { $0.name == name }) else {
        throw MIGraphXError(.invalidFile, "a NumPy header has the field \(quoted(name)) twice")
      }
      guard take(":") else { throw failure("':'") }
      fields.append(.init(name: name, value: try parseValue(depth: depth + 1)))
      endsWithComma = take(",")
    }
    return fields
  }

  private mutating func parseString() throws(MIGraphXError) -> String {
    let mark = text[position]
    let start = position + 1
    guard let end = text[start...].firstIndex(of: mark) else { throw failure("a string's end") }
    let content = text[start..<end]
    guard !content.contains(UInt8(ascii: "\\")),
      let string = String(validating: content, as: UTF8.self)
    else { throw failure("a string without escapes") }
    position = end + 1
    return string
  }

  private mutating func parseNumber() throws(MIGraphXError) -> Int {
    var value = 0
    while position < text.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = text[position] {
      let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = scaled.addingReportingOverflow(Int(text[position] - UInt8(ascii: "0")))
      guard !overflow, !carry else {
        throw MIGraphXError(.limitExceeded, "a number in a NumPy header has more than 63 bits")
      }
      value = sum
      position += 1
    }
    // Python 2 marked long integers.
    if position < text.count, text[position] == UInt8(ascii: "L") { position += 1 }
    return value
  }

  private mutating func takeWord(_ word: String) -> Bool {
    guard text[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[position]) { position += 1 }
  }

  private func failure(_ need: String) -> MIGraphXError {
    MIGraphXError(.invalidFile, "a NumPy header needs \(need) at byte \(position)")
  }
}
