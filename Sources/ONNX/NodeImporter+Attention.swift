import IR
import Operators
import Support
import Tensors

extension NodeImporter {
  /// A tensor of `[B, S, H * D]` as `[B, H, S, D]`.
  ///
  /// - Throws: `invalidShape` for another rank, or when the last axis can't be split into `heads` equal parts.
  func splitHeads(_ x: Value, _ heads: Int, _ what: String) throws(MIGraphXError) -> Value {
    let sizes = try sizes(x, rank: 3, what)
    let size = try part(sizes[2], of: heads, what)
    return try add(
      Transpose(permutation: [0, 2, 1, 3]),
      reshape(x, to: [sizes[0], sizes[1], Dimension(heads), size]))
  }

  /// A tensor of `[B, H, S, D]` as `[B, S, H * D]`.
  func joinHeads(_ x: Value) throws(MIGraphXError) -> Value {
    let sizes = try shape(x).dimensions
    return try reshape(
      add(Transpose(permutation: [0, 2, 1, 3]), x),
      to: [sizes[0], sizes[2], sizes[1] * sizes[3]])
  }

  /// Repeats each head of `[B, H, S, D]` so that there are `count` of them.
  ///
  /// - Throws: `invalidShape` when `count` is no multiple of H.
  func repeatHeads(_ x: Value, to count: Dimension) throws(MIGraphXError) -> Value {
    let sizes = try shape(x).dimensions
    if sizes[1] == count { return x }
    guard sizes[1] != 0 else {
      throw MIGraphXError(.invalidShape, "keys and values need at least one head")
    }
    let times = count.floorDivided(by: sizes[1])
    try require(
      count, equals: times * sizes[1], "the number of heads and a multiple of \(sizes[1])")
    let repeated = try add(
      Multibroadcast(outLens: [sizes[0], sizes[1], times, sizes[2], sizes[3]]),
      add(Unsqueeze(axes: [2]), x))
    return try reshape(repeated, to: [sizes[0], count, sizes[2], sizes[3]])
  }

  /// The sizes of a tensor that must have `rank` axes.
  func sizes(_ x: Value, rank: Int, _ what: String) throws(MIGraphXError) -> [Dimension] {
    let shape = try shape(x)
    guard shape.rank == rank else {
      throw MIGraphXError(.invalidShape, "\(what) must have rank \(rank), found (\(shape))")
    }
    return shape.dimensions
  }

  /// The size of each of `count` equal parts of an axis.
  ///
  /// - Throws: `invalidFile` when `count` is not positive, `invalidShape` when the parts are not equal.
  func part(_ size: Dimension, of count: Int, _ what: String) throws(MIGraphXError) -> Dimension {
    guard count > 0 else {
      throw MIGraphXError(.invalidFile, "\(what) must have 1 or more heads, found \(count)")
    }
    let part = size.floorDivided(by: Dimension(count))
    try require(
      size, equals: part * Dimension(count), "the last axis of \(what) and \(count) parts")
    return part
  }

  /// The same elements with other sizes.
  func reshape(_ x: Value, to sizes: [Dimension]) throws(MIGraphXError) -> Value {
    if try shape(x).dimensions == sizes { return x }
    return try add(Reshape(dims: sizes, allowZero: true), x)
  }

  /// The elements of one axis from `start` to `end`.
  func slice(
    _ x: Value, axis: Int, from start: Dimension, to end: Dimension, step: Int = 1
  ) throws(MIGraphXError) -> Value {
    try add(
      Slice(axes: [axis], starts: [start], ends: [end], steps: step == 1 ? nil : [step]), x)
  }

  /// An axis cut into parts of the given sizes.
  func split(
    _ x: Value, axis: Int, into sizes: [Dimension]
  ) throws(MIGraphXError) -> [Value] {
    var (parts, start): ([Value], Dimension) = ([], 0)
    for size in sizes {
      parts.append(try slice(x, axis: axis, from: start, to: start + size))
      start += size
    }
    try require(
      shape(x).dimensions[axis], equals: start, "axis \(axis) and the sum of its parts")
    return parts
  }

  /// The int64 vector of `start`, `start + 1` and so on, `count` numbers.
  func positions(
    from start: Dimension = 0, count: Dimension
  ) throws(MIGraphXError) -> Value {
    try add(
      RangeOperator(), add(ShapeValue(dims: [start], lens: [])),
      add(ShapeValue(dims: [start + count], lens: [])), add(ShapeValue(dims: [1], lens: [])))
  }

  /// Adds elements equal to `number` at the end of the last axis so that it has `size` of them.
  func extend(_ x: Value, to size: Dimension, with number: Double) throws(MIGraphXError) -> Value {
    let shape = try shape(x)
    guard let last = shape.dimensions.last else {
      throw MIGraphXError(.invalidShape, "a mask must have 1 or more axes, found (\(shape))")
    }
    if last == size { return x }
    guard !(size + 1).isKnown(lessOrEqual: last) else {
      throw MIGraphXError(.invalidShape, "a mask for \(size) keys has \(last) of them, (\(shape))")
    }
    let filling = try broadcast(
      scalar(number, shape.elementType), to: shape.dimensions.dropLast() + [size - last])
    return try add(Concat(axis: shape.rank - 1), x, filling)
  }
}

/// The places that queries and keys have in their sequence, from which masks are made.
struct AttentionPositions {
  /// The places of the queries, `[S, 1]` or with batch and heads in front.
  let queries: Value
  /// The places of the keys, `[T]`.
  let keys: Value
  private let node: NodeImporter

  init(_ node: NodeImporter, queries: Value, keyCount: Dimension) throws(MIGraphXError) {
    self.node = node
    self.queries = queries
    keys = try node.positions(count: keyCount)
  }

  /// Places `start`, `start + 1` and so on for `count` queries.
  init(
    _ node: NodeImporter, start: Dimension, count: Dimension, keyCount: Dimension
  ) throws(MIGraphXError) {
    try self.init(
      node,
      queries: node.add(Unsqueeze(axes: [1]), node.positions(from: start, count: count)),
      keyCount: keyCount)
  }

  /// The pairs whose key stands more than `distance` after its query.
  func isAfter(_ distance: Int = 0) throws(MIGraphXError) -> Value {
    let limit = distance == 0 ? queries : try node.apply(Add(), queries, Double(distance))
    return try node.broadcasting(Greater(), keys, limit)
  }

  /// The pairs whose key stands more than `distance` before its query.
  func isBefore(_ distance: Int) throws(MIGraphXError) -> Value {
    try node.broadcasting(Less(), keys, node.apply(Sub(), queries, Double(distance)))
  }

  /// The pairs whose key is not among the first `count` ones; `count` is broadcast to `[B, 1, 1, 1]`.
  func isBeyond(_ count: Value) throws(MIGraphXError) -> Value {
    try node.add(Not(), node.broadcasting(Less(), keys, count))
  }
}
