import IR

/// The sum of two numbers; of integers, modulo their width.
public struct Add: PointwiseOperator {
  public static let name = "add"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { x[0] + x[1] }
}

/// The difference of two numbers; of integers, modulo their width.
public struct Sub: PointwiseOperator {
  public static let name = "sub"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { x[0] - x[1] }
}

/// The product of two numbers; of integers, modulo their width.
public struct Mul: PointwiseOperator {
  public static let name = "mul"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { x[0] * x[1] }
}

/// The quotient of two numbers; of integers, cut off toward zero.
///
/// Evaluation throws `invalidArgument` when an integer is divided by zero.
public struct Div: PointwiseOperator {
  public static let name = "div"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { x[0] / x[1] }
}

/// The remainder of a division, with the divisor's sign.
///
/// Evaluation throws `invalidArgument` when an integer is divided by zero.
public struct Mod: PointwiseOperator {
  public static let name = "mod"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.modulo, x[0], x[1]) }
}

/// The remainder of a division, with the dividend's sign, as C's `fmod`.
///
/// Evaluation throws `invalidArgument` when an integer is divided by zero.
public struct FMod: PointwiseOperator {
  public static let name = "fmod"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.remainder, x[0], x[1]) }
}

/// The first number to the power of the second; of integers, modulo their width.
///
/// A negative power of an integer is cut off toward zero; evaluation throws `invalidArgument` for one of 0.
public struct Pow: PointwiseOperator {
  public static let name = "pow"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.power, x[0], x[1]) }
}

/// The smaller of two numbers; NaN if either is.
public struct Min: PointwiseOperator {
  public static let name = "min"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.minimum, x[0], x[1]) }
}

/// The larger of two numbers; NaN if either is.
public struct Max: PointwiseOperator {
  public static let name = "max"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.maximum, x[0], x[1]) }
}

/// The square of the difference of two numbers.
public struct SqDiff: PointwiseOperator {
  public static let name = "sqdiff"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.multiply, x[0] - x[1], x[0] - x[1]) }
}

/// The number with the opposite sign; of integers, modulo their width.
public struct Neg: PointwiseOperator {
  public static let name = "neg"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { -x[0] }
}

/// The number without its sign; the least integer of a type stays as it is.
public struct Abs: PointwiseOperator {
  public static let name = "abs"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.absolute, x[0]) }
}

/// 1 for positive numbers, -1 for negative ones; zero and NaN stay as they are.
public struct Sign: PointwiseOperator {
  public static let name = "sign"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.sign, x[0]) }
}

/// One divided by the number.
public struct Recip: PointwiseOperator {
  public static let name = "recip"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { 1 / x[0] }
}
