import IR
import Support
import Tensors

/// The elements whose positions along two axes are equal, in the place of the first axis.
///
/// `[A, N, B, N]` with axes `{1, 3}` gives `[A, N, B]`. The result is a view.
public struct Diagonal: MovementOperator {
  public static let name = "diagonal"
  /// Two different axes of one size. Negative ones count from the end.
  public var axes: [Int] = [-2, -1]

  public init() {}

  /// Makes the operator.
  public init(axes: [Int]) { self.axes = axes }

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    let (first, second) = try pair(rank: inputs[0].rank)
    var (dimensions, strides) = (inputs[0].dimensions, inputs[0].strides)
    dimensions[first] = try context.require(
      dimensions[first], equals: dimensions[second], "the sizes of axes \(first) and \(second)")
    strides[first] += strides[second]
    dimensions.remove(at: second)
    strides.remove(at: second)
    return [Shape(inputs[0].elementType, dimensions, strides: strides)]
  }

  private func pair(rank: Int) throws(MIGraphXError) -> (Int, Int) {
    let axes = try normalized(axes: axes, rank: rank)
    guard axes.count == 2 else {
      throw MIGraphXError(.invalidArgument, "2 axes are needed, found \(axes)")
    }
    return (axes[0], axes[1])
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let (first, second) = try pair(rank: inputs[0].rank)
    var (lens, strides) = (inputs[0].lens, inputs[0].strides)
    guard lens[first] == lens[second] else {
      throw MIGraphXError(
        .invalidShape,
        "the sizes of axes \(first) and \(second) must be equal, found (\(inputs[0].shape))")
    }
    strides[first] += strides[second]
    lens.remove(at: second)
    strides.remove(at: second)
    return [try inputs[0].view(lens: lens, strides: strides)]
  }
}
