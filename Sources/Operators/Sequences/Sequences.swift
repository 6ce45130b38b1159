import IR
import Support
import Tensors

/// Makes a sequence of its inputs, tensors of one element type.
public struct SequenceConstruct: RegisteredOperator {
  public static let name = "sequence_construct"
  public init() {}

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 1...maximumSequenceLength)
    var element = try checkElement(operands, 0)
    for index in operands.indices.dropFirst() {
      element = try commonElement(element, try checkElement(operands, index))
    }
    return [.sequence(element)]
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] { try sequence(operands, in: context) }
}

/// Makes a sequence without elements.
public struct SequenceEmpty: RegisteredOperator {
  public static let name = "sequence_empty"
  /// The type of the elements that the sequence may get.
  public var elementType: ElementType = .float

  enum CodingKeys: String, CodingKey { case elementType = "element_type" }

  public init() {}

  /// Makes the operator.
  public init(elementType: ElementType) { self.elementType = elementType }

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 0...0)
    return [.sequence(.absent(elementType))]
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] { try sequence([], in: context) }
}

/// Puts a tensor into a sequence before a position, by default at the end.
///
/// The inputs are the sequence, the tensor, and the position, from minus the number of elements up to it.
public struct SequenceInsert: RegisteredOperator {
  public static let name = "sequence_insert"
  public init() {}

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 2...3)
    let element = try sequenceElement(operands, 0)
    try checkPosition(operands, 2)
    return [.sequence(try commonElement(element, try checkElement(operands, 1)))]
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    var elements = try operands.sequence(0).elements
    let position = try operands.position(2, among: elements.count, or: elements.count)
    elements.insert(operands[1], at: position ?? elements.count)
    return try sequence(elements, in: context)
  }
}

/// Removes the element of a sequence at a position, by default the last one.
public struct SequenceErase: RegisteredOperator {
  public static let name = "sequence_erase"
  public init() {}

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 1...2)
    let element = try sequenceElement(operands, 0)
    try checkPosition(operands, 1)
    return [.sequence(element)]
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    var elements = try operands.sequence(0).elements
    let position = try operands.position(1, among: elements.count) ?? elements.count - 1
    guard elements.indices.contains(position) else {
      throw MIGraphXError(.invalidArgument, "an empty sequence has no element to remove")
    }
    elements.remove(at: position)
    return try sequence(elements, in: context)
  }
}

/// Gives the element of a sequence at a position; a negative one counts from the end.
public struct SequenceAt: RegisteredOperator {
  public static let name = "sequence_at"
  public init() {}

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 2...2)
    let element = try sequenceElement(operands, 0)
    try checkPosition(operands, 1)
    return [element.takenOut(in: &context)]
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    let elements = try operands.sequence(0).elements
    guard let position = try operands.position(1, among: elements.count) else {
      throw MIGraphXError(.invalidArgument, "a position is needed")
    }
    return [try elements[position].passed(as: context.resultTypes[0])]
  }
}

/// The number of elements of a sequence, an int64 scalar.
public struct SequenceLength: RegisteredOperator {
  public static let name = "sequence_length"
  public init() {}

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 1...1)
    _ = try sequenceElement(operands, 0)
    return [.tensor(Shape(.int64, []))]
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    [.tensor(try Argument([Int64(try operands.sequence(0).elements.count)], lens: []))]
  }
}

/// Joins the tensors of a sequence along an axis, which is a new one if so asked.
///
/// Elements `[A, B]` and `[A, C]` along axis 1 give `[A, B + C]`; `n` elements `[A, B]` along the new axis 1 give
/// `[A, n, B]`.
public struct ConcatFromSequence: RegisteredOperator {
  public static let name = "concat_from_sequence"
  /// The axis along which to join; a negative one counts from the end.
  public var axis: Int = 0
  /// Whether the axis is a new one.
  public var newAxis = false

  enum CodingKeys: String, CodingKey {
    case axis
    case newAxis = "new_axis"
  }

  public init() {}

  /// Makes the operator.
  public init(axis: Int, newAxis: Bool) {
    self.axis = axis
    self.newAxis = newAxis
  }

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 1...1)
    switch try sequenceElement(operands, 0).takenOut(in: &context) {
    case .tensor(let shape):
      var sizes = shape.dimensions
      let axis = try normalized(axis: axis, rank: shape.rank + (newAxis ? 1 : 0))
      if newAxis { sizes.insert(0, at: axis) }
      sizes[axis] = context.freshSize()
      return [.tensor(Shape(shape.elementType, sizes))]
    case .unranked(let type): return [.unranked(type)]
    case .absent:
      throw MIGraphXError(.invalidShape, "a sequence without elements can't be joined")
    case let type:
      throw MIGraphXError(
        .invalidShape, "input 0 must be a sequence of tensors, found elements (\(type))")
    }
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    let tensors = try operands.sequence(0).elements.compactMap(\.argument)
    guard let first = tensors.first else {
      throw MIGraphXError(.invalidArgument, "a sequence without elements can't be joined")
    }
    if newAxis {
      let axis = try normalized(axis: axis, rank: first.rank + 1)
      return [
        .tensor(
          try stacked(
            tensors, first.shape, axis: axis, length: tensors.count, isReversed: false, in: context)
        )
      ]
    }
    return try Concat(axis: axis).evaluate(tensors, in: context).map { .tensor($0) }
  }
}
