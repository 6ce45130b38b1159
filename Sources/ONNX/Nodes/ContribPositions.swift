import Glibc
import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators of ONNX Runtime's own domain on the places that tokens have in their sequence.
  static let contribPositionConverters: [String: Converter] = [
    "GatedRelativePositionBias": gatedPositionBias, "RelativePositionBias": positionBias,
    "RemovePadding": removePadding, "RestorePadding": restorePadding,
  ]

  /// One number of a table for the distance of each pair of positions; the further, the fewer distinctions.
  private static let positionBias: Converter = { (node) throws(MIGraphXError) in
    let table = try node.input(0)
    let sizes = try node.sizes(table, rank: 2, "the table")
    guard let all = sizes[0].constant, let farthest = try node.int("max_distance") else {
      throw MIGraphXError(
        .invalidFile, "max_distance and a known number of buckets are needed, found \(sizes[0])")
    }
    let isBidirectional = try node.flag("is_bidirectional")
    let buckets = isBidirectional ? all / 2 : all
    let exact = buckets / 2
    guard exact >= 1, farthest > exact else {
      throw MIGraphXError(
        .invalidFile, "max_distance must exceed half of the buckets, found \(farthest) for \(all)")
    }
    var lengths: [Value] = []
    for index in 1...2 {
      let limit = try node.reshape(node.convert(node.input(index), to: .int64), to: [])
      lengths.append(
        try node.add(RangeOperator(), node.scalar(0, .int64), limit, node.scalar(1, .int64)))
    }
    let offset = try node.broadcasting(
      Sub(), lengths[1], node.add(Unsqueeze(axes: [1]), lengths[0]))
    let distance =
      try isBidirectional
      ? node.add(Abs(), offset) : node.apply(Max(), node.add(Neg(), offset), 0)
    // From half of the buckets on, each holds distances that are alike in their logarithm.
    let ratio = try node.apply(
      Div(), node.convert(node.apply(Max(), distance, 1), to: .float), Double(exact))
    let share = try node.apply(
      Div(), node.add(Log(), ratio), Double(log(Float(farthest) / Float(exact))))
    let step = try node.convert(
      node.apply(Mul(), share, Double(buckets - exact)), to: .int64)
    let far = try node.apply(
      Min(), node.apply(Add(), step, Double(exact)), Double(buckets - 1))
    var bucket = try node.add(
      Where(), node.apply(Less(), distance, Double(exact)), distance, far)
    if isBidirectional {
      let isLater = try node.convert(node.apply(Greater(), offset, 0), to: .int64)
      bucket = try node.add(Add(), bucket, node.apply(Mul(), isLater, Double(buckets)))
    }
    // The table lies head by head, whatever its sizes say.
    let byHead = try node.reshape(table, to: [sizes[1], sizes[0]])
    return [try node.add(Unsqueeze(axes: [0]), node.add(Gather(axis: 1), byHead, bucket))]
  }

  /// A bias `[1, H, S, S]` times what two gates make of each query.
  private static let gatedPositionBias: Converter = { (node) throws(MIGraphXError) in
    guard try node.optionalInput(6) == nil else {
      throw MIGraphXError(.unsupported, "input 6, token_offset")
    }
    let sum = try addBias(node, 1, to: node.input(0))
    let heads = try node.splitHeads(sum, headCount(node), "the query")
    let product = try addBias(
      node, 4, to: node.standard("MatMul", [heads, node.input(3)], only: [])[0])
    let sizes = try node.shape(product).dimensions
    let half = try node.part(sizes[3], of: 2, "the gates")
    let pairs = try node.reshape(product, to: Array(sizes[..<3]) + [2, half])
    let gates = try node.add(
      Sigmoid(), node.add(Squeeze(axes: [4]), node.add(ReduceSum(axes: [4]), pairs)))
    let parts = try node.split(gates, axis: 3, into: [1, 1])
    let inner = try node.apply(
      Sub(), node.broadcasting(Mul(), parts[1], node.input(5)), 1)
    let factor = try node.apply(Add(), node.broadcasting(Mul(), parts[0], inner), 2)
    return [try node.broadcasting(Mul(), factor, node.input(2))]
  }

  /// The tokens `[N, H]` of sequences `[B, S, H]`, where they and the padding stood, and the sequences' ends.
  private static let removePadding: Converter = { (node) throws(MIGraphXError) in
    let (x, counts) = (try node.input(0), try node.input(1))
    let sizes = try node.sizes(x, rank: 3, "input 0")
    _ = try node.sizes(counts, rank: 1, "input 1")
    let type = try node.shape(counts).elementType
    let wide = try node.convert(counts, to: .int64)
    let isToken = try node.broadcast(
      node.broadcasting(
        Less(), node.positions(count: sizes[1]), node.add(Unsqueeze(axes: [1]), wide)),
      to: [sizes[0], sizes[1]])
    let flat = try node.reshape(isToken, to: [sizes[0] * sizes[1]])
    func places(_ flags: Value) throws(MIGraphXError) -> Value {
      try node.add(Squeeze(axes: [0]), node.standard("NonZero", [flags], only: [])[0])
    }
    let tokens = try places(flat)
    let all = try node.add(Concat(axis: 0), tokens, places(node.add(Not(), flat)))
    let ends = try node.standard("CumSum", [wide, node.scalar(0, .int64)], only: [])[0]
    let results = [
      try node.reshape(all, to: [sizes[0], sizes[1]]),
      try node.add(Concat(axis: 0), node.vector([0]), ends),
      try node.add(ReduceMax(axes: [0]), wide),
    ]
    let rows = try node.reshape(x, to: [sizes[0] * sizes[1], sizes[2]])
    var outputs = [try node.add(Gather(axis: 0), rows, tokens)]
    for result in results { outputs.append(try node.convert(result, to: type)) }
    return outputs
  }

  /// Tokens `[N, H]` at the places where they stood in sequences `[B, S, H]`, between zeros.
  private static let restorePadding: Converter = { (node) throws(MIGraphXError) in
    [try restored(node, node.input(0), at: node.input(1))]
  }

  /// The tokens `x` in sequences, at `places`, which name the padding behind the tokens.
  static func restored(
    _ node: NodeImporter, _ x: Value, at places: Value
  ) throws(MIGraphXError) -> Value {
    let (sizes, grid) = (
      try node.sizes(x, rank: 2, "the tokens"), try node.sizes(places, rank: 2, "their places")
    )
    let count = grid[0] * grid[1]
    let zeros = try node.broadcast(
      node.scalar(0, node.shape(x).elementType), to: [count, sizes[1]])
    let indices = try node.slice(
      node.reshape(node.convert(places, to: .int64), to: [count, 1]), axis: 0, from: 0,
      to: sizes[0])
    let rows = try node.standard("ScatterND", [zeros, indices, x], only: [])[0]
    return try node.reshape(rows, to: [grid[0], grid[1], sizes[1]])
  }
}
