import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Recurrent networks over whole sequences.
  static let recurrentConverters: [String: Converter] = [
    "GRU": { (node) throws(MIGraphXError) in
      let network = try RecurrentNode(node, functions: ["Sigmoid", "Tanh"])
      return try network.results(
        of: GRU(
          hiddenSize: network.hiddenSize, activations: network.activations,
          direction: network.direction, clip: node.float("clip") ?? 0,
          linearBeforeReset: node.flag("linear_before_reset") ? 1 : 0,
          activationAlpha: node.floats("activation_alpha"),
          activationBeta: node.floats("activation_beta")), states: 1)
    },
    "LSTM": { (node) throws(MIGraphXError) in
      try lstm(
        node, input: node.input(0), weights: [node.input(1), node.input(2)],
        inputCount: max(3, node.inputCount))
    },
    "RNN": { (node) throws(MIGraphXError) in
      let network = try RecurrentNode(node, functions: ["Tanh"])
      return try network.results(
        of: RNN(
          hiddenSize: network.hiddenSize, activations: network.activations,
          direction: network.direction, clip: node.float("clip") ?? 0,
          activationAlpha: node.floats("activation_alpha"),
          activationBeta: node.floats("activation_beta")), states: 1)
    },
  ]

  /// LSTM of an input, with weights for it and the state, and the first `inputCount` inputs of the node but for these.
  static func lstm(
    _ node: NodeImporter, input: Value, weights: [Value], inputCount: Int,
    quantizesStates: Bool = false
  ) throws(MIGraphXError) -> [Value] {
    let network = try RecurrentNode(
      node, functions: ["Sigmoid", "Tanh", "Tanh"], operands: [input] + weights,
      inputCount: inputCount)
    return try network.results(
      of: LSTM(
        hiddenSize: network.hiddenSize, activations: network.activations,
        direction: network.direction, clip: node.float("clip") ?? 0,
        inputForget: node.flag("input_forget"),
        activationAlpha: node.floats("activation_alpha"),
        activationBeta: node.floats("activation_beta"),
        quantizeStates: quantizesStates ? true : nil), states: 2)
  }
}

/// What the nodes of all recurrent networks have in common.
private struct RecurrentNode {
  let node: NodeImporter
  let hiddenSize: Int
  let direction: RNNDirection
  let activations: [String]
  private let operands: [Value]
  private let inputCount: Int

  /// Reads the attributes; `functions` are the activations of one direction if the node names none.
  ///
  /// `operands` stand in the places of inputs 0 to 2 if they aren't nil.
  init(
    _ node: NodeImporter, functions: [String], operands: [Value]? = nil, inputCount: Int? = nil
  ) throws(MIGraphXError) {
    self.node = node
    self.operands =
      if let operands { operands } else {
        [try node.input(0), try node.input(1), try node.input(2)]
      }
    self.inputCount = inputCount ?? max(3, node.inputCount)
    let sizes = try node.shape(self.operands[2]).dimensions
    guard let size = try node.int("hidden_size") ?? sizes.last?.constant else {
      throw MIGraphXError(.invalidFile, "attribute 'hidden_size' is needed")
    }
    hiddenSize = size
    let word = try node.string("direction") ?? "forward"
    guard let direction = RNNDirection(rawValue: word) else {
      throw MIGraphXError(
        .invalidFile, "direction is '\(word)'; forward, reverse or bidirectional is needed")
    }
    self.direction = direction
    activations =
      try node.strings("activations") ?? (0..<direction.count).flatMap { _ in functions }
  }

  /// Adds the operator, and gives its results Y and `states` last states.
  ///
  /// Layout 1 has the batch in front of the sequence, and in front of the directions of states.
  func results(of op: any Operator, states: Int) throws(MIGraphXError) -> [Value] {
    let isBatchFirst = try node.flag("layout")
    var inputs: [Value] = []
    for index in 0..<inputCount {
      let value = index < 3 ? operands[index] : try node.optionalInput(index)
      if let value {
        let swaps = isBatchFirst && [0, 5, 6].contains(index)
        inputs.append(swaps ? try node.add(Transpose(permutation: [1, 0, 2]), value) : value)
      } else {
        inputs.append(try node.add(Undefined()))
      }
    }
    let id = try node.add(op, inputs: inputs)
    let results = (0...states).map { Value(id, result: $0) }
    guard isBatchFirst else { return results }
    var moved = [try node.add(Transpose(permutation: [2, 0, 1, 3]), results[0])]
    for state in results.dropFirst() {
      moved.append(try node.add(Transpose(permutation: [1, 0, 2]), state))
    }
    return moved
  }
}
