import IR
import Support
import Tensors

/// An operator that puts each element of the updates where an index along an axis says.
///
/// `[A, B]` data, and indices and updates of `[I, J]` along axis 1 give `[A, B]`, with the update at `[i, j]` joined to
/// the element at `[i, indices[i, j]]`; I is at most A. Negative indices count from the end.
public protocol ScatterOperator: TensorOperator {
  /// What becomes of the element that stands there.
  static var combination: ScatterCombination { get }
  /// The axis of the data that the indices name positions of; a negative one counts from the end.
  var axis: Int { get }
  /// Whether updates with indices out of range are left out, in contrast to an error.
  var skipOutOfBounds: Bool { get }
}

extension ScatterOperator {
  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 3)
    let (data, indices, updates) = (inputs[0], inputs[1], inputs[2])
    if Self.combination != .replace { try check(data, 0, is: .any) }
    try checkUpdates(data, updates)
    try checkIndices(indices, 1)
    try checkIndexSizes(data, indices, axis: axis)
    _ = try commonDimensions([indices, updates], in: &context)
    return [Shape(data.elementType, data.dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let (data, indices) = (inputs[0], inputs[1])
    let axis = try normalized(axis: axis, rank: data.rank)
    var places = try elementPlaces(data, indices, axis: axis, skipsOutside: skipOutOfBounds)
    var updates = inputs[2]
    if places.contains(-1) {
      let kept = places.indices.filter { places[$0] >= 0 }
      let flat = try updates.contiguous().reshaped([updates.elementCount])
      updates = try Gather(axis: 0).evaluate(
        [flat, Argument(kept.map { Int64($0) }, lens: [kept.count])], in: context)[0]
      places = kept.map { places[$0] }
    }
    return [
      try Scattering(
        data: data, updates: updates, combination: Self.combination, length: 1, places: places
      ).run()
    ]
  }
}

/// Checks that updates can join the elements of `data`.
func checkUpdates(_ data: Shape, _ updates: Shape) throws(MIGraphXError) {
  guard updates.elementType == data.elementType else {
    throw MIGraphXError(
      .invalidShape,
      "data and updates must have one element type, found (\(data)) and (\(updates))")
  }
}

/// Replaces elements where indices along an axis say. See ``ScatterOperator``.
public struct ScatterNone: ScatterOperator {
  public static let name = "scatter_none"
  public static let combination = ScatterCombination.replace
  public var axis = 0
  public var skipOutOfBounds = false

  private enum CodingKeys: String, CodingKey {
    case axis
    case skipOutOfBounds = "skip_out_of_bounds"
  }

  public init() {}

  /// Makes the operator.
  public init(axis: Int) { self.axis = axis }
}

/// Adds updates where indices along an axis say. See ``ScatterOperator``.
public struct ScatterAdd: ScatterOperator {
  public static let name = "scatter_add"
  public static let combination = ScatterCombination.add
  public var axis = 0
  public var skipOutOfBounds = false

  private enum CodingKeys: String, CodingKey {
    case axis
    case skipOutOfBounds = "skip_out_of_bounds"
  }

  public init() {}

  /// Makes the operator.
  public init(axis: Int) { self.axis = axis }
}

/// Multiplies by updates where indices along an axis say. See ``ScatterOperator``.
public struct ScatterMul: ScatterOperator {
  public static let name = "scatter_mul"
  public static let combination = ScatterCombination.multiply
  public var axis = 0
  public var skipOutOfBounds = false

  private enum CodingKeys: String, CodingKey {
    case axis
    case skipOutOfBounds = "skip_out_of_bounds"
  }

  public init() {}

  /// Makes the operator.
  public init(axis: Int) { self.axis = axis }
}

/// Keeps the smaller of element and update where indices along an axis say. See ``ScatterOperator``.
public struct ScatterMin: ScatterOperator {
  public static let name = "scatter_min"
  public static let combination = ScatterCombination.minimum
  public var axis = 0
  public var skipOutOfBounds = false

  private enum CodingKeys: String, CodingKey {
    case axis
    case skipOutOfBounds = "skip_out_of_bounds"
  }

  public init() {}

  /// Makes the operator.
  public init(axis: Int) { self.axis = axis }
}

/// Keeps the larger of element and update where indices along an axis say. See ``ScatterOperator``.
public struct ScatterMax: ScatterOperator {
  public static let name = "scatter_max"
  public static let combination = ScatterCombination.maximum
  public var axis = 0
  public var skipOutOfBounds = false

  private enum CodingKeys: String, CodingKey {
    case axis
    case skipOutOfBounds = "skip_out_of_bounds"
  }

  public init() {}

  /// Makes the operator.
  public init(axis: Int) { self.axis = axis }
}
