import IR
import Support
import Tensors

/// Repeats a tensor along its axes.
///
/// `[A, B]` with repeats `{2, 3}` gives `[2*A, 3*B]`. The repeats are an attribute, or a second input: an
/// integer vector.
public struct Tile: MovementOperator, SizeInputOperator {
  public static let name = "tile"
  /// How often the tensor stands along each axis.
  public var repeats: [Dimension] = []

  public init() {}

  /// Makes the operator.
  public init(repeats: [Dimension]) { self.repeats = repeats }

  public func isData(_ index: Int) -> Bool { index == 0 }

  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    known.sizes(1).map { [(Tile(repeats: $0), [0])] }
  }

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1...2)
    let shape = inputs[0]
    var counts = repeats
    if inputs.count == 2 {
      let length = try vectorLength(inputs[1], 1)
      if let elements = context.elements(1, count: length) {
        counts = elements
      } else {
        try checkCount(length, shape)
        var dimensions: [Dimension] = []
        for size in shape.dimensions { dimensions.append(size == 0 ? 0 : context.freshSize()) }
        return [Shape(shape.elementType, dimensions)]
      }
    }
    try checkCount(counts.count, shape)
    if let negative = counts.first(where: { ($0.upperBound ?? 0) < 0 }) {
      throw MIGraphXError(.invalidArgument, "repeats must not be negative, found \(negative)")
    }
    return [Shape(shape.elementType, zip(shape.dimensions, counts).map { $0 * $1 })]
  }

  private func checkCount(_ count: Int, _ shape: Shape) throws(MIGraphXError) {
    guard count == shape.rank else {
      throw MIGraphXError(
        .invalidShape, "\(shape.rank) repeats are needed, one for each axis; found \(count)")
    }
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let input = inputs[0]
    let counts = inputs.count == 2 ? inputs[1].integers : try context.values(of: repeats)
    try checkCount(counts.count, input.shape)
    // Each repeated axis is a pair: the repeats, which all see one place in memory, and the axis.
    var lens: [Int] = []
    var strides: [Int] = []
    var sizes: [Dimension] = []
    for axis in input.lens.indices {
      guard counts[axis] >= 0 else {
        throw MIGraphXError(
          .invalidArgument, "repeats must not be negative, found \(counts[axis])")
      }
      sizes.append(Dimension(counts[axis]) * Dimension(input.lens[axis]))
      if counts[axis] != 1 {
        lens.append(counts[axis])
        strides.append(0)
      }
      lens.append(input.lens[axis])
      strides.append(input.strides[axis])
    }
    let shape = Shape(input.elementType, sizes)
    try checkFitsMemory(shape, in: context)
    if sizes.contains(0) { return [try Argument(zeros: shape)] }
    return [
      try input.view(lens: lens, strides: strides).contiguous().reshaped(numbers(sizes))
    ]
  }
}
