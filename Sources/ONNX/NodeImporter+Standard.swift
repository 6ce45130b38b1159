import FoundationEssentials
import IR
import ONNXProto
import Support

extension NodeImporter {
  /// What the operator `name` of the default domain makes of `inputs`, with this node's attributes.
  ///
  /// - Parameters:
  ///   - outputs: the number of the node's outputs that are also outputs of the operator.
  ///   - version: the version of the operator; the newest one by default.
  ///   - attributes: take the place of attributes that the node has.
  func standard(
    _ name: String, _ inputs: [Value?], outputs: Int = 1,
    version: Int = ONNXOperators.opsets.upperBound, _ attributes: Onnx_AttributeProto...
  ) throws(MIGraphXError) -> [Value] {
    let kept = node.attribute.filter { old in !attributes.contains { $0.name == old.name } }
    return try standard(
      name, inputs, outputs: outputs, version: version, only: kept + attributes)
  }

  /// What the operator `name` of the default domain makes of `inputs`, with the attributes given.
  func standard(
    _ name: String, _ inputs: [Value?], outputs: Int = 1,
    version: Int = ONNXOperators.opsets.upperBound, only attributes: [Onnx_AttributeProto]
  ) throws(MIGraphXError) -> [Value] {
    var node = node
    node.domain = ""
    node.opType = name
    node.output = Array(node.output.prefix(outputs))
    node.input = inputs.map { $0 == nil ? "" : "given" }
    node.attribute = attributes
    guard let (converter, version) = try ONNXOperators.converter(for: node, ["": version]) else {
      throw MIGraphXError(.unsupported, "operator \(name) of the default domain")
    }
    return try converter(NodeImporter(node: node, version: version, graph: graph, given: inputs))
  }
}

extension Onnx_AttributeProto {
  /// A number.
  init(_ name: String, _ number: Float) {
    self.init()
    (self.name, type, f) = (name, .float, number)
  }

  /// An integer.
  init(_ name: String, _ number: Int) {
    self.init()
    (self.name, type, i) = (name, .int, Int64(number))
  }

  /// Integers.
  init(_ name: String, _ numbers: [Int]) {
    self.init()
    (self.name, type, ints) = (name, .ints, numbers.map { Int64($0) })
  }

  /// A text.
  init(_ name: String, _ text: String) {
    self.init()
    (self.name, type, s) = (name, .string, Data(text.utf8))
  }
}
