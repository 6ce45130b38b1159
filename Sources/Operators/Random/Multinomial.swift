import IR
import Support
import Tensors

/// Draws outcomes whose weights were summed up.
///
/// Inputs are `[N, C]`, the sum of the weights of each outcome and those before it, and `[N, S]`, numbers from 0 on and
/// below 1; the result `[N, S]` has the numbers of outcomes.
public struct Multinomial: TensorOperator {
  public static let name = "multinomial"
  /// The type of the result, `int32_type` or `int64_type`.
  public var dtype = ElementType.int32

  public init() {}

  /// Makes the operator.
  public init(dtype: ElementType) { self.dtype = dtype }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2)
    for (index, shape) in inputs.enumerated() {
      try check(shape, index, is: .floating)
      try check(shape, index, rank: 2...2)
    }
    guard dtype == .int32 || dtype == .int64 else {
      throw MIGraphXError(
        .invalidArgument, "dtype must be int32_type or int64_type, found \(dtype.rawValue)")
    }
    let count = try context.require(
      inputs[0].dimensions[0], equals: inputs[1].dimensions[0], "inputs 0 and 1 at axis 0")
    return [Shape(dtype, [count, inputs[1].dimensions[1]])]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let lens = try concreteShapes(inputs)[0].lens ?? []
    let (sums, numbers) = (
      inputs[0].converted(to: Double.self), inputs[1].converted(to: Double.self)
    )
    let classes = inputs[0].lens[1]
    guard classes > 0 || numbers.isEmpty else {
      throw MIGraphXError(.invalidShape, "there is no outcome to draw, (\(inputs[0].shape))")
    }
    let rows = SumRows<Int64>(lens[0], of: lens[1]) { row, output in
      let weights = sums[row * classes..<(row + 1) * classes]
      for index in 0..<lens[1] {
        let target = numbers[row * lens[1] + index] * (weights.last ?? 0)
        let drawn = weights.firstIndex { $0 > target } ?? weights.endIndex - 1
        output[index] = Int64(drawn - weights.startIndex)
      }
    }
    return [try Int64.tensor(rows, dtype, lens: lens)]
  }
}
