import ArgumentParser
import IR
import Tensors

/// Prints a model's inputs and outputs.
struct ParamsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "params", abstract: "Print the names, types and sizes of inputs and outputs.",
    discussion: "Dynamic sizes show as their maximum, or as expressions if they have none.")

  @OptionGroup var model: ModelOptions

  func run() throws {
    print("Reading: \(model.path)")
    let program = try model.load()
    print("inputs:")
    for (name, type) in program.inputs { print("\(name): \(type.atMaximum)") }
    print("\noutputs:")
    for (name, type) in program.outputs { print("\(name): \(type.atMaximum)") }
  }
}
