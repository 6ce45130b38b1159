import Support

/// The type of a value in a program: mostly a tensor, sometimes a structure of tensors.
///
/// Elements of a sequence may differ in sizes: those that do are ``Symbol/varying`` in the type of its elements. A
/// map is a tuple of its keys and its values, tensors of one axis.
public indirect enum ValueType: Hashable, Sendable {
  /// One tensor, strings included.
  case tensor(Shape)
  /// One tensor whose number of axes only running will tell.
  case unranked(ElementType)
  /// What an empty sequence has for elements, and an optional without a value for its value.
  case absent(ElementType)
  /// A fixed number of values of possibly different types.
  case tuple([ValueType])
  /// Any number of values of one type.
  case sequence(ValueType)
  /// One value or none.
  case optional(ValueType)

  /// The tensor's shape; nil for structures.
  public var shape: Shape? {
    if case .tensor(let shape) = self { shape } else { nil }
  }

  /// Checks every tensor in the type. See ``Shape/validate()``.
  public func validate() throws(MIGraphXError) {
    switch self {
    case .tensor(let shape): try shape.validate()
    case .unranked, .absent: break
    case .tuple(let parts): for part in parts { try part.validate() }
    case .sequence(let element), .optional(let element): try element.validate()
    }
  }

  /// The symbols that occur in the type, ``Symbol/varying`` left out.
  public var symbols: Set<Symbol> {
    switch self {
    case .tensor(let shape): shape.symbols.subtracting([.varying])
    case .unranked, .absent: []
    case .tuple(let parts): parts.reduce(into: []) { $0.formUnion($1.symbols) }
    case .sequence(let element), .optional(let element): element.symbols
    }
  }
}

extension ValueType: CustomStringConvertible {
  /// A tensor's shape, `unranked[e]`, `absent[e]`, `tuple[a, b]`, `sequence[a]` or `optional[a]`.
  public var description: String {
    switch self {
    case .tensor(let shape): shape.description
    case .unranked(let type): "unranked[\(type.rawValue)]"
    case .absent(let type): "absent[\(type.rawValue)]"
    case .tuple(let parts): "tuple[\(parts.map(\.description).joined(separator: ", "))]"
    case .sequence(let element): "sequence[\(element)]"
    case .optional(let element): "optional[\(element)]"
    }
  }
}

/// A value while a program runs.
public indirect enum RuntimeValue: Sendable {
  /// One tensor.
  case tensor(Argument)
  /// The parts of a tuple.
  case tuple([RuntimeValue])
  /// The elements of a sequence, whose type is stated because there may be none.
  case sequence([RuntimeValue], element: ValueType)
  /// A value or none, with the type that it would have.
  case optional(RuntimeValue?, wrapped: ValueType)

  /// The tensor; nil for structures.
  public var argument: Argument? {
    if case .tensor(let argument) = self { argument } else { nil }
  }
}
