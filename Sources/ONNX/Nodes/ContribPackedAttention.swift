import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Attention on the tokens of sequences without their padding, `[N, ..]`.
  static let contribPackedAttentionConverters: [String: Converter] = [
    "PackedAttention": { (node) throws(MIGraphXError) in
      let x = try node.input(0)
      _ = try node.sizes(x, rank: 2, "input 0")
      _ = try node.sizes(node.input(1), rank: 2, "the weights")
      let product = try addBias(node, 2, to: node.standard("MatMul", [x, node.input(1)])[0])
      let padding = try Padding(node, offsets: 3, ends: 4)
      let results = try attention(
        node, on: padding.restored(product), mask: padding.counts, past: nil, bias: 5,
        pastLength: nil)
      return [try padding.removed(results[0], like: x)]
    },
    "PackedMultiHeadAttention": { (node) throws(MIGraphXError) in
      let heads = try headCount(node)
      let padding = try Padding(node, offsets: 4, ends: 5)
      let parts = try packedParts(node)
      var split: [Value] = []
      for (part, name) in zip(parts, ["the query", "the key", "the value"]) {
        split.append(try node.splitHeads(padding.restored(part), heads, name))
      }
      var attention = ContribAttention(node, query: split[0], key: split[1], value: split[2])
      attention.mask = padding.counts
      attention.bias = try node.optionalInput(6)
      return [try padding.removed(attention.build().output, like: parts[0])]
    },
  ]

  /// Queries, keys and values, `[N, ..]` each, with the bias that an input may bring; one input may hold all three.
  private static func packedParts(_ node: NodeImporter) throws(MIGraphXError) -> [Value] {
    var parts = [try node.input(0)]
    if let key = try node.optionalInput(1), let value = try node.optionalInput(2) {
      parts += [key, value]
    } else {
      let sizes = try node.sizes(parts[0], rank: 4, "queries, keys and values in one input")
      parts = try node.split(parts[0], axis: 2, into: [1, 1, 1])
      for index in parts.indices {
        parts[index] = try node.reshape(parts[index], to: [sizes[0], sizes[1] * sizes[3]])
      }
    }
    var widths: [Dimension] = []
    for (index, part) in parts.enumerated() {
      let sizes = try node.sizes(part, rank: 2, "input \(index)")
      try node.require(
        sizes[0], equals: node.shape(parts[0]).dimensions[0], "the tokens of inputs 0 and \(index)")
      widths.append(sizes[1])
    }
    guard let bias = try node.optionalInput(3) else { return parts }
    _ = try node.sizes(bias, rank: 1, "the bias")
    for (index, addend) in try node.split(bias, axis: 0, into: widths).enumerated() {
      let rows = try node.broadcast(addend, to: node.shape(parts[index]).dimensions)
      parts[index] = try node.add(Add(), parts[index], rows)
    }
    return parts
  }

  /// Where tokens stood in their sequences.
  private struct Padding {
    private let node: NodeImporter
    /// The places of all tokens, then of all padding, `[B, S]`.
    private let places: Value
    /// The number of tokens in each sequence, `[B]`.
    let counts: Value

    init(_ node: NodeImporter, offsets: Int, ends: Int) throws(MIGraphXError) {
      self.node = node
      places = try node.input(offsets)
      let batch = try node.sizes(places, rank: 2, "input \(offsets)")[0]
      let sums = try node.input(ends)
      let size = try node.sizes(sums, rank: 1, "input \(ends)")[0]
      try node.require(
        size, equals: batch + 1, "the elements of input \(ends) and the sequences' ends")
      counts = try node.add(
        Sub(), node.slice(sums, axis: 0, from: 1, to: size),
        node.slice(sums, axis: 0, from: 0, to: batch))
    }

    /// Sequences `[B, S, H]` of the tokens `[N, H]`.
    func restored(_ tokens: Value) throws(MIGraphXError) -> Value {
      try ONNXOperators.restored(node, tokens, at: places)
    }

    /// The tokens of sequences `[B, S, H]`, as many as `tokens` has.
    func removed(_ sequences: Value, like tokens: Value) throws(MIGraphXError) -> Value {
      let sizes = try node.shape(sequences).dimensions
      let count = try node.shape(tokens).dimensions[0]
      let indices = try node.slice(
        node.reshape(places, to: [sizes[0] * sizes[1]]), axis: 0, from: 0, to: count)
      let rows = try node.reshape(sequences, to: [sizes[0] * sizes[1], sizes[2]])
      return try node.add(Gather(axis: 0), rows, indices)
    }
  }
}
