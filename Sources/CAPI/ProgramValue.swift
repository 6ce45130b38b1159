import IR
import MIGraphX
import Support
import Tensors

/// A program that a caller reads, builds, compiles and runs.
struct ProgramValue: HandleValue {
  static let typeName = "program"

  /// The main module: as it was built, or as it was compiled.
  var main: Box<ModuleDraft>
  /// The modules that were made for sub-modules, by name.
  var modules: [String: Box<ModuleDraft>] = [:]
  var metadata: [(key: String, value: String)] = []
  var tensors: [String: Value] = [:]
  /// The compiled form; nil before compilation.
  var compiled: CompiledProgram?
  private var inputRanges: [String: [DimensionRange]] = [:]

  init(_ program: Program = Program()) {
    main = Box(ModuleDraft(module: program.main, isInner: false))
    metadata = program.metadata
    tensors = program.tensors
    inputRanges = program.inputRanges
  }

  var assigned: ProgramValue {
    var copy = self
    copy.main = Box(main.value)
    return copy
  }

  /// The program as it was built, before compilation. One without a return gives its last instruction.
  func source() throws(MIGraphXError) -> Program {
    if let compiled { return try compiled.source() }
    var program = current
    if program.main.returnID == nil, let last = program.main.order.last {
      try program.main.addReturn(program.main[last].types.indices.map { Value(last, result: $0) })
    }
    return program
  }

  /// The program as it is now.
  var current: Program {
    if let compiled { return compiled.executable.program }
    let draft = main.value
    return Program(
      main: draft.module, metadata: metadata, tensors: tensors,
      inputRanges: inputRanges.merging(draft.ranges) { $1 })
  }

  /// The compiled form.
  ///
  /// - Throws: `invalidProgram` before compilation.
  func executable() throws(MIGraphXError) -> CompiledProgram {
    guard let compiled else {
      throw MIGraphXError(.invalidProgram, "the program is not compiled: compile it before it runs")
    }
    return compiled
  }

  /// A program from a file.
  init(_ saved: SavedProgram) throws(MIGraphXError) {
    switch saved {
    case .source(let program): self.init(program)
    case .compiled(let compiled):
      self.init()
      try keep(compiled)
    }
  }

  /// The bytes of a file that holds the program as it is.
  func archived(_ options: SaveOptions) throws(MIGraphXError) -> [UInt8] {
    if let compiled { return try compiled.archived(options: options) }
    return try current.archived(options: options)
  }

  /// Saves the program as it is.
  func save(to path: String, _ options: SaveOptions) throws(MIGraphXError) {
    if let compiled {
      try compiled.save(to: path, options: options)
    } else {
      try current.save(to: path, options: options)
    }
  }

  /// Keeps the compiled form; the main module becomes that of the target, and doesn't change any more.
  mutating func keep(_ compiled: CompiledProgram) throws(MIGraphXError) {
    self.compiled = compiled
    try main.update {
      $0 = ModuleDraft(
        module: compiled.executable.program.main, isInner: false, seal: "the program is compiled")
    }
  }

  /// The inputs by name.
  func inputs() throws(MIGraphXError) -> NamedShapes { visible(try shown().inputs) }

  /// The outputs by name.
  func outputs() throws(MIGraphXError) -> NamedShapes { visible(try shown().outputs) }

  /// The program whose inputs and outputs callers see.
  private func shown() throws(MIGraphXError) -> Program {
    if let compiled { return compiled.executable.program }
    return try source()
  }

  /// The types as shapes: axes of several sizes as ranges if ranges were asked for, else at their maximum.
  private func visible(_ values: [(name: String, type: ValueType)]) -> NamedShapes {
    let ranges = current.inputRanges
    return NamedShapes(
      entries: values.map { name, type in
        guard let shape = type.shape else { return (name, TensorShape(type)) }
        if let given = ranges[name], given.contains(where: { !$0.isFixed }) {
          return (name, TensorShape(shape.elementType, given))
        }
        return (name, TensorShape(ranges.isEmpty ? shape.atMaximum : shape))
      })
  }

  /// Runs the program for tensors. See ``runValues(_:outputs:observer:)``.
  ///
  /// - Throws: `unsupported` for an output that is none, and what running throws.
  func run(
    _ given: [String: RuntimeValue], outputs names: [String]? = nil, observer: RunObserver? = nil
  ) throws(MIGraphXError) -> [Argument] {
    var arguments: [Argument] = []
    for (name, value) in try runValues(given, outputs: names, observer: observer) {
      guard let argument = value.argument else {
        throw MIGraphXError(
          .unsupported, "output '\(name)' is no tensor: migraphx_program_run_values gives it")
      }
      arguments.append(argument)
    }
    return arguments
  }

  /// Runs the program.
  ///
  /// Parameters that are no inputs are left out, but for tensors under the names of outputs: when results are
  /// not copied to the host, they are written there.
  func runValues(
    _ given: [String: RuntimeValue], outputs names: [String]? = nil, observer: RunObserver? = nil
  ) throws(MIGraphXError) -> [(name: String, value: RuntimeValue)] {
    let compiled = try executable()
    var inputs: [String: RuntimeValue] = [:]
    for (name, type) in compiled.inputs {
      guard let value = given[name] else { continue }
      inputs[name] = try trace("input '\(name)'") { () throws(MIGraphXError) in
        try value.fitted(to: type)
      }
    }
    var destinations: [String: Argument] = [:]
    if !compiled.options.offloadCopy {
      for name in names ?? compiled.outputs.map(\.name) where inputs[name] == nil {
        destinations[name] = given[name]?.argument
      }
    }
    return try compiled.run(
      values: inputs, outputs: names, into: destinations, observer: observer)
  }

  /// Whether the programs print the same and have the same literals.
  ///
  /// - Throws: `invalidFile` when literals are of a damaged file.
  func isEqual(to other: ProgramValue) throws(MIGraphXError) -> Bool {
    let (first, second) = (current, other.current)
    try first.verifyLiterals()
    try second.verifyLiterals()
    return first.text() == second.text() && first.main.literals == second.main.literals
  }
}

extension Module {
  /// The literals of the module and its sub-modules, in order.
  fileprivate var literals: [Literal] {
    order.flatMap { id in
      (self[id].literal.map { [$0] } ?? []) + self[id].modules.flatMap(\.literals)
    }
  }
}

/// What programs are compiled for.
struct TargetValue: HandleValue {
  static let typeName = "target"
  var target: any Target
}

/// Where a compiled program runs. Targets have no queues yet.
struct ContextValue: HandleValue {
  static let typeName = "context"
}

/// What a callback learns about one instruction.
struct TraceInfo: HandleValue {
  static let typeName = "trace_info"
  var index = 0
  var name = ""
  var result: Argument?
}
