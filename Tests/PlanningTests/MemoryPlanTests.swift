import Planning
import Support
import Testing

/// The largest sum of rounded sizes at any step, counted step by step.
private func countedBound(_ buffers: [Buffer]) -> Int {
  buffers.map { start in
    buffers.reduce(0) { sum, other in
      let isLive = (other.firstStep...other.lastStep).contains(start.firstStep)
      return isLive ? sum + (other.byteCount + 63) / 64 * 64 : sum
    }
  }.max() ?? 0
}

/// Checks what holds for every plan.
private func check(_ plan: MemoryPlan, of buffers: [Buffer]) {
  #expect(plan.buffers == buffers)
  #expect(plan.offsets.count == buffers.count)
  #expect(plan.lowerBound == countedBound(buffers))
  #expect(plan.byteCount >= plan.lowerBound)
  #expect(plan.byteCount % 64 == 0)
  var faults = 0
  for (index, buffer) in buffers.enumerated() {
    let offset = plan.offsets[index]
    if offset < 0 || offset % 64 != 0 || offset + buffer.byteCount > plan.byteCount { faults += 1 }
    for (other, place) in zip(buffers, plan.offsets).prefix(index)
    where other.firstStep <= buffer.lastStep && buffer.firstStep <= other.lastStep {
      let overlaps = place < offset + buffer.byteCount && offset < place + other.byteCount
      if overlaps && other.byteCount > 0 && buffer.byteCount > 0 { faults += 1 }
    }
  }
  #expect(faults == 0)
}

/// The smallest arena there is, by first fit in every order; sizes are multiples of 64.
private func optimum(_ buffers: [Buffer]) -> Int {
  var offsets: [Int?] = Array(repeating: nil, count: buffers.count)
  var best = Int.max
  func place(_ height: Int) {
    if height >= best { return }
    var isComplete = true
    for index in buffers.indices where offsets[index] == nil {
      isComplete = false
      let taken = buffers.indices.compactMap { other -> Range<Int>? in
        guard let offset = offsets[other], buffers[other].firstStep <= buffers[index].lastStep,
          buffers[index].firstStep <= buffers[other].lastStep
        else { return nil }
        return offset..<offset + buffers[other].byteCount
      }.sorted { $0.lowerBound < $1.lowerBound }
      var offset = 0
      for range in taken where range.lowerBound < offset + buffers[index].byteCount {
        offset = max(offset, range.upperBound)
      }
      offsets[index] = offset
      place(max(height, offset + buffers[index].byteCount))
      offsets[index] = nil
    }
    if isComplete { best = height }
  }
  place(0)
  return best
}

@Suite struct MemoryPlanTests {
  @Test(arguments: [
    (1, 50, 40, 10), (2, 200, 50, 8), (3, 300, 300, 40), (4, 100, 10, 3), (5, 500, 2000, 20),
    (6, 120, 30, 200), (7, 2, 2, 2), (8, 1, 1, 1), (9, 64, 1, 1),
  ])
  func plansHold(seed: UInt64, count: Int, steps: Int, longest: Int) throws {
    var generator = Generator(state: seed)
    for sizes in [0...1000, 1...100_000, 64...64, 0...1] {
      let buffers = generator.buffers(count, sizes: sizes, steps: steps, longest: longest)
      check(try MemoryPlan(buffers), of: buffers)
    }
  }

  @Test func thousandsOfBuffersHold() throws {
    var generator = Generator(state: 10)
    let buffers = generator.buffers(3000, sizes: 0...1_000_000, steps: 3000, longest: 20)
    let plan = try MemoryPlan(buffers)
    check(plan, of: buffers)
    #expect(Double(plan.byteCount) <= 1.05 * Double(plan.lowerBound))
  }

  /// So many are live at once that only the order of time is tried.
  @Test func denseBuffersHold() throws {
    let buffers = (0..<2500).map {
      Buffer(name: "", byteCount: 64 * ($0 % 7), firstStep: $0, lastStep: 5000 - $0)
    }
    let plan = try MemoryPlan(buffers)
    #expect(plan.byteCount == plan.lowerBound)
    check(plan, of: buffers)
  }

  @Test func smallSetsGetTheOptimum() throws {
    var generator = Generator(state: 11)
    for _ in 0..<60 {
      let buffers = generator.buffers(7, sizes: 1...6, steps: 6, longest: 5)
        .map { buffer in
          var buffer = buffer
          buffer.byteCount *= 64
          return buffer
        }
      #expect(try MemoryPlan(buffers).byteCount == optimum(buffers))
    }
  }

  /// An arena cut into pieces, so that it is full at every step.
  @Test(arguments: [5, 10, 20, 30]) func piecesOfAFullArenaFillIt(count: Int) throws {
    var generator = Generator(state: 13)
    for _ in 0..<10 {
      var pieces = [(size: 1000, first: 0, last: 199)]
      while pieces.count < count {
        let index = Int.random(in: 0..<pieces.count, using: &generator)
        let (size, first, last) = pieces[index]
        if Bool.random(using: &generator), size > 1 {
          let part = Int.random(in: 1..<size, using: &generator)
          pieces[index].size = part
          pieces.append((size - part, first, last))
        } else if first < last {
          let end = Int.random(in: first..<last, using: &generator)
          pieces[index].last = end
          pieces.append((size, end + 1, last))
        }
      }
      let buffers = buffers(pieces.shuffled(using: &generator))
      let plan = try MemoryPlan(buffers)
      #expect(plan.byteCount == 64_000)
      check(plan, of: buffers)
    }
  }

  /// No placement reaches the bound here: the blocks of 3 force the first and the last block of 1 to the arena's
  /// two ends, and the blocks of 2 then ask for two places of the one between them.
  @Test func theBoundIsNotAlwaysReached() throws {
    let buffers = buffers([
      (1, 0, 2), (1, 1, 3), (1, 2, 4), (3, 0, 0), (2, 1, 1), (2, 3, 3), (3, 4, 4),
    ])
    let plan = try MemoryPlan(buffers)
    #expect(plan.lowerBound == 4 * 64)
    #expect(plan.byteCount == 5 * 64)
    #expect(optimum(buffers) == 5 * 64)
    check(plan, of: buffers)
  }

  /// The bound can be reached, but no small change of a good order does.
  @Test(arguments: [
    [
      (2, 1, 4), (3, 0, 1), (2, 6, 8), (2, 4, 6), (4, 1, 4), (3, 0, 5), (3, 5, 7), (4, 5, 8),
      (3, 7, 7),
    ],
    [
      (3, 0, 5), (4, 0, 1), (4, 6, 6), (1, 5, 7), (1, 7, 7), (4, 4, 8), (4, 1, 1), (2, 5, 6),
      (1, 2, 4), (4, 7, 8), (3, 2, 3),
    ],
    [
      (2, 4, 8), (2, 4, 5), (1, 0, 1), (3, 0, 1), (3, 4, 8), (4, 2, 7), (4, 3, 4), (3, 3, 3),
      (2, 5, 8), (4, 1, 3), (4, 7, 7), (4, 0, 1),
    ],
  ])
  func theBoundIsReachedByDetours(list: [(size: Int, first: Int, last: Int)]) throws {
    let plan = try MemoryPlan(buffers(list))
    #expect(plan.byteCount == plan.lowerBound)
  }

  @Test func equalBuffersGetEqualPlans() throws {
    var generator = Generator(state: 12)
    let buffers = generator.buffers(400, sizes: 1...50_000, steps: 100, longest: 30)
    let first = try MemoryPlan(buffers)
    for _ in 0..<3 { #expect(try MemoryPlan(buffers).offsets == first.offsets) }
  }

  // MARK: Patterns of networks

  @Test func chainsNeedTwoNeighbours() throws {
    // Step s reads what step s - 1 wrote.
    let sizes = (0..<200).map { 1 + $0 * 37 % 101 }
    let buffers = buffers(sizes.enumerated().map { ($0.element, $0.offset, $0.offset + 1) })
    let plan = try MemoryPlan(buffers)
    #expect(plan.byteCount == zip(sizes, sizes.dropFirst()).map { ($0 + $1) * 64 }.max())
    #expect(plan.byteCount == plan.lowerBound)
  }

  @Test func residualBlocksReachTheBound() throws {
    // Bottlenecks of three convolutions; the sum of branch and shortcut is the next block's input.
    var list: [(size: Int, first: Int, last: Int)] = []
    var step = 0
    for (stage, blocks) in [3, 4, 6, 3].enumerated() {
      let size = 512 >> stage
      for _ in 0..<blocks {
        list.append((size, step, step + 3))
        list.append((size / 4, step + 1, step + 2))
        list.append((size / 4, step + 2, step + 3))
        list.append((size, step + 3, step + 4))
        step += 4
      }
    }
    let plan = try MemoryPlan(buffers(list))
    #expect(plan.byteCount == plan.lowerBound)
  }

  @Test func denseBlocksReachTheBound() throws {
    // Every layer reads what all before it in the block wrote.
    var list: [(size: Int, first: Int, last: Int)] = []
    var step = 0
    for (block, layers) in [6, 12, 24, 16].enumerated() {
      let end = step + 2 * layers
      list.append((256 >> block, step, end))
      for layer in 0..<layers {
        list.append((64 >> block, step + 2 * layer, step + 2 * layer + 1))
        list.append((16 >> block, step + 2 * layer + 1, end))
      }
      step = end
    }
    let plan = try MemoryPlan(buffers(list))
    #expect(plan.byteCount == plan.lowerBound)
  }

  @Test func encodersWithSkipsReachTheBound() throws {
    // Down five levels and up again; each level's last result waits for the way back.
    var list: [(size: Int, first: Int, last: Int)] = []
    let levels = 5
    let last = 6 * levels
    for level in 0..<levels {
      let size = 1024 >> level
      list.append((size, 3 * level, 3 * level + 1))
      list.append((size, 3 * level + 1, last - 3 * level))
      list.append((size / 4, 3 * level + 2, 3 * level + 3))
      list.append((size, last - 3 * level - 1, last - 3 * level))
      list.append((2 * size, last - 3 * level, last - 3 * level + 1))
      list.append((size, last - 3 * level + 1, last - 3 * level + 2))
    }
    let plan = try MemoryPlan(buffers(list))
    #expect(plan.byteCount == plan.lowerBound)
  }

  // MARK: Edges

  @Test func nothingNeedsNothing() throws {
    let plan = try MemoryPlan([])
    #expect(plan.byteCount == 0)
    #expect(plan.lowerBound == 0)
    #expect(plan.offsets.isEmpty)
  }

  @Test func buffersWithoutBytesTakeNoRoom() throws {
    let buffers = buffers([(0, 0, 9), (2, 0, 4), (0, 3, 3), (2, 5, 9)])
    let plan = try MemoryPlan(buffers)
    #expect(plan.byteCount == 128)
    #expect(plan.lowerBound == 128)
    check(plan, of: buffers)
  }

  @Test func sizesAreRoundedUp() throws {
    let buffers = [1, 64, 65].map { Buffer(name: "", byteCount: $0, firstStep: 0, lastStep: 0) }
    let plan = try MemoryPlan(buffers)
    #expect(plan.byteCount == 256)
    #expect(plan.lowerBound == 256)
  }

  @Test func theOutermostStepsAreSteps() throws {
    let buffers = buffers([(1, .min, .max), (2, .min, .min), (2, .max, .max), (2, 0, 0)])
    let plan = try MemoryPlan(buffers)
    #expect(plan.byteCount == 192)
    check(plan, of: buffers)
    #expect(plan.svg.contains("NaN") == false)
  }

  @Test(arguments: [
    ([Buffer(name: "a", byteCount: -1, firstStep: 0, lastStep: 0)], "'a' has -1 bytes"),
    ([Buffer(name: "b", byteCount: .min, firstStep: 0, lastStep: 0)], "'b' has -92"),
    ([Buffer(name: "c", byteCount: 1, firstStep: 3, lastStep: 2)], "from step 3 to step 2"),
    (
      [Buffer(name: "d", byteCount: 1, firstStep: .max, lastStep: .min)], "to step -92"
    ),
  ])
  func wrongBuffersAreRefused(buffers: [Buffer], text: String) throws {
    let error = try #require(throws: MIGraphXError.self) { try MemoryPlan(buffers) }
    #expect(error.code == .invalidArgument)
    #expect(error.message.contains(text))
  }

  @Test(arguments: [
    [Buffer(name: "a", byteCount: .max, firstStep: 0, lastStep: 0)],
    [Buffer(name: "a", byteCount: 1 << 62, firstStep: 0, lastStep: 0)],
    Array(repeating: Buffer(name: "a", byteCount: 1 << 47, firstStep: 0, lastStep: 0), count: 2),
    (0..<70_000).map { Buffer(name: "a", byteCount: 1 << 47, firstStep: $0, lastStep: $0) },
  ])
  func absurdSizesAreRefused(buffers: [Buffer]) throws {
    let error = try #require(throws: MIGraphXError.self) { try MemoryPlan(buffers) }
    #expect(error.code == .limitExceeded)
  }
}
