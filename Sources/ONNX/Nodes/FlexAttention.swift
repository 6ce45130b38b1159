import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators of ONNX's preview domain.
  static let previewConverters: [String: Converter] = [
    "FlexAttention": { (node) throws(MIGraphXError) in
      var attention = DotProductAttention(
        query: try node.input(0), key: try node.input(1), value: try node.input(2))
      for index in 0..<3 { _ = try node.sizes(node.input(index), rank: 4, "input \(index)") }
      attention.scale = try node.float("scale").map { Double($0) }
      attention.softmaxType = try node.elementType("softmax_precision")
      attention.changeScores = { (x) throws(MIGraphXError) in
        try modified(node, x, by: "score_mod")
      }
      attention.changeProbabilities = { (x) throws(MIGraphXError) in
        try modified(node, x, by: "prob_mod")
      }
      return [try attention.build(node).output]
    }
  ]

  /// What a sub-graph, if the node has it, makes of `x`: a tensor of the same type and sizes.
  private static func modified(
    _ node: NodeImporter, _ x: Value, by name: String
  ) throws(MIGraphXError) -> Value {
    guard node.has(name) else { return x }
    let importer = GraphImporter(inlinedIn: node.graph)
    let results = try trace("importing \(name)") { () throws(MIGraphXError) in
      try importer.importInlined(try node.subgraph(name), inputs: [x])
    }
    guard results.count == 1 else {
      throw MIGraphXError(.invalidFile, "\(name) must have 1 output, found \(results.count)")
    }
    let (shape, wanted) = (try node.shape(results[0]), try node.shape(x))
    guard shape.elementType == wanted.elementType, shape.rank == wanted.rank else {
      throw MIGraphXError(
        .invalidShape, "\(name) must give what it gets, (\(wanted)); found (\(shape))")
    }
    for (axis, (a, b)) in zip(shape.dimensions, wanted.dimensions).enumerated() {
      try node.require(a, equals: b, "axis \(axis) of what \(name) gives and gets")
    }
    return results[0]
  }
}
