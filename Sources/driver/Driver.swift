import ArgumentParser
import Support

/// The command line tool.
@main
struct Driver: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migraphx-driver",
    abstract: "Reads, compiles, runs, times and checks ONNX models.",
    discussion: """
      Results go to standard output; progress, times and errors to standard error. The exit code is \
      0 on success, 64 for wrong options and 1 for every other failure.
      """,
    version: Version.text,
    subcommands: [
      ReadCommand.self, ParamsCommand.self, CompileCommand.self, RunCommand.self, TimeCommand.self,
      PerfCommand.self, VerifyCommand.self, OpCommand.self, ONNXCommand.self, VersionCommand.self,
      TFCommand.self, ROCTXCommand.self,
    ])

  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "-v" { arguments[0] = "--version" }
    var code = execute(arguments)
    if !flushOutput() && code == 0 {
      writeError("error: standard output can't be written\n")
      code = 1
    }
    exitProcess(code)
  }

  /// Runs the command that `arguments` ask for.
  ///
  /// - Returns: the exit code.
  static func execute(_ arguments: [String]) -> Int32 {
    do {
      if let word = arguments.first, !word.hasPrefix("-") { try checkCommand(word) }
      var command = try parseAsRoot(arguments)
      if let command = command as? any LoggingCommand { try command.log.start() }
      try command.run()
      return 0
    } catch let error as MIGraphXError {
      Log.write("error: \(error)", .error)
      return 1
    } catch {
      let code = exitCode(for: error)
      if code.isSuccess {
        print(fullMessage(for: error))
      } else {
        let message = message(for: error).split(separator: "\n").joined(separator: " ")
        Log.write("error: \(message)", .error)
      }
      return code.rawValue
    }
  }

  /// Those that only say what is not supported.
  private static let hiddenCommands = ["tf", "roctx"]

  private static func checkCommand(_ word: String) throws {
    let all = configuration.subcommands.map { $0._commandName }
    if (all + ["help"]).contains(word) { return }
    let names = all.filter { !hiddenCommands.contains($0) } + ["help"]
    throw ValidationError(
      "'\(word)' is no command.\(suggestion(for: word, among: names)) The commands are "
        + "\(names.joined(separator: ", ")).")
  }
}

/// What is reported about versions.
enum Version {
  /// The line that shows the version of this system.
  static let text = "MIGraphX version: \(SystemVersion.number)"
}
