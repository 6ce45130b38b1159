import IR
import Support
import Tensors

/// Finds the largest or smallest elements along an axis, in order, and where they are.
///
/// `[N, C]` along axis 1 gives the elements `[N, k]` and their int64 indices `[N, k]`. Of equal elements the one with
/// the lower index comes first; NaN counts as larger than all numbers. The number k is an attribute, or a
/// second input of one integer.
public struct TopK: TensorOperator, SizeInputOperator {
  public static let name = "topk"
  /// How many elements to find.
  public var k: Dimension = 1
  /// The axis along which to search; a negative one counts from the end.
  public var axis: Int = 0
  /// Whether the largest elements are sought, in contrast to the smallest.
  public var largest: Bool = true

  public init() {}

  /// Makes the operator.
  public init(k: Dimension, axis: Int, largest: Bool) {
    self.k = k
    self.axis = axis
    self.largest = largest
  }

  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    guard let sizes = known.sizes(1), sizes.count == 1 else { return nil }
    return [(TopK(k: sizes[0], axis: axis, largest: largest), [0])]
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1...2)
    try check(inputs[0], 0, is: .numeric)
    let axis = try normalized(axis: axis, rank: inputs[0].rank)
    let size = inputs[0].dimensions[axis]
    var count = k
    if inputs.count == 2 {
      try checkIndices(inputs[1], 1)
      try check(inputs[1], 1, rank: 0...1)
      try context.require(inputs[1].elementCount, equals: 1, "the elements of input 1 and 1")
      count = context.elements(1, count: 1)?[0] ?? context.freshSize(maximum: size.upperBound)
    }
    guard !count.isKnown(lessOrEqual: -1), !(size + 1).isKnown(lessOrEqual: count) else {
      throw TopK.impossible(count, of: size, axis)
    }
    var dimensions = inputs[0].dimensions
    dimensions[axis] = count
    return [Shape(inputs[0].elementType, dimensions), Shape(.int64, dimensions)]
  }

  private static func impossible(_ count: Dimension, of size: Dimension, _ axis: Int)
    -> MIGraphXError
  {
    MIGraphXError(
      .invalidArgument, "k must be 0 to \(size), the size of axis \(axis); found \(count)")
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    try check(inputs.map(\.shape), count: 1...2)
    let input = inputs[0]
    let axis = try normalized(axis: axis, rank: input.rank)
    let k = inputs.count == 2 ? inputs[1].integers.first ?? 0 : try context.value(of: k)
    guard k >= 0, k <= input.lens[axis] else {
      throw TopK.impossible(Dimension(k), of: Dimension(input.lens[axis]), axis)
    }
    let indices: Argument
    switch input.elementType {
    case .float, .half, .bfloat16, .double: indices = try find(k, input, axis, Double.self)
    case .uint64: indices = try find(k, input, axis, UInt64.self)
    default: indices = try find(k, input, axis, Int64.self)
    }
    let values = try GatherElements(axis: axis).evaluate([input, indices], in: context)
    return [values[0], indices]
  }

  private func find<Domain: ScalarDomain & Comparable>(
    _ k: Int, _ input: Argument, _ axis: Int, _ domain: Domain.Type
  ) throws(MIGraphXError) -> Argument {
    let rows = try Rows<Domain>(input, along: [axis])
    let isLargest = largest
    let found = parallelRows(rows.count, of: k, repeating: Int64(0)) { index, output in
      let row = rows.row(index)
      let order = row.indices.sorted { a, b in
        let (x, y) = isLargest ? (row[b], row[a]) : (row[a], row[b])
        // A NaN is not less than anything, and everything but another one is less than it.
        if x < y || (x == x && y != y) { return true }
        return a < b && !(y < x || (y == y && x != x))
      }
      for place in 0..<k { output[place] = Int64(order[place]) }
    }
    let outer = input.lens[..<axis] + input.lens[(axis + 1)...]
    let last = try Argument(found, lens: outer + [k])
    var order = Array(0..<outer.count)
    order.insert(outer.count, at: axis)
    return try last.view(lens: order.map { last.lens[$0] }, strides: order.map { last.strides[$0] })
      .contiguous()
  }
}
