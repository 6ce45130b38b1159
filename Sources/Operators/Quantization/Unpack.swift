import IR
import Support
import Tensors

/// Takes bytes apart into two numbers of 4 bits each along an axis, which becomes twice as long; the low bits come first.
///
/// `[.., N, ..]` of `uint8_type` or `int8_type` gives `[.., 2N, ..]` of the same type.
public struct UnpackInt4: TensorOperator {
  public static let name = "unpack_int4"
  /// The axis; negative ones count from the end.
  public var axis = -1

  public init() {}

  /// Makes the operator.
  public init(axis: Int) { self.axis = axis }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] { try unpackedShapes(inputs, axis: axis, bits: 4) }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    [try unpacked(inputs[0], try concreteShapes(inputs)[0], axis: axis, bits: 4)]
  }
}

/// Takes bytes apart into four numbers of 2 bits each. See ``UnpackInt4``.
public struct UnpackInt2: TensorOperator {
  public static let name = "unpack_int2"
  /// The axis; negative ones count from the end.
  public var axis = -1

  public init() {}

  /// Makes the operator.
  public init(axis: Int) { self.axis = axis }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] { try unpackedShapes(inputs, axis: axis, bits: 2) }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    [try unpacked(inputs[0], try concreteShapes(inputs)[0], axis: axis, bits: 2)]
  }
}

private func unpackedShapes(
  _ inputs: [Shape], axis: Int, bits: Int
) throws(MIGraphXError) -> [Shape] {
  try check(inputs, count: 1)
  try check(inputs[0], 0, is: .byte)
  var dimensions = inputs[0].dimensions
  dimensions[try normalized(axis: axis, rank: inputs[0].rank)] *= Dimension(8 / bits)
  return [Shape(inputs[0].elementType, dimensions)]
}

private func unpacked(
  _ input: Argument, _ shape: Shape, axis: Int, bits: Int
) throws(MIGraphXError) -> Argument {
  let lens = input.lens
  let axis = try normalized(axis: axis, rank: lens.count)
  let (parts, inner) = (8 / bits, lens[(axis + 1)...].reduce(1, *))
  let isSigned = input.elementType == .int8
  let bytes = try Argument(
    input.storage, .uint8, lens: lens, strides: input.strides, byteOffset: input.byteOffset
  ).elements(as: UInt8.self)
  let unused = UInt8(8 - bits)
  var result = [UInt8](repeating: 0, count: bytes.count * parts)
  for (index, byte) in bytes.enumerated() {
    let (row, column) = index.quotientAndRemainder(dividingBy: inner)
    for part in 0..<parts {
      let top = byte << (unused - UInt8(part * bits))
      result[(row * parts + part) * inner + column] =
        isSigned ? UInt8(bitPattern: Int8(bitPattern: top) >> Int8(unused)) : top >> unused
    }
  }
  return try Argument(bytes: result, input.elementType, lens: shape.lens ?? [])
}
