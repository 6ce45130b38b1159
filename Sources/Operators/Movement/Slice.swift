import IR
import Support
import Tensors

/// Takes a range of positions along some axes. A view.
///
/// `[A, B]` with axes `{1}`, starts `{2}` and ends `{5}` gives `[A, 3]` where B is at least 5. Positions count
/// from the end where they are negative, and are cut off at the ends of the axis. A step skips positions; a
/// negative one reverses them.
///
/// Starts and ends, then axes, then steps are attributes or further inputs: integer vectors. Where running tells
/// axes or steps, the result is a copy.
public struct Slice: MovementOperator, SizeInputOperator {
  public static let name = "slice"
  /// The axes to cut; negative ones count from the end. All of the leading ones if starts and ends are inputs.
  public var axes: [Int] = []
  /// The first position along each of the axes.
  public var starts: [Dimension] = []
  /// The position after the last one along each of the axes.
  public var ends: [Dimension] = []
  /// The distance between positions along each of the axes; 1 if nil.
  public var steps: [Int]?

  public init() {}

  /// Makes the operator.
  public init(axes: [Int], starts: [Dimension], ends: [Dimension], steps: [Int]? = nil) {
    self.axes = axes
    self.starts = starts
    self.ends = ends
    self.steps = steps
  }

  public func isData(_ index: Int) -> Bool { index == 0 }

  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    guard let starts = known.sizes(1), let ends = known.sizes(2) else { return nil }
    var slice = self
    slice.starts = starts
    slice.ends = ends
    if slice.axes.isEmpty { slice.axes = Array(starts.indices) }
    if known.count > 3 {
      guard let axes = known.numbers(3) else { return nil }
      slice.axes = axes
    }
    if known.count > 4 {
      guard let steps = known.numbers(4) else { return nil }
      slice.steps = steps
    }
    if slice.hasUnitSteps { slice.steps = nil }
    return [(slice, [0])]
  }

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    guard inputs.count > 1 else {
      try check(inputs, count: 1)
      return [try cut(inputs[0]).shape]
    }
    try check(inputs, count: 3...5)
    let count = try vectorLength(inputs[1], 1)
    for index in 1..<inputs.count where try vectorLength(inputs[index], index) != count {
      throw MIGraphXError(
        .invalidShape,
        "inputs 1 and \(index) must have one length, found (\(inputs[1])) and (\(inputs[index]))")
    }
    var operation = self
    operation.axes = axes.isEmpty ? Array(0..<count) : axes
    let (knownAxes, knownSteps) = (context.constantElements(3), context.constantElements(4))
    guard inputs.count < 4 || knownAxes != nil, inputs.count < 5 || knownSteps != nil else {
      if let axes = knownAxes { _ = try normalized(axes: axes, rank: inputs[0].rank) }
      guard count <= inputs[0].rank else {
        throw MIGraphXError(.invalidShape, "\(count) axes are more than (\(inputs[0])) has")
      }
      let sizes = inputs[0].dimensions.map { context.freshSize(maximum: $0.upperBound) }
      return [Shape(inputs[0].elementType, sizes)]
    }
    if let knownAxes { operation.axes = knownAxes }
    if let knownSteps { operation.steps = knownSteps }
    if let starts = context.elements(1, count: count), let ends = context.elements(2, count: count)
    {
      operation.starts = starts
      operation.ends = ends
      return [try operation.cut(inputs[0]).shape]
    }
    // The strides are those of a cut with any range; the sizes only running will tell.
    let steps = operation.steps ?? [Int](repeating: 1, count: count)
    operation.starts = steps.map { Dimension($0 < 0 ? Int.max : 0) }
    operation.ends = steps.map { Dimension($0 < 0 ? Int.min : Int.max) }
    let shape = try operation.cut(inputs[0]).shape
    var dimensions = shape.dimensions
    for axis in try normalized(axes: operation.axes, rank: shape.rank) {
      dimensions[axis] = context.freshSize(maximum: dimensions[axis].upperBound)
    }
    return [Shape(shape.elementType, dimensions, strides: shape.strides)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    var operation = self
    if inputs.count > 1 {
      operation.starts = inputs[1].integers.map { Dimension($0) }
      operation.ends = inputs[2].integers.map { Dimension($0) }
      if axes.isEmpty { operation.axes = Array(0..<operation.starts.count) }
      if inputs.count > 3 { operation.axes = inputs[3].integers }
      if inputs.count > 4 { operation.steps = inputs[4].integers }
    } else {
      operation.starts = try context.values(of: starts).map { Dimension($0) }
      operation.ends = try context.values(of: ends).map { Dimension($0) }
    }
    let (shape, offset) = try operation.cut(inputs[0].shape)
    let part = try inputs[0].view(
      lens: numbers(shape.dimensions), strides: numbers(shape.strides),
      elementOffset: shape.dimensions.contains(0) ? 0 : numbers([offset])[0])
    let isCopy = inputs.count > 3 && context.resultTypes.first?.shape?.isStandard ?? false
    return [isCopy ? try part.contiguous() : part]
  }

  /// The part of `shape` and where it starts in its memory.
  private func cut(_ shape: Shape) throws(MIGraphXError) -> (shape: Shape, offset: Dimension) {
    let steps = steps ?? [Int](repeating: 1, count: axes.count)
    guard starts.count == axes.count, ends.count == axes.count, steps.count == axes.count else {
      throw MIGraphXError(
        .invalidArgument,
        "\(axes.count) axes need as many starts, ends and steps; found \(starts.count), "
          + "\(ends.count) and \(steps.count)")
    }
    var dimensions = shape.dimensions
    var strides = shape.strides
    var offset: Dimension = 0
    for (index, axis) in try normalized(axes: axes, rank: shape.rank).enumerated() {
      let range = try SliceRange(
        start: starts[index], end: ends[index], step: steps[index], size: dimensions[axis])
      offset += range.start * strides[axis]
      dimensions[axis] = range.count
      // A single position has no neighbour to be far from.
      if !range.count.isKnown(lessOrEqual: 1) { strides[axis] *= Dimension(range.step) }
    }
    return (Shape(shape.elementType, dimensions, strides: strides), offset)
  }

  /// Whether no element between the starts and the ends is left out, nor the order turned.
  public var hasUnitSteps: Bool { steps?.allSatisfy { $0 == 1 } ?? true }
}
