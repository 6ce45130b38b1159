import Glibc
import IR
import Support
import Tensors

/// An operator that maps each row along one axis to a row of the same length.
protocol RowOperator: TensorOperator {
  /// The axis of the rows. A negative one counts from the end.
  var axis: Int { get }
  /// The new row, computed in `Double` and rounded once; `row` has at least one element.
  static func map(_ row: [Double]) -> [Double]
}

extension RowOperator {
  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    try check(inputs[0], 0, is: .floating)
    _ = try normalized(axis: axis, rank: inputs[0].rank)
    return [inputs[0].standard]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    try check(inputs.map(\.shape), count: 1)
    try check(inputs[0].shape, 0, is: .floating)
    let axis = try normalized(axis: axis, rank: inputs[0].rank)
    return [try Rows<Double>(inputs[0], along: [axis]).map { Self.map($0) }]
  }
}

/// The greatest number of a row, without regard to NaN.
private func maximum(_ row: [Double]) -> Double {
  row.reduce(-Double.infinity) { $1 > $0 ? $1 : $0 }
}

/// Exponentials divided by their sum along an axis: positive numbers whose sum is 1.
///
/// A row with an infinite maximum, or with nothing but minus infinity, becomes NaN.
public struct Softmax: RowOperator {
  public static let name = "softmax"
  /// The axis along which the sum is 1. A negative one counts from the end.
  public var axis = 1

  public init() {}

  /// Makes the operator.
  public init(axis: Int) { self.axis = axis }

  static func map(_ row: [Double]) -> [Double] {
    let largest = maximum(row)
    let powers = row.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}

/// The logarithm of ``Softmax``, computed without loss for small results.
///
/// A row with an infinite maximum, or with nothing but minus infinity, becomes NaN.
public struct LogSoftmax: RowOperator {
  public static let name = "logsoftmax"
  /// The axis along which the exponentials' sum is 1. A negative one counts from the end.
  public var axis = 1

  public init() {}

  /// Makes the operator.
  public init(axis: Int) { self.axis = axis }

  static func map(_ row: [Double]) -> [Double] {
    let largest = maximum(row)
    let logarithm = log(row.reduce(0) { $0 + exp($1 - largest) })
    return row.map { $0 - largest - logarithm }
  }
}

/// 1 at the first of the largest numbers along an axis, 0 elsewhere.
public struct Hardmax: RowOperator {
  public static let name = "hardmax"
  /// The axis along which one element is 1. A negative one counts from the end.
  public var axis = -1

  public init() {}

  /// Makes the operator.
  public init(axis: Int) { self.axis = axis }

  static func map(_ row: [Double]) -> [Double] {
    let largest = maximum(row)
    let position = row.firstIndex(of: largest)
    return row.indices.map { $0 == position ? 1 : 0 }
  }
}
