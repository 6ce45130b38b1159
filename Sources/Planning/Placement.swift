/// Offsets for blocks such that none overlap in both time and space, with a small height.
///
/// The problem is NP-hard; what real programs need is almost always found by one of a few orders of first or best
/// fit, and otherwise by a local search. Work is counted, not timed, so that equal blocks get equal offsets.
struct Placement {
  /// For each block its distance from 0.
  private(set) var offsets: [Int]
  /// The end of the block that ends last.
  private(set) var height: Int
  /// The largest sum of sizes that are live at one time.
  let lowerBound: Int

  /// Above so many pairs of blocks that are live together, blocks are only placed in the order of time.
  private static let mostPairs = 1 << 20

  init(_ blocks: [Block]) {
    // Blocks of no size lie anywhere.
    let indices = blocks.indices.filter { blocks[$0].size > 0 }
      .sorted { (blocks[$0].first, $0) < (blocks[$1].first, $1) }
    let sorted = indices.map { blocks[$0] }
    let load = Load(sorted)
    lowerBound = load.largest
    var best = placeInTime(sorted)
    if best.height > lowerBound, load.pairCount <= Placement.mostPairs {
      var search = PlacementSearch(sorted, loads: load.atStarts, best: best, goal: lowerBound)
      search.run()
      best = search.best
    }
    height = best.height
    offsets = Array(repeating: 0, count: blocks.count)
    for (position, index) in indices.enumerated() { offsets[index] = best.offsets[position] }
  }
}

/// Offsets and where the last block ends.
struct Offsets {
  var offsets: [Int]
  var height: Int
}

/// What is live when.
private struct Load {
  /// For each block the sum of sizes that are live at its first step.
  private(set) var atStarts: [Int] = []
  private(set) var largest = 0
  /// The number of pairs of blocks that are live at one time.
  private(set) var pairCount = 0

  /// Takes blocks in the order of their first steps.
  init(_ blocks: [Block]) {
    let ends = blocks.indices.sorted { (blocks[$0].last, $0) < (blocks[$1].last, $1) }
    var (ended, count, sum) = (0, 0, 0)
    atStarts.reserveCapacity(blocks.count)
    while atStarts.count < blocks.count {
      let step = blocks[atStarts.count].first
      while blocks[ends[ended]].last < step {
        sum -= blocks[ends[ended]].size
        count -= 1
        ended += 1
      }
      var next = atStarts.count
      while next < blocks.count, blocks[next].first == step {
        pairCount += count
        count += 1
        sum += blocks[next].size
        next += 1
      }
      while atStarts.count < next { atStarts.append(sum) }
      largest = max(largest, sum)
    }
  }
}

/// Places blocks one after the other as time passes, each in the smallest gap that takes it.
private func placeInTime(_ blocks: [Block]) -> Offsets {
  var result = Offsets(offsets: Array(repeating: 0, count: blocks.count), height: 0)
  let ends = blocks.indices.sorted { (blocks[$0].last, $0) < (blocks[$1].last, $1) }
  var ended = 0
  // In the order of addresses; neighbours never touch.
  var gaps: [Range<Int>] = []
  for (index, block) in blocks.enumerated() {
    while blocks[ends[ended]].last < block.first {
      let offset = result.offsets[ends[ended]]
      gaps.insert(gap: offset..<offset + blocks[ends[ended]].size)
      ended += 1
    }
    let fitting = gaps.indices.filter { gaps[$0].count >= block.size }
    if let gap = fitting.min(by: { gaps[$0].count < gaps[$1].count }) {
      let start = gaps[gap].lowerBound
      result.offsets[index] = start
      gaps[gap] = start + block.size..<gaps[gap].upperBound
      if gaps[gap].isEmpty { gaps.remove(at: gap) }
    } else {
      // What is free at the top grows.
      var start = result.height
      if let last = gaps.last, last.upperBound == start {
        start = last.lowerBound
        gaps.removeLast()
      }
      result.offsets[index] = start
      result.height = start + block.size
    }
  }
  return result
}

extension [Range<Int>] {
  /// Adds a range to ranges in ascending order that it doesn't overlap; joins those that touch.
  fileprivate mutating func insert(gap: Range<Int>) {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].lowerBound < gap.lowerBound { low = middle + 1 } else { high = middle }
    }
    var joined = gap
    var replaced = low..<low
    if low > 0, self[low - 1].upperBound == gap.lowerBound {
      joined = self[low - 1].lowerBound..<joined.upperBound
      replaced = low - 1..<low
    }
    if low < count, self[low].lowerBound == gap.upperBound {
      joined = joined.lowerBound..<self[low].upperBound
      replaced = replaced.lowerBound..<low + 1
    }
    replaceSubrange(replaced, with: CollectionOfOne(joined))
  }
}
