import Support
import Tensors

/// An equality of sizes that could not be decided when a program was built, checked before it runs.
public struct Guard: Hashable, Sendable {
  /// The one size.
  public let left: Dimension
  /// The size that it must equal.
  public let right: Dimension
  /// What needs the equality, such as "node 'add_3'".
  public let origin: String

  /// Makes a guard.
  public init(_ left: Dimension, equals right: Dimension, origin: String) {
    self.left = left
    self.right = right
    self.origin = origin
  }

  /// Checks the equality for given values of the symbols.
  ///
  /// - Returns: whether all symbols had values, so that it could be checked.
  /// - Throws: `invalidShape` when the sizes differ.
  @discardableResult
  public func check(_ value: (Symbol) -> Int?) throws(MIGraphXError) -> Bool {
    guard let a = left.evaluated(value), let b = right.evaluated(value) else { return false }
    guard a == b else {
      throw MIGraphXError(
        .invalidShape, "\(origin) needs \(left) == \(right); they are \(a) and \(b)")
    }
    return true
  }
}

extension Guard: CustomStringConvertible {
  /// `left == right # origin`
  public var description: String { "\(left) == \(right) # \(origin)" }

  /// The description as one line: an origin that would need another is quoted.
  var line: String {
    let isPlain =
      origin.utf8.first != UInt8(ascii: "\"")
      && !origin.utf8.contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    return "\(left) == \(right) # \(isPlain ? origin : quoted(origin))"
  }
}
