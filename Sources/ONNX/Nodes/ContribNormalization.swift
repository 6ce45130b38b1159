import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Normalisations of ONNX Runtime's own domain.
  static let contribNormalizationConverters: [String: Converter] = [
    "EmbedLayerNormalization": embedLayerNormalization,
    "GroupNorm": { (node) throws(MIGraphXError) in [try groupNorm(node, node.input(0))] },
    "SkipGroupNorm": skipGroupNorm,
    "SkipLayerNormalization": { (node) throws(MIGraphXError) in
      let sum = try skipSum(node, bias: 4)
      return try layerNorm(node, sum, node.input(2), node.optionalInput(3), outputs: 3) + [sum]
    },
    "SkipSimplifiedLayerNormalization": { (node) throws(MIGraphXError) in
      let sum = try skipSum(node, bias: 3)
      let results = try rootMeanSquareNorm(
        node, sum, node.input(2), axis: -1, epsilon: node.float("epsilon") ?? 1e-12, statistic: 2)
      // The mean is not taken off: where it is asked for, it is 0.
      let mean = node.hasOutput(1) ? try node.apply(Mul(), results[1], 0) : sum
      return [results[0], mean, results[1], sum]
    },
  ]

  /// Normalisations that ONNX Runtime has put into the default domain.
  static let simplifiedNormalizationConverters: [String: Converter] = [
    "SimplifiedLayerNormalization": { (node) throws(MIGraphXError) in
      try rootMeanSquareNorm(
        node, node.input(0), node.input(1), axis: node.int("axis") ?? -1,
        epsilon: node.float("epsilon") ?? 1e-5, statistic: 1)
    }
  ]

  /// A layer normalisation along the last axis, and as many of its results as `outputs` says.
  private static func layerNorm(
    _ node: NodeImporter, _ x: Value, _ scale: Value, _ bias: Value?, outputs: Int
  ) throws(MIGraphXError) -> [Value] {
    var results = try node.standard(
      "LayerNormalization", [x, scale, bias], outputs: outputs, Onnx_AttributeProto("axis", -1),
      Onnx_AttributeProto("epsilon", node.float("epsilon") ?? 1e-12))
    // Statistics that nothing asks for are not computed; what follows them keeps its place.
    while results.count < outputs { results.append(results[0]) }
    return results
  }

  /// `x` divided by the root of its mean square, and the inverse of that root if output `statistic` is used.
  private static func rootMeanSquareNorm(
    _ node: NodeImporter, _ x: Value, _ scale: Value, axis: Int, epsilon: Float, statistic: Int
  ) throws(MIGraphXError) -> [Value] {
    let result = try node.standard(
      "RMSNormalization", [x, scale], Onnx_AttributeProto("axis", axis),
      Onnx_AttributeProto("epsilon", epsilon))[0]
    guard node.hasOutput(statistic) || node.hasOutput(1) else { return [result, result] }
    let shape = try node.shape(x)
    let first = try node.normalized(axis, rank: shape.rank)
    let wide = try node.convert(x, to: shape.elementType == .double ? .double : .float)
    let square = try node.add(
      ReduceMean(axes: Array(first..<shape.rank)), node.add(Mul(), wide, wide))
    return [result, try node.add(RSqrt(), node.apply(Add(), square, Double(epsilon)))]
  }

  /// Inputs 0 and 1 and the bias that input `index` may be.
  private static func skipSum(
    _ node: NodeImporter, bias index: Int
  ) throws(MIGraphXError) -> Value {
    let (x, skip) = (try node.input(0), try node.input(1))
    let sum = try node.add(Add(), x, node.broadcast(skip, to: node.shape(x).dimensions))
    return try addBias(node, index, to: sum)
  }

  /// Embeddings of words, positions and segments, added and normalised.
  private static let embedLayerNormalization: Converter = { (node) throws(MIGraphXError) in
    let words = try node.input(0)
    let sizes = try node.sizes(words, rank: 2, "input 0")
    var sum = try node.add(Gather(axis: 0), node.input(2), words)
    let position: Value
    if let places = try node.optionalInput(8) {
      position = try node.add(Gather(axis: 0), node.input(3), places)
    } else {
      position = try node.slice(node.input(3), axis: 0, from: 0, to: sizes[1])
    }
    sum = try node.add(Add(), sum, node.broadcast(position, to: node.shape(sum).dimensions))
    if let segments = try node.optionalInput(1), let table = try node.optionalInput(4) {
      sum = try node.add(Add(), sum, node.add(Gather(axis: 0), table, segments))
    }
    let normal = try layerNorm(node, sum, node.input(5), node.input(6), outputs: 1)[0]
    // The number of words that are not masked; 0 without a mask.
    let count: Value
    if let mask = try node.optionalInput(7) {
      count = try node.add(Squeeze(axes: [1]), node.add(ReduceSum(axes: [1]), mask))
    } else {
      count = try node.broadcast(node.scalar(0, .int32), to: [sizes[0]])
    }
    return [normal, count, sum]
  }

  /// Normalises groups of channels of `x`, and applies the activation.
  private static func groupNorm(_ node: NodeImporter, _ x: Value) throws(MIGraphXError) -> Value {
    let (shape, isLast) = (try node.shape(x), try node.flag("channels_last", default: true))
    _ = try node.sizes(x, rank: 4, "input 0")
    guard let groups = try node.int("groups") else {
      throw MIGraphXError(.invalidFile, "attribute 'groups' is needed")
    }
    let wide = try node.convert(
      isLast ? node.add(Transpose(permutation: [0, 3, 1, 2]), x) : x, to: .float)
    var result = try node.standard(
      "GroupNormalization",
      [wide, node.convert(node.input(1), to: .float), node.convert(node.input(2), to: .float)],
      Onnx_AttributeProto("num_groups", groups),
      Onnx_AttributeProto("epsilon", node.float("epsilon") ?? 1e-5))[0]
    switch try node.int("activation") ?? 0 {
    case 0: break
    case 1: result = try node.standard("Swish", [result], Onnx_AttributeProto("alpha", 1.0))[0]
    case let other:
      throw MIGraphXError(.invalidFile, "activation must be 0 or 1, found \(other)")
    }
    if isLast { result = try node.add(Transpose(permutation: [0, 2, 3, 1]), result) }
    return try node.convert(result, to: shape.elementType)
  }

  private static let skipGroupNorm: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let sizes = try node.sizes(x, rank: 4, "input 0")
    let axis = try node.flag("channels_last", default: true) ? 3 : 1
    var skip = try node.input(3)
    if try node.shape(skip).rank == 2 {
      skip = try node.add(Unsqueeze(axes: axis == 3 ? [1, 2] : [2, 3]), skip)
    }
    var sum = try node.add(Add(), x, node.broadcast(skip, to: sizes))
    if let bias = try node.optionalInput(4) {
      sum = try node.add(Add(), sum, node.add(Broadcast(axis: axis, outLens: sizes), bias))
    }
    return [try groupNorm(node, sum), sum]
  }
}
