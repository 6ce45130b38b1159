import Archive
import IR
import Planning
import Support
import Tensors

/// A program that is ready to run. It doesn't change, and any number of threads may run it at once.
public struct CompiledProgram: Sendable {
  /// The program as it was before compilation, and its compiled form, as a file would hold them.
  let archive: ProgramArchive
  /// The compiled form.
  public let executable: any Executable
  /// What it was compiled for.
  public let target: any Target
  /// How it was compiled.
  public let options: CompileOptions
  private let literals: Set<ObjectIdentifier>
  private let selections: Selections

  init(
    archive: ProgramArchive, executable: any Executable, target: any Target,
    options: CompileOptions
  ) {
    self.archive = archive
    self.executable = executable
    self.target = target
    self.options = options
    literals = executable.program.main.literalStorages
    selections = Selections()
  }

  /// The program as it was before compilation. It is read from the file when the program was loaded.
  ///
  /// - Throws: `invalidFile` when the file is damaged.
  public func source() throws(MIGraphXError) -> Program { try archive.source() }

  /// The inputs' names and types in the model's order.
  public var inputs: [(name: String, type: ValueType)] { executable.program.inputs }

  /// The outputs' names and types in the model's order.
  public var outputs: [(name: String, type: ValueType)] { executable.program.outputs }

  /// The bytes that a run needs besides weights, inputs and outputs, at the maximum sizes.
  ///
  /// - Throws: `invalidShape` when a size has no maximum.
  public func memoryUsage() throws(MIGraphXError) -> Int { try executable.memoryUsage() }

  /// Where the values between inputs and outputs lie in a run at the maximum sizes; nil when the target doesn't
  /// plan that.
  ///
  /// - Throws: `invalidShape` when a size has no maximum.
  public func memoryPlan() throws(MIGraphXError) -> MemoryPlan? {
    try (executable as? any PlannedExecutable)?.memoryPlan()
  }

  /// Runs the program on values in the order of its inputs, and gives those in the order of its outputs.
  ///
  /// Results are the caller's own: no later run changes them, and writing to them changes nothing else.
  ///
  /// - Throws: `invalidArgument` or `invalidShape` when an input doesn't fit, and what operators throw.
  public func run(
    _ inputs: [RuntimeValue], observer: RunObserver? = nil
  ) throws(MIGraphXError) -> [RuntimeValue] {
    var ownership = Ownership(literals: literals, inputs: inputs)
    var observer = observer
    if let trace = EvaluationTrace(executable.program) {
      let given = observer
      observer = { (run) throws(MIGraphXError) in
        try trace.show(run)
        try given?(run)
      }
    }
    var results: [RuntimeValue] = []
    for result in try executable.run(inputs, observer: observer) {
      results.append(try ownership.own(result))
    }
    return results
  }

  /// Runs the program on tensors by name.
  ///
  /// - Parameters:
  ///   - inputs: one tensor for each input of the program.
  ///   - names: which tensors to give, in this order: outputs, or intermediate ones by the names that the model
  ///     gives them. The first run for other tensors than outputs compiles the program for these. All outputs
  ///     if nil.
  ///   - destinations: memory for tensors that are given, by their names; such results are views of it.
  ///   - observer: is told of each instruction of the main module.
  /// - Throws: `invalidArgument` for names that are missing or unknown, `invalidShape` for a destination of
  ///   another size, and see ``run(_:observer:)``.
  public func run(
    _ inputs: [String: Argument], outputs names: [String]? = nil,
    into destinations: [String: Argument] = [:], observer: RunObserver? = nil
  ) throws(MIGraphXError) -> [(name: String, value: Argument)] {
    let results = try run(
      values: inputs.mapValues { .tensor($0) }, outputs: names, into: destinations,
      observer: observer)
    var named: [(name: String, value: Argument)] = []
    for (name, result) in results {
      guard let argument = result.argument else {
        throw MIGraphXError(.unsupported, "output '\(name)' is no tensor")
      }
      named.append((name, argument))
    }
    return named
  }

  /// Runs the program on values by name, which may be sequences and optional values too.
  ///
  /// See ``run(_:outputs:into:observer:)``.
  public func run(
    values inputs: [String: RuntimeValue], outputs names: [String]? = nil,
    into destinations: [String: Argument] = [:], observer: RunObserver? = nil
  ) throws(MIGraphXError) -> [(name: String, value: RuntimeValue)] {
    let values = try ordered(inputs)
    let outputNames = outputs.map(\.name)
    let asked = names ?? outputNames
    for name in destinations.keys.sorted() where !asked.contains(name) {
      throw MIGraphXError(
        .invalidArgument, "a destination is given for '\(name)', which is no result of this run")
    }
    var results: [RuntimeValue] = []
    if asked.allSatisfy(outputNames.contains) {
      let all = try run(values, observer: observer)
      // A name that is asked for twice gets memory of its own each time.
      var ownership = Ownership(literals: [], inputs: [])
      for index in asked.compactMap({ outputNames.firstIndex(of: $0) }) {
        results.append(try ownership.own(all[index]))
      }
    } else {
      results = try selection(asked).run(values, observer: observer)
    }
    for index in results.indices {
      guard let destination = destinations[asked[index]] else { continue }
      let result = results[index]
      try trace("writing output '\(asked[index])' to its destination") { () throws(MIGraphXError) in
        guard let argument = result.argument else {
          throw MIGraphXError(.unsupported, "it is no tensor")
        }
        try destination.copyElements(from: argument)
      }
      results[index] = .tensor(destination)
    }
    return zip(asked, results).map { ($0, $1) }
  }

  /// The values in the order of the program's inputs.
  private func ordered(_ given: [String: RuntimeValue]) throws(MIGraphXError) -> [RuntimeValue] {
    let names = inputs.map(\.name)
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    if let unknown = given.keys.sorted().first(where: { !names.contains($0) }) {
      throw MIGraphXError(
        .invalidArgument, "the program has no input '\(unknown)'; its inputs are \(list)")
    }
    var values: [RuntimeValue] = []
    for name in names {
      guard let input = given[name] else {
        throw MIGraphXError(
          .invalidArgument, "Parameter not found: \(name); the inputs are \(list)")
      }
      values.append(input)
    }
    return values
  }

  /// The program compiled for the tensors with these names as outputs.
  private func selection(_ names: [String]) throws(MIGraphXError) -> CompiledProgram {
    if let known = selections[names] { return known }
    let compiled = try source().selecting(names).compiled(for: target, options: options)
    selections[names] = compiled
    return compiled
  }
}
