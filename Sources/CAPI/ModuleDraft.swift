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
    let op = try operation.made()
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

/// An operator with its attributes, or the choice of one result of an instruction.
enum OperationValue: HandleValue {
  case apply(any Operator)
  case element(Int)

  static let typeName = "operation"

  /// The operator `name` with attributes in JSON.
  init(_ name: String, json: String?) throws(MIGraphXError) {
    var fields: [AttributeValue.Field] = []
    if let json, !json.isEmpty {
      guard case .object(let given) = try AttributeValue(relaxedJSON: json) else {
        throw MIGraphXError(.invalidArgument, "attributes must be an object, found \(json)")
      }
      fields = given
    }
    if name == "get_tuple_elem" {
      guard fields.count == 1, fields[0].name == "index", case .int(let index) = fields[0].value
      else {
        throw MIGraphXError(.invalidArgument, "get_tuple_elem needs the attribute index, a number")
      }
      self = .element(index)
    } else {
      self = .apply(try CustomOperators.shared.registry.make(name, fields))
    }
  }

  var name: String {
    switch self {
    case .apply(let op): op.name
    case .element: "get_tuple_elem"
    }
  }

  /// - Throws: what reading the attributes throws.
  func attributes() throws(MIGraphXError) -> AttributeValue {
    switch self {
    case .apply(let op): .object(try op.attributes)
    case .element(let index): .object([.init("index", .int(index))])
    }
  }

  /// The operator of an instruction.
  func made() throws(MIGraphXError) -> any Operator {
    guard case .apply(let op) = self else {
      throw MIGraphXError(.invalidProgram, "get_tuple_elem makes no instruction")
    }
    return op
  }
}
