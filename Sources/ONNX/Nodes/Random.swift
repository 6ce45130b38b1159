import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Random numbers. With a seed every run gives the same ones, without one each gives others.
  static let randomConverters: [String: Converter] = [
    "Bernoulli": bernoulli, "Dropout": dropout,
    "Multinomial": multinomial,
    "RandomNormal": { (node) throws(MIGraphXError) in
      [try normal(node, sizes: statedSizes(node), node.elementType("dtype") ?? .float)]
    },
    "RandomNormalLike": { (node) throws(MIGraphXError) in
      let shape = try node.shape(node.input(0))
      return [
        try normal(
          node, sizes: shape.dimensions, node.elementType("dtype") ?? shape.elementType)
      ]
    },
    "RandomUniform": { (node) throws(MIGraphXError) in
      [try uniform(node, sizes: statedSizes(node), node.elementType("dtype") ?? .float)]
    },
    "RandomUniformLike": { (node) throws(MIGraphXError) in
      let shape = try node.shape(node.input(0))
      return [
        try uniform(
          node, sizes: shape.dimensions, node.elementType("dtype") ?? shape.elementType)
      ]
    },
  ]

  private static func statedSizes(_ node: NodeImporter) throws(MIGraphXError) -> [Dimension] {
    guard let sizes = try node.ints("shape") else {
      throw MIGraphXError(.invalidFile, "attribute 'shape' is needed")
    }
    return sizes.map { Dimension($0) }
  }

  /// The seed that an attribute states, a number or an integer by operator, or a new one for each run.
  static func seed(_ node: NodeImporter, isInteger: Bool = false) throws(MIGraphXError) -> Value {
    let seed =
      try isInteger
      ? node.int("seed").map { UInt64(bitPattern: Int64($0)) }
      : node.float("seed").map { UInt64($0.bitPattern) }
    guard let seed else { return try node.add(RandomSeed()) }
    return node.add(try Literal([seed], lens: [1]))
  }

  /// Random numbers from 0 on and below 1.
  static func uniform(
    _ node: NodeImporter, seed: Value, sizes: [Dimension], _ type: ElementType
  ) throws(MIGraphXError) -> Value {
    let like = try node.broadcast(node.scalar(0, type), to: sizes)
    return try node.add(RandomUniform(), seed, like)
  }

  /// low + (high - low) * u
  private static func uniform(
    _ node: NodeImporter, sizes: [Dimension], _ type: ElementType
  ) throws(MIGraphXError) -> Value {
    let low = Double(try node.float("low") ?? 0)
    let high = Double(try node.float("high") ?? 1)
    let numbers = try uniform(node, seed: seed(node), sizes: sizes, type)
    return try node.apply(Add(), node.apply(Mul(), numbers, high - low), low)
  }

  /// mean + scale * z
  private static func normal(
    _ node: NodeImporter, sizes: [Dimension], _ type: ElementType
  ) throws(MIGraphXError) -> Value {
    let like = try node.broadcast(node.scalar(0, type), to: sizes)
    let numbers = try node.add(RandomNormal(), seed(node), like)
    return try node.apply(
      Add(), node.apply(Mul(), numbers, Double(node.float("scale") ?? 1)),
      Double(node.float("mean") ?? 0))
  }

  /// True with the probability that an element states.
  private static let bernoulli: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    try node.checkType(x, 0, is: .floating)
    let shape = try node.shape(x)
    let type: ElementType = shape.elementType == .double ? .double : .float
    let numbers = try uniform(node, seed: seed(node), sizes: shape.dimensions, type)
    let isDrawn = try node.add(Less(), numbers, node.convert(x, to: type))
    return [try node.convert(isDrawn, to: node.elementType("dtype") ?? shape.elementType)]
  }

  /// Outcomes drawn by their weights, whose logarithms are given.
  private static let multinomial: Converter = { (node) throws(MIGraphXError) in
    let x = try node.convert(node.input(0), to: .double)
    let sizes = try node.shape(x).dimensions
    guard sizes.count == 2 else {
      throw MIGraphXError(
        .invalidShape, "input 0 must have rank 2, found (\(try node.shape(x)))")
    }
    let largest = try node.add(ReduceMax(axes: [1]), x)
    let weights = try node.add(Exp(), node.broadcasting(Sub(), x, largest))
    let numbers = try uniform(
      node, seed: seed(node), sizes: [sizes[0], Dimension(node.int("sample_size") ?? 1)], .double)
    let op = Multinomial(dtype: try node.elementType("dtype") ?? .int32)
    let sums = try node.add(
      PrefixScanSum(axis: 1, exclusive: false, reverse: false), weights)
    return [try node.add(op, sums, numbers)]
  }

  /// Training drops elements at random and scales the others up; inference drops nothing.
  private static let dropout: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let shape = try node.shape(x)
    guard let training = try node.optionalInput(2), node.integers(training) != [0] else {
      let result = try node.add(Identity(), x)
      let maskType = node.version < 10 ? shape.elementType : .bool
      return node.hasOutput(1)
        ? [result, try node.broadcast(node.scalar(1, maskType), to: shape.dimensions)] : [result]
    }
    func scalar(_ value: Value) throws(MIGraphXError) -> Value {
      try node.shape(value).rank == 0 ? value : node.add(Reshape(dims: []), value)
    }
    let type: ElementType = shape.elementType == .double ? .double : .float
    var ratio = try node.scalar(0.5, type)
    if let stated = try node.optionalInput(1) {
      ratio = try node.convert(scalar(stated), to: type)
    }
    let share = try node.add(Where(), scalar(training), ratio, node.scalar(0, type))
    let numbers = try uniform(
      node, seed: seed(node, isInteger: true), sizes: shape.dimensions, type)
    let mask = try node.add(Not(), node.broadcasting(Less(), numbers, share))
    let rest = try node.add(Sub(), node.scalar(1, type), share)
    let scaled = try node.broadcasting(Div(), node.convert(x, to: type), rest)
    let result = try node.broadcasting(Where(), mask, scaled, node.scalar(0, type))
    return [try node.convert(result, to: shape.elementType), mask]
  }
}
