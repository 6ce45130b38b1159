import Archive
import IR
import MIGraphX
import Operators
import Support

/// A model that was read: as it was made, and as it was compiled if that has happened.
struct LoadedModel {
  /// The program as it was before compilation.
  var program: Program
  /// The compiled form that its file holds.
  var compiled: CompiledProgram?

  init(program: Program) { self.program = program }

  /// Reads a `.mxr` file.
  init(archive path: String) throws(MIGraphXError) {
    let archive = try ProgramArchive(
      contentsOf: path, ArchiveReading(registry: OperatorRegistry.standard))
    program = try archive.source()
    guard let part = try archive.compiled() else { return }
    var options = CompileOptions()
    options.offloadCopy = part.options.offloadCopy
    options.fastMath = part.options.fastMath
    options.exhaustiveTune = part.options.exhaustiveTune
    options.deviceID = part.options.deviceID
    options.optimizes = part.options.optimizes
    compiled = try program.compiled(for: Targets.named(part.target), options: options)
  }

  /// The program as it would run.
  var current: Program { compiled?.executable.program ?? program }
}
