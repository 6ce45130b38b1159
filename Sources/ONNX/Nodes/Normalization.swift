import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Normalisations and softmax.
  static let normalizationConverters: [String: Converter] = [
    "BatchNormalization": batchNormalization, "LayerNormalization": layerNormalization,
    "Softmax": { (node) throws(MIGraphXError) in
      [try softmax(node) { (axis) in Softmax(axis: axis) }]
    },
    "LogSoftmax": { (node) throws(MIGraphXError) in
      [try softmax(node) { (axis) in LogSoftmax(axis: axis) }]
    },
  ]

  private static let batchNormalization: Converter = { (node) throws(MIGraphXError) in
    try node.require("training_mode", is: 0)
    if node.version < 9 { try node.require("spatial", is: 1) }
    try node.requireOutputs(atMost: 1)
    return [
      try node.add(
        BatchNormInference(
          epsilon: node.float("epsilon") ?? 1e-5, momentum: node.float("momentum") ?? 0.9,
          bnMode: 1), node.input(0), node.input(1), node.input(2), node.input(3), node.input(4))
    ]
  }

  private static let layerNormalization: Converter = { (node) throws(MIGraphXError) in
    try node.requireOutputs(atMost: 1)
    let x = try node.input(0)
    let shape = try node.shape(x)
    let axis = try node.normalized(node.int("axis") ?? -1, rank: shape.rank)
    let sizes = Array(shape.dimensions[axis...])
    var inputs = [x, try node.broadcast(node.input(1), to: sizes)]
    if let bias = try node.optionalInput(2) { inputs.append(try node.broadcast(bias, to: sizes)) }
    let op = LayerNorm(axis: axis, epsilon: try node.float("epsilon") ?? 1e-5)
    return [Value(try node.add(op, inputs: inputs))]
  }

  /// Up to opset 12 all axes from `axis` on count as one.
  private static func softmax(
    _ node: NodeImporter, _ make: (Int) -> any Operator
  ) throws(MIGraphXError) -> Value {
    let x = try node.input(0)
    let sizes = try node.shape(x).dimensions
    if node.version >= 13 { return try node.add(make(node.int("axis") ?? -1), x) }
    let axis = try node.normalized(node.int("axis") ?? 1, rank: sizes.count)
    if axis == sizes.count - 1 { return try node.add(make(axis), x) }
    let matrix = try node.add(
      Reshape(
        dims: [sizes[..<axis].reduce(1, *), sizes[axis...].reduce(1, *)], allowZero: true), x)
    return try node.add(
      Reshape(dims: sizes, allowZero: true), node.add(make(1), matrix))
  }
}
