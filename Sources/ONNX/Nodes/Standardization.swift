import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Normalisations by means, variances and norms, made of other operators.
  static let standardizationConverters: [String: Converter] = [
    "GroupNormalization": groupNormalization, "InstanceNormalization": instanceNormalization,
    "LRN": { (node) throws(MIGraphXError) in
      guard let size = try node.int("size") else {
        throw MIGraphXError(.invalidFile, "attribute 'size' is needed")
      }
      return [
        try node.add(
          LRN(
            alpha: node.float("alpha") ?? 0.0001, beta: node.float("beta") ?? 0.75,
            bias: node.float("bias") ?? 1, size: size), node.input(0))
      ]
    },
    "LpNormalization": lpNormalization, "MeanVarianceNormalization": meanVarianceNormalization,
    "RMSNormalization": rmsNormalization,
  ]

  /// `x` less its mean along `axes`, and the mean of the square of that.
  static func moments(
    _ node: NodeImporter, _ x: Value, axes: [Int]
  ) throws(MIGraphXError) -> (offset: Value, mean: Value, variance: Value) {
    let mean = try node.add(ReduceMean(axes: axes), x)
    let offset = try node.broadcasting(Sub(), x, mean)
    return (offset, mean, try node.add(ReduceMean(axes: axes), node.add(Mul(), offset, offset)))
  }

  /// `x` shifted and scaled to mean 0 and variance 1 along `axes`.
  private static func standardized(
    _ node: NodeImporter, _ x: Value, axes: [Int]
  ) throws(MIGraphXError) -> Value {
    let epsilon = Double(try node.float("epsilon") ?? 1e-5)
    let (offset, _, variance) = try moments(node, x, axes: axes)
    let deviation = try node.add(Sqrt(), node.apply(Add(), variance, epsilon))
    return try node.broadcasting(Div(), offset, deviation)
  }

  /// `value` times input 1 plus input 2, which have one number for each position of axis 1.
  private static func scaled(
    _ node: NodeImporter, _ value: Value
  ) throws(MIGraphXError) -> Value {
    let shape = try node.shape(value)
    func factor(_ index: Int) throws(MIGraphXError) -> Value {
      let input = try node.input(index)
      guard try node.shape(input).rank == 1 else {
        throw MIGraphXError(
          .invalidShape, "input \(index) must have rank 1, found (\(try node.shape(input)))")
      }
      return try node.add(
        Broadcast(axis: 1, outLens: shape.dimensions),
        node.convert(input, to: shape.elementType))
    }
    return try node.add(Add(), node.add(Mul(), value, factor(1)), factor(2))
  }

  /// The type that the first stage of a normalisation computes in, which has at least single precision.
  static func stashType(_ node: NodeImporter) throws(MIGraphXError) -> ElementType {
    try node.checkType(node.input(0), 0, is: .floating)
    let type = try node.shape(node.input(0)).elementType
    let stated = try node.elementType("stash_type") ?? .float
    guard stated.isFloatingPoint else {
      throw MIGraphXError(
        .invalidFile, "stash_type is \(stated.rawValue); a floating-point type is needed")
    }
    return type == .double || stated == .double ? .double : .float
  }

  private static let instanceNormalization: Converter = { (node) throws(MIGraphXError) in
    let rank = try node.shape(node.input(0)).rank
    guard rank >= 3 else {
      throw MIGraphXError(.invalidShape, "an input [N, C, ...] with spatial axes is needed")
    }
    return [
      try node.inSinglePrecision { (x) throws(MIGraphXError) in
        try scaled(node, standardized(node, x, axes: Array(2..<rank)))
      }
    ]
  }

  /// Scale and bias have one number for each group up to opset 20, then one for each channel.
  private static let groupNormalization: Converter = { (node) throws(MIGraphXError) in
    let shape = try node.shape(node.input(0))
    let sizes = shape.dimensions
    guard let groups = try node.int("num_groups"), groups >= 1 else {
      throw MIGraphXError(.invalidFile, "attribute 'num_groups' of at least 1 is needed")
    }
    guard sizes.count >= 2 else {
      throw MIGraphXError(.invalidShape, "an input [N, C, ...] is needed, found (\(shape))")
    }
    try node.require(
      sizes[1].modulo(Dimension(groups)), equals: 0,
      "what is left of \(sizes[1]) channels by \(groups) groups")
    let length = sizes[2...].reduce(sizes[1].floorDivided(by: Dimension(groups)), *)
    let grouped = try node.add(
      Reshape(dims: [sizes[0], Dimension(groups), length], allowZero: true),
      node.convert(node.input(0), to: stashType(node)))
    let normal = try standardized(node, grouped, axes: [2])
    let isPerGroup = node.version < 21
    let result = try node.add(
      Reshape(dims: sizes, allowZero: true), isPerGroup ? scaled(node, normal) : normal)
    let rounded = try node.convert(result, to: shape.elementType)
    return [isPerGroup ? rounded : try scaled(node, rounded)]
  }

  /// The root of the mean square along the last axes divides the input; the result has the type of the scale.
  private static let rmsNormalization: Converter = { (node) throws(MIGraphXError) in
    let (x, scale) = (try node.input(0), try node.input(1))
    let shape = try node.shape(x)
    let first = try node.normalized(node.int("axis") ?? -1, rank: shape.rank)
    let wide = try node.convert(x, to: stashType(node))
    let square = try node.add(
      ReduceMean(axes: Array(first..<shape.rank)), node.add(Mul(), wide, wide))
    let epsilon = Double(try node.float("epsilon") ?? 1e-5)
    let root = try node.add(Sqrt(), node.apply(Add(), square, epsilon))
    let normal = try node.convert(node.broadcasting(Div(), wide, root), to: shape.elementType)
    return [
      try node.add(
        Mul(), node.convert(normal, to: node.shape(scale).elementType),
        node.broadcast(scale, to: shape.dimensions))
    ]
  }

  private static let meanVarianceNormalization: Converter = { (node) throws(MIGraphXError) in
    let rank = try node.shape(node.input(0)).rank
    var axes: [Int] = []
    for axis in try node.ints("axes") ?? [0, 2, 3] {
      axes.append(try node.normalized(axis, rank: rank))
    }
    return [
      try node.inSinglePrecision { (x) throws(MIGraphXError) in
        let (offset, _, variance) = try moments(node, x, axes: axes)
        return try node.broadcasting(
          Div(), offset, node.apply(Add(), node.add(Sqrt(), variance), 1e-9))
      }
    ]
  }

  /// Rows divided by their norm; those whose norm is 0 stay 0.
  private static let lpNormalization: Converter = { (node) throws(MIGraphXError) in
    let axis = try node.int("axis") ?? -1
    let order = try node.int("p") ?? 2
    guard order == 1 || order == 2 else {
      throw MIGraphXError(.invalidFile, "attribute 'p' must be 1 or 2, found \(order)")
    }
    return [
      try node.inSinglePrecision { (x) throws(MIGraphXError) in
        let sum = ReduceSum(axes: [axis])
        let norm =
          order == 1
          ? try node.add(sum, node.add(Abs(), x))
          : try node.add(Sqrt(), node.add(sum, node.add(Mul(), x, x)))
        let zero = try node.scalar(0, node.shape(x).elementType)
        let isZero = try node.broadcasting(Equal(), norm, zero)
        return try node.broadcasting(Where(), isZero, zero, node.broadcasting(Div(), x, norm))
      }
    ]
  }
}
