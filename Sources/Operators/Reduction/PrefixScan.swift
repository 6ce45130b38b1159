import IR
import Support
import Tensors

/// An operator that joins to each element along an axis all those before it.
///
/// `[N, C]` along axis 1 gives `[N, C]`. The axis is an attribute, or a second input of one integer.
public protocol PrefixScanOperator: TensorOperator, SizeInputOperator {
  /// What joins elements: sum or product.
  static var scan: PrefixScan { get }
  /// The axis; a negative one counts from the end.
  var axis: Int { get set }
  /// Whether the element itself is left out.
  var exclusive: Bool { get }
  /// Whether the elements behind count in place of those before.
  var reverse: Bool { get }
}

/// How a scan joins elements.
public enum PrefixScan: String, Sendable {
  /// By their sum; 0 of none.
  case sum
  /// By their product; 1 of none.
  case product
}

extension PrefixScanOperator {
  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    guard let axis = known.number(1) else { return nil }
    var fixed = self
    fixed.axis = axis
    return [(fixed, [0])]
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1...2)
    try check(inputs[0], 0, is: .numeric)
    if inputs.count == 2 {
      try checkIndices(inputs[1], 1)
      try check(inputs[1], 1, rank: 0...1)
      try context.require(inputs[1].elementCount, equals: 1, "the elements of input 1 and 1")
      try check(inputs[0], 0, rank: 1...Shape.maximumRank)
      if let axis = context.constants(1)?.first {
        _ = try normalized(axis: axis, rank: inputs[0].rank)
      }
    } else {
      _ = try normalized(axis: axis, rank: inputs[0].rank)
    }
    return [Shape(inputs[0].elementType, inputs[0].dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let named = inputs.count == 2 ? inputs[1].integers.first ?? 0 : axis
    let axis = try normalized(axis: named, rank: inputs[0].rank)
    switch inputs[0].elementType {
    case .float, .half, .bfloat16, .double:
      return [try scan(inputs[0], axis, 0.0, 1.0, +, *)]
    case .uint64: return [try scan(inputs[0], axis, 0 as UInt64, 1, { $0 &+ $1 }, { $0 &* $1 })]
    default: return [try scan(inputs[0], axis, 0 as Int64, 1, { $0 &+ $1 }, { $0 &* $1 })]
    }
  }

  private func scan<Domain: ScalarDomain>(
    _ input: Argument, _ axis: Int, _ zero: Domain, _ one: Domain,
    _ add: @Sendable (Domain, Domain) -> Domain, _ multiply: @Sendable (Domain, Domain) -> Domain
  ) throws(MIGraphXError) -> Argument {
    let (isSum, reverse, exclusive) = (Self.scan == .sum, reverse, exclusive)
    return try Rows<Domain>(input, along: [axis]).map { row in
      var result = row
      var state = isSum ? zero : one
      for place in row.indices {
        let index = reverse ? row.count - 1 - place : place
        let next = isSum ? add(state, row[index]) : multiply(state, row[index])
        result[index] = exclusive ? state : next
        state = next
      }
      return result
    }
  }
}

/// The sums of all elements up to each along an axis. See ``PrefixScanOperator``.
public struct PrefixScanSum: PrefixScanOperator {
  public static let name = "prefix_scan_sum"
  public static let scan = PrefixScan.sum
  public var axis = 0
  public var exclusive = false
  public var reverse = false

  public init() {}

  /// Makes the operator.
  public init(axis: Int, exclusive: Bool, reverse: Bool) {
    self.axis = axis
    self.exclusive = exclusive
    self.reverse = reverse
  }
}

/// The products of all elements up to each along an axis. See ``PrefixScanOperator``.
public struct PrefixScanProduct: PrefixScanOperator {
  public static let name = "prefix_scan_prod"
  public static let scan = PrefixScan.product
  public var axis = 0
  public var exclusive = false
  public var reverse = false

  public init() {}

  /// Makes the operator.
  public init(axis: Int, exclusive: Bool, reverse: Bool) {
    self.axis = axis
    self.exclusive = exclusive
    self.reverse = reverse
  }
}
