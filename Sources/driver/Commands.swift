import ArgumentParser
import IR
import ONNX
import Operators
import Support

/// Prints the program that a model becomes.
struct ReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Print the program that a model becomes.")

  @OptionGroup var model: ModelOptions
  @OptionGroup var passes: PassOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    print("Reading: \(model.path)")
    var program = try model.load()
    try passes.run(passes.pipeline(standard: false), on: &program)
    try output.write(program, model.textOptions)
  }
}

/// Lists the ONNX operators that can be imported.
struct ONNXCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "onnx", abstract: "List the ONNX operators that can be read.")

  @Flag(name: .shortAndLong, help: "List them, one a line.")
  var list = false

  func validate() throws {
    if !list { throw ValidationError("Missing '--list'.") }
  }

  func run() { for name in ONNXOperators.names { print(name) } }
}

/// Shows operators and their attributes.
struct OpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "op", abstract: "Print an operator's attributes at their defaults.")

  @Argument(help: "The operator's name.")
  var name: String?

  @Flag(name: .shortAndLong, help: "List the names of all operators.")
  var list = false

  func validate() throws {
    guard list != (name != nil) else {
      throw ValidationError(
        list
          ? "Either '--list' or an operator's name, not both."
          : "Missing an operator's name, or '--list'.")
    }
  }

  func run() throws {
    let registry = OperatorRegistry.standard
    guard let name else {
      for name in registry.names { print(name) }
      return
    }
    guard registry.names.contains(name) else {
      throw ValidationError(
        "'\(name)' is no operator.\(suggestion(for: name, among: registry.names)) "
          + "'op --list' lists them.")
    }
    print("\(name):")
    print(AttributeValue.object(try registry.make(name).attributes).json())
  }
}

/// Prints versions.
struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Print the versions of this system and of what it reads.")

  func run() {
    print(Version.text)
    print("ONNX Opset version: \(ONNXOperators.opsets.upperBound)")
    // There is no format for compiled programs yet.
    print("MXR version: none")
  }
}
