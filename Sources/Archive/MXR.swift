import Support

/// The numbers of the format.
public enum MXR {
  /// The version of the format that this system writes and reads.
  public static let version = 1

  /// What every file of the binary form begins with. The first byte is no text, the line ends show
  /// whether somebody converted them.
  static let magic: [UInt8] = [0x89, 0x4d, 0x58, 0x52, 0x0d, 0x0a, 0x1a, 0x0a]
  /// The magic, the version and the length of the header's text.
  static let prefixSize = 16
  /// The longest text of a header.
  static let maximumHeaderSize = 1 << 24
  /// Sections and literals begin at multiples of this.
  static let alignment = 64
  /// Literals are hashed, and encrypted files sealed, in chunks of this many bytes.
  static let chunkSize = 1 << 20
  /// Literals of up to this many bytes stand together and are read when the file is opened.
  static let smallLiteralSize = 4096
  /// The largest file of the JSON form.
  static let maximumJSONSize = 1 << 31

  /// How many bytes lie between `offset` and the next place where a section may begin.
  static func padding(after offset: Int) -> Int { -offset & (alignment - 1) }

  /// How many chunks `byteCount` bytes make.
  static func chunkCount(_ byteCount: Int) -> Int {
    byteCount / chunkSize + (byteCount % chunkSize > 0 ? 1 : 0)
  }
}

/// The parts of a file of the binary form.
enum SectionKind: UInt32, CaseIterable, Sendable {
  case sourceText = 1
  case sourceTables
  case compiledText
  case compiledTables
  case literalTable
  case smallLiterals
  case literals
  case literalDigests
  case plan
  case machineCode
  case tuning
  case tensor
}

/// Reads little-endian numbers from front to back.
struct ByteReader {
  let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next `count` bytes.
  ///
  /// - Throws: `invalidFile` when there are fewer.
  mutating func take(_ count: Int) throws(MIGraphXError) -> ArraySlice<UInt8> {
    guard count <= bytes.count - position else {
      throw MIGraphXError(
        .invalidFile, "\(count) bytes are needed; \(bytes.count - position) are left")
    }
    defer { position += count }
    return bytes[position..<position + count]
  }

  mutating func uint32() throws(MIGraphXError) -> UInt32 {
    try take(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The next eight bytes, which must be a size that files can have.
  mutating func size() throws(MIGraphXError) -> Int {
    let value = try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    guard value <= UInt64(1) << 62 else {
      throw MIGraphXError(.invalidFile, "\(value) is no size that a file can have")
    }
    return Int(value)
  }
}

extension [UInt8] {
  /// Appends the bytes of `value`, lowest first.
  mutating func append(littleEndian value: some FixedWidthInteger) {
    for shift in stride(from: 0, to: value.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
