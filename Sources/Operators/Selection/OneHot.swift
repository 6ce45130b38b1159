import IR
import Support
import Tensors

/// Writes for each index a vector that is on at that position and off elsewhere.
///
/// Integer indices `[A, B]` with depth D along axis -1 give `[A, B, D]`. The last input holds the values for off and on,
/// `[2]`. Negative indices count from the end; those out of range are off everywhere. The depth is an attribute,
/// or an input of one integer between the two.
public struct OneHot: TensorOperator, SizeInputOperator {
  public static let name = "onehot"
  /// The axis of the result along which the positions lie; a negative one counts from the end.
  public var axis: Int = -1
  /// The number of positions; nil if it is an input.
  public var depth: Dimension?

  public init() {}

  /// Makes the operator.
  public init(axis: Int, depth: Dimension? = nil) {
    self.axis = axis
    self.depth = depth
  }

  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    guard known.count == 3, let sizes = known.sizes(1), sizes.count == 1 else { return nil }
    return [(OneHot(axis: axis, depth: sizes[0]), [0, 2])]
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: depth == nil ? 3 : 2)
    try checkIndices(inputs[0], 0)
    let values = inputs[inputs.count - 1]
    try check(values, inputs.count - 1, rank: 1...1)
    try context.require(values.dimensions[0], equals: 2, "the number of values and 2")
    var size = depth
    if inputs.count == 3 {
      try checkIndices(inputs[1], 1)
      try check(inputs[1], 1, rank: 0...1)
      try context.require(inputs[1].elementCount, equals: 1, "the elements of input 1 and 1")
      size = context.elements(1, count: 1)?[0]
    }
    let count = size ?? context.freshSize()
    if count.isKnown(lessOrEqual: -1) {
      throw MIGraphXError(.invalidArgument, "the depth must not be negative, found \(count)")
    }
    let axis = try normalized(axis: axis, rank: inputs[0].rank + 1)
    var dimensions = inputs[0].dimensions
    dimensions.insert(count, at: axis)
    return [Shape(values.elementType, dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    try check(inputs.map(\.shape), count: depth == nil ? 3 : 2)
    var operation = self
    if let depth {
      operation.depth = Dimension(try context.value(of: depth))
    } else {
      operation.depth = inputs[1].integers.first.map { Dimension($0) }
    }
    let (indices, values) = (inputs[0], inputs[inputs.count - 1])
    let shape = try operation.concreteShapes([indices, values], in: context)[0]
    let axis = try normalized(axis: axis, rank: shape.rank)
    let lens = try numbers(shape.dimensions)
    let (depth, inner) = (lens[axis], lens[(axis + 1)...].reduce(1, *))
    // The value for off everywhere, then that for on in the places of the indices.
    var places: [Int] = []
    for (place, index) in indices.integers.enumerated() where index >= -depth && index < depth {
      let position = index < 0 ? index + depth : index
      places.append((place / inner * depth + position) * inner + place % inner)
    }
    return [
      try assemble(
        values.elementType, lens: lens,
        from: [
          Piece(source: values, runs: lens.reduce(1, *), length: 1, from: { _ in 0 }, to: { $0 }),
          Piece(
            source: values, runs: places.count, length: 1, from: { _ in 1 }, to: { places[$0] }),
        ])
    ]
  }
}
