import Crypto
import Glibc
import Support

/// What authenticates machine code in a file: whoever has the key can make code that is run.
public struct CodeKey: Sendable {
  private enum Origin {
    case bytes([UInt8])
    case file(@Sendable () throws(MIGraphXError) -> String)
  }

  private let origin: Origin
  /// Whether machine code is saved without authentication when the key can't be had.
  private var isOptional = false
  private static let size = 32

  /// The key of this user on this machine, `migraphx/code.key` below `XDG_DATA_HOME`.
  ///
  /// It is made when a file with machine code is first saved. Where that is impossible, machine code is saved
  /// without authentication.
  public static let machine = CodeKey(
    origin: .file { () throws(MIGraphXError) in try machinePath() }, isOptional: true)

  /// The key in the file at `path`, which is made when it is first needed for saving.
  public static func file(_ path: String) -> CodeKey { CodeKey(origin: .file { path }) }

  /// A given key.
  ///
  /// - Throws: `invalidArgument` when there are fewer than 16 bytes.
  public static func bytes(_ bytes: [UInt8]) throws(MIGraphXError) -> CodeKey {
    guard bytes.count >= 16 else {
      throw MIGraphXError(
        .invalidArgument, "a key of \(bytes.count) bytes is given; at least 16 are needed")
    }
    return CodeKey(origin: .bytes(bytes))
  }

  /// The code that authenticates the root digest of a file.
  ///
  /// - Throws: `system` when the key's file can't be read or made, or others may read or write it.
  func tag(_ root: [UInt8]) throws(MIGraphXError) -> [UInt8] {
    do throws(MIGraphXError) {
      let key = try key(creating: true)
      return Array(HMAC<SHA256>.authenticationCode(for: CodeKey.message(root), using: key))
    } catch {
      guard isOptional else { throw error }
      return CodeKey.noTag
    }
  }

  /// Stands where nothing authenticates the code.
  static let noTag = [UInt8](repeating: 0, count: SHA256.byteCountOfDigest)

  /// Whether `tag` was made with this key.
  ///
  /// - Throws: `system` when there is no key, or others may read or write its file.
  func authenticates(_ tag: [UInt8], _ root: [UInt8]) throws(MIGraphXError) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(
      tag, authenticating: CodeKey.message(root), using: try key(creating: false))
  }

  private static func message(_ root: [UInt8]) -> [UInt8] { Array("mxr code".utf8) + root }

  private func key(creating: Bool) throws(MIGraphXError) -> SymmetricKey {
    switch origin {
    case .bytes(let bytes): return SymmetricKey(data: bytes)
    case .file(let path):
      let path = try path()
      if let bytes = try CodeKey.read(path) { return SymmetricKey(data: bytes) }
      guard creating else {
        throw MIGraphXError(.system, "there is no key '\(path)'")
      }
      try CodeKey.create(path)
      guard let bytes = try CodeKey.read(path) else {
        throw MIGraphXError(.system, "the key '\(path)' is gone again")
      }
      return SymmetricKey(data: bytes)
    }
  }

  private static func machinePath() throws(MIGraphXError) -> String {
    for (variable, rest) in [("XDG_DATA_HOME", ""), ("HOME", "/.local/share")] {
      guard let value = unsafe getenv(variable) else { continue }
      let folder = unsafe String(cString: value)
      if folder.hasPrefix("/") { return "\(folder)\(rest)/migraphx/code.key" }
    }
    throw MIGraphXError(.system, "neither XDG_DATA_HOME nor HOME says where this user's key is")
  }

  /// The key in the file at `path`; nil if there is none.
  private static func read(_ path: String) throws(MIGraphXError) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    if descriptor < 0 {
      if errno == ENOENT { return nil }
      throw failure("read", path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure("read", path) }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
      status.st_mode & 0o077 == 0, status.st_size == size
    else {
      throw MIGraphXError(
        .system, "the key '\(path)' must be a file of \(size) bytes that only its owner may read")
    }
    var bytes = [UInt8](repeating: 0, count: size)
    guard unsafe Glibc.read(descriptor, &bytes, size) == size else { throw failure("read", path) }
    return bytes
  }

  /// Makes a key at `path`, unless somebody else does so at the same time.
  private static func create(_ path: String) throws(MIGraphXError) {
    var folder = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      folder += "\(part)/"
      if unsafe (mkdir(folder, 0o700) != 0), errno != EEXIST, errno != EISDIR {
        throw failure("make", folder)
      }
    }
    let temporary = "\(path).\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("make", path) }
    defer { unsafe unlink(temporary) }
    let bytes = unsafe SymmetricKey(size: .bits256).withUnsafeBytes { unsafe Array($0) }
    let isWritten = unsafe (Glibc.write(descriptor, bytes, size) == size) && fsync(descriptor) == 0
    guard close(descriptor) == 0, isWritten else { throw failure("make", path) }
    guard unsafe (link(temporary, path) == 0) || errno == EEXIST else {
      throw failure("make", path)
    }
  }

  private static func failure(_ what: String, _ path: String) -> MIGraphXError {
    MIGraphXError(.system, "can't \(what) '\(path)': \(unsafe String(cString: strerror(errno)))")
  }
}
