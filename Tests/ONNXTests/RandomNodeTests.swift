import IR
import ONNX
import ONNXProto
import Passes
import Reference
import Rewriting
import Tensors
import Testing

/// When random numbers are the same again.
@Suite struct RandomNodeTests {
  /// A model of one node that gives 100 numbers, or of two alike.
  private func model(_ op: String, seed: Float?, nodes: Int) -> Onnx_ModelProto {
    var model = ONNXTests.model { graph in
      for index in 0..<nodes {
        var node = Onnx_NodeProto()
        node.opType = op
        node.output = ["y\(index)"]
        var shape = Onnx_AttributeProto()
        (shape.name, shape.type, shape.ints) = ("shape", .ints, [100])
        node.attribute = [shape]
        if let seed {
          var attribute = Onnx_AttributeProto()
          (attribute.name, attribute.type, attribute.f) = ("seed", .float, seed)
          node.attribute.append(attribute)
        }
        graph.node.append(node)
        graph.output.append(valueInfo("y\(index)"))
      }
    }
    model.opset(22)
    return model
  }

  private func executable(_ model: Onnx_ModelProto) throws -> any Executable {
    var program = try Program(onnxBytes: try encoded(model))
    try PassManager().run(Pipeline.standard, on: &program)
    return try ReferenceTarget().compile(program)
  }

  private func run(_ executable: any Executable) throws -> [[Float]] {
    try executable.run([]).compactMap { $0.argument?.elements(as: Float.self) }
  }

  /// Passes neither make constants of random numbers nor take two nodes without a seed for one.
  @Test(arguments: ["RandomUniform", "RandomNormal"]) func repetition(_ op: String) throws {
    let fresh = try executable(model(op, seed: nil, nodes: 2))
    let runs = try run(fresh) + run(fresh)
    #expect(runs.count == 4 && Set(runs).count == 4)
    let seeded = try executable(model(op, seed: 2.5, nodes: 2))
    #expect(try Set(run(seeded) + run(seeded)).count == 1)
    let other = try executable(model(op, seed: 2.25, nodes: 1))
    #expect(try run(other)[0] != run(seeded)[0])
  }
}
