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
  /// The ranges that were given for inputs; axes of several sizes then show as ranges, not as maxima.
  var ranges: [String: [DimensionRange]] = [:]
  var showsRanges = false

  init(_ program: Program = Program()) {
    main = Box(ModuleDraft(module: program.main, isInner: false))
    metadata = program.metadata
    tensors = program.tensors
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
    compiled?.executable.program
      ?? Program(main: main.value.module, metadata: metadata, tensors: tensors)
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
    // A maximum alone leaves the minimum at 0; a range seldom does.
    showsRanges = current.symbols.contains { $0.minimum > 0 }
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
  func inputs() throws(MIGraphXError) -> NamedShapes {
    if let compiled { return NamedShapes(entries: visible(compiled.inputs)) }
    return NamedShapes(entries: visible(try source().inputs))
  }

  /// The outputs by name.
  func outputs() throws(MIGraphXError) -> NamedShapes {
    if let compiled { return NamedShapes(entries: visible(compiled.outputs)) }
    return NamedShapes(entries: visible(try source().outputs))
  }

  private func visible(
    _ values: [(name: String, type: ValueType)]
  ) -> [(name: String, shape: TensorShape)] {
    values.compactMap { name, type in
      guard let shape = type.shape else { return nil }
      if let given = ranges[name], given.contains(where: { !$0.isFixed }) {
        return (name, TensorShape(shape.elementType, given))
      }
      return (name, TensorShape(showsRanges ? shape : shape.atMaximum))
    }
  }

  /// Runs the program.
  ///
  /// Parameters that are no inputs are left out, but for tensors under the names of outputs: when results are
  /// not copied to the host, they are written there.
  func run(
    _ given: [String: Argument], outputs names: [String]? = nil, observer: RunObserver? = nil
  ) throws(MIGraphXError) -> [Argument] {
    let compiled = try executable()
    var inputs: [String: Argument] = [:]
    for (name, type) in compiled.inputs {
      if let argument = given[name] { inputs[name] = try argument.fitted(to: type) }
    }
    var destinations: [String: Argument] = [:]
    if !compiled.options.offloadCopy {
      for name in names ?? compiled.outputs.map(\.name) where inputs[name] == nil {
        destinations[name] = given[name]
      }
    }
    return try compiled.run(inputs, outputs: names, into: destinations, observer: observer)
      .map(\.value)
  }

  /// Whether the programs print the same and have the same literals.
  func isEqual(to other: ProgramValue) -> Bool {
    let (first, second) = (current, other.current)
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

extension Argument {
  /// This tensor; one of one element as the input wants it, with an axis or without.
  fileprivate func fitted(to type: ValueType) throws(MIGraphXError) -> Argument {
    guard let rank = type.shape?.rank, rank != self.rank, max(rank, self.rank) == 1,
      elementCount == 1
    else { return self }
    return try rank == 0 ? view(lens: [], strides: []) : view(lens: [1], strides: [1])
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
