/// A floating-point number in at most 8 bits, which takes one byte in memory.
///
/// Conversions round to nearest, ties to even. What is too large becomes infinity, or NaN in formats without one, or
/// the largest number in formats with neither.
public protocol SmallFloat: TensorElement {
  /// The encoding: sign, exponent, fraction, in the low bits.
  var bitPattern: UInt8 { get }
  /// Makes the number with this encoding.
  init(bitPattern: UInt8)
  /// How encodings are to be understood.
  static var format: SmallFloatFormat { get }
  /// The values of all encodings.
  static var values: [Float] { get }
}

/// The encoding of floating-point numbers of one sign bit, some bits of exponent and some of fraction.
public struct SmallFloatFormat: Sendable {
  let exponentBits: Int
  let fractionBits: Int
  let bias: Int
  /// The encoding of the largest number.
  let largest: UInt8
  /// The encodings of infinity and NaN without a sign; the largest number's for formats without.
  let infinity: UInt8
  let notANumber: UInt8
  /// Whether a zero or NaN keeps its sign.
  let hasSignedSpecials: Bool

  private var signBit: UInt8 { 1 << UInt8(exponentBits + fractionBits) }

  /// The value of every byte.
  func values() -> [Float] {
    (0...UInt8.max).map { byte in
      let magnitude = byte & (signBit - 1)
      let isNegative = byte & signBit != 0
      if !hasSignedSpecials, byte & (signBit | (signBit - 1)) == signBit { return .nan }
      if magnitude > largest {
        if magnitude != infinity || infinity == notANumber { return .nan }
        return isNegative ? -.infinity : .infinity
      }
      let exponent = Int(magnitude >> UInt8(fractionBits))
      let fraction = Int(magnitude) & (1 << fractionBits - 1)
      let significand = exponent == 0 ? fraction : fraction + 1 << fractionBits
      return Float(
        sign: isNegative ? .minus : .plus, exponent: max(exponent, 1) - bias - fractionBits,
        significand: Float(significand))
    }
  }

  /// The encoding of `value`, rounded.
  func encoded(_ value: Double) -> UInt8 {
    let sign = value.sign == .minus ? signBit : 0
    if value.isNaN { return hasSignedSpecials ? notANumber | sign : notANumber }
    if value.isInfinite { return overflow(sign) }
    let magnitude = value.magnitude
    // Numbers below the least normal one share its exponent.
    let least = 1 - bias
    let exponent = magnitude == 0 ? least : max(least, Int(magnitude.exponent))
    if exponent > bias + 1 << exponentBits { return overflow(sign) }
    let unit = Double(sign: .plus, exponent: exponent - fractionBits, significand: 1)
    // A fraction that rounds up to the next power of two carries into the exponent by itself.
    let units = Int((magnitude / unit).rounded(.toNearestOrEven))
    let code = (exponent - least) << fractionBits + units
    if code > Int(largest) { return overflow(sign) }
    return code == 0 && !hasSignedSpecials ? 0 : UInt8(code) | sign
  }

  private func overflow(_ sign: UInt8) -> UInt8 {
    infinity == notANumber && !hasSignedSpecials ? notANumber : infinity | sign
  }
}

extension SmallFloat {
  public static var zero: Self { Self(bitPattern: 0) }
  public var asFloat: Float { Self.values[Int(bitPattern)] }
  public var asDouble: Double { Double(asFloat) }
  public var asInt64: Int64 { asFloat.clamped(to: Int64.self) }
  public init(converting value: Double) { self.init(bitPattern: Self.format.encoded(value)) }
  public init(converting value: Float) { self.init(converting: Double(value)) }
  public init(converting value: Int64) { self.init(converting: value.doubleRoundedToOdd) }
  public static func == (a: Self, b: Self) -> Bool { a.asFloat == b.asFloat }
}

/// The 8-bit number of ``ElementType/float8e4m3fn``.
public struct Float8E4M3FN: SmallFloat {
  public var bitPattern: UInt8
  public init(bitPattern: UInt8) { self.bitPattern = bitPattern }
  public static var elementType: ElementType { .float8e4m3fn }
  public static let values = format.values()
  public static let format = SmallFloatFormat(
    exponentBits: 4, fractionBits: 3, bias: 7, largest: 0x7E, infinity: 0x7F, notANumber: 0x7F,
    hasSignedSpecials: true)
}

/// The 8-bit number of ``ElementType/float8e4m3fnuz``.
public struct Float8E4M3FNUZ: SmallFloat {
  public var bitPattern: UInt8
  public init(bitPattern: UInt8) { self.bitPattern = bitPattern }
  public static var elementType: ElementType { .float8e4m3fnuz }
  public static let values = format.values()
  public static let format = SmallFloatFormat(
    exponentBits: 4, fractionBits: 3, bias: 8, largest: 0x7F, infinity: 0x80, notANumber: 0x80,
    hasSignedSpecials: false)
}

/// The 8-bit number of ``ElementType/float8e5m2``.
public struct Float8E5M2: SmallFloat {
  public var bitPattern: UInt8
  public init(bitPattern: UInt8) { self.bitPattern = bitPattern }
  public static var elementType: ElementType { .float8e5m2 }
  public static let values = format.values()
  public static let format = SmallFloatFormat(
    exponentBits: 5, fractionBits: 2, bias: 15, largest: 0x7B, infinity: 0x7C, notANumber: 0x7E,
    hasSignedSpecials: true)
}

/// The 8-bit number of ``ElementType/float8e5m2fnuz``.
public struct Float8E5M2FNUZ: SmallFloat {
  public var bitPattern: UInt8
  public init(bitPattern: UInt8) { self.bitPattern = bitPattern }
  public static var elementType: ElementType { .float8e5m2fnuz }
  public static let values = format.values()
  public static let format = SmallFloatFormat(
    exponentBits: 5, fractionBits: 2, bias: 16, largest: 0x7F, infinity: 0x80, notANumber: 0x80,
    hasSignedSpecials: false)
}

/// The 4-bit number of ``ElementType/float4e2m1``; NaN becomes 0.
public struct Float4E2M1: SmallFloat {
  public var bitPattern: UInt8
  public init(bitPattern: UInt8) { self.bitPattern = bitPattern }
  public static var elementType: ElementType { .float4e2m1 }
  public static let values = format.values()
  public static let format = SmallFloatFormat(
    exponentBits: 2, fractionBits: 1, bias: 1, largest: 7, infinity: 7, notANumber: 0,
    hasSignedSpecials: true)
}

/// The power of two of ``ElementType/float8e8m0``, which is all exponent.
///
/// Conversions take the nearest power, the larger of two equally near; what is out of range, zero or negative
/// becomes NaN.
public struct Float8E8M0: TensorElement {
  /// The exponent plus 127, or 255 for NaN.
  public var bitPattern: UInt8

  /// Makes the number with this encoding.
  public init(bitPattern: UInt8) { self.bitPattern = bitPattern }

  public static var elementType: ElementType { .float8e8m0 }
  /// The least number, 2^-127: there is no zero.
  public static var zero: Float8E8M0 { Float8E8M0(bitPattern: 0) }
  public static func == (a: Float8E8M0, b: Float8E8M0) -> Bool { a.asFloat == b.asFloat }

  public var asFloat: Float {
    bitPattern == 255
      ? .nan : Float(sign: .plus, exponent: Int(bitPattern) - 127, significand: 1)
  }
  public var asDouble: Double { Double(asFloat) }
  public var asInt64: Int64 { asFloat.clamped(to: Int64.self) }
  public init(converting value: Double) {
    bitPattern = 255
    guard value.isFinite, value > 0 else { return }
    let exponent = Int(value.exponent) + (value.significand >= 1.5 ? 1 : 0)
    if (-127...127).contains(exponent) { bitPattern = UInt8(exponent + 127) }
  }
  public init(converting value: Float) { self.init(converting: Double(value)) }
  public init(converting value: Int64) { self.init(converting: value.doubleRoundedToOdd) }
}
