import IR

/// The sine of an angle in radians.
public struct Sin: PointwiseOperator {
  public static let name = "sin"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.sin, x[0]) }
}

/// The cosine of an angle in radians.
public struct Cos: PointwiseOperator {
  public static let name = "cos"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.cos, x[0]) }
}

/// The tangent of an angle in radians.
public struct Tan: PointwiseOperator {
  public static let name = "tan"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.tan, x[0]) }
}

/// The angle in radians, from -pi/2 to pi/2, whose sine is the number; NaN outside of [-1, 1].
public struct Asin: PointwiseOperator {
  public static let name = "asin"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.asin, x[0]) }
}

/// The angle in radians, from 0 to pi, whose cosine is the number; NaN outside of [-1, 1].
public struct Acos: PointwiseOperator {
  public static let name = "acos"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.acos, x[0]) }
}

/// The angle in radians, from -pi/2 to pi/2, whose tangent is the number.
public struct Atan: PointwiseOperator {
  public static let name = "atan"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.atan, x[0]) }
}

/// The hyperbolic sine.
public struct Sinh: PointwiseOperator {
  public static let name = "sinh"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.sinh, x[0]) }
}

/// The hyperbolic cosine.
public struct Cosh: PointwiseOperator {
  public static let name = "cosh"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.cosh, x[0]) }
}

/// The hyperbolic tangent.
public struct Tanh: PointwiseOperator {
  public static let name = "tanh"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.tanh, x[0]) }
}

/// The number whose hyperbolic sine is the input.
public struct Asinh: PointwiseOperator {
  public static let name = "asinh"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.asinh, x[0]) }
}

/// The number at or above 0 whose hyperbolic cosine is the input; NaN below 1.
public struct Acosh: PointwiseOperator {
  public static let name = "acosh"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.acosh, x[0]) }
}

/// The number whose hyperbolic tangent is the input; NaN outside of [-1, 1].
public struct Atanh: PointwiseOperator {
  public static let name = "atanh"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.atanh, x[0]) }
}
