import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Matrix products and convolutions.
  static let contractionConverters: [String: Converter] = [
    "CausalConvWithState": causalConv, "Conv": conv, "ConvTranspose": convTranspose,
    "DeformConv": deformConv,
    "Det": { (node) throws(MIGraphXError) in [try node.add(Determinant(), node.input(0))] },
    "Gemm": gemm,
    "MatMul": { (node) throws(MIGraphXError) in
      [try node.matrixProduct(Dot(), node.input(0), node.input(1))]
    },
  ]

  private static let conv: Converter = { (node) throws(MIGraphXError) in
    let (x, weights) = (try node.input(0), try node.input(1))
    let window = try Window(node, spatialRank: node.shape(x).rank - 2)
    try window.check(kernel: node.shape(weights).dimensions.dropFirst(2))
    let result = try node.add(
      Convolution(
        padding: window.padding, stride: window.strides, dilation: window.dilations,
        group: node.int("group") ?? 1, paddingMode: window.paddingMode,
        useDynamicSameAutoPad: false), x, weights)
    return [try addBias(node, result)]
  }

  private static let convTranspose: Converter = { (node) throws(MIGraphXError) in
    let (x, weights) = (try node.input(0), try node.input(1))
    let window = try Window(node, spatialRank: node.shape(x).rank - 2)
    try window.check(kernel: node.shape(weights).dimensions.dropFirst(2))
    let result = try node.add(
      ConvolutionBackwards(
        padding: window.padding, stride: window.strides, dilation: window.dilations,
        group: node.int("group") ?? 1, outputPadding: node.ints("output_padding"),
        outputShape: statedSizes(node, window.strides.count), paddingMode: window.paddingMode), x,
      weights)
    return [try addBias(node, result)]
  }

  private static let deformConv: Converter = { (node) throws(MIGraphXError) in
    let (x, weights) = (try node.input(0), try node.input(1))
    let window = try Window(node, spatialRank: node.shape(x).rank - 2)
    try window.check(kernel: node.shape(weights).dimensions.dropFirst(2))
    var inputs = [x, weights, try node.input(2)]
    if let mask = try node.optionalInput(4) { inputs.append(mask) }
    let op = DeformableConvolution(
      padding: window.padding, stride: window.strides, dilation: window.dilations,
      group: try node.int("group") ?? 1, offsetGroup: try node.int("offset_group") ?? 1)
    return [try addBias(node, Value(node.add(op, inputs: inputs)), input: 3)]
  }

  /// A convolution of each channel with what came before, of which the last part is the next state.
  private static let causalConv: Converter = { (node) throws(MIGraphXError) in
    let (x, weights) = (try node.input(0), try node.input(1))
    let (sizes, taps) = (try node.shape(x).dimensions, try node.shape(weights).dimensions)
    guard sizes.count == 3, taps.count == 3 else {
      throw MIGraphXError(
        .invalidShape,
        "inputs 0 and 1 must have rank 3, found (\(try node.shape(x))) and "
          + "(\(try node.shape(weights)))")
    }
    guard let channels = sizes[1].constant else {
      throw MIGraphXError(.unsupported, "a dynamic number of channels, \(sizes[1])")
    }
    let past = taps[2] - 1
    let zeros = try node.broadcast(
      node.scalar(0, node.shape(x).elementType), to: [sizes[0], sizes[1], past])
    let state = try node.optionalInput(3) ?? zeros
    try node.require(
      node.shape(state).dimensions.last ?? 0, equals: past,
      "the length of the state and the taps less 1")
    let padded = try node.add(Concat(axis: 2), state, x)
    let convolution = Convolution(padding: [0], stride: [1], dilation: [1], group: channels)
    var result = try addBias(node, node.add(convolution, padded, weights))
    switch try node.string("activation") ?? "none" {
    case "none": break
    case "silu", "swish": result = try node.add(Mul(), result, node.add(Sigmoid(), result))
    case let other:
      throw MIGraphXError(
        .invalidFile, "activation is '\(other)'; 'none', 'silu' or 'swish' is needed")
    }
    let last = Slice(axes: [2], starts: [sizes[2]], ends: [sizes[2] + past])
    return [result, try node.add(last, padded)]
  }

  /// The sizes of the result along `count` spatial axes that the node states; batch and channels may lead them.
  private static func statedSizes(
    _ node: NodeImporter, _ count: Int
  ) throws(MIGraphXError) -> [Int]? {
    guard let sizes = try node.ints("output_shape") else { return nil }
    guard sizes.count == count || sizes.count == count + 2 else {
      throw MIGraphXError(
        .invalidFile, "output_shape \(sizes) must have \(count) values, one for each spatial axis")
    }
    return Array(sizes.suffix(count))
  }

  /// Adds the bias [C] that may be an input to a tensor [N, C, ...].
  private static func addBias(
    _ node: NodeImporter, _ value: Value, input: Int = 2
  ) throws(MIGraphXError) -> Value {
    guard let bias = try node.optionalInput(input) else { return value }
    let sizes = try node.shape(value).dimensions
    let broadcast = try node.add(Broadcast(axis: 1, outLens: sizes), bias)
    return try node.add(Add(), value, broadcast)
  }

  /// alpha * A' * B' + beta * C
  private static let gemm: Converter = { (node) throws(MIGraphXError) in
    func operand(_ index: Int, _ flag: String) throws(MIGraphXError) -> Value {
      let value = try node.input(index)
      guard try node.shape(value).rank == 2 else {
        throw MIGraphXError(
          .invalidShape, "input \(index) must be a matrix, found (\(try node.shape(value)))")
      }
      return try node.flag(flag) ? node.add(Transpose(permutation: [1, 0]), value) : value
    }
    var result = try node.add(Dot(), operand(0, "transA"), operand(1, "transB"))
    if let alpha = try node.float("alpha"), alpha != 1 {
      result = try node.apply(Mul(), result, Double(alpha))
    }
    let beta = try node.float("beta") ?? 1
    if let addend = try node.optionalInput(2), beta != 0 {
      let scaled = beta == 1 ? addend : try node.apply(Mul(), addend, Double(beta))
      result = try node.add(
        Add(), result, node.broadcast(scaled, to: node.shape(result).dimensions))
    }
    return [result]
  }
}
