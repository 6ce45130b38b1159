import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Constants, and operators on sizes.
  static let shapeConverters: [String: Converter] = [
    "Constant": constant, "ConstantOfShape": constantOfShape,
    "Range": { (node) throws(MIGraphXError) in
      [try node.add(RangeOperator(), node.input(0), node.input(1), node.input(2))]
    },
    "Shape": shape, "Size": size,
  ]

  private static let constant: Converter = { (node) throws(MIGraphXError) in
    if let literal = try node.tensor("value") { return [node.add(literal)] }
    if let number = try node.float("value_float") {
      return [node.add(try Literal([number], lens: []))]
    }
    if let numbers = try node.floats("value_floats") {
      return [node.add(try Literal(numbers, lens: [numbers.count]))]
    }
    if let number = try node.int("value_int") {
      return [node.add(try Literal([Int64(number)], lens: []))]
    }
    if let numbers = try node.ints("value_ints") { return [try node.vector(numbers)] }
    if let text = try node.string("value_string") {
      return [node.add(Literal(try Argument(strings: [text], lens: [])))]
    }
    if let texts = try node.strings("value_strings") {
      return [node.add(Literal(try Argument(strings: texts, lens: [texts.count])))]
    }
    if node.has("sparse_value") { throw MIGraphXError(.unsupported, "sparse constants") }
    throw MIGraphXError(.invalidFile, "a constant needs an attribute with its value")
  }

  /// One element repeated without memory of its own.
  private static let constantOfShape: Converter = { (node) throws(MIGraphXError) in
    var element = try Literal([Float(0)], lens: [])
    if let value = try node.tensor("value") {
      guard value.shape.elementCount == 1 else {
        throw MIGraphXError(
          .invalidFile, "attribute 'value' must have one element, found (\(value.shape))")
      }
      element = Literal(try value.argument.view(lens: [], strides: []))
    }
    let sizes = try node.input(0)
    if let integers = node.integers(sizes) {
      guard integers.allSatisfy({ $0 >= 0 }) else {
        throw MIGraphXError(.invalidShape, "sizes must not be negative, found \(integers)")
      }
      return [try node.broadcast(node.add(element), to: integers.map { Dimension($0) })]
    }
    return [try node.add(Multibroadcast(outLens: []), node.add(element), sizes)]
  }

  private static let shape: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let rank = try node.shape(x).rank
    func bound(_ name: String, default value: Int) throws(MIGraphXError) -> Int {
      guard let axis = try node.int(name) else { return value }
      return max(0, min(rank, axis < 0 && axis >= -rank ? axis + rank : axis))
    }
    let (start, end) = (try bound("start", default: 0), try bound("end", default: rank))
    return [try node.add(DimensionsOf(start: start, end: max(start, end)), x)]
  }

  private static let size: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let sizes = try node.add(DimensionsOf(start: 0, end: node.shape(x).rank), x)
    return [try node.add(Squeeze(axes: [0]), node.add(ReduceProd(axes: [0]), sizes))]
  }
}
