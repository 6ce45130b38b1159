import IR
import MIGraphX
import Support
import Tensors

/// A module that a caller builds.
struct ModuleDraft: HandleValue {
  static let typeName = "module"
  /// Modules may be nested this deeply; files hold no deeper ones.
  static let maximumDepth = 30

  var module: Module
  /// The parameters that stand for values of other modules, in order, and those values.
  var captures: [(parameter: Value, outer: InstructionValue)] = []
  /// Whether the module is to be a sub-module, which may use values of the modules around it.
  var isInner = true
  /// How many levels of sub-modules it has.
  var depth = 0
  /// Why the module doesn't change any more; nil while it does.
  var seal: String?
  /// The main module of the program that it was made for; nil for that module itself.
  var enclosing: Box<ModuleDraft>?
  /// The ranges that were given for the axes of parameters, by name.
  var ranges: [String: [DimensionRange]] = [:]

  /// The module as programs print it.
  var text: String { Program(main: module).text() }

  /// - Throws: `invalidProgram` when the module doesn't change any more.
  func checkOpen() throws(MIGraphXError) {
    if let seal {
      throw MIGraphXError(.invalidProgram, "module '\(module.name)' can't be changed: \(seal)")
    }
  }

  /// The value here that stands for `instruction`, which may be one of another module.
  mutating func resolve(
    _ instruction: InstructionValue, in own: Box<ModuleDraft>, _ type: ValueType
  ) throws(MIGraphXError) -> Value {
    if instruction.draft === own {
      guard module.contains(instruction.value.instruction) else {
        throw MIGraphXError(.invalidProgram, "an argument was removed from module '\(module.name)'")
      }
      return instruction.value
    }
    if let known = captures.first(where: { $0.outer.isSame(as: instruction) }) {
      return known.parameter
    }
    guard isInner else {
      throw MIGraphXError(
        .invalidProgram,
        "an argument is of another module than '\(module.name)', which has none around")
    }
    let parameter = try module.addParameter("captured:\(captures.count)", type)
    captures.append((parameter, instruction))
    return parameter
  }
}

/// A module of which there may be several handles.
struct ModuleReference: HandleValue {
  static let typeName = "module"
  let draft: Box<ModuleDraft>
}

/// One result of an instruction in a module.
struct InstructionValue: HandleValue {
  static let typeName = "instruction"

  let draft: Box<ModuleDraft>
  let value: Value

  func isSame(as other: InstructionValue) -> Bool {
    draft === other.draft && value == other.value
  }

  /// The module, and the instruction in it.
  ///
  /// - Throws: `invalidProgram` when compilation or a caller removed the instruction.
  func found() throws(MIGraphXError) -> (module: Module, instruction: Instruction) {
    let module = draft.value.module
    guard module.contains(value.instruction) else {
      throw MIGraphXError(
        .invalidProgram, "the instruction is not in module '\(module.name)' any more")
    }
    return (module, module[value.instruction])
  }

  /// The type of the result.
  func type() throws(MIGraphXError) -> ValueType {
    let (module, instruction) = try found()
    return instruction.types.indices.contains(value.result)
      ? module.type(of: value) : .tuple(instruction.types)
  }
}

extension Box where Value == ModuleDraft {
  /// Adds an instruction. Operands of other modules become parameters that capture them.
  func add(
    _ operation: OperationValue, _ operands: [InstructionValue], modules: [Box<ModuleDraft>] = []
  ) throws(MIGraphXError) -> InstructionValue {
    if case .element(let index) = operation { return try element(index, of: operands) }
    var operands = operands
    var submodules: [Module] = []
    var depth = 0
    for (index, draft) in modules.enumerated() {
      guard draft !== self, !modules[..<index].contains(where: { $0 === draft }) else {
        throw MIGraphXError(.invalidProgram, "a module can be a sub-module once, and not its own")
      }
      let copy = draft.value
      try copy.checkOpen()
      depth = max(depth, copy.depth + 1)
      submodules.append(copy.module)
      operands += copy.captures.map(\.outer)
    }
    guard depth <= ModuleDraft.maximumDepth else {
      throw MIGraphXError(.limitExceeded, "modules are nested more than \(depth - 1) deep")
    }
    let op = try operation.made(with: symbols(operands))
    let (types, inner, level) = (try operands.types(), submodules, depth)
    let uses = Array(zip(operands, types))
    func edit(_ draft: inout ModuleDraft) throws(MIGraphXError) -> InstructionID {
      try draft.checkOpen()
      var inputs: [IR.Value] = []
      for (operand, type) in uses { inputs.append(try draft.resolve(operand, in: self, type)) }
      draft.depth = max(draft.depth, level)
      return try draft.module.add(op, inputs, modules: inner)
    }
    let id: InstructionID
    if op is CustomOperator {
      // A client's code may look at the module while it is asked for the shape: it sees the old one.
      var edited = value
      id = try edit(&edited)
      let finished = edited
      try update { $0 = finished }
    } else {
      id = try update(edit)
    }
    for draft in modules {
      try draft.update { $0.seal = "an instruction has it as its sub-module" }
    }
    return InstructionValue(draft: self, value: IR.Value(id))
  }

  /// The symbols that sizes here may name: those of this module, of the main one, and of `operands`.
  func symbols(_ operands: [InstructionValue] = []) throws(MIGraphXError) -> [String: Symbol] {
    let draft = value
    var symbols = draft.enclosing?.value.module.symbols ?? [:]
    for type in try operands.types() {
      for symbol in type.symbols { symbols[symbol.name] = symbol }
    }
    return symbols.merging(draft.module.symbols) { $1 }
  }

  /// The result that `get_tuple_elem` picks.
  private func element(
    _ index: Int, of operands: [InstructionValue]
  ) throws(MIGraphXError) -> InstructionValue {
    guard operands.count == 1 else {
      throw MIGraphXError(.invalidShape, "get_tuple_elem needs 1 input, found \(operands.count)")
    }
    let count = try operands[0].found().instruction.types.count
    guard (0..<count).contains(index) else {
      throw MIGraphXError(
        .invalidArgument, "get_tuple_elem needs an index below \(count), found \(index)")
    }
    return InstructionValue(
      draft: operands[0].draft, value: IR.Value(operands[0].value.instruction, result: index))
  }

  /// Ends the module with these results, in place of others if `replacing`.
  func addReturn(
    _ operands: [InstructionValue], replacing: Bool = false
  ) throws(MIGraphXError) -> InstructionValue {
    let types = try operands.types()
    let id = try update { (draft) throws(MIGraphXError) in
      try draft.checkOpen()
      var values: [IR.Value] = []
      for (operand, type) in zip(operands, types) {
        values.append(try draft.resolve(operand, in: self, type))
      }
      if replacing {
        try draft.module.replaceReturn(values)
      } else {
        try draft.module.addReturn(values)
      }
      return draft.module.returnID
    }
    guard let id else { throw MIGraphXError(.invalidProgram, "the module has no return") }
    return InstructionValue(draft: self, value: IR.Value(id))
  }
}

extension [InstructionValue] {
  /// The types of the values.
  func types() throws(MIGraphXError) -> [ValueType] {
    var types: [ValueType] = []
    for instruction in self { types.append(try instruction.type()) }
    return types
  }
}
