import Crypto
import FoundationEssentials
import Support

/// What encrypts files, with AES-GCM in chunks.
///
/// Each file has a key of its own, derived from the given one and a salt that depends on the contents: so
/// chunk numbers can be nonces, and the same program gives the same bytes. All chunks authenticate the header,
/// the salt and the size of the whole, and each its own number: none can be left out, added or moved.
struct EncryptionKey: Sendable {
  /// How headers name the method.
  static let method = "AES-GCM"
  static let saltSize = 32
  static let checkSize = 16
  static let tagSize = 16
  /// Salt, check of the key, size of the plain payload.
  static let startSize = saltSize + checkSize + 8

  private let key: SymmetricKey

  /// - Throws: `invalidArgument` unless there are 16, 24 or 32 bytes.
  init(_ bytes: [UInt8]) throws(MIGraphXError) {
    guard [16, 24, 32].contains(bytes.count) else {
      throw MIGraphXError(
        .invalidArgument, "a key of \(bytes.count) bytes is given; 16, 24 or 32 are needed")
    }
    key = SymmetricKey(data: bytes)
  }

  /// The salt of the file whose contents `identity` stands for.
  func salt(_ identity: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array("mxr salt".utf8) + identity, using: key))
  }

  /// The key of the file with this salt.
  func fileKey(_ salt: [UInt8]) -> SymmetricKey { derived(salt, "file", key.bitCount / 8) }

  /// What tells whether this is the key of the file with this salt.
  func check(_ salt: [UInt8]) -> [UInt8] {
    unsafe derived(salt, "check", EncryptionKey.checkSize).withUnsafeBytes { unsafe Array($0) }
  }

  private func derived(_ salt: [UInt8], _ purpose: String, _ count: Int) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: key, salt: salt, info: Array("mxr \(purpose)".utf8), outputByteCount: count)
  }

  /// The plain payload of an encrypted file.
  ///
  /// - Throws: `invalidArgument` when the key is another one, `invalidFile` when the file is damaged.
  func decrypt(_ file: MappedFile, _ prefix: Prefix) throws(MIGraphXError) -> MappedFile {
    let first = prefix.bytes.count
    let start = try file.bytes(first..<min(file.count, first + EncryptionKey.startSize))
    var reader = ByteReader(start)
    let salt = Array(try reader.take(EncryptionKey.saltSize))
    guard Array(try reader.take(EncryptionKey.checkSize)) == check(salt) else {
      throw MIGraphXError(.invalidArgument, "the file is encrypted with another key")
    }
    let count = try reader.size()
    let chunks = MXR.chunkCount(count)
    let body = first + EncryptionKey.startSize
    let needed = count + chunks * EncryptionKey.tagSize
    guard file.count - body == needed else {
      throw MIGraphXError(
        .invalidFile, "\(file.count - body) encrypted bytes are there; there should be \(needed)")
    }
    let chunk = SealedChunk(key: fileKey(salt), context: SHA256.digest(prefix.bytes + start))
    return try unsafe MappedFile(count: count, name: file.path) { (target) throws(MIGraphXError) in
      try unsafe file.withUnsafeBytes { (bytes) throws(MIGraphXError) in
        for index in 0..<chunks {
          let plain = index * MXR.chunkSize..<min((index + 1) * MXR.chunkSize, count)
          let sealed = body + plain.lowerBound + index * EncryptionKey.tagSize
          try unsafe chunk.open(
            index,
            UnsafeRawBufferPointer(
              rebasing: bytes[sealed..<sealed + plain.count + EncryptionKey.tagSize]),
            into: UnsafeMutableRawBufferPointer(rebasing: target[plain]))
        }
      }
    }
  }
}

/// Seals and opens the chunks of one file.
struct SealedChunk {
  let key: SymmetricKey
  /// What all chunks of the file authenticate.
  let context: [UInt8]

  /// The encrypted chunk `index`, its tag behind it.
  func seal(_ index: Int, _ bytes: [UInt8]) throws(MIGraphXError) -> [UInt8] {
    do {
      let box = try AES.GCM.seal(bytes, using: key, nonce: nonce(index), authenticating: context)
      return Array(box.ciphertext) + Array(box.tag)
    } catch { throw MIGraphXError(.system, "chunk \(index) can't be encrypted: \(error)") }
  }

  /// Decrypts chunk `index` into `target`, which has its size.
  ///
  /// - Throws: `invalidFile` when the chunk is damaged.
  func open(
    _ index: Int, _ sealed: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) throws(MIGraphXError) {
    do {
      let tag = unsafe UnsafeRawBufferPointer(rebasing: sealed[target.count...])
      let text = unsafe UnsafeRawBufferPointer(rebasing: sealed[..<target.count])
      let box = try unsafe AES.GCM.SealedBox(nonce: nonce(index), ciphertext: text, tag: tag)
      unsafe target.copyBytes(from: try AES.GCM.open(box, using: key, authenticating: context))
    } catch {
      throw MIGraphXError(
        .invalidFile, "encrypted chunk \(index) is damaged, or was not made for this place and file"
      )
    }
  }

  private func nonce(_ index: Int) throws -> AES.GCM.Nonce {
    var bytes = [UInt8](repeating: 0, count: 4)
    bytes.append(littleEndian: UInt64(index))
    return try AES.GCM.Nonce(data: bytes)
  }
}

/// Encrypts what is written to it, and passes it on.
struct EncryptingSink<Base: ByteSink>: ByteSink {
  private(set) var base: Base
  private let start: [UInt8]
  private let chunk: SealedChunk
  private var buffer: [UInt8] = []
  private var index = 0

  /// - Parameters:
  ///   - identity: differs whenever what will be written does.
  ///   - count: how many bytes will be written.
  init(_ base: Base, _ key: EncryptionKey, _ prefix: Prefix, identity: [UInt8], count: Int) {
    self.base = base
    let salt = key.salt(identity)
    var start = salt + key.check(salt)
    start.append(littleEndian: UInt64(count))
    self.start = start
    chunk = SealedChunk(key: key.fileKey(salt), context: SHA256.digest(prefix.bytes + start))
  }

  /// Writes what comes before the chunks.
  mutating func begin() throws(MIGraphXError) { try base.write(start) }

  mutating func write(_ bytes: RawSpan) throws(MIGraphXError) {
    var position = 0
    while position < bytes.byteCount {
      let count = min(MXR.chunkSize - buffer.count, bytes.byteCount - position)
      buffer.append(copying: bytes.extracting(position..<position + count))
      position += count
      if buffer.count == MXR.chunkSize { try flush() }
    }
  }

  /// Writes the last chunk.
  mutating func finish() throws(MIGraphXError) {
    if !buffer.isEmpty { try flush() }
  }

  private mutating func flush() throws(MIGraphXError) {
    try base.write(chunk.seal(index, buffer))
    buffer.removeAll(keepingCapacity: true)
    index += 1
  }
}
