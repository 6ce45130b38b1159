import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Normalisations and softmax.
  static let normalizationConverters: [String: Converter] = [
    "BatchNormalization": batchNormalization, "LayerNormalization": layerNormalization,
    "Softmax": { (node) throws(MIGraphXError) in
      [try alongAxis(node) { (axis) in Softmax(axis: axis) }]
    },
    "LogSoftmax": { (node) throws(MIGraphXError) in
      [try alongAxis(node) { (axis) in LogSoftmax(axis: axis) }]
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
    let x = try node.input(0)
    let shape = try node.shape(x)
    let axis = try node.normalized(node.int("axis") ?? -1, rank: shape.rank)
    let sizes = Array(shape.dimensions[axis...])
    func factor(_ value: Value) throws(MIGraphXError) -> Value {
      // Axes in front of those that are normalised can only have size 1.
      let extra = try node.shape(value).rank - sizes.count
      let value = extra > 0 ? try node.add(Squeeze(axes: Array(0..<extra)), value) : value
      return try node.broadcast(value, to: sizes)
    }
    var inputs = [x, try factor(node.input(1))]
    if let bias = try node.optionalInput(2) { inputs.append(try factor(bias)) }
    let epsilon = try node.float("epsilon") ?? 1e-5
    var results = [Value(try node.add(LayerNorm(axis: axis, epsilon: epsilon), inputs: inputs))]
    if node.hasOutput(1) || node.hasOutput(2) {
      results += try statistics(node, axes: Array(axis..<shape.rank), Double(epsilon))
    }
    return results
  }

  /// The mean along `axes` and the inverse of the standard deviation, at least in single precision.
  private static func statistics(
    _ node: NodeImporter, axes: [Int], _ epsilon: Double
  ) throws(MIGraphXError) -> [Value] {
    try node.require("stash_type", is: 1)
    let type = try node.shape(node.input(0)).elementType
    let x = try node.convert(node.input(0), to: type == .double ? .double : .float)
    let mean = try node.add(ReduceMean(axes: axes), x)
    let offset = try node.broadcasting(Sub(), x, mean)
    let variance = try node.add(ReduceMean(axes: axes), node.add(Mul(), offset, offset))
    let deviation = try node.add(Sqrt(), node.apply(Add(), variance, epsilon))
    return [mean, try node.add(Recip(), deviation)]
  }

  /// Maps rows along `axis`; up to opset 12 all axes from there on count as one.
  static func alongAxis(
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
