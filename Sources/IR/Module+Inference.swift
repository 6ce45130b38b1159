import Support
import Tensors

/// Two sizes, in either order.
struct SizePair: Hashable, Sendable {
  let left: Dimension
  let right: Dimension

  static func == (a: SizePair, b: SizePair) -> Bool {
    (a.left == b.left && a.right == b.right) || (a.left == b.right && a.right == b.left)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(left.hashValue ^ right.hashValue)
  }
}

extension Module {
  /// Checks that `values` are results of instructions of this module.
  func check(_ values: [Value]) throws(MIGraphXError) {
    for value in values {
      guard contains(value.instruction) else {
        throw MIGraphXError(
          .invalidProgram,
          "instruction \(value.instruction.index) is not in module '\(name)'")
      }
      let count = self[value.instruction].types.count
      guard value.result >= 0, value.result < count else {
        throw MIGraphXError(
          .invalidProgram,
          "instruction '\(self[value.instruction].name)' has \(count) results, none with number "
            + "\(value.result)")
      }
    }
  }

  /// Infers the instruction's types from its operands.
  ///
  /// Fresh symbols are named after the instruction's number, so that inferring again names them alike.
  mutating func infer(_ instruction: inout Instruction) throws(MIGraphXError) {
    guard case .apply(let op) = instruction.body else { return }
    try check(instruction.inputs)
    let source = instruction.debugSymbols.first.map { "node '\($0)'" } ?? "operator '\(op.name)'"
    var context = InferenceContext(
      operandContents: instruction.inputs.map { contents(of: $0) }, modules: instruction.modules,
      origin: source, symbolPrefix: freshPrefix(instruction.number))
    let operands = instruction.inputs.map { type(of: $0) }
    do throws(MIGraphXError) {
      var types = try op.inferTypes(operands, in: &context)
      for index in types.indices {
        try types[index].validate()
        types[index] = types[index].limitingComplexity(in: &context)
      }
      instruction.types = types
    } catch {
      let list = operands.map { "(\($0))" }.joined(separator: ", ")
      throw error.during("inferring \(op.text) of \(list)")
    }
    for symbol in context.freshSymbols { symbols[symbol.name] = symbol }
    instruction.contents = instruction.types.indices.map { context.resultContents[$0] }
    for item in context.guards { record(item) }
  }

  /// Demands that two sizes are equal: decided now if possible, recorded as a guard if not.
  ///
  /// - Parameters:
  ///   - origin: names what needs the equality when a run finds it violated.
  ///   - what: says in the error what the sizes belong to.
  /// - Throws: `invalidShape` when they can't be equal.
  public mutating func require(
    _ a: Dimension, equals b: Dimension, origin: String, _ what: String
  ) throws(MIGraphXError) {
    var context = InferenceContext(operandContents: [], origin: origin, symbolPrefix: "")
    try context.require(a, equals: b, what)
    for item in context.guards { record(item) }
  }

  /// Adds a guard unless there is one on the same sizes.
  mutating func record(_ item: Guard) {
    if guarded.insert(SizePair(left: item.left, right: item.right)).inserted {
      guards.append(item)
    }
  }

  /// Puts `items` first and keeps the other guards behind them.
  mutating func putFirst(_ items: [Guard]) {
    let others = guards
    guards = []
    guarded = []
    for item in items + others { record(item) }
  }

  /// Infers the types of `ids` again, and of everything downstream for which that changes something.
  ///
  /// Instructions are visited in the order in which they run: all operands of one are up to date by then.
  mutating func inferAgain(_ ids: [InstructionID]) throws(MIGraphXError) {
    var queue = InstructionQueue()
    for id in ids { queue.insert(id, in: self) }
    while let id = queue.next(in: self) {
      var instruction = self[id]
      guard case .apply = instruction.body else { continue }
      let (types, contents) = (instruction.types, instruction.contents)
      try infer(&instruction)
      nodes[Int(id.index)].instruction = instruction
      for (old, new) in zip(types, instruction.types) { keepSymbols(of: old, in: new, id) }
      if instruction.types != types || instruction.contents != contents {
        for user in users(of: id) { queue.insert(user, in: self) }
      }
    }
  }

  /// Says what the symbols are that `id` made and gave its result's sizes, where inference now knows more:
  /// other instructions may still speak of them.
  private mutating func keepSymbols(of old: ValueType, in new: ValueType, _ id: InstructionID) {
    guard let old = old.shape?.dimensions, let new = new.shape?.dimensions else { return }
    let number = self[id].number
    for (size, known) in zip(old, new) where size != known {
      guard let symbol = size.symbol, self.number(ofSymbolNamed: symbol.name) == number else {
        continue
      }
      record(Guard(size, equals: known, origin: "operator '\(self[id].name)'"))
    }
  }

  // MARK: Fresh symbols

  private func freshPrefix(_ number: Int) -> String { "\(name):d\(number)." }

  /// The number of the instruction after which a fresh symbol of this module is named; nil for other names.
  func number(ofSymbolNamed symbol: String) -> Int? {
    let prefix = "\(name):d"
    guard symbol.hasPrefix(prefix) else { return nil }
    let digits = symbol.dropFirst(prefix.count).prefix { $0 != "." }
    return Int(digits).flatMap { $0 >= 0 && $0 <= UInt32.max ? $0 : nil }
  }

  /// Adds a symbol from outside, and keeps its name from being made again.
  mutating func reserve(_ symbol: Symbol) {
    symbols[symbol.name] = symbol
    if let number = number(ofSymbolNamed: symbol.name) {
      freshBase = max(freshBase, number + 1)
    }
  }
}
