import Glibc
import Tensors

/// The arithmetic in which a formula is evaluated: `Float` for float and narrower ones, `Double`, and
/// 64-bit integers, which wrap. Narrower integers are computed in 64 bits and cut to their width.
protocol ScalarDomain: BitwiseCopyable, Sendable {
  static func make(_ constant: Double) -> Self
  /// The value of an element, in this domain.
  static func load<Element: TensorElement>(_ element: Element) -> Self
  /// The value as an element: rounded once, or cut to the width.
  func stored<Element: TensorElement>(as type: Element.Type) -> Element
  /// The function of each number of a block.
  static func apply(_ function: Scalar.Unary, _ x: [Self]) -> [Self]
  /// The function of each pair of numbers; nil for an integer division by zero.
  static func apply(_ function: Scalar.Binary, _ x: [Self], _ y: [Self]) -> [Self]?
  var isTrue: Bool { get }
}

/// A floating-point domain.
protocol FloatingDomain: ScalarDomain, BinaryFloatingPoint {
  static func remainder(_ x: Self, _ y: Self) -> Self
}

extension FloatingDomain {
  var isTrue: Bool { self != 0 }
  static func make(_ constant: Double) -> Self { Self(constant) }

  static func apply(_ function: Scalar.Unary, _ x: [Self]) -> [Self] {
    switch function {
    case .negate: mapBlock(x) { -$0 }
    case .absolute: mapBlock(x) { Swift.abs($0) }
    case .sign: mapBlock(x) { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
    case .not: mapBlock(x) { $0 == 0 ? 1 : 0 }
    case .floor: mapBlock(x) { $0.rounded(.down) }
    case .ceil: mapBlock(x) { $0.rounded(.up) }
    case .truncate: mapBlock(x) { $0.rounded(.towardZero) }
    case .roundToEven: mapBlock(x) { $0.rounded(.toNearestOrEven) }
    case .squareRoot: mapBlock(x) { $0.squareRoot() }
    case .isNaN: mapBlock(x) { $0.isNaN ? 1 : 0 }
    case .isInfinite: mapBlock(x) { $0.isInfinite ? 1 : 0 }
    case .bitwiseNot: x
    case .powerAbove: mapBlock(x) { $0.significand > 1 ? power($0) * 2 : $0 }
    case .powerBelow: mapBlock(x, power)
    case .exp: library(x, Glibc.exp)
    case .log: library(x, Glibc.log)
    case .erf: library(x, Glibc.erf)
    case .sin: library(x, Glibc.sin)
    case .cos: library(x, Glibc.cos)
    case .tan: library(x, Glibc.tan)
    case .asin: library(x, Glibc.asin)
    case .acos: library(x, Glibc.acos)
    case .atan: library(x, Glibc.atan)
    case .sinh: library(x, Glibc.sinh)
    case .cosh: library(x, Glibc.cosh)
    case .tanh: library(x, Glibc.tanh)
    case .asinh: library(x, Glibc.asinh)
    case .acosh: library(x, Glibc.acosh)
    case .atanh: library(x, Glibc.atanh)
    }
  }

  static func apply(_ function: Scalar.Binary, _ x: [Self], _ y: [Self]) -> [Self]? {
    switch function {
    case .add: mapBlock(x, y) { $0 + $1 }
    case .subtract: mapBlock(x, y) { $0 - $1 }
    case .multiply: mapBlock(x, y) { $0 * $1 }
    case .divide: mapBlock(x, y) { $0 / $1 }
    case .modulo: mapBlock(x, y) { modulo($0, $1) }
    case .remainder: mapBlock(x, y) { remainder($0, $1) }
    case .power: mapBlock(x, y) { Self(Glibc.pow(Double($0), Double($1))) }
    case .minimum: mapBlock(x, y) { $0.isNaN ? $0 : $0 < $1 ? $0 : $1 }
    case .maximum: mapBlock(x, y) { $0.isNaN ? $0 : $0 > $1 ? $0 : $1 }
    case .equal: mapBlock(x, y) { $0 == $1 ? 1 : 0 }
    case .less: mapBlock(x, y) { $0 < $1 ? 1 : 0 }
    case .greater: mapBlock(x, y) { $0 > $1 ? 1 : 0 }
    case .bitwiseAnd, .bitwiseOr, .bitwiseXor, .shiftLeft, .shiftRight:
      mapBlock(x, y) { _, _ in .nan }
    }
  }

  /// The power of two with the number's exponent.
  @inline(__always)
  private static func power(_ x: Self) -> Self {
    x.isFinite && x > 0 ? Self(sign: .plus, exponent: x.exponent, significand: 1) : x
  }

  /// Computed in `Double` and rounded once, so that a `Float` result is the nearest one but for rare ties.
  @inline(__always)
  private static func library(_ x: [Self], _ function: (Double) -> Double) -> [Self] {
    mapBlock(x) { Self(function(Double($0))) }
  }

  /// The remainder with the divisor's sign, also when it is zero.
  private static func modulo(_ x: Self, _ y: Self) -> Self {
    let rest = remainder(x, y)
    if rest == 0 { return Self(signOf: y, magnitudeOf: rest) }
    return (rest < 0) != (y < 0) ? rest + y : rest
  }
}

extension Double: FloatingDomain {
  static func load<Element: TensorElement>(_ element: Element) -> Double { element.asDouble }
  func stored<Element: TensorElement>(as type: Element.Type) -> Element {
    Element(converting: self)
  }
  static func remainder(_ x: Double, _ y: Double) -> Double { Glibc.fmod(x, y) }
}

extension Float: FloatingDomain {
  static func load<Element: TensorElement>(_ element: Element) -> Float { element.asFloat }
  func stored<Element: TensorElement>(as type: Element.Type) -> Element {
    Element(converting: self)
  }
  static func remainder(_ x: Float, _ y: Float) -> Float { Glibc.fmodf(x, y) }
}

/// A 64-bit integer type as a domain; what only floating-point numbers have leaves integers as they are.
protocol IntegerDomain: ScalarDomain, FixedWidthInteger {}

extension IntegerDomain {
  var isTrue: Bool { self != 0 }

  static func make(_ constant: Double) -> Self {
    if constant.isNaN { return 0 }
    return Self(exactly: constant.rounded(.towardZero)) ?? (constant > 0 ? .max : .min)
  }

  static func load<Element: TensorElement>(_ element: Element) -> Self {
    Self(truncatingIfNeeded: element.asInt64)
  }

  static func apply(_ function: Scalar.Unary, _ x: [Self]) -> [Self] {
    switch function {
    case .negate: mapBlock(x) { 0 &- $0 }
    case .absolute: mapBlock(x) { $0 < 0 ? 0 &- $0 : $0 }
    case .sign: mapBlock(x) { $0.signum() }
    case .not: mapBlock(x) { $0 == 0 ? 1 : 0 }
    case .isNaN, .isInfinite: mapBlock(x) { _ in 0 }
    case .bitwiseNot: mapBlock(x) { ~$0 }
    default: x
    }
  }

  static func apply(_ function: Scalar.Binary, _ x: [Self], _ y: [Self]) -> [Self]? {
    switch function {
    case .add: return mapBlock(x, y) { $0 &+ $1 }
    case .subtract: return mapBlock(x, y) { $0 &- $1 }
    case .multiply: return mapBlock(x, y) { $0 &* $1 }
    case .divide:
      return y.contains(0)
        ? nil : mapBlock(x, y) { $0.dividedReportingOverflow(by: $1).partialValue }
    case .remainder: return y.contains(0) ? nil : mapBlock(x, y, remainder)
    case .modulo:
      if y.contains(0) { return nil }
      return mapBlock(x, y) {
        let rest = remainder($0, $1)
        return rest != 0 && (rest < 0) != ($1 < 0) ? rest &+ $1 : rest
      }
    case .power:
      if zip(x, y).contains(where: { $0 == 0 && $1 < 0 }) { return nil }
      return mapBlock(x, y, power)
    case .minimum: return mapBlock(x, y) { Swift.min($0, $1) }
    case .maximum: return mapBlock(x, y) { Swift.max($0, $1) }
    case .equal: return mapBlock(x, y) { $0 == $1 ? 1 : 0 }
    case .less: return mapBlock(x, y) { $0 < $1 ? 1 : 0 }
    case .greater: return mapBlock(x, y) { $0 > $1 ? 1 : 0 }
    case .bitwiseAnd: return mapBlock(x, y) { $0 & $1 }
    case .bitwiseOr: return mapBlock(x, y) { $0 | $1 }
    case .bitwiseXor: return mapBlock(x, y) { $0 ^ $1 }
    case .shiftLeft: return mapBlock(x, y) { $1 < 0 ? 0 : $0 << $1 }
    case .shiftRight: return mapBlock(x, y) { $0 >> ($1 < 0 ? Self(Self.bitWidth) : $1) }
    }
  }

  /// `y` is not 0. The remainder of the least number by -1 is 0.
  private static func remainder(_ x: Self, _ y: Self) -> Self {
    Self.isSigned && y == 0 &- 1 ? 0 : x.remainderReportingOverflow(dividingBy: y).partialValue
  }

  /// `x` to the power of `y`, wrapping; a negative exponent gives the fraction cut off.
  private static func power(_ x: Self, _ y: Self) -> Self {
    if y < 0 {
      if x == 1 { return 1 }
      return x == 0 &- 1 ? (y & 1 == 0 ? 1 : x) : 0
    }
    var (result, base, exponent): (Self, Self, Self) = (1, x, y)
    while exponent > 0 {
      if exponent & 1 == 1 { result = result &* base }
      base = base &* base
      exponent >>= 1
    }
    return result
  }
}

extension Int64: IntegerDomain {
  func stored<Element: TensorElement>(as type: Element.Type) -> Element {
    Element(converting: self)
  }
}

extension UInt64: IntegerDomain {
  func stored<Element: TensorElement>(as type: Element.Type) -> Element {
    guard Element.elementType.isFloatingPoint, self > UInt64(Int64.max) else {
      return Element(converting: Int64(truncatingIfNeeded: self))
    }
    // Half of the value with its last bit kept by "or" rounds as the value does; doubling is exact.
    let half = Element(converting: Int64(truncatingIfNeeded: self >> 1 | self & 1))
    return Element(converting: half.asDouble * 2)
  }
}
