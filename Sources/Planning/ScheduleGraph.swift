/// Lists of numbers, one per row, in one array.
struct Table {
  private var bounds: [Int] = [0]
  private var elements: [Int] = []

  init(_ rows: [[Int]]) {
    for row in rows {
      elements += row
      bounds.append(elements.count)
    }
  }

  /// The rows in which each number below `count` stands.
  func transposed(count: Int) -> Table {
    var rows: [[Int]] = Array(repeating: [], count: count)
    for row in 0..<self.count { for element in self[row] { rows[element].append(row) } }
    return Table(rows)
  }

  var count: Int { bounds.count - 1 }

  subscript(row: Int) -> ArraySlice<Int> { elements[bounds[row]..<bounds[row + 1]] }
}

/// What decides how much memory an order of steps needs.
///
/// A buffer is needed from the first step that touches it to the last. That is symmetric in time, so that an order
/// may also be found from its end.
struct ScheduleGraph {
  /// The steps before each step; these come earlier in the original order.
  let predecessors: Table
  let successors: Table
  /// The buffers that each step touches.
  let buffers: Table
  let sizes: [Int]
  /// The bytes of what each step makes.
  let producedSizes: [Int]
  /// The buffers that are there at the start, and those that stay at the end.
  let given: [Int]
  let kept: [Int]
  /// The steps that touch each buffer.
  private let touching: Table
  private let isReversed: Bool

  init(
    predecessors: Table, buffers: Table, sizes: [Int], producedSizes: [Int], given: [Int],
    kept: [Int]
  ) {
    self.init(
      predecessors: predecessors, successors: predecessors.transposed(count: predecessors.count),
      buffers: buffers, touching: buffers.transposed(count: sizes.count), sizes: sizes,
      producedSizes: producedSizes, given: given, kept: kept, isReversed: false)
  }

  private init(
    predecessors: Table, successors: Table, buffers: Table, touching: Table, sizes: [Int],
    producedSizes: [Int], given: [Int], kept: [Int], isReversed: Bool
  ) {
    self.predecessors = predecessors
    self.successors = successors
    self.buffers = buffers
    self.touching = touching
    self.sizes = sizes
    self.producedSizes = producedSizes
    self.given = given
    self.kept = kept
    self.isReversed = isReversed
  }

  /// The graph seen from its end.
  private var reversed: ScheduleGraph {
    ScheduleGraph(
      predecessors: successors, successors: predecessors, buffers: buffers, touching: touching,
      sizes: sizes, producedSizes: producedSizes, given: kept, kept: given,
      isReversed: !isReversed)
  }

  /// What an order costs: first the peak counts, then how long bytes wait.
  struct Cost: Comparable {
    let peak: Int
    let waiting: Double

    static func < (a: Cost, b: Cost) -> Bool { (a.peak, a.waiting) < (b.peak, b.waiting) }
  }

  /// The best order found; the original one unless another costs less.
  func bestOrder() -> [Int] {
    let original = Array(0..<predecessors.count)
    var best = (order: original, cost: cost(of: original))
    for rule in [Rule.least, .latest] {
      for order in [greedyOrder(rule), reversed.greedyOrder(rule).reversed()] {
        let cost = cost(of: order)
        if cost < best.cost { best = (order, cost) }
      }
    }
    let order = depthFirstOrder()
    return cost(of: order) < best.cost ? order : best.order
  }

  /// What is live while steps run.
  private struct State {
    /// How many steps that touch each buffer are still to come; one more for those that are kept.
    var remaining: [Int]
    var isLive: [Bool]

    init(_ graph: ScheduleGraph) {
      remaining = graph.sizes.indices.map { graph.touching[$0].count }
      isLive = Array(repeating: false, count: graph.sizes.count)
      for buffer in graph.given { isLive[buffer] = true }
      for buffer in graph.kept { remaining[buffer] += 1 }
    }
  }

  func cost(of order: [Int]) -> Cost {
    var state = State(self)
    var live = given.reduce(0) { $0 + sizes[$1] }
    var peak = live
    var waiting = 0.0
    for step in order {
      for buffer in buffers[step] where !state.isLive[buffer] {
        state.isLive[buffer] = true
        live += sizes[buffer]
      }
      peak = max(peak, live)
      waiting += Double(live)
      for buffer in buffers[step] {
        state.remaining[buffer] -= 1
        if state.remaining[buffer] == 0 { live -= sizes[buffer] }
      }
    }
    return Cost(peak: peak, waiting: waiting)
  }

  // MARK: Depth first

  /// Each step after what it needs, that first which needs the most memory on the way beyond what it leaves.
  ///
  /// For trees this is the best of all orders without interruption (Sethi and Ullman).
  private func depthFirstOrder() -> [Int] {
    let count = predecessors.count
    var needs: [Int] = []
    needs.reserveCapacity(count)
    var ordered: [[Int]] = []
    ordered.reserveCapacity(count + 1)
    // What each step needs beyond what it leaves.
    var surplus: [Int] = []
    surplus.reserveCapacity(count)
    func inOrder(_ steps: some Sequence<Int>) -> [Int] {
      steps.sorted { (-surplus[$0], $0) < (-surplus[$1], $1) }
    }
    for step in 0..<count {
      let before = inOrder(predecessors[step])
      var (held, need) = (0, 0)
      for other in before {
        need = max(need, held + needs[other])
        held += producedSizes[other]
      }
      needs.append(max(need, held + producedSizes[step]))
      surplus.append(needs[step] - producedSizes[step])
      ordered.append(before)
    }
    // The end needs what nothing else does.
    ordered.append(inOrder((0..<count).filter { successors[$0].isEmpty }))
    var order: [Int] = []
    order.reserveCapacity(count)
    var isEntered = Array(repeating: false, count: count)
    var path = [(step: count, next: 0)]
    while let (step, next) = path.last {
      if next < ordered[step].count {
        path[path.count - 1].next += 1
        let other = ordered[step][next]
        if !isEntered[other] {
          isEntered[other] = true
          path.append((other, 0))
        }
      } else {
        if step < count { order.append(step) }
        path.removeLast()
      }
    }
    return order
  }

  // MARK: Greedy

  /// Which of the steps that could run does.
  private enum Rule {
    /// The one after which the least memory is needed.
    case least
    /// The one that became ready last, after those that need no more memory.
    case latest
  }

  /// Takes step after step by `rule`.
  private func greedyOrder(_ rule: Rule) -> [Int] {
    let count = predecessors.count
    var state = State(self)
    var waitsFor = (0..<count).map { predecessors[$0].count }
    var readyAt: [Int?] = Array(repeating: nil, count: count)
    var keys: [Key?] = Array(repeating: nil, count: count)
    var queue = Heap()
    var order: [Int] = []
    order.reserveCapacity(count)

    func consider(_ step: Int) {
      guard let time = readyAt[step] else { return }
      var change = 0
      for buffer in buffers[step] {
        if !state.isLive[buffer] { change += sizes[buffer] }
        if state.remaining[buffer] == 1 { change -= sizes[buffer] }
      }
      let position = isReversed ? count - step : step
      let key =
        switch rule {
        case .least: Key(major: change, minor: -time, position: position, step: step)
        case .latest: Key(major: change > 0 ? 1 : 0, minor: -time, position: position, step: step)
        }
      if keys[step] == key { return }
      keys[step] = key
      queue.insert(key)
    }
    for step in 0..<count where waitsFor[step] == 0 {
      readyAt[step] = 0
      consider(step)
    }
    while let key = queue.removeLeast() {
      let step = key.step
      // Keys that have changed since are of no use.
      guard keys[step] == key, readyAt[step] != nil else { continue }
      readyAt[step] = nil
      order.append(step)
      for buffer in buffers[step] {
        let isNew = !state.isLive[buffer]
        state.isLive[buffer] = true
        state.remaining[buffer] -= 1
        if isNew || state.remaining[buffer] == 1 {
          for other in touching[buffer] { consider(other) }
        }
      }
      for next in successors[step] {
        waitsFor[next] -= 1
        if waitsFor[next] == 0 {
          readyAt[next] = order.count
          consider(next)
        }
      }
    }
    return order
  }
}

/// What decides which step runs; the least does.
private struct Key: Comparable {
  let major: Int
  let minor: Int
  /// In the original order, from the end at which this one begins.
  let position: Int
  let step: Int

  static func < (a: Key, b: Key) -> Bool {
    (a.major, a.minor, a.position) < (b.major, b.minor, b.position)
  }
}

/// Keys of which the least can be taken out.
private struct Heap {
  private var keys: [Key] = []

  mutating func insert(_ key: Key) {
    keys.append(key)
    var child = keys.count - 1
    while child > 0, keys[child] < keys[(child - 1) / 2] {
      keys.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeLeast() -> Key? {
    guard let least = keys.first, let last = keys.popLast() else { return nil }
    guard !keys.isEmpty else { return least }
    keys[0] = last
    var parent = 0
    while true {
      var first = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < keys.count && keys[child] < keys[first] { first = child }
      if first == parent { return least }
      keys.swapAt(parent, first)
      parent = first
    }
  }
}
