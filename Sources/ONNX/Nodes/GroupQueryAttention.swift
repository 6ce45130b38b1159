import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Attention whose keys and values are shared by groups of queries, and lie in a cache.
  static let groupQueryAttention: Converter = { (node) throws(MIGraphXError) in
    try GroupQueryAttention(node).build()
  }
}

/// One node of `com.microsoft.GroupQueryAttention` while it is imported.
private struct GroupQueryAttention {
  private let node: NodeImporter
  /// New queries, keys and values, `[B, H, S, D]`.
  private var query: Value
  private var key: Value
  private var value: Value
  private let batch: Dimension
  /// The number of new queries.
  private let steps: Dimension
  /// The number of keys of the longest sequence.
  private let total: Dimension
  /// The number of keys that count, `[B]`.
  private let lengths: Value
  /// The number of keys from before that count, `[B]`.
  private let pastLengths: Value
  /// Whether there is nothing from before.
  private let isPrompt: Value

  init(_ node: NodeImporter) throws(MIGraphXError) {
    self.node = node
    for name in ["k_quant_type", "v_quant_type"] {
      if let type = try node.string(name), type != "NONE" {
        throw MIGraphXError(.unsupported, "\(name) '\(type)'; the cache must not be quantised")
      }
    }
    try node.require("sliding_window_cache", is: 0)
    let heads = try ONNXOperators.headCount(node)
    let keyHeads = try ONNXOperators.headCount(node, "kv_num_heads")
    guard heads % keyHeads == 0 else {
      throw MIGraphXError(
        .invalidFile, "num_heads must be a multiple of kv_num_heads, found \(heads) and \(keyHeads)"
      )
    }
    var parts = [try node.input(0)]
    let sizes = try node.sizes(parts[0], rank: 3, "the query")
    if let key = try node.optionalInput(1), let value = try node.optionalInput(2) {
      parts += [key, value]
    } else {
      let size = try node.part(sizes[2], of: heads + 2 * keyHeads, "the packed query")
      parts = try node.split(
        parts[0], axis: 2,
        into: [heads, keyHeads, keyHeads].map { Dimension($0) * size })
    }
    query = try node.splitHeads(parts[0], heads, "the query")
    key = try node.splitHeads(parts[1], keyHeads, "the key")
    value = try node.splitHeads(parts[2], keyHeads, "the value")
    (batch, steps) = (sizes[0], sizes[1])

    let one = try node.convert(node.input(5), to: .int64)
    lengths = try node.apply(Add(), node.reshape(one, to: [batch]), 1)
    let limit = try node.reshape(node.convert(node.input(6), to: .int64), to: [])
    let (zero, unit) = (try node.scalar(0, .int64), try node.scalar(1, .int64))
    // The values of a tensor become a size in the length of a range.
    total = try node.shape(node.add(RangeOperator(), zero, limit, unit)).dimensions[0]
    let stepCount = try node.add(ShapeValue(dims: [steps], lens: []))
    isPrompt = try node.add(Equal(), limit, stepCount)
    if let counts = try node.optionalInput(16) {
      pastLengths = try node.broadcasting(
        Sub(), lengths, node.convert(node.reshape(counts, to: [batch]), to: .int64))
    } else {
      pastLengths = try node.broadcasting(
        Where(), isPrompt, zero, node.broadcasting(Sub(), lengths, stepCount))
    }
  }

  func build() throws(MIGraphXError) -> [Value] {
    var copy = self
    try copy.normalise()
    try copy.rotate()
    return try copy.attend()
  }

  /// Divides queries and keys by the roots of their mean squares, if there are weights for that.
  private mutating func normalise() throws(MIGraphXError) {
    let common = try node.float("qk_norm_epsilon") ?? 1e-6
    if let weight = try node.optionalInput(14) {
      query = try node.standard(
        "RMSNormalization", [query, weight],
        only: [Onnx_AttributeProto("epsilon", node.float("q_norm_epsilon") ?? common)])[0]
    }
    if let weight = try node.optionalInput(15) {
      key = try node.standard(
        "RMSNormalization", [key, weight],
        only: [Onnx_AttributeProto("epsilon", node.float("k_norm_epsilon") ?? common)])[0]
    }
  }

  /// Turns queries and keys by their positions.
  private mutating func rotate() throws(MIGraphXError) {
    guard try node.flag("do_rotary") else { return }
    let offsets = try node.positions(count: steps)
    var places = try node.broadcasting(
      Add(), node.add(Unsqueeze(axes: [1]), pastLengths), offsets)
    if let stated = try node.optionalInput(9) {
      _ = try node.sizes(stated, rank: 2, "the positions")
      // The positions of a prompt count up from the first one.
      let first = try node.slice(
        node.slice(stated, axis: 0, from: 0, to: 1), axis: 1, from: 0, to: 1)
      places = try node.broadcasting(
        Where(), isPrompt, node.broadcasting(Add(), first, offsets), stated)
      places = try node.broadcast(places, to: [batch, steps])
    }
    var caches: [Value] = []
    for index in 7...8 {
      _ = try node.sizes(node.input(index), rank: 2, "input \(index)")
      caches.append(
        try node.add(
          Unsqueeze(axes: [1]), node.add(Gather(axis: 0), node.input(index), places)))
    }
    let rotation = RotaryEmbedding(
      cosines: caches[0], sines: caches[1], isInterleaved: try node.flag("rotary_interleaved"))
    query = try rotation.apply(node, query)
    key = try rotation.apply(node, key)
  }

  /// The cache with new keys or values after those that count.
  private func append(past index: Int, _ new: Value) throws(MIGraphXError) -> Value {
    guard let past = try node.optionalInput(index) else {
      try node.require(
        total, equals: steps, "without a past, total_sequence_length and the queries")
      return new
    }
    let sizes = try node.sizes(past, rank: 4, "input \(index)")
    let size = Dimension.maximum(total, sizes[2])
    var cache = past
    if size != sizes[2] {
      let room = try node.broadcast(
        node.scalar(0, node.shape(past).elementType),
        to: [sizes[0], sizes[1], size - sizes[2], sizes[3]])
      cache = try node.add(Concat(axis: 2), past, room)
    }
    return try node.standard("TensorScatter", [cache, new, pastLengths], only: [])[0]
  }

  private func attend() throws(MIGraphXError) -> [Value] {
    let type = try node.shape(query).elementType
    let (keys, values) = (try append(past: 3, key), try append(past: 4, value))
    let hidden = try hidden(keyCount: node.shape(keys).dimensions[2])
    var attention = DotProductAttention(query: query, key: keys, value: values)
    if let scale = try node.float("scale"), scale != 0 { attention.scale = Double(scale) }
    attention.softcap = Double(max(0, try node.float("softcap") ?? 0))
    var added = try node.scalar(0, type)
    if let bias = try node.optionalInput(10) {
      added = try node.extend(bias, to: node.shape(keys).dimensions[2], with: 0)
    }
    attention.bias = try node.broadcasting(
      Where(), hidden, node.scalar(-.infinity, type), added)
    if let sink = try node.optionalInput(11) {
      let heads = try node.shape(query).dimensions[1]
      attention.sink = try node.reshape(sink, to: [heads, 1, 1])
    } else if try node.int("smooth_softmax") ?? -1 > 0 {
      attention.sink = try node.scalar(0, type)
    }
    let results = try attention.build(node)
    let output = try node.joinHeads(results.output)
    let mode = try node.int("qk_output") ?? 0
    guard node.hasOutput(3) else { return [output, keys, values] }
    guard mode == 1 || mode == 2 else {
      throw MIGraphXError(.invalidFile, "qk_output must be 1 or 2 for output 3, found \(mode)")
    }
    var scores = try node.convert(mode == 1 ? results.scores : results.probabilities, to: type)
    let sizes = try node.shape(scores).dimensions
    if mode == 1 {
      scores = try node.add(
        Where(), node.broadcast(hidden, to: sizes),
        node.broadcast(node.scalar(0, type), to: sizes), scores)
    }
    return [output, keys, values, try node.slice(scores, axis: 3, from: 0, to: total)]
  }

  /// Keys that come later than a query, too long before it, or after the end of the sequence.
  private func hidden(keyCount: Dimension) throws(MIGraphXError) -> Value {
    let starts = try node.reshape(pastLengths, to: [batch, 1, 1, 1])
    let offsets = try node.add(Unsqueeze(axes: [1]), node.positions(count: steps))
    let positions = try AttentionPositions(
      node, queries: node.broadcasting(Add(), starts, offsets), keyCount: keyCount)
    var hidden = [try positions.isBeyond(node.reshape(lengths, to: [batch, 1, 1, 1]))]
    if try node.flag("causal", default: true) { hidden.append(try positions.isAfter()) }
    let window = try node.int("local_window_size") ?? -1
    if window > 0, window <= Shape.maximumByteCount {
      hidden.append(try positions.isBefore(window - 1))
    }
    var all = hidden[0]
    for other in hidden.dropFirst() { all = try node.broadcasting(LogicalOr(), all, other) }
    return all
  }
}
