import IR
import Support
import Tensors

/// Takes the parts of a tensor at given positions of an axis.
///
/// `[A, B, C]` and indices `[I, J]` along axis 1 give `[A, I, J, C]`. Negative indices count from the end.
public struct Gather: MovementOperator {
  public static let name = "gather"
  /// The axis of the data that the indices name positions of; a negative one counts from the end.
  public var axis: Int = 0

  public init() {}

  /// Makes the operator.
  public init(axis: Int) { self.axis = axis }

  public func isData(_ index: Int) -> Bool { index == 0 }

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2)
    try checkIndices(inputs[1], 1)
    let axis = try normalized(axis: axis, rank: inputs[0].rank)
    let sizes = inputs[0].dimensions
    return [
      Shape(inputs[0].elementType, sizes[..<axis] + inputs[1].dimensions + sizes[(axis + 1)...])
    ]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let (data, indices) = (inputs[0], inputs[1])
    let axis = try normalized(axis: axis, rank: data.rank)
    let lens = Array(data.lens[..<axis] + indices.lens + data.lens[(axis + 1)...])
    let shape = Shape(data.elementType, lens: lens)
    try shape.validate()
    let size = data.lens[axis]
    var positions: [Int] = []
    for index in indices.integers {
      positions.append(try position(index, among: size, axis: axis))
    }
    if lens.contains(0) { return [try Argument(zeros: shape)] }
    let inner = data.lens[(axis + 1)...].reduce(1, *)
    let count = positions.count
    let piece = Piece(
      source: data, runs: data.lens[..<axis].reduce(count, *), length: inner,
      from: { ($0 / count * size + positions[$0 % count]) * inner }, to: { $0 * inner })
    return [try assemble(data.elementType, lens: lens, from: [piece])]
  }
}

/// Takes for each element of the indices the element of the data that it names along an axis.
///
/// `[A, B]` and indices `[I, J]` along axis 1 give `[I, J]`, with `data[i, indices[i, j]]` at `[i, j]`; I is at most
/// A. Negative indices count from the end.
public struct GatherElements: MovementOperator {
  public static let name = "gather_elements"
  /// The axis of the data that the indices name positions of; a negative one counts from the end.
  public var axis: Int = 0

  public init() {}

  /// Makes the operator.
  public init(axis: Int) { self.axis = axis }

  public func isData(_ index: Int) -> Bool { index == 0 }

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2)
    try checkIndices(inputs[1], 1)
    try checkIndexSizes(inputs[0], inputs[1], axis: axis)
    return [Shape(inputs[0].elementType, inputs[1].dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let (data, indices) = (inputs[0], inputs[1])
    let axis = try normalized(axis: axis, rank: data.rank)
    try checkIndexSizes(data.shape, indices.shape, axis: axis)
    let positions = try elementPlaces(data, indices, axis: axis, skipsOutside: false)
    let piece = Piece(
      source: data, runs: positions.count, length: 1, from: { positions[$0] }, to: { $0 })
    return [try assemble(data.elementType, lens: indices.lens, from: [piece])]
  }
}

/// Takes the parts of a tensor at positions of its leading axes.
///
/// `[A, B, C]` and indices `[I, 2]` give `[I, C]`: the innermost axis of the indices names a position along
/// each of the data's leading axes. The first `batch_dims` axes are common to both, and stay. Negative
/// indices count from the end.
public struct GatherND: MovementOperator {
  public static let name = "gathernd"
  /// The number of leading axes that data and indices have in common.
  public var batchDims: Int = 0

  enum CodingKeys: String, CodingKey {
    case batchDims = "batch_dims"
  }

  public init() {}

  /// Makes the operator.
  public init(batchDims: Int) { self.batchDims = batchDims }

  public func isData(_ index: Int) -> Bool { index == 0 }

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2)
    let (data, indices) = (inputs[0], inputs[1])
    try checkIndices(indices, 1)
    guard batchDims >= 0, batchDims < data.rank, batchDims < indices.rank else {
      throw MIGraphXError(
        .invalidArgument,
        "batch_dims must be at least 0 and less than both ranks, found \(batchDims) for (\(data)) "
          + "and (\(indices))")
    }
    let depth = try indexDepth(data, indices, batchAxes: batchDims)
    var dimensions = Array(indices.dimensions.dropLast())
    for axis in 0..<batchDims {
      dimensions[axis] = try context.require(
        data.dimensions[axis], equals: indices.dimensions[axis], "inputs 0 and 1 at axis \(axis)")
    }
    return [Shape(data.elementType, dimensions + data.dimensions[(batchDims + depth)...])]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let (data, indices) = (inputs[0], inputs[1])
    var running = InferenceContext.running("gathernd")
    let shape = try inferMovedShapes(inputs.map(\.shape), in: &running)[0]
    let lens = try numbers(shape.dimensions)
    try shape.validate()
    let depth = indices.lens[indices.rank - 1]
    let inner = data.lens[(batchDims + depth)...].reduce(1, *)
    let positions = try partPlaces(data, indices, batchAxes: batchDims)
    let piece = Piece(
      source: data, runs: positions.count, length: inner, from: { positions[$0] },
      to: { $0 * inner })
    return [try assemble(data.elementType, lens: lens, from: [piece])]
  }
}
