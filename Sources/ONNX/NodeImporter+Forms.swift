import IR
import Operators
import Support
import Tensors

extension NodeImporter {
  /// Inputs 0 and 1, ready to be broadcast as NumPy does.
  ///
  /// Up to opset 6 the attribute `axis` says at which axis of input 0 those of input 1 begin.
  func operands() throws(MIGraphXError) -> [Value] {
    let (a, b) = (try input(0), try input(1))
    guard version < 7, try flag("broadcast"), let axis = try int("axis") else { return [a, b] }
    let (rank, inner) = (try shape(a).rank, try shape(b).rank)
    let first = try normalized(axis, rank: rank)
    guard first + inner <= rank else {
      throw MIGraphXError(
        .invalidFile,
        "axis \(axis) leaves \(rank - first) axes of input 0, found \(inner) in input 1")
    }
    if first + inner == rank { return [a, b] }
    return [a, try add(Unsqueeze(axes: Array(inner..<rank - first)), b)]
  }

  /// What `body` makes of input 0, which must be floating-point, in single precision if its type has less.
  func inSinglePrecision(
    _ body: (Value) throws(MIGraphXError) -> Value
  ) throws(MIGraphXError) -> Value {
    let x = try input(0)
    let type = try shape(x).elementType
    try checkType(x, 0, is: .floating)
    let isNarrow = type == .half || type == .bfloat16
    return try convert(body(isNarrow ? convert(x, to: .float) : x), to: type)
  }

  /// Checks the element type of `value`, which is input `index`.
  func checkType(_ value: Value, _ index: Int, is types: TypeClass) throws(MIGraphXError) {
    let type = try shape(value).elementType
    guard types.contains(type) else {
      throw MIGraphXError(
        .invalidShape,
        "input \(index) must have \(types.rawValue), found \(type.rawValue)")
    }
  }

  /// Demands that two inputs have the same sizes.
  func requireEqualSizes(_ first: Int, _ second: Int) throws(MIGraphXError) {
    let (a, b) = (try shape(input(first)), try shape(input(second)))
    guard a.rank == b.rank else {
      throw MIGraphXError(
        .invalidShape, "inputs \(first) and \(second) must have one rank, found (\(a)) and (\(b))")
    }
    for (axis, (x, y)) in zip(a.dimensions, b.dimensions).enumerated() {
      try require(x, equals: y, "the sizes of inputs \(first) and \(second) at axis \(axis)")
    }
  }

  /// The element type that the attribute `name` states by its number; nil if the node doesn't have it.
  func elementType(_ name: String) throws(MIGraphXError) -> ElementType? {
    guard let number = try int(name) else { return nil }
    return try ElementType(onnx: Int32(clamping: number), of: "attribute '\(name)'")
  }
}
