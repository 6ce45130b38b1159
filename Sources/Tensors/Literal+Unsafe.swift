import Glibc
import Support

/// An immutable tensor that is part of a program.
///
/// Literals are equal when their shapes and bytes are. Comparing large ones reads them; hashing samples.
public struct Literal: Sendable {
  /// The tensor. Nothing may write to its memory.
  public let argument: Argument

  /// Makes a literal of `argument`, whose memory must not change any more.
  public init(_ argument: Argument) { self.argument = argument }

  /// Makes a literal of `elements`, in row-major order.
  ///
  /// - Throws: `invalidArgument` when their number is not the product of `lens`.
  public init<Element: TensorElement>(_ elements: [Element], lens: [Int]) throws(MIGraphXError) {
    argument = try Argument(elements, lens: lens)
  }

  /// The literal's shape.
  public var shape: Shape { argument.shape }
}

extension Argument {
  /// Whether the tensors have the same type, sizes and elements, bit by bit, however they lie in memory.
  ///
  /// - Throws: `limitExceeded` when a view is too large to be copied.
  public func hasElements(of other: Argument) throws(MIGraphXError) -> Bool {
    guard elementType == other.elementType, lens == other.lens else { return false }
    return Literal(try contiguous()) == Literal(try other.contiguous())
  }
}

extension Literal: Hashable {
  public static func == (a: Literal, b: Literal) -> Bool {
    guard a.shape == b.shape else { return false }
    if a.argument.storage === b.argument.storage,
      a.argument.byteOffset == b.argument.byteOffset
    {
      return true
    }
    if a.argument.elementType == .string {
      return a.argument.stringElements == b.argument.stringElements
    }
    return a.argument.withDenseBytes { first in
      b.argument.withDenseBytes { second in
        unsafe first.withUnsafeBytes { x in
          unsafe second.withUnsafeBytes { y in
            guard x.count == y.count, let p = x.baseAddress, let q = y.baseAddress
            else { return x.count == y.count }
            return unsafe memcmp(p, q, x.count) == 0
          }
        }
      }
    }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(shape)
    // A sample keeps the hash of mapped weights from reading all of them.
    guard argument.isStandard, argument.elementType != .string else { return }
    argument.withDenseBytes { bytes in
      for offset in stride(from: 0, to: bytes.byteCount, by: max(1, bytes.byteCount / 64)) {
        hasher.combine(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
      }
    }
  }
}
