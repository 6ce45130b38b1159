import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Recurrent networks over whole sequences.
  static let recurrentConverters: [String: Converter] = ["LSTM": lstm]

  private static let lstm: Converter = { (node) throws(MIGraphXError) in
    let weights = try node.shape(node.input(2))
    guard let hiddenSize = try node.int("hidden_size") ?? weights.dimensions.last?.constant else {
      throw MIGraphXError(.invalidFile, "attribute 'hidden_size' is needed")
    }
    // Layout 1 has the batch in front of the sequence, and in front of the directions of states.
    let isBatchFirst = try node.flag("layout")
    let direction: RNNDirection
    switch try node.string("direction") ?? "forward" {
    case "forward": direction = .forward
    case "reverse": direction = .reverse
    case "bidirectional": direction = .bidirectional
    case let other:
      throw MIGraphXError(
        .invalidFile, "direction is '\(other)'; forward, reverse or bidirectional is needed")
    }
    let directions = direction == .bidirectional ? 2 : 1
    let defaults = (0..<directions).flatMap { _ in ["Sigmoid", "Tanh", "Tanh"] }
    var inputs: [Value] = []
    for index in 0..<max(3, node.inputCount) {
      if let value = try index < 3 ? node.input(index) : node.optionalInput(index) {
        let swaps = isBatchFirst && [0, 5, 6].contains(index)
        inputs.append(swaps ? try node.add(Transpose(permutation: [1, 0, 2]), value) : value)
      } else {
        inputs.append(try node.add(Undefined()))
      }
    }
    let op = LSTM(
      hiddenSize: hiddenSize, activations: try node.strings("activations") ?? defaults,
      direction: direction, clip: try node.float("clip") ?? 0,
      inputForget: try node.flag("input_forget"),
      activationAlpha: try node.floats("activation_alpha"),
      activationBeta: try node.floats("activation_beta"))
    let id = try node.add(op, inputs: inputs)
    let results = (0..<3).map { Value(id, result: $0) }
    guard isBatchFirst else { return results }
    var moved: [Value] = []
    for (value, order) in zip(results, [[2, 0, 1, 3], [1, 0, 2], [1, 0, 2]]) {
      moved.append(try node.add(Transpose(permutation: order), value))
    }
    return moved
  }
}
