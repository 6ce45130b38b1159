import IR
import Support
import Tensors
import Testing

struct ModuleTests {
  let shape = Shape(.float, lens: [2, 3])

  @Test func orderAndPlacement() throws {
    var module = Module()
    let x = try module.addParameter("x", shape)
    let sum = try module.add(TestAdd(), x, x)
    let one = try module.addLiteral(Literal([1 as Float], lens: [1]))
    let y = try module.addParameter("y", shape)
    let two = try module.addLiteral(Literal([2 as Float], lens: [1]))
    try module.addReturn([sum])
    let last = try module.add(TestRelu(), sum)
    let front = try module.add(TestRelu(), [x], before: sum.instruction)
    #expect(
      module.order == [
        x.instruction, y.instruction, one.instruction, two.instruction, front, sum.instruction,
        last.instruction, module.returnID,
      ])
    #expect(module.parameters == [x, y] && module.count == 8)
    #expect(module.instruction(after: front) == sum.instruction)
    #expect(module.instruction(after: module.order[7]) == nil)
    for (index, a) in module.order.enumerated() {
      for (other, b) in module.order.enumerated() {
        #expect(module.runs(a, before: b) == (index < other))
      }
    }
    #expect(throws: Never.self) { try module.verify() }
  }

  @Test func positionsSurviveManyInsertionsAtOnePlace() throws {
    var module = Module()
    let x = try module.addParameter("x", shape)
    let end = try module.add(TestRelu(), x)
    var after = end.instruction
    for index in 0..<3000 {
      let id = try module.add(TestRelu(), [x], before: index % 2 == 0 ? end.instruction : after)
      if index % 2 == 0 { after = id }
      if index % 100 == 0 { _ = try module.addLiteral(Literal([Float(index)], lens: [])) }
    }
    let order = module.order
    #expect(order.count == module.count && module.count == 3032)
    for (a, b) in zip(order, order.dropFirst()) { #expect(module.runs(a, before: b)) }
    #expect(throws: Never.self) { try module.verify() }
  }

  @Test func orderChanges() throws {
    var module = Module()
    let x = try module.addParameter("x", shape)
    let one = try module.addLiteral(Literal([1 as Float], lens: [1]))
    let a = try module.add(TestRelu(), x)
    let b = try module.add(TestRelu(), one)
    let sum = try module.add(TestAdd(), a, a)
    try module.addReturn([sum, b])
    let start = [x, one].map(\.instruction)
    let end = [try #require(module.returnID)]
    let (first, second, third) = (a.instruction, b.instruction, sum.instruction)
    try module.reorder(start + [first, third, second] + end)
    let order = start + [first, third, second] + end
    #expect(module.order == order)
    for wrong in [
      [], start, start.reversed() + [first, second, third] + end,
      start + [third, first, second] + end, start + [first, first, third] + end,
      start + end + [first, second, third], start + [first, second, third],
      start + [first, second, third] + end + end, [first] + start + [second, third] + end,
    ] {
      #expect(throws: MIGraphXError.self) { try module.reorder(wrong) }
      #expect(module.order == order)
    }
    // Both ends and the sections are where additions need them.
    let y = try module.addParameter("y", shape)
    let two = try module.addLiteral(Literal([2 as Float], lens: [1]))
    let after = try module.add(TestRelu(), two)
    #expect(
      module.order == [x, y, one, two, a, sum, b, after].map(\.instruction) + end)
    for (one, other) in zip(module.order, module.order.dropFirst()) {
      #expect(module.runs(one, before: other))
    }
    #expect(throws: Never.self) { try module.verify() }
  }

  @Test func usesAreRecorded() throws {
    var module = Module()
    let x = try module.addParameter("x", shape)
    let y = try module.addParameter("y", shape)
    let a = try module.add(TestAdd(), x, x)
    let b = try module.add(TestAdd(), x, a)
    #expect(module.users(of: x.instruction) == [a.instruction, b.instruction])
    #expect(module.isUnused(y.instruction) && !module.isUnused(x.instruction))
    try module.replaceAllUses(of: x, with: y, except: b.instruction)
    #expect(module.users(of: x.instruction) == [b.instruction])
    #expect(module.users(of: y.instruction) == [a.instruction])
    #expect(module[a.instruction].inputs == [y, y] && module[b.instruction].inputs == [x, a])
    try module.replace(b.instruction, with: TestRelu(), [y])
    #expect(module.isUnused(x.instruction) && module.isUnused(a.instruction))
    #expect(module[b.instruction].name == "relu")
    module.remove(a.instruction)
    #expect(module.users(of: y.instruction) == [b.instruction])
    #expect(!module.contains(a.instruction) && module.contains(b.instruction))
    module.remove(x.instruction)
    #expect(module.parameters == [y] && module.count == 2)
    #expect(throws: Never.self) { try module.addParameter("x", shape) }
    #expect(throws: Never.self) { try module.verify() }
  }

  @Test func removalAtTheEndsKeepsTheSections() throws {
    var module = Module()
    let x = try module.addParameter("x", shape)
    let y = try module.addParameter("y", shape)
    let one = try module.addLiteral(Literal([1 as Float], lens: [1]))
    let two = try module.addLiteral(Literal([2 as Float], lens: [1]))
    let relu = try module.add(TestRelu(), x)
    module.remove(two.instruction)
    module.remove(y.instruction)
    let z = try module.addParameter("z", shape)
    let three = try module.addLiteral(Literal([3 as Float], lens: [1]))
    #expect(module.order == [x, z, one, three, relu].map(\.instruction))
    try module.addReturn([relu])
    try module.remove(#require(module.returnID))
    #expect(module.returnID == nil && module.results.isEmpty)
    for id in [relu, three, one, z, x] { module.remove(id.instruction) }
    #expect(module.order.isEmpty && module.count == 0)
    _ = module.addLiteral(try Literal([1 as Float], lens: []))
    #expect(throws: Never.self) { try module.verify() }
  }

  @Test func severalResultsAndStructures() throws {
    var module = Module()
    let x = try module.addParameter("x", shape)
    let split = try module.add(TestSplit(), [x])
    #expect(module.shape(of: Value(split)) == Shape(.float, lens: [3, 2], strides: [1, 3]))
    let count = Value(split, result: 1)
    #expect(module.shape(of: count)?.dimensions[0].upperBound == 100)
    let both = try module.add(TestAdd(), count, count)
    #expect(module.users(of: split) == [both.instruction])
    let other = try module.add(TestStructures(), [])
    #expect(module[other].types.count == 4 && module.shape(of: Value(other)) == nil)
    let nothing = try module.add(TestSink(), [Value(other, result: 2)])
    #expect(module[nothing].types.isEmpty)
    try module.addReturn([both, Value(other, result: 1)], names: ["a", "b"])
    #expect(module.resultNames == ["a", "b"])
    #expect(throws: Never.self) { try module.verify() }
    let program = Program(main: module)
    #expect(program.outputs.map(\.name) == ["a", "b"] && program.inputs.map(\.name) == ["x"])
  }

  @Test func replacingInfersDownstream() throws {
    var module = Module()
    let n = Dimension(Symbol("N"))
    let x = try module.addParameter("x", tensor(.float, n))
    let y = try module.addParameter("y", tensor(.float, 4))
    // The long path reaches the sum after the short one.
    let a = try module.add(TestRelu(), x)
    let b = try module.add(TestRelu(), a)
    let sum = try module.add(TestAdd(), x, b)
    let end = try module.add(TestRelu(), sum)
    try module.addReturn([end])
    try module.replaceAllUses(of: x, with: y)
    for value in [a, b, sum, end] { #expect(module.type(of: value) == tensor(.float, 4)) }
    let z = try module.addParameter("z", tensor(.half, 4))
    // An operand of another type that only one side of the sum gets first.
    try module.replaceAllUses(of: y, with: z)
    for value in [a, b, sum, end] { #expect(module.type(of: value) == tensor(.half, 4)) }
    try module.setOperand(0, of: a.instruction, to: z)
    #expect(throws: MIGraphXError.self) { try module.setOperand(1, of: a.instruction, to: z) }
    #expect(throws: Never.self) { try module.verify() }
  }

  /// What stands for a value is often made from it.
  @Test func theReplacementKeepsItsOperand() throws {
    var module = Module()
    let x = try module.addParameter("x", shape)
    let a = try module.add(TestRelu(), x)
    let b = try module.add(TestRelu(), [x], before: a.instruction)
    try module.replaceAllUses(of: x, with: Value(b))
    #expect(module[b].inputs == [x] && module[a.instruction].inputs == [Value(b)])
    #expect(throws: Never.self) { try module.verify() }
  }

  @Test func freshSymbolsKeepTheirNames() throws {
    var module = Module()
    let x = try module.addParameter("x", shape)
    let y = try module.addParameter("y", tensor(.half, 2, 3))
    let split = try module.add(TestSplit(), [x])
    let other = try module.add(TestSplit(), [x])
    let size = module.shape(of: Value(split, result: 1))
    #expect(size != module.shape(of: Value(other, result: 1)))
    try module.replaceAllUses(of: x, with: y)
    #expect(module.shape(of: Value(split))?.elementType == .half)
    #expect(module.shape(of: Value(split, result: 1)) == size)
    // A symbol from outside that looks like one made here must not become one.
    let name = "main:d\(module.count).0"
    try module.addParameter("z", tensor(.float, Dimension(Symbol(name))))
    for _ in 0..<3 {
      let id = try module.add(TestSplit(), [x])
      #expect(module.shape(of: Value(id, result: 1))?.symbols.map(\.name) != [name])
    }
  }

  @Test func guardsAreRecordedOnce() throws {
    var module = Module()
    let (n, m) = (Dimension(Symbol("N")), Dimension(Symbol("M")))
    let x = try module.addParameter("x", tensor(.float, n))
    let y = try module.addParameter("y", tensor(.float, m))
    try module.add(TestAdd(), [x, y], debugSymbols: ["first"])
    try module.add(TestAdd(), x, y)
    try module.add(TestAdd(), y, x)
    #expect(module.guards == [Guard(n, equals: m, origin: "node 'first'")])
    let item = module.guards[0]
    #expect(item.description == "N == M # node 'first'")
    #expect(try item.check { _ in 3 })
    #expect(try !item.check { $0.name == "N" ? 3 : nil })
    #expect(
      throws: MIGraphXError(.invalidShape, "node 'first' needs N == M; they are 3 and 4")
    ) { try item.check { $0.name == "N" ? 3 : 4 } }
    module.removeGuards { _ in true }
    #expect(module.guards.isEmpty)
    try module.add(TestAdd(), x, y)
    #expect(module.guards.map(\.origin) == ["operator 'add'"])
  }

  @Test func subModulesAreEditedInPlace() throws {
    var inner = Module(name: "body")
    let p = try inner.addParameter("p", shape)
    try inner.addReturn([p])
    var module = Module()
    let call = try module.add(TestCall(), [], modules: [inner])
    try module.editModule(0, of: call) { (module) throws(MIGraphXError) in
      _ = try module.add(TestRelu(), p)
    }
    #expect(module[call].modules[0].count == 3)
    #expect(throws: MIGraphXError.self) {
      try module.editModule(0, of: call) { (module) throws(MIGraphXError) in
        throw MIGraphXError(.unsupported, "no")
      }
    }
    #expect(module[call].modules[0].count == 3)
  }

  @Test func debugSymbolsAreASet() throws {
    var module = Module()
    let x = try module.addParameter("x", shape)
    let id = try module.add(TestRelu(), [x], debugSymbols: ["a", "b", "a"])
    module.addDebugSymbols(["b", "c", "c"], to: id)
    #expect(module[id].debugSymbols == ["a", "b", "c"])
  }

  @Test func literalsTellTheirContents() throws {
    var module = Module()
    let a = module.addLiteral(try Literal([2, -1] as [Int64], lens: [2]))
    #expect(module.contents(of: a)?.constants == [2, -1])
    let b = module.addLiteral(try Literal([2] as [Float], lens: [1]))
    #expect(module.contents(of: b) == nil)
    let c = module.addLiteral(try Literal(Array(repeating: Int8(1), count: 257), lens: [257]))
    #expect(module.contents(of: c) == nil)
  }

  @Test func mistakesThrow() throws {
    var module = Module()
    let x = try module.addParameter("x", shape)
    let relu = try module.add(TestRelu(), x)
    func message(_ body: (inout Module) throws -> Void) -> String? {
      var copy = module
      return #expect(throws: MIGraphXError.self) { try body(&copy) }?.description
    }
    #expect(
      message { try $0.addParameter("x", shape) }
        == "invalid program: module 'main' has a parameter 'x' already")
    #expect(
      message { try $0.addParameter("y", Shape(.float, lens: [-1])) }
        == "invalid shape: a size must not be negative, found -1 in float_type, {-1}, {1} "
        + "(while adding parameter 'y')")
    #expect(
      message {
        try $0.addParameter("y", tensor(.float, Dimension(Symbol("N"))))
        try $0.addParameter("z", tensor(.float, Dimension(Symbol("N", minimum: 1, maximum: 8))))
      }
        == "invalid program: symbol 'N' has range [1..8], it had [0..] before "
        + "(while adding parameter 'z')")
    #expect(
      message { try $0.add(TestRelu(), Value(x.instruction, result: 1)) }
        == "invalid program: instruction '@param' has 1 results, none with number 1")
    #expect(
      message { try $0.add(TestAdd(), x) }
        == "invalid shape: 2 inputs are needed, found 1 "
        + "(while inferring add of (float_type, {2, 3}, {3, 1}))")
    #expect(
      message { try $0.addReturn([x], names: ["a", "b"]) }
        == "invalid program: 1 results have 2 names; each needs one")
    #expect(
      message {
        try $0.addReturn([])
        try $0.addReturn([])
      } == "invalid program: module 'main' has a return already")
    #expect(
      message { try $0.replace(x.instruction, with: TestRelu(), [x]) }
        == "invalid program: only an instruction that applies an operator can be replaced")
    #expect(
      message {
        $0.remove(relu.instruction)
        try $0.add(TestRelu(), relu)
      } == "invalid program: instruction 1 is not in module 'main'")
    #expect(
      message {
        let split = try $0.add(TestSplit(), [x])
        _ = try $0.add(TestRelu(), Value(split, result: 1))
        try $0.replace(split, with: TestRelu(), [x])
      } == "invalid program: instruction 'relu' has 1 results, none with number 1")
    var other = Module(name: "other")
    for _ in 0..<5 { _ = other.addLiteral(try Literal([1 as Float], lens: [])) }
    let foreign = Value(other.order[4])
    #expect(
      message { try $0.addReturn([foreign]) }
        == "invalid program: instruction 4 is not in module 'main'")
    #expect(
      message { try $0.add(TestRelu(), [x], before: foreign.instruction) }
        == "invalid program: instruction 4 is not in module 'main'")
  }
}
