import IR
import Support
import Tensors

/// The values of symbolic sizes, learned from the tensors that a run meets.
package struct SizeBindings: Equatable, Sendable {
  private var values: [String: Int] = [:]

  package init() {}

  package subscript(symbol: Symbol) -> Int? { values[symbol.name] }

  /// Checks that `value` is of type `type`, and learns the symbols that stand alone in it.
  ///
  /// - Throws: `invalidArgument` for another kind of value or element type, `invalidShape` for other sizes.
  package mutating func bind(_ value: RuntimeValue, to type: ValueType) throws(MIGraphXError) {
    switch (value, type) {
    case (.tensor(let argument), .tensor(let shape)): try bind(argument, to: shape)
    case (.tuple(let parts), .tuple(let types)) where parts.count == types.count:
      for (part, type) in zip(parts, types) { try bind(part, to: type) }
    case (.tensor(let argument), .unranked(let elementType)):
      try check(argument, is: elementType)
    case (.sequence(let elements, _), .sequence(let type)):
      // Elements tell no sizes: each may have its own.
      for element in elements {
        var bindings = self
        try bindings.bind(element, to: type)
      }
    case (.optional(nil, _), .optional): break
    case (.optional(let wrapped?, _), .optional(let type)): try bind(wrapped, to: type)
    default: throw MIGraphXError(.invalidArgument, "a value of type (\(type)) is needed")
    }
  }

  /// Learns the symbol that stands alone on the left of an equation if the right is known.
  mutating func learn(_ item: Guard) {
    guard let symbol = item.left.symbol, values[symbol.name] == nil else { return }
    values[symbol.name] = item.right.evaluated { values[$0.name] }
  }

  private func check(_ argument: Argument, is type: ElementType) throws(MIGraphXError) {
    guard argument.elementType == type else {
      throw MIGraphXError(
        .invalidArgument,
        "elements of type \(type.rawValue) are needed, found \(argument.elementType.rawValue)")
    }
  }

  private mutating func bind(_ argument: Argument, to shape: Shape) throws(MIGraphXError) {
    try check(argument, is: shape.elementType)
    guard argument.rank == shape.rank else {
      throw MIGraphXError(
        .invalidShape, "\(shape.rank) axes (\(shape)) are needed, found \(argument.lens)")
    }
    for (axis, (len, size)) in zip(argument.lens, shape.dimensions).enumerated() {
      if size.symbols.contains(.varying) { continue }
      if let symbol = size.symbol, values[symbol.name] == nil {
        let maximum = symbol.maximum ?? .max
        guard len >= symbol.minimum, len <= maximum, len % symbol.step == 0 else {
          let step = symbol.step == 1 ? "" : " in steps of \(symbol.step)"
          let upper = symbol.maximum.map { " to \($0)" } ?? " or more"
          throw MIGraphXError(
            .invalidShape,
            "axis \(axis) ('\(symbol.name)') must be \(symbol.minimum)\(upper)\(step), found \(len)"
          )
        }
        values[symbol.name] = len
      } else if let expected = size.evaluated({ values[$0.name] }), expected != len {
        throw MIGraphXError(
          .invalidShape,
          "axis \(axis) must be \(size.isConstant ? "" : "\(size) = ")\(expected), found \(len)")
      }
    }
  }
}
