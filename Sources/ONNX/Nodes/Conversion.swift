import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Conversions between element types.
  static let conversionConverters: [String: Converter] = [
    "BitCast": { (node) throws(MIGraphXError) in
      guard let type = try node.elementType("to") else {
        throw MIGraphXError(.invalidFile, "attribute 'to' is needed")
      }
      return [try node.add(BitCast(targetType: type), node.input(0))]
    },
    "Cast": { (node) throws(MIGraphXError) in
      guard let type = try node.version < 6 ? namedType(node) : node.elementType("to") else {
        throw MIGraphXError(.invalidFile, "attribute 'to' is needed")
      }
      return [try cast(node, to: type)]
    },
    "CastLike": { (node) throws(MIGraphXError) in
      [try cast(node, to: node.shape(node.input(1)).elementType)]
    },
  ]

  /// Up to opset 5 the type is stated by its name.
  private static func namedType(_ node: NodeImporter) throws(MIGraphXError) -> ElementType? {
    guard let name = try node.string("to") else { return nil }
    guard let number = TensorEncoding.number(name) else {
      throw MIGraphXError(.invalidFile, "attribute 'to' is '\(name)', which is no element type")
    }
    return try ElementType(onnx: number, of: "attribute 'to'")
  }

  private static func cast(
    _ node: NodeImporter, to type: ElementType
  ) throws(MIGraphXError) -> Value {
    let x = try node.input(0)
    let found = try node.shape(x).elementType
    switch (found, type) {
    case (.string, .string): return try node.add(Identity(), x)
    case (.string, _): return try node.add(TextToNumber(targetType: type), x)
    case (_, .string): return try node.add(NumberToText(), x)
    default: break
    }
    let mode = try node.string("round_mode") ?? "up"
    guard let rounding = Convert.PowerRounding(rawValue: mode) else {
      throw MIGraphXError(.invalidFile, "round_mode is '\(mode)'; up, down or nearest is needed")
    }
    let op = Convert(
      targetType: type, saturate: try node.flag("saturate", default: true) ? nil : false,
      roundMode: type != .float8e8m0 || rounding == .up ? nil : rounding)
    // What is out of the range of a narrower integer keeps its low bits, as an integer of the processor does.
    var value = x
    if found.isFloatingPoint {
      switch type {
      case .int8, .uint8, .int16, .uint16: value = try node.convert(x, to: .int32)
      case .uint32: value = try node.convert(x, to: .int64)
      default: break
      }
    } else if type == .float8e8m0 {
      value = try node.convert(x, to: .float)
    }
    return try node.add(op, value)
  }
}
