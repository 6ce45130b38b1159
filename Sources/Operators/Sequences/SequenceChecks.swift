import IR
import Support
import Tensors

/// The most elements that a sequence may have.
let maximumSequenceLength = 1 << 16

/// Checks the number of operands of an operator on structures.
func check(_ operands: [ValueType], count range: ClosedRange<Int>) throws(MIGraphXError) {
  guard range.contains(operands.count) else {
    throw MIGraphXError(
      .invalidShape,
      "\(range.lowerBound) to \(range.upperBound) inputs are needed, found \(operands.count)")
  }
}

/// The type of the elements of input `index`, a sequence.
func sequenceElement(_ operands: [ValueType], _ index: Int) throws(MIGraphXError) -> ValueType {
  guard operands.indices.contains(index), case .sequence(let element) = operands[index] else {
    let found = operands.indices.contains(index) ? "(\(operands[index]))" : "none"
    throw MIGraphXError(.invalidShape, "input \(index) must be a sequence, found \(found)")
  }
  return element
}

/// Checks that input `index`, if there is one, is one integer.
func checkPosition(_ operands: [ValueType], _ index: Int) throws(MIGraphXError) {
  guard index < operands.count else { return }
  guard let shape = operands[index].shape, [.int32, .int64].contains(shape.elementType),
    !shape.elementCount.isKnown(notEqual: 1)
  else {
    throw MIGraphXError(
      .invalidShape,
      "input \(index), the position, must be one int32 or int64, found (\(operands[index]))")
  }
}

/// The type of a tensor that becomes an element of a sequence.
func checkElement(_ operands: [ValueType], _ index: Int) throws(MIGraphXError) -> ValueType {
  switch operands[index] {
  case .tensor(let shape): .tensor(shape.standard)
  case .unranked, .tuple: operands[index]
  default:
    throw MIGraphXError(
      .invalidShape, "input \(index) must be a tensor, found (\(operands[index]))")
  }
}

/// The type of elements that are of the one type or of the other.
func commonElement(_ a: ValueType, _ b: ValueType) throws(MIGraphXError) -> ValueType {
  guard let common = a.joined(with: b, size: { _, _ in Dimension(.varying) }) else {
    throw MIGraphXError(
      .invalidShape, "the elements of a sequence must be of one type, found (\(a)) and (\(b))")
  }
  return common
}

extension [RuntimeValue] {
  /// The elements of operand `index`, a sequence, with their type.
  func sequence(_ index: Int) throws(MIGraphXError) -> (elements: [RuntimeValue], type: ValueType) {
    guard indices.contains(index), case .sequence(let elements, let type) = self[index] else {
      throw MIGraphXError(.invalidArgument, "input \(index) must be a sequence")
    }
    return (elements, type)
  }

  /// The position that operand `index` gives among `count`; nil if there is no such operand.
  ///
  /// - Throws: `invalidArgument` when it lies outside. A negative one counts from the end.
  func position(_ index: Int, among count: Int, or end: Int? = nil) throws(MIGraphXError) -> Int? {
    guard indices.contains(index) else { return nil }
    guard let number = self[index].argument?.converted(to: Int64.self).first else {
      throw MIGraphXError(.invalidArgument, "input \(index), the position, must be one integer")
    }
    let last = end ?? count - 1
    guard number >= -count, number <= last else {
      throw MIGraphXError(
        .invalidArgument,
        "position \(number) is not among the \(count) elements of the sequence")
    }
    return Int(number) + (number < 0 ? count : 0)
  }
}

/// A sequence as an operator's result.
///
/// - Throws: `limitExceeded` when it has too many elements.
func sequence(
  _ elements: [RuntimeValue], in context: EvaluationContext
) throws(MIGraphXError) -> [RuntimeValue] {
  guard elements.count <= maximumSequenceLength else {
    throw MIGraphXError(
      .limitExceeded,
      "a sequence has \(elements.count) elements; at most \(maximumSequenceLength) are possible")
  }
  guard case .sequence(let type)? = context.resultTypes.first else {
    throw MIGraphXError(.invalidProgram, "the result must be a sequence")
  }
  return [.sequence(elements, element: type)]
}
