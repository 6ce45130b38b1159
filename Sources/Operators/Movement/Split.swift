import IR
import Support
import Tensors

/// Cuts a tensor along an axis into parts. The parts are views.
///
/// `[A, B]` along axis 1 and sizes `[K]`, an integer vector whose sum is B, give K parts, `[A, ...]` each. Where the
/// sizes are known, slices do the same.
public struct Split: TensorOperator, SizeInputOperator {
  public static let name = "split"
  /// The axis along which to cut; a negative one counts from the end.
  public var axis: Int = 0

  public init() {}

  /// Makes the operator.
  public init(axis: Int) { self.axis = axis }

  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    guard let sizes = known.sizes(1) else { return nil }
    var start: Dimension = 0
    return sizes.map { size in
      let slice = Slice(axes: [axis], starts: [start], ends: [start + size])
      start += size
      return (slice, [0])
    }
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2)
    let shape = inputs[0]
    let axis = try normalized(axis: axis, rank: shape.rank)
    let count = try partCount(inputs[1])
    let size = shape.dimensions[axis]
    var sizes: [Dimension] = []
    if let known = context.elements(1, count: count) {
      try checkSizes(known)
      try context.require(
        size, equals: known.reduce(0, +), "axis \(axis) of (\(shape)) and the sum of \(known)")
      sizes = known
    } else {
      for _ in 0..<count { sizes.append(context.freshSize(maximum: size.upperBound)) }
    }
    return sizes.map { size in
      var dimensions = shape.dimensions
      dimensions[axis] = size
      return Shape(shape.elementType, dimensions, strides: shape.strides)
    }
  }

  private static let maximumCount = 1 << 16

  private func partCount(_ sizes: Shape) throws(MIGraphXError) -> Int {
    try checkIndices(sizes, 1)
    try check(sizes, 1, rank: 1...1)
    guard let count = sizes.dimensions[0].constant else {
      throw MIGraphXError(
        .unsupported, "the number of parts must be known, found sizes (\(sizes))")
    }
    guard count >= 1, count <= Split.maximumCount else {
      throw MIGraphXError(
        .limitExceeded, "1 to \(Split.maximumCount) parts are possible, found \(count)")
    }
    return count
  }

  private func checkSizes(_ sizes: [Dimension]) throws(MIGraphXError) {
    if let negative = sizes.first(where: { $0.isKnown(lessOrEqual: -1) }) {
      throw MIGraphXError(
        .invalidArgument, "the size of a part must not be negative, found \(negative)")
    }
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    try checkedShapes(inputs)
    let axis = try normalized(axis: axis, rank: inputs[0].rank)
    let sizes = inputs[1].integers
    try checkSizes(sizes.map { Dimension($0) })
    guard sizes.reduce(0, { Dimension.sum($0, $1) }) == inputs[0].lens[axis] else {
      throw MIGraphXError(
        .invalidArgument,
        "the sum of the sizes \(sizes) must be \(inputs[0].lens[axis]), the size of axis \(axis)")
    }
    var start = 0
    var parts: [Argument] = []
    for size in sizes {
      var lens = inputs[0].lens
      lens[axis] = size
      let offset = lens.contains(0) ? 0 : start * inputs[0].strides[axis]
      parts.append(
        try inputs[0].view(lens: lens, strides: inputs[0].strides, elementOffset: offset))
      start += size
    }
    return parts
  }
}
