import Foundation
import MIGraphX
import ONNXProto
import SwiftProtobuf

/// A file that holds scores = Relu(x) · weights, where Relu(x) is named "hidden". Its folder goes away with the object.
///
/// x has sizes [N, 4]. The weights of [4, 3] are the identity without its last column, so that the scores are the
/// first three of each row's four numbers, 0 where these are negative.
final class SampleModel {
  let folder = NSTemporaryDirectory() + "sample-model-\(UUID().uuidString)"
  var path: String { folder + "/model.onnx" }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var model = Onnx_ModelProto()
    model.irVersion = 8
    var opset = Onnx_OperatorSetIdProto()
    opset.version = 17
    model.opsetImport = [opset]
    model.graph.name = "sample"
    model.graph.input = [tensor("x", sizes: [.dimParam("N"), .dimValue(4)])]
    model.graph.output = [tensor("scores", sizes: [.dimParam("N"), .dimValue(3)])]
    model.graph.node = [
      node("Relu", ["x"], "hidden"), node("MatMul", ["hidden", "weights"], "scores"),
    ]
    var weights = Onnx_TensorProto()
    weights.name = "weights"
    weights.dataType = Int32(Onnx_TensorProto.DataType.float.rawValue)
    weights.dims = [4, 3]
    weights.floatData = (0..<12).map { $0 / 3 == $0 % 3 ? 1 : 0 }
    model.graph.initializer = [weights]
    try Data(model.serializedBytes() as [UInt8]).write(to: URL(fileURLWithPath: path))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func node(_ type: String, _ inputs: [String], _ output: String) -> Onnx_NodeProto {
    var node = Onnx_NodeProto()
    (node.opType, node.input, node.output) = (type, inputs, [output])
    return node
  }

  private func tensor(
    _ name: String, sizes: [Onnx_TensorShapeProto.Dimension.OneOf_Value]
  ) -> Onnx_ValueInfoProto {
    var info = Onnx_ValueInfoProto()
    info.name = name
    info.type.tensorType.elemType = Int32(Onnx_TensorProto.DataType.float.rawValue)
    info.type.tensorType.shape.dim = sizes.map { size in
      var dimension = Onnx_TensorShapeProto.Dimension()
      dimension.value = size
      return dimension
    }
    return info
  }
}
