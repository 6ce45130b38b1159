import Glibc
import IR
import Support
import Tensors

/// An operator that computes one element from all elements along some axes, which keep size 1.
///
/// `[N, C, H, W]` reduced over axes `{2, 3}` gives `[N, C, 1, 1]`. No axes stand for all. The axes are an attribute,
/// or a second input: an integer vector.
public protocol ReduceOperator: TensorOperator, SizeInputOperator {
  /// What is computed.
  static var reduction: Reduction { get }
  /// The axes that are reduced; all if none is named. Negative ones count from the end.
  var axes: [Int] { get }
  /// Makes the operator for these axes.
  init(axes: [Int])
}

/// What a reduction computes of the elements.
///
/// Floating-point numbers are computed in `Double` and rounded once; integers wrap in 64 bits and are cut
/// to their width.
public enum Reduction: String, Sendable {
  /// The sum of the elements; 0 if there are none.
  case sum
  /// The sum divided by the number of elements, of integers cut off toward zero; 0 if there are none.
  case mean
  /// The largest element; NaN if one is. The least number of the type if there are none.
  case maximum
  /// The smallest element; NaN if one is. The greatest number of the type if there are none.
  case minimum
  /// The product of the elements; 1 if there are none.
  case product
  /// The logarithm of the sum of the elements' exponentials; minus infinity if there are none.
  case logSumExp

  /// The element types that can be reduced.
  var acceptedTypes: TypeClass {
    switch self {
    case .maximum, .minimum: .any
    case .logSumExp: .floating
    case .sum, .mean, .product: .numeric
    }
  }

  /// How a further element joins, and what stands before the first.
  fileprivate var step: (function: Scalar.Binary, initial: Dimension?)? {
    switch self {
    case .sum, .mean: (.add, 0)
    case .maximum: (.maximum, nil)
    case .minimum: (.minimum, nil)
    case .product: (.multiply, 1)
    case .logSumExp: nil
    }
  }
}

extension ReduceOperator {
  private func reducedAxes(rank: Int) throws(MIGraphXError) -> [Int] {
    axes.isEmpty ? Array(0..<rank) : try normalized(axes: axes, rank: rank)
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1...2)
    let shape = inputs[0]
    try check(shape, 0, is: Self.reduction.acceptedTypes)
    guard inputs.count == 2 else {
      let axes = try reducedAxes(rank: shape.rank)
      inferContents(shape, axes, in: &context)
      return [reducedShape(shape, axes, shape.elementType)]
    }
    let (known, count) = try context.axes(1, inputs[1])
    if let known = count == 0 ? [] : known {
      let axes = try Self(axes: known).reducedAxes(rank: shape.rank)
      return [reducedShape(shape, axes, shape.elementType)]
    }
    guard count <= shape.rank else {
      throw MIGraphXError(.invalidShape, "\(count) axes are more than (\(shape)) has")
    }
    guard let choices = axisChoices(count, of: shape.rank) else {
      return [Shape(shape.elementType, shape.dimensions.map { _ in context.freshSize() })]
    }
    let sizes = choices.map { reducedShape(shape, $0, shape.elementType).dimensions }
    return [Shape(shape.elementType, context.merged(sizes))]
  }

  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    known.numbers(1).map { [(Self(axes: $0), [0])] }
  }

  /// Follows the contents of small integer tensors.
  private func inferContents(_ shape: Shape, _ axes: [Int], in context: inout InferenceContext) {
    guard shape.elementType.isInteger || shape.elementType == .bool,
      let contents = context.operandContents.first??.elements, let lens = shape.lens,
      let places = try? Argument(contents.indices.map { Int64($0) }, lens: lens),
      let rows = try? Rows<Int64>(places, along: axes),
      rows.count <= SymbolicContents.maximumCount,
      let (function, initial) = Self.reduction.step
    else { return }
    let combine = Scalar.binary(function, .input(0), .input(1))
    var results: [Dimension] = []
    for row in 0..<rows.count {
      var elements = rows.row(row).map { contents[Int($0)] }[...]
      guard var value = initial ?? elements.popFirst() else { return }
      for element in elements {
        guard let next = combine.evaluated([value, element], of: shape.elementType) else { return }
        value = next
      }
      if Self.reduction == .mean {
        let quotient = Scalar.binary(.divide, .input(0), .input(1))
          .evaluated([value, Dimension(rows.length)], of: shape.elementType)
        guard let quotient else { return }
        value = quotient
      }
      guard let element = shape.elementType.contents(of: value) else { return }
      results.append(element)
    }
    context.resultContents[0] = SymbolicContents(results)
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    try check(inputs.map(\.shape), count: 1...2)
    try check(inputs[0].shape, 0, is: Self.reduction.acceptedTypes)
    let operation = inputs.count == 2 ? Self(axes: inputs[1].integers) : self
    let axes = try operation.reducedAxes(rank: inputs[0].rank)
    switch inputs[0].elementType {
    case let type where type.isFloatingPoint: return [try reduceNumbers(inputs[0], axes)]
    case .uint64: return [try reduceIntegers(inputs[0], axes, in: UInt64.self)]
    default: return [try reduceIntegers(inputs[0], axes, in: Int64.self)]
    }
  }

  private func reduceNumbers(
    _ input: Argument, _ axes: [Int]
  ) throws(MIGraphXError) -> Argument {
    let rows = try Rows<Double>(input, along: axes)
    let (type, lens) = (input.elementType, reducedLens(input.lens, axes))
    let length = Double(max(1, rows.length))
    switch Self.reduction {
    case .sum:
      return try rows.fold(to: type, lens: lens, from: 0.0) {
        $0 += $1
      } finish: {
        $0
      }
    case .mean:
      return try rows.fold(to: type, lens: lens, from: 0.0) {
        $0 += $1
      } finish: {
        $0 / length
      }
    case .product:
      return try rows.fold(to: type, lens: lens, from: 1.0) {
        $0 *= $1
      } finish: {
        $0
      }
    case .maximum:
      return try rows.fold(to: type, lens: lens, from: -Double.infinity) {
        if $1 > $0 || $1.isNaN { $0 = $1 }
      } finish: {
        $0
      }
    case .minimum:
      return try rows.fold(to: type, lens: lens, from: Double.infinity) {
        if $1 < $0 || $1.isNaN { $0 = $1 }
      } finish: {
        $0
      }
    case .logSumExp:
      return try rows.fold(to: type, lens: lens, from: LogSum()) {
        $0.add($1)
      } finish: {
        $0.value
      }
    }
  }

  private func reduceIntegers<Domain: IntegerDomain>(
    _ input: Argument, _ axes: [Int], in domain: Domain.Type
  ) throws(MIGraphXError) -> Argument {
    let rows = try Rows<Domain>(input, along: axes)
    let (type, lens) = (input.elementType, reducedLens(input.lens, axes))
    // The number of elements is below 2^47.
    let length = Domain(truncatingIfNeeded: max(1, rows.length))
    switch Self.reduction {
    case .sum:
      return try rows.fold(to: type, lens: lens, from: Domain.zero) {
        $0 &+= $1
      } finish: {
        $0
      }
    case .mean:
      return try rows.fold(to: type, lens: lens, from: Domain.zero) {
        $0 &+= $1
      } finish: {
        $0 / length
      }
    case .product:
      return try rows.fold(to: type, lens: lens, from: 1 as Domain) {
        $0 = $0 &* $1
      } finish: {
        $0
      }
    case .maximum:
      return try rows.fold(to: type, lens: lens, from: Domain.limits(of: type).least) {
        $0 = max($0, $1)
      } finish: {
        $0
      }
    case .minimum:
      return try rows.fold(to: type, lens: lens, from: Domain.limits(of: type).greatest) {
        $0 = min($0, $1)
      } finish: {
        $0
      }
    case .logSumExp:
      throw MIGraphXError(.unsupported, "the logarithm of a sum of \(type.rawValue)")
    }
  }
}

extension IntegerDomain {
  /// The least and the greatest number of an integer type or bool, none of which lies outside of the domain.
  fileprivate static func limits(of type: ElementType) -> (least: Self, greatest: Self) {
    if type == .bool { return (0, 1) }
    let bits = type.isSigned ? type.bitWidth - 1 : type.bitWidth
    let greatest = bits >= Self.bitWidth - (Self.isSigned ? 1 : 0) ? Self.max : 1 << Self(bits) - 1
    return (type.isSigned ? 0 &- greatest &- 1 : 0, greatest)
  }
}

/// The sum of exponentials of the numbers so far, as a multiple of that of the largest one.
private struct LogSum: Sendable {
  private var largest = -Double.infinity
  private var sum = 0.0

  mutating func add(_ number: Double) {
    if number == -.infinity { return }
    if number <= largest {
      sum += number == largest ? 1 : exp(number - largest)
    } else {
      // A NaN comes here, and stays.
      sum = (sum == 0 ? 0 : sum * exp(largest - number)) + 1
      largest = number
    }
  }

  var value: Double { largest + log(sum) }
}

/// The sizes with 1 in the place of `axes`.
func reducedLens(_ lens: [Int], _ axes: [Int]) -> [Int] {
  lens.indices.map { axes.contains($0) ? 1 : lens[$0] }
}

/// A standard shape with size 1 in the place of `axes`.
func reducedShape(_ shape: Shape, _ axes: [Int], _ type: ElementType) -> Shape {
  Shape(type, shape.dimensions.indices.map { axes.contains($0) ? 1 : shape.dimensions[$0] })
}
