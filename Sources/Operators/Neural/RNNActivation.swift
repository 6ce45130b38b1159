import Glibc
import Support

/// The order in which a recurrent network reads its sequence.
public enum RNNDirection: String, Hashable, Sendable, Codable, CaseIterable {
  case forward, reverse
  /// Both, each with weights of its own.
  case bidirectional

  /// The number of sets of weights.
  public var count: Int { self == .bidirectional ? 2 : 1 }
}

/// A function that recurrent networks apply to gates and states.
public struct RNNActivation: Sendable {
  private enum Function: String, CaseIterable {
    case sigmoid, tanh, relu, hardsigmoid, affine, leakyrelu, thresholdedrelu, scaledtanh, elu
    case softsign, softplus

    /// The values of alpha and beta if none are given; nil for those that the function doesn't have.
    var defaults: (alpha: Double?, beta: Double?) {
      switch self {
      case .hardsigmoid: (0.2, 0.5)
      case .affine: (1, 0)
      case .scaledtanh: (1, 1)
      case .leakyrelu: (0.01, nil)
      case .thresholdedrelu, .elu: (1, nil)
      default: (nil, nil)
      }
    }
  }

  private let function: Function
  private let alpha: Double
  private let beta: Double

  /// The functions called `names`, in any case of letters. Each that has an alpha or a beta takes the
  /// next value given, or its default when there are no more.
  ///
  /// - Throws: `invalidArgument` for unknown names.
  public static func make(
    _ names: [String], alphas: [Float], betas: [Float]
  ) throws(MIGraphXError) -> [RNNActivation] {
    var (alphas, betas) = (alphas[...], betas[...])
    var result: [RNNActivation] = []
    for name in names {
      guard let function = Function(rawValue: name.lowercased()) else {
        throw MIGraphXError(.invalidArgument, "activation '\(name)' is not known")
      }
      let (alpha, beta) = function.defaults
      result.append(
        RNNActivation(
          function: function,
          alpha: alpha.map { value in alphas.popFirst().map { Double($0) } ?? value } ?? 0,
          beta: beta.map { value in betas.popFirst().map { Double($0) } ?? value } ?? 0))
    }
    return result
  }

  /// The function's formula for kernels.
  public func formula(_ x: Scalar) -> Scalar {
    let (alpha, beta) = (Scalar.constant(alpha), Scalar.constant(beta))
    let isNegative = Scalar.binary(.less, x, 0)
    return switch function {
    case .sigmoid: 1 / (1 + .unary(.exp, -x))
    case .tanh: .unary(.tanh, x)
    case .relu: .select(isNegative, 0, x)
    case .hardsigmoid: .binary(.maximum, .binary(.minimum, alpha * x + beta, 1), 0)
    case .affine: alpha * x + beta
    case .leakyrelu: .select(isNegative, alpha * x, x)
    case .thresholdedrelu: .select(.binary(.greater, x, alpha), x, 0)
    case .scaledtanh: alpha * .unary(.tanh, beta * x)
    case .elu: .select(isNegative, alpha * (.unary(.exp, x) - 1), x)
    case .softsign: x / (1 + .unary(.absolute, x))
    case .softplus:
      .binary(.maximum, x, 0) + .unary(.log, 1 + .unary(.exp, -Scalar.unary(.absolute, x)))
    }
  }

  func callAsFunction(_ x: Double) -> Double {
    switch function {
    case .sigmoid: 1 / (1 + exp(-x))
    case .tanh: tanh(x)
    case .relu: x < 0 ? 0 : x
    case .hardsigmoid: max(0, min(1, alpha * x + beta))
    case .affine: alpha * x + beta
    case .leakyrelu: x < 0 ? alpha * x : x
    case .thresholdedrelu: x > alpha ? x : 0
    case .scaledtanh: alpha * tanh(beta * x)
    case .elu: x < 0 ? alpha * expm1(x) : x
    case .softsign: x / (1 + abs(x))
    case .softplus: max(x, 0) + log1p(exp(-abs(x)))
    }
  }
}
