import Support

/// Stands in a message for raw tensor data that was left in the file it came from.
///
/// It takes the place of the contents of a tensor's `raw_data`: 16 fixed bytes, the offset of the
/// data in the file and its length, both as 8 little-endian bytes. Since it is the value of the very
/// field that it replaces, repeated fields and merged messages keep their meaning. Every original
/// `raw_data` that begins with the 16 bytes is itself replaced, so a file cannot forge one.
struct RawDataReference: Equatable {
  /// The size of a reference in bytes.
  static let size = 32
  static let magic = Array("migraphx in file".utf8)

  /// Where the data is in the file.
  var range: Range<Int>

  init(_ range: Range<Int>) { self.range = range }

  /// Reads a reference; `nil` if the bytes are ordinary data.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.size, bytes.starts(with: Self.magic) else { return nil }
    func number(at index: Int) -> Int? {
      var value: UInt64 = 0
      for byte in bytes[index..<index + 8].reversed() { value = value << 8 | UInt64(byte) }
      return Int(exactly: value)
    }
    guard let offset = number(at: 16), let length = number(at: 24) else { return nil }
    let (end, overflow) = offset.addingReportingOverflow(length)
    guard !overflow else { return nil }
    range = offset..<end
  }

  /// The bytes that go into the message.
  var encoded: [UInt8] {
    var result = Self.magic
    for number in [range.lowerBound, range.count] {
      for shift in stride(from: 0, to: 64, by: 8) {
        result.append(UInt8(truncatingIfNeeded: number >> shift))
      }
    }
    return result
  }
}

/// Copies an encoded ONNX model without the bytes of its large tensors, in one pass over the encoding.
///
/// Each `raw_data` of at least `rawDataThreshold` bytes, wherever a tensor may stand, becomes a
/// ``RawDataReference``; training information is left out; everything else is copied as it is,
/// fields that this system does not know included. The copy is never longer than the original.
struct ModelReducer {
  /// The smallest raw data that stays in the file.
  static let rawDataThreshold = 64
  /// The most messages that a model may consist of; an encoded message can be 100 times smaller
  /// than its decoded form.
  static let messageLimit = 1 << 22

  /// The kinds of messages on the way to a tensor.
  private enum Kind {
    case model, graph, function, node, attribute, sparseTensor, tensor

    /// The kind of message in a field, or `nil` if no tensor can stand there.
    func child(_ field: UInt64) -> Kind? {
      switch (self, field) {
      case (.model, 7), (.attribute, 6), (.attribute, 11): .graph
      case (.model, 25): .function
      case (.graph, 1), (.function, 7): .node
      case (.graph, 5), (.attribute, 5), (.attribute, 10): .tensor
      case (.graph, 15), (.attribute, 22), (.attribute, 23): .sparseTensor
      case (.node, 5), (.function, 11): .attribute
      case (.sparseTensor, 1), (.sparseTensor, 2): .tensor
      default: nil
      }
    }

    /// Whether most length-delimited fields are messages, which then count against the limit.
    var holdsMessages: Bool {
      switch self {
      case .model, .graph, .function: true
      case .node, .attribute, .sparseTensor, .tensor: false
      }
    }
  }

  private var reader = WireReader()
  private var output: [UInt8] = []
  private var messages = 0

  /// The reduced copy of a model.
  ///
  /// - Throws: `invalidFile` if the encoding is damaged, `limitExceeded` if messages are too many or
  ///   nested too deeply.
  static func reduce(_ bytes: Span<UInt8>) throws(MIGraphXError) -> [UInt8] {
    var reducer = ModelReducer()
    try reducer.reduce(.model, in: bytes, before: bytes.count, depth: 1)
    return reducer.output
  }

  private mutating func reduce(
    _ kind: Kind, in bytes: Span<UInt8>, before end: Int, depth: Int
  ) throws(MIGraphXError) {
    try reader.checkDepth(depth)
    while reader.position < end {
      let start = reader.position
      let tag = try reader.tag(in: bytes, before: end)
      guard tag.wireType == .lengthDelimited else {
        try reader.skip(tag, in: bytes, before: end, depth: depth + 1)
        output.append(copying: bytes.extracting(start..<reader.position))
        continue
      }
      let lengthStart = reader.position
      let payload = try reader.payload(in: bytes, before: end)
      let child = kind.child(tag.number)
      if child != nil || kind.holdsMessages { try countMessage() }
      if let child {
        output.append(copying: bytes.extracting(start..<payload.lowerBound))
        let contents = output.count
        try reduce(child, in: bytes, before: payload.upperBound, depth: depth + 1)
        // The new length is not larger, so it fits in as many bytes as the old one.
        patchLength(at: contents, width: payload.lowerBound - lengthStart)
      } else if kind == .tensor, tag.number == 9, staysInFile(payload, of: bytes) {
        output.append(copying: bytes.extracting(start..<lengthStart))
        output.append(UInt8(RawDataReference.size))
        output.append(contentsOf: RawDataReference(payload).encoded)
      } else if kind != .model || tag.number != 20 {
        output.append(copying: bytes.extracting(start..<payload.upperBound))
      }
      reader.position = payload.upperBound
    }
  }

  /// Writes the length of what stands from `contents` on over the `width` bytes before it.
  private mutating func patchLength(at contents: Int, width: Int) {
    var length = UInt64(output.count - contents)
    for index in contents - width..<contents {
      let isLast = index == contents - 1
      output[index] = UInt8(truncatingIfNeeded: length & 0x7f) | (isLast ? 0 : 0x80)
      length >>= 7
    }
  }

  private func staysInFile(_ payload: Range<Int>, of bytes: Span<UInt8>) -> Bool {
    if payload.count >= Self.rawDataThreshold { return true }
    guard payload.count >= RawDataReference.size else { return false }
    return RawDataReference.magic.indices.allSatisfy {
      bytes[payload.lowerBound + $0] == RawDataReference.magic[$0]
    }
  }

  private mutating func countMessage() throws(MIGraphXError) {
    messages += 1
    guard messages <= Self.messageLimit else {
      throw MIGraphXError(
        .limitExceeded, "the model has more than \(Self.messageLimit) nodes, tensors and values")
    }
  }
}
