import Support
import Tensors

/// A sequence of instructions in single static assignment form, from parameters to results.
///
/// A module is a value: copying it takes a snapshot. Keep no copy while the original is edited, or every edit
/// copies all of it. Edits check types as they go, so a module is well typed at any time.
public struct Module: Sendable {
  /// The module's name, which prefixes those of its instructions.
  public let name: String
  /// Equalities of sizes on which the program's shapes rely.
  public internal(set) var guards: [Guard] = []
  /// The pairs of sizes in ``guards``.
  var guarded: Set<SizePair> = []
  /// The parameters in the order in which they were added.
  public private(set) var parameters: [Value] = []
  /// The instruction that ends the module; nil before ``addReturn(_:names:)``.
  public private(set) var returnID: InstructionID?
  var nodes: [Node] = []
  /// The symbols of the parameters and those that inference made, by name.
  public internal(set) var symbols: [String: Symbol] = [:]
  /// Fresh symbols of instruction `n` are named after `freshBase + n`, above all numbers in use.
  var freshBase = 0
  private var parameterNames: Set<String> = []
  var first: InstructionID?
  var last: InstructionID?
  /// The last of the parameters, which stand first, and the last of the literals that follow them.
  private var lastParameter: InstructionID?
  private var lastLiteral: InstructionID?
  /// The number of instructions.
  public private(set) var count = 0

  struct Node: Sendable {
    var instruction: Instruction?
    var previous: InstructionID?
    var next: InstructionID?
    /// Increases along the order.
    var position: Int
    /// How often each instruction uses results of this one.
    var users: [InstructionID: Int] = [:]
  }

  /// Makes an empty module.
  public init(name: String = "main") { self.name = name }

  // MARK: Reading

  /// The instruction named `id`.
  ///
  /// - Precondition: it has not been removed.
  public subscript(id: InstructionID) -> Instruction {
    guard let instruction = nodes[Int(id.index)].instruction else {
      preconditionFailure("instruction \(id.index) of module '\(name)' was removed")
    }
    return instruction
  }

  /// Whether `id` names an instruction that has not been removed.
  public func contains(_ id: InstructionID) -> Bool {
    Int(id.index) < nodes.count && nodes[Int(id.index)].instruction != nil
  }

  /// Whether `value` is a result of an instruction that has not been removed.
  public func contains(_ value: Value) -> Bool {
    contains(value.instruction) && self[value.instruction].types.indices.contains(value.result)
  }

  /// The type of `value`.
  public func type(of value: Value) -> ValueType { self[value.instruction].types[value.result] }

  /// The shape of `value`; nil when it is no tensor.
  public func shape(of value: Value) -> Shape? { type(of: value).shape }

  /// What is known about the contents of `value`.
  public func contents(of value: Value) -> SymbolicContents? {
    self[value.instruction].contents[value.result]
  }

  /// The instructions in the order in which they run.
  public var order: [InstructionID] {
    var ids: [InstructionID] = []
    ids.reserveCapacity(count)
    var next = first
    while let id = next {
      ids.append(id)
      next = nodes[Int(id.index)].next
    }
    return ids
  }

  /// Whether `a` runs before `b`.
  public func runs(_ a: InstructionID, before b: InstructionID) -> Bool {
    nodes[Int(a.index)].position < nodes[Int(b.index)].position
  }

  /// The instruction that runs after `id`; nil for the last one.
  public func instruction(after id: InstructionID) -> InstructionID? { nodes[Int(id.index)].next }

  /// The instructions that use a result of `id`, each once, oldest first.
  public func users(of id: InstructionID) -> [InstructionID] {
    nodes[Int(id.index)].users.keys.sorted()
  }

  /// Whether nothing uses a result of `id`.
  public func isUnused(_ id: InstructionID) -> Bool { nodes[Int(id.index)].users.isEmpty }

  /// The values that the module returns.
  public var results: [Value] { returnID.map { self[$0].inputs } ?? [] }

  /// The names of the results; empty when they have none.
  public var resultNames: [String] {
    if let returnID, case .result(let names) = self[returnID].body { names } else { [] }
  }

  /// The name of parameter `value`.
  public func parameterName(_ value: Value) -> String {
    self[value.instruction].parameterName ?? ""
  }

  // MARK: Building

  /// Adds a parameter after those that exist, before all else.
  ///
  /// - Throws: `invalidProgram` when the name is taken or a symbol is known with another range, or what is
  ///   wrong with the type.
  @discardableResult
  public mutating func addParameter(
    _ name: String, _ type: ValueType
  ) throws(MIGraphXError) -> Value {
    guard !parameterNames.contains(name) else {
      throw MIGraphXError(
        .invalidProgram, "module '\(self.name)' has a parameter '\(name)' already")
    }
    let used = type.symbols
    try trace("adding parameter '\(name)'") { () throws(MIGraphXError) in
      try type.validate()
      for symbol in used.sorted() {
        guard let known = symbols[symbol.name], known != symbol else { continue }
        throw MIGraphXError(
          .invalidProgram,
          "symbol '\(symbol.name)' has range \(symbol.rangeText), it had \(known.rangeText) before")
      }
    }
    parameterNames.insert(name)
    let id = append(
      Instruction(
        body: .parameter(name), inputs: [], modules: [], types: [type], contents: [nil],
        debugSymbols: []), before: lastParameter.map { nodes[Int($0.index)].next } ?? first)
    parameters.append(Value(id))
    lastParameter = id
    for symbol in used { reserve(symbol) }
    return Value(id)
  }

  /// Adds a tensor parameter. See ``addParameter(_:_:)-(String,ValueType)``.
  @discardableResult
  public mutating func addParameter(_ name: String, _ shape: Shape) throws(MIGraphXError) -> Value {
    try addParameter(name, .tensor(shape))
  }

  /// Adds a literal after the parameters and the literals that exist.
  @discardableResult
  public mutating func addLiteral(_ literal: Literal, debugSymbols: [String] = []) -> Value {
    let id = append(
      Instruction(
        body: .literal(literal), inputs: [], modules: [], types: [.tensor(literal.shape)],
        contents: [SymbolicContents(literal)], debugSymbols: debugSymbols.withoutRepetition),
      before: (lastLiteral ?? lastParameter).map { nodes[Int($0.index)].next } ?? first)
    lastLiteral = id
    return Value(id)
  }

  /// Adds an instruction that applies `op`, at the end or before another one.
  ///
  /// - Parameters:
  ///   - inputs: values of instructions that run earlier.
  ///   - next: the instruction before which the new one stands; at the end, before the return, if nil.
  /// - Throws: what the operator's inference throws, with the operator in the trail; `invalidProgram` when
  ///   an input or `next` is not of this module.
  @discardableResult
  public mutating func add(
    _ op: any Operator, _ inputs: [Value], modules: [Module] = [], debugSymbols: [String] = [],
    before next: InstructionID? = nil
  ) throws(MIGraphXError) -> InstructionID {
    try add(op, inputs, modules: modules, debugSymbols: debugSymbols, before: next, number: nil)
  }

  /// Adds an instruction whose fresh symbols are named after `number`, by default one that is free.
  mutating func add(
    _ op: any Operator, _ inputs: [Value], modules: [Module], debugSymbols: [String],
    before next: InstructionID?, number: Int?
  ) throws(MIGraphXError) -> InstructionID {
    if let next, !contains(next) {
      throw MIGraphXError(.invalidProgram, "instruction \(next.index) is not in module '\(name)'")
    }
    try check(inputs)
    var instruction = Instruction(
      body: .apply(op), inputs: inputs, modules: modules, types: [], contents: [],
      debugSymbols: debugSymbols.withoutRepetition, number: number ?? freshBase + nodes.count)
    try infer(&instruction)
    return append(instruction, before: next ?? returnID)
  }

  /// Adds an instruction with one result. See ``add(_:_:modules:debugSymbols:before:)``.
  @discardableResult
  public mutating func add(
    _ op: some Operator, _ inputs: Value...
  ) throws(MIGraphXError) -> Value {
    Value(try add(op, inputs))
  }

  /// Ends the module; `names` are those of the results, or empty.
  ///
  /// - Throws: `invalidProgram` when the module has a return, or the names don't fit the values.
  public mutating func addReturn(
    _ values: [Value], names: [String] = []
  ) throws(MIGraphXError) {
    guard returnID == nil else {
      throw MIGraphXError(.invalidProgram, "module '\(name)' has a return already")
    }
    guard names.isEmpty || names.count == values.count else {
      throw MIGraphXError(
        .invalidProgram, "\(values.count) results have \(names.count) names; each needs one")
    }
    try check(values)
    returnID = append(
      Instruction(
        body: .result(names: names), inputs: values, modules: [], types: [], contents: [],
        debugSymbols: []), before: nil)
  }

  /// Ends the module with other values than so far, or ends it at all. See ``addReturn(_:names:)``.
  ///
  /// - Throws: `invalidProgram` when the names don't fit the values.
  public mutating func replaceReturn(
    _ values: [Value], names: [String] = []
  ) throws(MIGraphXError) {
    if let returnID { remove(returnID) }
    try addReturn(values, names: names)
  }

  // MARK: Editing

  /// Makes every instruction that uses `old` use `new`, and infers types again where they change.
  ///
  /// The instruction that makes `new` keeps using `old`.
  ///
  /// - Parameter exception: an instruction that keeps using `old` too.
  /// - Throws: what inference throws when the users don't accept the type of `new`; the module is then to be
  ///   discarded.
  public mutating func replaceAllUses(
    of old: Value, with new: Value, except exception: InstructionID? = nil
  ) throws(MIGraphXError) {
    guard old != new else { return }
    try check([old, new])
    let users = users(of: old.instruction)
      .filter {
        $0 != exception && $0 != new.instruction && self[$0].inputs.contains(old)
      }
    for user in users {
      var inputs = self[user].inputs
      for index in inputs.indices where inputs[index] == old { inputs[index] = new }
      setInputs(of: user, to: inputs)
    }
    if type(of: old) != type(of: new) || contents(of: old) != contents(of: new) {
      try inferAgain(users)
    }
  }

  /// Gives operand `index` of `user` another value, and infers types again where they change.
  ///
  /// - Throws: what inference throws when `user` doesn't accept the type of `value`.
  public mutating func setOperand(
    _ index: Int, of user: InstructionID, to value: Value
  ) throws(MIGraphXError) {
    var inputs = self[user].inputs
    guard inputs.indices.contains(index) else {
      throw MIGraphXError(
        .invalidProgram,
        "instruction '\(self[user].name)' has \(inputs.count) operands, not \(index)")
    }
    try check([value])
    inputs[index] = value
    setInputs(of: user, to: inputs)
    try inferAgain([user])
  }

  /// Removes guards that are no longer about anything in the module.
  public mutating func removeGuards(where isStale: (Guard) -> Bool) {
    let kept = guards.filter { !isStale($0) }
    guards = []
    putFirst(kept)
  }

  /// Replaces the operator and inputs of `id`, and infers its types and those of its users again.
  ///
  /// - Throws: what inference throws; the module is then to be discarded.
  public mutating func replace(
    _ id: InstructionID, with op: any Operator, _ inputs: [Value]
  ) throws(MIGraphXError) {
    guard contains(id), case .apply = self[id].body else {
      throw MIGraphXError(
        .invalidProgram, "only an instruction that applies an operator can be replaced")
    }
    try check(inputs)
    setInputs(of: id, to: inputs)
    nodes[Int(id.index)].instruction?.body = .apply(op)
    try inferAgain([id])
  }

  /// Removes `id`, which nothing may use.
  ///
  /// - Precondition: no instruction uses a result of `id`.
  public mutating func remove(_ id: InstructionID) {
    precondition(isUnused(id), "instruction \(id.index) is in use")
    setInputs(of: id, to: [])
    if let name = self[id].parameterName {
      parameterNames.remove(name)
      parameters.removeAll { $0.instruction == id }
    }
    let node = nodes[Int(id.index)]
    if let previous = node.previous {
      nodes[Int(previous.index)].next = node.next
    } else {
      first = node.next
    }
    if let next = node.next {
      nodes[Int(next.index)].previous = node.previous
    } else {
      last = node.previous
    }
    nodes[Int(id.index)].instruction = nil
    if returnID == id { returnID = nil }
    if lastParameter == id { lastParameter = parameters.last?.instruction }
    if lastLiteral == id {
      lastLiteral = node.previous.flatMap { self[$0].literal == nil ? nil : $0 }
    }
    count -= 1
  }

  /// Edits sub-module `index` of `id` in place.
  public mutating func editModule<Result>(
    _ index: Int, of id: InstructionID, _ edit: (inout Module) throws(MIGraphXError) -> Result
  ) throws(MIGraphXError) -> Result {
    guard var module = nodes[Int(id.index)].instruction?.modules[index] else {
      throw MIGraphXError(.invalidProgram, "instruction \(id.index) was removed")
    }
    nodes[Int(id.index)].instruction?.modules[index] = Module(name: module.name)
    defer { nodes[Int(id.index)].instruction?.modules[index] = module }
    return try edit(&module)
  }

  /// Adds the name of a node that `id` stems from.
  public mutating func addDebugSymbols(_ symbols: [String], to id: InstructionID) {
    let all = (self[id].debugSymbols + symbols).withoutRepetition
    nodes[Int(id.index)].instruction?.debugSymbols = all
  }

  /// Edits an instruction without keeping the module's rules, so that the verifier can be tested.
  package mutating func damage(_ id: InstructionID, _ edit: (inout Instruction) -> Void) {
    if var instruction = nodes[Int(id.index)].instruction {
      edit(&instruction)
      nodes[Int(id.index)].instruction = instruction
    }
  }

  /// Gives the results of `id` types that are at least as exact as those inferred.
  mutating func refineTypes(of id: InstructionID, to types: [ValueType]) {
    nodes[Int(id.index)].instruction?.types = types
  }

  private mutating func append(
    _ instruction: Instruction, before next: InstructionID?
  ) -> InstructionID {
    let id = InstructionID(index: UInt32(nodes.count))
    let previous = next.map { nodes[Int($0.index)].previous } ?? last
    nodes.append(Node(instruction: instruction, previous: previous, next: next, position: 0))
    if let previous { nodes[Int(previous.index)].next = id } else { first = id }
    if let next { nodes[Int(next.index)].previous = id } else { last = id }
    for input in instruction.inputs {
      nodes[Int(input.instruction.index)].users[id, default: 0] += 1
    }
    count += 1
    place(id)
    return id
  }

  private mutating func setInputs(of id: InstructionID, to inputs: [Value]) {
    for input in self[id].inputs {
      let owner = Int(input.instruction.index)
      let uses = nodes[owner].users[id, default: 0] - 1
      nodes[owner].users[id] = uses > 0 ? uses : nil
    }
    for input in inputs { nodes[Int(input.instruction.index)].users[id, default: 0] += 1 }
    nodes[Int(id.index)].instruction?.inputs = inputs
  }
}
