/// One protobuf field as it is stored, with known messages taken apart, so that any part can be changed
/// and the whole written again with lengths that fit, or on purpose with one that doesn't.
struct WireField {
  enum Payload {
    case varint(UInt64)
    case bytes(ArraySlice<UInt8>)
    case message([WireField])
  }

  var number: UInt64
  var wireType: UInt8
  var payload: Payload
  /// Written in place of the true length.
  var statedLength: UInt64?

  /// What a field is: the message that it stands in, and its number there.
  struct Kind: Hashable {
    let message: String
    let number: UInt64
  }

  /// The messages that fields hold.
  private static let messages: [Kind: String] = [
    Kind(message: "model", number: 7): "graph", Kind(message: "model", number: 8): "opset",
    Kind(message: "model", number: 14): "entry", Kind(message: "graph", number: 1): "node",
    Kind(message: "graph", number: 5): "tensor", Kind(message: "graph", number: 11): "value",
    Kind(message: "graph", number: 12): "value", Kind(message: "graph", number: 13): "value",
    Kind(message: "node", number: 5): "attribute", Kind(message: "attribute", number: 5): "tensor",
    Kind(message: "attribute", number: 6): "graph", Kind(message: "value", number: 2): "type",
    Kind(message: "type", number: 1): "tensorType", Kind(message: "tensorType", number: 2): "shape",
    Kind(message: "shape", number: 1): "dim",
  ]

  /// Takes a valid message apart.
  static func parse(_ bytes: ArraySlice<UInt8>, as message: String) -> [WireField] {
    var fields: [WireField] = []
    var rest = bytes
    func varint() -> UInt64 {
      var (value, shift) = (UInt64(0), UInt64(0))
      while let byte = rest.popFirst() {
        value |= UInt64(byte & 0x7f) << shift
        shift += 7
        if byte & 0x80 == 0 { break }
      }
      return value
    }
    while !rest.isEmpty {
      let tag = varint()
      let payload: Payload
      switch tag & 7 {
      case 0: payload = .varint(varint())
      case 2:
        let length = Int(varint())
        let contents = rest.prefix(length)
        rest = rest.dropFirst(contents.count)
        let inner = messages[Kind(message: message, number: tag >> 3)]
        payload = inner.map { .message(parse(contents, as: $0)) } ?? .bytes(contents)
      default:
        let contents = rest.prefix(tag & 7 == 1 ? 8 : 4)
        rest = rest.dropFirst(contents.count)
        payload = .bytes(contents)
      }
      fields.append(WireField(number: tag >> 3, wireType: UInt8(tag & 7), payload: payload))
    }
    return fields
  }

  /// The paths to all fields inside of `fields`, by their kind.
  static func places(in fields: [WireField], of message: String) -> [(kind: Kind, path: [Int])] {
    var result: [(kind: Kind, path: [Int])] = []
    func collect(_ fields: [WireField], _ message: String, _ path: [Int]) {
      for (index, field) in fields.enumerated() {
        let kind = Kind(message: message, number: field.number)
        result.append((kind, path + [index]))
        if case .message(let inner) = field.payload {
          collect(inner, messages[kind] ?? "", path + [index])
        }
      }
    }
    collect(fields, message, [])
    return result
  }

  var contentSize: Int {
    switch payload {
    case .varint(let value): WireField.size(value)
    case .bytes(let bytes): bytes.count
    case .message(let fields): fields.reduce(0) { $0 + $1.size }
    }
  }

  private var size: Int {
    let length = wireType == 2 ? WireField.size(statedLength ?? UInt64(contentSize)) : 0
    return WireField.size(number << 3) + length + contentSize
  }

  private static func size(_ value: UInt64) -> Int { max(1, (70 - value.leadingZeroBitCount) / 7) }

  func write(to output: inout [UInt8]) {
    output += varint(number << 3 | UInt64(wireType))
    if wireType == 2 { output += varint(statedLength ?? UInt64(contentSize)) }
    switch payload {
    case .varint(let value): output += varint(value)
    case .bytes(let bytes): output += bytes
    case .message(let fields): for field in fields { field.write(to: &output) }
    }
  }
}

extension [WireField] {
  /// The field at `path`; nil if an earlier change took it away.
  func field(at path: some Collection<Int>) -> WireField? {
    guard let index = path.first, indices.contains(index) else { return nil }
    if path.count == 1 { return self[index] }
    guard case .message(let inner) = self[index].payload else { return nil }
    return inner.field(at: path.dropFirst())
  }

  /// Changes the list of fields that the field at `path` stands in.
  mutating func edit(at path: some Collection<Int>, _ body: (inout [WireField], Int) -> Void) {
    guard let index = path.first, indices.contains(index) else { return }
    if path.count == 1 { return body(&self, index) }
    guard case .message(var inner) = self[index].payload else { return }
    inner.edit(at: path.dropFirst(), body)
    self[index].payload = .message(inner)
  }
}
