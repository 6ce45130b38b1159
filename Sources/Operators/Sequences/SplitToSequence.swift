import IR
import Support
import Tensors

/// Cuts a tensor along an axis into the elements of a sequence.
///
/// The second input, if there is one, is the size of each part, of which the last may be smaller, or the sizes of
/// all parts. Without it each position becomes an element, and `keepdims` says whether the axis stays.
public struct SplitToSequence: RegisteredOperator {
  public static let name = "split_to_sequence"
  /// The axis along which to cut; a negative one counts from the end.
  public var axis: Int = 0
  /// Whether elements of one position keep the axis.
  public var keepdims = true

  public init() {}

  /// Makes the operator.
  public init(axis: Int, keepdims: Bool) {
    self.axis = axis
    self.keepdims = keepdims
  }

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 1...2)
    guard let shape = operands[0].shape else {
      throw MIGraphXError(.invalidShape, "input 0 must be a tensor, found (\(operands[0]))")
    }
    let axis = try normalized(axis: axis, rank: shape.rank)
    var sizes = shape.dimensions
    if operands.count == 1 {
      if keepdims { sizes[axis] = 1 } else { sizes.remove(at: axis) }
      return [.sequence(.tensor(Shape(shape.elementType, sizes)))]
    }
    guard let split = operands[1].shape, split.elementType.isInteger, split.rank <= 1 else {
      throw MIGraphXError(
        .invalidShape,
        "input 1, the sizes, must be an integer scalar or vector, found (\(operands[1]))")
    }
    let given = context.constants(1)
    sizes[axis] = Dimension(.varying)
    if let given, let size = shape.dimensions[axis].constant {
      let parts = try parts(of: size, given, isScalar: split.rank == 0)
      if let first = parts.first, parts.allSatisfy({ $0 == first }) {
        sizes[axis] = Dimension(first)
      }
    }
    return [.sequence(.tensor(Shape(shape.elementType, sizes)))]
  }

  /// The sizes of the parts of an axis of `size`.
  private func parts(
    of size: Int, _ given: [Int], isScalar: Bool
  ) throws(MIGraphXError) -> [Int] {
    if isScalar {
      guard let part = given.first, part > 0 else {
        throw MIGraphXError(
          .invalidArgument, "the size of a part must be positive, found \(given)")
      }
      // Together with the limit of sequences this bounds the list.
      guard size / part <= maximumSequenceLength else {
        throw MIGraphXError(
          .limitExceeded,
          "\(size / part) parts are more than the \(maximumSequenceLength) elements of a sequence")
      }
      return stride(from: 0, to: size, by: part).map { min(part, size - $0) }
    }
    let sum = given.reduce(0) { Dimension.sum($0, $1) }
    guard given.allSatisfy({ $0 >= 0 }), sum == size else {
      throw MIGraphXError(
        .invalidArgument,
        "the sizes of parts must not be negative and must sum to \(size), found \(given)")
    }
    return given
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    guard let input = operands[0].argument else {
      throw MIGraphXError(.invalidArgument, "input 0 must be a tensor")
    }
    let axis = try normalized(axis: axis, rank: input.rank)
    var sizes: [Int]
    if operands.count > 1, let split = operands[1].argument {
      sizes = try parts(of: input.lens[axis], split.integers, isScalar: split.rank == 0)
    } else {
      sizes = try parts(of: input.lens[axis], [1], isScalar: true)
    }
    var elements: [RuntimeValue] = []
    var start = 0
    for size in sizes {
      var (lens, strides) = (input.lens, input.strides)
      lens[axis] = size
      if operands.count == 1, !keepdims {
        lens.remove(at: axis)
        strides.remove(at: axis)
      }
      let part = try input.view(
        lens: lens, strides: strides,
        elementOffset: lens.contains(0) ? 0 : start * input.strides[axis])
      elements.append(.tensor(part))
      start += size
    }
    return try sequence(elements, in: context)
  }
}
