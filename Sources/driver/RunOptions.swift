import ArgumentParser
import IR
import MIGraphX
import Support

/// What a command needs that compiles a model and runs it.
struct RunOptions: ParsableArguments {
  @OptionGroup var model: ModelOptions
  @OptionGroup var changes: ChangeOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var inputs: InputOptions

  /// Reads and compiles the model, and makes values for its inputs.
  ///
  /// - Parameter check: what can go wrong with the program before it is compiled.
  func prepare(
    check: (Program) throws -> Void = { _ in }
  ) throws -> (program: CompiledProgram, values: [RuntimeValue]) {
    let given = try inputs.read()
    model.announce(onOutput: false)
    let program = try timed("Parse", "Reading") {
      try changes.load(model, deviceID: target.deviceID, makesValues: true)
    }
    try check(program.current)
    let values = try inputs.values(
      for: program.current, given, openSizes: model.openSizes(), defaultSize: model.batch)
    return (try target.compile(program, changes.passes), values)
  }
}
