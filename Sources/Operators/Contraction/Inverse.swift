import IR
import Support
import Tensors

/// The inverses of square matrices: `[.., N, N]` gives `[.., N, N]`.
///
/// A matrix without an inverse gives numbers that are infinite or NaN.
public struct Inverse: TensorOperator {
  public static let name = "inverse"

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
    return [inputs[0].standard]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let rank = inputs[0].rank
    let matrices = try Rows<Double>(inputs[0], along: [rank - 2, rank - 1])
    let size = inputs[0].lens[rank - 1]
    return [try matrices.map { Inverse.value(of: $0, size: size) }]
  }

  /// Gauss-Jordan elimination with the largest pivot of each column.
  private static func value(of elements: [Double], size: Int) -> [Double] {
    var matrix = elements
    var result = [Double](repeating: 0, count: size * size)
    for index in 0..<size { result[index * size + index] = 1 }
    for column in 0..<size {
      var pivot = column
      for row in column..<size
      where abs(matrix[row * size + column]) > abs(matrix[pivot * size + column]) { pivot = row }
      let value = matrix[pivot * size + column]
      for index in 0..<size {
        matrix.swapAt(pivot * size + index, column * size + index)
        result.swapAt(pivot * size + index, column * size + index)
        matrix[column * size + index] /= value
        result[column * size + index] /= value
      }
      for row in 0..<size where row != column {
        let factor = matrix[row * size + column]
        for index in 0..<size {
          matrix[row * size + index] -= factor * matrix[column * size + index]
          result[row * size + index] -= factor * result[column * size + index]
        }
      }
    }
    return result
  }
}
