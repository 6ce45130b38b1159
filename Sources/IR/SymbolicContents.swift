import Support
import Tensors

/// What a small integer tensor is known to contain, element by element in row-major order.
///
/// Shapes that a model computes travel through such tensors; following their contents lets those
/// computations disappear at compile time.
public struct SymbolicContents: Hashable, Sendable {
  /// One expression for each element.
  public let elements: [Dimension]

  /// Tensors with more elements are not followed.
  public static let maximumCount = 256

  /// Holds `elements`; nil if there are too many or one is nested too deeply to be worth following.
  public init?(_ elements: [Dimension]) {
    guard elements.count <= SymbolicContents.maximumCount,
      elements.allSatisfy({ $0.complexity <= InferenceContext.maximumComplexity })
    else { return nil }
    self.elements = elements
  }

  /// The contents of a small literal of an integer or bool type; nil for others.
  public init?(_ literal: Literal) {
    guard literal.shape.elementType.isInteger || literal.shape.elementType == .bool,
      literal.shape.elementCount.constant.map({ $0 <= SymbolicContents.maximumCount }) ?? false
    else { return nil }
    self.init(literal.argument.converted(to: Int64.self).map { Dimension(Int($0)) })
  }

  /// The elements as numbers; nil if one is symbolic.
  public var constants: [Int]? { Tensors.constants(of: elements) }
}
