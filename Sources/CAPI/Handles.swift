import Support

/// What handles stand for: a value that calls read and replace, and memory that was given out of it.
protocol AnyBox: AnyObject, Sendable {
  /// What messages call it.
  var typeName: String { get }
}

/// A value behind a handle. Locked for each access, so that no misuse by several threads can do harm.
final class Box<Value: HandleValue>: AnyBox {
  private struct State: Sendable {
    var value: Value
    var lent: [LentBytes] = []
  }

  private let state: Locked<State>

  init(_ value: Value) { state = Locked(State(value: value)) }

  var typeName: String { Value.typeName }

  /// The value as it is now.
  var value: Value { state.withLock { $0.value } }

  /// Changes the value.
  func update<Result: Sendable>(
    _ body: (inout Value) throws(MIGraphXError) -> Result
  ) throws(MIGraphXError) -> Result {
    try state.withLock { (state) throws(MIGraphXError) in try body(&state.value) }
  }

  /// The address of a copy of `bytes` that lives as long as the box. Equal bytes are copied once.
  func lend(_ bytes: [UInt8]) -> UnsafeRawPointer {
    state.withLock { state in
      if let known = state.lent.first(where: { $0.bytes == bytes }) { return known.address }
      let lent = LentBytes(bytes)
      state.lent.append(lent)
      return lent.address
    }
  }
}

/// Memory that a caller may read as long as a handle lives. Eight zero bytes follow, so that text ends.
private final class LentBytes: Sendable {
  let bytes: [UInt8]
  nonisolated(unsafe) let address: UnsafeRawPointer

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes.count + 8, alignment: 16)
    UnsafeMutableRawBufferPointer(start: memory, count: bytes.count + 8)
      .copyBytes(from: bytes + [UInt8](repeating: 0, count: 8))
    address = UnsafeRawPointer(memory)
  }

  deinit { address.deallocate() }
}

/// A value that may stand behind a handle.
protocol HandleValue: Sendable {
  /// What messages call it.
  static var typeName: String { get }
  /// A copy that shares nothing that changes.
  var assigned: Self { get }
}

extension HandleValue {
  var assigned: Self { self }
}

/// All live handles. A handle is a number that is never given twice, so that the use of one after its
/// destruction is found out.
final class HandleTable: Sendable {
  static let shared = HandleTable()

  /// Which part of a parent a borrowed handle stands for.
  enum Part: Hashable, Sendable {
    case index(Int)
    case name(String)
  }

  private struct Entry: Sendable {
    let object: any AnyBox
    /// A handle that lives as long as another one and is not destroyed by itself.
    let isBorrowed: Bool
    var parts: [Part: UInt] = [:]
  }

  private struct State: Sendable {
    var entries: [UInt: Entry] = [:]
    var last: UInt = 0

    mutating func insert(_ object: any AnyBox, isBorrowed: Bool) -> UInt {
      // Multiples of 16 look like addresses of objects, as C++ code may expect.
      last += 16
      entries[last] = Entry(object: object, isBorrowed: isBorrowed)
      return last
    }

    mutating func remove(_ token: UInt, into removed: inout [any AnyBox]) {
      guard let entry = entries.removeValue(forKey: token) else { return }
      removed.append(entry.object)
      for part in entry.parts.values { remove(part, into: &removed) }
    }
  }

  private let state = Locked(State())

  /// A new handle that its owner destroys.
  func insert(_ object: any AnyBox) -> OpaquePointer? {
    OpaquePointer(bitPattern: state.withLock { $0.insert(object, isBorrowed: false) })
  }

  /// The handle for a part of what `parent` stands for; it lives as long as `parent`.
  func part(
    _ part: Part, of parent: OpaquePointer?, _ make: () -> any AnyBox
  ) -> OpaquePointer? {
    let parent = UInt(bitPattern: parent)
    let object = make()
    return OpaquePointer(
      bitPattern: state.withLock { state in
        if let known = state.entries[parent]?.parts[part] { return known }
        let token = state.insert(object, isBorrowed: true)
        state.entries[parent]?.parts[part] = token
        return token
      })
  }

  /// What `handle` stands for; nil for a handle that is none or no more.
  func object(_ handle: OpaquePointer) -> (any AnyBox)? {
    state.withLock { $0.entries[UInt(bitPattern: handle)]?.object }
  }

  /// Ends a handle and those for its parts.
  ///
  /// - Throws: `badParameter` for a handle that belongs to another one.
  func remove(_ handle: OpaquePointer, _ name: String) throws(MIGraphXError) {
    var removed: [any AnyBox] = []
    let isOwned = state.withLock { state in
      guard state.entries[UInt(bitPattern: handle)]?.isBorrowed == false else { return false }
      state.remove(UInt(bitPattern: handle), into: &removed)
      return true
    }
    // Releases run client code: the table must not be locked then.
    removed.removeAll()
    guard isOwned else {
      throw .badParameter(name, "The handle belongs to another object, which destroys it")
    }
  }

  /// Forgets the borrowed handles for parts of what `handle` stands for, which has changed.
  func removeParts(of handle: OpaquePointer) {
    var removed: [any AnyBox] = []
    state.withLock { state in
      let parts = state.entries[UInt(bitPattern: handle)]?.parts ?? [:]
      for part in parts.values { state.remove(part, into: &removed) }
      state.entries[UInt(bitPattern: handle)]?.parts = [:]
    }
  }
}
