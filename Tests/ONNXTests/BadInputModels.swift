import Foundation
import IR
import ONNX
import ONNXProto
import Support
import SwiftProtobuf
import Testing

// Small models and the check of the errors that they end in.

func node(
  _ op: String, _ inputs: [String], _ outputs: [String], name: String = "", domain: String = "",
  _ attributes: [Onnx_AttributeProto] = []
) -> Onnx_NodeProto {
  var node = Onnx_NodeProto()
  (node.opType, node.input, node.output) = (op, inputs, outputs)
  (node.name, node.domain, node.attribute) = (name, domain, attributes)
  return node
}

func attribute(
  _ name: String, _ type: Onnx_AttributeProto.AttributeType,
  _ fill: (inout Onnx_AttributeProto) -> Void
) -> Onnx_AttributeProto {
  var attribute = Onnx_AttributeProto()
  (attribute.name, attribute.type) = (name, type)
  fill(&attribute)
  return attribute
}

func int(_ name: String, _ value: Int64) -> Onnx_AttributeProto {
  attribute(name, .int) { $0.i = value }
}

func text(_ name: String, _ value: String) -> Onnx_AttributeProto {
  attribute(name, .string) { $0.s = Data(value.utf8) }
}

func graph(_ name: String, _ value: Onnx_GraphProto) -> Onnx_AttributeProto {
  attribute(name, .graph) { $0.g = value }
}

func input(
  _ name: String, _ sizes: [Onnx_TensorShapeProto.Dimension.OneOf_Value], type: Int32 = 1
) -> Onnx_ValueInfoProto {
  var value = Onnx_ValueInfoProto()
  value.name = name
  value.type.tensorType.elemType = type
  value.type.tensorType.shape.dim = sizes.map { size in
    var dimension = Onnx_TensorShapeProto.Dimension()
    dimension.value = size
    return dimension
  }
  return value
}

func output(_ name: String) -> Onnx_ValueInfoProto {
  var value = Onnx_ValueInfoProto()
  value.name = name
  return value
}

func opset(_ domain: String, _ version: Int64) -> Onnx_OperatorSetIdProto {
  var opset = Onnx_OperatorSetIdProto()
  (opset.domain, opset.version) = (domain, version)
  return opset
}

/// A model of `nodes` with an input 'x', floats `[N, 3]` by default, and an output 'y'.
func simple(
  _ nodes: [Onnx_NodeProto],
  _ sizes: [Onnx_TensorShapeProto.Dimension.OneOf_Value] = [.dimParam("N"), .dimValue(3)]
) -> Onnx_ModelProto {
  var result = model { graph in
    graph.node = nodes
    graph.input = [input("x", sizes)]
    graph.output = [output("y")]
  }
  result.opsetImport = [opset("", 17)]
  return result
}

/// A model with one node.
func relu(
  _ sizes: [Onnx_TensorShapeProto.Dimension.OneOf_Value] = [.dimParam("N"), .dimValue(3)]
) -> Onnx_ModelProto {
  simple([node("Relu", ["x"], ["y"])], sizes)
}

/// Whether the error reads as one line of bearable length.
func isOneLine(_ error: MIGraphXError) -> Bool {
  let breaks: Set<Unicode.Scalar> = [
    "\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}",
  ]
  let scalars = error.description.unicodeScalars
  return scalars.count < 5000 && !scalars.contains { breaks.contains($0) }
}

/// Expects that importing `model` ends in an error of kind `code` that says all of `parts`.
func refuses(
  _ model: Onnx_ModelProto, _ code: MIGraphXError.Code, _ parts: String...,
  options: ONNXOptions = ONNXOptions(), sourceLocation: SourceLocation = #_sourceLocation
) {
  do throws(MIGraphXError) {
    guard let bytes = try? encoded(model) else {
      Issue.record("the model can't be encoded", sourceLocation: sourceLocation)
      return
    }
    _ = try Program(onnxBytes: bytes, options: options)
    Issue.record("the model is accepted", sourceLocation: sourceLocation)
  } catch {
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    #expect(isOneLine(error), "\(error)", sourceLocation: sourceLocation)
    for part in parts {
      #expect(error.description.contains(part), "\(error)", sourceLocation: sourceLocation)
    }
  }
}
