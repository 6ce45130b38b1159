import IR
import Support
import Tensors

/// Drops axes of size 1. A view.
///
/// `[1, C, 1]` with axes `{0}` gives `[C, 1]`. Without axes, all of size 1 are dropped; a
/// symbolic size is then taken not to be 1. The axes are an attribute, or a second input: an integer
/// vector; the result is then a copy.
public struct Squeeze: MovementOperator, SizeInputOperator {
  public static let name = "squeeze"
  /// The axes to drop; negative ones count from the end.
  public var axes: [Int] = []

  public init() {}

  /// Makes the operator.
  public init(axes: [Int]) { self.axes = axes }

  public func isData(_ index: Int) -> Bool { index == 0 }

  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    known.numbers(1).map { [(Squeeze(axes: $0), [0])] }
  }

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1...2)
    guard inputs.count == 2 else { return [try squeezed(inputs[0], in: &context)] }
    let (known, count) = try context.axes(1, inputs[1])
    let shape = inputs[0]
    if let known = count == 0 ? [] : known {
      let squeezed = try Squeeze(axes: known).squeezed(shape, in: &context)
      return [Shape(shape.elementType, squeezed.dimensions)]
    }
    guard let choices = axisChoices(count, of: shape.rank) else {
      return [Shape(shape.elementType, (0..<shape.rank - count).map { _ in context.freshSize() })]
    }
    let possible = choices.filter { choice in
      choice.allSatisfy { !shape.dimensions[$0].isKnown(notEqual: 1) }
    }
    guard !possible.isEmpty else {
      throw MIGraphXError(
        .invalidShape, "\(count) axes of size 1 are to be dropped; (\(shape)) has fewer")
    }
    let sizes = possible.map { choice in
      shape.dimensions.indices.filter { !choice.contains($0) }.map { shape.dimensions[$0] }
    }
    return [Shape(shape.elementType, context.merged(sizes))]
  }

  private func squeezed(
    _ shape: Shape, in context: inout InferenceContext
  ) throws(MIGraphXError) -> Shape {
    var dropped = try normalized(axes: axes, rank: shape.rank)
    for axis in dropped {
      try context.require(shape.dimensions[axis], equals: 1, "axis \(axis) of (\(shape)) and 1")
    }
    // Which axes are dropped decides the rank, so it can't wait until the sizes are known.
    if axes.isEmpty { dropped = shape.dimensions.indices.filter { shape.dimensions[$0] == 1 } }
    let kept = shape.dimensions.indices.filter { !dropped.contains($0) }
    return Shape(
      shape.elementType, kept.map { shape.dimensions[$0] },
      strides: kept.map { shape.strides[$0] })
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let input = inputs[0]
    if inputs.count == 2 {
      let squeezed = try Squeeze(axes: inputs[1].integers).evaluate([input], in: context)
      return [try squeezed[0].contiguous()]
    }
    let dropped = try normalized(axes: axes, rank: input.rank)
    if let axis = dropped.first(where: { input.lens[$0] != 1 }) {
      throw MIGraphXError(
        .invalidShape, "axis \(axis) must have size 1, found \(input.lens[axis])")
    }
    var kept = input.lens.indices.filter { !dropped.contains($0) }
    if axes.isEmpty { kept = try keptAxes(input, in: context) }
    return [
      try input.view(lens: kept.map { input.lens[$0] }, strides: kept.map { input.strides[$0] })
    ]
  }

  /// The axes of the result when none are named.
  ///
  /// - Throws: `invalidShape` when inference took a size that is 1 to be another one.
  private func keptAxes(
    _ input: Argument, in context: EvaluationContext
  ) throws(MIGraphXError) -> [Int] {
    let kept = input.lens.indices.filter { input.lens[$0] != 1 }
    if let shape = context.resultTypes.first?.shape, shape.rank != kept.count {
      throw MIGraphXError(
        .invalidShape,
        "axes must be named, since sizes \(input.lens) do not squeeze to (\(shape))")
    }
    return kept
  }
}

/// Inserts axes of size 1. A view.
///
/// `[A, B]` with axes `{0, -1}` gives `[1, A, B, 1]`. The axes are an attribute, or a second input: an integer
/// vector; the result is then a copy.
public struct Unsqueeze: MovementOperator, SizeInputOperator {
  public static let name = "unsqueeze"
  /// Where the new axes stand in the result; negative ones count from its end.
  public var axes: [Int] = []

  public init() {}

  /// Makes the operator.
  public init(axes: [Int]) { self.axes = axes }

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1...2)
    guard inputs.count == 2 else { return [try unsqueezed(inputs[0])] }
    let (known, count) = try context.axes(1, inputs[1])
    let shape = inputs[0]
    if let known {
      let unsqueezed = try Unsqueeze(axes: known).unsqueezed(shape)
      return [Shape(shape.elementType, unsqueezed.dimensions)]
    }
    let rank = shape.rank + count
    try checkRank(rank)
    guard let choices = axisChoices(count, of: rank) else {
      return [Shape(shape.elementType, (0..<rank).map { _ in context.freshSize() })]
    }
    let sizes = try choices.map { (choice) throws(MIGraphXError) in
      try Unsqueeze(axes: choice).unsqueezed(shape).dimensions
    }
    return [Shape(shape.elementType, context.merged(sizes))]
  }

  private func checkRank(_ rank: Int) throws(MIGraphXError) {
    guard rank <= Shape.maximumRank else {
      throw MIGraphXError(
        .limitExceeded,
        "the result would have \(rank) axes; at most \(Shape.maximumRank) are possible")
    }
  }

  public func isData(_ index: Int) -> Bool { index == 0 }

  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    known.numbers(1).map { [(Unsqueeze(axes: $0), [0])] }
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    if inputs.count == 2 {
      let unsqueezed = try Unsqueeze(axes: inputs[1].integers).evaluate([inputs[0]], in: context)
      return [try unsqueezed[0].contiguous()]
    }
    let shape = try unsqueezed(inputs[0].shape)
    return [
      try inputs[0].view(lens: numbers(shape.dimensions), strides: numbers(shape.strides))
    ]
  }

  private func unsqueezed(_ shape: Shape) throws(MIGraphXError) -> Shape {
    let rank = shape.rank + axes.count
    try checkRank(rank)
    let inserted = try normalized(axes: axes, rank: rank)
    var dimensions: [Dimension] = []
    var strides: [Dimension] = []
    var source = shape.rank
    // From the innermost axis: a new one's neighbour would lie after all of what is inside it.
    for axis in (0..<rank).reversed() {
      if inserted.contains(axis) {
        strides.append(
          dimensions.isEmpty ? 1 : strides[strides.count - 1] * dimensions[dimensions.count - 1])
        dimensions.append(1)
      } else {
        source -= 1
        dimensions.append(shape.dimensions[source])
        strides.append(shape.strides[source])
      }
    }
    return Shape(shape.elementType, dimensions.reversed(), strides: strides.reversed())
  }
}
