import ArgumentParser
import IR
import Support
import Tensors

/// Checks that the passes keep a model's results.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Run a model without and with passes, and compare the results.",
    discussion: """
      Results must agree in type and sizes, and their root-mean-square difference, relative to the \
      largest value, must be small. With --atol or --rtol each element is compared as well.
      """)

  @OptionGroup var model: ModelOptions
  @OptionGroup var passes: PassOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var inputs: InputOptions

  @Option(
    help: "The largest relative root-mean-square difference; 0.001, or 0.08 with 16-bit types.")
  var rmsTol: Double?

  @Option(help: "The largest difference of elements; 0.001, or 0.04 with 16-bit types.")
  var atol: Double?

  @Option(help: "What is added to it for each unit of the expected value; the same defaults.")
  var rtol: Double?

  @Flag(name: .shortAndLong, help: "Find the first rewrite with which verification fails.")
  var bisect = false

  @Flag(name: .shortAndLong, help: "Don't print the program.")
  var quiet = false

  func validate() throws {
    for (name, value) in [("--rms-tol", rmsTol), ("--atol", atol), ("--rtol", rtol)] {
      if let value, !(value >= 0) {
        throw ValidationError("\(name) needs a number of at least 0, found \(value).")
      }
    }
  }

  func run() throws {
    writeError("Reading: \(model.path)\n")
    let program = try timed("Parse") { try model.load() }
    if !quiet { print(program.text(model.textOptions), terminator: "") }
    let values = try inputs.values(for: program, defaultSize: model.batch)
    let expected = try timed("Reference run") {
      try target.target.compile(program).run(values)
    }
    let comparison = Comparison(program, rms: rmsTol, absolute: atol, relative: rtol)
    /// Compares the results after at most `limit` rewrites.
    func check(limit: Int?) throws -> (rewrites: Int, failures: [String], count: Int) {
      var optimized = program
      let rewrites = try passes.run(
        passes.pipeline(standard: true), on: &optimized, limit: limit)
      let results = try target.target.compile(optimized).run(values)
      var failures: [String] = []
      var count = 0
      for (index, output) in program.outputs.enumerated() {
        let lines = comparison.differences(output.name, expected[index], results[index])
        failures += lines
        count += lines.isEmpty ? 0 : 1
      }
      return (rewrites, failures, count)
    }
    let all = try timed("Optimised run") { try check(limit: nil) }
    if all.count == 0 {
      writeError("MIGraphX verification passed successfully.\n")
      return
    }
    for line in all.failures { writeError(line + "\n") }
    if bisect {
      let high = try firstFailure(upTo: all.rewrites) { try check(limit: $0).count > 0 }
      print("Failure starts at: \(high)")
    }
    throw VerificationFailure(
      description: "verification failed for \(all.count) of \(program.outputs.count) outputs")
  }
}

/// The least number for which `fails` holds, if it holds from there up to `last`, where it surely does.
func firstFailure(upTo last: Int, _ fails: (Int) throws -> Bool) rethrows -> Int {
  var (low, high) = (0, last)
  while low < high {
    let middle = low + (high - low) / 2
    if try fails(middle) { high = middle } else { low = middle + 1 }
  }
  return high
}

/// Says that results differ.
struct VerificationFailure: Error, CustomStringConvertible {
  let description: String
}
