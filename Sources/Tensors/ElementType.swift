import Support

/// The type of a tensor's elements, named as MIGraphX names it.
///
/// Sizes are stated in bits, so that types smaller than a byte can join.
public enum ElementType: String, CaseIterable, Hashable, Sendable, Codable {
  case bool = "bool_type"
  case half = "half_type"
  case bfloat16 = "bf16_type"
  case float = "float_type"
  case double = "double_type"
  case int8 = "int8_type"
  case int16 = "int16_type"
  case int32 = "int32_type"
  case int64 = "int64_type"
  case uint8 = "uint8_type"
  case uint16 = "uint16_type"
  case uint32 = "uint32_type"
  case uint64 = "uint64_type"
  /// Text of any length. Its elements live outside the tensor's bytes.
  case string = "string_type"

  /// The size of one element in bits; 0 for strings.
  public var bitWidth: Int {
    switch self {
    case .string: 0
    case .bool, .int8, .uint8: 8
    case .half, .bfloat16, .int16, .uint16: 16
    case .float, .int32, .uint32: 32
    case .double, .int64, .uint64: 64
    }
  }

  /// The size in bytes of `count` packed elements; `Int.max` when it is more than that.
  public func byteCount(of count: Int) -> Int {
    let (bits, overflow) = count.multipliedReportingOverflow(by: bitWidth)
    if overflow || bits > Int.max - 7 { return .max }
    return (bits + 7) / 8
  }

  /// Whether the type has a fraction and an exponent.
  public var isFloatingPoint: Bool {
    switch self {
    case .half, .bfloat16, .float, .double: true
    default: false
    }
  }

  /// Whether the type is a signed or unsigned integer; false for bool.
  public var isInteger: Bool {
    switch self {
    case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: true
    default: false
    }
  }

  /// Whether the type can hold negative numbers.
  public var isSigned: Bool {
    switch self {
    case .int8, .int16, .int32, .int64: true
    default: isFloatingPoint
    }
  }
}
