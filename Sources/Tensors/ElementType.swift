import Support

/// The type of a tensor's elements, named as MIGraphX names it.
///
/// Types of fewer than 8 bits take one byte for each element in memory; only files pack them.
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
  /// 4 bits of exponent, 3 of fraction, NaN but no infinity; up to 448.
  case float8e4m3fn = "fp8e4m3fn_type"
  /// 4 bits of exponent, 3 of fraction, NaN but no infinity nor negative zero; up to 240.
  case float8e4m3fnuz = "fp8e4m3fnuz_type"
  /// 5 bits of exponent, 2 of fraction, NaN and infinity; up to 57344.
  case float8e5m2 = "fp8e5m2_type"
  /// 5 bits of exponent, 2 of fraction, NaN but no infinity nor negative zero; up to 57344.
  case float8e5m2fnuz = "fp8e5m2fnuz_type"
  /// A power of two from 2^-127 to 2^127, or NaN: neither zero nor negative numbers.
  case float8e8m0 = "fp8e8m0_type"
  /// 2 bits of exponent, 1 of fraction, neither NaN nor infinity; up to 6.
  case float4e2m1 = "fp4e2m1_type"
  case int4 = "int4_type"
  case uint4 = "uint4_type"
  case int2 = "int2_type"
  case uint2 = "uint2_type"
  /// Text of any length. Its elements live outside the tensor's bytes.
  case string = "string_type"

  /// The size of one element in memory in bits; 0 for strings.
  public var bitWidth: Int {
    switch self {
    case .string: 0
    case .bool, .int8, .uint8, .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz,
      .float8e8m0, .float4e2m1, .int4, .uint4, .int2, .uint2:
      8
    case .half, .bfloat16, .int16, .uint16: 16
    case .float, .int32, .uint32: 32
    case .double, .int64, .uint64: 64
    }
  }

  /// The size of one element in bits where elements are packed, as in ONNX files; 0 for strings.
  public var packedBitWidth: Int {
    switch self {
    case .float4e2m1, .int4, .uint4: 4
    case .int2, .uint2: 2
    default: bitWidth
    }
  }

  /// The size in bytes of `count` neighbouring elements in memory; `Int.max` when it is more than that.
  public func byteCount(of count: Int) -> Int {
    let (bits, overflow) = count.multipliedReportingOverflow(by: bitWidth)
    if overflow || bits > Int.max - 7 { return .max }
    return (bits + 7) / 8
  }

  /// Whether the type has a fraction and an exponent.
  public var isFloatingPoint: Bool {
    switch self {
    case .half, .bfloat16, .float, .double, .float8e4m3fn, .float8e4m3fnuz, .float8e5m2,
      .float8e5m2fnuz, .float8e8m0, .float4e2m1:
      true
    default: false
    }
  }

  /// Whether the type is a signed or unsigned integer; false for bool.
  public var isInteger: Bool {
    switch self {
    case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .int4, .uint4, .int2,
      .uint2:
      true
    default: false
    }
  }

  /// Whether the type can hold negative numbers.
  public var isSigned: Bool {
    switch self {
    case .int8, .int16, .int32, .int64, .int4, .int2: true
    case .float8e8m0: false
    default: isFloatingPoint
    }
  }
}
