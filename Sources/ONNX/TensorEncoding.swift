import ONNXProto

/// How a tensor's elements are stored: raw, or in one of the typed fields.
enum TensorEncoding {
  /// The field that holds the elements of a tensor without raw data.
  enum TypedField: String {
    case float = "float_data"
    case double = "double_data"
    case int32 = "int32_data"
    case int64 = "int64_data"
    case uint64 = "uint64_data"
  }

  /// The size of an element in bytes and the typed field that may hold it, by `DataType` number;
  /// `nil` for types that are not implemented and numbers that mean nothing.
  static func layout(_ dataType: Int32) -> (size: Int, field: TypedField)? {
    switch dataType {
    case 1: (4, .float)
    case 2, 3, 9: (1, .int32)
    case 4, 5, 10, 16: (2, .int32)
    case 6: (4, .int32)
    case 7: (8, .int64)
    case 11: (8, .double)
    case 12: (4, .uint64)
    case 13: (8, .uint64)
    default: nil
    }
  }

  /// ONNX's name for a `DataType` number.
  static func name(_ dataType: Int32) -> String {
    names.indices.contains(Int(dataType)) ? names[Int(dataType)] : "number \(dataType)"
  }

  /// The `DataType` number that ONNX's name, in any case of letters, stands for.
  static func number(_ name: String) -> Int32? {
    names.firstIndex(of: name.uppercased()).map { Int32($0) }
  }

  private static let names = [
    "UNDEFINED", "FLOAT", "UINT8", "INT8", "UINT16", "INT16", "INT32", "INT64", "STRING", "BOOL",
    "FLOAT16", "DOUBLE", "UINT32", "UINT64", "COMPLEX64", "COMPLEX128", "BFLOAT16", "FLOAT8E4M3FN",
    "FLOAT8E4M3FNUZ", "FLOAT8E5M2", "FLOAT8E5M2FNUZ", "UINT4", "INT4", "FLOAT4E2M1", "FLOAT8E8M0",
    "UINT2", "INT2", "FLOAT6E2M3", "FLOAT6E3M2",
  ]

  /// The number of elements in a typed field of a tensor.
  static func count(of field: TypedField, in tensor: Onnx_TensorProto) -> Int {
    switch field {
    case .float: tensor.floatData.count
    case .double: tensor.doubleData.count
    case .int32: tensor.int32Data.count
    case .int64: tensor.int64Data.count
    case .uint64: tensor.uint64Data.count
    }
  }

  /// The values that an element may have in `int32_data` or `uint64_data`; bit patterns for the
  /// 16-bit floating-point types. `nil` if the field's own range is the type's.
  static func range(_ dataType: Int32) -> ClosedRange<Int64>? {
    switch dataType {
    case 2: 0...0xff
    case 3: -0x80...0x7f
    case 4, 10, 16: 0...0xffff
    case 5: -0x8000...0x7fff
    case 12: 0...0xffff_ffff
    default: nil
    }
  }
}
