import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Networks of two layers, of which each token takes the few that its router prefers.
  static let mixtureConverters: [String: Converter] = [
    "MoE": { (node) throws(MIGraphXError) in
      try node.require("use_sparse_mixer", is: 0)
      try node.require("swiglu_limit_after_activation", is: 0)
      let x = try node.input(0)
      let shape = try node.shape(x)
      guard shape.rank == 2 || shape.rank == 3, let width = shape.dimensions.last else {
        throw MIGraphXError(.invalidShape, "input 0 must have rank 2 or 3, found (\(shape))")
      }
      let tokens = shape.dimensions.dropLast().reduce(1, *)
      let weights = try expertWeights(node, tokens: tokens)
      let experts = try node.shape(weights).dimensions[0]
      let inputs = try node.broadcast(
        node.reshape(x, to: [1, tokens, width]), to: [experts, tokens, width])
      let hidden = try expertActivation(node, layer(node, inputs, weights: 2, bias: 3), inputs)
      let outputs = try layer(node, hidden, weights: 4, bias: 5)
      let weighted = try node.broadcasting(Mul(), outputs, weights)
      let sum = try node.add(Squeeze(axes: [0]), node.add(ReduceSum(axes: [0]), weighted))
      return [try node.reshape(sum, to: shape.dimensions)]
    }
  ]

  /// How much each expert counts for each token, `[E, T, 1]`; 0 for all but the best `k`.
  private static func expertWeights(
    _ node: NodeImporter, tokens: Dimension
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
    if try node.flag("normalize_routing_weights") {
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

  /// `[E, T, I]` times the transposed weights `[E, O, I]`, and the bias `[E, O]` that an input may be.
  private static func layer(
    _ node: NodeImporter, _ x: Value, weights: Int, bias: Int
  ) throws(MIGraphXError) -> Value {
    let matrices = try node.input(weights)
    _ = try node.sizes(matrices, rank: 3, "input \(weights)")
    let product = try node.add(
      Dot(), x, node.add(Transpose(permutation: [0, 2, 1]), matrices))
    guard let addend = try node.optionalInput(bias) else { return product }
    _ = try node.sizes(addend, rank: 2, "input \(bias)")
    let rows = try node.add(Unsqueeze(axes: [1]), addend)
    return try node.add(Add(), product, node.broadcast(rows, to: node.shape(product).dimensions))
  }

  private static func expertActivation(
    _ node: NodeImporter, _ x: Value, _ inputs: Value
  ) throws(MIGraphXError) -> Value {
    let name = try node.string("activation_type") ?? "relu"
    if name == "swiglu" { return try gated(node, x, inputs) }
    let result: Value
    switch name {
    case "relu": result = try node.add(Relu(), x)
    case "gelu":
      result = try node.standard("Gelu", [x], only: [Onnx_AttributeProto("approximate", "tanh")])[0]
    case "silu": result = try node.standard("Swish", [x], only: [])[0]
    case "identity": result = x
    default: throw MIGraphXError(.unsupported, "activation_type '\(name)' is not known")
    }
    guard try node.optionalInput(6) != nil else { return result }
    return try node.add(Mul(), result, layer(node, inputs, weights: 6, bias: 7))
  }

  /// One half of the numbers gates the other.
  private static func gated(
    _ node: NodeImporter, _ x: Value, _ inputs: Value
  ) throws(MIGraphXError) -> Value {
    let size = try node.shape(x).dimensions[2]
    var (gate, line) = (x, x)
    let fusion = try node.int("swiglu_fusion") ?? 0
    if fusion == 0 {
      line = try layer(node, inputs, weights: 6, bias: 7)
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
