import IR
import Support
import Tensors

/// Finds where in the input the largest element of each window is that slides over one to three spatial axes.
///
/// `[N, C, D1..]` gives `[N, C, E1..]` of `int64_type`: positions in the whole input. The windows are those of
/// ``Pooling``.
public struct PoolingPositions: TensorOperator {
  public static let name = "pooling_positions"
  /// The padding before each spatial axis, then after each; or one value for both of each axis.
  public var padding: [Int] = [0, 0]
  /// The elements between neighbouring windows along each spatial axis.
  public var stride: [Int] = [1, 1]
  /// The taps of a window along each spatial axis.
  public var lengths: [Int] = [1, 1]
  /// Whether a window may reach beyond the padding after an axis, if it begins before it.
  public var ceilMode: Bool = false
  /// The elements between neighbouring taps along each spatial axis; 1 if nil.
  public var dilations: [Int]?
  /// Whether `padding` counts, or padding follows from the sizes; the former if nil.
  public var paddingMode: PaddingMode?
  /// Whether positions count with the first spatial axis as the innermost one.
  public var isColumnMajor: Bool = false

  private enum CodingKeys: String, CodingKey {
    case padding, stride, lengths
    case ceilMode = "ceil_mode"
    case dilations
    case paddingMode = "padding_mode"
    case isColumnMajor = "column_major"
  }

  public init() {}

  /// Makes the operator for the windows of `pooling`.
  public init(of pooling: Pooling, isColumnMajor: Bool = false) {
    padding = pooling.padding
    stride = pooling.stride
    lengths = pooling.lengths
    ceilMode = pooling.ceilMode
    dilations = pooling.dilations
    paddingMode = pooling.paddingMode
    self.isColumnMajor = isColumnMajor
  }

  private var pooling: Pooling {
    Pooling(
      mode: .max, padding: padding, stride: stride, lengths: lengths, ceilMode: ceilMode,
      dilations: dilations, paddingMode: paddingMode)
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try pooling.inferShapes(inputs, in: &context).map { $0.with(elementType: .int64) }
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let shape = try concreteShapes(inputs)[0]
    return [
      try pooling.evaluation(inputs[0], shape).positions(isColumnMajor: isColumnMajor)
    ]
  }
}
