import IR
import Passes
import Reference
import Rewriting
import Support

/// How a program is compiled.
public struct CompileOptions: Sendable {
  /// Whether the standard passes run.
  public var optimizes = true
  /// How passes run, and who is told about them.
  public var passManager = PassManager()

  /// Makes options at their defaults.
  public init() {}
}

extension Program {
  /// Optimises the program for `target` and makes it runnable.
  ///
  /// - Throws: what a pass or the target throws, with its name in the trail.
  public func compiled(
    for target: any Target = ReferenceTarget(), options: CompileOptions = CompileOptions()
  ) throws(MIGraphXError) -> any Executable {
    var program = self
    if options.optimizes {
      try options.passManager.run(Pipeline.standard, on: &program)
    }
    return try trace("compiling for target '\(target.name)'") { () throws(MIGraphXError) in
      try target.compile(program)
    }
  }
}
