import ArgumentParser
import Archive
import IR
import MIGraphX
import Support
import Tensors

/// Prints the program that a model becomes.
struct ReadCommand: LoggingCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Print the program that a model becomes.")

  @OptionGroup var model: ModelOptions
  @OptionGroup var changes: ChangeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    try output.check()
    output.announce(model)
    let loaded = try Progress.showing("Reading") { _ in
      var loaded = try model.load()
      try changes.apply(to: &loaded)
      return loaded
    }
    try output.write(loaded, model.textOptions)
  }
}

/// Prints or saves the program that a model is compiled to.
struct CompileCommand: LoggingCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile", abstract: "Compile a model, and print or save the program.")

  @OptionGroup var model: ModelOptions
  @OptionGroup var changes: ChangeOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    try output.check()
    output.announce(model)
    var loaded = try timed("Parse", "Reading") {
      var loaded = try model.load()
      try changes.apply(to: &loaded)
      return loaded
    }
    Log.write("Compiling ...")
    loaded.compiled = try timed("Compile", "Compiling") {
      try target.compile(loaded, changes.passes)
    }
    try output.write(loaded, model.textOptions)
  }
}

/// Prints a model's inputs and outputs.
struct ParamsCommand: LoggingCommand {
  static let configuration = CommandConfiguration(
    commandName: "params", abstract: "Print the names, types and sizes of inputs and outputs.",
    discussion: "Dynamic sizes show as their maximum, or as expressions if they have none.")

  @OptionGroup var model: ModelOptions
  @OptionGroup var changes: ChangeOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    OutputOptions().announce(model)
    var loaded = try Progress.showing("Reading") { _ in try model.load() }
    try changes.apply(to: &loaded)
    print("inputs:")
    for (name, type) in loaded.program.inputs { print("\(name): \(type.atMaximum)") }
    print("\noutputs:")
    for (name, type) in loaded.program.outputs { print("\(name): \(type.atMaximum)") }
  }
}
