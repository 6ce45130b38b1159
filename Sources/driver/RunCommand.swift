import ArgumentParser
import IR
import MIGraphX
import NumPyFiles
import Support
import Tensors

/// Compiles a model and runs it once.
struct RunCommand: LoggingCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a model once, and print the program that ran.",
    discussion: "Inputs that are not given are made up; the same names and seed give the same.")

  @OptionGroup var options: RunOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var log: LogOptions

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
    if let outputs { try AtomicFile.check(path: outputs) }
    if writesProgram { try output.check() }
    let (compiled, values) = try options.prepare { program in
      guard let outputs, outputs.hasSuffix(".npy"), program.outputs.count != 1 else { return }
      throw MIGraphXError(
        .invalidArgument,
        "the model has \(program.outputs.count) outputs; name a .npz file for them")
    }
    if writesProgram { try output.write(.compiled(compiled), options.model.textOptions) }
    Log.write("Running ...")
    let results = try timed("Run", "Running") { try compiled.run(values) }
    if let outputs { try write(results, compiled.outputs.map(\.name), to: outputs) }
  }

  private var writesProgram: Bool { !quiet || output.output != nil }

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
