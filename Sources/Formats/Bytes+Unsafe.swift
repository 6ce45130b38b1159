import FoundationEssentials
import Tensors

extension Argument {
  /// The elements' bytes in row-major order.
  var data: Data { withDenseBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Data($0) } } }
}

extension Argument {
  /// The bits of each element of 8 or 16 bits, in row-major order.
  var bits: [UInt16] {
    let width = elementType.byteCount(of: 1)
    return withDenseBytes { bytes in
      stride(from: 0, to: bytes.byteCount, by: max(1, width)).map { offset in
        width == 2
          ? unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self)
          : UInt16(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
      }
    }
  }
}
