import Planning

/// A small generator of numbers that are the same in every run.
struct Generator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func buffers(
    _ count: Int, sizes: ClosedRange<Int>, steps: Int, longest: Int
  ) -> [Buffer] {
    (0..<count).map { index in
      let first = Int.random(in: 0..<steps, using: &self)
      return Buffer(
        name: "b\(index)", byteCount: Int.random(in: sizes, using: &self), firstStep: first,
        lastStep: first + Int.random(in: 0..<longest, using: &self))
    }
  }
}

/// Buffers with sizes in units of 64 bytes.
func buffers(_ list: [(size: Int, first: Int, last: Int)]) -> [Buffer] {
  list.enumerated().map {
    Buffer(
      name: "b\($0.offset)", byteCount: $0.element.size * 64, firstStep: $0.element.first,
      lastStep: $0.element.last)
  }
}
