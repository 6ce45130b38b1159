import IR
import Support
import Tensors

/// Checks that there are `count` inputs.
func check(_ inputs: [Shape], count: Int) throws(MIGraphXError) {
  guard inputs.count == count else {
    throw MIGraphXError(
      .invalidShape, "\(count) inputs are needed, found \(inputs.count)")
  }
}

/// Checks that the number of inputs lies in `range`.
func check(_ inputs: [Shape], count range: ClosedRange<Int>) throws(MIGraphXError) {
  guard range.contains(inputs.count) else {
    throw MIGraphXError(
      .invalidShape,
      "\(range.lowerBound) to \(range.upperBound) inputs are needed, found \(inputs.count)")
  }
}

/// Checks the element type of input `index`.
func check(_ shape: Shape, _ index: Int, is types: TypeClass) throws(MIGraphXError) {
  guard types.contains(shape.elementType) else {
    throw MIGraphXError(
      .invalidShape,
      "input \(index) must have \(types.rawValue), found \(shape.elementType.rawValue)")
  }
}

/// Checks the number of axes of input `index`.
func check(_ shape: Shape, _ index: Int, rank: ClosedRange<Int>) throws(MIGraphXError) {
  guard rank.contains(shape.rank) else {
    let needed =
      rank.lowerBound == rank.upperBound
      ? "\(rank.lowerBound)" : "\(rank.lowerBound) to \(rank.upperBound)"
    throw MIGraphXError(
      .invalidShape, "input \(index) must have rank \(needed), found (\(shape))")
  }
}

/// The axis that `axis` names in a tensor of `rank` axes; negative ones count from the end.
///
/// - Throws: `invalidArgument` when there is no such axis.
func normalized(axis: Int, rank: Int) throws(MIGraphXError) -> Int {
  guard axis >= -rank, axis < rank else {
    throw MIGraphXError(
      .invalidArgument, "axis \(axis) is not among the \(rank) axes, \(-rank) to \(rank - 1)")
  }
  return axis < 0 ? axis + rank : axis
}

/// The axes that `axes` name, in their order. See ``normalized(axis:rank:)``.
///
/// - Throws: `invalidArgument` when an axis is out of range or named twice.
func normalized(axes: [Int], rank: Int) throws(MIGraphXError) -> [Int] {
  var result: [Int] = []
  for axis in axes {
    let axis = try normalized(axis: axis, rank: rank)
    guard !result.contains(axis) else {
      throw MIGraphXError(.invalidArgument, "axis \(axis) is named twice in \(axes)")
    }
    result.append(axis)
  }
  return result
}

/// The sizes that all inputs must have.
///
/// - Throws: `invalidShape` when ranks or sizes differ.
func commonDimensions(
  _ inputs: [Shape], in context: inout InferenceContext
) throws(MIGraphXError) -> [Dimension] {
  var dimensions = inputs.first?.dimensions ?? []
  for (index, shape) in inputs.enumerated().dropFirst() {
    guard shape.rank == dimensions.count else {
      throw MIGraphXError(
        .invalidShape,
        "inputs 0 and \(index) must have one rank, found (\(inputs[0])) and (\(shape))")
    }
    for axis in dimensions.indices {
      dimensions[axis] = try context.require(
        dimensions[axis], equals: shape.dimensions[axis],
        "inputs 0 and \(index) at axis \(axis)")
    }
  }
  return dimensions
}
