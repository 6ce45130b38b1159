import Glibc
import IR
import Support
import Tensors

/// How alike two rows are.
public struct SupportKernel: Hashable, Codable, Sendable {
  /// The forms of kernels.
  public enum Kind: String, Codable, Sendable {
    case linear = "LINEAR"
    case polynomial = "POLY"
    case radial = "RBF"
    case sigmoid = "SIGMOID"
  }

  /// The form.
  public var kind = Kind.linear
  /// The parameters of forms that have them.
  public var gamma = 0.0
  public var constant = 0.0
  public var degree = 0.0

  /// Makes the linear kernel.
  public init() {}

  func callAsFunction(_ x: ArraySlice<Double>, _ y: ArraySlice<Double>) -> Double {
    switch kind {
    case .linear: dot(x, y)
    case .polynomial: pow(gamma * dot(x, y) + constant, degree)
    case .sigmoid: tanh(gamma * dot(x, y) + constant)
    case .radial: exp(-gamma * zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
    }
  }

  private func dot(_ x: ArraySlice<Double>, _ y: ArraySlice<Double>) -> Double {
    zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

/// Gives a number for each row by its likeness to support vectors.
///
/// `[N, F]` gives `[N, 1]`.
public struct SVMRegressor: TensorOperator {
  public static let name = "svm_regressor"
  /// How alike rows and vectors are.
  public var kernel = SupportKernel()
  /// The vectors, one after the other.
  public var vectors: [Double] = []
  /// For each vector its weight.
  public var coefficients: [Double] = []
  /// What is added.
  public var rho = 0.0
  /// Whether the result is 1 for positive numbers and -1 for others.
  public var oneClass = false

  enum CodingKeys: String, CodingKey {
    case kernel
    case vectors = "support_vectors"
    case coefficients, rho
    case oneClass = "one_class"
  }

  public init() {}

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try checkFeatures(inputs, vectors: vectors.count, count: coefficients.count)
    return [Shape(.float, [inputs[0].dimensions[0], 1])]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let (rows, width) = (inputs[0].lens[0], inputs[0].lens[1])
    let x = inputs[0].converted(to: Double.self)
    let result = (0..<rows).map { row in
      let features = x[row * width..<(row + 1) * width]
      let sum = coefficients.indices.reduce(rho) { sum, index in
        sum + coefficients[index]
          * kernel(features, vectors[index * width..<(index + 1) * width])
      }
      return oneClass ? (sum > 0 ? 1 : -1) : Float(sum)
    }
    return [try Argument(result, lens: [rows, 1])]
  }
}

/// Chooses a class for each row by its likeness to the support vectors of each pair of classes.
///
/// `[N, F]` gives `[N]`, the numbers of classes, and scores: `[N, C]` if they are probabilities or there are two classes,
/// else one for each pair of classes.
public struct SVMClassifier: TensorOperator {
  public static let name = "svm_classifier"
  /// How alike rows and vectors are.
  public var kernel = SupportKernel()
  /// The vectors, one after the other, those of each class together.
  public var vectors: [Double] = []
  /// The number of vectors of each class.
  public var counts: [Int] = []
  /// Rows of weights of all vectors, one row fewer than there are classes.
  public var coefficients: [Double] = []
  /// For each pair of classes what is added, and the factor and the summand of its probability if there are any.
  public var rho: [Double] = []
  public var factors: [Double] = []
  public var summands: [Double] = []
  /// What becomes of the scores.
  public var transform = ScoreTransform.none

  enum CodingKeys: String, CodingKey {
    case kernel
    case vectors = "support_vectors"
    case counts = "vectors_per_class"
    case coefficients, rho
    case factors = "prob_a"
    case summands = "prob_b"
    case transform = "post_transform"
  }

  public init() {}

  private var classCount: Int { counts.count }
  private var hasProbabilities: Bool { !factors.isEmpty }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    guard classCount >= 2, classCount <= 1 << 12, counts.allSatisfy({ $0 >= 0 && $0 < 1 << 31 })
    else {
      throw MIGraphXError(
        .invalidArgument,
        "2 classes or more with numbers of vectors are needed, found \(counts.prefix(8))")
    }
    let total = counts.reduce(0, +)
    try checkFeatures(inputs, vectors: vectors.count, count: total)
    let pairs = classCount * (classCount - 1) / 2
    guard rho.count == pairs, factors.isEmpty || factors.count == pairs,
      summands.count == factors.count,
      coefficients.count == total.multipliedReportingOverflow(by: classCount - 1).partialValue
    else {
      throw MIGraphXError(
        .invalidArgument,
        "\(classCount) classes with \(total) vectors have \(rho.count) rho, \(factors.count) prob_a, "
          + "\(summands.count) prob_b and \(coefficients.count) coefficients")
    }
    let rows = inputs[0].dimensions[0]
    let width = hasProbabilities || classCount == 2 ? classCount : pairs
    return [Shape(.int64, [rows]), Shape(.float, [rows, Dimension(width)])]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let lens = try numbers(concreteShapes(inputs)[1].dimensions)
    let width = inputs[0].lens[1]
    let x = inputs[0].converted(to: Double.self)
    let total = counts.reduce(0, +)
    var classes: [Int64] = []
    var result: [Float] = []
    for row in 0..<lens[0] {
      let features = x[row * width..<(row + 1) * width]
      let likeness = (0..<total).map {
        kernel(features, vectors[$0 * width..<($0 + 1) * width])
      }
      let (scores, votes) = compare(likeness)
      // The votes decide, also where there are probabilities.
      classes.append(Int64(votes.indices.reduce(0) { votes[$1] > votes[$0] ? $1 : $0 }))
      if hasProbabilities {
        result += transform.apply(probabilities(scores)).map { Float($0) }
      } else if classCount == 2 {
        result += binary(scores[0]).map { Float($0) }
      } else {
        result += transform.apply(scores).map { Float($0) }
      }
    }
    return [try Argument(classes, lens: [lens[0]]), try Argument(result, lens: lens)]
  }

  private func binary(_ score: Double) -> [Double] {
    switch transform {
    case .none: [-score, score]
    case .probit: [inverseNormal(score), 0]
    case .logistic: [logisticFunction(-score), logisticFunction(score)]
    case .softmax, .softmaxZero: [1 - score, score]
    }
  }

  /// The score of each pair of classes, and how many pairs each class wins.
  private func compare(_ likeness: [Double]) -> (scores: [Double], votes: [Int]) {
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    let total = likeness.count
    var scores: [Double] = []
    var votes = [Int](repeating: 0, count: classCount)
    for first in 0..<classCount {
      for second in first + 1..<classCount {
        var sum = rho[scores.count]
        for index in starts[first]..<starts[first + 1] {
          sum += coefficients[(second - 1) * total + index] * likeness[index]
        }
        for index in starts[second]..<starts[second + 1] {
          sum += coefficients[first * total + index] * likeness[index]
        }
        scores.append(sum)
        votes[sum > 0 ? first : second] += 1
      }
    }
    return (scores, votes)
  }

  /// The probabilities of classes that fit those of all pairs best.
  private func probabilities(_ scores: [Double]) -> [Double] {
    let count = classCount
    var pairs = [[Double]](repeating: Array(repeating: 0, count: count), count: count)
    var index = 0
    for first in 0..<count {
      for second in first + 1..<count {
        let p = logisticFunction(-(scores[index] * factors[index] + summands[index]))
        pairs[first][second] = min(max(p, 1e-7), 1 - 1e-7)
        pairs[second][first] = 1 - pairs[first][second]
        index += 1
      }
    }
    var q = pairs
    for first in 0..<count {
      q[first][first] = 0
      for second in 0..<count where second != first {
        q[first][first] += pairs[second][first] * pairs[second][first]
        q[first][second] = -pairs[second][first] * pairs[first][second]
      }
    }
    var p = [Double](repeating: 1 / Double(count), count: count)
    for _ in 0..<max(100, count) {
      var products = q.map { row in zip(row, p).reduce(0) { $0 + $1.0 * $1.1 } }
      var sum = zip(p, products).reduce(0) { $0 + $1.0 * $1.1 }
      if products.allSatisfy({ abs($0 - sum) < 0.005 / Double(count) }) { break }
      for first in 0..<count {
        let step = (sum - products[first]) / q[first][first]
        p[first] += step
        sum =
          (sum + step * (step * q[first][first] + 2 * products[first])) / (1 + step) / (1 + step)
        for second in 0..<count {
          products[second] = (products[second] + step * q[first][second]) / (1 + step)
          p[second] /= 1 + step
        }
      }
    }
    return p
  }
}

/// Checks that there is one input of rows, as wide as `count` vectors of `vectors` numbers.
private func checkFeatures(
  _ inputs: [Shape], vectors: Int, count: Int
) throws(MIGraphXError) {
  try check(inputs, count: 1)
  try check(inputs[0], 0, is: .numeric)
  try check(inputs[0], 0, rank: 2...2)
  guard count > 0, vectors % count == 0 else {
    throw MIGraphXError(
      .invalidArgument, "\(vectors) numbers can't be \(count) support vectors of one length")
  }
  if inputs[0].dimensions[1].isKnown(notEqual: Dimension(vectors / count)) {
    throw MIGraphXError(
      .invalidShape,
      "rows must have \(vectors / count) features like the support vectors, found (\(inputs[0]))")
  }
}
