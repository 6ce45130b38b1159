import IR
import Support
import Tensors

/// Gives its input in row-major order without gaps: a copy, unless it lies so already.
public struct Contiguous: MovementOperator {
  public static let name = "contiguous"
  public init() {}

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    return [inputs[0].standard]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] { [try inputs[0].contiguous()] }
}
