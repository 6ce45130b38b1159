import IR
import Support
import Tensors

/// Gives the elements, in row-major order, other sizes.
///
/// `[A, B, C]` with dims `{0, -1}` gives `[A, B*C]`: 0 keeps the input's size, one -1 takes what is left. The
/// sizes are an attribute, or a second input: an integer vector. The result is a view where the input
/// lies in row-major order without gaps, else a copy.
public struct Reshape: MovementOperator, SizeInputOperator {
  public static let name = "reshape"
  /// The sizes of the result.
  public var dims: [Dimension] = []
  /// Whether 0 means the size 0.
  public var allowZero: Bool?

  enum CodingKeys: String, CodingKey {
    case dims
    case allowZero = "allow_zero"
  }

  public init() {}

  /// Makes the operator.
  public init(dims: [Dimension], allowZero: Bool? = nil) {
    self.dims = dims
    self.allowZero = allowZero
  }

  /// Gives its input these sizes, of which 0 means 0.
  public init(sizes: [Dimension]) {
    self.init(dims: sizes, allowZero: sizes.contains(0) ? true : nil)
  }

  public func isData(_ index: Int) -> Bool { index == 0 }

  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    guard let sizes = known.sizes(1) else { return nil }
    if let result = known.resultSizes, constants(of: result) != nil {
      return [(Reshape(sizes: result), [0])]
    }
    return [(Reshape(dims: sizes, allowZero: allowZero), [0])]
  }

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1...2)
    var dims = dims
    if inputs.count == 2 {
      let length = try vectorLength(inputs[1], 1)
      guard let elements = context.elements(1, count: length) else {
        let sizes = (0..<length).map { _ in context.freshSize() }
        return [Shape(inputs[0].elementType, sizes)]
      }
      dims = elements
    }
    let request = try SizeRequest(dims, allowZero: allowZero ?? false)
    return [
      Shape(inputs[0].elementType, try request.resolved(inputs[0].dimensions, in: &context))
    ]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let dims = inputs.count == 2 ? inputs[1].integers.map { Dimension($0) } : dims
    let lens = try SizeRequest(dims, allowZero: allowZero ?? false)
      .numbers(inputs[0].lens, in: context)
    return [try inputs[0].contiguous().reshaped(lens)]
  }
}

/// Gives the elements other sizes without moving them. A view.
///
/// `[A, B, C]` with dims `{0, -1}` gives `[A, B*C]`, as for ``Reshape``. The input must lie in row-major order
/// without gaps, or only axes of size 1 may come and go.
public struct ReshapeLazy: MovementOperator {
  public static let name = "reshape_lazy"
  /// The sizes of the result.
  public var dims: [Dimension] = []

  public init() {}

  /// Makes the operator.
  public init(dims: [Dimension]) { self.dims = dims }

  public func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    let sizes = try SizeRequest(dims, allowZero: false)
      .resolved(inputs[0].dimensions, in: &context)
    return [try aliased(inputs[0], sizes)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let lens = try SizeRequest(dims, allowZero: false).numbers(inputs[0].lens, in: context)
    let shape = try aliased(inputs[0].shape, lens.map { Dimension($0) })
    return [try inputs[0].view(lens: lens, strides: numbers(shape.strides))]
  }

  /// The shape of sizes `sizes` in the memory of `shape`.
  private func aliased(_ shape: Shape, _ sizes: [Dimension]) throws(MIGraphXError) -> Shape {
    if shape.isStandard { return Shape(shape.elementType, sizes) }
    let relevant = zip(shape.dimensions, shape.strides).filter { $0.0 != 1 }
    guard relevant.map(\.0) == sizes.filter({ $0 != 1 }) else {
      throw MIGraphXError(
        .invalidShape,
        "sizes \(sizes) need a copy: (\(shape)) does not lie in row-major order without gaps")
    }
    var strides: [Dimension] = []
    var source = relevant.count
    var next: Dimension = 1
    for size in sizes.reversed() {
      if size != 1 {
        source -= 1
        next = relevant[source].1
      }
      strides.append(next)
      next *= size
    }
    return Shape(shape.elementType, sizes, strides: strides.reversed())
  }
}
