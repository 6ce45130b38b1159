import Foundation
import ONNXProto
import SwiftProtobuf

/// Models that tests need besides ``Workplace/writeModel()``.
extension Workplace {
  /// Writes `n.onnx`: y = Relu(BatchNormalization(Conv(x))) for float x `[1, 3, 6, 6]`.
  ///
  /// Folding the normalisation into the weights changes the last bits of the results: scales are no powers of 2.
  func writeNormalizedModel() throws {
    var graph = Onnx_GraphProto()
    graph.name = "g"
    graph.node = [
      node("Conv", ["x", "w"], "c"), node("BatchNormalization", ["c", "s", "b", "m", "v"], "n"),
      node("Relu", ["n"], "y"),
    ]
    graph.initializer = [tensor("w", 4, 3, 3, 3)] + ["s", "b", "m", "v"].map { tensor($0, 4) }
    graph.input = [value("x", type: 1, 1, 3, 6, 6)]
    graph.output = [value("y", type: 1, 1, 4, 4, 4)]
    try write(graph, to: "n.onnx")
  }

  /// Writes `if.onnx`: (y, j) = c ? (x + k, i) : (x * k, i) for bool c, float x `[2]` and int64 i `[2]`, and
  /// z = j + l for l = [2^63 - 1, 1]; k = [infinity, 0.1].
  func writeBranchingModel() throws {
    func branch(_ name: String, _ operation: String) -> Onnx_AttributeProto {
      var attribute = Onnx_AttributeProto()
      attribute.name = "\(name)_branch"
      attribute.type = .graph
      attribute.g.name = name
      var k = Onnx_TensorProto()
      (k.name, k.dataType, k.dims, k.floatData) = ("k_\(name)", 1, [2], [.infinity, 0.1])
      attribute.g.initializer = [k]
      attribute.g.node = [
        node(operation, ["x", "k_\(name)"], "y_\(name)"), node("Identity", ["i"], "j_\(name)"),
      ]
      attribute.g.output = [value("y_\(name)", type: 1, 2), value("j_\(name)", type: 7, 2)]
      return attribute
    }
    var choice = node("If", ["c"], "y")
    choice.output.append("j")
    choice.attribute = [branch("then", "Add"), branch("else", "Mul")]
    var l = Onnx_TensorProto()
    (l.name, l.dataType, l.dims, l.int64Data) = ("l", 7, [2], [.max, 1])
    var graph = Onnx_GraphProto()
    graph.name = "g"
    graph.initializer = [l]
    graph.node = [choice, node("Add", ["j", "l"], "z")]
    graph.input = [value("c", type: 9), value("x", type: 1, 2), value("i", type: 7, 2)]
    graph.output = [value("y", type: 1, 2), value("z", type: 7, 2)]
    try write(graph, to: "if.onnx")
  }

  func write(_ graph: Onnx_GraphProto, to name: String) throws {
    var model = Onnx_ModelProto()
    model.irVersion = 8
    var opset = Onnx_OperatorSetIdProto()
    opset.version = 17
    model.opsetImport = [opset]
    model.graph = graph
    try Data(try model.serializedBytes() as [UInt8]).write(to: URL(fileURLWithPath: file(name)))
  }

  /// Positive floats that are no sums of few powers of 2.
  private func tensor(_ name: String, _ lens: Int...) -> Onnx_TensorProto {
    var tensor = Onnx_TensorProto()
    tensor.name = name
    tensor.dataType = 1
    tensor.dims = lens.map { Int64($0) }
    tensor.floatData = (0..<lens.reduce(1, *)).map { 0.1 + Float($0 * 37 % 101) / 71 }
    return tensor
  }

  func node(_ type: String, _ inputs: [String], _ output: String) -> Onnx_NodeProto {
    var node = Onnx_NodeProto()
    node.opType = type
    node.name = "\(type)_node"
    node.input = inputs
    node.output = [output]
    return node
  }

  func value(_ name: String, type: Int32, _ sizes: Any...) -> Onnx_ValueInfoProto {
    var value = Onnx_ValueInfoProto()
    value.name = name
    value.type.tensorType.elemType = type
    value.type.tensorType.shape = Onnx_TensorShapeProto()
    value.type.tensorType.shape.dim = sizes.map { size in
      var dimension = Onnx_TensorShapeProto.Dimension()
      if let number = size as? Int { dimension.dimValue = Int64(number) }
      if let symbol = size as? String { dimension.dimParam = symbol }
      return dimension
    }
    return value
  }
}
