import ArgumentParser
import IR
import MIGraphX
import Planning
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
    model.announce(onOutput: !output.ownsStandardOutput)
    let program = try Progress.showing("Reading") { _ in try changes.load(model) }
    try output.write(program, model.textOptions)
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

  @Option(
    help: ArgumentHelp(
      "Draw where values lie in memory, over time, as SVG; dynamic sizes are at their maximum.",
      valueName: "file"))
  var memoryMap: String?

  func run() throws {
    try output.check()
    if let memoryMap { try AtomicFile.check(path: memoryMap) }
    model.announce(onOutput: !output.ownsStandardOutput)
    let program = try timed("Parse", "Reading") {
      try changes.load(model, deviceID: target.deviceID)
    }
    let compiled = try target.compile(program, changes.passes)
    if let memoryMap { try draw(compiled, to: memoryMap) }
    try output.write(.compiled(compiled), model.textOptions)
  }

  /// Writes the picture of the program's memory, and says how large that is.
  private func draw(_ program: CompiledProgram, to path: String) throws(MIGraphXError) {
    guard let plan = try program.memoryPlan() else {
      throw MIGraphXError(.unsupported, "the target '\(program.target.name)' doesn't plan memory")
    }
    let file = try AtomicFile(path: path)
    try file.write(Array(plan.svg.utf8))
    try file.commit()
    let line = "Memory: \(plan.byteCount) bytes, at least \(plan.lowerBound) are needed"
    if output.ownsStandardOutput { Log.write(line) } else { print(line) }
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
    model.announce(onOutput: true)
    let program = try Progress.showing("Reading") { _ in try changes.load(model) }.current
    print("inputs:")
    for (name, type) in program.inputs { print("\(name): \(type.atMaximum)") }
    print("\noutputs:")
    for (name, type) in program.outputs { print("\(name): \(type.atMaximum)") }
  }
}
