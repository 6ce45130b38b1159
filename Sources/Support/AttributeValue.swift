/// The value of an operator's attribute, independent of the operator's Swift type.
///
/// Operators encode to objects of these and decode from them; text, files and the C interface carry them.
public indirect enum AttributeValue: Hashable, Sendable {
  case bool(Bool)
  case int(Int)
  case float(Float)
  case double(Double)
  case string(String)
  /// No value, where the default is one.
  case absent
  /// The text of a symbolic integer expression.
  case expression(String)
  case array([AttributeValue])
  /// Fields in the order of declaration.
  case object([Field])

  /// A named part of an object.
  public struct Field: Hashable, Sendable {
    /// The field's name.
    public var name: String
    /// The field's value.
    public var value: AttributeValue

    /// Makes a field.
    public init(_ name: String, _ value: AttributeValue) {
      self.name = name
      self.value = value
    }
  }
}

/// A type with an attribute form of its own, used in place of what `Codable` would give.
public protocol AttributeConvertible: Sendable {
  /// The attribute form.
  var attributeValue: AttributeValue { get }
  /// Reads the attribute form.
  ///
  /// - Throws: `invalidArgument` when `value` doesn't stand for this type.
  init(attributeValue value: AttributeValue, in context: AttributeContext) throws(MIGraphXError)
}

/// What decoding attributes needs to know besides their values.
public struct AttributeContext: Sendable {
  /// The value of a name that a stage provides for its own types, such as the symbol of a dimension.
  public let definition: @Sendable (_ name: String) -> (any Sendable)?

  /// Makes a context that gets the values of names from `definition`.
  public init(definition: @escaping @Sendable (_ name: String) -> (any Sendable)?) {
    self.definition = definition
  }

  /// Makes a context with the given definitions.
  public init(definitions: [String: any Sendable] = [:]) {
    self.init { definitions[$0] }
  }
}

extension AttributeValue.Field: CustomStringConvertible {
  /// `name=value`; a name that is no word is quoted.
  public var description: String { "\(isWord(name) ? name : quoted(name))=\(value)" }
}

extension AttributeValue: CustomStringConvertible {
  /// MIGraphX's text form: `{1, 2}` for arrays, 0 and 1 for bools, words without quotes.
  public var description: String {
    switch self {
    case .bool(let value): value ? "1" : "0"
    case .int(let value): "\(value)"
    case .float(let value): numberText(value)
    case .double(let value): numberText(value)
    case .string(let value): isWord(value) ? value : quoted(value)
    case .expression(let text): text
    case .absent: "@none"
    case .array(let values): "{\(values.map(\.description).joined(separator: ", "))}"
    case .object(let fields):
      "{\(fields.map(\.description).joined(separator: ", "))}"
    }
  }
}

/// The shortest decimal text that reads back as `value`; whole numbers without a fraction.
public func numberText<Number: BinaryFloatingPoint & LosslessStringConvertible>(
  _ value: Number
) -> String {
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// Whether `text` can stand in text form without quotes, and doesn't read as a number.
private func isWord(_ text: String) -> Bool {
  guard let first = text.utf8.first, isLetter(first) else { return false }
  if Double(text) != nil { return false }
  return text.utf8.allSatisfy {
    isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
  }
}

private func isLetter(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte == UInt8(ascii: "_")
}

/// `text` in double quotes, with backslashes before quotes and backslashes, and `\n` for line ends.
public func quoted(_ text: String) -> String {
  var result = "\""
  for character in text.unicodeScalars {
    switch character {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    default: result.unicodeScalars.append(character)
    }
  }
  return result + "\""
}
