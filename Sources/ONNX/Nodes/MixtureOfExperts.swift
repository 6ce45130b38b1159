import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Networks of two layers, of which each token takes the few that its router prefers.
  static let mixtureConverters: [String: Converter] = [
    "MoE": { (node) throws(MIGraphXError) in
      try mixture(node, isRenormalized: false, shares: nil) { (index) throws(MIGraphXError) in
        try layer(node, index)
      }
    },
    "QMoE": { (node) throws(MIGraphXError) in
      let kind = try node.string("quant_type") ?? "int"
      guard kind == "int", try node.int("weights_prepacked") ?? -1 <= 0 else {
        throw MIGraphXError(
          .unsupported,
          "quant_type '\(kind)', weights_prepacked \(try node.int("weights_prepacked") ?? -1); "
            + "integers that are not packed again are read")
      }
      // Without weights of its own a mixture's weights have the sum 1.
      let shares = try node.optionalInput(14)
      return try mixture(node, isRenormalized: shares == nil, shares: shares) {
        (index) throws(MIGraphXError) in try quantizedLayer(node, index)
      }
    },
  ]

  /// The matrices `[E, O, I]` of a layer of each expert, and the biases `[E, O]`.
  private typealias Layer = (matrices: Value, biases: Value?)

  /// - Parameters:
  ///   - layer: gives the first, second and third layer, by 0, 1 and 2; nil if there is none.
  ///   - isRenormalized: whether the weights of the chosen experts always have the sum 1.
  ///   - shares: the weights of the experts, where they are not the router's.
  private static func mixture(
    _ node: NodeImporter, isRenormalized: Bool, shares: Value?,
    _ layer: (Int) throws(MIGraphXError) -> Layer?
  ) throws(MIGraphXError) -> [Value] {
    try node.require("use_sparse_mixer", is: 0)
    try node.require("swiglu_limit_after_activation", is: 0)
    let x = try node.input(0)
    let shape = try node.shape(x)
    guard shape.rank == 2 || shape.rank == 3, let width = shape.dimensions.last else {
      throw MIGraphXError(.invalidShape, "input 0 must have rank 2 or 3, found (\(shape))")
    }
    guard let first = try layer(0), let second = try layer(1) else {
      throw MIGraphXError(.invalidFile, "the weights of two layers are needed")
    }
    let third = try layer(2)
    let tokens = shape.dimensions.dropLast().reduce(1, *)
    let weights = try expertWeights(node, tokens, isRenormalized: isRenormalized, shares: shares)
    let experts = try node.shape(weights).dimensions[0]
    let inputs = try node.broadcast(
      node.reshape(x, to: [1, tokens, width]), to: [experts, tokens, width])
    let line = try third.map { (third) throws(MIGraphXError) in try apply(node, third, inputs) }
    let hidden = try expertActivation(node, apply(node, first, inputs), line)
    let weighted = try node.broadcasting(Mul(), apply(node, second, hidden), weights)
    let sum = try node.add(Squeeze(axes: [0]), node.add(ReduceSum(axes: [0]), weighted))
    return [try node.reshape(sum, to: shape.dimensions)]
  }

  /// How much each expert counts for each token, `[E, T, 1]`; 0 for all but the best `k`.
  private static func expertWeights(
    _ node: NodeImporter, _ tokens: Dimension, isRenormalized: Bool, shares given: Value?
  ) throws(MIGraphXError) -> Value {
    let scores = try node.input(1)
    let sizes = try node.sizes(scores, rank: 2, "the router's scores")
    try node.require(sizes[0], equals: tokens, "the router's rows and the tokens")
    let count = try node.int("k") ?? 1
    guard count > 0, !(sizes[1] + 1).isKnown(lessOrEqual: Dimension(count)) else {
      throw MIGraphXError(
        .invalidFile, "k must be 1 to the number of experts, \(sizes[1]), found \(count)")
    }
    let type = try node.shape(scores).elementType
    let wide = try node.convert(scores, to: type == .double ? .double : .float)
    let best = try node.standard(
      "TopK", [node.add(Softmax(axis: 1), wide), node.vector([count])], outputs: 2, only: [])
    var shares = best[0]
    if let given {
      let givenSizes = try node.sizes(given, rank: 2, "the weights of the experts")
      for axis in 0...1 {
        try node.require(
          givenSizes[axis], equals: sizes[axis], "the experts' weights and scores at axis \(axis)")
      }
      shares = try node.add(
        GatherElements(axis: 1), node.convert(given, to: node.shape(shares).elementType), best[1])
    }
    let isNormalized = try node.flag("normalize_routing_weights")
    if isRenormalized || isNormalized {
      shares = try node.broadcasting(Div(), shares, node.add(ReduceSum(axes: [1]), shares))
    }
    let isChosen = try node.broadcasting(
      Equal(), node.add(Unsqueeze(axes: [2]), best[1]), node.positions(count: sizes[1]))
    let spread = try node.broadcasting(
      Where(), isChosen, node.add(Unsqueeze(axes: [2]), shares),
      node.scalar(0, node.shape(shares).elementType))
    let sums = try node.add(ReduceSum(axes: [1]), spread)
    let byExpert = try node.add(Transpose(permutation: [2, 0, 1]), sums)
    return try node.convert(byExpert, to: node.shape(node.input(0)).elementType)
  }

  /// The layer that inputs hold; nil if the one of the matrices is omitted.
  private static func layer(
    _ node: NodeImporter, _ index: Int
  ) throws(MIGraphXError) -> Layer? {
    guard let matrices = try node.optionalInput(2 + 2 * index) else { return nil }
    _ = try node.sizes(matrices, rank: 3, "input \(2 + 2 * index)")
    return (matrices, try biases(node, 3 + 2 * index))
  }

  /// The layer that inputs hold as integers of few bits, with their scales and zero points.
  private static func quantizedLayer(
    _ node: NodeImporter, _ index: Int
  ) throws(MIGraphXError) -> Layer? {
    guard let packed = try node.optionalInput(2 + 3 * index) else { return nil }
    let bits = try bits(node, "expert_weight_bits")
    try node.require("fc\(index + 1)_expert_weight_bits", is: bits)
    _ = try node.sizes(packed, rank: 3, "input \(2 + 3 * index)")
    let numbers = try unpack(node, packed, bits: bits)
    let sizes = try node.shape(numbers).dimensions
    var scale = try node.input(3 + 3 * index)
    var zero = try node.optionalInput(11 + index)
    if try node.int("block_size") ?? 0 > 0 {
      let block = try count(node, "block_size")
      let grid = QuantizationGrid(node, sizes: sizes, axis: 2, blockSize: block)
      zero = try zero.map { (zero) throws(MIGraphXError) in
        try grid.spread(
          first(
            node, sizes[2].ceilDivided(by: Dimension(block)), of: unpack(node, zero, bits: bits)))
      }
      scale = try grid.spread(scale)
    } else {
      zero = try zero.map { (zero) throws(MIGraphXError) in
        let rows = try first(node, sizes[1], of: unpack(node, zero, bits: bits))
        return try node.broadcast(node.add(Unsqueeze(axes: [-1]), rows), to: sizes)
      }
      scale = try node.broadcast(node.add(Unsqueeze(axes: [-1]), scale), to: sizes)
    }
    let middle = try node.broadcast(node.scalar(Double(1 << (bits - 1)), .uint8), to: sizes)
    let matrices = try node.dequantize(numbers, by: scale, zero ?? middle)
    return (
      try node.convert(matrices, to: node.shape(node.input(0)).elementType),
      try biases(node, 4 + 3 * index)
    )
  }

  private static func biases(_ node: NodeImporter, _ index: Int) throws(MIGraphXError) -> Value? {
    guard let biases = try node.optionalInput(index) else { return nil }
    _ = try node.sizes(biases, rank: 2, "input \(index)")
    return biases
  }

  /// `[E, T, I]` times the transposed matrices, and the biases.
  private static func apply(
    _ node: NodeImporter, _ layer: Layer, _ x: Value
  ) throws(MIGraphXError) -> Value {
    let product = try node.add(
      Dot(), x, node.add(Transpose(permutation: [0, 2, 1]), layer.matrices))
    guard let biases = layer.biases else { return product }
    let rows = try node.add(Unsqueeze(axes: [1]), biases)
    return try node.add(Add(), product, node.broadcast(rows, to: node.shape(product).dimensions))
  }

  /// - Parameter line: what the third layer gives, which the activation gates.
  private static func expertActivation(
    _ node: NodeImporter, _ x: Value, _ line: Value?
  ) throws(MIGraphXError) -> Value {
    let name = try node.string("activation_type") ?? "relu"
    if name == "swiglu" { return try gated(node, x, line) }
    let result: Value
    switch name {
    case "relu": result = try node.add(Relu(), x)
    case "gelu":
      result = try node.standard("Gelu", [x], only: [Onnx_AttributeProto("approximate", "tanh")])[0]
    case "silu": result = try node.standard("Swish", [x], only: [])[0]
    case "identity": result = x
    default: throw MIGraphXError(.unsupported, "activation_type '\(name)' is not known")
    }
    guard let line else { return result }
    return try node.add(Mul(), result, line)
  }

  /// One half of the numbers gates the other, which a layer of its own may have made.
  private static func gated(
    _ node: NodeImporter, _ x: Value, _ separate: Value?
  ) throws(MIGraphXError) -> Value {
    let size = try node.shape(x).dimensions[2]
    var (gate, line) = (x, x)
    let fusion = try node.int("swiglu_fusion") ?? 0
    if fusion == 0 {
      guard let separate else {
        throw MIGraphXError(.invalidFile, "swiglu_fusion 0 needs the weights of a third layer")
      }
      line = separate
    } else {
      let half = try node.part(size, of: 2, "the gated layer")
      guard fusion == 1 || fusion == 2 else {
        throw MIGraphXError(.invalidFile, "swiglu_fusion must be 0 to 2, found \(fusion)")
      }
      let step = fusion == 1 ? 2 : 1
      gate = try node.slice(x, axis: 2, from: 0, to: fusion == 1 ? size : half, step: step)
      line = try node.slice(x, axis: 2, from: fusion == 1 ? 1 : half, to: size, step: step)
    }
    if let limit = try node.float("swiglu_limit") {
      gate = try node.apply(Min(), gate, Double(limit))
      line = try node.apply(Max(), node.apply(Min(), line, Double(limit)), -Double(limit))
    }
    let alpha = try node.float("activation_alpha") ?? 1
    let swish = try node.standard("Swish", [gate], only: [Onnx_AttributeProto("alpha", alpha)])[0]
    let offset = Double(try node.float("activation_beta") ?? 0)
    return try node.add(Mul(), swish, node.apply(Add(), line, offset))
  }
}
