import IR
import Support
import Tensors

/// Gives the sizes of some of its input's axes.
///
/// `[N, C, H, W]` with start 1 and end 3 gives an int64 vector of C and H.
public struct DimensionsOf: TensorOperator {
  public static let name = "dimensions_of"
  /// The first axis.
  public var start: Int = 0
  /// The axis after the last one.
  public var end: Int = 0

  public init() {}

  /// Makes the operator.
  public init(start: Int = 0, end: Int) {
    self.start = start
    self.end = end
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    let sizes = inputs[0].dimensions[try axes(inputs[0].rank)]
    context.resultContents[0] = SymbolicContents(Array(sizes))
    return [Shape(.int64, lens: [sizes.count])]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let sizes = inputs[0].lens[try axes(inputs[0].rank)]
    return [try Argument(sizes.map { Int64($0) }, lens: [sizes.count])]
  }

  private func axes(_ rank: Int) throws(MIGraphXError) -> Range<Int> {
    guard start >= 0, start <= end, end <= rank else {
      throw MIGraphXError(
        .invalidArgument, "axes from \(start) to \(end) are not among the \(rank) axes")
    }
    return start..<end
  }
}

/// Gives the values of expressions over sizes.
///
/// Without inputs, it gives a vector `[D]` of the D expressions, or a tensor of other sizes that they fill.
public struct ShapeValue: TensorOperator {
  public static let name = "shape_value"
  /// The expressions, in row-major order.
  public var dims: [Dimension] = []
  /// The sizes of the result; a vector if nil, a scalar if empty.
  public var lens: [Int]?
  /// The result's element type, a number type.
  public var elementType: ElementType = .int64

  enum CodingKeys: String, CodingKey {
    case dims, lens
    case elementType = "element_type"
  }

  public init() {}

  /// Makes the operator.
  public init(dims: [Dimension], lens: [Int]? = nil, elementType: ElementType = .int64) {
    self.dims = dims
    self.lens = lens
    self.elementType = elementType
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 0)
    guard TypeClass.numeric.contains(elementType) else {
      throw MIGraphXError(
        .invalidArgument, "element_type must be a number type, found \(elementType.rawValue)")
    }
    let shape = Shape(elementType, lens: lens ?? [dims.count])
    try shape.validate()
    guard shape.elementCount == Dimension(dims.count) else {
      throw MIGraphXError(
        .invalidArgument, "sizes \(lens ?? []) do not hold \(dims.count) values")
    }
    if elementType.isInteger { context.resultContents[0] = SymbolicContents(dims) }
    return [shape]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let values = try context.values(of: dims).map { Int64($0) }
    let result = try Argument(values, lens: lens ?? [dims.count])
      .converted(toElementType: elementType)
    if elementType.isInteger,
      result.integers != values.map({ Int($0) })
        || (elementType == .uint64 && values.contains { $0 < 0 })
    {
      throw MIGraphXError(.invalidArgument, "\(elementType.rawValue) can't hold all of \(values)")
    }
    return [result]
  }
}
