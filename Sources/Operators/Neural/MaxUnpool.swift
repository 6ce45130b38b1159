import IR
import Support
import Tensors

/// Puts the results of a maximum pooling back to where they came from; all other elements are 0.
///
/// Inputs are `x` `[N, C, D1..]` and positions of the same sizes, of `int64_type`, in a tensor `[N, C, E1..]` with
/// `E = stride * (D - 1) + length - padding`. That is the result, unless a third input states its sizes; then zeros
/// are added at the end of each axis.
public struct MaxUnpool: TensorOperator {
  public static let name = "max_unpool"
  /// The elements cut off before each spatial axis, then after each; or one value for both of each axis.
  public var padding: [Int] = [0, 0]
  /// The elements between neighbouring windows along each spatial axis.
  public var stride: [Int] = [1, 1]
  /// The taps of a window along each spatial axis.
  public var lengths: [Int] = [1, 1]

  public init() {}

  /// Makes the operator.
  public init(padding: [Int], stride: [Int], lengths: [Int]) {
    self.padding = padding
    self.stride = stride
    self.lengths = lengths
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2...3)
    try check(inputs[0], 0, is: .any)
    try check(inputs[0], 0, rank: 3...5)
    guard inputs[1].elementType == .int64 else {
      throw MIGraphXError(
        .invalidShape, "input 1 must have int64_type, found \(inputs[1].elementType.rawValue)")
    }
    let x = try commonDimensions(Array(inputs[..<2]), in: &context)
    let count = x.count - 2
    try WindowAxis.check(lengths, "lengths", counts: [count], range: 1...WindowAxis.limit)
    let ones = [Int](repeating: 1, count: count)
    var result = Array(x[..<2])
    for (index, axis) in try WindowAxis.make(
      count, stride: stride, dilation: ones, padding: padding
    ).enumerated() {
      let size =
        Dimension(axis.stride) * (x[index + 2] - 1) + Dimension(lengths[index])
        - Dimension(axis.padding.before) - Dimension(axis.padding.after)
      if let bound = size.upperBound, bound < 1 {
        throw MIGraphXError(
          .invalidShape,
          "padding leaves \(size) elements of axis \(index + 2); at least 1 is needed")
      }
      result.append(size)
    }
    guard inputs.count == 3 else { return [Shape(inputs[0].elementType, result)] }
    try check(inputs[2], 2, rank: 1...1)
    try checkIndices(inputs[2], 2)
    try context.require(
      inputs[2].dimensions[0], equals: Dimension(x.count), "the size of input 2 and the rank")
    let stated = context.elements(2, count: x.count)
    if let stated { try checkSizes(stated, atLeast: result) }
    return [Shape(inputs[0].elementType, stated ?? x.map { _ in context.freshSize() })]
  }

  private func checkSizes(
    _ stated: [Dimension], atLeast sizes: [Dimension]
  ) throws(MIGraphXError) {
    for (axis, (size, stated)) in zip(sizes, stated).enumerated()
    where (stated + 1).isKnown(lessOrEqual: size) {
      throw MIGraphXError(
        .invalidArgument, "axis \(axis) must have at least \(size) elements, found \(stated)")
    }
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let lens = try concreteShapes(Array(inputs[..<2]))[0].lens ?? []
    let count = lens.reduce(1, *)
    let positions = inputs[1].integers
    if let wrong = positions.first(where: { $0 < 0 || $0 >= count }) {
      throw MIGraphXError(
        .invalidArgument, "position \(wrong) must be between 0 and \(count - 1)")
    }
    let sizes = inputs.count == 3 ? inputs[2].integers : lens
    guard sizes.count == lens.count else {
      throw MIGraphXError(.invalidShape, "\(lens.count) sizes are needed, found \(sizes)")
    }
    try checkSizes(sizes.map { Dimension($0) }, atLeast: lens.map { Dimension($0) })
    try checkFitsMemory(Shape(inputs[0].elementType, lens: sizes), in: context)
    let piece = Piece(
      source: inputs[0], runs: positions.count, length: 1, from: { $0 },
      to: { run in
        var (rest, target, stride) = (positions[run], 0, 1)
        for axis in lens.indices.reversed() {
          target += rest % lens[axis] * stride
          rest /= lens[axis]
          stride *= sizes[axis]
        }
        return target
      })
    return [try assemble(inputs[0].elementType, lens: sizes, from: [piece])]
  }
}
