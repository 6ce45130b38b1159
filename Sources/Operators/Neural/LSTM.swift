import IR
import Tensors

/// Runs a long short-term memory over whole sequences, as ONNX defines it.
///
/// Operands, of which those from the fourth on may be missing or optional values without content:
/// `X` `[seq, batch, in]`, `W` `[dirs, 4H, in]`, `R` `[dirs, 4H, H]`, `B` `[dirs, 8H]`, `sequence_lens`
/// `[batch]` of `int32_type`, `initial_h` and `initial_c` `[dirs, batch, H]`, `P` `[dirs, 3H]`. Gates
/// come in the order input, output, forget, cell; peepholes input, output, forget.
///
/// Results are `Y` `[seq, dirs, batch, H]`, `Y_h` and `Y_c` `[dirs, batch, H]`. Beyond a sequence's
/// length `Y` is 0; so are the states of a sequence of length 0.
public struct LSTM: RecurrentOperator {
  public static let name = "lstm"
  /// The size `H` of a state.
  public var hiddenSize: Int = 1
  /// The functions of gates, cell and hidden state; once for both directions or for each.
  public var activations: [String] = ["sigmoid", "tanh", "tanh"]
  /// The order in which sequences are read.
  public var direction: RNNDirection = .forward
  /// The largest absolute value of the inputs of the functions of gates and cell; 0 for no limit.
  public var clip: Float = 0
  /// Whether the forget gate is 1 minus the input gate.
  public var inputForget: Bool = false
  /// Values of alpha for those functions that have one, in order; defaults if nil.
  public var activationAlpha: [Float]?
  /// Values of beta for those functions that have one, in order; defaults if nil.
  public var activationBeta: [Float]?
  /// Whether the hidden states of all sequences of a step are rounded to 255 steps of their common range, which is
  /// taken to include 0, before they are multiplied by weights.
  public var quantizeStates: Bool?

  private enum CodingKeys: String, CodingKey {
    case hiddenSize = "hidden_size"
    case activations = "actv_func"
    case direction, clip
    case inputForget = "input_forget"
    case activationAlpha = "activation_alpha"
    case activationBeta = "activation_beta"
    case quantizeStates = "quantize_states"
  }

  public init() {}

  /// Makes the operator.
  public init(
    hiddenSize: Int, activations: [String] = ["sigmoid", "tanh", "tanh"],
    direction: RNNDirection = .forward, clip: Float = 0, inputForget: Bool = false,
    activationAlpha: [Float]? = nil, activationBeta: [Float]? = nil, quantizeStates: Bool? = nil
  ) {
    self.hiddenSize = hiddenSize
    self.activations = activations
    self.direction = direction
    self.clip = clip
    self.inputForget = inputForget
    self.activationAlpha = activationAlpha
    self.activationBeta = activationBeta
    self.quantizeStates = quantizeStates
  }

  static let functionCount = 3
  var roundsStates: Bool { quantizeStates ?? false }

  static func furtherOperands(
    directions: Dimension, batch: Dimension, hidden: Dimension
  ) -> [(name: String, sizes: [Dimension])] {
    [("initial_c", [directions, batch, hidden]), ("P", [directions, 3 * hidden])]
  }

  func makeCell(
    functions: [RNNActivation], limit: Double, further: [[Double]?]
  ) -> LSTMCell {
    LSTMCell(
      functions: functions, limit: limit, couplesGates: inputForget, peepholes: further[1])
  }
}

/// A step of an LSTM.
struct LSTMCell: RecurrentCell {
  static let gateCount = 4
  static let stateCount = 2
  let functions: [RNNActivation]
  let limit: Double
  let couplesGates: Bool
  let peepholes: [Double]?

  func step(
    _ states: inout [[Double]], input: [Double], _ matrices: RecurrentMatrices, direction set: Int
  ) {
    let sums = mapBlock(input, matrices.stateSums(states[0], direction: set, gates: 0..<4)) {
      $0 + $1
    }
    let gate = functions[set * 3]
    let candidate = functions[set * 3 + 1]
    let squash = functions[set * 3 + 2]
    let hidden = matrices.hidden
    for unit in 0..<hidden {
      func value(_ index: Int) -> Double { sums[index * hidden + unit] }
      func peephole(_ index: Int, _ cell: Double) -> Double {
        peepholes.map { $0[(set * 3 + index) * hidden + unit] * cell } ?? 0
      }
      let old = states[1][unit]
      let input = gate(clipped(value(0) + peephole(0, old), limit))
      let forget = couplesGates ? 1 - input : gate(clipped(value(2) + peephole(2, old), limit))
      let new = forget * old + input * candidate(clipped(value(3), limit))
      let output = gate(clipped(value(1) + peephole(1, new), limit))
      states[1][unit] = new
      states[0][unit] = output * squash(new)
    }
  }
}
