extension ValueType {
  /// The type with every symbol of bounded size at its maximum; open ones stay.
  public var atMaximum: ValueType {
    switch self {
    case .tensor(let shape): .tensor(shape.atMaximum)
    case .unranked, .absent: self
    case .tuple(let parts): .tuple(parts.map(\.atMaximum))
    case .sequence(let element): .sequence(element.atMaximum)
    case .optional(let wrapped): .optional(wrapped.atMaximum)
    }
  }
}

extension Shape {
  /// The shape with every symbol of bounded size at its maximum; open ones stay.
  public var atMaximum: Shape {
    func largest(_ dimension: Dimension) -> Dimension {
      dimension.substituting { symbol in symbol.largest.map { Dimension($0) } }
    }
    let dimensions = dimensions.map(largest)
    return isStandard
      ? Shape(elementType, dimensions)
      : Shape(elementType, dimensions, strides: strides.map(largest))
  }
}

extension Shape {
  /// The least and the largest size of each axis, as far as they are known.
  public var ranges: [DimensionRange] {
    dimensions.map { DimensionRange(minimum: max($0.lowerBound ?? 0, 0), maximum: $0.upperBound) }
  }
}

extension Symbol {
  /// The greatest value that the symbol can take; nil if there is no bound.
  public var largest: Int? { maximum.map { Swift.max(minimum, $0 - $0 % step) } }
}
