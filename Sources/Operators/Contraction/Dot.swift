import IR
import Support
import Tensors

/// Products of matrices: `[.., M, K]` and `[.., K, N]` give `[.., M, N]`, one for each place in the outer axes.
///
/// Both inputs have one rank, the same outer sizes and the same element type. Sums are rounded once;
/// integers wrap.
public struct Dot: TensorOperator {
  public static let name = "dot"

  public init() {}

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    let dimensions = try matrixProductDimensions(inputs, types: .numeric, in: &context)
    guard inputs[0].elementType == inputs[1].elementType else {
      throw MIGraphXError(
        .invalidShape,
        "inputs must have one element type, found \(inputs[0].elementType.rawValue) and "
          + inputs[1].elementType.rawValue)
    }
    return [Shape(inputs[0].elementType, dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let shape = try concreteShapes(inputs)[0]
    return [try MatrixProduct(left: inputs[0], right: inputs[1], shape: shape).run()]
  }
}

/// Products of matrices of 8-bit integers, summed in 32 bits, which wrap.
///
/// `[.., M, K]` and `[.., K, N]` of `int8_type` or `uint8_type`, one each or mixed, give `[.., M, N]` of
/// `int32_type`.
public struct QuantDot: TensorOperator {
  public static let name = "quant_dot"

  public init() {}

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    let dimensions = try matrixProductDimensions(inputs, types: .byte, in: &context)
    return [Shape(.int32, dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let shape = try concreteShapes(inputs)[0]
    return [try MatrixProduct(left: inputs[0], right: inputs[1], shape: shape).run()]
  }
}

/// The sizes of the product of matrices, checked.
private func matrixProductDimensions(
  _ inputs: [Shape], types: TypeClass, in context: inout InferenceContext
) throws(MIGraphXError) -> [Dimension] {
  try check(inputs, count: 2)
  for (index, shape) in inputs.enumerated() {
    try check(shape, index, is: types)
    try check(shape, index, rank: 2...Shape.maximumRank)
  }
  let rank = inputs[0].rank
  guard inputs[1].rank == rank else {
    throw MIGraphXError(
      .invalidShape, "inputs must have one rank, found (\(inputs[0])) and (\(inputs[1]))")
  }
  var dimensions: [Dimension] = []
  for axis in 0..<rank - 2 {
    dimensions.append(
      try context.require(
        inputs[0].dimensions[axis], equals: inputs[1].dimensions[axis],
        "the inputs' sizes at axis \(axis)"))
  }
  try context.require(
    inputs[0].dimensions[rank - 1], equals: inputs[1].dimensions[rank - 2],
    "the columns of input 0 and the rows of input 1")
  return dimensions + [inputs[0].dimensions[rank - 2], inputs[1].dimensions[rank - 1]]
}

/// One matrix product of tensors whose sizes fit.
private struct MatrixProduct: Sendable {
  let left: Argument
  let right: Argument
  let shape: Shape

  func run() throws(MIGraphXError) -> Argument {
    left.elementType.isFloatingPoint
      ? try product(in: Double.self) : try product(in: Int64.self)
  }

  private func product<Sum: Accumulator>(in type: Sum.Type) throws(MIGraphXError) -> Argument {
    let rank = left.rank
    let (rows, terms) = (left.lens[rank - 2], left.lens[rank - 1])
    let columns = right.lens[rank - 1]
    let (a, b) = (ElementReader<Sum>(left), ElementReader<Sum>(right))
    let product = BlockedProduct<Sum>(
      matrices: left.lens.dropLast(2).reduce(1, *), rows: rows, terms: terms, columns: columns
    ) { matrix, row, terms in
      a.read((matrix * rows + row) * left.lens[rank - 1] + terms.lowerBound, terms.count)
    } right: { matrix, term, columns, target, start in
      let factors = b.read(
        (matrix * terms + term) * right.lens[rank - 1] + columns.lowerBound, columns.count)
      for index in 0..<factors.count { target[start + index] = factors[index] }
    }
    return try product.tensor(shape.elementType, lens: shape.lens ?? [])
  }
}
