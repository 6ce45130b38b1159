import IR
import Support
import Tensors

/// The sizes that a reshape asks for.
struct SizeRequest {
  enum Size: Equatable {
    /// The size that the input has along the same axis.
    case same
    /// What is left of the input's elements.
    case rest
    case given(Dimension)
  }

  let sizes: [Size]

  /// Reads 0 as the input's size unless `allowZero`, -1 as what is left.
  ///
  /// - Throws: `invalidArgument` for other negative numbers and more than one -1.
  init(_ dims: [Dimension], allowZero: Bool) throws(MIGraphXError) {
    guard dims.count <= Shape.maximumRank else {
      throw MIGraphXError(
        .limitExceeded, "\(dims.count) sizes are more than \(Shape.maximumRank) axes")
    }
    sizes = dims.map { size in
      if size == 0 && !allowZero { return .same }
      return size == -1 ? .rest : .given(size)
    }
    guard sizes.count(where: { $0 == .rest }) <= 1 else {
      throw MIGraphXError(.invalidArgument, "at most one size may be -1, found \(dims)")
    }
    if allowZero, sizes.contains(.rest), dims.contains(0) {
      throw MIGraphXError(
        .invalidArgument, "sizes \(dims) hold both 0 and -1, which leaves the latter open")
    }
    if let negative = dims.first(where: { $0 != -1 && ($0.upperBound ?? 0) < 0 }) {
      throw MIGraphXError(
        .invalidArgument, "a size must be -1 or at least 0, found \(negative) in \(dims)")
    }
  }

  private init(sizes: [Size]) { self.sizes = sizes }

  /// The same request with numbers in place of expressions.
  func evaluated(in context: EvaluationContext) throws(MIGraphXError) -> SizeRequest {
    var numbers: [Size] = []
    for size in sizes {
      if case .given(let dimension) = size {
        numbers.append(.given(Dimension(try context.value(of: dimension))))
      } else {
        numbers.append(size)
      }
    }
    return SizeRequest(sizes: numbers)
  }

  /// The sizes of the result for an input of sizes `input`.
  ///
  /// - Throws: `invalidShape` when the numbers of elements can't agree.
  func resolved(
    _ input: [Dimension], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Dimension] {
    var result: [Dimension] = []
    for (axis, size) in sizes.enumerated() {
      switch size {
      case .same:
        guard axis < input.count else {
          throw MIGraphXError(
            .invalidShape, "size 0 at axis \(axis) asks for an axis that sizes \(input) do not have"
          )
        }
        result.append(input[axis])
      case .rest: result.append(1)
      case .given(let dimension): result.append(dimension)
      }
    }
    let total = input.reduce(1, *)
    let known = result.reduce(1, *)
    if let axis = sizes.firstIndex(of: .rest) {
      guard known != 0 else {
        throw MIGraphXError(
          .invalidShape, "the size -1 at axis \(axis) is open, as another size of the result is 0")
      }
      if let exact = total.exactlyDivided(by: known) {
        result[axis] = exact
        return result
      }
      result[axis] = total.floorDivided(by: known)
    }
    try context.require(
      result.reduce(1, *), equals: total,
      "the numbers of elements of sizes \(result) and \(input)")
    return result
  }

  /// The sizes of the result while a program runs.
  ///
  /// Where some size is 0, the one asked for as -1 follows from the inferred type alone.
  func numbers(
    _ input: [Int], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Int] {
    if let axis = sizes.firstIndex(of: .rest), input.contains(0),
      let inferred = context.resultTypes.first?.shape?.dimensions, inferred.count == sizes.count,
      let rest = try? context.value(of: inferred[axis])
    {
      var request = sizes
      request[axis] = .given(Dimension(rest))
      return try SizeRequest(sizes: request).numbers(input, in: context)
    }
    var running = InferenceContext.running("reshape")
    return try Operators.numbers(
      evaluated(in: context).resolved(input.map { Dimension($0) }, in: &running))
  }
}
