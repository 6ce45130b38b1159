import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators that select, count and scatter elements.
  static let selectionConverters: [String: Converter] = [
    "Compress": compress,
    "CumProd": cumulative { PrefixScanProduct(axis: 0, exclusive: $0, reverse: $1) },
    "CumSum": cumulative { PrefixScanSum(axis: 0, exclusive: $0, reverse: $1) },
    "NonMaxSuppression": nonMaxSuppression,
    "NonZero": { (node) throws(MIGraphXError) in [try node.add(NonZero(), node.input(0))] },
    "OneHot": oneHot,
    "Scatter": { (node) throws(MIGraphXError) in
      [try scatter(node, ScatterNone(axis: node.int("axis") ?? 0))]
    },
    "ScatterElements": scatterElements, "ScatterND": scatterND, "TensorScatter": tensorScatter,
    "TopK": topK, "Unique": unique,
  ]

  /// The parts in whose places the condition is true: its positions are gathered.
  ///
  /// The condition may be shorter than the axis, or longer: what it says beyond the end counts for nothing.
  private static let compress: Converter = { (node) throws(MIGraphXError) in
    var x = try node.input(0)
    let axis = try node.int("axis")
    if axis == nil { x = try node.add(Reshape(dims: [-1]), x) }
    let shape = try node.shape(x)
    let place = try node.normalized(axis ?? 0, rank: shape.rank)
    let condition = try node.input(1)
    guard try node.shape(condition).rank == 1, try node.shape(condition).elementType == .bool else {
      throw MIGraphXError(
        .invalidShape,
        "the condition must be a vector of bool, found (\(try node.shape(condition)))")
    }
    let inside = try node.add(
      Slice(axes: [0], starts: [0], ends: [shape.dimensions[place]]), condition)
    let positions = try node.add(Squeeze(axes: [0]), node.add(NonZero(), inside))
    return [try node.add(Gather(axis: place), x, positions)]
  }

  private static func cumulative<Scan: PrefixScanOperator>(
    _ make: @escaping @Sendable (_ exclusive: Bool, _ reverse: Bool) -> Scan
  ) -> Converter {
    { (node) throws(MIGraphXError) in
      let (x, axis) = (try node.input(0), try node.input(1))
      var scan = make(try node.flag("exclusive"), try node.flag("reverse"))
      guard let known = node.integers(axis), known.count == 1 else {
        return [try node.add(scan, x, axis)]
      }
      scan.axis = known[0]
      return [try node.add(scan, x)]
    }
  }

  /// Limits that are missing before given ones get the values that they stand for.
  private static let nonMaxSuppression: Converter = { (node) throws(MIGraphXError) in
    var inputs = [try node.input(0), try node.input(1)]
    for index in 2..<max(2, min(5, node.inputCount)) {
      if let limit = try node.optionalInput(index) {
        inputs.append(limit)
      } else {
        inputs.append(try index == 2 ? node.vector([0]) : node.scalar(0, .float))
      }
    }
    let op = NonMaxSuppression(centerPointBox: try node.flag("center_point_box"))
    return [Value(try node.add(op, inputs: inputs))]
  }

  /// Indices and depth may be of any number type.
  private static let oneHot: Converter = { (node) throws(MIGraphXError) in
    let indices = try node.convert(node.input(0), to: .int64)
    let depth = try node.convert(node.input(1), to: .int64)
    return [
      try node.add(OneHot(axis: node.int("axis") ?? -1), indices, depth, node.input(2))
    ]
  }

  private static let scatterElements: Converter = { (node) throws(MIGraphXError) in
    let axis = try node.int("axis") ?? 0
    let op: any Operator
    switch try combination(node) {
    case .replace: op = ScatterNone(axis: axis)
    case .add: op = ScatterAdd(axis: axis)
    case .multiply: op = ScatterMul(axis: axis)
    case .minimum: op = ScatterMin(axis: axis)
    case .maximum: op = ScatterMax(axis: axis)
    }
    return [try scatter(node, op)]
  }

  private static let scatterND: Converter = { (node) throws(MIGraphXError) in
    let op: any Operator
    switch try combination(node) {
    case .replace: op = ScatterNDNone()
    case .add: op = ScatterNDAdd()
    case .multiply: op = ScatterNDMul()
    case .minimum: op = ScatterNDMin()
    case .maximum: op = ScatterNDMax()
    }
    return [try scatter(node, op)]
  }

  private static func scatter(
    _ node: NodeImporter, _ op: any Operator
  ) throws(MIGraphXError) -> Value {
    try node.add(op, node.input(0), node.input(1), node.input(2))
  }

  private static func combination(
    _ node: NodeImporter
  ) throws(MIGraphXError) -> ScatterCombination {
    let name = try node.string("reduction") ?? "none"
    guard let combination = ScatterCombination(rawValue: name) else {
      throw MIGraphXError(
        .invalidFile, "reduction is '\(name)'; none, add, mul, min or max is needed")
    }
    return combination
  }

  private static let tensorScatter: Converter = { (node) throws(MIGraphXError) in
    let mode = try node.string("mode") ?? "linear"
    guard mode == "linear" || mode == "circular" else {
      throw MIGraphXError(.invalidFile, "mode is '\(mode)'; linear or circular is needed")
    }
    let op = TensorScatter(axis: try node.int("axis") ?? -2, circular: mode == "circular")
    return [Value(try node.add(op, inputs: node.inputs(atLeast: 2)))]
  }

  /// Up to opset 9 the number of elements is an attribute, from 10 on an input.
  private static let topK: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    var op = TopK(
      k: 1, axis: try node.int("axis") ?? -1, largest: try node.flag("largest", default: true))
    var inputs = [x]
    if node.version < 10 {
      guard let k = try node.int("k") else {
        throw MIGraphXError(.invalidFile, "attribute 'k' is needed")
      }
      op.k = Dimension(k)
    } else if let k = node.integers(try node.input(1)), k.count == 1 {
      op.k = Dimension(k[0])
    } else {
      inputs.append(try node.input(1))
    }
    let id = try node.add(op, inputs: inputs)
    return [Value(id), Value(id, result: 1)]
  }

  private static let unique: Converter = { (node) throws(MIGraphXError) in
    let op = Unique(axis: try node.int("axis"), sorted: try node.flag("sorted", default: true))
    let id = try node.add(op, inputs: [try node.input(0)])
    return (0..<4).map { Value(id, result: $0) }
  }
}
