import IR
import Support
import Tensors

/// Keeps the elements of matrices on one side of a diagonal, and sets the others to zero.
///
/// `[N, H, W]` gives `[N, H, W]`. Diagonal k starts k columns right of the main one; it is kept too. The number k is
/// an attribute, or a second input of one integer.
public struct Trilu: TensorOperator, SizeInputOperator {
  public static let name = "trilu"
  /// Whether what is above the diagonal is kept, in contrast to what is below.
  public var upper: Bool = true
  /// The number of the diagonal.
  public var k: Int = 0

  public init() {}

  /// Makes the operator.
  public init(upper: Bool, k: Int = 0) {
    self.upper = upper
    self.k = k
  }

  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    known.number(1).map { [(Trilu(upper: upper, k: $0), [0])] }
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1...2)
    try check(inputs[0], 0, is: .anyOrText)
    try check(inputs[0], 0, rank: 2...Shape.maximumRank)
    if inputs.count == 2 {
      try checkIndices(inputs[1], 1)
      try check(inputs[1], 1, rank: 0...1)
      try context.require(inputs[1].elementCount, equals: 1, "the elements of input 1 and 1")
    }
    return [Shape(inputs[0].elementType, inputs[0].dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    var kept = Triangle(
      input: inputs[0], upper: upper, k: inputs.count == 2 ? inputs[1].integers.first ?? 0 : k)
    guard let result = inputs[0].elementType.visit(&kept) else { return [try kept.text()] }
    return [try result.get()]
  }
}

private struct Triangle: ElementVisitor {
  let input: Argument
  let upper: Bool
  let k: Int

  private var width: Int { input.lens[input.rank - 1] }
  private var rowCount: Int { input.lens.dropLast().reduce(1, *) }

  /// The columns of a row that are kept.
  private func columns(of row: Int) -> Range<Int> {
    let height = input.lens[input.rank - 2]
    // The column of the diagonal in this row.
    let column = row % height + min(max(k, -height), width)
    return upper ? min(max(column, 0), width)..<width : 0..<min(max(column + 1, 0), width)
  }

  func visit<Element: TensorElement>(_ type: Element.Type) -> Result<Argument, MIGraphXError> {
    let elements = input.elements(as: type)
    let width = width
    let kept = parallelRows(rowCount, of: width, repeating: Element.zero) { row, output in
      for index in columns(of: row) { output[index] = elements[row * width + index] }
    }
    return Result { () throws(MIGraphXError) in try Argument(kept, lens: input.lens) }
  }

  func text() throws(MIGraphXError) -> Argument {
    let elements = input.stringElements
    var kept = [String](repeating: "", count: elements.count)
    for row in 0..<rowCount {
      for index in columns(of: row) { kept[row * width + index] = elements[row * width + index] }
    }
    return try Argument(strings: kept, lens: input.lens)
  }
}
