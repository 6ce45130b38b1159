import IR
import Support
import Tensors

/// Edits a module in single rewrites, each of which replaces one instruction by a value that equals it.
///
/// The rewriter owns the module while it works, so that edits are made in place. Don't keep a copy of
/// ``module`` across an edit: that would make the edit copy all of it.
public struct Rewriter: ~Copyable {
  /// The module as it stands.
  public private(set) var module: Module
  /// Counts rewrites.
  public private(set) var context: PassContext
  /// The instruction that is being rewritten; new ones are inserted before it.
  private var root: InstructionID?
  /// What the rewrite under way has inserted.
  private var inserted: [InstructionID] = []
  private let parameterSymbols: Set<Symbol>

  init(_ module: consuming Module, _ context: PassContext) {
    parameterSymbols = module.parameterSymbols
    self.module = module
    self.context = context
  }

  // MARK: Matching

  /// The instruction that makes `value`, if its operator is an `Op` and its only result a tensor.
  public subscript<Op: Operator>(value: Value, as _: Op.Type = Op.self) -> Node<Op>? {
    self[value.instruction, as: Op.self]
  }

  /// The instruction `id`, if its operator is an `Op` and its only result a tensor.
  public subscript<Op: Operator>(id: InstructionID, as _: Op.Type = Op.self) -> Node<Op>? {
    let instruction = module[id]
    guard let op = instruction.op as? Op, instruction.types.count == 1,
      let shape = instruction.types[0].shape
    else { return nil }
    return Node(op: op, value: Value(id), inputs: instruction.inputs, shape: shape)
  }

  /// The shape of `value`; nil when it is no tensor.
  public func shape(of value: Value) -> Shape? { module.shape(of: value) }

  /// The literal that `value` is; nil for others.
  public func literal(_ value: Value) -> Literal? { module[value.instruction].literal }

  /// Whether exactly one operand of one instruction is `value`.
  public func isUsedOnce(_ value: Value) -> Bool {
    let users = module.users(of: value.instruction)
    return users.count == 1 && module[users[0]].inputs.count { $0 == value } == 1
  }

  /// Whether the module returns `value`.
  public func isResult(_ value: Value) -> Bool { module.results.contains(value) }

  // MARK: Building

  /// Adds an instruction with one result before the one that is being rewritten.
  ///
  /// - Throws: what the operator's inference throws.
  public mutating func insert(_ op: any Operator, _ inputs: Value...) throws(MIGraphXError) -> Value
  {
    try insert(op, inputs)
  }

  /// Adds an instruction with one result before the one that is being rewritten.
  ///
  /// - Throws: what the operator's inference throws.
  public mutating func insert(_ op: any Operator, _ inputs: [Value]) throws(MIGraphXError) -> Value
  {
    Value(try insertInstruction(op, inputs))
  }

  /// Adds an instruction with any number of results before the one that is being rewritten.
  ///
  /// - Parameter debugSymbols: by default those of the one that is being rewritten.
  /// - Throws: what the operator's inference throws.
  public mutating func insertInstruction(
    _ op: any Operator, _ inputs: [Value], modules: [Module] = [], debugSymbols: [String]? = nil
  ) throws(MIGraphXError) -> InstructionID {
    let symbols = debugSymbols ?? root.map { module[$0].debugSymbols } ?? []
    let id = try module.add(op, inputs, modules: modules, debugSymbols: symbols, before: root)
    inserted.append(id)
    return id
  }

  /// Demands what a guard of another module demands.
  mutating func require(_ item: Guard) throws(MIGraphXError) {
    try module.require(item.left, equals: item.right, origin: item.origin, "a size")
  }

  /// Adds a literal.
  public mutating func insert(_ literal: Literal) -> Value {
    let symbols = root.map { module[$0].debugSymbols } ?? []
    let value = module.addLiteral(literal, debugSymbols: symbols)
    inserted.append(value.instruction)
    return value
  }

  // MARK: Rewriting

  /// Makes one rewrite: replaces `id`, which has one result, by the value that `body` gives.
  ///
  /// See ``rewriteResults(_:_:)``.
  @discardableResult
  public mutating func rewrite(
    _ id: InstructionID, _ body: (inout Rewriter) throws(MIGraphXError) -> Value?
  ) throws(MIGraphXError) -> [InstructionID]? {
    try rewriteResults(id) { (rewriter) throws(MIGraphXError) in
      try body(&rewriter).map { [$0] }
    }
  }

  /// Makes one rewrite: replaces the results of `id` by the values that `body` gives, one for each.
  ///
  /// What is inserted meanwhile inherits the debug symbols of `id`, and the values those of all that becomes
  /// unused. A result of the module that is standard stays so: a rewrite that would change that isn't made.
  ///
  /// - Parameter body: gives the values, or nil to change nothing.
  /// - Returns: the inserted instructions if the rewrite was made, else nil.
  /// - Throws: what `body` throws; `invalidProgram` if a value has another type.
  @discardableResult
  public mutating func rewriteResults(
    _ id: InstructionID, _ body: (inout Rewriter) throws(MIGraphXError) -> [Value]?
  ) throws(MIGraphXError) -> [InstructionID]? {
    // What is kept only for the symbols that it makes has been replaced already.
    guard context.mayRewrite, !module.isUnused(id) else { return nil }
    root = id
    inserted = []
    defer { root = nil }
    let results = module[id].types.indices.map { Value(id, result: $0) }
    guard let new = try body(&self), !new.contains(where: { $0.instruction == id }),
      zip(results, new).allSatisfy({ keepsResults($0, $1) })
    else {
      for id in inserted.reversed() where module.isUnused(id) { module.remove(id) }
      return nil
    }
    for (index, old) in results.enumerated() {
      guard new.indices.contains(index),
        module.type(of: new[index]).isCompatible(with: module.type(of: old))
      else {
        let types = new.map { "(\(module.type(of: $0)))" }.joined(separator: ", ")
        throw MIGraphXError(
          .invalidProgram, "a value of type (\(module.type(of: old))) would become \(types)")
      }
    }
    for (old, new) in zip(results, new) { try module.replaceAllUses(of: old, with: new) }
    let heir = new.first.map(\.instruction)
    removeUnused(id, heir: heir.flatMap { inserted.contains($0) ? $0 : nil })
    context.countRewrite()
    return inserted.filter { module.contains($0) }
  }

  /// Makes one rewrite: uses the results of `original`, an earlier instruction, in place of those of `id`.
  ///
  /// - Returns: whether the rewrite was made.
  /// - Throws: `invalidProgram` if a result has another type.
  @discardableResult
  public mutating func merge(
    _ id: InstructionID, into original: InstructionID
  ) throws(MIGraphXError) -> Bool {
    guard context.mayRewrite, !module.isUnused(id) else { return false }
    for (index, type) in module[id].types.enumerated() {
      guard module[original].types[index].isCompatible(with: type) else {
        throw MIGraphXError(
          .invalidProgram,
          "a value of type (\(type)) would become (\(module[original].types[index]))")
      }
      try module.replaceAllUses(of: Value(id, result: index), with: Value(original, result: index))
    }
    module.addDebugSymbols(module[id].debugSymbols, to: original)
    removeUnused(id, heir: nil)
    context.countRewrite()
    return true
  }

  /// Makes one rewrite that gives operand `index` of `user` another value.
  ///
  /// - Parameter body: gives the value, or nil to change nothing; inserts before `user`.
  /// - Returns: whether the rewrite was made.
  @discardableResult
  public mutating func rewriteOperand(
    _ index: Int, of user: InstructionID, _ body: (inout Rewriter) throws(MIGraphXError) -> Value?
  ) throws(MIGraphXError) -> Bool {
    guard context.mayRewrite else { return false }
    root = user
    inserted = []
    defer { root = nil }
    guard let new = try body(&self), new != module[user].inputs[index] else { return false }
    try module.setOperand(index, of: user, to: new)
    context.countRewrite()
    return true
  }

  private func keepsResults(_ old: Value, _ new: Value) -> Bool {
    guard module.results.contains(old), let shape = module.shape(of: old) else { return true }
    return !shape.isStandard || module.shape(of: new)?.isStandard ?? true
  }

  /// Removes `id` and all that only it used. Makers of symbols stay: attributes may name those.
  private mutating func removeUnused(_ id: InstructionID, heir: InstructionID?) {
    var pending = [id]
    while let id = pending.popLast() {
      guard module.contains(id), module.isUnused(id), module[id].isRemovable,
        module[id].types.allSatisfy({ $0.symbols.isSubset(of: parameterSymbols) })
      else { continue }
      if let heir { module.addDebugSymbols(module[id].debugSymbols, to: heir) }
      let inputs = module[id].inputs
      module.remove(id)
      pending += inputs.reversed().map(\.instruction)
    }
  }
}

extension Module {
  /// Lends the module to a rewriter while `body` runs.
  ///
  /// - Throws: what `body` throws. The module is then to be discarded.
  public mutating func rewrite<Result>(
    _ context: inout PassContext,
    _ body: (inout Rewriter) throws(MIGraphXError) -> Result
  ) throws(MIGraphXError) -> Result {
    var rewriter = Rewriter(self, context)
    // The rewriter must be the only owner, or its first edit copies the module.
    self = Module(name: name)
    defer {
      self = rewriter.module
      context = rewriter.context
    }
    return try body(&rewriter)
  }

  /// The symbols of the parameters' types.
  var parameterSymbols: Set<Symbol> {
    parameters.reduce(into: []) { $0.formUnion(type(of: $1).symbols) }
  }
}

extension Instruction {
  /// Whether the instruction may go when nothing uses it.
  var isRemovable: Bool {
    switch body {
    case .literal: true
    case .apply(let op): op.isPure
    case .parameter, .result: false
    }
  }
}
