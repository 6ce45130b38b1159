import Glibc
import Support

/// Where memory lives: the host's, or a device's that a target names.
public struct MemorySpace: Hashable, Sendable, CustomStringConvertible {
  /// The space's name, "host" or one that a target chose.
  public let description: String

  /// Names a memory space.
  public init(_ name: String) { description = name }

  /// Memory that the processor reads and writes directly.
  public static let host = MemorySpace("host")
}

/// A block of memory with its release; shared by all views into it.
///
/// Storage of another space than the host's wraps a device's handle, and its bytes can't be read here.
@safe public final class Storage: @unchecked Sendable {
  /// Where the memory lives.
  public let space: MemorySpace
  /// The size of the block in bytes.
  public let byteCount: Int
  /// The elements of a string tensor; such storage has no bytes.
  public let strings: [String]?
  private let base: UnsafeMutableRawPointer
  private let release: @Sendable () -> Void
  private let verification: Verification?

  /// Checks memory that is not trusted.
  public typealias Verification = @Sendable () throws(MIGraphXError) -> Void

  /// Wraps memory that somebody else provides; `release` runs when the last view is gone.
  ///
  /// Keep the owner of borrowed memory alive by capturing it in `release`.
  @unsafe public init(
    base: UnsafeMutableRawPointer, byteCount: Int, space: MemorySpace = .host,
    verification: Verification? = nil, release: @escaping @Sendable () -> Void
  ) {
    unsafe self.base = base
    self.byteCount = byteCount
    self.space = space
    self.strings = nil
    self.verification = verification
    self.release = release
  }

  /// Holds text.
  public init(strings: [String]) {
    unsafe base = UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1)
    byteCount = 0
    space = .host
    self.strings = strings
    verification = nil
    let address = unsafe UInt(bitPattern: base)
    release = { unsafe UnsafeMutableRawPointer(bitPattern: address)?.deallocate() }
  }

  deinit { release() }

  /// Checks the contents, if they come from a file that can tell and were not checked before.
  ///
  /// Whoever reads memory of literals does this first: nothing else tells that a file is damaged there.
  ///
  /// - Throws: `invalidFile` when they are not what they must be.
  public func verify() throws(MIGraphXError) { try verification?() }

  /// The most bytes that one allocation may take: the machine's physical memory.
  public static let maximumByteCount = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))

  /// Allocates zeroed host memory, aligned to 64 bytes.
  ///
  /// - Throws: `limitExceeded` when it is more than the machine's memory, `system` when there is none.
  public static func allocate(byteCount: Int) throws(MIGraphXError) -> Storage {
    guard byteCount >= 0, byteCount <= maximumByteCount else {
      throw MIGraphXError(
        .limitExceeded, "\(byteCount) bytes are needed; this machine has \(maximumByteCount)")
    }
    var pointer: UnsafeMutableRawPointer?
    let size = Swift.max(byteCount, 1)
    guard unsafe posix_memalign(&pointer, 64, size) == 0, let base = unsafe pointer else {
      throw MIGraphXError(.system, "no memory for \(byteCount) bytes")
    }
    unsafe memset(base, 0, size)
    let address = UInt(bitPattern: base)
    return unsafe Storage(base: base, byteCount: byteCount) {
      unsafe free(UnsafeMutableRawPointer(bitPattern: address))
    }
  }

  /// Allocates host memory and copies `bytes` into it.
  ///
  /// - Throws: see ``allocate(byteCount:)``.
  public static func copying(_ bytes: RawSpan) throws(MIGraphXError) -> Storage {
    let storage = try allocate(byteCount: bytes.byteCount)
    unsafe bytes.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      unsafe storage.base.copyMemory(from: start, byteCount: source.count)
    }
    return storage
  }

  /// Borrows a range of a mapped file, which stays mapped as long as the storage lives.
  ///
  /// - Parameter verification: what ``verify()`` calls.
  public static func mapping(
    _ file: MappedFile, _ range: Range<Int>, verification: Verification? = nil
  ) throws(MIGraphXError) -> Storage {
    guard range.lowerBound >= 0, range.upperBound <= file.count else {
      throw MIGraphXError(
        .invalidFile, "bytes \(range) are needed; \(file.path) has \(file.count) bytes")
    }
    guard let start = unsafe file.baseAddress, !range.isEmpty else {
      return try allocate(byteCount: 0)
    }
    // The pages are read-only. Only literals are made of mapped storage, and nothing writes to those.
    let base = unsafe UnsafeMutableRawPointer(mutating: start + range.lowerBound)
    return unsafe Storage(base: base, byteCount: range.count, verification: verification) {
      _ = file
    }
  }

  /// Gives the block's bytes to `body`.
  @unsafe public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(space == .host, "memory in space '\(space)' can't be read by the host")
    return try unsafe body(UnsafeRawBufferPointer(start: base, count: byteCount))
  }

  /// Gives the block's bytes to `body` for writing. Views that share the block see the change.
  @unsafe public func withUnsafeMutableBytes<Result, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(space == .host, "memory in space '\(space)' can't be written by the host")
    return try unsafe body(UnsafeMutableRawBufferPointer(start: base, count: byteCount))
  }
}
