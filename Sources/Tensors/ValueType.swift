import Support

/// The type of a value in a program: mostly a tensor, sometimes a structure of tensors.
public indirect enum ValueType: Hashable, Sendable {
  /// One tensor, strings included.
  case tensor(Shape)
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
    case .tuple(let parts): for part in parts { try part.validate() }
    case .sequence(let element), .optional(let element): try element.validate()
    }
  }

  /// The symbols that occur in the type.
  public var symbols: Set<Symbol> {
    switch self {
    case .tensor(let shape): shape.symbols
    case .tuple(let parts): parts.reduce(into: []) { $0.formUnion($1.symbols) }
    case .sequence(let element), .optional(let element): element.symbols
    }
  }
}

extension ValueType: CustomStringConvertible {
  /// A tensor's shape, `tuple[a, b]`, `sequence[a]` or `optional[a]`.
  public var description: String {
    switch self {
    case .tensor(let shape): shape.description
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
