import IR
import Support
import Tensors

/// Shifts and scales the elements of the last axes to mean 0 and variance 1, then by given numbers.
///
/// Inputs are `x`, a scale and, if wanted, a bias; the latter two have the sizes of `x` from `axis` on.
/// `[N, S, C]` with axis -1 and a scale `[C]` gives `[N, S, C]`.
public struct LayerNorm: TensorOperator {
  public static let name = "layernorm"
  /// The first of the axes that are normalised together. A negative one counts from the end.
  public var axis = -1
  /// What is added to the variance.
  public var epsilon: Float = 1e-5

  public init() {}

  /// Makes the operator.
  public init(axis: Int, epsilon: Float = 1e-5) {
    self.axis = axis
    self.epsilon = epsilon
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2...3)
    let x = inputs[0]
    try check(x, 0, is: .floating)
    let axis = try normalized(axis: axis, rank: x.rank)
    for (index, shape) in inputs.enumerated().dropFirst() {
      guard shape.elementType == x.elementType else {
        throw MIGraphXError(
          .invalidShape,
          "input \(index) must have \(x.elementType.rawValue) as input 0 has, found "
            + shape.elementType.rawValue)
      }
      try check(shape, index, rank: x.rank - axis...x.rank - axis)
      for offset in shape.dimensions.indices {
        try context.require(
          x.dimensions[axis + offset], equals: shape.dimensions[offset],
          "axis \(axis + offset) of input 0 and axis \(offset) of input \(index)")
      }
    }
    return [x.standard]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    var inference = InferenceContext(
      operandContents: inputs.map { _ in nil }, origin: Self.name, symbolPrefix: "")
    _ = try inferShapes(inputs.map(\.shape), in: &inference)
    let axis = try normalized(axis: axis, rank: inputs[0].rank)
    let rows = try Rows<Double>(inputs[0], along: Array(axis..<inputs[0].rank))
    let factors = inputs.dropFirst().map {
      ElementReader<Double>($0).read(0, $0.elementCount)
    }
    let epsilon = Double(epsilon)
    return [
      try rows.map { row in
        let length = Double(row.count)
        let mean = row.reduce(0, +) / length
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / length
        let inverse = 1 / (variance + epsilon).squareRoot()
        let scaled = mapBlock(row, factors[0]) { ($0 - mean) * inverse * $1 }
        return factors.count > 1 ? mapBlock(scaled, factors[1]) { $0 + $1 } : scaled
      }
    ]
  }
}
