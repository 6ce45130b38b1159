import IR
import Passes
import Rewriting
import Support
import Tensors

// What environment variables ask for, whatever language runs the program.

extension PassManager {
  /// A pass manager that does what environment variables ask for: it shows programs, passes and times on
  /// standard error, and leaves passes out.
  ///
  /// - Parameters:
  ///   - rewriteLimit: the most rewrites that it makes.
  ///   - reportObserver: is told what each pass did, too.
  /// - Throws: `invalidArgument` when a pass is to be left out that there is not.
  public static func asEnvironmentAsks(
    stopAfterRewrites rewriteLimit: Int? = nil,
    reportObserver: (@Sendable (PassReport) -> Void)? = nil
  ) throws(MIGraphXError) -> PassManager {
    var disabled: Set<String> = []
    for word in (environmentVariable("MIGRAPHX_DISABLE_PASSES") ?? "").split(separator: ",") {
      let name = String(word.drop { $0 == " " })
      do throws(MIGraphXError) { disabled.insert(try StandardPasses.pass(named: name).name) } catch
      {
        throw error.during("reading MIGRAPHX_DISABLE_PASSES")
      }
    }
    var trace: Trace?
    if isEnabled("MIGRAPHX_TRACE_COMPILE") {
      trace = { name, program in writeError("Pass: \(name)\n\(program)\n") }
    } else if isEnabled("MIGRAPHX_TRACE_PASSES") {
      trace = { name, _ in writeError("Pass: \(name)\n") }
    }
    return PassManager(
      disabledPasses: disabled, stopAfterRewrites: rewriteLimit, trace: trace,
      reportObserver: { report in
        if isEnabled("MIGRAPHX_TIME_PASSES") { writeError(report.description) }
        reportObserver?(report)
      })
  }
}

/// Shows on standard error what a run does, as `MIGRAPHX_TRACE_EVAL` asks.
struct EvaluationTrace {
  private let level: Int
  private let main: Module
  private let names: [InstructionID: String]

  /// nil when the variable doesn't ask for anything.
  init?(_ program: Program) {
    guard let level = environmentVariable("MIGRAPHX_TRACE_EVAL").flatMap({ Int($0) }), level > 0
    else { return nil }
    self.level = level
    main = program.main
    names = program.main.instructionNames
  }

  /// Shows one instruction that has run.
  func show(_ run: InstructionRun) throws(MIGraphXError) {
    var lines = ["Run instruction: \(main.line(for: run.id, names: names))"]
    lines.append("Time: \(run.duration / .milliseconds(1))ms")
    if level > 1 {
      for argument in try run.results.compactMap(\.argument) { lines += description(of: argument) }
    }
    writeError(lines.map { $0 + "\n" }.joined())
  }

  private func description(of argument: Argument) -> [String] {
    let most = 10
    let shows = level > 2 || argument.elementCount <= most
    guard argument.elementType != .string else {
      let texts = argument.stringElements.map(quoted)
      return ["Output: \(shows ? texts.joined(separator: ", ") : preview(texts))"]
    }
    let values = argument.converted(to: Double.self)
    let texts = shows ? argument.elementTexts : values.map { numberText($0) }
    var lines = ["Output has \(kinds(of: values).joined(separator: ", "))"]
    lines.append("Output: \(shows ? texts.joined(separator: ", ") : preview(texts))")
    guard let least = values.min(), let most = values.max() else { return lines }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    lines.append(
      "Min value: \(least), Max value: \(most), Mean: \(mean), StdDev: \(variance.squareRoot())")
    return lines
  }

  private func preview(_ texts: [String]) -> String {
    (texts.prefix(5) + ["..."] + texts.suffix(5)).joined(separator: ", ")
  }

  /// The kinds of numbers that occur.
  private func kinds(of values: [Double]) -> [String] {
    let kinds: [(String, (Double) -> Bool)] = [
      ("normal", \.isNormal), ("subnormal", \.isSubnormal), ("zero", \.isZero),
      ("infinite", \.isInfinite), ("nan", \.isNaN),
    ]
    return kinds.filter { values.contains(where: $0.1) }.map(\.0)
  }
}
