/// Places blocks in many orders and keeps the best offsets.
struct PlacementSearch {
  private enum Fit { case first, best }

  private let blocks: [Block]
  /// For each block the largest sum of sizes that are live at one time while it is.
  private let peaks: [Int]
  /// The neighbours of block `i`, those that are live while it is, are at `bounds[i]..<bounds[i + 1]`.
  private let bounds: [Int]
  private let neighbours: [Int32]
  private let goal: Int
  private(set) var best: Offsets

  /// The offsets of the placement under way; negative before a block is placed.
  private var offsets: [Int]
  private var taken: [Range<Int>] = []
  /// How many neighbours were looked at, and may be.
  private var work = 0
  private static let mostWork = 1_000_000
  /// After so many changes that made nothing better the local search takes one that makes it worse.
  private static let mostFailures = 60

  /// Takes blocks in the order of their first steps, the sums live at these, and a placement to start from.
  init(_ blocks: [Block], loads: [Int], best: Offsets, goal: Int) {
    self.blocks = blocks
    self.goal = goal
    self.best = best
    offsets = Array(repeating: -1, count: blocks.count)
    var peaks = loads
    var degrees = Array(repeating: 0, count: blocks.count)
    PlacementSearch.forEachPair(blocks) { a, b in
      degrees[a] += 1
      degrees[b] += 1
      peaks[a] = max(peaks[a], loads[b])
    }
    self.peaks = peaks
    var bounds = [0]
    bounds.reserveCapacity(blocks.count + 1)
    for degree in degrees { bounds.append(bounds[bounds.count - 1] + degree) }
    self.bounds = bounds
    var neighbours = Array(repeating: Int32(0), count: bounds[blocks.count])
    var free = bounds
    PlacementSearch.forEachPair(blocks) { a, b in
      neighbours[free[a]] = Int32(b)
      neighbours[free[b]] = Int32(a)
      free[a] += 1
      free[b] += 1
    }
    self.neighbours = neighbours
  }

  /// Visits each pair of blocks that are live at one time, the one that starts first in front.
  private static func forEachPair(_ blocks: [Block], _ body: (Int, Int) -> Void) {
    for a in blocks.indices {
      let last = blocks[a].last
      var b = a + 1
      while b < blocks.count, blocks[b].first <= last {
        body(a, b)
        b += 1
      }
    }
  }

  private var isDone: Bool { best.height <= goal || work >= PlacementSearch.mostWork }

  /// Tries orders that are good for most programs, then changes the best one.
  mutating func run() {
    let durations = blocks.map { Double($0.last) - Double($0.first) + 1 }
    let sizes = blocks.map { Double($0.size) }
    let areas = blocks.indices.map { sizes[$0] * durations[$0] }
    let peaks = peaks.map { Double($0) }
    for keys in [[sizes, durations], [areas], [peaks, sizes], [durations, sizes]] {
      let order = decreasing(keys)
      for fit in [Fit.first, .best] where !isDone { attempt(order, fit) }
    }
    improve()
  }

  /// The blocks, those with the largest keys first.
  private func decreasing(_ keys: [[Double]]) -> [Int32] {
    blocks.indices.sorted { a, b in
      for key in keys where key[a] != key[b] { return key[a] > key[b] }
      return a < b
    }.map { Int32($0) }
  }

  /// Places blocks in `order`; keeps what is better than the best.
  private mutating func attempt(_ order: [Int32], _ fit: Fit) {
    guard let height = place(order, fit, below: best.height) else { return }
    best = Offsets(offsets: offsets, height: height)
  }

  /// Places the blocks one after the other.
  ///
  /// - Returns: the height; nil when it is not below `limit`.
  private mutating func place(_ order: [Int32], _ fit: Fit, below limit: Int) -> Int? {
    for index in offsets.indices { offsets[index] = -1 }
    var height = 0
    for index in order {
      let index = Int(index)
      let size = blocks[index].size
      findTaken(by: index)
      var cursor = 0
      var smallest: Range<Int>?
      for range in taken {
        if range.lowerBound - cursor >= size {
          if fit == .first || range.lowerBound - cursor < smallest?.count ?? .max {
            smallest = cursor..<range.lowerBound
          }
          if fit == .first { break }
        }
        cursor = max(cursor, range.upperBound)
      }
      let offset = smallest?.lowerBound ?? cursor
      offsets[index] = offset
      height = max(height, offset + size)
      if height >= limit { return nil }
    }
    return height
  }

  /// Collects where the neighbours of `index` lie that have been placed, in the order of addresses.
  private mutating func findTaken(by index: Int) {
    taken.removeAll(keepingCapacity: true)
    let range = bounds[index]..<bounds[index + 1]
    work += range.count + 1
    for position in range {
      let other = Int(neighbours[position])
      let offset = offsets[other]
      if offset >= 0 { taken.append(offset..<offset + blocks[other].size) }
    }
    taken.sort { $0.lowerBound < $1.lowerBound }
  }

  // MARK: Local search

  /// Moves blocks that are in the way of the highest one to other places of the order.
  ///
  /// Any placement can be had by first fit in some order, namely that of its offsets.
  private mutating func improve() {
    guard !isDone else { return }
    var random = Random()
    let start = best.offsets
    var order = blocks.indices.sorted { (start[$0], $0) < (start[$1], $1) }.map { Int32($0) }
    guard var height = place(order, .first, below: best.height + 1) else { return }
    var current = offsets
    best = Offsets(offsets: current, height: height)
    var failures = 0
    while !isDone {
      let changed = change(order, current, height, &random)
      // Now and then it takes something worse to get away from where nothing is better.
      let isFree = failures >= PlacementSearch.mostFailures
      guard let found = place(changed, .first, below: isFree ? .max : height + 1) else {
        failures += 1
        continue
      }
      failures = found < height || isFree ? 0 : failures + 1
      (order, current, height) = (changed, offsets, found)
      if found < best.height { best = Offsets(offsets: offsets, height: found) }
    }
  }

  /// An order in which something under the highest block comes earlier.
  private func change(
    _ order: [Int32], _ offsets: [Int], _ height: Int, _ random: inout Random
  ) -> [Int32] {
    // From the highest block down, each block rests on the next.
    let highest = blocks.indices.filter { offsets[$0] + blocks[$0].size == height }
    var pile = [highest[random.next(below: highest.count)]]
    while let lowest = pile.last, offsets[lowest] > 0 {
      let below = neighbours[bounds[lowest]..<bounds[lowest + 1]].map { Int($0) }
        .filter { offsets[$0] + blocks[$0].size == offsets[lowest] }
      guard !below.isEmpty else { break }
      pile.append(below[random.next(below: below.count)])
    }
    let chosen = pile[random.next(below: pile.count)]
    var changed = order
    guard let position = changed.firstIndex(of: Int32(chosen)) else { return order }
    if random.next(below: 2) == 0 {
      changed.remove(at: position)
      changed.insert(Int32(chosen), at: random.next(below: position + 1))
    } else {
      let range = bounds[pile[0]]..<bounds[pile[0] + 1]
      guard !range.isEmpty else { return order }
      let other = neighbours[range.lowerBound + random.next(below: range.count)]
      guard let second = changed.firstIndex(of: other) else { return order }
      changed.swapAt(position, second)
    }
    return changed
  }
}

/// Numbers that are the same in every run.
private struct Random {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// A number from 0 up to `limit`.
  mutating func next(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(1, limit)))
  }
}
