import ONNXProto
import Support
import Tensors

extension ElementType {
  /// The element type that ONNX's `TensorProto.DataType` number stands for.
  ///
  /// - Throws: `unsupported` for types that tensors here can't have, naming the type and `what` has it.
  init(onnx number: Int32, of what: String) throws(MIGraphXError) {
    switch number {
    case 1: self = .float
    case 2: self = .uint8
    case 3: self = .int8
    case 4: self = .uint16
    case 5: self = .int16
    case 6: self = .int32
    case 7: self = .int64
    case 8: self = .string
    case 9: self = .bool
    case 10: self = .half
    case 11: self = .double
    case 12: self = .uint32
    case 13: self = .uint64
    case 16: self = .bfloat16
    case 17: self = .float8e4m3fn
    case 18: self = .float8e4m3fnuz
    case 19: self = .float8e5m2
    case 20: self = .float8e5m2fnuz
    case 21: self = .uint4
    case 22: self = .int4
    case 23: self = .float4e2m1
    case 24: self = .float8e8m0
    case 25: self = .uint2
    case 26: self = .int2
    default:
      let name = Onnx_TensorProto.DataType(rawValue: Int(number)).map { "\($0)" } ?? "unknown"
      throw MIGraphXError(.unsupported, "\(what) has element type \(number) (\(name))")
    }
  }
}
