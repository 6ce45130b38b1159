import ArgumentParser
import Support

/// How much is said on standard error.
enum LogLevel: Int, CaseIterable, Comparable {
  case none, error, warn, info, debug, trace

  static func < (a: LogLevel, b: LogLevel) -> Bool { a.rawValue < b.rawValue }
}

extension LogLevel: ExpressibleByArgument {
  static var allValueStrings: [String] { allCases.map { "\($0)" } }

  init?(argument: String) {
    guard
      let level = Int(argument).map(LogLevel.init(rawValue:))
        ?? LogLevel.allCases.first(where: { "\($0)" == argument })
    else { return nil }
    self = level
  }
}

/// What is said on standard error and in files while a command runs.
enum Log {
  private struct State {
    var level = LogLevel.info
    var files: [AppendedFile] = []
  }

  private static let state = Locked(State())

  /// Says `line`, if that is important enough.
  static func write(_ line: String, _ level: LogLevel = .info) {
    state.withLock { state in
      guard level <= state.level else { return }
      writeError(line + "\n")
      for file in state.files { file.write(line + "\n") }
    }
  }

  static func start(_ level: LogLevel, files: [AppendedFile]) {
    state.withLock { $0 = State(level: level, files: files) }
  }
}

/// What a command says about its work.
struct LogOptions: ParsableArguments {
  /// The environment variables that mean something.
  private static let variables: Set = [
    "MIGRAPHX_DISABLE_PASSES", "MIGRAPHX_LOG_LEVEL", "MIGRAPHX_TIME_PASSES",
    "MIGRAPHX_TRACE_COMPILE", "MIGRAPHX_TRACE_EVAL", "MIGRAPHX_TRACE_PASSES",
    "MIGRAPHX_VERIFY_DUMP_DIFF", "MIGRAPHX_VERIFY_ENABLE_ALLCLOSE",
  ]

  @Option(
    help: ArgumentHelp(
      "How much to say: none, error, warn, info, debug or trace, or 0 to 5; info if nothing else is "
        + "given here or in MIGRAPHX_LOG_LEVEL.", valueName: "level"))
  var logLevel: LogLevel?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Append what is said to these files too.", valueName: "files"))
  var logFile: [String] = []

  /// Makes the options hold from now on.
  func start() throws {
    let level = environmentVariable("MIGRAPHX_LOG_LEVEL").flatMap(LogLevel.init(argument:))
    Log.start(logLevel ?? level ?? .info, files: try logFile.map(AppendedFile.init(path:)))
    for name in environmentVariables(startingWith: "MIGRAPHX_")
    where !LogOptions.variables.contains(name) {
      Log.write("Unused environment variable: \(name)=\(environmentVariable(name) ?? "")", .warn)
    }
  }
}

/// A command that says what it does.
protocol LoggingCommand: ParsableCommand {
  var log: LogOptions { get }
}
