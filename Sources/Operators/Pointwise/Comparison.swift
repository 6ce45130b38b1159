import IR

/// Whether two values are equal, texts byte by byte; NaN equals nothing.
public struct Equal: PointwiseOperator {
  public static let name = "equal"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.anyOrText
  public static let givesBool = true
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.equal, x[0], x[1]) }
}

/// Whether the first number is less than the second.
public struct Less: PointwiseOperator {
  public static let name = "less"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.any
  public static let givesBool = true
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.less, x[0], x[1]) }
}

/// Whether the first number is greater than the second.
public struct Greater: PointwiseOperator {
  public static let name = "greater"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.any
  public static let givesBool = true
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.greater, x[0], x[1]) }
}

/// Whether the number is NaN.
public struct IsNaN: PointwiseOperator {
  public static let name = "isnan"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public static let givesBool = true
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.isNaN, x[0]) }
}

/// Whether the number is infinite, of either sign.
public struct IsInf: PointwiseOperator {
  public static let name = "isinf"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public static let givesBool = true
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.isInfinite, x[0]) }
}
