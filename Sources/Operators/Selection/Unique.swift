import IR
import Support
import Tensors

/// Finds the different elements of a tensor, or its different parts along an axis.
///
/// Without axis, `[A, B]` gives the K different elements `[K]`; with axis 1, the K different columns `[A, K]`. Then follow,
/// as int64: for each of them where it comes first `[K]`; for each element or part of the input which of them it
/// is; and for each of them how often it occurs `[K]`. All NaN are one, larger than all numbers.
public struct Unique: TensorOperator {
  public static let name = "unique"
  /// The axis whose parts are compared; a negative one counts from the end. All elements if nil.
  public var axis: Int?
  /// Whether the results are in ascending order, in contrast to that of first occurrence.
  public var sorted: Bool = true

  public init() {}

  /// Makes the operator.
  public init(axis: Int?, sorted: Bool) {
    self.axis = axis
    self.sorted = sorted
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    let axis = try axis.map { (axis) throws(MIGraphXError) in
      try normalized(axis: axis, rank: inputs[0].rank)
    }
    let size = axis.map { inputs[0].dimensions[$0] } ?? inputs[0].elementCount
    let count = context.freshSize(
      minimum: Dimension(1).isKnown(lessOrEqual: size) ? 1 : 0, maximum: size.upperBound)
    var dimensions = [count]
    if let axis {
      dimensions = inputs[0].dimensions
      dimensions[axis] = count
    }
    return [
      Shape(inputs[0].elementType, dimensions), Shape(.int64, [count]), Shape(.int64, [size]),
      Shape(.int64, [count]),
    ]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    try check(inputs.map(\.shape), count: 1)
    var input = inputs[0]
    if axis == nil { input = try input.contiguous().reshaped([input.elementCount]) }
    let axis = try normalized(axis: axis ?? 0, rank: input.rank)
    // The parts as rows, one after the other.
    let order = [axis] + input.lens.indices.filter { $0 != axis }
    let parts = try input.view(
      lens: order.map { input.lens[$0] }, strides: order.map { input.strides[$0] })
    let groups: Groups
    switch input.elementType {
    case .string:
      groups = Groups(parts.stringElements.map { Array($0.utf8) }, count: parts.lens[0]) {
        $0.lexicographicallyPrecedes($1)
      }
    case .float, .half, .bfloat16, .double:
      groups = Groups(parts.converted(to: Double.self), count: parts.lens[0]) {
        $0 < $1 || ($0 == $0 && $1 != $1)
      }
    case .uint64: groups = Groups(parts.converted(to: UInt64.self), count: parts.lens[0], by: <)
    default: groups = Groups(parts.converted(to: Int64.self), count: parts.lens[0], by: <)
    }
    let found = sorted ? groups.ascending : groups.byOccurrence
    let first = try Argument(found.map { Int64($0[0]) }, lens: [found.count])
    var inverse = [Int64](repeating: 0, count: parts.lens[0])
    for (index, group) in found.enumerated() {
      for member in group { inverse[member] = Int64(index) }
    }
    let values = try Gather(axis: axis).evaluate([input, first], in: context)
    return [
      values[0], first, try Argument(inverse, lens: [inverse.count]),
      try Argument(found.map { Int64($0.count) }, lens: [found.count]),
    ]
  }
}

/// Rows in groups of equal ones, each with its members in their order.
private struct Groups {
  /// The groups in ascending order.
  private(set) var ascending: [[Int]] = []

  /// Compares `count` rows of equal length, which lie one after the other in `elements`.
  init<Element>(
    _ elements: [Element], count: Int, by isLess: (Element, Element) -> Bool
  ) {
    let width = count == 0 ? 0 : elements.count / count
    func precedes(_ a: Int, _ b: Int) -> Bool {
      elements[a * width..<(a + 1) * width].lexicographicallyPrecedes(
        elements[b * width..<(b + 1) * width], by: isLess)
    }
    let order = (0..<count).sorted { a, b in
      precedes(a, b) || (a < b && !precedes(b, a))
    }
    for row in order {
      if let last = ascending.last?.first, !precedes(last, row) {
        ascending[ascending.count - 1].append(row)
      } else {
        ascending.append([row])
      }
    }
  }

  /// The groups in the order of their first members.
  var byOccurrence: [[Int]] { ascending.sorted { $0[0] < $1[0] } }
}
