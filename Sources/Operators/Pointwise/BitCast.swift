import IR
import Support
import Tensors

/// The bits of each element read as another type of the same size.
public struct BitCast: TensorOperator {
  public static let name = "bit_cast"
  /// The element type of the result.
  public var targetType = ElementType.float

  private enum CodingKeys: String, CodingKey {
    case targetType = "target_type"
  }

  public init() {}

  /// Makes the operator.
  public init(targetType: ElementType) { self.targetType = targetType }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    let type = inputs[0].elementType
    guard type != .string, type.packedBitWidth == targetType.packedBitWidth else {
      throw MIGraphXError(
        .invalidShape,
        "\(type.rawValue) has elements of \(type.packedBitWidth) bits, \(targetType.rawValue) of "
          + "\(targetType.packedBitWidth); the same size is needed")
    }
    return [Shape(targetType, inputs[0].dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let x = inputs[0]
    guard targetType.packedBitWidth < 8 else {
      return [
        try Argument(
          x.storage, targetType, lens: x.lens, strides: x.strides, byteOffset: x.byteOffset)
      ]
    }
    // The low bits are the element; the conversion fills the upper ones of the target.
    let bytes = try Argument(
      x.storage, .uint8, lens: x.lens, strides: x.strides, byteOffset: x.byteOffset)
    if targetType.isInteger { return [try bytes.converted(toElementType: targetType)] }
    let elements = bytes.elements(as: UInt8.self).map { Float4E2M1(bitPattern: $0 & 15) }
    return [try Argument(elements, lens: x.lens)]
  }
}
