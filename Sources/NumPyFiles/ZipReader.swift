import Support

/// One file of a zip archive, as the archive's directory describes it.
struct ZipEntry {
  /// The name, which may be any text.
  var name: String
  /// 0 for bytes as they stand, 8 for deflated ones.
  var method: UInt16
  /// The CRC-32 of the file.
  var checksum: UInt32
  /// The size in the archive.
  var compressedByteCount: Int
  /// The size of the file.
  var byteCount: Int
  /// Where the entry's own header stands.
  var headerOffset: Int

  /// The file's bytes.
  ///
  /// - Throws: `invalidFile` when the entry doesn't lie in the archive, `unsupported` for other methods.
  func source(in file: MappedFile) throws(MIGraphXError) -> ByteSource {
    let header = try Fields(file, headerOffset, 30)
    guard header.uint32(0) == 0x0403_4b50 else {
      throw MIGraphXError(.invalidFile, "there is no entry at byte \(headerOffset)")
    }
    let start = headerOffset + 30 + Int(header.uint16(26)) + Int(header.uint16(28))
    guard start <= file.count, compressedByteCount <= file.count - start else {
      throw MIGraphXError(
        .invalidFile,
        "\(compressedByteCount) bytes from byte \(start) are needed; there are \(file.count)")
    }
    let range = start..<start + compressedByteCount
    switch method {
    case 0:
      guard byteCount == compressedByteCount else {
        throw MIGraphXError(
          .invalidFile,
          "an entry without compression has two sizes, \(compressedByteCount) and \(byteCount)")
      }
      return ByteSource(file, range)
    case 8: return try ByteSource(file, inflating: range, to: byteCount)
    default:
      throw MIGraphXError(
        .unsupported, "compression method \(method); entries may be stored or deflated")
    }
  }
}

/// Reads the directory of a zip archive.
struct ZipReader {
  private let file: MappedFile

  /// Reads from `file`.
  init(_ file: MappedFile) { self.file = file }

  /// The archive's files in the order of its directory.
  ///
  /// - Throws: `invalidFile` when the directory is missing or damaged, `unsupported` for archives in
  ///   several parts and encrypted entries.
  func entries() throws(MIGraphXError) -> [ZipEntry] {
    let (count, range) = try directory()
    // Each entry takes at least 46 bytes, so a wrong number can't make this loop long.
    var entries: [ZipEntry] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      let fields = try Fields(file, offset, 46, before: range.upperBound)
      guard fields.uint32(0) == 0x0201_4b50 else {
        throw MIGraphXError(.invalidFile, "the directory has no entry at byte \(offset)")
      }
      let (nameLength, extraLength) = (Int(fields.uint16(28)), Int(fields.uint16(30)))
      let tail = try Fields(
        file, offset + 46, nameLength + extraLength, before: range.upperBound)
      let flags = fields.uint16(8)
      guard flags & 0x2041 == 0 else {
        throw MIGraphXError(.unsupported, "the archive has encrypted entries")
      }
      guard let name = String(validating: tail.bytes[..<nameLength], as: UTF8.self) else {
        throw MIGraphXError(.unsupported, "the archive has a name that is not UTF-8")
      }
      var entry = ZipEntry(
        name: name, method: fields.uint16(10), checksum: fields.uint32(16),
        compressedByteCount: Int(fields.uint32(20)), byteCount: Int(fields.uint32(24)),
        headerOffset: Int(fields.uint32(42)))
      try trace("reading the directory's entry \(quoted(name))") { () throws(MIGraphXError) in
        try entry.applyLargeSizes(Array(tail.bytes[nameLength...]))
      }
      entries.append(entry)
      offset += 46 + nameLength + extraLength + Int(fields.uint16(32))
    }
    guard offset == range.upperBound, entries.count == count else {
      throw MIGraphXError(
        .invalidFile, "the directory should have \(count) entries; it has \(entries.count)")
    }
    return entries
  }

  /// Where the directory stands, and how many entries it should have.
  private func directory() throws(MIGraphXError) -> (count: Int, Range<Int>) {
    let (position, end) = try endRecord()
    var count = Int(end.uint16(10))
    var (size, offset) = (Int(end.uint32(12)), Int(end.uint32(16)))
    guard end.uint16(4) == end.uint16(6), end.uint16(8) == end.uint16(10) else {
      throw MIGraphXError(.unsupported, "the archive has several parts")
    }
    var limit = position
    if let large = try largeEndRecord(before: position) {
      limit = large.position
      (count, size, offset) = try (
        large.fields.size(32), large.fields.size(40), large.fields.size(48)
      )
    }
    // A directory that ends elsewhere belongs to an archive with bytes before or after it.
    let (sum, overflow) = offset.addingReportingOverflow(size)
    guard !overflow, sum == limit else {
      throw MIGraphXError(
        .invalidFile, "the directory should stand at byte \(offset) and end at byte \(limit)")
    }
    return (count, offset..<limit)
  }

  /// The record at the end of the archive, which a comment may follow.
  private func endRecord() throws(MIGraphXError) -> (position: Int, Fields) {
    let first = max(0, file.count - 22 - Int(UInt16.max))
    let tail = try Fields(file, first, file.count - first)
    for index in stride(from: tail.bytes.count - 22, through: 0, by: -1)
    where tail.uint32(index) == 0x0605_4b50
      && index + 22 + Int(tail.uint16(index + 20)) == tail.bytes.count
    {
      return (first + index, try Fields(file, first + index, 22))
    }
    throw MIGraphXError(.invalidFile, "this is no zip archive, or its end is missing")
  }

  /// The record for sizes and numbers that need more bits than the common one has; nil if there is none.
  private func largeEndRecord(
    before end: Int
  ) throws(MIGraphXError) -> (position: Int, fields: Fields)? {
    guard end >= 20 else { return nil }
    let locator = try Fields(file, end - 20, 20)
    guard locator.uint32(0) == 0x0706_4b50 else { return nil }
    let position = try locator.size(8)
    let fields = try Fields(file, position, 56, before: end - 20)
    guard fields.uint32(0) == 0x0606_4b50 else {
      throw MIGraphXError(.invalidFile, "the archive's 64-bit end record is missing")
    }
    return (position, fields)
  }
}

extension ZipEntry {
  /// Takes the sizes that need more than 32 bits from the entry's extra fields.
  fileprivate mutating func applyLargeSizes(_ extra: [UInt8]) throws(MIGraphXError) {
    let full = Int(UInt32.max)
    guard byteCount == full || compressedByteCount == full || headerOffset == full else { return }
    let fields = Fields(bytes: extra)
    var offset = 0
    while offset + 4 <= extra.count {
      let (tag, length) = (fields.uint16(offset), Int(fields.uint16(offset + 2)))
      offset += 4
      guard offset + length <= extra.count else { break }
      if tag != 1 {
        offset += length
        continue
      }
      let end = offset + length
      func next() throws(MIGraphXError) -> Int {
        guard offset + 8 <= end else { throw ZipEntry.missingSize }
        defer { offset += 8 }
        return try fields.size(offset)
      }
      if byteCount == full { byteCount = try next() }
      if compressedByteCount == full { compressedByteCount = try next() }
      if headerOffset == full { headerOffset = try next() }
      return
    }
    throw ZipEntry.missingSize
  }

  private static let missingSize = MIGraphXError(.invalidFile, "a 64-bit size is missing")
}

/// Little-endian numbers in a part of a file.
struct Fields {
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Takes `count` bytes from `offset`, all of which must lie before `end`, or the file's end.
  init(
    _ file: MappedFile, _ offset: Int, _ count: Int, before end: Int? = nil
  ) throws(MIGraphXError) {
    let end = end ?? file.count
    guard offset >= 0, offset <= end, count <= end - offset else {
      throw MIGraphXError(
        .invalidFile, "\(count) bytes from byte \(offset) are needed; byte \(end) ends them")
    }
    bytes = try file.bytes(offset..<offset + count)
  }

  /// The two bytes at `offset`.
  func uint16(_ offset: Int) -> UInt16 { UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8 }

  /// The four bytes at `offset`.
  func uint32(_ offset: Int) -> UInt32 {
    UInt32(uint16(offset)) | UInt32(uint16(offset + 2)) << 16
  }

  /// The eight bytes at `offset`, which must be a size that files can have.
  func size(_ offset: Int) throws(MIGraphXError) -> Int {
    let value = UInt64(uint32(offset)) | UInt64(uint32(offset + 4)) << 32
    guard value <= UInt64(1) << 62 else {
      throw MIGraphXError(.invalidFile, "\(value) is no size that a file can have")
    }
    return Int(value)
  }
}
