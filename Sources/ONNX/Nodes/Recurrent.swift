import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Recurrent networks over whole sequences.
  static let recurrentConverters: [String: Converter] = ["LSTM": lstm]

  private static let lstm: Converter = { (node) throws(MIGraphXError) in
    try node.require("layout", is: 0)
    guard let hiddenSize = try node.int("hidden_size") else {
      throw MIGraphXError(.invalidFile, "attribute 'hidden_size' is needed")
    }
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
        inputs.append(value)
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
    return (0..<3).map { Value(id, result: $0) }
  }
}
