import Glibc
import Support

/// A kernel's entry: it takes the address of a block of arguments that its emitter defines.
public typealias KernelFunction = @convention(c) (UnsafeMutableRawPointer) -> Void

/// Machine code of an object in memory that can be run but not written.
@safe public final class LoadedCode: @unchecked Sendable {
  private let base: UnsafeMutableRawPointer
  private let byteCount: Int
  private let functions: [String: Int]

  /// Loads an object.
  ///
  /// What the code does when it is called is not checked: the object must come from a trusted source.
  ///
  /// - Throws: see ``ObjectFile/init(_:)``; `system` when there is no memory.
  public init(object: [UInt8]) throws(MIGraphXError) {
    let file = try ObjectFile(object)
    let page = sysconf(Int32(_SC_PAGESIZE))
    byteCount = (max(1, file.byteCount) + page - 1) / page * page
    functions = file.functions
    guard
      let memory = unsafe mmap(
        nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      unsafe memory != MAP_FAILED
    else { throw MIGraphXError(.system, "no memory for code: \(systemMessage(errno))") }
    unsafe base = memory
    let image = file.image(at: Int(bitPattern: memory))
    unsafe image.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress {
        unsafe base.copyMemory(from: start, byteCount: bytes.count)
      }
    }
    guard unsafe mprotect(base, byteCount, PROT_READ | PROT_EXEC) == 0 else {
      throw MIGraphXError(.system, "memory can't be made runnable: \(systemMessage(errno))")
    }
  }

  deinit { unsafe munmap(base, byteCount) }

  /// The entry called `name`. It may be called as long as this object lives.
  ///
  /// - Throws: `invalidFile` when there is none.
  @unsafe public func function(_ name: String) throws(MIGraphXError) -> KernelFunction {
    guard let position = functions[name], position < byteCount else {
      throw MIGraphXError(.invalidFile, "object: there is no function '\(name)'")
    }
    return unsafe unsafeBitCast(base + position, to: KernelFunction.self)
  }
}
