/// A Swift type that stands for one ``ElementType`` in memory, converted through a numeric domain.
///
/// Every element type converts to and from `Double` and `Int64`; integers do so by truncating to
/// their width, floating-point values toward zero and saturating, as the reference defines a cast.
public protocol TensorElement: BitwiseCopyable, Sendable, Equatable {
  /// The element type that this Swift type stores.
  static var elementType: ElementType { get }
  /// The value 0.
  static var zero: Self { get }
  /// The value as a `Double`, rounded to nearest when it needs more than 53 bits.
  var asDouble: Double { get }
  /// The value as a `Float`, rounded to nearest.
  var asFloat: Float { get }
  /// The value as an `Int64`: fractions cut off, out-of-range values clamped, NaN as 0.
  var asInt64: Int64 { get }
  /// The nearest value of this type.
  init(converting value: Double)
  /// The nearest value of this type.
  init(converting value: Float)
  /// The value modulo this type's width; for bool whether it is not 0.
  init(converting value: Int64)
}

extension BinaryFloatingPoint {
  /// The integer part, clamped to `Integer`'s range; 0 for NaN.
  @inlinable
  func clamped<Integer: FixedWidthInteger>(to type: Integer.Type) -> Integer {
    if let exact = Integer(exactly: rounded(.towardZero)) { return exact }
    if isNaN { return 0 }
    return self < 0 ? .min : .max
  }
}

extension FixedWidthInteger {
  /// The value as a `Double` whose last bit is set when bits were cut off.
  ///
  /// Rounding that to a type of at most 51 bits gives what rounding the integer itself would give.
  var doubleRoundedToOdd: Double {
    let excess = magnitude.bitWidth - magnitude.leadingZeroBitCount - 53
    guard excess > 0 else { return Double(self) }
    let rest: Magnitude = magnitude & ((1 << Magnitude(excess)) - 1)
    let kept = (magnitude >> Magnitude(excess) | (rest == 0 ? 0 : 1)) << Magnitude(excess)
    return self < 0 ? -Double(kept) : Double(kept)
  }
}

extension TensorElement where Self: FixedWidthInteger {
  @inlinable public var asDouble: Double { Double(self) }
  @inlinable public var asFloat: Float { Float(self) }
  @inlinable public var asInt64: Int64 { Int64(truncatingIfNeeded: self) }
  @inlinable public init(converting value: Double) { self = value.clamped(to: Self.self) }
  @inlinable public init(converting value: Float) { self = value.clamped(to: Self.self) }
  @inlinable public init(converting value: Int64) { self.init(truncatingIfNeeded: value) }
}

extension TensorElement where Self: BinaryFloatingPoint {
  @inlinable public var asDouble: Double { Double(self) }
  @inlinable public var asFloat: Float { Float(self) }
  @inlinable public var asInt64: Int64 { clamped(to: Int64.self) }
  @inlinable public init(converting value: Double) { self.init(value) }
  @inlinable public init(converting value: Float) { self.init(value) }
  @inlinable public init(converting value: Int64) { self.init(value) }
}

extension Int8: TensorElement { public static var elementType: ElementType { .int8 } }
extension Int16: TensorElement { public static var elementType: ElementType { .int16 } }
extension Int32: TensorElement { public static var elementType: ElementType { .int32 } }
extension Int64: TensorElement { public static var elementType: ElementType { .int64 } }
extension UInt8: TensorElement { public static var elementType: ElementType { .uint8 } }
extension UInt16: TensorElement { public static var elementType: ElementType { .uint16 } }
extension UInt32: TensorElement { public static var elementType: ElementType { .uint32 } }
extension UInt64: TensorElement { public static var elementType: ElementType { .uint64 } }
extension Float16: TensorElement { public static var elementType: ElementType { .half } }
extension Float: TensorElement { public static var elementType: ElementType { .float } }
extension Double: TensorElement { public static var elementType: ElementType { .double } }

extension BFloat16: TensorElement {
  @inlinable public static var elementType: ElementType { .bfloat16 }
  public static var zero: BFloat16 { BFloat16(bitPattern: 0) }
  @inlinable public var asDouble: Double { Double(Float(self)) }
  @inlinable public var asFloat: Float { Float(self) }
  @inlinable public var asInt64: Int64 { Float(self).clamped(to: Int64.self) }
  /// Rounds once: to odd in `Float`'s extra bits, then to nearest.
  public init(converting value: Double) {
    let nearest = Float(value)
    guard nearest.isFinite, Double(nearest) != value else {
      self.init(nearest)
      return
    }
    let isAway = Swift.abs(Double(nearest)) > Swift.abs(value)
    let truncated = isAway ? Float(bitPattern: nearest.bitPattern - 1) : nearest
    self.init(Float(bitPattern: truncated.bitPattern | 1))
  }
  public init(converting value: Float) { self.init(value) }
  public init(converting value: Int64) { self.init(converting: value.doubleRoundedToOdd) }
}

/// A bool as tensors store it: one byte, 0 or 1.
public struct Bool8: TensorElement {
  /// 0 for false; any other value counts as true when read.
  public var byte: UInt8

  /// Stores `value` as 0 or 1.
  @inlinable public init(_ value: Bool) { byte = value ? 1 : 0 }

  /// The truth value.
  @inlinable public var value: Bool { byte != 0 }

  @inlinable public static var elementType: ElementType { .bool }
  public static var zero: Bool8 { Bool8(false) }
  public static func == (a: Bool8, b: Bool8) -> Bool { a.value == b.value }
  @inlinable public var asDouble: Double { value ? 1 : 0 }
  @inlinable public var asFloat: Float { value ? 1 : 0 }
  @inlinable public var asInt64: Int64 { value ? 1 : 0 }
  @inlinable public init(converting value: Double) { self.init(value != 0) }
  @inlinable public init(converting value: Float) { self.init(value != 0) }
  @inlinable public init(converting value: Int64) { self.init(value != 0) }
}

/// Work that is written once for every element type.
public protocol ElementVisitor {
  /// What the work gives.
  associatedtype Result
  /// Does the work for tensors whose elements are `Element`.
  mutating func visit<Element: TensorElement>(_ type: Element.Type) -> Result
}

extension ElementType {
  /// Calls `visitor` with the Swift type of this element type; nil for strings, which have none.
  public func visit<Visitor: ElementVisitor>(_ visitor: inout Visitor) -> Visitor.Result? {
    switch self {
    case .bool: visitor.visit(Bool8.self)
    case .half: visitor.visit(Float16.self)
    case .bfloat16: visitor.visit(BFloat16.self)
    case .float: visitor.visit(Float.self)
    case .double: visitor.visit(Double.self)
    case .int8: visitor.visit(Int8.self)
    case .int16: visitor.visit(Int16.self)
    case .int32: visitor.visit(Int32.self)
    case .int64: visitor.visit(Int64.self)
    case .uint8: visitor.visit(UInt8.self)
    case .uint16: visitor.visit(UInt16.self)
    case .uint32: visitor.visit(UInt32.self)
    case .uint64: visitor.visit(UInt64.self)
    case .float8e4m3fn: visitor.visit(Float8E4M3FN.self)
    case .float8e4m3fnuz: visitor.visit(Float8E4M3FNUZ.self)
    case .float8e5m2: visitor.visit(Float8E5M2.self)
    case .float8e5m2fnuz: visitor.visit(Float8E5M2FNUZ.self)
    case .float8e8m0: visitor.visit(Float8E8M0.self)
    case .float4e2m1: visitor.visit(Float4E2M1.self)
    case .int4: visitor.visit(Int4.self)
    case .uint4: visitor.visit(UInt4.self)
    case .int2: visitor.visit(Int2.self)
    case .uint2: visitor.visit(UInt2.self)
    case .string: nil
    }
  }
}
