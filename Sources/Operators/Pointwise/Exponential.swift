import IR

/// The square root; NaN for negative numbers.
public struct Sqrt: PointwiseOperator {
  public static let name = "sqrt"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.squareRoot, x[0]) }
}

/// One divided by the square root.
public struct RSqrt: PointwiseOperator {
  public static let name = "rsqrt"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { 1 / Scalar.unary(.squareRoot, x[0]) }
}

/// Euler's number to the power of the number.
public struct Exp: PointwiseOperator {
  public static let name = "exp"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.exp, x[0]) }
}

/// The natural logarithm; minus infinity for zero, NaN for negative numbers.
public struct Log: PointwiseOperator {
  public static let name = "log"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.log, x[0]) }
}

/// The error function, 2/sqrt(pi) times the integral of exp(-t^2) from 0 to the number.
public struct Erf: PointwiseOperator {
  public static let name = "erf"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.erf, x[0]) }
}
