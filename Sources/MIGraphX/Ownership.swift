import IR
import Support
import Tensors

/// Makes results the caller's own: those whose memory somebody else has are copied.
struct Ownership {
  /// The memory of literals, inputs and earlier results.
  private var taken: Set<ObjectIdentifier>

  init(literals: Set<ObjectIdentifier>, inputs: [RuntimeValue]) {
    taken = literals
    for input in inputs { insert(input) }
  }

  private mutating func insert(_ value: RuntimeValue) {
    switch value {
    case .tensor(let argument): taken.insert(ObjectIdentifier(argument.storage))
    case .tuple(let parts): for part in parts { insert(part) }
    case .sequence(let elements, _): for element in elements { insert(element) }
    case .optional(let wrapped, _): if let wrapped { insert(wrapped) }
    }
  }

  /// `value`, or a copy of it if its memory is taken.
  ///
  /// - Throws: `limitExceeded` or `system` when there is no memory for a copy.
  mutating func own(_ value: RuntimeValue) throws(MIGraphXError) -> RuntimeValue {
    switch value {
    case .tensor(let argument):
      // Text can't be written to.
      if argument.elementType == .string { return value }
      if taken.insert(ObjectIdentifier(argument.storage)).inserted { return value }
      return .tensor(try argument.copied())
    case .tuple(let parts): return .tuple(try own(parts))
    case .sequence(let elements, let type): return .sequence(try own(elements), element: type)
    case .optional(let wrapped, let type):
      guard let wrapped else { return value }
      return .optional(try own(wrapped), wrapped: type)
    }
  }

  private mutating func own(_ values: [RuntimeValue]) throws(MIGraphXError) -> [RuntimeValue] {
    var owned: [RuntimeValue] = []
    for value in values { owned.append(try own(value)) }
    return owned
  }
}

extension Module {
  /// The memory of all literals of the module and its sub-modules.
  var literalStorages: Set<ObjectIdentifier> {
    order.reduce(into: []) { storages, id in
      if let literal = self[id].literal {
        storages.insert(ObjectIdentifier(literal.argument.storage))
      }
      for module in self[id].modules { storages.formUnion(module.literalStorages) }
    }
  }
}
