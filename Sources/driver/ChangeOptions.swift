import ArgumentParser
import IR
import MIGraphX
import Support

/// What is done to a program before it is printed or compiled.
struct ChangeOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Drop so many instructions from the end.", valueName: "count"))
  var trim = 0

  @Option(
    name: [.customShort("s"), .long],
    help: ArgumentHelp(
      "Keep only so many instructions before that; what they take from others become inputs.",
      valueName: "count"))
  var trimSize = 0

  @Flag(help: "Make an input of every literal.")
  var replaceLiterals = false

  @Flag(help: "Use the program of a .mxr file as it was before compilation.")
  var stripContext = false

  @Flag(help: .hidden)
  var mlir = false

  @OptionGroup var passes: PassOptions

  func validate() throws {
    for (name, value) in [("--trim", trim), ("--trim-size", trimSize)] where value < 0 {
      throw ValidationError("\(name) needs a number of at least 0, found \(value).")
    }
    if mlir { throw ValidationError("--mlir is not supported: there is no MLIR in this version.") }
  }

  /// Reads the model and changes it. A program that was compiled no longer is so when it changes.
  ///
  /// See ``ModelOptions/load(deviceID:makesValues:)``.
  func load(
    _ options: ModelOptions, deviceID: Int = 0, makesValues: Bool = false
  ) throws -> SavedProgram {
    let model = try options.load(deviceID: deviceID, makesValues: makesValues)
    let pipeline = try passes.pipeline
    guard stripContext || trim > 0 || trimSize > 0 || replaceLiterals || !pipeline.stages.isEmpty
    else { return model }
    var program = try model.source()
    if trim > 0 || trimSize > 0 {
      try program.main.trim(trim, keeping: trimSize > 0 ? trimSize : nil)
    }
    if replaceLiterals { try program.main.replaceLiterals() }
    if !pipeline.stages.isEmpty { try passes.manager().run(pipeline, on: &program) }
    return .source(program)
  }
}

extension Module {
  /// Ends the module `count` instructions earlier, with the results of what is last then.
  ///
  /// - Parameter size: how many instructions before that are kept; what they take from others becomes
  ///   parameters `x0`, `x1`, ... All if nil.
  /// - Throws: `invalidArgument` when nothing is left.
  mutating func trim(_ count: Int, keeping size: Int? = nil) throws(MIGraphXError) {
    let all = order
    let kept = Array(all.dropLast(count))
    let window = Set(kept.suffix(size ?? kept.count))
    guard let last = kept.last else {
      throw MIGraphXError(
        .invalidArgument, "module '\(name)' has \(all.count) instructions; none would be left")
    }
    if last != returnID {
      try replaceReturn(self[last].types.indices.map { Value(last, result: $0) })
    }
    try cut(keeping: window.union([returnID].compactMap { $0 }))
  }

  /// Makes parameters of the values that the instructions in `window` take from others, and drops those.
  private mutating func cut(keeping window: Set<InstructionID>) throws(MIGraphXError) {
    let outside = order.filter { !window.contains($0) }
    var number = 0
    for id in outside where self[id].literal == nil {
      for (index, type) in self[id].types.enumerated() {
        let value = Value(id, result: index)
        let users = users(of: id).filter { self[$0].inputs.contains(value) }
        guard users.contains(where: window.contains) else { continue }
        try replaceAllUses(of: value, with: addParameter("x\(number)", type))
        number += 1
      }
    }
    for id in outside.reversed() where isUnused(id) { remove(id) }
    let known = order.reduce(into: Set<Symbol>()) { symbols, id in
      for type in self[id].types { symbols.formUnion(type.symbols) }
    }
    removeGuards { !$0.left.symbols.union($0.right.symbols).isSubset(of: known) }
  }

  /// Makes a parameter `literal:0`, `literal:1`, ... of each literal.
  mutating func replaceLiterals() throws(MIGraphXError) {
    var number = 0
    for id in order {
      guard let literal = self[id].literal else { continue }
      try replaceAllUses(of: Value(id), with: addParameter("literal:\(number)", literal.shape))
      remove(id)
      number += 1
    }
  }
}
