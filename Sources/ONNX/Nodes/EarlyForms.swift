import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Reshape up to opset 4: the sizes are an attribute.
  static func earlyReshape(_ node: NodeImporter) throws(MIGraphXError) -> [Value] {
    guard let sizes = try node.ints("shape") else {
      throw MIGraphXError(.invalidFile, "attribute 'shape' is needed")
    }
    return [try node.add(Reshape(dims: sizes.map { Dimension($0) }), node.input(0))]
  }

  /// Tile up to opset 5: copies along one axis, both numbers.
  static func earlyTile(_ node: NodeImporter) throws(MIGraphXError) -> [Value] {
    let rank = try node.shape(node.input(0)).rank
    guard let tiles = try node.knownIntegers(1, "the number of copies"), tiles.count == 1,
      let axis = try node.knownIntegers(2, "the axis"), axis.count == 1
    else {
      throw MIGraphXError(.invalidFile, "a number of copies and an axis are needed")
    }
    var repeats = [Dimension](repeating: 1, count: rank)
    repeats[try node.normalized(axis[0], rank: rank)] = Dimension(tiles[0])
    return [try node.add(Tile(repeats: repeats), node.input(0))]
  }
}
