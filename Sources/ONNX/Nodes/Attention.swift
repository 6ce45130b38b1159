import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Attention and the operators around it.
  static let attentionConverters: [String: Converter] = [
    "Attention": attention, "LinearAttention": linearAttention,
    "RotaryEmbedding": { (node) throws(MIGraphXError) in [try rotaryEmbedding(node)] },
  ]

  private static let attention: Converter = { (node) throws(MIGraphXError) in
    let (isJoined, query, newKey, newValue) = try heads(node)
    let (key, value) = (
      try append(node, past: 4, to: newKey), try append(node, past: 5, to: newValue)
    )
    guard try (node.optionalInput(4) == nil) == (node.optionalInput(5) == nil) else {
      throw MIGraphXError(.invalidFile, "past_key and past_value must be given together")
    }
    var attention = DotProductAttention(query: query, key: key, value: value)
    attention.scale = try node.float("scale").map { Double($0) }
    attention.softcap = Double(max(0, try node.float("softcap") ?? 0))
    (attention.bias, attention.zeroesMaskedRows) = try bias(node, query: query, key: key)
    attention.softmaxType = try node.elementType("softmax_precision")
    let mode = try node.int("qk_matmul_output_mode") ?? 0
    let results = try attention.build(node)
    let stages = [results.products, results.capped, results.scores, results.probabilities]
    guard stages.indices.contains(mode) else {
      throw MIGraphXError(.invalidFile, "qk_matmul_output_mode must be 0 to 3, found \(mode)")
    }
    let output = isJoined ? try node.joinHeads(results.output) : results.output
    return [
      output, key, value,
      node.hasOutput(3)
        ? try node.convert(stages[mode], to: node.shape(query).elementType) : stages[mode],
    ]
  }

  /// Query, key and value by heads, and whether the heads were joined in the inputs.
  private static func heads(
    _ node: NodeImporter
  ) throws(MIGraphXError) -> (isJoined: Bool, query: Value, key: Value, value: Value) {
    let inputs = [try node.input(0), try node.input(1), try node.input(2)]
    let names = ["Q", "K", "V"]
    let isJoined = try node.shape(inputs[0]).rank == 3
    let counts = [try node.int("q_num_heads"), try node.int("kv_num_heads")]
    guard isJoined else {
      for (input, name) in zip(inputs, names) { _ = try node.sizes(input, rank: 4, name) }
      if node.version >= 25, counts.contains(where: { $0 != nil }) {
        throw MIGraphXError(
          .invalidFile, "q_num_heads and kv_num_heads are for inputs of rank 3 only")
      }
      return (false, inputs[0], inputs[1], inputs[2])
    }
    guard let queryHeads = counts[0], let keyHeads = counts[1] else {
      throw MIGraphXError(
        .invalidFile, "q_num_heads and kv_num_heads are needed for inputs of rank 3")
    }
    return (
      true, try node.splitHeads(inputs[0], queryHeads, names[0]),
      try node.splitHeads(inputs[1], keyHeads, names[1]),
      try node.splitHeads(inputs[2], keyHeads, names[2])
    )
  }

  /// Keys or values `[B, H, T, D]` after those that input `index` brings from before.
  private static func append(
    _ node: NodeImporter, past index: Int, to new: Value
  ) throws(MIGraphXError) -> Value {
    guard let past = try node.optionalInput(index) else { return new }
    return try node.add(Concat(axis: 2), past, new)
  }

  /// What masks add to the scores, and whether that may leave a query without any key.
  private static func bias(
    _ node: NodeImporter, query: Value, key: Value
  ) throws(MIGraphXError) -> (Value?, Bool) {
    let type = try node.shape(query).elementType
    let (rows, columns) = (
      try node.shape(query).dimensions[2], try node.shape(key).dimensions[2]
    )
    var (hidden, mask) = try masks(node, columns: columns, type)
    let isCausal = try node.flag("is_causal")
    let left = try window(node, "left_window_size")
    let right = try window(node, "right_window_size")
    let lengths = try lengths(node)
    let mayHideAll = mask != nil || !hidden.isEmpty || lengths != nil || left != nil || right != nil
    if isCausal || lengths != nil || left != nil || right != nil {
      let positions = try positions(node, rows: rows, columns: columns, lengths)
      if isCausal { hidden.append(try positions.isAfter()) }
      if let right { hidden.append(try positions.isAfter(right)) }
      if let left { hidden.append(try positions.isBefore(left)) }
      if let lengths { hidden.append(try positions.isBeyond(lengths)) }
    }
    if var all = hidden.first {
      for other in hidden.dropFirst() { all = try node.broadcasting(LogicalOr(), all, other) }
      if mask == nil { mask = try node.scalar(0, type) }
      let values = [all, try node.scalar(-.infinity, type)] + [mask].compactMap { $0 }
      mask = Value(try node.add(Where(), inputs: node.broadcast(values)))
    }
    return (mask, mayHideAll)
  }

  /// The mask that input 3 may be: places that are hidden, or numbers to be added to the scores.
  private static func masks(
    _ node: NodeImporter, columns: Dimension, _ type: ElementType
  ) throws(MIGraphXError) -> (hidden: [Value], added: Value?) {
    guard let mask = try node.optionalInput(3) else { return ([], nil) }
    guard try node.shape(mask).elementType == .bool else {
      return ([], try node.extend(node.convert(mask, to: type), to: columns, with: -.infinity))
    }
    return ([try node.add(Not(), node.extend(mask, to: columns, with: 0))], nil)
  }

  /// The number of keys that count, for each batch: `[B, 1, 1, 1]`.
  private static func lengths(_ node: NodeImporter) throws(MIGraphXError) -> Value? {
    guard let lengths = try node.optionalInput(6) else { return nil }
    guard try node.optionalInput(4) == nil else {
      throw MIGraphXError(.invalidFile, "nonpad_kv_seqlen can't be combined with past_key")
    }
    let count = try node.sizes(lengths, rank: 1, "nonpad_kv_seqlen")[0]
    return try node.reshape(lengths, to: [count, 1, 1, 1])
  }

  /// The queries stand after the past keys, or at the end of those keys that count.
  private static func positions(
    _ node: NodeImporter, rows: Dimension, columns: Dimension, _ lengths: Value?
  ) throws(MIGraphXError) -> AttentionPositions {
    guard let lengths else {
      var start: Dimension = 0
      if let past = try node.optionalInput(4) {
        start = try node.sizes(past, rank: 4, "past_key")[2]
      }
      return try AttentionPositions(node, start: start, count: rows, keyCount: columns)
    }
    let steps = try node.add(Unsqueeze(axes: [1]), node.positions(count: rows))
    let start = try node.broadcasting(Sub(), lengths, node.add(ShapeValue(dims: [rows])))
    return try AttentionPositions(
      node, queries: node.broadcasting(Add(), start, steps), keyCount: columns)
  }

  /// How far a query sees; nil if there is no limit.
  private static func window(
    _ node: NodeImporter, _ name: String
  ) throws(MIGraphXError) -> Int? {
    guard let size = try node.int(name), size != -1 else { return nil }
    guard size >= 0, size <= Shape.maximumByteCount else {
      throw MIGraphXError(.invalidFile, "\(name) must be -1 or a size, found \(size)")
    }
    return size
  }
}
