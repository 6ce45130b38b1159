import Glibc

/// What becomes of the scores that a model gives for one row.
public enum ScoreTransform: String, Hashable, Codable, Sendable {
  case none = "NONE"
  case softmax = "SOFTMAX"
  case logistic = "LOGISTIC"
  /// Softmax over the scores that are not 0, which stay so.
  case softmaxZero = "SOFTMAX_ZERO"
  /// The inverse of the normal distribution.
  case probit = "PROBIT"

  /// The scores of a row, transformed.
  func apply(_ scores: [Double]) -> [Double] {
    switch self {
    case .none: return scores
    case .logistic: return scores.map(logisticFunction)
    case .probit: return scores.map(inverseNormal)
    case .softmax:
      let largest = scores.max() ?? 0
      return normalized(scores.map { exp($0 - largest) })
    case .softmaxZero:
      let largest = scores.max() ?? 0
      return normalized(scores.map { abs($0) > 1e-7 ? exp($0 - largest) : 0 })
    }
  }

  private func normalized(_ scores: [Double]) -> [Double] {
    let sum = scores.reduce(0, +)
    return sum == 0 ? scores : scores.map { $0 / sum }
  }
}

/// How the one score of a choice between two classes becomes two.
enum BinaryScores {
  /// The score is a probability: its complement is that of the other class.
  case complementary
  /// The score is signed: its negative is that of the other class.
  case opposite

  /// The scores of both classes, transformed.
  func expanded(_ score: Double, _ transform: ScoreTransform) -> [Double] {
    switch (self, transform) {
    case (_, .probit): [inverseNormal(score), 0]
    case (_, .logistic): [logisticFunction(-score), logisticFunction(score)]
    case (.complementary, _): [1 - score, score]
    case (.opposite, _): [-score, score]
    }
  }
}

func logisticFunction(_ x: Double) -> Double {
  let value = 1 / (1 + exp(-abs(x)))
  return x < 0 ? 1 - value : value
}

/// The number that a normally distributed one is below with probability `p`.
func inverseNormal(_ p: Double) -> Double {
  // The series of the inverse error function that ONNX Runtime uses.
  let x = 2 * p - 1
  let logarithm = log((1 - x) * (1 + x))
  let first = 2 / (Double.pi * 0.147) + 0.5 * logarithm
  let second = logarithm / 0.147
  let inverse = sqrt(-first + sqrt(first * first - second))
  return 2.0.squareRoot() * (x < 0 ? -inverse : inverse)
}
