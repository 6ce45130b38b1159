import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Attention of ONNX Runtime's own domain.
  static let contribAttentionConverters: [String: Converter] = [
    "Attention": projectedAttention,
    "DecoderMaskedMultiHeadAttention": decoderAttention,
    "DecoderMaskedSelfAttention": { (node) throws(MIGraphXError) in
      // With a shared buffer the keys lie in an order of their own.
      try node.require("past_present_share_buffer", is: 0)
      try requireOneBeam(node, width: 7, indirection: 8)
      return try projectedAttention(node)
    },
    "GroupQueryAttention": groupQueryAttention, "LinearAttention": linearAttention,
    "MultiHeadAttention": multiHeadAttention,
    "RotaryEmbedding": { (node) throws(MIGraphXError) in [try contribRotaryEmbedding(node)] },
  ]

  /// The number of heads, which the attribute `name` states.
  static func headCount(
    _ node: NodeImporter, _ name: String = "num_heads"
  ) throws(MIGraphXError) -> Int {
    guard let count = try node.int(name), count > 0 else {
      throw MIGraphXError(
        .invalidFile,
        "\(name) must be 1 or more, found \(try node.int(name).map(String.init) ?? "none")")
    }
    guard count <= Int(Int32.max) else {
      throw MIGraphXError(.invalidFile, "\(name) must be at most \(Int32.max), found \(count)")
    }
    return count
  }

  /// Attention on products of the input and weights, which have queries, keys and values side by side.
  private static let projectedAttention: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    _ = try node.sizes(x, rank: 3, "input 0")
    _ = try node.sizes(node.input(1), rank: 2, "the weights")
    let product = try addBias(node, 2, to: node.standard("MatMul", [x, node.input(1)])[0])
    return try attention(
      node, on: product, mask: node.optionalInput(3), past: 4, bias: 5, pastLength: 6)
  }

  /// Attention on `product`, `[B, S, ..]`, which has queries, keys and values side by side; the rest are numbers of inputs.
  static func attention(
    _ node: NodeImporter, on product: Value, mask: Value?, past: Int?, bias: Int?, pastLength: Int?
  ) throws(MIGraphXError) -> [Value] {
    try node.require("do_rotary", is: 0)
    let heads = try headCount(node)
    let third = try node.sizes(product, rank: 3, "the product")[2].floorDivided(by: 3)
    let stated = try node.ints("qkv_hidden_sizes")
    guard stated?.count ?? 3 == 3, stated?.allSatisfy({ $0 >= 0 }) ?? true else {
      throw MIGraphXError(.invalidFile, "qkv_hidden_sizes must be 3 sizes, found \(stated ?? [])")
    }
    let parts = try node.split(
      product, axis: 2, into: stated?.map { Dimension($0) } ?? [third, third, third])
    var attention = ContribAttention(
      node, query: try node.splitHeads(parts[0], heads, "the query"),
      key: try node.splitHeads(parts[1], heads, "the key"),
      value: try node.splitHeads(parts[2], heads, "the value"))
    attention.mask = mask
    if let bias { attention.bias = try node.optionalInput(bias) }
    if let pastLength { attention.pastLength = try node.optionalInput(pastLength) }
    if let past, let past = try node.optionalInput(past) {
      _ = try node.sizes(past, rank: 5, "past")
      let states = try node.split(past, axis: 0, into: [1, 1])
      attention.pastKey = try node.add(Squeeze(axes: [0]), states[0])
      attention.pastValue = try node.add(Squeeze(axes: [0]), states[1])
    }
    let results = try attention.build()
    guard node.hasOutput(1) else { return [results.output] }
    let present = try node.add(
      Concat(axis: 0), node.add(Unsqueeze(axes: [0]), results.key),
      node.add(Unsqueeze(axes: [0]), results.value))
    return [results.output, present]
  }

  private static let multiHeadAttention: Converter = { (node) throws(MIGraphXError) in
    var attention = try heads(node, bias: 3)
    attention.mask = try node.optionalInput(4)
    attention.bias = try node.optionalInput(5)
    attention.pastKey = try node.optionalInput(6)
    attention.pastValue = try node.optionalInput(7)
    attention.pastLength = try node.optionalInput(8)
    try requireOneBeam(node, width: nil, indirection: 9)
    let results = try attention.build()
    return [results.output, results.key, results.value, results.scores]
  }

  private static let decoderAttention: Converter = { (node) throws(MIGraphXError) in
    var attention = try heads(node, bias: 10)
    attention.mask = try node.optionalInput(3)
    attention.bias = try node.optionalInput(4)
    attention.pastKey = try node.optionalInput(5)
    attention.pastValue = try node.optionalInput(6)
    if try node.flag("past_present_share_buffer") {
      attention.pastLength = try node.optionalInput(7)
    }
    try requireOneBeam(node, width: 8, indirection: 9)
    let results = try attention.build()
    return [results.output, results.key, results.value, results.scores]
  }

  /// Refuses keys that come from several beams.
  private static func requireOneBeam(
    _ node: NodeImporter, width: Int?, indirection: Int
  ) throws(MIGraphXError) {
    guard try node.optionalInput(indirection) != nil else { return }
    var count: [Int]?
    if let width, let value = try node.optionalInput(width) { count = node.integers(value) }
    if count != [1] {
      throw MIGraphXError(
        .unsupported, "input \(indirection), cache_indirection, with several beams")
    }
  }

  /// Query, key and value in any of the forms that they may have, with the bias that an input may bring.
  private static func heads(
    _ node: NodeImporter, bias index: Int
  ) throws(MIGraphXError) -> ContribAttention {
    let count = try headCount(node)
    var parts = try [node.input(0)] + packed(node)
    if parts.count == 1 {
      guard let key = try node.optionalInput(1), let value = try node.optionalInput(2) else {
        throw MIGraphXError(.invalidFile, "inputs 1 and 2, key and value, are needed")
      }
      parts += [key, value]
    } else if parts.count == 4 {
      parts.removeFirst()
    }
    let names = ["the query", "the key", "the value"]
    var isBefore = [false, false, false]
    for (index, part) in parts.enumerated() {
      switch try node.shape(part).rank {
      case 3: parts[index] = try node.splitHeads(part, count, names[index])
      case 4 where index > 0: isBefore[index] = true
      default:
        throw MIGraphXError(
          .invalidShape, "\(names[index]) must have rank 3, found (\(try node.shape(part)))")
      }
    }
    if let bias = try node.optionalInput(index) {
      var sizes: [Dimension] = []
      for part in parts {
        let shape = try node.shape(part).dimensions
        sizes.append(shape[1] * shape[3])
      }
      _ = try node.sizes(bias, rank: 1, "the bias")
      for (index, addend) in try node.split(bias, axis: 0, into: sizes).enumerated()
      where !isBefore[index] {
        let shape = try node.shape(parts[index]).dimensions
        let factors = try node.reshape(addend, to: [shape[1], 1, shape[3]])
        parts[index] = try node.add(Add(), parts[index], node.broadcast(factors, to: shape))
      }
    }
    return ContribAttention(node, query: parts[0], key: parts[1], value: parts[2])
  }

  /// Keys and values that input 1 holds together, or queries, keys and values in input 0; each `[B, T, H * D]`.
  private static func packed(_ node: NodeImporter) throws(MIGraphXError) -> [Value] {
    let key = try node.optionalInput(1)
    let query = try node.input(0)
    let holder = key ?? query
    let shape = try node.shape(holder)
    guard try node.optionalInput(2) == nil, shape.rank == 5 || key == nil else { return [] }
    if shape.rank == 3 {
      let third = shape.dimensions[2].floorDivided(by: 3)
      return try node.split(holder, axis: 2, into: [third, third, third])
    }
    let sizes = try node.sizes(holder, rank: 5, "packed input")
    let count = key == nil ? 3 : 2
    var parts: [Value] = []
    for part in try node.split(holder, axis: 3, into: Array(repeating: 1, count: count)) {
      parts.append(try node.reshape(part, to: [sizes[0], sizes[1], sizes[2] * sizes[4]]))
    }
    return parts
  }
}

/// Attention as ONNX Runtime's own operators have it, apart from where queries, keys and values come from.
struct ContribAttention {
  private let node: NodeImporter
  /// `[B, H, S, D]`
  let query: Value
  /// New keys and values, `[B, H, T, D]`.
  let key: Value
  let value: Value
  /// Keys and values from before, `[B, H, P, D]`.
  var pastKey: Value?
  var pastValue: Value?
  /// The number of those that count, if there is room for new ones behind them.
  var pastLength: Value?
  /// Which keys a query sees, in one of several forms.
  var mask: Value?
  /// What is added to the scores.
  var bias: Value?

  init(_ node: NodeImporter, query: Value, key: Value, value: Value) {
    (self.node, self.query, self.key, self.value) = (node, query, key, value)
  }

  /// The output `[B, S, H * D]`, all keys and values, and the scores before the softmax.
  struct Results {
    var output: Value
    var key: Value
    var value: Value
    var scores: Value
  }

  /// Adds the instructions.
  func build() throws(MIGraphXError) -> Results {
    guard (pastKey == nil) == (pastValue == nil) else {
      throw MIGraphXError(.invalidFile, "past keys and past values must be given together")
    }
    let keys = try append(pastKey, key)
    let values = try append(pastValue, value)
    var attention = DotProductAttention(query: query, key: keys, value: values)
    if let scale = try node.float("scale"), scale != 0 { attention.scale = Double(scale) }
    attention.bias = try allBias(keys)
    let results = try attention.build(node)
    var scores = results.scores
    if node.hasOutput(3) { scores = try node.convert(scores, to: node.shape(query).elementType) }
    return Results(
      output: try node.joinHeads(results.output), key: keys, value: values, scores: scores)
  }

  private func append(_ past: Value?, _ new: Value) throws(MIGraphXError) -> Value {
    guard let past else { return new }
    guard let pastLength else { return try node.add(Concat(axis: 2), past, new) }
    let batch = try node.sizes(past, rank: 4, "past keys and values")[0]
    let starts = try node.broadcast(
      node.reshape(node.convert(pastLength, to: .int64), to: [1]), to: [batch])
    return try node.standard("TensorScatter", [past, new, starts], only: [])[0]
  }

  /// The sum of all that is added to the scores; nil if there is nothing.
  private func allBias(_ keys: Value) throws(MIGraphXError) -> Value? {
    let type = try node.shape(query).elementType
    let count = try node.sizes(keys, rank: 4, "keys")[2]
    var addends: [Value] = []
    if let mask { addends.append(try maskBias(mask, keyCount: count, type)) }
    if let bias { addends.append(try node.extend(bias, to: count, with: 0)) }
    if let hidden = try hidden(keyCount: count) {
      addends.append(
        try node.broadcasting(
          Where(), hidden, node.scalar(-.infinity, type), node.scalar(0, type)))
    }
    guard var sum = addends.first else { return nil }
    for addend in addends.dropFirst() { sum = try node.broadcasting(Add(), sum, addend) }
    return sum
  }

  /// The keys that no mask has to name: those that come later, and those that are not there yet.
  private func hidden(keyCount: Dimension) throws(MIGraphXError) -> Value? {
    let rows = try node.shape(query).dimensions[2]
    let isCausal = try node.flag("unidirectional")
    guard let pastLength, pastKey != nil else {
      guard isCausal else { return nil }
      var start: Dimension = 0
      if let pastKey { start = try node.sizes(pastKey, rank: 4, "past keys")[2] }
      return try AttentionPositions(node, start: start, count: rows, keyCount: keyCount).isAfter()
    }
    let start = try node.reshape(node.convert(pastLength, to: .int64), to: [1, 1])
    let steps = try node.add(Unsqueeze(axes: [1]), node.positions(count: rows))
    let positions = try AttentionPositions(
      node, queries: node.broadcasting(Add(), start, steps), keyCount: keyCount)
    if isCausal { return try positions.isAfter() }
    let end = try node.broadcasting(Add(), start, node.add(ShapeValue(dims: [rows])))
    return try positions.isBeyond(end)
  }

  /// The filter value where the mask hides a key.
  private func maskBias(
    _ mask: Value, keyCount: Dimension, _ type: ElementType
  ) throws(MIGraphXError) -> Value {
    let filter = Double(try node.float("mask_filter_value") ?? -10000)
    return try node.broadcasting(
      Where(), visible(mask, keyCount: keyCount), node.scalar(0, type), node.scalar(filter, type))
  }

  private func visible(_ mask: Value, keyCount: Dimension) throws(MIGraphXError) -> Value {
    let shape = try node.shape(mask)
    let sizes = shape.dimensions
    switch sizes.count {
    case 1: return try visible(lengths: mask, keyCount: keyCount)
    case 2: return try raw(node.reshape(mask, to: [sizes[0], 1, 1, sizes[1]]), keyCount)
    case 3: return try raw(node.add(Unsqueeze(axes: [1]), mask), keyCount)
    case 4:
      var past: Dimension = 0
      if let pastKey { past = try node.sizes(pastKey, rank: 4, "past keys")[2] }
      let rows = try node.shape(query).dimensions[2]
      let part = try node.slice(mask, axis: 2, from: past, to: past + rows)
      return try raw(node.slice(part, axis: 3, from: 0, to: keyCount), keyCount)
    default:
      throw MIGraphXError(.invalidShape, "a mask must have rank 1 to 4, found (\(shape))")
    }
  }

  /// Where a mask of numbers is not 0; keys for which it has none are hidden.
  private func raw(_ mask: Value, _ keyCount: Dimension) throws(MIGraphXError) -> Value {
    try node.apply(Greater(), node.extend(mask, to: keyCount, with: 0), 0)
  }

  /// Keys below the end that each batch has and, if the mask has those too, from the start on.
  private func visible(lengths: Value, keyCount: Dimension) throws(MIGraphXError) -> Value {
    let batch = try node.shape(query).dimensions[0]
    let size = try node.shape(lengths).dimensions[0]
    let keys = try node.positions(count: keyCount)
    func column(_ index: Int) throws(MIGraphXError) -> Value {
      let first = Dimension(index) * batch
      let part = try node.slice(lengths, axis: 0, from: first, to: first + batch)
      return try node.reshape(node.convert(part, to: .int64), to: [batch, 1, 1, 1])
    }
    let isBeforeEnd = try node.broadcasting(Less(), keys, column(0))
    guard size == 2 * batch, batch != 0 else {
      if size != 3 * batch + 2 {
        try node.require(size, equals: batch, "the lengths that the mask holds and the batches")
      }
      return isBeforeEnd
    }
    let isBeforeStart = try node.broadcasting(Less(), keys, column(1))
    return try node.add(LogicalAnd(), isBeforeEnd, node.add(Not(), isBeforeStart))
  }
}
