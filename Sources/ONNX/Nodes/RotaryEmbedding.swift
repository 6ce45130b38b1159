import IR
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
    guard width.isKnown(lessOrEqual: size) else {
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
    let x = try node.input(0)
    let shape = try node.shape(x)
    var caches: [Value] = []
    for index in 1...2 {
      guard let positions = try node.optionalInput(3) else {
        _ = try node.sizes(node.input(index), rank: 3, "without positions, input \(index)")
        caches.append(try node.input(index))
        continue
      }
      _ = try node.sizes(positions, rank: 2, "the positions")
      _ = try node.sizes(node.input(index), rank: 2, "with positions, input \(index)")
      caches.append(try node.add(Gather(axis: 0), node.input(index), positions))
    }
    // The heads stand in axis 1, or in axis 2 once they are split off the last axis.
    guard shape.rank == 3 || shape.rank == 4 else {
      throw MIGraphXError(.invalidShape, "input 0 must have rank 3 or 4, found (\(shape))")
    }
    let isJoined = shape.rank == 3
    for index in caches.indices {
      caches[index] = try node.add(Unsqueeze(axes: [isJoined ? 2 : 1]), caches[index])
    }
    let rotation = RotaryEmbedding(
      cosines: caches[0], sines: caches[1], isInterleaved: try node.flag("interleaved"))
    var heads = x
    if isJoined {
      guard let count = try node.int("num_heads") else {
        throw MIGraphXError(.invalidFile, "num_heads is needed for an input of rank 3")
      }
      let size = try node.part(shape.dimensions[2], of: count, "input 0")
      heads = try node.reshape(
        x, to: [shape.dimensions[0], shape.dimensions[1], Dimension(count), size])
    }
    try checkWidth(node, of: heads, angles: caches)
    return try node.reshape(rotation.apply(node, heads), to: shape.dimensions)
  }

  /// Checks that there is an angle for every two of the elements to turn.
  private static func checkWidth(
    _ node: NodeImporter, of heads: Value, angles: [Value]
  ) throws(MIGraphXError) {
    let stated = try node.int("rotary_embedding_dim") ?? 0
    guard stated >= 0, stated % 2 == 0 else {
      throw MIGraphXError(
        .invalidFile, "rotary_embedding_dim must be even and not negative, found \(stated)")
    }
    let width = try stated == 0 ? node.shape(heads).dimensions[3] : Dimension(stated)
    for (index, cache) in angles.enumerated() {
      let half = try node.shape(cache).dimensions[3]
      try node.require(
        half + half, equals: width,
        "twice the last axis of input \(index + 1) and the turned elements")
    }
  }
}
