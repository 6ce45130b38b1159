import IR
import Tensors

/// An instruction seen as one known operator with one tensor as its result.
///
/// It holds no reference to the module, so that edits stay cheap while nodes are at hand.
public struct Node<Op: Operator>: Sendable {
  /// The operator.
  public let op: Op
  /// The result.
  public let value: Value
  /// The operands.
  public let inputs: [Value]
  /// The shape of the result.
  public let shape: Shape
}
