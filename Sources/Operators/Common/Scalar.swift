/// The formula of one element of a pointwise operator.
///
/// The reference evaluates it, and code generators print it. Conditions are 1 or 0 of the operands' type.
public indirect enum Scalar: Hashable, Sendable {
  /// The element of an operand.
  case input(Int)
  /// A number, converted to the operands' type.
  case constant(Double)
  case unary(Unary, Scalar)
  case binary(Binary, Scalar, Scalar)
  /// The second value where the first is not 0, else the third.
  case select(Scalar, Scalar, Scalar)

  /// Functions of one number.
  public enum Unary: String, Hashable, Sendable {
    case negate, absolute, sign, not
    case floor, ceil, truncate
    /// To the nearest whole number, halves to the even one.
    case roundToEven
    case squareRoot, exp, log, erf
    case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh
    case isNaN, isInfinite
    case bitwiseNot
    /// The nearest powers of two not below and not above a positive number; others stay as they are.
    case powerAbove, powerBelow
  }

  /// Functions of two numbers.
  public enum Binary: String, Hashable, Sendable {
    case add, subtract, multiply
    /// Quotient; of integers, cut off toward zero.
    case divide
    /// Remainder with the divisor's sign.
    case modulo
    /// Remainder with the dividend's sign, as C's fmod.
    case remainder
    case power
    /// The smaller and the larger number; NaN if either is.
    case minimum, maximum
    case equal, less, greater
    case bitwiseAnd, bitwiseOr, bitwiseXor
    /// The first integer moved by the second one's number of bits; vacated bits are 0, or the sign's. All bits are
    /// vacated if there are fewer, or if the number is negative.
    case shiftLeft, shiftRight
  }
}

extension Scalar: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  public init(floatLiteral value: Double) { self = .constant(value) }
  public init(integerLiteral value: Int) { self = .constant(Double(value)) }

  public static func + (a: Scalar, b: Scalar) -> Scalar { .binary(.add, a, b) }
  public static func - (a: Scalar, b: Scalar) -> Scalar { .binary(.subtract, a, b) }
  public static func * (a: Scalar, b: Scalar) -> Scalar { .binary(.multiply, a, b) }
  public static func / (a: Scalar, b: Scalar) -> Scalar { .binary(.divide, a, b) }
  public static prefix func - (a: Scalar) -> Scalar { .unary(.negate, a) }
}
