import ArgumentParser
import IR
import MIGraphX
import Support

/// How often a program runs to be timed.
struct IterationOptions: ParsableArguments {
  @Option(name: [.customShort("n"), .long], help: "How many runs are timed.")
  var iterations = 100

  func validate() throws {
    let most = 10_000_000
    guard (1...most).contains(iterations) else {
      throw ValidationError(
        "--iterations needs a number of at least 1 and at most \(most), found \(iterations).")
    }
  }

  /// Runs `body` so many times, and gives what it gives.
  func run<Result>(_ activity: String, _ body: () throws -> Result) rethrows -> [Result] {
    try Progress.showing(activity) { say in
      try (1...iterations).map { number in
        say("\(activity), \(number) of \(iterations)")
        return try body()
      }
    }
  }
}

/// Tells how long a run takes.
struct TimeCommand: LoggingCommand {
  static let configuration = CommandConfiguration(
    commandName: "time", abstract: "Run a model many times, and print the mean time of a run.")

  @OptionGroup var options: RunOptions
  @OptionGroup var iterations: IterationOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    let (program, values) = try options.prepare()
    Log.write("Running ...")
    _ = try program.run(values)
    let times = try iterations.run("Running") { try measured { try program.run(values) }.time }
    print("Total time: \(shortText(times.reduce(0, +) / Double(times.count)))ms")
  }
}

/// Tells how long each instruction takes.
struct PerfCommand: LoggingCommand {
  static let configuration = CommandConfiguration(
    commandName: "perf", abstract: "Run a model many times, and print how long each part takes.",
    discussion: """
      The report has the mean times of all instructions, their sums by operator, and the times of whole \
      runs. Means leave out the lowest and the highest quarter. Overhead is the time that runs with a clock at \
      each instruction spend between these, then what runs without clocks take beyond the instructions' times.
      """)

  @OptionGroup var options: RunOptions
  @OptionGroup var iterations: IterationOptions
  @OptionGroup var log: LogOptions

  @Flag(name: .shortAndLong, help: "Sum up by operator, type and sizes, not by operator alone.")
  var detailed = false

  func run() throws {
    let (program, values) = try options.prepare()
    print(program.executable.lowered.text(options.model.textOptions) + "\n")
    Log.write("Running performance report ...")
    _ = try program.run(values)
    let runs = try iterations.run("Running") { try measured { try program.run(values) }.time }
    var instructions: [InstructionID: [Double]] = [:]
    let gaps = try iterations.run("Running with clocks") {
      var inside = 0.0
      let (_, time) = try measured {
        try program.run(values) { run throws(MIGraphXError) in
          let duration = run.duration / .milliseconds(1)
          instructions[run.id, default: []].append(duration)
          inside += duration
        }
      }
      return time - inside
    }
    let report = PerformanceReport(
      module: program.executable.lowered.main, batch: options.model.batch ?? 1, runs: runs,
      instructions: instructions, gaps: gaps, isDetailed: detailed)
    print(report.text(options.model.textOptions), terminator: "")
    let remark = program.target.remark.map { " (\($0))" } ?? ""
    print("Target: \(program.target.name)\(remark)")
  }
}
