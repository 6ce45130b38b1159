import ArgumentParser
import IR
import Reference
import Support

/// Where programs run.
struct TargetOptions: ParsableArguments {
  @Flag(help: "Run on the target ref, the only one so far and the default.")
  var ref = false

  @Flag(help: .hidden)
  var cpu = false

  @Flag(help: .hidden)
  var gpu = false

  func validate() throws {
    for (name, isAsked) in [("cpu", cpu), ("gpu", gpu)] where isAsked {
      throw ValidationError("The target '\(name)' is not available; '--ref' is.")
    }
  }

  /// The target.
  var target: any Target { ReferenceTarget() }
}
