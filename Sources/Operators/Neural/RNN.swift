import IR
import Tensors

/// Runs a plain recurrent network over whole sequences, as ONNX defines it.
///
/// Operands, of which those from the fourth on may be missing or optional values without content:
/// `X` `[seq, batch, in]`, `W` `[dirs, H, in]`, `R` `[dirs, H, H]`, `B` `[dirs, 2H]`, `sequence_lens` `[batch]` of
/// `int32_type`, `initial_h` `[dirs, batch, H]`.
///
/// Results are `Y` `[seq, dirs, batch, H]` and `Y_h` `[dirs, batch, H]`. Beyond a sequence's length `Y` is 0; so is
/// the state of a sequence of length 0.
public struct RNN: RecurrentOperator {
  public static let name = "rnn"
  /// The size `H` of a state.
  public var hiddenSize: Int = 1
  /// The function of the state; once for both directions or for each.
  public var activations: [String] = ["tanh"]
  /// The order in which sequences are read.
  public var direction: RNNDirection = .forward
  /// The largest absolute value of the function's input; 0 for no limit.
  public var clip: Float = 0
  /// Values of alpha for those functions that have one, in order; defaults if nil.
  public var activationAlpha: [Float]?
  /// Values of beta for those functions that have one, in order; defaults if nil.
  public var activationBeta: [Float]?

  private enum CodingKeys: String, CodingKey {
    case hiddenSize = "hidden_size"
    case activations = "actv_func"
    case direction, clip
    case activationAlpha = "activation_alpha"
    case activationBeta = "activation_beta"
  }

  public init() {}

  /// Makes the operator.
  public init(
    hiddenSize: Int, activations: [String] = ["tanh"], direction: RNNDirection = .forward,
    clip: Float = 0, activationAlpha: [Float]? = nil, activationBeta: [Float]? = nil
  ) {
    self.hiddenSize = hiddenSize
    self.activations = activations
    self.direction = direction
    self.clip = clip
    self.activationAlpha = activationAlpha
    self.activationBeta = activationBeta
  }

  static let functionCount = 1

  func makeCell(
    functions: [RNNActivation], limit: Double, further: [[Double]?]
  ) -> RNNCell {
    RNNCell(functions: functions, limit: limit)
  }
}

/// A step of a plain recurrent network.
struct RNNCell: RecurrentCell {
  static let gateCount = 1
  static let stateCount = 1
  let functions: [RNNActivation]
  let limit: Double

  func step(
    _ states: inout [[Double]], input: [Double], _ matrices: RecurrentMatrices, direction set: Int
  ) {
    let function = functions[set]
    states[0] = mapBlock(matrices.stateSums(states[0], direction: set, gates: 0..<1), input) {
      function(clipped($0 + $1, limit))
    }
  }
}
