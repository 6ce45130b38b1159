import IR
import Operators
import Support
import Tensors

/// Scaled dot-product attention, which all attention operators come down to:
/// `softmax(softcap(query * key' * scale) + bias) * value` for each head.
struct DotProductAttention {
  /// `[B, H, S, D]`
  let query: Value
  /// `[B, K, T, D]`, where K divides H.
  let key: Value
  /// `[B, K, T, V]`
  let value: Value
  /// The factor of the products of queries and keys; 1 / sqrt(D) if nil.
  var scale: Double?
  /// What the scores are softly limited to; not at all if 0.
  var softcap = 0.0
  /// What is added to the scores; it is broadcast to `[B, H, S, T]`.
  var bias: Value?
  /// Whether queries for which the bias is minus infinity at all keys get zeros.
  var zeroesMaskedRows = false
  /// The element type in which the softmax is computed; at least single precision if nil.
  var softmaxType: ElementType?
  /// Logarithms of numbers that join the sums of the softmax, broadcast to `[B, H, S, 1]`.
  var sink: Value?
  /// Changes the scores before the softmax, keeping type and sizes.
  var changeScores: (Value) throws(MIGraphXError) -> Value = { (x) throws(MIGraphXError) in x }
  /// Changes what the softmax gives, keeping type and sizes.
  var changeProbabilities: (Value) throws(MIGraphXError) -> Value = {
    (x) throws(MIGraphXError) in x
  }

  init(query: Value, key: Value, value: Value) {
    self.query = query
    self.key = key
    self.value = value
  }

  /// What is made on the way, each `[B, H, S, T]`, and the output `[B, H, S, V]`.
  struct Results {
    var products: Value
    var capped: Value
    var scores: Value
    var probabilities: Value
    var output: Value
  }

  /// Adds the instructions.
  func build(_ node: NodeImporter) throws(MIGraphXError) -> Results {
    let type = try node.shape(query).elementType
    let heads = try node.sizes(query, rank: 4, "the query")[1]
    let keys = try node.repeatHeads(node.convert(key, to: type), to: heads)
    let products = try products(node, keys)
    var capped = products
    if softcap != 0 {
      capped = try node.apply(
        Mul(), node.add(Tanh(), node.apply(Div(), products, softcap)), softcap)
    }
    let sizes = try node.shape(products).dimensions
    let isNarrow = type == .half || type == .bfloat16
    let wide = softmaxType ?? (isNarrow ? .float : type)
    var scores = capped
    if let bias {
      // Half of the digits of a score would be lost in a large negative number that masks it.
      let sumType = isNarrow ? wide : type
      scores = try node.add(
        Add(), node.convert(scores, to: sumType),
        node.broadcast(node.convert(bias, to: sumType), to: sizes))
    }
    var probabilities = try softmax(
      node, changeScores(node.convert(scores, to: wide)), sizes)
    if zeroesMaskedRows, let bias {
      let type = try node.shape(bias).elementType
      let isMasked = try node.broadcasting(
        Equal(), node.add(ReduceMax(axes: [-1]), bias), node.scalar(-.infinity, type))
      probabilities = try node.add(
        Where(), node.broadcast(isMasked, to: sizes),
        node.broadcast(node.scalar(0, wide), to: sizes), probabilities)
    }
    probabilities = try changeProbabilities(probabilities)
    let product = isNarrow ? wide : type
    let values = try node.repeatHeads(value, to: heads)
    let output = try node.convert(
      node.add(
        Dot(), node.convert(probabilities, to: product), node.convert(values, to: product)),
      to: type)
    return Results(
      products: products, capped: capped, scores: scores, probabilities: probabilities,
      output: output)
  }

  /// Queries and keys are both scaled, so that products of half precision don't overflow.
  private func products(_ node: NodeImporter, _ keys: Value) throws(MIGraphXError) -> Value {
    var scale = scale ?? 1
    if self.scale == nil {
      let size = try node.shape(query).dimensions[3]
      guard let count = size.constant else {
        throw MIGraphXError(
          .unsupported, "without a scale the size of a head must be known, found \(size)")
      }
      scale = 1 / Double(max(1, count)).squareRoot()
    }
    let root = scale.magnitude.squareRoot()
    let columns = try node.add(Transpose(permutation: [0, 1, 3, 2]), keys)
    return try node.add(
      Dot(), node.apply(Mul(), query, scale < 0 ? -root : root),
      node.apply(Mul(), columns, root))
  }

  /// The softmax along the last axis; the sink is one more column of it, which is dropped again.
  private func softmax(
    _ node: NodeImporter, _ scores: Value, _ sizes: [Dimension]
  ) throws(MIGraphXError) -> Value {
    guard let sink else { return try node.add(Softmax(axis: 3), scores) }
    let column = try node.broadcast(
      node.convert(sink, to: node.shape(scores).elementType), to: sizes.dropLast() + [1])
    let all = try node.add(Softmax(axis: 3), node.add(Concat(axis: 3), scores, column))
    return try node.slice(all, axis: 3, from: 0, to: sizes[3])
  }
}
