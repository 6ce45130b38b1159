import ArgumentParser
import IR
import NumPyFiles
import Support
import Tensors

/// Compiles a model and runs it once.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a model once, and print the program that ran.",
    discussion: "Inputs that are not given are made up; the same names and seed give the same.")

  @OptionGroup var model: ModelOptions
  @OptionGroup var passes: PassOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var inputs: InputOptions
  @OptionGroup var output: OutputOptions

  @Option(
    help: ArgumentHelp(
      "Write the results there: a .npz file, or .npy for a single one.", valueName: "file"))
  var outputs: String?

  @Flag(name: .shortAndLong, help: "Don't print the program.")
  var quiet = false

  func validate() throws {
    if let outputs, !outputs.hasSuffix(".npz"), !outputs.hasSuffix(".npy") {
      throw ValidationError("--outputs needs a file in .npz or .npy, found '\(outputs)'.")
    }
  }

  func run() throws {
    writeError("Reading: \(model.path)\n")
    var program = try timed("Parse") { try model.load() }
    let names = program.outputs.map(\.name)
    if let outputs, outputs.hasSuffix(".npy"), names.count != 1 {
      throw MIGraphXError(
        .invalidArgument, "the model has \(names.count) outputs; name a .npz file for them")
    }
    writeError("Compiling ...\n")
    let executable = try timed("Compile") {
      try passes.run(passes.pipeline(standard: true), on: &program)
      return try target.target.compile(program)
    }
    if !quiet || output.output != nil {
      try output.write(executable.program, model.textOptions)
    }
    let values = try inputs.values(for: executable.program, defaultSize: model.batch)
    writeError("Running ...\n")
    let results = try timed("Run") { try executable.run(values) }
    if let outputs { try write(results, names, to: outputs) }
  }

  private func write(_ results: [RuntimeValue], _ names: [String], to path: String) throws {
    var entries: [NumPyArchive.Entry] = []
    for (name, result) in zip(names, results) {
      guard let argument = result.argument else {
        throw MIGraphXError(.unsupported, "output '\(name)' is no tensor and can't be written")
      }
      entries.append((name, argument))
    }
    if path.hasSuffix(".npz") {
      try NumPyArchive.write(entries, to: path)
    } else if let entry = entries.first {
      try NumPyFile.write(entry.argument, to: path)
    }
  }
}
