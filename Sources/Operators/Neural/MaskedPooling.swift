import IR
import Support
import Tensors

/// Finds the largest element of each window that slides over one to three spatial axes, of those that a mask leaves.
///
/// `[N, C, D1..]` and an integer mask `[A, B, D1..]` give `[N, C, E1..]`. The mask's first plane serves for all. In each
/// row of a window the elements before the first masked one count, one that has a 0 in the mask; over two and three
/// axes the first element of a plane is never masked. What has none gives the lowest finite number.
public struct MaskedPooling: TensorOperator {
  public static let name = "masked_pooling"
  /// The padding before each spatial axis, then after each; or one value for both of each axis.
  public var padding: [Int] = [0, 0]
  /// The elements between neighbouring windows along each spatial axis.
  public var stride: [Int] = [1, 1]
  /// The taps of a window along each spatial axis.
  public var lengths: [Int] = [1, 1]
  /// Whether `padding` counts, or padding follows from the sizes; the former if nil.
  public var paddingMode: PaddingMode?

  private enum CodingKeys: String, CodingKey {
    case padding, stride, lengths
    case paddingMode = "padding_mode"
  }

  public init() {}

  /// Makes the operator for the windows of `pooling`.
  public init(of pooling: Pooling) {
    padding = pooling.padding
    stride = pooling.stride
    lengths = pooling.lengths
    paddingMode = pooling.paddingMode
  }

  private var pooling: Pooling {
    Pooling(
      mode: .max, padding: padding, stride: stride, lengths: lengths, paddingMode: paddingMode)
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2)
    let (x, mask) = (inputs[0], inputs[1])
    try check(x, 0, is: .floating)
    try check(mask, 1, is: .integer)
    let result = try pooling.inferShapes([x], in: &context)
    try check(mask, 1, rank: x.rank...x.rank)
    for axis in 2..<x.rank {
      try context.require(
        x.dimensions[axis], equals: mask.dimensions[axis], "inputs 0 and 1 at axis \(axis)")
    }
    guard !mask.dimensions.prefix(2).contains(0) else {
      throw MIGraphXError(.invalidShape, "input 1, the mask, must have a plane, found (\(mask))")
    }
    return result
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let shape = try concreteShapes(inputs)[0]
    let plane = inputs[1].lens[2...].reduce(1, *)
    var isOpen = inputs[1].converted(to: Int64.self).prefix(plane).map { $0 != 0 }
    if inputs[0].rank > 3, !isOpen.isEmpty { isOpen[0] = true }
    return [try pooling.evaluation(inputs[0], shape).maxima(before: isOpen)]
  }
}
