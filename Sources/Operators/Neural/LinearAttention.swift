import Glibc
import IR
import Support
import Tensors

/// How ``LinearAttention`` takes a key and its value into the state.
public enum StateUpdate: String, Hashable, Sendable, Codable {
  /// The product of key and value is added.
  case linear
  /// The state decays before.
  case gated
  /// What the state already gives for the key is taken off the value, and the rest is weighted.
  case delta
  /// The state decays as in `gated`, then changes as in `delta`.
  case gatedDelta = "gated_delta"

  /// Whether the state decays.
  public var decays: Bool { self == .gated || self == .gatedDelta }
  /// Whether values are corrected by what the state gives.
  public var corrects: Bool { self == .delta || self == .gatedDelta }
}

/// Attention whose memory is one matrix for each head, which every step updates and then reads.
///
/// Inputs are queries `[B, H, T, D]`, keys `[B, K, T, D]` and values `[B, K, T, V]`, where K divides H, the state
/// `[B, K, D, V]`, then as the rule needs them the logarithm of the decay, `[B, K, T, D]`, and the weights of the
/// corrections, `[B, K, T, 1]`. Results are the output `[B, H, T, V]` and the state after the last step.
public struct LinearAttention: TensorOperator {
  public static let name = "linear_attention"
  /// How the state changes.
  public var updateRule = StateUpdate.linear
  /// The factor of the output.
  public var scale: Float = 1

  enum CodingKeys: String, CodingKey {
    case updateRule = "update_rule"
    case scale
  }

  public init() {}

  /// Makes the operator.
  public init(updateRule: StateUpdate, scale: Float) {
    self.updateRule = updateRule
    self.scale = scale
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 4 + (updateRule.decays ? 1 : 0) + (updateRule.corrects ? 1 : 0))
    for (index, shape) in inputs.enumerated() {
      try check(shape, index, is: .floating)
      try check(shape, index, rank: 4...4)
    }
    let (query, key) = (inputs[0].dimensions, inputs[1].dimensions)
    let (batch, steps, keySize) = (query[0], query[2], query[3])
    let (heads, valueSize) = (key[1], inputs[2].dimensions[3])
    guard let own = heads.constant, let all = query[1].constant, own > 0, all % own == 0 else {
      throw MIGraphXError(
        .invalidShape,
        "the heads of input 0 must be a multiple of those of input 1, found \(query[1]) and \(heads)"
      )
    }
    var needed = [
      [batch, heads, steps, keySize], [batch, heads, steps, valueSize],
      [batch, heads, keySize, valueSize],
    ]
    if updateRule.decays { needed.append([batch, heads, steps, keySize]) }
    if updateRule.corrects { needed.append([batch, heads, steps, 1]) }
    for (index, sizes) in needed.enumerated() {
      for (axis, size) in sizes.enumerated() {
        try context.require(
          inputs[index + 1].dimensions[axis], equals: size,
          "axis \(axis) of input \(index + 1) and what the inputs before need")
      }
    }
    return [
      Shape(inputs[0].elementType, [batch, query[1], steps, valueSize]), inputs[3].standard,
    ]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let shapes = try concreteShapes(inputs)
    let evaluation = LinearAttentionEvaluation(
      updateRule, scale: Double(scale), inputs: inputs.map { $0.converted(to: Double.self) },
      query: inputs[0].lens, heads: inputs[1].lens[1], valueSize: inputs[2].lens[3])
    let numbers = evaluation.run()
    // Each row holds the outputs of the queries of one head, then its state.
    let (rows, length) = (evaluation.rows, evaluation.rowLength)
    let all = try Argument(numbers, lens: [rows, length])
    let parts = [(0, evaluation.outputLength), (evaluation.outputLength, evaluation.stateLength)]
    var results: [Argument] = []
    for (shape, part) in zip(shapes, parts) {
      let view = try all.view(
        lens: [rows, part.1], strides: [length, 1], elementOffset: part.1 == 0 ? 0 : part.0)
      results.append(
        try view.contiguous().reshaped(shape.lens ?? [])
          .converted(toElementType: shape.elementType))
    }
    return results
  }
}

/// The steps of ``LinearAttention``, for each head of the keys on its own.
private struct LinearAttentionEvaluation {
  let rule: StateUpdate
  let scale: Double
  let inputs: [[Double]]
  let rows: Int
  let outputLength: Int
  let stateLength: Int
  var rowLength: Int { outputLength + stateLength }
  private let group: Int
  private let steps: Int
  private let keySize: Int
  private let valueSize: Int

  init(
    _ rule: StateUpdate, scale: Double, inputs: [[Double]], query: [Int], heads: Int,
    valueSize: Int
  ) {
    (self.rule, self.scale, self.inputs, self.valueSize) = (rule, scale, inputs, valueSize)
    group = query[1] / heads
    rows = query[0] * heads
    (steps, keySize) = (query[2], query[3])
    outputLength = group * steps * valueSize
    stateLength = keySize * valueSize
  }

  func run() -> [Double] {
    parallelRows(rows, of: rowLength, repeating: 0.0) { head, output in
      var state = Array(inputs[3][head * stateLength..<(head + 1) * stateLength])
      for step in 0..<steps {
        update(&state, at: head * steps + step)
        for member in 0..<group {
          read(state, query: (head * group + member) * steps + step) { column, number in
            output[(member * steps + step) * valueSize + column] = number * scale
          }
        }
      }
      for index in 0..<stateLength { output[outputLength + index] = state[index] }
    }
  }

  /// Takes the key and the value at `place`, which counts steps of all heads, into the state.
  private func update(_ state: inout [Double], at place: Int) {
    let key = inputs[1][place * keySize..<(place + 1) * keySize]
    var value = Array(inputs[2][place * valueSize..<(place + 1) * valueSize])
    if rule.decays {
      for row in 0..<keySize {
        let factor = exp(inputs[4][place * keySize + row])
        for column in 0..<valueSize { state[row * valueSize + column] *= factor }
      }
    }
    if rule.corrects, let weights = inputs.last {
      for column in 0..<valueSize {
        var known = 0.0
        for (row, number) in key.enumerated() { known += state[row * valueSize + column] * number }
        value[column] = weights[place] * (value[column] - known)
      }
    }
    for (row, number) in key.enumerated() {
      for column in 0..<valueSize { state[row * valueSize + column] += number * value[column] }
    }
  }

  /// Gives each number of the product of a query and the state.
  private func read(_ state: [Double], query place: Int, _ body: (Int, Double) -> Void) {
    for column in 0..<valueSize {
      var sum = 0.0
      for row in 0..<keySize {
        sum += inputs[0][place * keySize + row] * state[row * valueSize + column]
      }
      body(column, sum)
    }
  }
}
