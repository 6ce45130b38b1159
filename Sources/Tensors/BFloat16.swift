/// A 16-bit number with the exponent range of `Float` and 8 bits of precision.
public struct BFloat16: Hashable, Sendable, BitwiseCopyable {
  /// Sign, 8 bits of exponent, 7 bits of fraction: the upper half of a `Float`.
  public var bitPattern: UInt16

  /// Makes the number with this encoding.
  @inlinable public init(bitPattern: UInt16) { self.bitPattern = bitPattern }

  /// Rounds `value` to the nearest number, ties to even; NaN stays NaN.
  @inlinable public init(_ value: Float) {
    let bits = value.bitPattern
    if value.isNaN {
      bitPattern = UInt16(truncatingIfNeeded: bits >> 16) | 0x40
    } else {
      let rounding = 0x7FFF + (bits >> 16 & 1)
      bitPattern = UInt16(truncatingIfNeeded: (bits &+ rounding) >> 16)
    }
  }
}

extension Float {
  /// The exact value of `value`.
  @inlinable public init(_ value: BFloat16) {
    self.init(bitPattern: UInt32(value.bitPattern) << 16)
  }
}
