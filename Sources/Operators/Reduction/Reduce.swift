import IR

/// The sum along axes; 0 where there are no elements.
///
/// `[N, C, H, W]` over axes `{2, 3}` gives `[N, C, 1, 1]`.
public struct ReduceSum: ReduceOperator {
  public static let name = "reduce_sum"
  public static let reduction = Reduction.sum
  public var axes: [Int] = []

  public init() {}

  /// Makes the operator.
  public init(axes: [Int]) { self.axes = axes }
}

/// The mean along axes; of integers, cut off toward zero. 0 where there are no elements.
///
/// `[N, C, H, W]` over axes `{2, 3}` gives `[N, C, 1, 1]`.
public struct ReduceMean: ReduceOperator {
  public static let name = "reduce_mean"
  public static let reduction = Reduction.mean
  public var axes: [Int] = []

  public init() {}

  /// Makes the operator.
  public init(axes: [Int]) { self.axes = axes }
}

/// The largest element along axes; NaN if one is. The least number of the type where there are no elements.
///
/// `[N, C, H, W]` over axes `{2, 3}` gives `[N, C, 1, 1]`.
public struct ReduceMax: ReduceOperator {
  public static let name = "reduce_max"
  public static let reduction = Reduction.maximum
  public var axes: [Int] = []

  public init() {}

  /// Makes the operator.
  public init(axes: [Int]) { self.axes = axes }
}

/// The smallest element along axes; NaN if one is. The greatest number of the type where there are no elements.
///
/// `[N, C, H, W]` over axes `{2, 3}` gives `[N, C, 1, 1]`.
public struct ReduceMin: ReduceOperator {
  public static let name = "reduce_min"
  public static let reduction = Reduction.minimum
  public var axes: [Int] = []

  public init() {}

  /// Makes the operator.
  public init(axes: [Int]) { self.axes = axes }
}

/// The product along axes; 1 where there are no elements.
///
/// `[N, C, H, W]` over axes `{2, 3}` gives `[N, C, 1, 1]`.
public struct ReduceProd: ReduceOperator {
  public static let name = "reduce_prod"
  public static let reduction = Reduction.product
  public var axes: [Int] = []

  public init() {}

  /// Makes the operator.
  public init(axes: [Int]) { self.axes = axes }
}

/// The logarithm of the sum of exponentials along axes; minus infinity where there are no elements.
///
/// `[N, C, H, W]` over axes `{2, 3}` gives `[N, C, 1, 1]`. Exponentials that are too large for numbers do no harm.
public struct ReduceLogSumExp: ReduceOperator {
  public static let name = "reduce_log_sum_exp"
  public static let reduction = Reduction.logSumExp
  public var axes: [Int] = []

  public init() {}

  /// Makes the operator.
  public init(axes: [Int]) { self.axes = axes }
}
