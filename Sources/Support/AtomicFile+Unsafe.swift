import Glibc

/// A file that appears under its name complete or not at all.
///
/// Bytes go to a temporary file beside the target, which ``commit()`` moves into place. Without a
/// commit nothing is left behind. A target that is no regular file, such as a pipe, is written directly.
public final class AtomicFile {
  private let path: String
  /// The temporary file; nil when the target is written directly.
  private var temporaryPath: String?
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  private static let bufferSize = 1 << 16

  /// Starts writing the file at `path`, which may exist.
  ///
  /// - Throws: `invalidArgument` if the path contains a zero character, `system` if its folder can't
  ///   be written.
  public init(path: String) throws(MIGraphXError) {
    guard !path.utf8.contains(0) else {
      throw MIGraphXError(.invalidArgument, "the path '\(path)' contains a zero character")
    }
    var status = stat()
    let exists = unsafe stat(path, &status) == 0
    let kind = status.st_mode & S_IFMT
    if exists && kind == S_IFDIR {
      throw MIGraphXError(.system, "cannot write '\(path)': it is a directory")
    }
    if exists && kind != S_IFREG {
      self.path = path
      descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
      guard descriptor >= 0 else {
        throw MIGraphXError(.system, "cannot write '\(path)': \(systemMessage(errno))")
      }
      return
    }
    // The file that a symbolic link names is replaced, not the link.
    let target = exists ? try canonicalPath(path) : path
    self.path = target
    let folder = target.lastIndex(of: "/").map { target[...$0] } ?? ""
    descriptor = -1
    for _ in 0..<16 where descriptor < 0 {
      let name = "\(folder).migraphx-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
      descriptor = unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        temporaryPath = name
      } else if errno != EEXIST {
        break
      }
    }
    guard descriptor >= 0 else {
      throw MIGraphXError(.system, "cannot write '\(path)': \(systemMessage(errno))")
    }
    if exists { _ = fchmod(descriptor, status.st_mode & 0o777) }
  }

  /// Checks that a file at `path` can be written, and leaves nothing behind. Pipes and devices are not touched.
  ///
  /// - Throws: see ``init(path:)``.
  public static func check(path: String) throws(MIGraphXError) {
    var status = stat()
    if !path.utf8.contains(0), unsafe stat(path, &status) == 0,
      ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    {
      return
    }
    _ = try AtomicFile(path: path)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if let temporaryPath { unsafe unlink(temporaryPath) }
  }

  /// Appends `bytes`.
  ///
  /// - Throws: `system` when the system can't take them, for instance because the disk is full.
  public func write(_ bytes: RawSpan) throws(MIGraphXError) {
    if buffer.count + bytes.byteCount > AtomicFile.bufferSize { try flush() }
    try unsafe bytes.withUnsafeBytes { (bytes) throws(MIGraphXError) in
      if bytes.count > AtomicFile.bufferSize {
        try unsafe writeThrough(bytes)
      } else {
        unsafe buffer.append(contentsOf: bytes)
      }
    }
  }

  /// Appends `bytes`. See ``write(_:)-(RawSpan)``.
  public func write(_ bytes: [UInt8]) throws(MIGraphXError) { try unsafe write(bytes.span.bytes) }

  /// Appends `text` as UTF-8. See ``write(_:)-(RawSpan)``.
  public func write(_ text: String) throws(MIGraphXError) { try write(Array(text.utf8)) }

  /// Puts the file into its place in one step: whatever happens, the old file is there or the new one.
  ///
  /// - Throws: `system` when that fails. Whatever stood there before then still does.
  public func commit() throws(MIGraphXError) {
    try flush()
    if let temporaryPath {
      guard fsync(descriptor) == 0, unsafe rename(temporaryPath, path) == 0 else {
        throw MIGraphXError(.system, "cannot write '\(path)': \(systemMessage(errno))")
      }
      self.temporaryPath = nil
    }
    let result = close(descriptor)
    descriptor = -1
    guard result == 0 else {
      throw MIGraphXError(.system, "cannot write '\(path)': \(systemMessage(errno))")
    }
  }

  private func flush() throws(MIGraphXError) {
    let pending = buffer
    buffer.removeAll(keepingCapacity: true)
    try unsafe pending.span.bytes.withUnsafeBytes { (bytes) throws(MIGraphXError) in
      try unsafe writeThrough(bytes)
    }
  }

  private func writeThrough(_ bytes: UnsafeRawBufferPointer) throws(MIGraphXError) {
    var offset = 0
    while offset < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset...])
      let (count, code) = unsafe AtomicFile.write(rest, to: descriptor)
      if count < 0 {
        if code == EINTR { continue }
        throw MIGraphXError(.system, "cannot write '\(path)': \(systemMessage(code))")
      }
      offset += count
    }
  }

  /// What the system's `write` gives, and its error. Beyond the limit on the size of files (`ulimit -f`), that is
  /// `EFBIG` without the signal that comes with it, which would end the process.
  private static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32
  ) -> (count: Int, code: Int32) {
    var limit = sigset_t()
    var before = sigset_t()
    unsafe sigemptyset(&limit)
    unsafe sigaddset(&limit, SIGXFSZ)
    unsafe pthread_sigmask(SIG_BLOCK, &limit, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    let count = unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    let code = errno
    if count < 0 && code == EFBIG {
      var now = timespec()
      unsafe sigtimedwait(&limit, nil, &now)
    }
    return (count, code)
  }
}
