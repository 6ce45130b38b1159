import CZlib
import Support
import Tensors

/// Bytes that are read once from front to back: a range of a file, as it stands or inflated.
///
/// Never gives more bytes than it was told there are, and needs no memory for those not yet read.
final class ByteSource {
  private let file: MappedFile
  /// What is left of the range.
  private var range: Range<Int>
  private var inflater: Inflater?
  /// How many bytes are still to come.
  private(set) var remaining: Int
  /// The CRC-32 of the bytes read.
  private(set) var checksum: UInt32 = 0

  /// More than what deflate can make of one byte.
  static let maximumRatio = 1040

  /// Reads a range of `file` as it stands.
  ///
  /// - Precondition: the range lies within the file.
  init(_ file: MappedFile, _ range: Range<Int>) {
    self.file = file
    self.range = range
    remaining = range.count
  }

  /// Reads what a range of `file` inflates to.
  ///
  /// - Precondition: the range lies within the file.
  /// - Throws: `invalidFile` when the range is too short to inflate to `count` bytes.
  init(_ file: MappedFile, inflating range: Range<Int>, to count: Int) throws(MIGraphXError) {
    guard count / ByteSource.maximumRatio <= range.count else {
      throw MIGraphXError(
        .invalidFile, "\(range.count) compressed bytes can't make \(count) bytes")
    }
    self.file = file
    self.range = range
    remaining = count
    inflater = try Inflater()
  }

  /// The next `count` bytes.
  ///
  /// - Throws: `invalidFile` when there are fewer or they are damaged.
  func read(_ count: Int) throws(MIGraphXError) -> [UInt8] {
    try check(count)
    var bytes = [UInt8](repeating: 0, count: count)
    try read(into: &bytes)
    return bytes
  }

  /// The next `count` bytes as a block of memory. See ``read(_:)``.
  func readStorage(_ count: Int) throws(MIGraphXError) -> Storage {
    try check(count)
    let storage = try Storage.allocate(byteCount: count)
    try unsafe storage.withUnsafeMutableBytes { (bytes) throws(MIGraphXError) in
      try unsafe fill(bytes)
    }
    return storage
  }

  /// Checks that nothing is left.
  ///
  /// - Throws: `invalidFile` when there are more bytes.
  func finish() throws(MIGraphXError) {
    guard remaining == 0 else {
      throw MIGraphXError(.invalidFile, "\(remaining) bytes follow the last element")
    }
    guard let inflater else { return }
    let unused = try unsafe file.withUnsafeBytes { (bytes) throws(MIGraphXError) in
      try unsafe inflater.finish(UnsafeRawBufferPointer(rebasing: bytes[range]))
    }
    guard unused == 0 else {
      throw MIGraphXError(.invalidFile, "\(unused) bytes follow the end of the compressed data")
    }
  }

  private func check(_ count: Int) throws(MIGraphXError) {
    guard count <= remaining else {
      throw MIGraphXError(.invalidFile, "\(count) bytes are needed; \(remaining) are left")
    }
  }

  private func read(into bytes: inout [UInt8]) throws(MIGraphXError) {
    var span = bytes.mutableSpan
    try unsafe span.withUnsafeMutableBytes { (buffer) throws(MIGraphXError) in
      try unsafe fill(buffer)
    }
  }

  private func fill(_ target: UnsafeMutableRawBufferPointer) throws(MIGraphXError) {
    if unsafe target.isEmpty { return }
    try unsafe file.withUnsafeBytes { (bytes) throws(MIGraphXError) in
      let source = unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
      if let inflater {
        let used = try unsafe inflater.inflate(source, into: target)
        range = range.lowerBound + used..<range.upperBound
      } else {
        unsafe target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<target.count]))
        range = range.lowerBound + target.count..<range.upperBound
      }
    }
    remaining -= target.count
    checksum = unsafe crc32(of: UnsafeRawBufferPointer(target), continuing: checksum)
  }
}

/// The CRC-32 of `bytes` after others whose CRC-32 is `start`.
func crc32(of bytes: UnsafeRawBufferPointer, continuing start: UInt32 = 0) -> UInt32 {
  unsafe UInt32(
    truncatingIfNeeded: crc32_z(
      UInt(start), bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count))
}

/// The CRC-32 of `bytes` after others whose CRC-32 is `start`.
func crc32(of bytes: RawSpan, continuing start: UInt32 = 0) -> UInt32 {
  unsafe bytes.withUnsafeBytes { unsafe $0.isEmpty ? start : crc32(of: $0, continuing: start) }
}

/// The CRC-32 of `bytes`.
func crc32(of bytes: [UInt8]) -> UInt32 { unsafe crc32(of: bytes.span.bytes) }

/// zlib's decompressor for data without a header.
@safe private final class Inflater {
  /// zlib keeps a pointer to it, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var isFinished = false

  /// zlib counts in 32 bits.
  private static let maximumChunk = 1 << 30

  init() throws(MIGraphXError) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let code = unsafe inflateInit2_(
      stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else {
      unsafe stream.deallocate()
      throw MIGraphXError(.system, "zlib can't start: code \(code)")
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Fills `target` from `source`.
  ///
  /// - Returns: how many bytes of `source` were used.
  /// - Throws: `invalidFile` when the data are damaged or end before.
  func inflate(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) throws(MIGraphXError) -> Int {
    var (used, made) = (0, 0)
    while made < target.count {
      let (input, output) = try unsafe step(
        UnsafeRawBufferPointer(rebasing: source[used...]),
        UnsafeMutableRawBufferPointer(rebasing: target[made...]))
      guard input > 0 || output > 0 else {
        throw MIGraphXError(
          .invalidFile, "compressed data end after \(made) of \(target.count) bytes")
      }
      used += input
      made += output
    }
    return used
  }

  /// Runs to the end of the data, which must give no more bytes.
  ///
  /// - Returns: how many bytes of `source` are left.
  func finish(_ source: UnsafeRawBufferPointer) throws(MIGraphXError) -> Int {
    var rest = unsafe source
    var byte: UInt8 = 0
    while !isFinished {
      let (input, output) = try unsafe withUnsafeMutableBytes(of: &byte) {
        (target) throws(MIGraphXError) in try unsafe step(rest, target)
      }
      guard output == 0 else {
        throw MIGraphXError(.invalidFile, "compressed data make more bytes than the entry has")
      }
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[input...])
      guard isFinished || input > 0 else {
        throw MIGraphXError(.invalidFile, "compressed data have no end")
      }
    }
    return rest.count
  }

  private func step(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) throws(MIGraphXError) -> (input: Int, output: Int) {
    if isFinished { return (0, 0) }
    let (input, output) = (
      min(source.count, Inflater.maximumChunk), min(target.count, Inflater.maximumChunk)
    )
    unsafe stream.pointee.next_in = UnsafeMutablePointer(
      mutating: source.bindMemory(to: UInt8.self).baseAddress)
    unsafe stream.pointee.avail_in = UInt32(input)
    unsafe stream.pointee.next_out = target.bindMemory(to: UInt8.self).baseAddress
    unsafe stream.pointee.avail_out = UInt32(output)
    let code = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
    switch code {
    case Z_STREAM_END: isFinished = true
    case Z_OK, Z_BUF_ERROR: break
    default: throw MIGraphXError(.invalidFile, "compressed data are damaged: zlib code \(code)")
    }
    return unsafe (
      input - Int(stream.pointee.avail_in), output - Int(stream.pointee.avail_out)
    )
  }
}
