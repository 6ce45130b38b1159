import IR
import ONNXProto
import Operators
import Support
import Tensors

/// Turns pairs of numbers by angles that depend on the position in the sequence.
struct RotaryEmbedding {
  /// Cosines and sines, which are broadcast to the tensor's sizes with half of the turned elements.
  let cosines: Value
  let sines: Value
  /// Whether pairs stand side by side; otherwise the second numbers follow after all the first ones.
  var isInterleaved = false

  /// Turns the leading elements of the last axis, as many as there are angles for, and keeps the others.
  func apply(_ node: NodeImporter, _ x: Value) throws(MIGraphXError) -> Value {
    let shape = try node.shape(x)
    let axis = shape.rank - 1
    guard let half = try node.shape(cosines).dimensions.last else {
      throw MIGraphXError(.invalidShape, "the cosines must have 1 or more axes")
    }
    let size = shape.dimensions[axis]
    let width = half + half
    if (size + 1).isKnown(lessOrEqual: width) {
      throw MIGraphXError(
        .invalidShape, "\(half) angles turn \(width) elements, found (\(shape))")
    }
    let first: Value
    let second: Value
    if isInterleaved {
      first = try node.slice(x, axis: axis, from: 0, to: width, step: 2)
      second = try node.slice(x, axis: axis, from: 1, to: width, step: 2)
    } else {
      first = try node.slice(x, axis: axis, from: 0, to: half)
      second = try node.slice(x, axis: axis, from: half, to: width)
    }
    let sizes = Array(shape.dimensions.dropLast()) + [half]
    let (cosines, sines) = (
      try node.broadcast(cosines, to: sizes), try node.broadcast(sines, to: sizes)
    )
    let real = try node.add(
      Sub(), node.add(Mul(), cosines, first), node.add(Mul(), sines, second))
    let imaginary = try node.add(
      Add(), node.add(Mul(), sines, first), node.add(Mul(), cosines, second))
    var turned: Value
    if isInterleaved {
      let parts = [
        try node.add(Unsqueeze(axes: [axis + 1]), real),
        try node.add(Unsqueeze(axes: [axis + 1]), imaginary),
      ]
      turned = try node.reshape(
        node.add(Concat(axis: axis + 1), parts[0], parts[1]),
        to: shape.dimensions.dropLast() + [width])
    } else {
      turned = try node.add(Concat(axis: axis), real, imaginary)
    }
    if width == size { return turned }
    let rest = try node.slice(x, axis: axis, from: width, to: size)
    return try node.add(Concat(axis: axis), turned, rest)
  }
}

extension ONNXOperators {
  /// Inputs are the tensor, the cosines, the sines and the positions.
  static func rotaryEmbedding(_ node: NodeImporter) throws(MIGraphXError) -> Value {
    var angles: [Value] = []
    for index in 1...2 {
      let cache = try node.input(index)
      guard let positions = try node.optionalInput(3) else {
        _ = try node.sizes(cache, rank: 3, "without positions, input \(index)")
        angles.append(cache)
        continue
      }
      _ = try node.sizes(positions, rank: 2, "the positions")
      _ = try node.sizes(cache, rank: 2, "with positions, input \(index)")
      angles.append(try node.add(Gather(axis: 0), cache, positions))
    }
    return try rotated(node, angles)
  }

  /// Inputs are the tensor, the positions, the cosines and the sines.
  ///
  /// One position is that of the first element of each sequence.
  static func contribRotaryEmbedding(_ node: NodeImporter) throws(MIGraphXError) -> Value {
    try node.require("is_packed_batching", is: 0)
    let shape = try node.shape(node.input(0))
    var positions = try node.input(1)
    if try node.shape(positions).rank == 1 {
      guard shape.rank == 3 || shape.rank == 4 else {
        throw MIGraphXError(.invalidShape, "input 0 must have rank 3 or 4, found (\(shape))")
      }
      let steps = shape.dimensions[shape.rank - 2]
      positions = try node.broadcast(
        node.broadcasting(
          Add(), node.reshape(positions, to: [1]), node.positions(count: steps)),
        to: [shape.dimensions[0], steps])
    }
    _ = try node.sizes(positions, rank: 2, "the positions")
    var angles: [Value] = []
    for index in 2...3 {
      _ = try node.sizes(node.input(index), rank: 2, "input \(index)")
      angles.append(try node.add(Gather(axis: 0), node.input(index), positions))
    }
    return try rotated(node, angles)
  }

  /// Input 0 turned by angles `[B, S, D / 2]`.
  private static func rotated(
    _ node: NodeImporter, _ angles: [Value]
  ) throws(MIGraphXError) -> Value {
    let x = try node.input(0)
    let shape = try node.shape(x)
    // The heads stand in axis 1, or in axis 2 once they are split off the last axis.
    guard shape.rank == 3 || shape.rank == 4 else {
      throw MIGraphXError(.invalidShape, "input 0 must have rank 3 or 4, found (\(shape))")
    }
    let isJoined = shape.rank == 3
    var heads = x
    if isJoined {
      let (count, size) = try joinedHeads(node, shape.dimensions[2], angles[0])
      heads = try node.reshape(x, to: [shape.dimensions[0], shape.dimensions[1], count, size])
    }
    let stated = try node.int("rotary_embedding_dim") ?? 0
    guard stated >= 0, stated % 2 == 0 else {
      throw MIGraphXError(
        .invalidFile, "rotary_embedding_dim must be even and not negative, found \(stated)")
    }
    let width = try stated == 0 ? node.shape(heads).dimensions[3] : Dimension(stated)
    for angle in angles {
      let half = try node.shape(angle).dimensions[2]
      try node.require(
        half + half, equals: width, "twice the number of angles and the turned elements")
    }
    let axis = isJoined ? 2 : 1
    let rotation = RotaryEmbedding(
      cosines: try node.add(Unsqueeze(axes: [axis]), angles[0]),
      sines: try node.add(Unsqueeze(axes: [axis]), angles[1]),
      isInterleaved: try node.flag("interleaved"))
    return try node.reshape(rotation.apply(node, heads), to: shape.dimensions)
  }

  /// The number and the size of heads that are joined in an axis of size `size`.
  private static func joinedHeads(
    _ node: NodeImporter, _ size: Dimension, _ angles: Value
  ) throws(MIGraphXError) -> (count: Dimension, size: Dimension) {
    if let count = try node.int("num_heads"), count != 0 {
      return (Dimension(count), try node.part(size, of: count, "input 0"))
    }
    guard node.node.domain == "com.microsoft" else {
      throw MIGraphXError(.invalidFile, "num_heads is needed for an input of rank 3")
    }
    // The angles tell the size of a head, all of which is turned.
    let half = try node.shape(angles).dimensions[2]
    guard half != 0 else { throw MIGraphXError(.invalidShape, "there are no angles") }
    let count = size.floorDivided(by: half + half)
    try node.require(
      size, equals: count * (half + half), "the last axis and heads of twice \(half)")
    return (count, half + half)
  }
}
