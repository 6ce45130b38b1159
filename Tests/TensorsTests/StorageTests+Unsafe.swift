import Support
import Synchronization
import Tensors
import Testing

struct StorageTests {
  @Test func memoryIsZeroedAndAligned() throws {
    let zeros = try Argument(zeros: Shape(.int64, lens: [3, 5]))
    #expect(zeros.elements(as: Int64.self) == Array(repeating: 0, count: 15))
    unsafe zeros.storage.withUnsafeBytes {
      #expect(UInt(bitPattern: $0.baseAddress) % 64 == 0)
    }
    #expect(zeros.storage.space == .host && zeros.storage.byteCount == 120)
    #expect(throws: MIGraphXError.self) { try Storage.allocate(byteCount: -1) }
    #expect(throws: MIGraphXError.self) { try Storage.allocate(byteCount: .max) }
  }

  @Test func writesAreSeenThroughViews() throws {
    let parent = try Argument(zeros: Shape(.int8, lens: [2, 2]))
    let column = try parent.view(lens: [2], strides: [2], elementOffset: 1)
    unsafe parent.storage.withUnsafeMutableBytes { unsafe $0[3] = 9 }
    #expect(column.elements(as: Int8.self) == [0, 9])
  }

  @Test func borrowedMemoryIsReleasedOnceAfterTheLastView() throws {
    let owner = Owner()
    do {
      let view = try borrowed(from: owner)
      #expect(owner.releases == 0)
      #expect(view.elements(as: Int64.self) == [7])
      let copies = [view, view, try view.view(lens: [], strides: [])]
      #expect(copies.count == 3 && owner.releases == 0)
    }
    #expect(owner.releases == 1)
  }

  /// A view of the second half of memory that tells `owner` when it is released.
  private func borrowed(from owner: Owner) throws -> Argument {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: 16, alignment: 8)
    unsafe bytes.storeBytes(of: 5, as: Int64.self)
    unsafe bytes.storeBytes(of: 7, toByteOffset: 8, as: Int64.self)
    let address = UInt(bitPattern: bytes)
    let storage = unsafe Storage(base: bytes, byteCount: 16) {
      owner.count()
      unsafe UnsafeMutableRawPointer(bitPattern: address)?.deallocate()
    }
    let whole = try Argument(storage, .int64, lens: [2], strides: [1])
    return try whole.view(lens: [1], strides: [1], elementOffset: 1)
  }
}

/// Counts the releases of what it owns.
private final class Owner: Sendable {
  private let counter = Atomic(0)
  func count() { counter.add(1, ordering: .relaxed) }
  var releases: Int { counter.load(ordering: .relaxed) }
}
