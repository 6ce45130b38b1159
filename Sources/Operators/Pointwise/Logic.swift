import IR

/// Whether both values are true.
public struct LogicalAnd: PointwiseOperator {
  public static let name = "logical_and"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.bool
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.bitwiseAnd, x[0], x[1]) }
}

/// Whether at least one of the values is true.
public struct LogicalOr: PointwiseOperator {
  public static let name = "logical_or"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.bool
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.bitwiseOr, x[0], x[1]) }
}

/// Whether exactly one of the values is true.
public struct LogicalXor: PointwiseOperator {
  public static let name = "logical_xor"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.bool
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.bitwiseXor, x[0], x[1]) }
}

/// Whether the value is false.
public struct Not: PointwiseOperator {
  public static let name = "not"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.bool
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.not, x[0]) }
}

/// The bits that both integers have.
public struct BitwiseAnd: PointwiseOperator {
  public static let name = "bitwise_and"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.integerOrBool
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.bitwiseAnd, x[0], x[1]) }
}

/// The bits that at least one of the integers has.
public struct BitwiseOr: PointwiseOperator {
  public static let name = "bitwise_or"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.integerOrBool
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.bitwiseOr, x[0], x[1]) }
}

/// The bits that exactly one of the integers has.
public struct BitwiseXor: PointwiseOperator {
  public static let name = "bitwise_xor"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.integerOrBool
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.bitwiseXor, x[0], x[1]) }
}

/// The bits that the integer does not have.
public struct BitwiseNot: PointwiseOperator {
  public static let name = "bitwise_not"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.integer
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.bitwiseNot, x[0]) }
}

/// The first integer with its bits moved to higher places by the second number.
public struct ShiftLeft: PointwiseOperator {
  public static let name = "shift_left"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.integer
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.shiftLeft, x[0], x[1]) }
}

/// The first integer with its bits moved to lower places by the second number.
public struct ShiftRight: PointwiseOperator {
  public static let name = "shift_right"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.integer
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.shiftRight, x[0], x[1]) }
}

/// The second value where the first, a bool, is true, and the third elsewhere.
///
/// The second and third may have any one type.
public struct Where: PointwiseOperator {
  public static let name = "where"
  public static let inputCount = 3
  public static let acceptedTypes = TypeClass.anyOrText
  public static let takesCondition = true
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .select(x[0], x[1], x[2]) }
}
