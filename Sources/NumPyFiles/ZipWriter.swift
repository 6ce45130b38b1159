import Support

/// Writes a zip archive whose files are stored without compression.
///
/// Equal contents give equal archives: the files' times are the earliest that the format has.
struct ZipWriter {
  private let file: AtomicFile
  private var offset: UInt64 = 0
  private var directory: [UInt8] = []
  private var count: UInt64 = 0

  /// Sizes from here on are written with 64 bits.
  private static let largeSize = UInt64(UInt32.max)

  /// Writes to `file`.
  init(_ file: AtomicFile) { self.file = file }

  /// Adds a file that consists of `header` and `bytes`.
  mutating func add(
    _ name: String, _ header: [UInt8], _ bytes: RawSpan
  ) throws(MIGraphXError) {
    let size = UInt64(header.count + bytes.byteCount)
    let checksum = crc32(of: bytes, continuing: crc32(of: header))
    let isLarge = size >= ZipWriter.largeSize
    let shownSize = UInt32(clamping: isLarge ? ZipWriter.largeSize : size)
    // Version needed, flag for UTF-8, stored, 1980-01-01 00:00.
    var shared: [UInt8] = []
    shared.append(UInt16(isLarge || offset >= ZipWriter.largeSize ? 45 : 20))
    shared.append(UInt16(0x0800))
    shared.append(UInt16(0))
    shared.append(UInt16(0))
    shared.append(UInt16(0x0021))
    shared.append(checksum)
    shared.append(shownSize)
    shared.append(shownSize)
    shared.append(UInt16(name.utf8.count))
    var extra: [UInt8] = []
    if isLarge { extra += littleEndian(size) + littleEndian(size) }

    var local: [UInt8] = []
    local.append(UInt32(0x0403_4b50))
    local += shared
    local.append(UInt16(extra.isEmpty ? 0 : extra.count + 4))
    local += Array(name.utf8) + extraField(extra)
    try file.write(local)
    try file.write(header)
    try file.write(bytes)

    if offset >= ZipWriter.largeSize { extra += littleEndian(offset) }
    directory.append(UInt32(0x0201_4b50))
    directory.append(UInt16(45))
    directory += shared
    directory.append(UInt16(extra.isEmpty ? 0 : extra.count + 4))
    // No comment, first part, no attributes.
    directory += [UInt8](repeating: 0, count: 2 + 2 + 2 + 4)
    directory.append(UInt32(clamping: min(offset, ZipWriter.largeSize)))
    directory += Array(name.utf8) + extraField(extra)
    offset += UInt64(local.count) + size
    count += 1
  }

  /// Writes the directory and puts the archive into its place.
  mutating func finish() throws(MIGraphXError) {
    let size = UInt64(directory.count)
    var end: [UInt8] = []
    if count >= UInt64(UInt16.max) || offset >= ZipWriter.largeSize || size >= ZipWriter.largeSize {
      end.append(UInt32(0x0606_4b50))
      end.append(UInt64(44))
      end.append(UInt16(45))
      end.append(UInt16(45))
      end += [UInt8](repeating: 0, count: 8)
      for value in [count, count, size, offset] { end.append(value) }
      end.append(UInt32(0x0706_4b50))
      end.append(UInt32(0))
      end.append(offset + size)
      end.append(UInt32(1))
    }
    end.append(UInt32(0x0605_4b50))
    end.append(UInt32(0))
    end.append(UInt16(clamping: count))
    end.append(UInt16(clamping: count))
    end.append(UInt32(clamping: size))
    end.append(UInt32(clamping: offset))
    end.append(UInt16(0))
    try file.write(directory)
    try file.write(end)
    try file.commit()
  }

  private func extraField(_ content: [UInt8]) -> [UInt8] {
    if content.isEmpty { return [] }
    return littleEndian(UInt16(1)) + littleEndian(UInt16(content.count)) + content
  }
}

/// The bytes of `value` from the lowest to the highest.
private func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
  (0..<Value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

extension [UInt8] {
  /// Appends the bytes of `value` from the lowest to the highest.
  fileprivate mutating func append<Value: FixedWidthInteger & UnsignedInteger>(_ value: Value) {
    self += littleEndian(value)
  }
}
