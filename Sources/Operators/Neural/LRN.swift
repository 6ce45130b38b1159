import Glibc
import IR
import Support
import Tensors

/// Divides each element by a power of the squares around it in neighbouring channels.
///
/// `[N, C, ..]` gives the same sizes: `x / (bias + alpha / size * sum)^beta`, where `sum` adds the squares in the
/// `size` channels around the element's own, as far as they exist.
public struct LRN: TensorOperator {
  public static let name = "lrn"
  public var alpha: Float = 0.0001
  public var beta: Float = 0.75
  public var bias: Float = 1
  /// The number of channels that are summed.
  public var size: Int = 1

  public init() {}

  /// Makes the operator.
  public init(alpha: Float, beta: Float, bias: Float, size: Int) {
    self.alpha = alpha
    self.beta = beta
    self.bias = bias
    self.size = size
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    try check(inputs[0], 0, is: .floating)
    try check(inputs[0], 0, rank: 2...Shape.maximumRank)
    guard (1...WindowAxis.limit).contains(size) else {
      throw MIGraphXError(
        .invalidArgument, "size \(size) must be between 1 and \(WindowAxis.limit)")
    }
    return [inputs[0].standard]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let lens = inputs[0].lens
    let x = inputs[0].converted(to: Double.self)
    let channels = lens[1]
    let length = lens[2...].reduce(1, *)
    let (before, after) = ((size - 1) / 2, size / 2)
    let (factor, power, offset) = (Double(alpha) / Double(size), Double(beta), Double(bias))
    let rows = SumRows<Double>(lens[0] * channels, of: length) { row, output in
      let (image, channel) = row.quotientAndRemainder(dividingBy: channels)
      let window = max(0, channel - before)...min(channels - 1, channel + after)
      for index in 0..<length {
        var sum = 0.0
        for channel in window {
          let value = x[(image * channels + channel) * length + index]
          sum += value * value
        }
        output[index] = x[row * length + index] / pow(offset + factor * sum, power)
      }
    }
    return [try Double.tensor(rows, inputs[0].elementType, lens: lens)]
  }
}
