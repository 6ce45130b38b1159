import IR
import Support
import Tensors

/// What the weights of a row's leaves become for each target.
public enum TreeAggregation: String, Hashable, Codable, Sendable {
  case average = "AVERAGE"
  case sum = "SUM"
  case minimum = "MIN"
  case maximum = "MAX"
}

/// Gives for each row numbers that decision trees predict.
///
/// `[N, F]`, rows of features, gives `[N, T]`, a number for each target.
public struct TreeEnsemble: TensorOperator {
  public static let name = "tree_ensemble"
  /// The trees.
  public var trees = DecisionTrees()
  /// The number of targets.
  public var targetCount = 1
  /// How the weights of leaves are put together.
  public var aggregation = TreeAggregation.sum
  /// For each target a number that is added; none if empty.
  public var baseValues: [Double] = []
  /// What becomes of the numbers of a row, if it has several.
  public var transform = ScoreTransform.none
  /// The type of the result.
  public var resultType = ElementType.float

  enum CodingKeys: String, CodingKey {
    case trees
    case targetCount = "n_targets"
    case aggregation = "aggregate_function"
    case baseValues = "base_values"
    case transform = "post_transform"
    case resultType = "target_type"
  }

  public init() {}

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try checkRows(inputs, trees, targetCount: targetCount)
    guard baseValues.isEmpty || baseValues.count == targetCount else {
      throw MIGraphXError(
        .invalidArgument,
        "'base_values' must have \(targetCount) elements or none, found \(baseValues.count)")
    }
    return [Shape(resultType, [inputs[0].dimensions[0], Dimension(targetCount)])]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    try checkFitsMemory(concreteShapes(inputs)[0])
    let (rowCount, width) = (inputs[0].lens[0], inputs[0].lens[1])
    let features = inputs[0].converted(to: Double.self)
    var result: [Double] = []
    for row in 0..<rowCount {
      let leaves = trees.roots.map {
        trees.leaf(from: $0, features[row * width..<(row + 1) * width])
      }
      // A target that no leaf has stays 0, whatever its base value.
      let sums = trees.scores(of: leaves, targetCount: targetCount, aggregation)
      let scores = sums.enumerated().map { index, score in
        score.map { baseValues.isEmpty ? $0 : $0 + baseValues[index] } ?? 0
      }
      // One number alone stays what it is, but for probit.
      result += targetCount > 1 || transform == .probit ? transform.apply(scores) : scores
    }
    let doubles = try Argument(result, lens: [rowCount, targetCount])
    return [try doubles.converted(toElementType: resultType)]
  }
}

/// Gives for each row the class that decision trees choose, and the score of each class.
///
/// `[N, F]`, rows of features, gives `[N]`, the number of each row's class, and `[N, C]`, its scores.
public struct TreeEnsembleClassifier: TensorOperator {
  public static let name = "tree_ensemble_classifier"
  /// The trees, whose targets are the classes.
  public var trees = DecisionTrees()
  /// The number of classes.
  public var classCount = 2
  /// For each class a number that is added to its score; none if empty.
  public var baseValues: [Double] = []
  /// What becomes of the scores of a row.
  public var transform = ScoreTransform.none

  enum CodingKeys: String, CodingKey {
    case trees
    case classCount = "n_classes"
    case baseValues = "base_values"
    case transform = "post_transform"
  }

  public init() {}

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    guard classCount >= 1 else {
      throw MIGraphXError(.invalidArgument, "1 class or more is needed, found \(classCount)")
    }
    try checkRows(inputs, trees, targetCount: classCount)
    guard
      baseValues.isEmpty || baseValues.count == classCount
        || classCount == 2 && baseValues.count == 1
    else {
      throw MIGraphXError(
        .invalidArgument,
        "'base_values' must have \(classCount) elements or none, found \(baseValues.count)")
    }
    let count = inputs[0].dimensions[0]
    return [Shape(.int64, [count]), Shape(.float, [count, Dimension(classCount)])]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    try checkFitsMemory(concreteShapes(inputs)[1])
    let (rowCount, width) = (inputs[0].lens[0], inputs[0].lens[1])
    let features = inputs[0].converted(to: Double.self)
    let isBinary = classCount == 2 && Set(trees.targets).count == 1
    let isPositive = trees.weights.allSatisfy { $0 >= 0 }
    var classes: [Int64] = []
    var result: [Float] = []
    for row in 0..<rowCount {
      let leaves = trees.roots.map {
        trees.leaf(from: $0, features[row * width..<(row + 1) * width])
      }
      let scores = trees.scores(of: leaves, targetCount: classCount, .sum)
      let (chosen, final) =
        classCount == 2
        ? binary(scores, isBinary: isBinary, isPositive: isPositive) : choice(scores)
      classes.append(Int64(chosen))
      result += final.map { Float($0) }
    }
    return [
      try Argument(classes, lens: [rowCount]),
      try Argument(result, lens: [rowCount, classCount]),
    ]
  }

  private func choice(_ scores: [Double?]) -> (Int, [Double]) {
    var sums = scores
    for (index, base) in baseValues.enumerated() { sums[index] = (sums[index] ?? 0) + base }
    var best: Int?
    for (index, score) in sums.enumerated() {
      if let score, best.flatMap({ sums[$0] }).map({ score > $0 }) ?? true { best = index }
    }
    return (best ?? 0, transform.apply(sums.map { $0 ?? 0 }))
  }

  /// Two classes may share one score, which is then that of the second.
  private func binary(
    _ scores: [Double?], isBinary: Bool, isPositive: Bool
  ) -> (Int, [Double]) {
    var (first, second) = (scores[0], scores[1])
    if let base = baseValues.first, second == nil || baseValues.count == 1 {
      first = first.map { $0 + base }
    } else if baseValues.count == 2 {
      // What ONNX Runtime makes of two base values: the first class has the opposite of the second's.
      second = baseValues[1] + (first ?? 0)
      first = first.flatMap { _ in second.map { -$0 } }
    }
    let weight = second ?? first ?? 0
    let chosen = isBinary && isPositive ? weight > 0.5 : weight > 0
    if second != nil || baseValues.count == 2 {
      return (chosen ? 1 : 0, transform.apply([first ?? 0, second ?? 0]))
    }
    let form: BinaryScores = isBinary && isPositive ? .complementary : .opposite
    return (chosen ? 1 : 0, form.expanded(weight, transform))
  }
}

extension DecisionTrees {
  /// The weights of leaves put together for each target; nil for targets that none of them has.
  fileprivate func scores(
    of leaves: [Int], targetCount: Int, _ aggregation: TreeAggregation
  ) -> [Double?] {
    var scores = [Double?](repeating: nil, count: targetCount)
    for leaf in leaves {
      for index in leafStarts[leaf]..<leafStarts[leaf + 1] {
        let (target, weight) = (targets[index], weights[index])
        guard let score = scores[target] else {
          scores[target] = weight
          continue
        }
        switch aggregation {
        case .sum, .average: scores[target] = score + weight
        case .minimum: scores[target] = min(score, weight)
        case .maximum: scores[target] = max(score, weight)
        }
      }
    }
    if aggregation == .average { return scores.map { $0.map { $0 / Double(roots.count) } } }
    return scores
  }
}

/// Checks trees, and that there is one input of rows with the features that they look at.
private func checkRows(
  _ inputs: [Shape], _ trees: DecisionTrees, targetCount: Int
) throws(MIGraphXError) {
  try check(inputs, count: 1)
  try check(inputs[0], 0, is: .numeric)
  try check(inputs[0], 0, rank: 2...2)
  guard targetCount >= 1, targetCount < 1 << 31 else {
    throw MIGraphXError(.invalidArgument, "1 target or more is needed, found \(targetCount)")
  }
  try trees.validate(targetCount: targetCount)
  if (inputs[0].dimensions[1] + 1).isKnown(lessOrEqual: Dimension(trees.featureCount)) {
    throw MIGraphXError(
      .invalidShape,
      "the trees look at \(trees.featureCount) features; rows have \(inputs[0].dimensions[1])")
  }
}
