import IR
import Operators
import Support
import Tensors

extension TensorOperator {
  /// The sizes of the only result for operands that lie so.
  ///
  /// - Throws: what inference throws; `invalidShape` when values of operands decide a size.
  func resultLens(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Int] {
    var inference = InferenceContext(
      operandContents: operands.map { _ in nil }, origin: name, symbolPrefix: "size")
    let shapes = operands.map { Shape($0.elementType, lens: $0.lens) }
    let results = try inferShapes(shapes, in: &inference)
    guard results.count == 1 else {
      throw MIGraphXError(.invalidProgram, "'\(name)' has \(results.count) results")
    }
    return try context.values(of: results[0].dimensions)
  }
}
