import Support

/// The ways in which a field of a protobuf message is stored.
enum WireType: UInt64 {
  case varint = 0
  case fixed64 = 1
  case lengthDelimited = 2
  case startGroup = 3
  case endGroup = 4
  case fixed32 = 5
}

/// Number and storage of one field.
struct FieldTag: Equatable {
  var number: UInt64
  var wireType: WireType
}

/// A position in protobuf bytes that only moves forward and never past the end it is given.
struct WireReader {
  /// The messages and groups that may stand inside one another, as in protobuf's own readers.
  static let depthLimit = 100

  /// The index of the next byte.
  var position = 0

  /// Reads a variable-length integer that ends before `end`; bits beyond the 64th are dropped.
  mutating func varint(in bytes: Span<UInt8>, before end: Int) throws(MIGraphXError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0 as UInt64, through: 63, by: 7) {
      guard position < end else { throw truncated("an integer", end: end) }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return value }
    }
    throw damaged("an integer has more than 10 bytes")
  }

  /// Reads a field's number and storage.
  mutating func tag(in bytes: Span<UInt8>, before end: Int) throws(MIGraphXError) -> FieldTag {
    let value = try varint(in: bytes, before: end)
    guard let wireType = WireType(rawValue: value & 7) else {
      throw damaged("\(value & 7) is no wire type")
    }
    let number = value >> 3
    guard number > 0, number < 1 << 29 else { throw damaged("\(number) is no field number") }
    return FieldTag(number: number, wireType: wireType)
  }

  /// Reads a length and gives the range of the bytes that it announces, without passing over them.
  mutating func payload(
    in bytes: Span<UInt8>, before end: Int
  ) throws(MIGraphXError) -> Range<Int> {
    let length = try varint(in: bytes, before: end)
    guard length <= UInt64(end - position) else {
      throw damaged("a field of \(length) bytes stands where \(end - position) are left")
    }
    return position..<position + Int(length)
  }

  /// Passes over the value of a field whose tag was just read.
  mutating func skip(
    _ tag: FieldTag, in bytes: Span<UInt8>, before end: Int, depth: Int
  ) throws(MIGraphXError) {
    switch tag.wireType {
    case .varint: _ = try varint(in: bytes, before: end)
    case .fixed64: try skip(8, before: end)
    case .fixed32: try skip(4, before: end)
    case .lengthDelimited: position = try payload(in: bytes, before: end).upperBound
    case .endGroup: throw damaged("group \(tag.number) ends that never began")
    case .startGroup:
      try checkDepth(depth)
      while true {
        let inner = try self.tag(in: bytes, before: end)
        if inner == FieldTag(number: tag.number, wireType: .endGroup) { return }
        try skip(inner, in: bytes, before: end, depth: depth + 1)
      }
    }
  }

  /// Throws if a message or group at `depth`, where the outermost message has 1, is nested too deeply.
  func checkDepth(_ depth: Int) throws(MIGraphXError) {
    guard depth <= Self.depthLimit else {
      throw MIGraphXError(
        .limitExceeded,
        "messages are nested deeper than \(Self.depthLimit) at byte \(position)")
    }
  }

  private mutating func skip(_ count: Int, before end: Int) throws(MIGraphXError) {
    guard count <= end - position else { throw truncated("\(count) bytes", end: end) }
    position += count
  }

  private func damaged(_ message: String) -> MIGraphXError {
    MIGraphXError(.invalidFile, "not a valid protobuf message at byte \(position): \(message)")
  }

  private func truncated(_ what: String, end: Int) -> MIGraphXError {
    damaged("\(what) does not end before its message does, at byte \(end)")
  }
}
