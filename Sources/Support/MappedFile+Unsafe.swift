import Glibc

/// Read-only bytes that stay where they are: a file mapped into memory, or a private copy of a buffer.
///
/// Nothing is read from a file until its bytes are touched. The memory lives as long as this object,
/// so whoever keeps an address into it must keep the object too. A file that another process
/// shortens while it is mapped must not be read past its new end; replace such files by renaming.
@safe public final class MappedFile: Sendable {
  /// The path that was opened, or the name given to a buffer.
  public let path: String
  /// The number of bytes.
  public let count: Int
  /// The address of the first byte; `nil` if there are no bytes.
  @unsafe public nonisolated(unsafe) let baseAddress: UnsafeRawPointer?

  /// Maps the file at `path`, which may be empty.
  ///
  /// - Throws: `invalidArgument` if the path contains a zero character, `system` if the file cannot
  ///   be opened or mapped, `invalidFile` if it is a directory or anything else but a regular file.
  public init(path: String) throws(MIGraphXError) {
    guard !path.utf8.contains(0) else {
      throw MIGraphXError(.invalidArgument, "the path '\(path)' contains a zero character")
    }
    // Without O_NONBLOCK, opening a FIFO waits for a writer.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      throw MIGraphXError(.system, "cannot open '\(path)': \(systemMessage(errno))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw MIGraphXError(.system, "cannot inspect '\(path)': \(systemMessage(errno))")
    }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG else {
      let seen = kind == S_IFDIR ? "a directory" : "a pipe, device or socket"
      throw MIGraphXError(.invalidFile, "'\(path)' is \(seen); it must be a regular file")
    }
    let size = status.st_size
    if size > 0 {
      let memory = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
      guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
        throw MIGraphXError(.system, "cannot map '\(path)': \(systemMessage(errno))")
      }
      unsafe baseAddress = UnsafeRawPointer(memory)
    } else {
      unsafe baseAddress = nil
    }
    self.path = path
    self.count = size
  }

  /// Copies `buffer` into memory of its own; `name` stands for it in messages.
  ///
  /// - Throws: `system` if there is no memory.
  @unsafe public init(copying buffer: UnsafeRawBufferPointer, name: String) throws(MIGraphXError) {
    unsafe baseAddress = try unsafe pages(copying: buffer, name: name)
    self.path = name
    self.count = buffer.count
  }

  /// Copies `bytes` into memory of its own; `name` stands for it in messages.
  ///
  /// - Throws: `system` if there is no memory.
  public init(bytes: [UInt8], name: String = "memory buffer") throws(MIGraphXError) {
    unsafe baseAddress = try unsafe bytes.span.withUnsafeBufferPointer {
      (buffer) throws(MIGraphXError) in
      try unsafe pages(copying: UnsafeRawBufferPointer(buffer), name: name)
    }
    self.path = name
    self.count = bytes.count
  }

  /// Gets memory of its own for `count` bytes, which `fill` writes; `name` stands for it in messages.
  ///
  /// - Throws: `system` if there is no memory, and what `fill` throws.
  @unsafe public init(
    count: Int, name: String,
    filledBy fill: (UnsafeMutableRawBufferPointer) throws(MIGraphXError) -> Void
  ) throws(MIGraphXError) {
    unsafe baseAddress = try unsafe pages(count, name: name, filledBy: fill)
    self.path = name
    self.count = count
  }

  deinit {
    if let memory = unsafe baseAddress {
      unsafe munmap(UnsafeMutableRawPointer(mutating: memory), count)
    }
  }

  /// Calls `body` with all bytes, which are valid only during the call.
  @unsafe public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let buffer = unsafe UnsafeRawBufferPointer(start: baseAddress, count: count)
    return try withExtendedLifetime(self) { (_) throws(Failure) in
      try unsafe body(buffer)
    }
  }

  /// Calls `body` with all bytes as a bounds-checked span.
  public func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe withUnsafeBytes { buffer throws(Failure) in
      let bytes = unsafe buffer.assumingMemoryBound(to: UInt8.self)
      return try unsafe body(bytes.span)
    }
  }

  /// A copy of the bytes in `range`.
  ///
  /// - Throws: `invalidArgument` if the range does not lie within the file.
  public func bytes(_ range: Range<Int>) throws(MIGraphXError) -> [UInt8] {
    guard range.lowerBound >= 0, range.upperBound <= count else {
      throw MIGraphXError(
        .invalidArgument, "bytes \(range) were asked for of '\(path)', which has \(count)")
    }
    return unsafe withUnsafeBytes { unsafe [UInt8]($0[range]) }
  }
}

extension [UInt8] {
  /// Appends a copy of `bytes`.
  public mutating func append(copying bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

/// New read-only pages that begin with a copy of `buffer`; `nil` if it is empty.
private func pages(
  copying buffer: UnsafeRawBufferPointer, name: String
) throws(MIGraphXError) -> UnsafeRawPointer? {
  try unsafe pages(buffer.count, name: name) { target in unsafe target.copyMemory(from: buffer) }
}

/// New pages that are read-only when `fill` has written their first `count` bytes; `nil` if that is 0.
private func pages(
  _ count: Int, name: String,
  filledBy fill: (UnsafeMutableRawBufferPointer) throws(MIGraphXError) -> Void
) throws(MIGraphXError) -> UnsafeRawPointer? {
  guard count > 0 else { return nil }
  let memory = unsafe mmap(
    nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
  guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
    throw MIGraphXError(
      .system, "cannot get \(count) bytes for '\(name)': \(systemMessage(errno))")
  }
  do throws(MIGraphXError) {
    try unsafe fill(UnsafeMutableRawBufferPointer(start: memory, count: count))
  } catch {
    unsafe munmap(memory, count)
    throw error
  }
  _ = unsafe mprotect(memory, count, PROT_READ)
  return UnsafeRawPointer(memory)
}
