import Operators
import Support
import Tensors
import IR

/// How scales and zero points belong to the elements of a tensor.
struct QuantizationGrid {
  private let node: NodeImporter
  private let sizes: [Dimension]
  private let blockSize: Int
  private let statedAxis: Int

  /// Blocks of `blockSize` elements along `axis` of a tensor of sizes `sizes`.
  init(_ node: NodeImporter, sizes: [Dimension], axis: Int, blockSize: Int) {
    self.node = node
    self.sizes = sizes
    self.blockSize = blockSize
    statedAxis = axis
  }

  /// What the attributes `axis` and `block_size` say about `x`, which is to be quantized or dequantized.
  ///
  /// - Throws: `invalidFile` for a negative block size.
  init(_ node: NodeImporter, of x: Value) throws(MIGraphXError) {
    self.node = node
    sizes = try node.shape(x).dimensions
    statedAxis = try node.int("axis") ?? 1
    blockSize = try node.int("block_size") ?? 0
    guard (0...Shape.maximumByteCount).contains(blockSize) else {
      throw MIGraphXError(
        .invalidFile, "block_size must not be negative or huge, found \(blockSize)")
    }
  }

  private func axis() throws(MIGraphXError) -> Int {
    // A vector has one axis, whatever the default says.
    sizes.count == 1 ? 0 : try node.normalized(statedAxis, rank: sizes.count)
  }

  /// `values`, each of which is meant for all elements, one place on the axis, or one block, repeated to all sizes.
  ///
  /// - Throws: `invalidShape` when the sizes don't fit.
  func spread(_ values: Value) throws(MIGraphXError) -> Value {
    let shape = try node.shape(values)
    if blockSize > 0, shape.rank == sizes.count, shape.rank > 0 {
      return try spreadBlocks(values, shape.dimensions)
    }
    if shape.rank == 0 || shape.rank == 1 && shape.dimensions[0] == 1 {
      return try node.broadcast(node.single(values), to: sizes)
    }
    guard shape.rank == 1 else {
      throw MIGraphXError(
        .invalidShape,
        "a scale or zero point must be one number or a vector, or have one for each block; found "
          + "(\(shape)) with block_size \(blockSize)")
    }
    return try node.add(Broadcast(axis: axis(), outLens: sizes), values)
  }

  /// See ``spread(_:)``; nil for nil.
  func spread(_ values: Value?) throws(MIGraphXError) -> Value? {
    try values.map { (value) throws(MIGraphXError) in try spread(value) }
  }

  private func spreadBlocks(
    _ values: Value, _ counts: [Dimension]
  ) throws(MIGraphXError) -> Value {
    let axis = try axis()
    let block = Dimension(blockSize)
    try node.require(
      counts[axis], equals: sizes[axis].ceilDivided(by: block),
      "the number of blocks on axis \(axis) of size \(sizes[axis])")
    var wide = sizes
    wide[axis] = counts[axis]
    wide.insert(block, at: axis + 1)
    let repeated = try node.broadcast(
      node.add(Unsqueeze(axes: [axis + 1]), values), to: wide)
    wide.remove(at: axis + 1)
    wide[axis] = counts[axis] * block
    let whole = try node.add(Reshape(dims: wide), repeated)
    if wide[axis] == sizes[axis] { return whole }
    return try node.add(Slice(axes: [axis], starts: [0], ends: [sizes[axis]]), whole)
  }
}
