import IR
import Support
import Tensors

/// Stands for an ONNX operator that is not known, where such operators are to be skipped.
///
/// Its results are taken to be like its first tensor input. Running it fails.
struct UnknownOperator: Operator {
  var name: String { "unknown:\(onnxName)" }
  var isPure: Bool { false }
  let onnxName: String
  let resultCount: Int

  private enum CodingKeys: String, CodingKey {
    case onnxName = "op"
    case resultCount = "results"
  }

  func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    let type = operands.first { $0.shape != nil } ?? .tensor(Shape(.float, []))
    return Array(repeating: type, count: resultCount)
  }

  func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    throw MIGraphXError(.unsupported, "operator '\(onnxName)' is not known and can't run")
  }
}
