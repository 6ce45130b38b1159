extension AttributeValue {
  /// Reads JSON, in which keys may stand without quotes, strings in single ones, and a last comma may be left.
  ///
  /// - Throws: `invalidArgument` with the position at which the text is wrong, or nested too deeply.
  public init(relaxedJSON text: String) throws(MIGraphXError) {
    var reader = RelaxedJSONReader(text)
    self = try reader.document()
  }
}

/// Reads one value after the other from bytes of text.
private struct RelaxedJSONReader {
  private let bytes: [UInt8]
  private var position = 0

  /// Arrays and objects may be nested this deeply.
  private static let maximumDepth = 64

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func document() throws(MIGraphXError) -> AttributeValue {
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw unexpected("the end") }
    return value
  }

  private mutating func value(depth: Int) throws(MIGraphXError) -> AttributeValue {
    guard depth < RelaxedJSONReader.maximumDepth else {
      throw MIGraphXError(.invalidArgument, "JSON is nested more than \(depth) deep")
    }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return .object(try fields(depth: depth))
    case UInt8(ascii: "["): return .array(try elements(depth: depth))
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try quotedText())
    default: return try word()
    }
  }

  private mutating func fields(depth: Int) throws(MIGraphXError) -> [AttributeValue.Field] {
    position += 1
    var fields: [AttributeValue.Field] = []
    while !skip("}") {
      let isQuoted = peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'")
      let name = isQuoted ? try quotedText() : wordText()
      guard !name.isEmpty, skip(":") else { throw unexpected("a key and ':'") }
      fields.append(AttributeValue.Field(name, try value(depth: depth + 1)))
      if skip(",") { continue }
      guard skip("}") else { throw unexpected("',' or '}'") }
      break
    }
    return fields
  }

  private mutating func elements(depth: Int) throws(MIGraphXError) -> [AttributeValue] {
    position += 1
    var elements: [AttributeValue] = []
    while !skip("]") {
      elements.append(try value(depth: depth + 1))
      if skip(",") { continue }
      guard skip("]") else { throw unexpected("',' or ']'") }
      break
    }
    return elements
  }

  /// A number, `true`, `false`, `null`, or a word that stands for itself.
  private mutating func word() throws(MIGraphXError) -> AttributeValue {
    let text = wordText()
    switch text {
    case "": throw unexpected("a value")
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .absent
    default: break
    }
    if let number = Int(text) { return .int(number) }
    if let number = Double(text) { return .double(number) }
    return .string(text)
  }

  /// The bytes up to the next one that has a meaning in JSON.
  private mutating func wordText() -> String {
    skipSpace()
    let start = position
    while let byte = peek, !" \t\r\n,:{}[]\"'".utf8.contains(byte) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func quotedText() throws(MIGraphXError) -> String {
    let quote = bytes[position]
    position += 1
    var text: [UInt8] = []
    while let byte = peek, byte != quote {
      position += 1
      if byte == UInt8(ascii: "\\") {
        text += try escape()
      } else {
        text.append(byte)
      }
    }
    guard peek == quote else { throw unexpected("a closing quote") }
    position += 1
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func escape() throws(MIGraphXError) -> [UInt8] {
    guard let byte = peek else { throw unexpected("an escaped character") }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return [UInt8(ascii: "\n")]
    case UInt8(ascii: "t"): return [UInt8(ascii: "\t")]
    case UInt8(ascii: "r"): return [UInt8(ascii: "\r")]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "u"):
      let first = try codeUnit()
      if let scalar = Unicode.Scalar(first) { return Array(String(scalar).utf8) }
      guard skip("\\"), peek == UInt8(ascii: "u") else { throw unexpected("a low surrogate") }
      position += 1
      var units = [first, try codeUnit()].makeIterator()
      var decoder = UTF16()
      guard case .scalarValue(let scalar) = decoder.decode(&units) else {
        throw unexpected("a pair of surrogates")
      }
      return Array(String(scalar).utf8)
    default: return [byte]
    }
  }

  private mutating func codeUnit() throws(MIGraphXError) -> UInt16 {
    let digits = bytes[position...].prefix(4)
    // A number's text may have a sign, too.
    guard digits.count == 4, let first = digits.first, first != UInt8(ascii: "+"),
      first != UInt8(ascii: "-"),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw unexpected("four hexadecimal digits") }
    position += 4
    return unit
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek, " \t\r\n".utf8.contains(byte) { position += 1 }
  }

  /// Skips space and then `token`, if it comes.
  private mutating func skip(_ token: Unicode.Scalar) -> Bool {
    skipSpace()
    guard let byte = peek, byte == UInt8(ascii: token) else { return false }
    position += 1
    skipSpace()
    return true
  }

  private func unexpected(_ needed: String) -> MIGraphXError {
    let rest = String(decoding: bytes[min(position, bytes.count)...].prefix(20), as: UTF8.self)
    return MIGraphXError(
      .invalidArgument,
      "JSON needs \(needed) at byte \(position), found \(rest.isEmpty ? "its end" : "'\(rest)'")")
  }
}
