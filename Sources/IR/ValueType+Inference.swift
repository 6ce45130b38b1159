import Support
import Tensors

extension ValueType {
  /// Replaces sizes whose expressions are nested too deeply by fresh symbols.
  func limitingComplexity(in context: inout InferenceContext) -> ValueType {
    switch self {
    case .tensor(let shape):
      let limit = InferenceContext.maximumComplexity
      guard (shape.dimensions + shape.strides).contains(where: { $0.complexity > limit }) else {
        return self
      }
      let dimensions = shape.dimensions.map { size in
        size.complexity > limit ? context.freshSize(maximum: size.upperBound) : size
      }
      return .tensor(Shape(shape.elementType, dimensions))
    case .tuple(let parts):
      return .tuple(parts.map { $0.limitingComplexity(in: &context) })
    case .sequence(let element): return .sequence(element.limitingComplexity(in: &context))
    case .optional(let wrapped): return .optional(wrapped.limitingComplexity(in: &context))
    }
  }

  /// Whether a value of this type could also be of type `other`: nothing known about them contradicts.
  public func isCompatible(with other: ValueType) -> Bool {
    switch (self, other) {
    case (.tensor(let a), .tensor(let b)):
      a.elementType == b.elementType && a.rank == b.rank
        && zip(a.dimensions, b.dimensions).allSatisfy { !$0.isKnown(notEqual: $1) }
    case (.tuple(let a), .tuple(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.isCompatible(with: $1) }
    case (.sequence(let a), .sequence(let b)), (.optional(let a), .optional(let b)):
      a.isCompatible(with: b)
    default: false
    }
  }
}
