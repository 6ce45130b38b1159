import Glibc
import Support

/// The arithmetic in which a formula is evaluated: `Float` for half, bfloat16 and float, `Double`, and
/// 64-bit integers, which wrap.
protocol ScalarDomain: BitwiseCopyable, Sendable {
  static func make(_ constant: Double) -> Self
  static func apply(_ function: Scalar.Unary, _ x: Self) -> Self
  /// nil for an integer division by zero.
  static func apply(_ function: Scalar.Binary, _ x: Self, _ y: Self) -> Self?
  var isTrue: Bool { get }
}

/// The functions that the C library has for each floating-point type.
protocol FloatingDomain: ScalarDomain, BinaryFloatingPoint {
  static func library(_ function: Scalar.Unary, _ x: Self) -> Self
  static func power(_ x: Self, _ y: Self) -> Self
  static func remainder(_ x: Self, _ y: Self) -> Self
}

extension FloatingDomain {
  var isTrue: Bool { self != 0 }
  static func make(_ constant: Double) -> Self { Self(constant) }

  static func apply(_ function: Scalar.Unary, _ x: Self) -> Self {
    switch function {
    case .negate: -x
    case .absolute: Swift.abs(x)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x
    case .not: x == 0 ? 1 : 0
    case .floor: x.rounded(.down)
    case .ceil: x.rounded(.up)
    case .truncate: x.rounded(.towardZero)
    case .roundToEven: x.rounded(.toNearestOrEven)
    case .squareRoot: x.squareRoot()
    case .isNaN: x.isNaN ? 1 : 0
    case .isInfinite: x.isInfinite ? 1 : 0
    case .bitwiseNot: x
    default: library(function, x)
    }
  }

  static func apply(_ function: Scalar.Binary, _ x: Self, _ y: Self) -> Self? {
    switch function {
    case .add: return x + y
    case .subtract: return x - y
    case .multiply: return x * y
    case .divide: return x / y
    case .modulo:
      let rest = remainder(x, y)
      return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest
    case .remainder: return remainder(x, y)
    case .power: return power(x, y)
    case .minimum: return x.isNaN ? x : y.isNaN ? y : Swift.min(x, y)
    case .maximum: return x.isNaN ? x : y.isNaN ? y : Swift.max(x, y)
    case .equal: return x == y ? 1 : 0
    case .less: return x < y ? 1 : 0
    case .greater: return x > y ? 1 : 0
    case .bitwiseAnd, .bitwiseOr, .bitwiseXor: return .nan
    }
  }
}

extension Double: FloatingDomain {
  static func library(_ function: Scalar.Unary, _ x: Double) -> Double {
    switch function {
    case .exp: Glibc.exp(x)
    case .log: Glibc.log(x)
    case .erf: Glibc.erf(x)
    case .sin: Glibc.sin(x)
    case .cos: Glibc.cos(x)
    case .tan: Glibc.tan(x)
    case .asin: Glibc.asin(x)
    case .acos: Glibc.acos(x)
    case .atan: Glibc.atan(x)
    case .sinh: Glibc.sinh(x)
    case .cosh: Glibc.cosh(x)
    case .tanh: Glibc.tanh(x)
    case .asinh: Glibc.asinh(x)
    case .acosh: Glibc.acosh(x)
    case .atanh: Glibc.atanh(x)
    default: x
    }
  }
  static func power(_ x: Double, _ y: Double) -> Double { Glibc.pow(x, y) }
  static func remainder(_ x: Double, _ y: Double) -> Double { Glibc.fmod(x, y) }
}

extension Float: FloatingDomain {
  /// Computed in `Double` and rounded once: as exact as `Float` can be.
  static func library(_ function: Scalar.Unary, _ x: Float) -> Float {
    Float(Double.library(function, Double(x)))
  }
  static func power(_ x: Float, _ y: Float) -> Float { Float(Glibc.pow(Double(x), Double(y))) }
  static func remainder(_ x: Float, _ y: Float) -> Float { Glibc.fmodf(x, y) }
}

/// A 64-bit integer type as a domain; what only floating-point numbers have leaves integers as they are.
protocol IntegerDomain: ScalarDomain, FixedWidthInteger {}

extension IntegerDomain {
  var isTrue: Bool { self != 0 }

  static func make(_ constant: Double) -> Self {
    Self(exactly: constant.rounded(.towardZero)) ?? (constant > 0 ? .max : .min)
  }

  static func apply(_ function: Scalar.Unary, _ x: Self) -> Self {
    switch function {
    case .negate: 0 &- x
    case .absolute: x < 0 ? 0 &- x : x
    case .sign: x.signum()
    case .not: x == 0 ? 1 : 0
    case .isNaN, .isInfinite: 0
    case .bitwiseNot: ~x
    default: x
    }
  }

  static func apply(_ function: Scalar.Binary, _ x: Self, _ y: Self) -> Self? {
    switch function {
    case .add: return x &+ y
    case .subtract: return x &- y
    case .multiply: return x &* y
    case .divide: return y == 0 ? nil : x.dividedReportingOverflow(by: y).partialValue
    case .remainder: return y == 0 ? nil : x.remainderReportingOverflow(dividingBy: y).partialValue
    case .modulo:
      if y == 0 { return nil }
      let rest = x.remainderReportingOverflow(dividingBy: y).partialValue
      return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest
    case .power: return power(x, y)
    case .minimum: return Swift.min(x, y)
    case .maximum: return Swift.max(x, y)
    case .equal: return x == y ? 1 : 0
    case .less: return x < y ? 1 : 0
    case .greater: return x > y ? 1 : 0
    case .bitwiseAnd: return x & y
    case .bitwiseOr: return x | y
    case .bitwiseXor: return x ^ y
    }
  }

  /// `x` to the power of `y`, wrapping; a negative exponent gives the fraction cut off.
  private static func power(_ x: Self, _ y: Self) -> Self? {
    if y < 0 { return x == 0 ? nil : x == 1 ? 1 : x.signum() == x ? (y & 1 == 0 ? 1 : x) : 0 }
    var (result, base, exponent): (Self, Self, Self) = (1, x, y)
    while exponent > 0 {
      if exponent & 1 == 1 { result = result &* base }
      base = base &* base
      exponent >>= 1
    }
    return result
  }
}

extension Int64: IntegerDomain {}
extension UInt64: IntegerDomain {}
