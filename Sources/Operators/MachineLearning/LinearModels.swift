import IR
import Support
import Tensors

/// Transforms the scores of each row: `[N, C]` gives `[N, C]` floats. A score that is alone stays, but for probit.
public struct TransformScores: TensorOperator {
  public static let name = "transform_scores"
  /// What becomes of the scores.
  public var transform = ScoreTransform.none

  enum CodingKeys: String, CodingKey { case transform = "post_transform" }

  public init() {}

  /// Makes the operator.
  public init(_ transform: ScoreTransform) { self.transform = transform }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    try check(inputs[0], 0, is: .floating)
    try check(inputs[0], 0, rank: 2...2)
    return [Shape(.float, inputs[0].dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let lens = try numbers(concreteShapes(inputs)[0].dimensions)
    let scores = inputs[0].converted(to: Double.self)
    guard lens[1] > 1 || transform == .probit else {
      return [try inputs[0].converted(toElementType: .float)]
    }
    var result: [Float] = []
    for row in 0..<lens[0] {
      result += transform.apply(Array(scores[row * lens[1]..<(row + 1) * lens[1]])).map {
        Float($0)
      }
    }
    return [try Argument(result, lens: lens)]
  }
}

/// Chooses a class for each row by its scores.
///
/// `[N, C]`, scores, gives `[N]`, the number of the class with the largest one, and `[N, C]`, the scores transformed. One
/// score is that of the second of two classes, which a positive one chooses; both have a score in the result.
public struct ChooseClass: TensorOperator {
  public static let name = "choose_class"
  /// What becomes of the scores.
  public var transform = ScoreTransform.none

  enum CodingKeys: String, CodingKey { case transform = "post_transform" }

  public init() {}

  /// Makes the operator.
  public init(_ transform: ScoreTransform) { self.transform = transform }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    try check(inputs[0], 0, is: .floating)
    try check(inputs[0], 0, rank: 2...2)
    guard let count = inputs[0].dimensions[1].constant, count > 0 else {
      throw MIGraphXError(
        .invalidShape, "axis 1 must have a known size, 1 or more, found (\(inputs[0]))")
    }
    let rows = inputs[0].dimensions[0]
    return [Shape(.int64, [rows]), Shape(.float, [rows, Dimension(max(count, 2))])]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let lens = try numbers(concreteShapes(inputs)[1].dimensions)
    let count = inputs[0].lens[1]
    let scores = inputs[0].converted(to: Double.self)
    var classes: [Int64] = []
    var result: [Float] = []
    for row in 0..<lens[0] {
      let scores = Array(scores[row * count..<(row + 1) * count])
      if count == 1 {
        classes.append(scores[0] > 0 ? 1 : 0)
        result += binary(scores[0]).map { Float($0) }
      } else {
        classes.append(Int64(scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }))
        result += transform.apply(scores).map { Float($0) }
      }
    }
    return [try Argument(classes, lens: [lens[0]]), try Argument(result, lens: lens)]
  }

  private func binary(_ score: Double) -> [Double] {
    switch transform {
    case .logistic: [logisticFunction(-score), logisticFunction(score)]
    case .probit: [inverseNormal(score), inverseNormal(1 - score)]
    case .none, .softmax, .softmaxZero: [1 - score, score]
    }
  }
}
