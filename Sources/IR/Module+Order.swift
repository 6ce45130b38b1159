import Support
import Tensors

/// Positions tell in constant time which of two instructions runs first.
extension Module {
  /// The distance between neighbours; new instructions take room between them.
  private static let gap = 1 << 20
  /// The distance between parameters, literals and what follows, each of which grows at its end.
  private static let wideGap = 1 << 40

  /// Gives `id`, which has just been linked, a position between those of its neighbours.
  mutating func place(_ id: InstructionID) {
    let node = nodes[Int(id.index)]
    let next = node.next.map { nodes[Int($0.index)].position }
    let position: Int
    switch (node.previous, next) {
    case (nil, nil): position = 0
    case (nil, let next?): position = next - Module.wideGap
    case (let previous?, nil):
      position = nodes[Int(previous.index)].position + distance(from: previous, to: id)
    case (let previous?, let next?):
      // Room is taken from the left, since instructions mostly come one after the other.
      let start = nodes[Int(previous.index)].position
      let room = next - start
      guard room > 1 else { return renumber() }
      position = start + min(distance(from: previous, to: id), max(1, room / 16))
    }
    guard position.magnitude < 1 << 61 else { return renumber() }
    nodes[Int(id.index)].position = position
  }

  /// Makes the instructions run in `order`.
  ///
  /// - Parameter order: each instruction once, after its operands. Parameters and literals stay first, as they
  ///   were, and the return last.
  /// - Throws: `invalidProgram` when it is something else; the module is then as it was.
  public mutating func reorder(_ order: [InstructionID]) throws(MIGraphXError) {
    let start = self.order.filter { section(of: $0) < 2 }
    guard order.count == count, order.prefix(start.count) == start[...] else {
      throw MIGraphXError(
        .invalidProgram,
        "an order of the \(count) instructions of module '\(name)' must name each and begin with the "
          + "parameters and literals as they are")
    }
    var placed: Set<InstructionID> = []
    for (index, id) in order.enumerated() {
      let isLast = index == order.count - 1
      guard contains(id), isLast || id != returnID,
        self[id].inputs.allSatisfy({ placed.contains($0.instruction) }), placed.insert(id).inserted
      else {
        throw MIGraphXError(
          .invalidProgram,
          "instruction \(id.index) can't run as number \(index) of module '\(name)'")
      }
    }
    var previous: InstructionID?
    for id in order {
      nodes[Int(id.index)].previous = previous
      nodes[Int(id.index)].next = nil
      if let previous { nodes[Int(previous.index)].next = id }
      previous = id
    }
    first = order.first
    last = order.last
    renumber()
  }

  private mutating func renumber() {
    var position = 0
    var previous: InstructionID?
    for id in order {
      if let previous { position += distance(from: previous, to: id) }
      nodes[Int(id.index)].position = position
      previous = id
    }
  }

  private func distance(from a: InstructionID, to b: InstructionID) -> Int {
    section(of: a) == section(of: b) ? Module.gap : Module.wideGap
  }

  private func section(of id: InstructionID) -> Int {
    switch self[id].body {
    case .parameter: 0
    case .literal: 1
    case .apply: 2
    case .result: 3
    }
  }
}

/// Instructions that wait for something, taken out in the order in which they run.
struct InstructionQueue {
  private var heap: [InstructionID] = []
  private var members: Set<InstructionID> = []

  /// Adds `id` unless it waits already.
  mutating func insert(_ id: InstructionID, in module: Module) {
    guard members.insert(id).inserted else { return }
    heap.append(id)
    var child = heap.count - 1
    while child > 0, module.runs(heap[child], before: heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes out the one that runs first; nil if none waits.
  mutating func next(in module: Module) -> InstructionID? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    members.remove(first)
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && module.runs(heap[child], before: heap[least]) { least = child }
      if least == parent { return first }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}

extension [String] {
  /// The strings without those that came before.
  var withoutRepetition: [String] {
    if count < 2 { return self }
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
