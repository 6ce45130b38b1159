import ArgumentParser
import IR
import MIGraphX
import Passes
import Rewriting
import Support

/// Which passes run over the program, and how.
struct PassOptions: ParsableArguments {
  @Flag(name: [.customShort("O"), .long], help: "Run the standard passes.")
  var optimize = false

  @Option(
    name: [.customShort("p"), .long], parsing: .singleValue,
    help: ArgumentHelp("Run one pass by its name; repeat for more.", valueName: "name"))
  var applyPass: [String] = []

  @Option(
    help: ArgumentHelp(
      "Make no more rewrites than so many, to find the one that breaks a program.",
      valueName: "count"))
  var stopAfterRewrite: Int?

  func validate() throws {
    if let stopAfterRewrite, stopAfterRewrite < 0 {
      throw ValidationError("--stop-after-rewrite needs a number of at least 0.")
    }
    for name in applyPass { _ = try PassOptions.pass(named: name) }
  }

  /// The passes asked for.
  var pipeline: Pipeline {
    get throws {
      let named = try applyPass.map(PassOptions.pass(named:))
      return Pipeline {
        if optimize { Pipeline.standard }
        for pass in named { pass }
      }
    }
  }

  /// What runs passes, with what environment variables ask for: traces, times, disabled passes.
  ///
  /// - Parameter limit: the most rewrites that it makes, in place of the option.
  func manager(
    limit: Int? = nil, reportObserver: (@Sendable (PassReport) -> Void)? = nil
  ) throws -> PassManager {
    try .asEnvironmentAsks(
      stopAfterRewrites: limit ?? stopAfterRewrite, reportObserver: reportObserver)
  }

  /// The pass that is called `name`.
  private static func pass(named name: String) throws -> any Pass {
    if let pass = try? StandardPasses.pass(named: name) { return pass }
    let names = StandardPasses.names
    throw ValidationError(
      "'\(name)' is no pass.\(suggestion(for: name, among: names)) The passes are "
        + "\(names.joined(separator: ", ")).")
  }
}
