import IR
import Support
import Tensors

extension Executable {
  /// Runs the program on tensors by name.
  ///
  /// - Parameter inputs: one tensor for each input of the program.
  /// - Returns: the tensors by name of the outputs, in the model's order.
  /// - Throws: `invalidArgument` for names that are missing or unknown, and see ``Executable/run(_:)-([RuntimeValue])``.
  public func run(
    _ inputs: [String: Argument]
  ) throws(MIGraphXError) -> [(name: String, value: Argument)] {
    let names = program.inputs.map(\.name)
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    if let unknown = inputs.keys.sorted().first(where: { !names.contains($0) }) {
      throw MIGraphXError(
        .invalidArgument, "the program has no input '\(unknown)'; its inputs are \(list)")
    }
    var values: [RuntimeValue] = []
    for name in names {
      guard let input = inputs[name] else {
        throw MIGraphXError(
          .invalidArgument, "input '\(name)' is not given; the inputs are \(list)")
      }
      values.append(.tensor(input))
    }
    let results = try run(values)
    var named: [(name: String, value: Argument)] = []
    for (output, result) in zip(program.outputs, results) {
      guard let argument = result.argument else {
        throw MIGraphXError(.unsupported, "output '\(output.name)' is no tensor")
      }
      named.append((output.name, argument))
    }
    return named
  }
}
