import IR
import Support
import Tensors

/// Finds the positions of the elements that are not zero.
///
/// `[A, B]` gives int64 `[2, K]`: the coordinates of each of the K elements, in row-major order. A scalar counts as a
/// vector of one element. Text is not zero unless it is empty.
public struct NonZero: TensorOperator {
  public static let name = "nonzero"

  public init() {}

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    let count = context.freshSize(maximum: inputs[0].elementCount.upperBound)
    return [Shape(.int64, [Dimension(max(1, inputs[0].rank)), count])]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    try check(inputs.map(\.shape), count: 1)
    let input = inputs[0]
    var search = NonZeroSearch(input: input)
    let texts = input.stringElements
    let places = input.elementType.visit(&search) ?? texts.indices.filter { !texts[$0].isEmpty }
    let lens = input.rank == 0 ? [1] : input.lens
    var coordinates: [Int64] = []
    coordinates.reserveCapacity(places.count * lens.count)
    for axis in lens.indices {
      let inner = lens[(axis + 1)...].reduce(1, *)
      for place in places { coordinates.append(Int64(place / inner % lens[axis])) }
    }
    return [try Argument(coordinates, lens: [lens.count, places.count])]
  }
}

private struct NonZeroSearch: ElementVisitor {
  let input: Argument

  func visit<Element: TensorElement>(_ type: Element.Type) -> [Int] {
    let elements = input.elements(as: type)
    return elements.indices.filter { !(elements[$0] == Element.zero) }
  }
}
