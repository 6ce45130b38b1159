import IR
import Support
import Tensors

/// Reverses the first elements along one axis, of each batch as many as its length says.
///
/// `[T, B, C]` and integer lengths `[B]` give `[T, B, C]`, with time axis 0 and batch axis 1.
public struct ReverseSequence: TensorOperator {
  public static let name = "reverse_sequence"
  /// The axis along which to reverse: 0 or 1.
  public var timeAxis: Int = 0
  /// The axis of the batches: the other one.
  public var batchAxis: Int = 1

  private enum CodingKeys: String, CodingKey {
    case timeAxis = "time_axis"
    case batchAxis = "batch_axis"
  }

  public init() {}

  /// Makes the operator.
  public init(timeAxis: Int, batchAxis: Int) {
    self.timeAxis = timeAxis
    self.batchAxis = batchAxis
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2)
    try check(inputs[0], 0, rank: 2...Shape.maximumRank)
    guard [0, 1].contains(timeAxis), batchAxis == 1 - timeAxis else {
      throw MIGraphXError(
        .invalidArgument,
        "time_axis and batch_axis must be 0 and 1 or 1 and 0, found \(timeAxis) and \(batchAxis)")
    }
    try checkIndices(inputs[1], 1)
    try check(inputs[1], 1, rank: 1...1)
    try context.require(
      inputs[1].dimensions[0], equals: inputs[0].dimensions[batchAxis],
      "the lengths and the batches")
    return [Shape(inputs[0].elementType, inputs[0].dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let (input, lengths) = (inputs[0], inputs[1].integers)
    let (time, width) = (input.lens[timeAxis], input.lens[1])
    for length in lengths where length < 0 || length > time {
      throw MIGraphXError(.invalidArgument, "a length must be 0 to \(time), found \(length)")
    }
    let inner = input.lens[2...].reduce(1, *)
    let isTimeFirst = timeAxis == 0
    let piece = Piece(
      source: input, runs: input.lens[0] * width, length: inner,
      from: { run in
        let (first, second) = (run / width, run % width)
        let (step, length) = isTimeFirst ? (first, lengths[second]) : (second, lengths[first])
        let source = step < length ? length - 1 - step : step
        return (isTimeFirst ? source * width + second : first * width + source) * inner
      }, to: { $0 * inner })
    return [try assemble(input.elementType, lens: input.lens, from: [piece])]
  }
}
