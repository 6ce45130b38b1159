import IR
import Tensors

/// What a result of an instruction takes in memory.
public enum ResultMemory: Hashable, Sendable {
  /// So many bytes of its own, which count as in a ``MemoryPlan``; 0 for what takes none or is there anyway.
  case own(byteCount: Int)
  /// That of another value, of which it is a view or into which it is written.
  case shared(Value)
}

extension Module {
  /// The instructions in an order in which their results need less memory, and wait less for their users.
  ///
  /// The order is the module's own unless another one is better: its peak is never higher. Parameters and literals
  /// stay first, the return last, and instructions that are not pure in their order. Takes time in proportion to
  /// n log n for n instructions and operands; equal modules get equal orders.
  ///
  /// - Parameter memory: what a result takes. Memory of values that share one block is needed from the first
  ///   instruction that makes one of them to the last one that uses one.
  public func scheduled(_ memory: (Value) -> ResultMemory) -> [InstructionID] {
    let order = order
    let movable = order.filter { self[$0].op != nil }
    let graph = ScheduleGraph(self, order, movable, memory)
    let best = graph.bestOrder()
    var result = order.filter { self[$0].op == nil && $0 != returnID }
    result.reserveCapacity(order.count)
    for index in best { result.append(movable[index]) }
    if let returnID { result.append(returnID) }
    return result
  }
}

extension ScheduleGraph {
  /// - Parameters:
  ///   - order: all instructions of `module`.
  ///   - movable: those that apply operators, which are the graph's nodes.
  fileprivate init(
    _ module: Module, _ order: [InstructionID], _ movable: [InstructionID],
    _ memory: (Value) -> ResultMemory
  ) {
    // Values are numbered through; those that share memory are one set.
    var bases: [InstructionID: Int] = [:]
    var values: [Value] = []
    for id in order {
      bases[id] = values.count
      for result in module[id].types.indices { values.append(Value(id, result: result)) }
    }
    func number(_ value: Value) -> Int? {
      guard module.contains(value), let base = bases[value.instruction] else { return nil }
      return base + value.result
    }
    var sets = DisjointSets(count: values.count)
    var ownSizes = Array(repeating: 0, count: values.count)
    // Sums of all sizes, rounded up, stay in range.
    let alignment = MemoryPlan.alignment
    let limit = (Int.max / (values.count + 1) / alignment - 1) * alignment
    for (index, value) in values.enumerated() {
      switch memory(value) {
      case .own(let byteCount):
        ownSizes[index] = (min(max(0, byteCount), limit) + alignment - 1) / alignment * alignment
      case .shared(let other):
        if let other = number(other) { sets.join(index, other) }
      }
    }
    var sizes = Array(repeating: 0, count: values.count)
    for index in values.indices {
      let root = sets.root(of: index)
      sizes[root] = max(sizes[root], ownSizes[index])
    }

    var nodes: [InstructionID: Int] = [:]
    for (index, id) in movable.enumerated() { nodes[id] = index }
    var predecessors: [[Int]] = []
    var buffers: [[Int]] = []
    var producedSizes: [Int] = []
    var lastImpure: Int?
    // Sizes that only running tells are known once the first instruction that has them in its results has run.
    var makers: [Symbol: Int] = [:]
    let known = order.filter { module[$0].op == nil }.reduce(into: Set<Symbol>()) { known, id in
      for type in module[id].types { known.formUnion(type.symbols) }
    }
    for (index, id) in movable.enumerated() {
      let instruction = module[id]
      var before = instruction.inputs.compactMap { nodes[$0.instruction] }.filter { $0 < index }
      for type in instruction.types {
        for symbol in type.symbols where !known.contains(symbol) {
          if let maker = makers[symbol], maker < index { before.append(maker) }
          if makers[symbol] == nil { makers[symbol] = index }
        }
      }
      if instruction.op?.isPure == false {
        if let lastImpure { before.append(lastImpure) }
        lastImpure = index
      }
      predecessors.append(before.sortedWithoutRepetition)
      let results = instruction.types.indices.map { Value(id, result: $0) }
      let touched = (instruction.inputs + results).compactMap(number)
      buffers.append(touched.map { sets.root(of: $0) }.sortedWithoutRepetition)
      producedSizes.append(results.compactMap(number).reduce(0) { $0 + ownSizes[$1] })
    }
    var given: [Int] = []
    for id in order where module[id].op == nil && module[id].types.count > 0 {
      given += module[id].types.indices.compactMap { number(Value(id, result: $0)) }
    }
    self.init(
      predecessors: Table(predecessors), buffers: Table(buffers), sizes: sizes,
      producedSizes: producedSizes,
      given: given.map { sets.root(of: $0) }.sortedWithoutRepetition,
      kept: module.results.compactMap(number).map { sets.root(of: $0) }.sortedWithoutRepetition)
  }
}

extension [Int] {
  fileprivate var sortedWithoutRepetition: [Int] {
    if count < 2 { return self }
    var result: [Int] = []
    for element in sorted() where element != result.last { result.append(element) }
    return result
  }
}

/// Sets of numbers, each of which is in one.
private struct DisjointSets {
  private var parents: [Int]

  /// Makes a set of each number below `count`.
  init(count: Int) { parents = Array(0..<count) }

  /// The number that stands for the set of `element`.
  mutating func root(of element: Int) -> Int {
    var element = element
    while parents[element] != element {
      parents[element] = parents[parents[element]]
      element = parents[element]
    }
    return element
  }

  /// Makes the sets of `a` and `b` one.
  mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (root(of: a), root(of: b))
    parents[max(a, b)] = min(a, b)
  }
}
