/// Turns an `Encodable` into an ``AttributeValue``.
struct AttributeEncoder: Encoder {
  /// Collects what one value encodes: at most one of the three forms.
  final class Result {
    var fields: [AttributeValue.Field] = []
    var elements: [AttributeValue]?
    var single: AttributeValue?

    var value: AttributeValue {
      single ?? elements.map(AttributeValue.array) ?? .object(fields)
    }
  }

  let result = Result()
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(Keyed(result: result))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    result.elements = []
    return Unkeyed(result: result)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(result: result) }

  static func encode(_ value: some Encodable) throws -> AttributeValue {
    switch value {
    case let value as any AttributeConvertible: return value.attributeValue
    case let value as Bool: return .bool(value)
    case let value as any FixedWidthInteger:
      guard let number = Int(exactly: value) else {
        throw MIGraphXError(.invalidArgument, "\(value) is larger than \(Int.max)")
      }
      return .int(number)
    case let value as Float: return .float(value)
    case let value as Double: return .double(value)
    case let value as String: return .string(value)
    default:
      let encoder = AttributeEncoder()
      try value.encode(to: encoder)
      return encoder.result.value
    }
  }

  /// Nested containers belong to types that write their coding by hand; attributes have none.
  private static func unsupported(_ type: Any.Type) -> EncodingError {
    EncodingError.invalidValue(
      type, .init(codingPath: [], debugDescription: "attributes use synthesised coding"))
  }

  struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let result: Result
    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil(forKey key: Key) {}
    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
      result.fields.append(.init(key.stringValue, try AttributeEncoder.encode(value)))
    }
    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      AttributeEncoder().container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      AttributeEncoder().unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { AttributeEncoder() }
    mutating func superEncoder(forKey key: Key) -> any Encoder { AttributeEncoder() }
  }

  struct Unkeyed: UnkeyedEncodingContainer {
    let result: Result
    var codingPath: [any CodingKey] { [] }
    var count: Int { result.elements?.count ?? 0 }

    mutating func encodeNil() throws { throw AttributeEncoder.unsupported(Never.self) }
    mutating func encode<T: Encodable>(_ value: T) throws {
      result.elements?.append(try AttributeEncoder.encode(value))
    }
    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
      AttributeEncoder().container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      AttributeEncoder().unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { AttributeEncoder() }
  }

  struct Single: SingleValueEncodingContainer {
    let result: Result
    var codingPath: [any CodingKey] { [] }

    mutating func encodeNil() throws { throw AttributeEncoder.unsupported(Never.self) }
    mutating func encode<T: Encodable>(_ value: T) throws {
      result.single = try AttributeEncoder.encode(value)
    }
  }
}

extension AttributeValue {
  /// The attribute form of `value`.
  ///
  /// - Throws: `invalidArgument` when its type encodes itself in a way that attributes don't have.
  public init(encoding value: some Encodable) throws(MIGraphXError) {
    do { self = try AttributeEncoder.encode(value) } catch {
      throw MIGraphXError(.invalidArgument, "\(type(of: value)) has no attribute form: \(error)")
    }
  }
}
