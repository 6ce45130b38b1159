import Operators
import Support
import Tensors

/// What kernels need to know of a recurrent operator.
struct RecurrentNetwork {
  /// The kernels of a step, one after the other, each with the gates whose sums it makes.
  let cells: [(cell: RecurrentStep.Cell, gates: Range<Int>)]
  let hiddenSize: Int
  let direction: RNNDirection
  /// The formulas of the functions of each direction.
  let functions: [[Scalar]]
  /// The largest absolute value of what functions get; nil for no limit.
  let limit: Float?
  /// Whether there is a state besides the hidden one.
  let hasCell: Bool

  var gateCount: Int { cells.reduce(0) { $0 + $1.gates.count } }

  private init(
    _ cells: [(RecurrentStep.Cell, Range<Int>)], hiddenSize: Int, direction: RNNDirection,
    clip: Float, activations: [String], alphas: [Float]?, betas: [Float]?, hasCell: Bool = false
  ) throws(MIGraphXError) {
    self.cells = cells
    self.hiddenSize = hiddenSize
    self.direction = direction
    self.hasCell = hasCell
    limit = clip > 0 ? clip : nil
    let count = cells.contains { $0.0 == .rnn } ? 1 : hasCell ? 3 : 2
    let needed = count * direction.count
    let formulas = try RNNActivation.make(
      activations.count == needed ? activations : activations + activations,
      alphas: alphas ?? [], betas: betas ?? []
    ).map { $0.formula(.input(0)) }
    functions = (0..<direction.count).map { Array(formulas[$0 * count..<($0 + 1) * count]) }
  }

  /// - Throws: `invalidArgument` for unknown functions.
  init(_ op: LSTM, hasPeepholes: Bool) throws(MIGraphXError) {
    try self.init(
      [(.lstm(couplesGates: op.inputForget, hasPeepholes: hasPeepholes), 0..<4)],
      hiddenSize: op.hiddenSize, direction: op.direction, clip: op.clip,
      activations: op.activations, alphas: op.activationAlpha, betas: op.activationBeta,
      hasCell: true)
  }

  /// - Throws: `invalidArgument` for unknown functions.
  init(_ op: GRU) throws(MIGraphXError) {
    try self.init(
      op.linearBeforeReset != 0 ? [(.gru, 0..<3)] : [(.gruGates, 0..<2), (.gruState, 2..<3)],
      hiddenSize: op.hiddenSize, direction: op.direction, clip: op.clip,
      activations: op.activations, alphas: op.activationAlpha, betas: op.activationBeta)
  }

  /// - Throws: `invalidArgument` for unknown functions.
  init(_ op: RNN) throws(MIGraphXError) {
    try self.init(
      [(.rnn, 0..<1)], hiddenSize: op.hiddenSize, direction: op.direction, clip: op.clip,
      activations: op.activations, alphas: op.activationAlpha, betas: op.activationBeta)
  }
}
