/// An integer of fewer than 8 bits, which takes one byte in memory: its sign or zeros fill the upper bits.
///
/// Conversions keep the low bits, of floating-point numbers those of the integer part; NaN and numbers beyond the
/// range of 64 bits become 0.
public protocol NarrowInteger: TensorElement {
  /// The number as memory holds it; upper bits don't count when it is read.
  var byte: UInt8 { get }
  /// Stores `byte`, whose upper bits must be those of its number.
  init(byte: UInt8)
}

extension NarrowInteger {
  public static var zero: Self { Self(byte: 0) }
  public static func == (a: Self, b: Self) -> Bool { a.asInt64 == b.asInt64 }

  private static var unused: UInt8 { UInt8(8 - elementType.packedBitWidth) }

  public var asInt64: Int64 {
    let shifted = byte << Self.unused
    return Self.elementType.isSigned
      ? Int64(Int8(bitPattern: shifted) >> Int8(Self.unused)) : Int64(shifted >> Self.unused)
  }
  public var asDouble: Double { Double(asInt64) }
  public var asFloat: Float { Float(asInt64) }
  public init(converting value: Double) {
    self.init(converting: Int64(exactly: value.rounded(.towardZero)) ?? 0)
  }
  public init(converting value: Float) { self.init(converting: Double(value)) }
  public init(converting value: Int64) {
    let number = Self(byte: UInt8(truncatingIfNeeded: value)).asInt64
    self.init(byte: UInt8(truncatingIfNeeded: number))
  }
}

/// A number from -8 to 7.
public struct Int4: NarrowInteger {
  public var byte: UInt8
  public init(byte: UInt8) { self.byte = byte }
  public static var elementType: ElementType { .int4 }
}

/// A number from 0 to 15.
public struct UInt4: NarrowInteger {
  public var byte: UInt8
  public init(byte: UInt8) { self.byte = byte }
  public static var elementType: ElementType { .uint4 }
}

/// A number from -2 to 1.
public struct Int2: NarrowInteger {
  public var byte: UInt8
  public init(byte: UInt8) { self.byte = byte }
  public static var elementType: ElementType { .int2 }
}

/// A number from 0 to 3.
public struct UInt2: NarrowInteger {
  public var byte: UInt8
  public init(byte: UInt8) { self.byte = byte }
  public static var elementType: ElementType { .uint2 }
}
