import IR
import Support
import Tensors

/// What the operators have in common that run a sub-module again and again.

extension ValueType {
  /// The type as it looks from outside of a module: sizes with symbols that are not `known` there become fresh
  /// ones, or vary within a sequence.
  func closed(over known: Set<Symbol>, in context: inout InferenceContext) -> ValueType {
    guard case .tensor(let shape) = self else { return closed(over: known) }
    return .tensor(
      Shape(
        shape.elementType,
        shape.dimensions.map { $0.symbols.isSubset(of: known) ? $0 : context.freshSize() }))
  }

  private func closed(over known: Set<Symbol>) -> ValueType {
    switch self {
    case .tensor(let shape):
      .tensor(
        Shape(
          shape.elementType,
          shape.dimensions.map { $0.symbols.isSubset(of: known) ? $0 : Dimension(.varying) }))
    case .unranked, .absent: self
    case .tuple(let parts): .tuple(parts.map { $0.closed(over: known) })
    case .sequence(let element): .sequence(element.closed(over: known))
    case .optional(let wrapped): .optional(wrapped.closed(over: known))
    }
  }

  /// Whether a value of this type can be passed where `parameter` is needed; an optional takes values too.
  func canBePassed(as parameter: ValueType) -> Bool {
    if isCompatible(with: parameter) { return true }
    guard case .optional(let wrapped) = parameter else { return false }
    return isCompatible(with: wrapped)
  }

  /// Whether a value of this type can be handed on to `parameter` of the next iteration, where sizes with symbols that
  /// are not `known` outside of the body take their value anew.
  func canBeHandedOn(to parameter: ValueType, known: Set<Symbol>) -> Bool {
    if case .optional(let wrapped) = parameter {
      if case .optional = self {} else { return canBeHandedOn(to: wrapped, known: known) }
    }
    guard case .tensor(let shape) = self, let other = parameter.shape else {
      return isCompatible(with: parameter)
    }
    return shape.elementType == other.elementType && shape.rank == other.rank
      && zip(shape.dimensions, other.dimensions).allSatisfy {
        !$1.symbols.isSubset(of: known) || !$0.isKnown(notEqual: $1)
      }
  }

  /// The type of a value that an iteration hands on: of `initial` type before the first, of this one after it.
  ///
  /// - Parameters:
  ///   - initial: the type of the operand.
  ///   - known: the symbols that have a value outside of the body.
  func handedOn(
    _ index: Int, from initial: ValueType, known: Set<Symbol>, in context: inout InferenceContext
  ) throws(MIGraphXError) -> ValueType {
    let result = closed(over: known, in: &context)
    var start = initial
    if case .optional(let wrapped) = initial {
      if case .optional = self {} else { start = wrapped }
    } else if case .optional = self {
      start = .optional(initial)
    }
    let joined = start.joined(with: result) { _, _ in context.freshSize() }
    guard let joined else {
      throw MIGraphXError(
        .invalidShape,
        "value \(index) that iterations hand on must keep its kind, found (\(initial)) before and "
          + "(\(self)) after one")
    }
    return joined
  }
}

extension RuntimeValue {
  /// The value as a parameter or a result of type `type`: wrapped or taken out of an optional, and contiguous
  /// where the type is.
  ///
  /// - Throws: `invalidArgument` when an optional without a value is to give one.
  func passed(as type: ValueType) throws(MIGraphXError) -> RuntimeValue {
    switch (self, type) {
    case (.optional, .optional): return self
    case (_, .optional(let wrapped)): return .optional(try passed(as: wrapped), wrapped: wrapped)
    case (.optional(let value, _), _):
      guard let value else {
        throw MIGraphXError(.invalidArgument, "an optional has no value where (\(type)) is needed")
      }
      return try value.passed(as: type)
    case (.tensor(let argument), .tensor(let shape)) where shape.isStandard:
      return .tensor(try argument.contiguous())
    default: return self
    }
  }

  /// The bytes that the value takes, with something for each tensor's own needs.
  var heldByteCount: Int {
    switch self {
    case .tensor(let argument): min(argument.contentByteCount, argument.storage.byteCount) + 64
    case .tuple(let parts): parts.reduce(0) { Dimension.sum($0, $1.heldByteCount) }
    case .sequence(let elements, _): elements.reduce(0) { Dimension.sum($0, $1.heldByteCount) }
    case .optional(let wrapped, _): wrapped?.heldByteCount ?? 0
    }
  }
}

extension Argument {
  /// The bytes of the elements, repeated ones counted; a string counts as 16.
  var contentByteCount: Int {
    elementType == .string
      ? elementCount.multipliedReportingOverflow(by: 16).partialValue
      : elementType.byteCount(of: elementCount)
  }
}

/// Checks that what an instruction holds fits what a run may still take.
func checkHeld(_ byteCount: Int, in context: EvaluationContext) throws(MIGraphXError) {
  guard byteCount <= context.memoryLimit else {
    throw MIGraphXError(
      .limitExceeded,
      "\(byteCount) bytes are needed for what iterations hand on and collect; "
        + "\(context.memoryLimit) bytes are left of the limit")
  }
}

/// Checks that `operands` can be passed to the parameters of a body, all but the first `skipped` ones.
func checkPassing(
  _ operands: [ValueType], to module: Module, skipping skipped: Int = 0
) throws(MIGraphXError) {
  let parameters = module.parameters.map { module.type(of: $0) }
  guard operands.count == parameters.count else {
    throw MIGraphXError(
      .invalidShape, "\(parameters.count) inputs are needed, found \(operands.count)")
  }
  for (index, (operand, parameter)) in zip(operands, parameters).enumerated()
  where index >= skipped && !operand.canBePassed(as: parameter) {
    throw MIGraphXError(
      .invalidShape, "input \(index) must be (\(parameter)), found (\(operand))")
  }
}

/// Joins tensors of equal sizes along a new axis.
///
/// - Parameters:
///   - shape: of one tensor, for when there are none; sizes without a value count as 0.
///   - length: the size of the new axis; what the tensors don't cover is zero.
/// - Throws: `invalidShape` when sizes or types differ, `limitExceeded` when the result is too large.
func stacked(
  _ tensors: [Argument], _ shape: Shape, axis: Int, length: Int, isReversed: Bool,
  in context: EvaluationContext
) throws(MIGraphXError) -> Argument {
  var lens: [Int] = []
  for size in shape.dimensions { lens.append((try? context.value(of: size)) ?? 0) }
  if let first = tensors.first { lens = first.lens }
  for tensor in tensors where tensor.lens != lens || tensor.elementType != shape.elementType {
    throw MIGraphXError(
      .invalidShape,
      "all iterations must give tensors of one type and sizes, found \(lens) and (\(tensor.shape))")
  }
  let inner = lens[axis...].reduce(1, *)
  let row = inner.multipliedReportingOverflow(by: length)
  var pieces: [Piece] = []
  for (index, tensor) in tensors.enumerated() {
    let start = (isReversed ? length - 1 - index : index) * inner
    pieces.append(
      Piece(
        source: tensor, runs: lens[..<axis].reduce(1, *), length: inner, from: { $0 * inner },
        to: { $0 * row.partialValue + start }))
  }
  lens.insert(length, at: axis)
  return try assemble(shape.elementType, lens: lens, from: pieces)
}
