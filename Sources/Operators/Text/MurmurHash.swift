import IR
import Support
import Tensors

/// Hashes each element to 32 bits by MurmurHash3 for x86: the bytes of a number, or a text's UTF-8.
public struct MurmurHash: TensorOperator {
  public static let name = "murmur_hash3"
  /// Where hashing starts; its lowest 32 bits count.
  public var seed: Int = 0
  /// Whether hashes are of uint32, rather than the same bits as int32.
  public var positive: Bool = true

  public init() {}

  /// Makes the operator.
  public init(seed: Int, positive: Bool) {
    self.seed = seed
    self.positive = positive
  }

  private var resultType: ElementType { positive ? .uint32 : .int32 }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    let types: [ElementType] = [.int32, .uint32, .int64, .uint64, .float, .double, .string]
    guard types.contains(inputs[0].elementType) else {
      throw MIGraphXError(
        .invalidShape,
        "input 0 must have a number type of 32 or 64 bits or be of string_type, found "
          + inputs[0].elementType.rawValue)
    }
    return [Shape(resultType, inputs[0].dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let hashes = hashes(of: inputs[0])
    guard !positive else { return [try Argument(hashes, lens: inputs[0].lens)] }
    return [try Argument(hashes.map { Int32(bitPattern: $0) }, lens: inputs[0].lens)]
  }

  private func hashes(of x: Argument) -> [UInt32] {
    switch x.elementType {
    case .int32: x.elements(as: Int32.self).map { hash(UInt32(bitPattern: $0)) }
    case .uint32: x.elements(as: UInt32.self).map { hash($0) }
    case .float: x.elements(as: Float.self).map { hash($0.bitPattern) }
    case .int64: x.elements(as: Int64.self).map { hash(UInt64(bitPattern: $0)) }
    case .uint64: x.elements(as: UInt64.self).map { hash($0) }
    case .double: x.elements(as: Double.self).map { hash($0.bitPattern) }
    default: x.stringElements.map { hash(Array($0.utf8)) }
    }
  }

  private func hash(_ word: UInt32) -> UInt32 {
    var state = MurmurState(seed: seed)
    state.add(word)
    return state.result(byteCount: 4)
  }

  private func hash(_ word: UInt64) -> UInt32 {
    var state = MurmurState(seed: seed)
    state.add(UInt32(truncatingIfNeeded: word))
    state.add(UInt32(word >> 32))
    return state.result(byteCount: 8)
  }

  private func hash(_ bytes: [UInt8]) -> UInt32 {
    var state = MurmurState(seed: seed)
    for start in stride(from: 0, to: bytes.count, by: 4) {
      let block = bytes[start...].prefix(4)
      let word = block.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      if block.count == 4 { state.add(word) } else { state.addRest(word) }
    }
    return state.result(byteCount: bytes.count)
  }
}

private struct MurmurState {
  private var hash: UInt32

  init(seed: Int) { hash = UInt32(truncatingIfNeeded: seed) }

  private func mixed(_ word: UInt32) -> UInt32 {
    (word &* 0xcc9e_2d51).rotated(by: 15) &* 0x1b87_3593
  }

  /// Takes four bytes, the first of them in the low bits.
  mutating func add(_ word: UInt32) {
    hash = (hash ^ mixed(word)).rotated(by: 13) &* 5 &+ 0xe654_6b64
  }

  /// Takes the one to three bytes that are left at the end.
  mutating func addRest(_ word: UInt32) { hash ^= mixed(word) }

  func result(byteCount: Int) -> UInt32 {
    var result = hash ^ UInt32(truncatingIfNeeded: byteCount)
    result = (result ^ result >> 16) &* 0x85eb_ca6b
    result = (result ^ result >> 13) &* 0xc2b2_ae35
    return result ^ result >> 16
  }
}

extension UInt32 {
  fileprivate func rotated(by bits: UInt32) -> UInt32 { self << bits | self >> (32 - bits) }
}
