import Archive
import CPUTarget
import IR
import Passes
import Rewriting
import Support

/// How a program is compiled.
public struct CompileOptions: Sendable {
  /// Whether inputs and results are in host memory, and copied where the target's is another.
  public var offloadCopy = true
  /// Whether results may differ more from exact ones than plain arithmetic's do, where that saves time: by some
  /// hundred-thousandths of their spread.
  public var fastMath = true
  /// Whether the target tries every kernel that it has for an instruction.
  public var exhaustiveTune = false
  /// The device of the target that the program runs on.
  public var deviceID = 0
  /// Whether the standard passes run.
  public var optimizes = true
  /// How passes run, and who is told about them; as environment variables ask if nil.
  public var passManager: PassManager?

  /// Makes options at their defaults.
  public init() {}
}

extension Program {
  /// Optimises the program for `target` and makes it runnable.
  ///
  /// - Throws: `invalidArgument` for a device that the target doesn't have, and what a pass or the target
  ///   throws, with its name in the trail.
  public func compiled(
    for target: some Target = .cpu, options: CompileOptions = CompileOptions()
  ) throws(MIGraphXError) -> CompiledProgram {
    try target.checkDevice(options.deviceID)
    var program = self
    if options.optimizes {
      var manager = options.passManager
      if manager == nil { manager = try .asEnvironmentAsks() }
      try manager?.run(
        .standard(foldsConstants: target.foldsConstants), on: &program)
    }
    let executable = try trace("compiling for target '\(target.name)'") {
      () throws(MIGraphXError) in try target.compile(program, fastMath: options.fastMath)
    }
    let part = CompiledPart(
      target: target.name, options: SavedOptions(options), program: executable.program)
    return CompiledProgram(
      archive: ProgramArchive(source: self, compiled: part), executable: executable,
      target: target, options: options)
  }
}

extension Target {
  /// Checks that the target has a device of this number.
  ///
  /// - Throws: `invalidArgument` when it has not.
  func checkDevice(_ id: Int) throws(MIGraphXError) {
    guard (0..<deviceCount).contains(id) else {
      throw MIGraphXError(
        .invalidArgument,
        "target '\(name)' has no device \(id); it has \(deviceCount), numbered from 0")
    }
  }
}
