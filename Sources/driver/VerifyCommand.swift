import ArgumentParser
import IR
import MIGraphX
import Support
import Tensors

/// Checks that what a target runs gives the results of plain evaluation.
struct VerifyCommand: LoggingCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Run a model plainly and as it is compiled, and compare the results.",
    discussion: """
      Results must agree in type and sizes, and their root-mean-square difference, relative to the \
      largest value, must be small. With --atol or --rtol each element is compared as well. The exit code is 1 \
      when results differ.
      """)

  @OptionGroup var model: ModelOptions
  @OptionGroup var changes: ChangeOptions
  @OptionGroup var target: TargetOptions
  @OptionGroup var inputs: InputOptions
  @OptionGroup var log: LogOptions

  @Option(
    help: "The largest relative root-mean-square difference; 0.001, or 0.08 with 16-bit types.")
  var rmsTol: Double?

  @Option(help: "The largest difference of elements; 0.001, or 0.04 with 16-bit types.")
  var atol: Double?

  @Option(help: "What is added to it for each unit of the expected value; the same defaults.")
  var rtol: Double?

  @Flag(
    name: [.customShort("i"), .long],
    help: "Compare what each instruction gives by itself, on the values that it really gets.")
  var perInstruction = false

  @Flag(
    name: .shortAndLong, help: "Compare the programs that end after each of the instructions.")
  var reduce = false

  @Flag(
    name: .shortAndLong,
    help: "If results differ, find the first instruction and the first rewrite with which they do.")
  var bisect = false

  @Flag(help: "Evaluate plainly in double precision.")
  var refUseDouble = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Compare with what a compiled .mxr file gives.", valueName: "file"))
  var compiledModel: String?

  @Flag(name: .shortAndLong, help: "Don't print the program.")
  var quiet = false

  func validate() throws {
    for (name, value) in [("--rms-tol", rmsTol), ("--atol", atol), ("--rtol", rtol)] {
      if let value, !(value >= 0) {
        throw ValidationError("\(name) needs a number of at least 0, found \(value).")
      }
    }
    guard [perInstruction, reduce, bisect].count(where: { $0 }) <= 1 else {
      throw ValidationError("Only one of --per-instruction, --reduce and --bisect can be.")
    }
    if compiledModel != nil && (perInstruction || reduce || bisect) {
      throw ValidationError("A compiled model can only be compared as a whole.")
    }
  }

  func run() throws {
    let given = try inputs.read()
    model.announce(onOutput: false)
    let program = try timed("Parse", "Reading") {
      try changes.load(model, makesValues: true).source()
    }
    var compiled: CompiledProgram?
    if let compiledModel { compiled = try CompiledProgram(contentsOf: compiledModel) }
    if !quiet { print(program.text(model.textOptions), terminator: "") }
    let verification = Verification(
      program: program,
      values: try inputs.values(
        for: program, given, openSizes: model.openSizes(), defaultSize: model.batch),
      comparison: Comparison(program, rms: rmsTol, absolute: atol, relative: rtol),
      usesDouble: refUseDouble,
      compile: { program, limit in
        if let compiled { return (compiled, 0) }
        let rewrites = RewriteCount()
        let manager = try changes.passes.manager(limit: limit) { rewrites.set($0.rewrites) }
        return (try target.compile(program, manager), rewrites.value)
      })
    let failures =
      if perInstruction {
        try verification.eachInstruction()
      } else if reduce {
        try verification.eachEnd()
      } else {
        try verification.whole(bisects: bisect)
      }
    guard failures.isEmpty else {
      throw VerificationFailure(
        description: "verification failed for \(failures.joined(separator: ", "))")
    }
    Log.write("MIGraphX verification passed successfully.")
  }
}

/// How many rewrites passes made.
private final class RewriteCount: Sendable {
  private let count = Locked(0)
  var value: Int { count.withLock { $0 } }
  func set(_ value: Int) { count.withLock { $0 = value } }
}

/// Says that results differ.
struct VerificationFailure: Error, CustomStringConvertible {
  let description: String
}
