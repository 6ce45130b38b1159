import IR
import Support
import Tensors

/// An operator that finds where along an axis the largest or smallest element is, as `int64`.
///
/// `[N, C, W]` along axis 1 gives `[N, 1, W]`. NaN counts as the extreme.
public protocol ArgExtremeOperator: TensorOperator {
  /// Whether the largest element is sought, in contrast to the smallest.
  static var seeksMaximum: Bool { get }
  /// The axis along which to search. A negative one counts from the end.
  var axis: Int { get }
  /// Whether the last of equal elements counts rather than the first.
  var selectLastIndex: Bool { get }
}

extension ArgExtremeOperator {
  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    try check(inputs[0], 0, is: .any)
    let axis = try normalized(axis: axis, rank: inputs[0].rank)
    return [reducedShape(inputs[0], [axis], .int64)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    try check(inputs.map(\.shape), count: 1)
    try check(inputs[0].shape, 0, is: .any)
    let axis = try normalized(axis: axis, rank: inputs[0].rank)
    switch inputs[0].elementType {
    case let type where type.isFloatingPoint: return [try find(inputs[0], axis, Double.self)]
    case .uint64: return [try find(inputs[0], axis, UInt64.self)]
    default: return [try find(inputs[0], axis, Int64.self)]
    }
  }

  private func find<Domain: ScalarDomain & Comparable>(
    _ input: Argument, _ axis: Int, _ domain: Domain.Type
  ) throws(MIGraphXError) -> Argument {
    let rows = try Rows<Domain>(input, along: [axis])
    guard rows.length > 0 || rows.count == 0 else {
      throw MIGraphXError(
        .invalidArgument, "axis \(axis) has no elements to search, (\(input.shape))")
    }
    let (seeksMaximum, last) = (Self.seeksMaximum, selectLastIndex)
    return try rows.fold(
      to: .int64, lens: reducedLens(input.lens, [axis]),
      from: Candidate(value: Domain.make(0), index: 0, position: 0)
    ) { best, value in
      let isBetter = seeksMaximum ? value > best.value : value < best.value
      let (isNaN, bestIsNaN) = (value != value, best.value != best.value)
      let isEqual = value == best.value || isNaN && bestIsNaN
      if best.position == 0 || !bestIsNaN && (isBetter || isNaN) || last && isEqual {
        (best.value, best.index) = (value, best.position)
      }
      best.position += 1
    } finish: {
      $0.index
    }
  }
}

/// The best element so far, where it is, and where the next one is.
private struct Candidate<Domain: ScalarDomain>: Sendable {
  var value: Domain
  var index: Int64
  var position: Int64
}

/// The index of the largest element along an axis, as `int64`; the axis keeps size 1.
///
/// Evaluation throws `invalidArgument` when the axis has no elements.
public struct ArgMax: ArgExtremeOperator {
  public static let name = "argmax"
  public static let seeksMaximum = true
  public var axis = 0
  public var selectLastIndex = false

  private enum CodingKeys: String, CodingKey {
    case axis
    case selectLastIndex = "select_last_index"
  }

  public init() {}

  /// Makes the operator.
  public init(axis: Int, selectLastIndex: Bool = false) {
    self.axis = axis
    self.selectLastIndex = selectLastIndex
  }
}

/// The index of the smallest element along an axis, as `int64`; the axis keeps size 1.
///
/// Evaluation throws `invalidArgument` when the axis has no elements.
public struct ArgMin: ArgExtremeOperator {
  public static let name = "argmin"
  public static let seeksMaximum = false
  public var axis = 0
  public var selectLastIndex = false

  private enum CodingKeys: String, CodingKey {
    case axis
    case selectLastIndex = "select_last_index"
  }

  public init() {}

  /// Makes the operator.
  public init(axis: Int, selectLastIndex: Bool = false) {
    self.axis = axis
    self.selectLastIndex = selectLastIndex
  }
}
