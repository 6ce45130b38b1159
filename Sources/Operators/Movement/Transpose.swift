import IR
import Support
import Tensors

/// Permutes axes: axis `i` of the result is axis `permutation[i]` of the input. A view.
///
/// `[A, B, C]` with permutation `{2, 0, 1}` gives `[C, A, B]`.
public struct Transpose: MovementOperator {
  public static let name = "transpose"
  /// Each axis of the input once.
  public var permutation: [Int] = []

  public init() {}

  /// Makes the operator.
  public init(permutation: [Int]) { self.permutation = permutation }

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    let axes = try normalized(axes: permutation, rank: inputs[0].rank)
    guard axes.count == inputs[0].rank else {
      throw MIGraphXError(
        .invalidShape,
        "permutation \(permutation) must name each axis of the input once, (\(inputs[0]))")
    }
    return [
      Shape(
        inputs[0].elementType, axes.map { inputs[0].dimensions[$0] },
        strides: axes.map { inputs[0].strides[$0] })
    ]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let axes = try normalized(axes: permutation, rank: inputs[0].rank)
    return [
      try inputs[0].view(
        lens: axes.map { inputs[0].lens[$0] }, strides: axes.map { inputs[0].strides[$0] })
    ]
  }
}
