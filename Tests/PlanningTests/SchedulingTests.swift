import IR
import Planning
import Support
import Tensors
import Testing

/// Takes any operands and gives so many results of one byte.
private struct Step: Operator {
  let label: String
  let resultCount: Int
  let isPure: Bool
  var name: String { label }

  init(_ label: String, results: Int = 1, isPure: Bool = true) {
    self.label = label
    self.isPure = isPure
    resultCount = results
  }

  func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    Array(repeating: .tensor(Shape(.uint8, lens: [1])), count: resultCount)
  }

  func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] { throw MIGraphXError(.unsupported, "\(name)") }
}

/// A module with what its values take.
private struct Sample {
  var module = Module()
  var memory: [Value: ResultMemory] = [:]

  @discardableResult
  mutating func add(
    _ label: String, _ inputs: [Value], _ memory: ResultMemory, isPure: Bool = true
  ) throws -> Value {
    let value = Value(try module.add(Step(label, isPure: isPure), inputs))
    self.memory[value] = memory
    return value
  }

  var scheduled: [InstructionID] {
    module.scheduled { memory[$0] ?? .own(byteCount: 0) }
  }

  /// The names of the operators in `order`.
  func names(_ order: [InstructionID]) -> [String] {
    order.compactMap { module[$0].op?.name }
  }

  /// The value whose memory `value` is.
  private func owner(_ value: Value) -> Value {
    if case .shared(let other) = memory[value] { owner(other) } else { value }
  }

  /// The largest sum of rounded sizes that are needed at any instruction, counted one by one.
  func peak(_ order: [InstructionID]) -> Int {
    var spans: [Value: (first: Int, last: Int)] = [:]
    for (position, id) in order.enumerated() {
      let results = module[id].types.indices.map { Value(id, result: $0) }
      for value in module[id].inputs + results {
        let owner = owner(value)
        spans[owner] = (spans[owner]?.first ?? position, position)
      }
    }
    return order.indices.map { position in
      spans.reduce(0) { sum, entry in
        guard case .own(let size) = memory[entry.key],
          (entry.value.first...entry.value.last).contains(position)
        else { return sum }
        return sum + (size + 63) / 64 * 64
      }
    }.max() ?? 0
  }

  /// Checks that each instruction stands once, after its operands, and that order doesn't cost more.
  func check(_ order: [InstructionID]) {
    #expect(order.sorted() == module.order.sorted())
    var positions: [InstructionID: Int] = [:]
    for (position, id) in order.enumerated() { positions[id] = position }
    for id in order {
      for input in module[id].inputs {
        #expect(positions[input.instruction] ?? .max < positions[id] ?? .min)
      }
    }
    let fixed = module.order.filter { module[$0].op == nil && $0 != module.returnID }
    #expect(fixed == Array(order.prefix(fixed.count)))
    if let returnID = module.returnID { #expect(order.last == returnID) }
    let impure = order.filter { module[$0].op?.isPure == false }
    #expect(impure == module.order.filter { module[$0].op?.isPure == false })
    #expect(peak(order) <= peak(module.order))
  }

  /// A graph of `count` instructions in a random order that runs.
  static func random(_ count: Int, _ generator: inout Generator) throws -> Sample {
    var sample = Sample()
    var values = [try sample.module.addParameter("x", Shape(.uint8, lens: [1]))]
    values.append(sample.module.addLiteral(try Literal(Argument(zeros: Shape(.uint8, lens: [1])))))
    for index in 0..<count {
      let inputs = (0..<Int.random(in: 0...3, using: &generator)).compactMap { _ in
        Bool.random(using: &generator)
          ? values.suffix(3).randomElement(using: &generator)
          : values.randomElement(using: &generator)
      }
      let results = Int.random(in: 1...2, using: &generator)
      let isPure = Int.random(in: 0..<6, using: &generator) > 0
      let id = try sample.module.add(
        Step("s\(index)", results: results, isPure: isPure), inputs)
      for result in 0..<results {
        let value = Value(id, result: result)
        values.append(value)
        let shared = Int.random(in: 0..<4, using: &generator) == 0
        if shared, let source = inputs.first, sample.memory[source] != nil {
          sample.memory[value] = .shared(source)
        } else {
          sample.memory[value] = .own(byteCount: Int.random(in: 0...5000, using: &generator))
        }
      }
    }
    try sample.module.addReturn((0..<2).compactMap { _ in values.randomElement(using: &generator) })
    return sample
  }

  /// The least peak of all orders that run.
  func leastPeak() -> Int {
    var least = Int.max
    let fixed = module.order.filter { module[$0].op == nil && $0 != module.returnID }
    func extend(_ order: [InstructionID]) {
      // A longer order never has a smaller peak.
      if peak(order) >= least { return }
      let next = module.order.filter { id in
        module[id].op != nil && !order.contains(id)
          && module[id].inputs.allSatisfy { order.contains($0.instruction) }
      }
      if next.isEmpty {
        least = min(least, peak(order + [module.returnID].compactMap { $0 }))
      }
      for id in next { extend(order + [id]) }
    }
    extend(fixed)
    return least
  }
}

@Suite struct SchedulingTests {
  @Test func randomOrdersHold() throws {
    var generator = Generator(state: 1)
    for count in Array(0..<20) + Array(repeating: 40, count: 40) {
      let sample = try Sample.random(count, &generator)
      let order = sample.scheduled
      sample.check(order)
      #expect(sample.scheduled == order)
      var module = sample.module
      try module.reorder(order)
      #expect(module.order == order)
    }
  }

  /// A fork whose branches grow and shrink, all grown first.
  @Test func branchesRunOneAfterTheOther() throws {
    var sample = Sample()
    let x = try sample.module.addParameter("x", Shape(.uint8, lens: [1]))
    let grown = try (0..<50).map { try sample.add("grow\($0)", [x], .own(byteCount: 64000)) }
    let shrunk = try grown.enumerated().map {
      try sample.add("shrink\($0.offset)", [$0.element], .own(byteCount: 640))
    }
    let sum = try sample.add("sum", shrunk, .own(byteCount: 640))
    try sample.module.addReturn([sum])
    let order = sample.scheduled
    sample.check(order)
    #expect(sample.peak(sample.module.order) == 64 * 50_010)
    #expect(sample.peak(order) == 64 * (1000 + 50 * 10))
    #expect(sample.names(order).prefix(4) == ["grow0", "shrink0", "grow1", "shrink1"])
  }

  /// The branch that needs most on its way runs before those that leave something behind.
  @Test func theHungriestBranchRunsFirst() throws {
    var sample = Sample()
    var ends: [Value] = []
    for (index, size) in [10, 400, 30, 900].enumerated() {
      let grown = try sample.add("grow\(index)", [], .own(byteCount: 64 * size))
      ends.append(try sample.add("shrink\(index)", [grown], .own(byteCount: 6400)))
    }
    try sample.module.addReturn([try sample.add("sum", ends, .own(byteCount: 64))])
    let order = sample.scheduled
    sample.check(order)
    #expect(sample.peak(order) == 64 * 1000)
    #expect(sample.names(order).prefix(2) == ["grow3", "shrink3"])
    #expect(sample.peak(order) == sample.leastPeak())
  }

  @Test func smallGraphsMostlyGetTheLeastPeak() throws {
    var generator = Generator(state: 2)
    var reached = 0
    for _ in 0..<60 {
      var sample = Sample()
      var values = [try sample.module.addParameter("x", Shape(.uint8, lens: [1]))]
      for index in 0..<7 {
        let inputs = Set(
          (0..<2).compactMap { _ in values.suffix(4).randomElement(using: &generator) })
        values.append(
          try sample.add(
            "s\(index)", values.filter { inputs.contains($0) },
            .own(byteCount: 64 * Int.random(in: 1...20, using: &generator))))
      }
      try sample.module.addReturn(Array(values.suffix(1)))
      let order = sample.scheduled
      sample.check(order)
      if sample.peak(order) == sample.leastPeak() { reached += 1 }
    }
    #expect(reached >= 57)
  }

  /// A view keeps the memory that it shows, so that it pays to run its user before other things.
  @Test func viewsKeepTheirSource() throws {
    func build(view: (Value) -> ResultMemory) throws -> Sample {
      var sample = Sample()
      let source = try sample.add("source", [], .own(byteCount: 64000))
      let part = try sample.add("view", [source], view(source))
      let other = try sample.add("other", [], .own(byteCount: 32000))
      let small = try sample.add("small", [other], .own(byteCount: 64))
      let end = try sample.add("end", [part], .own(byteCount: 64))
      try sample.module.addReturn([try sample.add("sum", [small, end], .own(byteCount: 64))])
      return sample
    }
    let views = try build { .shared($0) }
    #expect(views.peak(views.module.order) == 64 * 1501)
    #expect(views.peak(views.scheduled) == 64 * 1001)
    let copies = try build { _ in .own(byteCount: 64) }
    #expect(copies.peak(copies.scheduled) == 64 * 1001)
  }

  /// Two instructions write into the memory of the one that joins them.
  @Test func memoryIsNeededFromItsFirstWriterOn() throws {
    var sample = Sample()
    let a = try sample.add("a", [], .own(byteCount: 0))
    let big = try sample.add("big", [], .own(byteCount: 64000))
    let b = try sample.add("b", [big], .own(byteCount: 0))
    let joined = try sample.add("join", [a, b], .own(byteCount: 38400))
    sample.memory[a] = .shared(joined)
    sample.memory[b] = .shared(joined)
    try sample.module.addReturn([joined])
    let order = sample.scheduled
    sample.check(order)
    #expect(sample.names(order) == ["big", "b", "a", "join"])
  }

  @Test func goodOrdersStay() throws {
    var sample = Sample()
    var value = try sample.module.addParameter("x", Shape(.uint8, lens: [1]))
    for index in 0..<20 {
      let left = try sample.add("left\(index)", [value], .own(byteCount: 640))
      let right = try sample.add("right\(index)", [value], .own(byteCount: 640))
      value = try sample.add("sum\(index)", [left, right], .own(byteCount: 640))
    }
    try sample.module.addReturn([value])
    #expect(sample.scheduled == sample.module.order)
  }

  @Test func whatNobodyUsesIsKept() throws {
    var sample = Sample()
    try sample.add("unused", [], .own(byteCount: 320))
    try sample.add("effect", [], .own(byteCount: 0), isPure: false)
    sample.check(sample.scheduled)
    #expect(sample.scheduled.count == 2)
  }

  @Test(arguments: [Int.max, Int.min, -1]) func absurdSizesAreEndured(size: Int) throws {
    var sample = Sample()
    var values: [Value] = []
    for index in 0..<9 {
      values.append(try sample.add("s\(index)", values.suffix(2), .own(byteCount: size)))
    }
    try sample.module.addReturn(values.suffix(1))
    #expect(sample.scheduled == sample.module.order)
  }

  @Test func sharingInACircleIsEndured() throws {
    var sample = Sample()
    let a = try sample.add("a", [], .own(byteCount: 64))
    let b = try sample.add("b", [a], .shared(a))
    sample.memory[a] = .shared(b)
    try sample.module.addReturn([b])
    #expect(sample.scheduled == sample.module.order)
  }

  @Test func emptyModulesHaveNoOrder() {
    #expect(Module().scheduled { _ in .own(byteCount: 64) }.isEmpty)
  }
}
