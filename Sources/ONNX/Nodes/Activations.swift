import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Activation functions with attributes, or made of several operators.
  static let activationConverters: [String: Converter] = [
    "Elu": { (node) throws(MIGraphXError) in
      [try node.add(Elu(alpha: node.float("alpha") ?? 1), node.input(0))]
    },
    "HardSigmoid": { (node) throws(MIGraphXError) in
      [try hardSigmoid(node, node.float("alpha") ?? 0.2, node.float("beta") ?? 0.5)]
    },
    "HardSwish": { (node) throws(MIGraphXError) in
      [try node.add(Mul(), node.input(0), hardSigmoid(node, 1 / 6, 0.5))]
    },
    "LeakyRelu": { (node) throws(MIGraphXError) in
      [try node.add(LeakyRelu(alpha: node.float("alpha") ?? 0.01), node.input(0))]
    },
    "PRelu": prelu,
  ]

  /// max(0, min(1, alpha * x + beta))
  private static func hardSigmoid(
    _ node: NodeImporter, _ alpha: Float, _ beta: Float
  ) throws(MIGraphXError) -> Value {
    let x = try node.input(0)
    let type = try node.shape(x).elementType
    let line = try node.apply(Add(), node.apply(Mul(), x, Double(alpha)), Double(beta))
    return try node.broadcasting(Clip(), line, node.scalar(0, type), node.scalar(1, type))
  }

  /// The slope is broadcast to the input, never the other way round.
  private static let prelu: Converter = { (node) throws(MIGraphXError) in
    let (x, slope) = (try node.input(0), try node.input(1))
    return [try node.add(PRelu(), x, node.broadcast(slope, to: node.shape(x).dimensions))]
  }
}
