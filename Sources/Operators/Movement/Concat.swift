import IR
import Support
import Tensors

/// Joins tensors along an axis.
///
/// `[A, B]` and `[A, C]` along axis 1 give `[A, B + C]`.
public struct Concat: MovementOperator {
  public static let name = "concat"
  /// The axis along which to join; a negative one counts from the end.
  public var axis: Int = 0

  public init() {}

  /// Makes the operator.
  public init(axis: Int) { self.axis = axis }

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    guard let first = inputs.first else {
      throw MIGraphXError(.invalidShape, "1 or more inputs are needed, found 0")
    }
    let axis = try normalized(axis: axis, rank: first.rank)
    var dimensions = first.dimensions
    for (index, shape) in inputs.enumerated().dropFirst() {
      guard shape.elementType == first.elementType, shape.rank == first.rank else {
        throw MIGraphXError(
          .invalidShape,
          "inputs 0 and \(index) must have one element type and rank, found (\(first)) and (\(shape))"
        )
      }
      for other in dimensions.indices {
        if other == axis {
          dimensions[axis] += shape.dimensions[axis]
        } else {
          dimensions[other] = try context.require(
            dimensions[other], equals: shape.dimensions[other],
            "inputs 0 and \(index) at axis \(other)")
        }
      }
    }
    return [Shape(first.elementType, dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    var running = InferenceContext.running("concat")
    let shape = try inferMovedShapes(inputs.map(\.shape), in: &running)[0]
    let lens = try numbers(shape.dimensions)
    try shape.validate()
    if lens.contains(0) { return [try Argument(zeros: shape)] }
    let axis = try normalized(axis: axis, rank: lens.count)
    let outer = lens[..<axis].reduce(1, *)
    let inner = lens[(axis + 1)...].reduce(1, *)
    let row = lens[axis] * inner
    var start = 0
    var pieces: [Piece] = []
    for input in inputs {
      let (length, offset) = (input.lens[axis] * inner, start)
      pieces.append(
        Piece(
          source: input, runs: outer, length: length, from: { $0 * length },
          to: { $0 * row + offset }))
      start += length
    }
    return [try assemble(shape.elementType, lens: lens, from: pieces)]
  }
}
