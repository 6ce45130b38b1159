import Crypto
import Glibc
import Support
import Tensors

/// What bytes are written to one after the other.
protocol ByteSink {
  /// Appends `bytes`.
  mutating func write(_ bytes: RawSpan) throws(MIGraphXError)
}

extension AtomicFile: ByteSink {}

extension ByteSink {
  mutating func write(_ bytes: [UInt8]) throws(MIGraphXError) { try unsafe write(bytes.span.bytes) }

  /// Appends `count` zeros.
  mutating func writeZeros(_ count: Int) throws(MIGraphXError) {
    try write([UInt8](repeating: 0, count: count))
  }
}

/// Collects bytes in memory.
struct MemorySink: ByteSink {
  var bytes: [UInt8] = []

  mutating func write(_ bytes: RawSpan) { self.bytes.append(copying: bytes) }
}

extension [UInt8] {
  /// Gives the bytes to `body`.
  func withBytes<Failure: Error>(_ body: (RawSpan) throws(Failure) -> Void) throws(Failure) {
    try unsafe body(span.bytes)
  }

  mutating func append(copying bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }

  /// Appends zeros up to a multiple of ``MXR/alignment``.
  mutating func pad() {
    append(contentsOf: [UInt8](repeating: 0, count: MXR.padding(after: count)))
  }
}

extension SHA256 {
  mutating func update(_ bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { unsafe update(bufferPointer: $0) }
  }

  /// The digest of `bytes`.
  static func digest(_ bytes: [UInt8]) -> [UInt8] { Array(hash(data: bytes)) }

  /// The digests of all chunks of a section. See ``digests(of:in:_:)``.
  static func digests(
    chunksOf byteCount: Int, _ body: @Sendable (Range<Int>, (RawSpan) -> Void) -> Void
  ) -> [UInt8] {
    digests(of: Array(0..<MXR.chunkCount(byteCount)), in: byteCount, body)
  }

  /// The digests of some chunks of a section of `byteCount` bytes, one after the other; `body` gives the
  /// bytes for each range.
  static func digests(
    of chunks: [Int], in byteCount: Int,
    _ body: @Sendable (Range<Int>, (RawSpan) -> Void) -> Void
  ) -> [UInt8] {
    parallelRows(chunks.count, of: byteCountOfDigest, repeating: 0) { row, digest in
      var hash = SHA256()
      let start = chunks[row] * MXR.chunkSize
      body(start..<Swift.min(start + MXR.chunkSize, byteCount)) { hash.update($0) }
      for (index, byte) in hash.finalize().enumerated() { digest[index] = byte }
    }
  }

  static var byteCountOfDigest: Int { SHA256.Digest.byteCount }
}

extension MappedFile {
  /// Gives the bytes of `range` to `body`.
  ///
  /// - Precondition: the range lies within the file.
  func withBytes<Result, Failure: Error>(
    _ range: Range<Int>, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe withUnsafeBytes { (bytes) throws(Failure) in
      try body(unsafe UnsafeRawBufferPointer(rebasing: bytes[range]).bytes)
    }
  }
}

extension Storage {
  /// Copies `bytes` into new memory.
  ///
  /// - Throws: see ``allocate(byteCount:)``.
  static func copying(_ bytes: some Sequence<UInt8>) throws(MIGraphXError) -> Storage {
    try unsafe copying(Array(bytes).span.bytes)
  }

  /// Gives the bytes of `range` to `body`.
  ///
  /// - Precondition: the memory is the host's and has the range.
  func withBytes<Result, Failure: Error>(
    _ range: Range<Int>, _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe withUnsafeBytes { (bytes) throws(Failure) in
      try body(unsafe UnsafeRawBufferPointer(rebasing: bytes[range]).bytes)
    }
  }
}

extension RawSpan {
  /// Whether both have the same bytes.
  func isEqual(to other: RawSpan) -> Bool {
    unsafe withUnsafeBytes { first in
      unsafe other.withUnsafeBytes { second in
        guard first.count == second.count, let x = first.baseAddress, let y = second.baseAddress
        else { return first.count == second.count }
        return unsafe memcmp(x, y, first.count) == 0
      }
    }
  }

  /// The bytes at evenly spaced places, enough to tell most tensors apart without reading all of them.
  var sample: [UInt8] {
    unsafe withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: max(1, bytes.count / 64)).map { unsafe bytes[$0] }
    }
  }
}
