import IR
import MIGraphX
import Support
import Tensors

/// Compares what a program gives when it is evaluated plainly and when it is compiled.
struct Verification {
  let program: Program
  let values: [RuntimeValue]
  let comparison: Comparison
  /// Whether plain evaluation is in double precision.
  let usesDouble: Bool
  /// Compiles a program with at most so many rewrites, and tells how many there were.
  let compile: (Program, _ limit: Int?) throws -> (program: CompiledProgram, rewrites: Int)

  /// Compares the outputs.
  ///
  /// - Parameter bisects: prints the first instruction and the first rewrite with which some differ.
  /// - Returns: the names of those that differ.
  func whole(bisects: Bool) throws -> [String] {
    let expected = try timed("Reference run", "Running plainly") {
      try evaluate(program, values)
    }
    let found = try timed("Target run", "Compiling and running") { try results(program) }
    guard expected.count == found.results.count else {
      throw MIGraphXError(
        .invalidArgument,
        "\(expected.count) outputs are compared with \(found.results.count)")
    }
    let failures = compare(expected, found.results)
    if bisects && !failures.isEmpty {
      let ends = ends
      let first = try firstFailure(upTo: ends.count - 1) {
        try !check(endingAfter: ends[$0]).isEmpty
      }
      if ends.indices.contains(first) {
        print("Failure starts at: \(position(of: ends[first]))")
        print(program.main.line(for: ends[first], names: program.main.instructionNames))
      }
      if try compare(expected, results(program, limit: 0).results, isLogged: false).isEmpty {
        let rewrite = try firstFailure(upTo: found.rewrites) {
          try !compare(expected, results(program, limit: $0).results, isLogged: false).isEmpty
        }
        print("Failure starts at rewrite: \(rewrite)")
      }
    }
    return failures
  }

  /// Compares the programs that end after each instruction, and prints how many instructions they have.
  ///
  /// - Returns: the last instructions of those that differ.
  func eachEnd() throws -> [String] {
    try Progress.showing("Comparing") { say in
      var failures: [String] = []
      for (number, end) in ends.enumerated() {
        say("Comparing program \(number + 1) of \(ends.count)")
        print("Verify: \(position(of: end) + 1)")
        let differences = try check(endingAfter: end)
        differences.forEach { Log.write($0, .error) }
        if !differences.isEmpty { failures.append(program.main.instructionNames[end] ?? "") }
      }
      return failures
    }
  }

  /// Compares what each instruction gives on the values that it gets in a plain run.
  ///
  /// - Returns: the instructions that differ.
  func eachInstruction() throws -> [String] {
    let main = program.main
    let names = main.instructionNames
    var known: [InstructionID: [RuntimeValue]] = [:]
    for (parameter, value) in zip(main.parameters, values) {
      known[parameter.instruction] = [value]
    }
    _ = try timed("Reference run", "Running plainly") {
      try ReferenceTarget().compile(program).run(values) { (run) throws(MIGraphXError) in
        known[run.id] = try run.results
      }
    }
    return try Progress.showing("Comparing") { say in
      var failures: [String] = []
      for end in ends {
        say("Comparing \(names[end] ?? "")")
        guard let single = try singleInstruction(end, known) else {
          Log.write("Skipped: \(names[end] ?? ""), whose types depend on its operands", .warn)
          continue
        }
        let expected = try evaluate(single.program, single.values)
        let found = try compile(single.program, nil).program.run(single.values)
        let differences = zip(expected, found).flatMap { expected, found in
          comparison.differences(names[end] ?? "", expected, found)
        }
        differences.forEach { Log.write($0, .error) }
        if !differences.isEmpty { failures.append(names[end] ?? "") }
      }
      return failures
    }
  }

  /// The instructions that apply operators, in order.
  private var ends: [InstructionID] { program.main.order.filter { program.main[$0].op != nil } }

  private func position(of id: InstructionID) -> Int { program.main.order.firstIndex(of: id) ?? 0 }

  /// A program of one instruction whose operands are literals as in the program, or else inputs with their values;
  /// nil if the operator doesn't accept them without knowing what they hold.
  private func singleInstruction(
    _ id: InstructionID, _ known: [InstructionID: [RuntimeValue]]
  ) throws(MIGraphXError) -> (program: Program, values: [RuntimeValue])? {
    let instruction = program.main[id]
    guard let op = instruction.op else { return nil }
    var module = Module()
    var operands: [Value] = []
    var values: [RuntimeValue] = []
    for (index, input) in instruction.inputs.enumerated() {
      if let literal = program.main[input.instruction].literal {
        operands.append(module.addLiteral(literal))
      } else if let value = known[input.instruction]?[input.result], let argument = value.argument {
        operands.append(try module.addParameter("x\(index)", argument.shape))
        values.append(value)
      } else {
        return nil
      }
    }
    guard let made = try? module.add(op, operands, modules: instruction.modules),
      module[made].types.allSatisfy(\.symbols.isEmpty)
    else { return nil }
    try module.addReturn(instruction.types.indices.map { Value(made, result: $0) })
    return (Program(main: module), values)
  }

  /// What differs between results of the program that ends after `end`.
  private func check(endingAfter end: InstructionID) throws -> [String] {
    var ended = program
    let results = program.main[end].types.indices.map { Value(end, result: $0) }
    let name = program.main.instructionNames[end] ?? ""
    try ended.main.replaceReturn(results, names: results.map { "\(name):\($0.result)" })
    let expected = try evaluate(ended, values)
    let found = try self.results(ended).results
    return zip(expected, found).flatMap { comparison.differences(name, $0, $1) }
  }

  private func evaluate(
    _ program: Program, _ values: [RuntimeValue]
  ) throws -> [RuntimeValue] {
    let program = usesDouble ? try program.inDoublePrecision() : program
    return try ReferenceTarget().compile(program).run(values)
  }

  private func results(
    _ program: Program, limit: Int? = nil
  ) throws -> (results: [RuntimeValue], rewrites: Int) {
    let compiled = try compile(program, limit)
    return (try compiled.program.run(values), compiled.rewrites)
  }

  /// - Returns: the names of the outputs that differ.
  private func compare(
    _ expected: [RuntimeValue], _ found: [RuntimeValue], isLogged: Bool = true
  ) -> [String] {
    var failures: [String] = []
    for (index, output) in program.outputs.enumerated() {
      let lines = comparison.differences(output.name, expected[index], found[index])
      if isLogged { lines.forEach { Log.write($0, .error) } }
      if !lines.isEmpty { failures.append("output '\(output.name)'") }
    }
    return failures
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
