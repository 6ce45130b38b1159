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

  /// The size of an element in bits and the typed field that may hold it, by `DataType` number;
  /// `nil` for types that are not implemented and numbers that mean nothing.
  ///
  /// Elements of fewer than 8 bits share a byte, the first in the low bits; a value of the typed field is one byte.
  static func layout(_ dataType: Int32) -> (bits: Int, field: TypedField)? {
    switch dataType {
    case 1: (32, .float)
    case 2, 3, 9, 17, 18, 19, 20, 24: (8, .int32)
    case 4, 5, 10, 16: (16, .int32)
    case 6: (32, .int32)
    case 7: (64, .int64)
    case 11: (64, .double)
    case 12: (32, .uint64)
    case 13: (64, .uint64)
    case 21, 22, 23: (4, .int32)
    case 25, 26: (2, .int32)
    default: nil
    }
  }

  /// One byte for each of `count` elements of `bits` bits that `packed` holds; upper bits repeat the sign of
  /// integers that have one, and are 0 in other types.
  static func unpacked(_ packed: [UInt8], _ dataType: Int32, bits: Int, count: Int) -> [UInt8] {
    let isSigned = dataType == 22 || dataType == 26
    let perByte = 8 / bits
    return (0..<count).map { index in
      let unused = UInt8(8 - bits)
      let top = packed[index / perByte] << (unused - UInt8(index % perByte * bits))
      return isSigned ? UInt8(bitPattern: Int8(bitPattern: top) >> Int8(unused)) : top >> unused
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

  /// The values that an element may have in `int32_data` or `uint64_data`; bit patterns for
  /// floating-point types, bytes for packed ones. `nil` if the field's own range is the type's.
  static func range(_ dataType: Int32) -> ClosedRange<Int64>? {
    switch dataType {
    case 2, 17...26: 0...0xff
    case 3: -0x80...0x7f
    case 4, 10, 16: 0...0xffff
    case 5: -0x8000...0x7fff
    case 12: 0...0xffff_ffff
    default: nil
    }
  }
}
