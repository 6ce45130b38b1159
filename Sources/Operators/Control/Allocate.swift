import IR
import Support
import Tensors

/// Memory for one tensor, filled with zeros. Every run gets memory of its own.
public struct Allocate: TensorOperator {
  public static let name = "allocate"
  /// The type of the elements.
  public var type = ElementType.float
  /// The size of each axis.
  public var dims: [Int] = []

  public init() {}

  /// Makes the operator for a standard tensor of the sizes of `shape`, which are fixed.
  public init(_ shape: Shape) {
    type = shape.elementType
    dims = shape.lens ?? []
  }

  public var isPure: Bool { false }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 0)
    return [Shape(type, lens: dims)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    [try Argument(zeros: Shape(type, lens: dims))]
  }
}
