import IR
import Tensors

/// Runs a gated recurrent unit over whole sequences, as ONNX defines it.
///
/// Operands, of which those from the fourth on may be missing or optional values without content:
/// `X` `[seq, batch, in]`, `W` `[dirs, 3H, in]`, `R` `[dirs, 3H, H]`, `B` `[dirs, 6H]`, `sequence_lens`
/// `[batch]` of `int32_type`, `initial_h` `[dirs, batch, H]`. Gates come in the order update, reset, hidden.
///
/// Results are `Y` `[seq, dirs, batch, H]` and `Y_h` `[dirs, batch, H]`. Beyond a sequence's length `Y` is 0; so is
/// the state of a sequence of length 0.
public struct GRU: RecurrentOperator {
  public static let name = "gru"
  /// The size `H` of a state.
  public var hiddenSize: Int = 1
  /// The functions of gates and hidden state; once for both directions or for each.
  public var activations: [String] = ["sigmoid", "tanh"]
  /// The order in which sequences are read.
  public var direction: RNNDirection = .forward
  /// The largest absolute value of the functions' inputs; 0 for no limit.
  public var clip: Float = 0
  /// Whether the reset gate multiplies the weighted state, in contrast to the state itself; 1 if so.
  public var linearBeforeReset: Int = 0
  /// Values of alpha for those functions that have one, in order; defaults if nil.
  public var activationAlpha: [Float]?
  /// Values of beta for those functions that have one, in order; defaults if nil.
  public var activationBeta: [Float]?

  private enum CodingKeys: String, CodingKey {
    case hiddenSize = "hidden_size"
    case activations = "actv_func"
    case direction, clip
    case linearBeforeReset = "linear_before_reset"
    case activationAlpha = "activation_alpha"
    case activationBeta = "activation_beta"
  }

  public init() {}

  /// Makes the operator.
  public init(
    hiddenSize: Int, activations: [String] = ["sigmoid", "tanh"],
    direction: RNNDirection = .forward, clip: Float = 0, linearBeforeReset: Int = 0,
    activationAlpha: [Float]? = nil, activationBeta: [Float]? = nil
  ) {
    self.hiddenSize = hiddenSize
    self.activations = activations
    self.direction = direction
    self.clip = clip
    self.linearBeforeReset = linearBeforeReset
    self.activationAlpha = activationAlpha
    self.activationBeta = activationBeta
  }

  static let functionCount = 2

  func makeCell(
    functions: [RNNActivation], limit: Double, further: [[Double]?]
  ) -> GRUCell {
    GRUCell(functions: functions, limit: limit, weighsBeforeReset: linearBeforeReset != 0)
  }
}

/// A step of a GRU.
struct GRUCell: RecurrentCell {
  static let gateCount = 3
  static let stateCount = 1
  let functions: [RNNActivation]
  let limit: Double
  let weighsBeforeReset: Bool

  func step(
    _ states: inout [[Double]], input: [Double], _ matrices: RecurrentMatrices, direction set: Int
  ) {
    let (gate, candidate) = (functions[set * 2], functions[set * 2 + 1])
    let hidden = matrices.hidden
    let old = states[0]
    let gates = mapBlock(matrices.stateSums(old, direction: set, gates: 0..<2), input) {
      gate(clipped($0 + $1, limit))
    }
    let reset = Array(gates[hidden...])
    let recurrent: [Double]
    if weighsBeforeReset {
      let weighted = matrices.stateSums(old, direction: set, gates: 2..<3)
      recurrent = mapBlock(reset, weighted) { $0 * $1 }
    } else {
      recurrent = matrices.stateSums(
        mapBlock(reset, old) { $0 * $1 }, direction: set, gates: 2..<3)
    }
    for unit in 0..<hidden {
      let new = candidate(clipped(input[2 * hidden + unit] + recurrent[unit], limit))
      states[0][unit] = (1 - gates[unit]) * new + gates[unit] * old[unit]
    }
  }
}
