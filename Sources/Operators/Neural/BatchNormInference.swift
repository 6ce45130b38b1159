import IR
import Support
import Tensors

/// Normalises each channel with a given mean and variance, then scales and shifts it.
///
/// Inputs are `x` of shape `[N, C, ..]`, and scale, bias, mean and variance of shape `[C]`, of any
/// floating-point types. The result is `(x - mean) / sqrt(variance + epsilon) * scale + bias`, of the
/// type of `x`. An `x` of rank 1 has one channel.
public struct BatchNormInference: TensorOperator {
  public static let name = "batch_norm_inference"
  /// Is added to the variance.
  public var epsilon: Float = 1e-5
  /// The weight of old statistics in training; inference has no use for it.
  public var momentum: Float = 0.9
  /// 1 for statistics of each channel. 0, statistics of each element, is not supported.
  public var bnMode: Int = 1

  private enum CodingKeys: String, CodingKey {
    case epsilon, momentum
    case bnMode = "bn_mode"
  }

  public init() {}

  /// Makes the operator.
  public init(epsilon: Float, momentum: Float = 0.9, bnMode: Int = 1) {
    self.epsilon = epsilon
    self.momentum = momentum
    self.bnMode = bnMode
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 5)
    guard bnMode == 1 else {
      throw MIGraphXError(
        bnMode == 0 ? .unsupported : .invalidArgument,
        "bn_mode \(bnMode); 1, statistics of each channel, is needed")
    }
    try check(inputs[0], 0, is: .floating)
    try check(inputs[0], 0, rank: 1...Shape.maximumRank)
    let channels = inputs[0].rank == 1 ? 1 : inputs[0].dimensions[1]
    for (index, shape) in inputs.enumerated().dropFirst() {
      try check(shape, index, is: .floating)
      try check(shape, index, rank: 1...1)
      try context.require(
        shape.dimensions[0], equals: channels, "the size of input \(index) and the channels")
    }
    return [inputs[0].standard]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let work = Work(epsilon: Double(epsilon), inputs: inputs)
    return [
      inputs[0].elementType == .double ? try work.run(Double.self) : try work.run(Float.self)
    ]
  }

  private struct Work {
    let epsilon: Double
    let inputs: [Argument]

    func run<Value: Factor>(_ type: Value.Type) throws(MIGraphXError) -> Argument
    where Value.Sum == Double {
      let lens = inputs[0].lens
      let x = inputs[0].converted(to: type)
      let parameters = inputs.dropFirst().map { $0.converted(to: Double.self) }
      let (scales, biases) = (parameters[0], parameters[1])
      let (means, variances) = (parameters[2], parameters[3])
      let channels = scales.count
      let length = lens.count == 1 ? lens[0] : lens.dropFirst(2).reduce(1, *)
      let rows = SumRows<Double>(lens.count == 1 ? 1 : lens[0] * channels, of: length) {
        row, output in
        let channel = row % channels
        let deviation = (variances[channel] + epsilon).squareRoot()
        let (scale, bias, mean) = (scales[channel], biases[channel], means[channel])
        for index in 0..<length {
          output[index] = (x[row * length + index].widened - mean) / deviation * scale + bias
        }
      }
      return try Double.tensor(rows, inputs[0].elementType, lens: lens)
    }
  }
}
