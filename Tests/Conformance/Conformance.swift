import ArgumentParser
import CPUTarget
import FoundationEssentials
import IR
import Passes
import Reference
import Rewriting
import Support

/// Runs ONNX's backend tests, and compares what becomes of each with what is expected.
@main struct Conformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Runs ONNX's backend tests. Fails if the outcome of one is unexpected.")

  @Option(help: "The folder that Scripts/conformance_data.py has written.")
  var data = ".cache/conformance"

  @Option(help: "Categories to run.")
  var category = ["node", "simple", "pytorch-converted", "pytorch-operator"]

  @Option(help: "Runs only cases whose name contains one of these texts.")
  var match: [String] = []

  @Flag(help: "Prints each case before it runs, and its outcome.")
  var verbose = false

  @Flag(help: "Prints the cases that don't pass, with the reason.")
  var list = false

  @Flag(help: "Brings the list of expectations up to date.")
  var bless = false

  @Flag(inversion: .prefixedNo, help: "Runs the standard passes before.")
  var optimize = true

  @Option(help: "How far a number may be from the one expected, as a part of that one.")
  var relative = 1e-3

  @Option(help: "And how far, as a part of the largest number of the tensor.")
  var ofLargest = 0.0

  @Option(help: "The target that runs the cases: ref or cpu.")
  var target = TargetChoice.ref

  enum TargetChoice: String, ExpressibleByArgument, CaseIterable {
    case ref, cpu
  }

  mutating func run() throws {
    let chosen: any Target = target == .ref ? ReferenceTarget() : CPUTarget()
    let tolerance = Tolerance(relative: relative, ofLargest: ofLargest)
    let runner = Runner(target: chosen, optimizes: optimize, tolerance: tolerance)
    var expectations = try Expectations()
    var outcomes: [(id: String, outcome: Outcome)] = []
    var table = Table()
    for item in try ConformanceCase.all(data, categories: category) {
      guard match.isEmpty || match.contains(where: item.name.contains) else { continue }
      if verbose { print(item.id, terminator: " ") }
      let outcome = item.outcome(runner)
      if verbose { print(outcome.word) }
      outcomes.append((item.id, outcome))
      table.add(outcome, in: item.category)
      if list, outcome.word != "pass" { print("\(item.id) \(outcome.word) \(outcome.reason)") }
    }
    print(table.markdown)
    if bless {
      try expectations.update(outcomes)
      return
    }
    let unexpected = outcomes.filter { !expectations.accept($0.outcome, of: $0.id) }
    for (id, outcome) in unexpected {
      print("unexpected: \(id): \(outcome.word), not \(expectations[id]) \(outcome.reason)")
    }
    print("\(outcomes.count - unexpected.count) passed, \(unexpected.count) failed")
    if !unexpected.isEmpty { throw ExitCode.failure }
  }
}

/// Makes programs runnable in the way that is under test.
struct Runner {
  let target: any Target
  let optimizes: Bool
  let tolerance: Tolerance

  func compile(_ program: Program) throws(MIGraphXError) -> any Executable {
    var program = program
    if optimizes { try PassManager().run(.standard, on: &program) }
    return try target.compile(program)
  }
}

/// The number of cases of each outcome by category.
private struct Table {
  private var rows: [(category: String, counts: [String: Int])] = []

  mutating func add(_ outcome: Outcome, in category: String) {
    if rows.last?.category != category { rows.append((category, [:])) }
    rows[rows.count - 1].counts[outcome.word, default: 0] += 1
  }

  var markdown: String {
    var lines = ["| category | cases | pass | unsupported | fail |", "|---|---|---|---|---|"]
    var sums: [String: Int] = [:]
    for row in rows {
      lines.append(line(row.category, row.counts))
      sums.merge(row.counts, uniquingKeysWith: +)
    }
    if rows.count > 1 { lines.append(line("all", sums)) }
    return lines.joined(separator: "\n")
  }

  private func line(_ title: String, _ counts: [String: Int]) -> String {
    let numbers = ["pass", "unsupported", "fail"].map { counts[$0] ?? 0 }
    return "| \(title) | \(numbers.reduce(0, +)) | "
      + numbers.map(String.init).joined(separator: " | ") + " |"
  }
}
