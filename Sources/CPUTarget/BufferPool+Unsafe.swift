import Glibc
import Support
import Tensors

/// Memory for the values of runs, which is used again once a value is gone.
///
/// All of it, that in use and that kept, is at most twice what was ever in use at one time.
final class BufferPool: Sendable {
  private struct State {
    /// The addresses of blocks that are kept, by their size.
    var kept: [Int: [UInt]] = [:]
    var keptByteCount = 0
    var used = 0
    var mostUsed = 0

    mutating func take(_ size: Int) -> UInt? {
      used += size
      mostUsed = max(mostUsed, used)
      guard let address = kept[size]?.popLast() else { return nil }
      keptByteCount -= size
      return address
    }

    /// - Returns: whether the block is kept.
    mutating func giveBack(_ address: UInt, _ size: Int) -> Bool {
      used -= size
      guard used + keptByteCount + size <= 2 * mostUsed else { return false }
      kept[size, default: []].append(address)
      keptByteCount += size
      return true
    }
  }

  private let state = Locked(State())
  private static let alignment = 64
  private static let maximumByteCount = Storage.maximumByteCount / 4

  init() {}

  deinit {
    for address in state.withLock({ $0.kept.values.flatMap { $0 } }) {
      unsafe Glibc.free(UnsafeMutableRawPointer(bitPattern: address))
    }
  }

  /// Memory of `byteCount` bytes of any contents.
  ///
  /// - Throws: `limitExceeded` when it is more than a quarter of the machine's memory, `system` when there is none.
  func storage(byteCount: Int) throws(MIGraphXError) -> Storage {
    guard byteCount >= 0, byteCount <= BufferPool.maximumByteCount else {
      throw MIGraphXError(
        .limitExceeded,
        "\(byteCount) bytes are needed for one tensor; \(BufferPool.maximumByteCount) are possible")
    }
    let size = BufferPool.blockSize(byteCount)
    var address = state.withLock { $0.take(size) }
    if address == nil { address = BufferPool.allocate(size) }
    guard let address, let base = unsafe UnsafeMutableRawPointer(bitPattern: address) else {
      state.withLock { $0.used -= size }
      throw MIGraphXError(.system, "no memory for \(byteCount) bytes")
    }
    return unsafe Storage(base: base, byteCount: byteCount) { [self] in
      if !state.withLock({ $0.giveBack(address, size) }) {
        unsafe Glibc.free(UnsafeMutableRawPointer(bitPattern: address))
      }
    }
  }

  /// A tensor of any contents that fills its memory.
  ///
  /// - Throws: see ``storage(byteCount:)``.
  func tensor(_ layout: TensorLayout) throws(MIGraphXError) -> Argument {
    try Argument(
      storage(byteCount: layout.byteCount), layout.elementType, lens: layout.lens,
      strides: layout.strides)
  }

  /// Sizes are rounded up, by an eighth at most, so that blocks fit more often.
  private static func blockSize(_ byteCount: Int) -> Int {
    let size = max(byteCount, alignment)
    let step = max(alignment, 1 << (Int.bitWidth - 4 - size.leadingZeroBitCount))
    return (size + step - 1) / step * step
  }

  private static func allocate(_ size: Int) -> UInt? {
    var pointer: UnsafeMutableRawPointer?
    let status = unsafe posix_memalign(&pointer, alignment, size)
    return status == 0 ? UInt(bitPattern: pointer) : nil
  }
}
