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
    case .unranked, .absent: return self
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
      return a.elementType == b.elementType && a.rank == b.rank
        && zip(a.dimensions, b.dimensions).allSatisfy { !$0.isKnown(notEqual: $1) }
    case (.tuple(let a), .tuple(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.isCompatible(with: $1) }
    case (.sequence(let a), .sequence(let b)), (.optional(let a), .optional(let b)):
      return a.isCompatible(with: b)
    default:
      guard let type = tensorElementType, isUnrankedOrAbsent || other.isUnrankedOrAbsent else {
        return false
      }
      return type == other.tensorElementType
    }
  }

  /// The type of a value that is of this type or of type `other`; nil if they are of different kinds.
  ///
  /// - Parameter size: gives the size of an axis for which the types name two. In sequences and optionals such
  ///   sizes are ``Symbol/varying``.
  public func joined(
    with other: ValueType, size: (Dimension, Dimension) -> Dimension
  ) -> ValueType? {
    if self == other { return self }
    switch (self, other) {
    case (.tensor(let a), .tensor(let b)) where a.elementType == b.elementType:
      guard a.rank == b.rank else { return .unranked(a.elementType) }
      return .tensor(
        Shape(a.elementType, zip(a.dimensions, b.dimensions).map { $0 == $1 ? $0 : size($0, $1) }))
    case (.tuple(let a), .tuple(let b)) where a.count == b.count:
      var parts: [ValueType] = []
      for (x, y) in zip(a, b) {
        guard let part = x.joined(with: y, size: size) else { return nil }
        parts.append(part)
      }
      return .tuple(parts)
    case (.sequence(let a), .sequence(let b)):
      return a.joined(with: b) { _, _ in Dimension(.varying) }.map { .sequence($0) }
    case (.optional(let a), .optional(let b)):
      return a.joined(with: b) { _, _ in Dimension(.varying) }.map { .optional($0) }
    case (.absent, _) where isCompatible(with: other): return other
    case (_, .absent) where isCompatible(with: other): return self
    default:
      guard isCompatible(with: other), let type = tensorElementType else { return nil }
      return .unranked(type)
    }
  }

  /// The type that a value of this type has once it is out of its sequence or optional.
  ///
  /// Sizes that vary become fresh symbols.
  public func takenOut(in context: inout InferenceContext) -> ValueType {
    switch self {
    case .tensor(let shape):
      return .tensor(
        Shape(
          shape.elementType,
          shape.dimensions.map {
            $0.symbols.contains(.varying) ? context.freshSize() : $0
          }))
    case .tuple(let parts): return .tuple(parts.map { $0.takenOut(in: &context) })
    case .unranked, .absent, .sequence, .optional: return self
    }
  }

  /// The element type of a tensor, known or not to be there and to have how many axes; nil for structures.
  public var tensorElementType: ElementType? {
    switch self {
    case .tensor(let shape): shape.elementType
    case .unranked(let type), .absent(let type): type
    case .tuple, .sequence, .optional: nil
    }
  }

  private var isUnrankedOrAbsent: Bool {
    switch self {
    case .unranked, .absent: true
    default: false
    }
  }
}
