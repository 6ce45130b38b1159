import IR
import Support
import Tensors

/// A new seed in each run, from the system's source of random numbers: one integer, `[1]`.
public struct RandomSeed: TensorOperator {
  public static let name = "random_seed"
  /// The type of the seed, which is an integer.
  public var dtype = ElementType.uint64

  public init() {}

  public var isPure: Bool { false }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 0)
    guard dtype.isInteger else {
      throw MIGraphXError(
        .invalidArgument, "dtype \(dtype.rawValue) must be an integer type")
    }
    return [Shape(dtype, [1])]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let number = Int64(bitPattern: UInt64.random(in: .min ... .max))
    return [try Argument([number], lens: [1]).converted(toElementType: dtype)]
  }
}
