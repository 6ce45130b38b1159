import IR
import Support
import Tensors

/// Repeats a tensor to given sizes, its axes standing at the end of the result's. A view.
///
/// `[B, 1]` to sizes `{A, B, C}` gives `[A, B, C]`: axes of size 1 and those that are missing repeat. A symbolic
/// size is taken to equal the result's. The sizes are an attribute, or a second input: an integer vector,
/// in which a 1 keeps the input's size.
public struct Multibroadcast: MovementOperator, SizeInputOperator {
  public static let name = "multibroadcast"
  /// The sizes of the result.
  public var outLens: [Dimension] = []

  enum CodingKeys: String, CodingKey {
    case outLens = "out_lens"
  }

  public init() {}

  /// Makes the operator.
  public init(outLens: [Dimension]) { self.outLens = outLens }

  public func isData(_ index: Int) -> Bool { index == 0 }

  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    guard let sizes = known.sizes(1), let result = known.resultSizes,
      // A size that is asked for and may yet differ is checked when the program runs.
      zip(sizes.reversed(), result.reversed()).allSatisfy({ $0 == 1 || $0 == $1 })
    else { return nil }
    return [(Multibroadcast(outLens: result), [0])]
  }

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1...2)
    let shape = inputs[0]
    var sizes = outLens
    if inputs.count == 2 {
      let length = try vectorLength(inputs[1], 1)
      let targets = context.elements(1, count: length)
      let missing = length - shape.rank
      sizes = Array(shape.dimensions.prefix(max(0, -missing)))
      for axis in 0..<length {
        let own = axis < missing ? 1 : shape.dimensions[axis - missing]
        if let targets {
          sizes.append(try combined(own, targets[axis], axis: axis, in: &context))
        } else {
          sizes.append(own == 1 ? context.freshSize() : own)
        }
      }
    }
    return [try broadcast(shape, from: sizes.count - shape.rank, to: sizes, in: &context)]
  }

  /// The size that a size of the input and one asked for give.
  private func combined(
    _ own: Dimension, _ target: Dimension, axis: Int, in context: inout InferenceContext
  ) throws(MIGraphXError) -> Dimension {
    if target == 1 { return own }
    if own == 1 { return target }
    // The size asked for may yet be 1.
    if own.isKnown(notEqual: 1), !target.isKnown(notEqual: 1) { return own }
    return try context.require(own, equals: target, "the input's size and that of axis \(axis)")
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    var running = InferenceContext.running("multibroadcast")
    var sizes = try context.values(of: outLens)
    if inputs.count == 2 {
      let own = inputs[0].lens
      sizes = inputs[1].integers
      let rank = max(own.count, sizes.count)
      sizes = [Int](repeating: 1, count: rank - sizes.count) + sizes
      for axis in 0..<own.count {
        let place = rank - own.count + axis
        if sizes[place] == 1 { sizes[place] = own[axis] }
      }
      try checkInferred(sizes, in: context)
    }
    let shape = try broadcast(
      inputs[0].shape, from: sizes.count - inputs[0].rank, to: sizes.map { Dimension($0) },
      in: &running)
    return [try inputs[0].view(lens: sizes, strides: numbers(shape.strides))]
  }
}

extension Multibroadcast {
  /// Checks that sizes read from an input are the inferred ones, where those are known.
  private func checkInferred(
    _ sizes: [Int], in context: EvaluationContext
  ) throws(MIGraphXError) {
    let inferred = context.resultTypes.first?.shape?.dimensions ?? []
    for (axis, (size, expected)) in zip(sizes, inferred).enumerated() {
      if let value = try? context.value(of: expected), value != size {
        throw MIGraphXError(
          .invalidShape,
          "axis \(axis) must have the size \(expected), which is \(value); it is broadcast to \(size)"
        )
      }
    }
  }
}

/// Repeats a tensor to given sizes, its axes standing from a given one on. A view.
///
/// `[B]` along axis 1 to sizes `{A, B, C}` gives `[A, B, C]`: all other axes repeat.
public struct Broadcast: MovementOperator {
  public static let name = "broadcast"
  /// The axis of the result at which the input's first one stands.
  public var axis: Int = 0
  /// The sizes of the result.
  public var outLens: [Dimension] = []

  enum CodingKeys: String, CodingKey {
    case axis
    case outLens = "out_lens"
  }

  public init() {}

  /// Makes the operator.
  public init(axis: Int, outLens: [Dimension]) {
    self.axis = axis
    self.outLens = outLens
  }

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    return [try broadcast(inputs[0], from: firstAxis(inputs[0].rank), to: outLens, in: &context)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    var running = InferenceContext.running("broadcast")
    let sizes = try context.values(of: outLens)
    let shape = try broadcast(
      inputs[0].shape, from: firstAxis(inputs[0].rank), to: sizes.map { Dimension($0) },
      in: &running)
    return [try inputs[0].view(lens: sizes, strides: numbers(shape.strides))]
  }

  private func firstAxis(_ rank: Int) throws(MIGraphXError) -> Int {
    rank == 0 ? 0 : try normalized(axis: axis, rank: outLens.count)
  }
}

/// The view of `shape` whose axes stand at `first` and after in a tensor of sizes `sizes`.
private func broadcast(
  _ shape: Shape, from first: Int, to sizes: [Dimension], in context: inout InferenceContext
) throws(MIGraphXError) -> Shape {
  guard first >= 0, first <= sizes.count - shape.rank else {
    throw MIGraphXError(
      .invalidShape,
      "(\(shape)) at axis \(first) does not fit into the \(sizes.count) axes \(sizes)")
  }
  if let negative = sizes.first(where: { ($0.upperBound ?? 0) < 0 }) {
    throw MIGraphXError(.invalidArgument, "a size must not be negative, found \(negative)")
  }
  var strides = [Dimension](repeating: 0, count: sizes.count)
  for axis in shape.dimensions.indices {
    let (own, size) = (shape.dimensions[axis], sizes[first + axis])
    if own == 1 && size != 1 { continue }
    try context.require(
      own, equals: size, "axis \(axis) of (\(shape)) and the size to broadcast to")
    strides[first + axis] = shape.strides[axis]
  }
  return Shape(shape.elementType, sizes, strides: strides)
}
