import FoundationEssentials
import Tensors

extension Argument {
  /// The elements' bytes in row-major order.
  var data: Data { withDenseBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Data($0) } } }
}
