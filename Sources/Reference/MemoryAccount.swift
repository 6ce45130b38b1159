import IR
import Support
import Tensors

/// The memory that the live values of a run take, and the limit on it.
///
/// Blocks are counted once, whatever the number of views. Literals and the run's inputs are there anyway
/// and do not count.
struct MemoryAccount: Sendable {
  let limit: Int
  private(set) var used = 0
  private var uses: [ObjectIdentifier: Int] = [:]
  private var given: Set<ObjectIdentifier> = []

  init(limit: Int) { self.limit = limit }

  /// What is left for a run inside of this one.
  var remaining: Int { max(0, limit - used) }

  /// Leaves the memory of `value` out of the account.
  mutating func exclude(_ value: RuntimeValue) {
    for storage in value.storages { given.insert(ObjectIdentifier(storage)) }
  }

  /// Checks that an instruction on `operands` can give results of these `types`.
  ///
  /// Operands that repeat elements count like copies, unless the results are known to be such views themselves.
  /// Sizes without a value are not counted.
  ///
  /// - Throws: `limitExceeded` with the bytes needed.
  func check(
    _ types: [ValueType], operands: [RuntimeValue], sizes: SizeBindings
  ) throws(MIGraphXError) {
    var needed = 0
    var makesViews = true
    for shape in types.compactMap(\.shape) {
      guard let counts = sizes.counts(of: shape) else {
        makesViews = false
        continue
      }
      let repeats = counts.span < counts.elements
      if !repeats { makesViews = false }
      needed = sum(needed, bytes(repeats ? counts.span : counts.elements, shape.elementType))
    }
    if !makesViews {
      for argument in operands.compactMap(\.argument) {
        let size = bytes(argument.elementCount, argument.elementType)
        if size > argument.storage.accountedByteCount { needed = sum(needed, size) }
      }
    }
    guard needed <= remaining else { throw exceeded(needed) }
  }

  /// Counts `value`.
  ///
  /// - Throws: `limitExceeded` when it is larger than was known before.
  mutating func add(_ value: RuntimeValue) throws(MIGraphXError) {
    for storage in value.storages {
      let id = ObjectIdentifier(storage)
      if given.contains(id) { continue }
      uses[id, default: 0] += 1
      guard uses[id] == 1 else { continue }
      guard storage.accountedByteCount <= remaining else {
        throw exceeded(storage.accountedByteCount)
      }
      used += storage.accountedByteCount
    }
  }

  /// Ends what ``add(_:)`` began.
  mutating func remove(_ value: RuntimeValue) {
    for storage in value.storages {
      let id = ObjectIdentifier(storage)
      guard let count = uses[id] else { continue }
      uses[id] = count == 1 ? nil : count - 1
      if count == 1 { used -= storage.accountedByteCount }
    }
  }

  private func exceeded(_ needed: Int) -> MIGraphXError {
    MIGraphXError(
      .limitExceeded,
      "\(needed) bytes are needed; \(used) of the limit of \(limit) bytes are in use")
  }
}

private func sum(_ left: Int, _ right: Int) -> Int {
  let (value, overflow) = left.addingReportingOverflow(right)
  return overflow ? .max : value
}

private func product(_ left: Int, _ right: Int) -> Int {
  let (value, overflow) = left.multipliedReportingOverflow(by: right)
  return overflow ? .max : value
}

private func bytes(_ count: Int, _ type: ElementType) -> Int {
  product(count, type == .string ? Storage.stringByteCount : max(1, type.bitWidth / 8))
}

extension Storage {
  fileprivate static let stringByteCount = 16

  /// The bytes of the block; a string counts as 16.
  fileprivate var accountedByteCount: Int {
    strings.map { $0.count * Storage.stringByteCount } ?? byteCount
  }
}

extension RuntimeValue {
  /// The memory of all tensors in the value.
  fileprivate var storages: [Storage] {
    switch self {
    case .tensor(let argument): [argument.storage]
    case .tuple(let parts): parts.flatMap(\.storages)
    case .sequence(let elements, _): elements.flatMap(\.storages)
    case .optional(let wrapped, _): wrapped?.storages ?? []
    }
  }
}

extension SizeBindings {
  /// The elements of a tensor and those of its memory; nil if a size has no value yet.
  ///
  /// Numbers too large for `Int` stay at its end.
  fileprivate func counts(of shape: Shape) -> (elements: Int, span: Int)? {
    var (elements, span) = (1, 1)
    for (dimension, stride) in zip(shape.dimensions, shape.strides) {
      guard let size = dimension.evaluated({ self[$0] }) else { return nil }
      if size <= 0 { return (0, 0) }
      elements = product(elements, size)
      if stride != 0 { span = product(span, size) }
    }
    return (elements, span)
  }
}
