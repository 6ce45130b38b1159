import Crypto
import Support

/// What the payload of a file begins with: which sections it has, where they are, and what they must hold.
struct SectionTable: Sendable {
  struct Entry: Sendable {
    let kind: SectionKind
    /// Where the section lies in the payload.
    var range: Range<Int>
    /// The SHA-256 of the section; of its chunks' digests if it is hashed in chunks.
    var digest: [UInt8]
  }

  var entries: [Entry]
  /// The size of the payload, table included.
  var payloadCount: Int

  private static let entrySize = 4 + 4 + 8 + 8 + SHA256.byteCountOfDigest
  private static let startSize = 4 + 4 + 8
  /// The digest of all before it, and the code that authenticates that.
  private static let endSize = 2 * SHA256.byteCountOfDigest

  /// The size of a table of `count` entries.
  static func byteCount(_ count: Int) -> Int { startSize + count * entrySize + endSize }

  /// The part of the table that the root digest covers, together with the prefix.
  var body: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt32(entries.count))
    bytes.append(littleEndian: UInt32(0))
    bytes.append(littleEndian: UInt64(payloadCount))
    for entry in entries {
      bytes.append(littleEndian: entry.kind.rawValue)
      bytes.append(littleEndian: UInt32(0))
      bytes.append(littleEndian: UInt64(entry.range.lowerBound))
      bytes.append(littleEndian: UInt64(entry.range.count))
      bytes += entry.digest
    }
    return bytes
  }

  /// The digest from which all others follow.
  func root(_ prefix: Prefix) -> [UInt8] { SHA256.digest(prefix.bytes + body) }

  init(entries: [Entry], payloadCount: Int) {
    self.entries = entries
    self.payloadCount = payloadCount
  }

  /// Reads the table at the start of a payload.
  ///
  /// - Returns: the table, its root digest as it is in the file, and the authentication code.
  /// - Throws: `invalidFile` when it is damaged or says more than the payload has.
  static func read(
    _ file: MappedFile, _ payload: Range<Int>
  ) throws(MIGraphXError) -> (table: SectionTable, root: [UInt8], tag: [UInt8]) {
    let most = byteCount(SectionKind.allCases.count)
    var reader = ByteReader(
      try file.bytes(payload.lowerBound..<payload.lowerBound + min(most, payload.count)))
    let count = Int(try reader.uint32())
    _ = try reader.uint32()
    let payloadCount = try reader.size()
    guard count <= SectionKind.allCases.count else {
      throw MIGraphXError(
        .invalidFile, "the file has \(count) sections; \(SectionKind.allCases.count) are possible")
    }
    guard payloadCount == payload.count else {
      throw MIGraphXError(
        .invalidFile,
        "the header is followed by \(payload.count) bytes; there should be \(payloadCount)")
    }
    var entries: [Entry] = []
    var end = byteCount(count)
    for _ in 0..<count {
      let number = try reader.uint32()
      _ = try reader.uint32()
      let (start, size) = (try reader.size(), try reader.size())
      let digest = Array(try reader.take(SHA256.byteCountOfDigest))
      guard let kind = SectionKind(rawValue: number), !entries.contains(where: { $0.kind == kind })
      else {
        throw MIGraphXError(.invalidFile, "section \(number) is unknown or there twice")
      }
      guard start >= end, start % MXR.alignment == 0, start <= payloadCount,
        size <= payloadCount - start
      else {
        throw MIGraphXError(
          .invalidFile,
          "section \(kind) has \(size) bytes from byte \(start); bytes \(end) to "
            + "\(payloadCount) are possible")
      }
      end = start + size
      entries.append(Entry(kind: kind, range: start..<end, digest: digest))
    }
    guard end == payloadCount else {
      throw MIGraphXError(.invalidFile, "\(payloadCount - end) bytes follow the last section")
    }
    let table = SectionTable(entries: entries, payloadCount: payloadCount)
    return (
      table, Array(try reader.take(SHA256.byteCountOfDigest)),
      Array(try reader.take(SHA256.byteCountOfDigest))
    )
  }
}
