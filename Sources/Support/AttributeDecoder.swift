/// Makes a `Decodable` from an ``AttributeValue``.
///
/// Numbers convert between kinds when no information is lost, since text doesn't tell 1 from 1.0 or true.
struct AttributeDecoder: Decoder {
  /// Collects the names of the fields that a type asks for.
  final class Keys {
    var names: [String] = []
  }

  let value: AttributeValue
  let context: AttributeContext
  let codingPath: [any CodingKey]
  let keys = Keys()
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    let fields: [AttributeValue.Field]
    switch value {
    case .object(let named): fields = named
    // Text doesn't tell an object without fields from an empty list.
    case .array([]): fields = []
    default: throw mismatch("fields in braces")
    }
    let values = Dictionary(fields.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    return KeyedDecodingContainer(Keyed(values: values, decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    switch value {
    case .array(let elements): return Unkeyed(elements: elements, decoder: self)
    case .object([]): return Unkeyed(elements: [], decoder: self)
    default: throw mismatch("a list in braces")
    }
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { Single(decoder: self) }

  func mismatch(_ needed: String) -> MIGraphXError {
    let place = codingPath.map(\.stringValue).joined(separator: ".")
    return MIGraphXError(
      .invalidArgument, "attribute '\(place)' is \(value); \(needed) is needed")
  }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let decoded: Any?
    let needed: String
    switch type {
    case let type as any AttributeConvertible.Type:
      return try cast(type.init(attributeValue: value, in: context), "\(T.self)")
    case is Bool.Type: (decoded, needed) = (bool, "0 or 1")
    case let type as any FixedWidthInteger.Type:
      return try cast(exact(type), "an integer from \(type.min) to \(type.max)")
    case is Float.Type: (decoded, needed) = (double.map { Float($0) }, "a number")
    case is Double.Type: (decoded, needed) = (double, "a number")
    case is String.Type: (decoded, needed) = (string, "text")
    case let type as any CaseIterable.Type:
      // Enumerations may be given by number, in the order of their cases.
      guard let int else { return try T(from: self) }
      return try cast(member(int, of: type), "a name or number of a case")
    default: return try T(from: self)
    }
    return try cast(decoded, needed)
  }

  private func exact<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Any? {
    int.flatMap { Integer(exactly: $0) }
  }

  private func member<Cases: CaseIterable>(_ number: Int, of type: Cases.Type) -> Any? {
    number < 0 ? nil : type.allCases.dropFirst(number).first
  }

  private func cast<T>(_ decoded: Any?, _ needed: String) throws -> T {
    guard let result = decoded as? T else { throw mismatch(needed) }
    return result
  }

  private var bool: Bool? {
    switch value {
    case .bool(let value): value
    case .int(0): false
    case .int(1): true
    default: nil
    }
  }

  private var int: Int? {
    switch value {
    case .int(let value): value
    case .bool(let value): value ? 1 : 0
    case .float(let value): Int(exactly: value)
    case .double(let value): Int(exactly: value)
    default: nil
    }
  }

  private var double: Double? {
    switch value {
    case .int(let value): Double(value)
    case .float(let value): Double(value)
    case .double(let value): value
    case .string(let text): Double(text)
    default: nil
    }
  }

  private var string: String? {
    switch value {
    case .string(let value), .expression(let value): value
    case .int(let value): "\(value)"
    default: nil
    }
  }

  /// A part of this value as a value of its own.
  func part(_ value: AttributeValue, _ key: any CodingKey) -> AttributeDecoder {
    AttributeDecoder(value: value, context: context, codingPath: codingPath + [key])
  }

  struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let values: [String: AttributeValue]
    let decoder: AttributeDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { values.keys.sorted().compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool {
      decoder.keys.names.append(key.stringValue)
      return values[key.stringValue] != nil
    }
    func decodeNil(forKey key: Key) -> Bool {
      values[key.stringValue, default: .absent] == .absent
    }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
      try field(key).decode(type)
    }
    private func field(_ key: Key) throws -> AttributeDecoder {
      decoder.keys.names.append(key.stringValue)
      guard let value = values[key.stringValue] else {
        throw MIGraphXError(.invalidArgument, "attribute '\(key.stringValue)' is missing")
      }
      return decoder.part(value, key)
    }
    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
      try field(key).container(keyedBy: type)
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try field(key).unkeyedContainer()
    }
    func superDecoder() -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { try field(key) }
  }

  struct Unkeyed: UnkeyedDecodingContainer {
    let elements: [AttributeValue]
    let decoder: AttributeDecoder
    var currentIndex = 0
    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    init(elements: [AttributeValue], decoder: AttributeDecoder) {
      self.elements = elements
      self.decoder = decoder
    }

    private struct Position: CodingKey {
      let intValue: Int?
      var stringValue: String { "\(intValue ?? 0)" }
      init(_ index: Int) { intValue = index }
      init?(intValue: Int) { self.init(intValue) }
      init?(stringValue: String) { nil }
    }

    private mutating func next() throws -> AttributeDecoder {
      guard !isAtEnd else { throw decoder.mismatch("another element") }
      defer { currentIndex += 1 }
      return decoder.part(elements[currentIndex], Position(currentIndex))
    }
    mutating func decodeNil() -> Bool { false }
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().decode(type) }
    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
      try next().container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      try next().unkeyedContainer()
    }
    mutating func superDecoder() throws -> any Decoder { try next() }
  }

  struct Single: SingleValueDecodingContainer {
    let decoder: AttributeDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }
    func decodeNil() -> Bool { false }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoder.decode(type) }
  }
}

extension AttributeValue {
  /// Makes a value of `type` from its attribute form.
  ///
  /// - Throws: `invalidArgument` naming the attribute, its value and what is needed.
  public func decoded<T: Decodable>(
    as type: T.Type, in context: AttributeContext = AttributeContext()
  ) throws(MIGraphXError) -> T {
    try decodedWithNames(as: type, in: context).value
  }

  /// Makes a value of `type`, and tells the names of all fields that the type has, given or not.
  ///
  /// - Throws: `invalidArgument` naming the attribute, its value and what is needed.
  public func decodedWithNames<T: Decodable>(
    as type: T.Type, in context: AttributeContext = AttributeContext()
  ) throws(MIGraphXError) -> (value: T, names: Set<String>) {
    do {
      let decoder = AttributeDecoder(value: self, context: context, codingPath: [])
      return (try decoder.decode(type), Set(decoder.keys.names))
    } catch let error as MIGraphXError {
      throw error
    } catch DecodingError.dataCorrupted(let context) {
      throw MIGraphXError(
        .invalidArgument,
        "attribute '\(context.codingPath.map(\.stringValue).joined(separator: "."))': "
          + context.debugDescription)
    } catch {
      throw MIGraphXError(.invalidArgument, "\(self) is no \(type): \(error)")
    }
  }
}
