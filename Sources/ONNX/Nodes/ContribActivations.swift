import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Activations of ONNX Runtime's own domain, and what it joins with them.
  static let contribActivationConverters: [String: Converter] = [
    "BiasAdd": { (node) throws(MIGraphXError) in
      [try node.add(Add(), addBias(node), node.input(2))]
    },
    "BiasDropout": biasDropout,
    "BiasGelu": { (node) throws(MIGraphXError) in
      try node.standard("Gelu", [addBias(node)])
    },
    "BiasSoftmax": { (node) throws(MIGraphXError) in
      let (data, bias) = (try node.input(0), try node.input(1))
      let sum = try node.add(Add(), data, node.broadcast(bias, to: node.shape(data).dimensions))
      return try node.standard("Softmax", [sum], version: 11)
    },
    "BiasSplitGelu": { (node) throws(MIGraphXError) in
      let sum = try addBias(node)
      let size = try node.part(node.shape(sum).dimensions.last ?? 0, of: 2, "input 0")
      let halves = try node.split(sum, axis: node.shape(sum).rank - 1, into: [size, size])
      return [try node.add(Mul(), halves[0], node.standard("Gelu", [halves[1]])[0])]
    },
    "FastGelu": { (node) throws(MIGraphXError) in try fastGelu(node, addBias(node)) },
    "Gelu": { (node) throws(MIGraphXError) in try node.standard("Gelu", [node.input(0)]) },
    "GemmFastGelu": { (node) throws(MIGraphXError) in
      let product = try node.standard("MatMul", [node.input(0), node.input(1)])[0]
      return try fastGelu(node, addBias(node, 2, to: product))
    },
    "QuickGelu": { (node) throws(MIGraphXError) in
      try node.standard(
        "Swish", [node.input(0)], Onnx_AttributeProto("alpha", node.float("alpha") ?? 1.702))
    },
  ]

  /// Input 0 and the vector that may be input 1, which is added to each row.
  private static func addBias(_ node: NodeImporter) throws(MIGraphXError) -> Value {
    try addBias(node, 1, to: node.input(0))
  }

  /// `x` and the vector that input `index` may be, which is added to each row.
  static func addBias(
    _ node: NodeImporter, _ index: Int, to x: Value
  ) throws(MIGraphXError) -> Value {
    guard let bias = try node.optionalInput(index) else { return x }
    _ = try node.sizes(bias, rank: 1, "input \(index)")
    return try node.add(Add(), x, node.broadcast(bias, to: node.shape(x).dimensions))
  }

  private static func fastGelu(_ node: NodeImporter, _ x: Value) throws(MIGraphXError) -> [Value] {
    try node.standard("Gelu", [x], Onnx_AttributeProto("approximate", "tanh"))
  }

  private static let biasDropout: Converter = { (node) throws(MIGraphXError) in
    let (data, bias) = (try node.input(0), try node.input(1))
    let sum = try node.add(Add(), data, node.broadcast(bias, to: node.shape(data).dimensions))
    let inputs = [sum, try node.optionalInput(3), try node.optionalInput(4)]
    var results = try node.standard("Dropout", inputs, outputs: 2)
    if let residual = try node.optionalInput(2) {
      results[0] = try node.add(Add(), results[0], residual)
    }
    return results
  }
}
