import IR

/// The least whole number at or above the number.
public struct Ceil: PointwiseOperator {
  public static let name = "ceil"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.ceil, x[0]) }
}

/// The greatest whole number at or below the number.
public struct Floor: PointwiseOperator {
  public static let name = "floor"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.floor, x[0]) }
}

/// The nearest whole number; of two equally near, the even one.
public struct NearbyInt: PointwiseOperator {
  public static let name = "nearbyint"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .unary(.roundToEven, x[0]) }
}
