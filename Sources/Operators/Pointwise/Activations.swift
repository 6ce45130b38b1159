import IR

/// The number, or 0 if it is negative.
public struct Relu: PointwiseOperator {
  public static let name = "relu"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { .binary(.maximum, x[0], 0) }
}

/// The number, or `alpha` times it if it is negative.
public struct LeakyRelu: PointwiseOperator {
  public static let name = "leaky_relu"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  /// The slope below zero.
  public var alpha: Float = 0.01

  public init() {}

  /// Makes the operator.
  public init(alpha: Float) { self.alpha = alpha }

  public func formula(_ x: [Scalar]) -> Scalar {
    .select(.binary(.less, x[0], 0), .constant(Double(alpha)) * x[0], x[0])
  }
}

/// The number, or `alpha` times its exponential less 1 if it is negative.
public struct Elu: PointwiseOperator {
  public static let name = "elu"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  /// The distance of the lower limit from zero.
  public var alpha: Float = 1

  public init() {}

  /// Makes the operator.
  public init(alpha: Float) { self.alpha = alpha }

  public func formula(_ x: [Scalar]) -> Scalar {
    .select(.binary(.less, x[0], 0), .constant(Double(alpha)) * (.unary(.exp, x[0]) - 1), x[0])
  }
}

/// The first number, or the second one times it if it is negative.
public struct PRelu: PointwiseOperator {
  public static let name = "prelu"
  public static let inputCount = 2
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar {
    .select(.binary(.less, x[0], 0), x[1] * x[0], x[0])
  }
}

/// The logistic function, 1 / (1 + exp(-x)).
public struct Sigmoid: PointwiseOperator {
  public static let name = "sigmoid"
  public static let inputCount = 1
  public static let acceptedTypes = TypeClass.floating
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar { 1 / (1 + .unary(.exp, -x[0])) }
}

/// The first number, at least the second and at most the third; the third if they contradict.
public struct Clip: PointwiseOperator {
  public static let name = "clip"
  public static let inputCount = 3
  public static let acceptedTypes = TypeClass.numeric
  public init() {}
  public func formula(_ x: [Scalar]) -> Scalar {
    .binary(.minimum, .binary(.maximum, x[0], x[1]), x[2])
  }
}
