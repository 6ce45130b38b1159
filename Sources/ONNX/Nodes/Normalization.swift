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
    // Up to opset 13 the outputs say whether statistics are to be made.
    let wantsStatistics = (1...4).contains { node.hasOutput($0) }
    let isTest = try node.version < 7 ? node.flag("is_test") : false
    let isTraining =
      try node.version < 14 ? wantsStatistics && !isTest : node.flag("training_mode")
    if isTraining { return try batchStatistics(node) }
    try node.requireOutputs(atMost: 1)
    if node.version < 9, try !node.flag("spatial", default: true) { return [try elementNorm(node)] }
    return [
      try node.add(
        BatchNormInference(
          epsilon: node.float("epsilon") ?? 1e-5, momentum: node.float("momentum") ?? 0.9,
          bnMode: 1), node.input(0), node.input(1), node.input(2), node.input(3), node.input(4))
    ]
  }

  /// Normalises each element `[C, D1..]` of the samples with a mean and a variance of its own.
  private static func elementNorm(_ node: NodeImporter) throws(MIGraphXError) -> Value {
    let epsilon = Double(try node.float("epsilon") ?? 1e-5)
    let deviation = try node.add(Sqrt(), node.apply(Add(), node.input(4), epsilon))
    let offset = try node.broadcasting(Sub(), node.input(0), node.input(3))
    let normal = try node.broadcasting(Div(), offset, deviation)
    return try node.broadcasting(
      Add(), node.broadcasting(Mul(), normal, node.input(1)), node.input(2))
  }

  /// Normalises each channel with its own mean and variance, which also move the running ones along.
  private static func batchStatistics(_ node: NodeImporter) throws(MIGraphXError) -> [Value] {
    if node.version < 9 { try node.require("spatial", is: 1) }
    try node.checkType(node.input(0), 0, is: .floating)
    let shape = try node.shape(node.input(0))
    guard shape.rank >= 2 else {
      throw MIGraphXError(.invalidShape, "an input [N, C, ...] is needed, found (\(shape))")
    }
    let type: ElementType = shape.elementType == .double ? .double : .float
    let axes = shape.dimensions.indices.filter { $0 != 1 }
    let (offset, mean, variance) = try moments(
      node, node.convert(node.input(0), to: type), axes: axes)
    let epsilon = Double(try node.float("epsilon") ?? 1e-5)
    let deviation = try node.add(Sqrt(), node.apply(Add(), variance, epsilon))
    func factor(_ index: Int) throws(MIGraphXError) -> Value {
      try node.add(
        Broadcast(axis: 1, outLens: shape.dimensions), node.convert(node.input(index), to: type))
    }
    let normal = try node.broadcasting(Div(), offset, deviation)
    let result = try node.add(Add(), node.add(Mul(), normal, factor(1)), factor(2))
    var results = [try node.convert(result, to: shape.elementType)]
    let momentum = Double(try node.float("momentum") ?? 0.9)
    var saved: [Value] = []
    for (index, value) in [(3, mean), (4, variance)] {
      let old = try node.input(index)
      let current = try node.add(Squeeze(axes: axes), value)
      let running = try node.add(
        Add(), node.apply(Mul(), node.convert(old, to: type), momentum),
        node.apply(Mul(), current, 1 - momentum))
      let statisticsType = try node.shape(old).elementType
      results.append(try node.convert(running, to: statisticsType))
      saved.append(try node.convert(current, to: statisticsType))
    }
    return results + (node.version < 14 ? saved : [])
  }

  private static let layerNormalization: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let shape = try node.shape(x)
    let axis = try node.normalized(node.int("axis") ?? -1, rank: shape.rank)
    let sizes = Array(shape.dimensions[axis...])
    let epsilon = try node.float("epsilon") ?? 1e-5
    let factors = [try node.input(1), try node.optionalInput(2)].compactMap { $0 }
    var plain: [Value] = []
    for factor in factors {
      let own = try node.shape(factor).dimensions
      // Axes in front of those that are normalised mostly have size 1.
      let extra = max(0, own.count - sizes.count)
      guard own[..<extra].allSatisfy({ $0 == 1 }) else { break }
      let inner = extra > 0 ? try node.add(Squeeze(axes: Array(0..<extra)), factor) : factor
      plain.append(try node.broadcast(inner, to: sizes))
    }
    let op = LayerNorm(axis: axis, epsilon: epsilon)
    var results: [Value] = []
    if plain.count == factors.count {
      results.append(Value(try node.add(op, inputs: [x] + plain)))
    } else {
      let ones = try node.broadcast(node.scalar(1, shape.elementType), to: sizes)
      var value = Value(try node.add(op, inputs: [x, ones]))
      for (step, factor) in zip([Mul(), Add()] as [any Operator], factors) {
        value = try node.add(step, value, node.broadcast(factor, to: shape.dimensions))
      }
      results.append(value)
    }
    if node.hasOutput(1) || node.hasOutput(2) {
      results += try statistics(node, axes: Array(axis..<shape.rank), Double(epsilon))
    }
    return results
  }

  /// The mean along `axes` and the inverse of the standard deviation, in the type that `stash_type` states.
  private static func statistics(
    _ node: NodeImporter, axes: [Int], _ epsilon: Double
  ) throws(MIGraphXError) -> [Value] {
    let x = try node.convert(node.input(0), to: stashType(node))
    let (_, mean, variance) = try moments(node, x, axes: axes)
    let deviation = try node.add(Sqrt(), node.apply(Add(), variance, epsilon))
    let type = try node.elementType("stash_type") ?? .float
    let inverse = try node.add(Recip(), deviation)
    return [try node.convert(mean, to: type), try node.convert(inverse, to: type)]
  }

  /// Maps rows along `axis`; up to opset 12 all axes from there on count as one.
  static func alongAxis(
    _ node: NodeImporter, _ make: (Int) -> any Operator
  ) throws(MIGraphXError) -> Value {
    try alongAxis(node, node.input(0), version: node.version, make)
  }

  /// See ``alongAxis(_:_:)``; maps `x` by the rules of version `version`.
  static func alongAxis(
    _ node: NodeImporter, _ x: Value, version: Int, _ make: (Int) -> any Operator
  ) throws(MIGraphXError) -> Value {
    let sizes = try node.shape(x).dimensions
    if version >= 13 { return try node.add(make(node.int("axis") ?? -1), x) }
    let axis = try node.normalized(node.int("axis") ?? 1, rank: sizes.count)
    if axis == sizes.count - 1 { return try node.add(make(axis), x) }
    let matrix = try node.add(
      Reshape(
        dims: [sizes[..<axis].reduce(1, *), sizes[axis...].reduce(1, *)], allowZero: true), x)
    return try node.add(
      Reshape(dims: sizes, allowZero: true), node.add(make(1), matrix))
  }
}
