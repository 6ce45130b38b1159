import IR
import Support
import Tensors

extension Module {
  /// Removes what no result needs and what has no effect, in sub-modules too. Parameters stay.
  ///
  /// An instruction whose result sizes only running will tell is needed while a size or an attribute of
  /// another one names the symbol that it makes. Guards about symbols whose makers are gone go too.
  ///
  /// - Returns: the number of instructions removed.
  @discardableResult
  public mutating func removeDeadCode() -> Int {
    var removed = 0
    for id in order {
      for index in self[id].modules.indices {
        // Removing dead code throws nothing; the closure's type is what `editModule` asks for.
        let count = try? editModule(index, of: id) { (module) throws(MIGraphXError) in
          module.removeDeadCode()
        }
        removed += count ?? 0
      }
    }
    let isLive = liveInstructions()
    for id in order.reversed() where !isLive.contains(id) {
      remove(id)
      removed += 1
    }
    removeStaleGuards()
    return removed
  }

  private func liveInstructions() -> Set<InstructionID> {
    let makers = symbolMakers
    var live: Set<InstructionID> = []
    var pending: [InstructionID] = []
    func need(_ id: InstructionID) { if live.insert(id).inserted { pending.append(id) } }
    for id in order where !self[id].isRemovable { need(id) }
    while let id = pending.popLast() {
      let instruction = self[id]
      for input in instruction.inputs { need(input.instruction) }
      if makers.isEmpty { continue }
      for name in instruction.symbolNames { if let maker = makers[name] { need(maker) } }
    }
    return live
  }

  /// The first instruction whose type names each symbol that no parameter has.
  private var symbolMakers: [String: InstructionID] {
    let known = parameterSymbols
    var makers: [String: InstructionID] = [:]
    for id in order where self[id].op != nil {
      for type in self[id].types {
        for symbol in type.symbols where !known.contains(symbol) && makers[symbol.name] == nil {
          makers[symbol.name] = id
        }
      }
    }
    return makers
  }

  private mutating func removeStaleGuards() {
    if guards.isEmpty { return }
    var known: Set<Symbol> = []
    for id in order { for type in self[id].types { known.formUnion(type.symbols) } }
    let made = symbols
    func isStale(_ item: Guard, _ isKnown: (Symbol) -> Bool) -> Bool {
      item.left.symbols.union(item.right.symbols)
        .contains { made[$0.name] != nil && !isKnown($0) }
    }
    guard guards.contains(where: { isStale($0, known.contains) }) else { return }
    // Attributes may name a symbol that a guard alone gives a value.
    let named = order.reduce(into: Set<String>()) { $0.formUnion(self[$1].symbolNames) }
    removeGuards { isStale($0) { named.contains($0.name) } }
  }
}

extension Module {
  /// The names of all symbols in types, attributes, sub-modules and guards.
  fileprivate var symbolNames: Set<String> {
    order.reduce(into: guardedNames) { $0.formUnion(self[$1].symbolNames) }
  }

  /// The names of the symbols in guards.
  var guardedNames: Set<String> {
    guards.reduce(into: []) { names, item in
      names.formUnion(item.left.symbols.union(item.right.symbols).map(\.name))
    }
  }
}

extension Instruction {
  /// The names of all symbols in types, attributes and sub-modules.
  fileprivate var symbolNames: Set<String> {
    namedSymbols.union(types.flatMap { $0.symbols.map(\.name) })
  }

  /// The names of all symbols in attributes and sub-modules.
  var namedSymbols: Set<String> {
    var names: Set<String> = []
    for field in (try? op?.attributes) ?? [] { field.value.collectSymbolNames(into: &names) }
    for module in modules { names.formUnion(module.symbolNames) }
    return names
  }
}

extension AttributeValue {
  fileprivate func collectSymbolNames(into names: inout Set<String>) {
    switch self {
    case .expression(let text):
      _ = try? Dimension.parse(text) { name in
        names.insert(name)
        return Symbol(name)
      }
    case .array(let values): for value in values { value.collectSymbolNames(into: &names) }
    case .object(let fields): for field in fields { field.value.collectSymbolNames(into: &names) }
    default: break
    }
  }
}
