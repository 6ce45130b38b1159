import ArgumentParser
import IR
import MIGraphX
import Support

/// What programs are compiled for, and how.
struct TargetOptions: ParsableArguments {
  @Flag(help: "Run by the plain evaluation of every operator.")
  var ref = false

  @Flag(help: "Run on this machine's processor; this is the default.")
  var cpu = false

  @Flag(help: .hidden)
  var gpu = false

  @Flag(help: "Inputs and results are in host memory, whatever the target's is.")
  var enableOffloadCopy = false

  @Flag(help: "Allow no arithmetic that is faster for being a few units in the last place off.")
  var disableFastMath = false

  @Flag(help: "Try every kernel that the target has.")
  var exhaustiveTune = false

  @Option(help: "The device of the target, numbered from 0.")
  var deviceID = 0

  @Flag(help: .hidden)
  var fp16 = false

  @Flag(help: .hidden)
  var bf16 = false

  @Flag(help: .hidden)
  var int8 = false

  @Flag(help: .hidden)
  var fp8 = false

  @Flag(name: .customLong("int4-weights"), help: .hidden)
  var int4Weights = false

  func validate() throws {
    if gpu { throw ValidationError("The target 'gpu' is not available; '--cpu' and '--ref' are.") }
    if ref && cpu { throw ValidationError("Only one of --ref and --cpu can be.") }
    for (name, isAsked) in [
      ("fp16", fp16), ("bf16", bf16), ("int8", int8), ("fp8", fp8), ("int4-weights", int4Weights),
    ] where isAsked {
      throw ValidationError("--\(name) is not supported: this version doesn't quantise programs.")
    }
  }

  /// Compiles `model`, unless that has happened.
  ///
  /// - Throws: `ValidationError` when it has happened for another target.
  func compile(_ model: SavedProgram, _ passes: PassOptions) throws -> CompiledProgram {
    switch model {
    case .source(let program):
      Log.write("Compiling ...")
      return try timed("Compile", "Compiling") { try compile(program, passes.manager()) }
    case .compiled(let compiled):
      let name = compiled.target.name
      if ref && name != "ref" || cpu && name != "cpu" {
        throw ValidationError(
          "The model is compiled for the target '\(name)'; --strip-context compiles it again.")
      }
      return compiled
    }
  }

  /// Compiles `program`.
  func compile(_ program: Program, _ manager: PassManager) throws -> CompiledProgram {
    var options = CompileOptions()
    options.offloadCopy = enableOffloadCopy
    options.fastMath = !disableFastMath
    options.exhaustiveTune = exhaustiveTune
    options.deviceID = deviceID
    options.passManager = manager
    return try program.compiled(for: Targets.named(ref ? "ref" : "cpu"), options: options)
  }
}
