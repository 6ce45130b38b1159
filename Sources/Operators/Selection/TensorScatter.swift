import IR
import Support
import Tensors

/// Writes updates into a cache, of each batch from a position of its own on.
///
/// `[B, H, S, D]` cache and updates `[B, H, T, D]` along axis -2 give `[B, H, S, D]`. The third input, if there is one,
/// holds the positions, integers `[B]`; 0 otherwise.
public struct TensorScatter: TensorOperator {
  public static let name = "tensor_scatter"
  /// The axis along which the updates lie; not the first. A negative one counts from the end.
  public var axis: Int = -2
  /// Whether what would go beyond the end goes on at the start, in contrast to an error.
  public var circular: Bool = false

  public init() {}

  /// Makes the operator.
  public init(axis: Int, circular: Bool) {
    self.axis = axis
    self.circular = circular
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2...3)
    let (cache, updates) = (inputs[0], inputs[1])
    try checkUpdates(cache, updates)
    let axis = try writeAxis(cache.rank)
    guard updates.rank == cache.rank else {
      throw MIGraphXError(
        .invalidShape, "inputs 0 and 1 must have one rank, found (\(cache)) and (\(updates))")
    }
    for other in cache.dimensions.indices where other != axis {
      try context.require(
        cache.dimensions[other], equals: updates.dimensions[other],
        "inputs 0 and 1 at axis \(other)")
    }
    if (cache.dimensions[axis] + 1).isKnown(lessOrEqual: updates.dimensions[axis]) {
      throw MIGraphXError(
        .invalidShape,
        "the updates at axis \(axis) must have at most size \(cache.dimensions[axis]), found "
          + "\(updates.dimensions[axis])")
    }
    if inputs.count == 3 {
      try checkIndices(inputs[2], 2)
      try check(inputs[2], 2, rank: 1...1)
      try context.require(
        inputs[2].dimensions[0], equals: cache.dimensions[0], "the positions and the batches")
    }
    return [Shape(cache.elementType, cache.dimensions)]
  }

  private func writeAxis(_ rank: Int) throws(MIGraphXError) -> Int {
    let axis = try normalized(axis: axis, rank: rank)
    guard axis > 0 else {
      throw MIGraphXError(.invalidArgument, "axis \(self.axis) names the batches")
    }
    return axis
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let (cache, updates) = (inputs[0], inputs[1])
    let axis = try writeAxis(cache.rank)
    let (size, count) = (cache.lens[axis], updates.lens[axis])
    let starts = inputs.count == 3 ? inputs[2].integers : []
    for start in starts
    where start < 0 || start > (circular ? max(0, size - 1) : size - count) {
      throw MIGraphXError(
        .invalidArgument, "position \(start) is not possible for \(count) of \(size) elements")
    }
    let inner = cache.lens[(axis + 1)...].reduce(1, *)
    let middle = cache.lens[1..<axis].reduce(1, *)
    var places: [Int] = []
    for run in 0..<cache.lens[0] * middle {
      let start = starts.isEmpty ? 0 : starts[run / max(1, middle)]
      for offset in 0..<count { places.append((run * size + (start + offset) % size) * inner) }
    }
    return [
      try Scattering(
        data: cache, updates: updates, combination: .replace, length: inner, places: places
      ).run()
    ]
  }
}
