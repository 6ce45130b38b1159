import IR
import Support
import Tensors

/// An operator that only moves, repeats or drops elements of its data inputs.
///
/// What is known about the contents of small integer inputs follows through it: evaluating the operator on
/// the elements' numbers tells where each goes.
public protocol MovementOperator: TensorOperator {
  /// The shapes of the results; contents are followed by the caller.
  func inferMovedShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape]

  /// Whether input `index` is data to be moved, in contrast to indices or sizes that say how.
  func isData(_ index: Int) -> Bool
}

extension MovementOperator {
  public func isData(_ index: Int) -> Bool { true }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    let results = try inferMovedShapes(inputs, in: &context)
    moveContents(inputs, results, in: &context)
    return results
  }

  private func moveContents(
    _ inputs: [Shape], _ results: [Shape], in context: inout InferenceContext
  ) {
    guard results.allSatisfy({ $0.isFixed && $0.elementCount.isKnown(lessOrEqual: 256) }) else {
      return
    }
    var pool: [Dimension] = []
    var arguments: [Argument] = []
    for (index, shape) in inputs.enumerated() {
      guard let contents = context.operandContents[index], let lens = shape.lens else { return }
      let numbers: [Int64]
      if isData(index) {
        numbers = contents.elements.indices.map { Int64(pool.count + $0) }
        pool += contents.elements
      } else {
        guard let constants = contents.constants else { return }
        numbers = constants.map { Int64($0) }
      }
      guard let argument = try? Argument(numbers, lens: lens) else { return }
      arguments.append(argument)
    }
    let evaluation = EvaluationContext(resultTypes: results.map { .tensor($0) })
    guard !inputs.isEmpty, let moved = try? evaluate(arguments, in: evaluation) else { return }
    for (index, argument) in moved.enumerated() {
      let elements = argument.converted(to: Int64.self)
        .compactMap { pool.indices.contains(Int($0)) ? pool[Int($0)] : nil }
      guard elements.count == argument.elementCount else { continue }
      context.resultContents[index] = SymbolicContents(elements)
    }
  }
}
