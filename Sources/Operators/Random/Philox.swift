/// A generator whose n-th block of numbers is computed directly: Philox 4x32 with 10 rounds.
///
/// Equal seeds and streams give equal numbers, in whatever order and on how many cores they are made.
struct Philox: Sendable {
  private let key: SIMD2<UInt32>
  private let stream: UInt32

  /// - Parameter stream: numbers of different streams are independent of each other.
  init(seed: UInt64, stream: UInt32 = 0) {
    key = [UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)]
    self.stream = stream
  }

  /// The four numbers of block `index`.
  func block(_ index: UInt64) -> SIMD4<UInt32> {
    var key = key
    var counter: SIMD4<UInt32> = [
      UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), stream, 0,
    ]
    for _ in 0..<10 {
      let first = counter[0].multipliedFullWidth(by: 0xD251_1F53)
      let second = counter[2].multipliedFullWidth(by: 0xCD9E_8D57)
      counter = [
        second.high ^ counter[1] ^ key[0], second.low, first.high ^ counter[3] ^ key[1], first.low,
      ]
      key = [key[0] &+ 0x9E37_79B9, key[1] &+ 0xBB67_AE85]
    }
    return counter
  }

  /// Random bits with number `index`; two of them make a block.
  func bits(_ index: Int) -> UInt64 {
    let block = block(UInt64(index / 2))
    let first = index % 2 * 2
    return UInt64(block[first + 1]) << 32 | UInt64(block[first])
  }
}
