import IR
import Support
import Tensors

/// Counts from a start up or down to a limit, which is not reached.
///
/// Scalars start, limit and delta give `[L]`, the numbers start, start + delta and so on; L is
/// `max(0, ceil((limit - start) / delta))`.
public struct RangeOperator: TensorOperator {
  public static let name = "range"
  public init() {}

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 3)
    let type = inputs[0].elementType
    for (index, shape) in inputs.enumerated() {
      try check(shape, index, is: .numeric)
      guard shape.elementType == type else {
        throw MIGraphXError(
          .invalidShape,
          "inputs must have one element type, found \(type.rawValue) and \(shape.elementType.rawValue)"
        )
      }
      try check(shape, index, rank: 0...1)
      try context.require(shape.elementCount, equals: 1, "the elements of input \(index) and 1")
    }
    // Contents of uint64 beyond the range of Int read as negative numbers.
    let isFollowed = { (bound: Dimension) in
      type != .uint64 || Dimension(0).isKnown(lessOrEqual: bound)
    }
    guard type.isInteger, let start = context.elements(0, count: 1)?[0],
      let limit = context.elements(1, count: 1)?[0], let delta = context.elements(2, count: 1)?[0],
      let step = delta.constant, isFollowed(start), isFollowed(limit), isFollowed(delta)
    else { return [Shape(type, [context.freshSize()])] }
    guard step != 0 else { throw RangeOperator.zeroDelta }
    var length = Dimension.maximum((limit - start).ceilDivided(by: delta), 0)
    if let first = start.constant, let last = limit.constant {
      length = Dimension(
        RangeOperator.count(from: Int128(first), to: Int128(last), by: Int128(step)))
    }
    if let count = length.constant, count <= SymbolicContents.maximumCount {
      context.resultContents[0] = SymbolicContents(
        (0..<count).map { start + Dimension($0) * delta })
    }
    return [Shape(type, [length])]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let type = inputs[0].elementType
    if type.isFloatingPoint {
      let bounds = inputs.flatMap { $0.converted(to: Double.self) }
      guard bounds.count == 3 else { throw RangeOperator.noScalars }
      let (start, limit, delta) = (bounds[0], bounds[1], bounds[2])
      guard delta != 0 else { throw RangeOperator.zeroDelta }
      let exact = ((limit - start) / delta).rounded(.up)
      guard exact.isFinite else {
        throw MIGraphXError(
          .invalidArgument, "a range from \(start) to \(limit) by \(delta) has no end")
      }
      let count = try checked(Int(exactly: exact) ?? (exact < 0 ? 0 : .max), type, in: context)
      return [
        try Argument((0..<count).map { start + Double($0) * delta }, lens: [count])
          .converted(toElementType: type)
      ]
    }
    // Differences of 64-bit numbers need more bits.
    let bounds = inputs.flatMap { input in
      type == .uint64
        ? input.converted(to: UInt64.self).map { Int128($0) }
        : input.converted(to: Int64.self).map { Int128($0) }
    }
    guard bounds.count == 3 else { throw RangeOperator.noScalars }
    let (start, limit, delta) = (bounds[0], bounds[1], bounds[2])
    guard delta != 0 else { throw RangeOperator.zeroDelta }
    let count = try checked(
      RangeOperator.count(from: start, to: limit, by: delta), type, in: context)
    return [
      try Argument(
        (0..<count).map { Int64(truncatingIfNeeded: start + Int128($0) * delta) }, lens: [count]
      ).converted(toElementType: type)
    ]
  }

  /// The number of integers from `start` in steps of `delta` before `limit`.
  private static func count(from start: Int128, to limit: Int128, by delta: Int128) -> Int {
    let (whole, rest) = (limit - start).quotientAndRemainder(dividingBy: delta)
    return max(0, Int(clamping: whole + (rest != 0 && (rest < 0) == (delta < 0) ? 1 : 0)))
  }

  private static let zeroDelta = MIGraphXError(
    .invalidArgument, "the delta of a range must not be 0")
  private static let noScalars = MIGraphXError(
    .invalidShape, "start, limit and delta must have one element each")

  /// The length of the result, 0 for negative ones, that must fit memory with the copies made on the way.
  private func checked(
    _ count: Int, _ type: ElementType, in context: EvaluationContext
  ) throws(MIGraphXError) -> Int {
    guard count <= Storage.maximumByteCount / 4 / MemoryLayout<Int64>.size else {
      throw MIGraphXError(
        .limitExceeded, "a range of \(count) elements is larger than this machine's memory")
    }
    try checkFitsMemory(Shape(type, lens: [max(0, count)]), in: context)
    return max(0, count)
  }
}
