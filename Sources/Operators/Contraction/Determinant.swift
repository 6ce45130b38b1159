import IR
import Support
import Tensors

/// The determinants of square matrices: `[.., N, N]` gives `[..]`.
public struct Determinant: TensorOperator {
  public static let name = "det"

  public init() {}

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    try check(inputs[0], 0, is: .floating)
    try check(inputs[0], 0, rank: 2...Shape.maximumRank)
    let sizes = inputs[0].dimensions
    try context.require(
      sizes[sizes.count - 2], equals: sizes[sizes.count - 1], "the rows and columns of a matrix")
    return [Shape(inputs[0].elementType, Array(sizes.dropLast(2)))]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let shape = try concreteShapes(inputs)[0]
    let rank = inputs[0].rank
    let matrices = try Rows<Double>(inputs[0], along: [rank - 2, rank - 1])
    let size = inputs[0].lens[rank - 1]
    let rows = SumRows<Double>(matrices.count, of: 1) { row, output in
      output[0] = Determinant.value(of: matrices.row(row), size: size)
    }
    return [try Double.tensor(rows, shape.elementType, lens: shape.lens ?? [])]
  }

  /// Gaussian elimination with the largest pivot of each column.
  private static func value(of elements: [Double], size: Int) -> Double {
    var matrix = elements
    var product = 1.0
    for column in 0..<size {
      var pivot = column
      for row in column..<size
      where abs(matrix[row * size + column]) > abs(matrix[pivot * size + column]) { pivot = row }
      let value = matrix[pivot * size + column]
      product *= value
      if value == 0 { return product }
      if pivot != column {
        product = -product
        for index in column..<size {
          matrix.swapAt(pivot * size + index, column * size + index)
        }
      }
      for row in column + 1..<size {
        let factor = matrix[row * size + column] / value
        for index in column..<size {
          matrix[row * size + index] -= factor * matrix[column * size + index]
        }
      }
    }
    return product
  }
}
