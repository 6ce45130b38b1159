import IR
import Operators
import Rewriting
import Support
import Tensors
import Testing

/// neg(neg(x)) => x
private struct CancelNegations: RewriteRule {
  func rewrite(_ root: Node<Neg>, in rewriter: inout Rewriter) throws(MIGraphXError) -> Value? {
    rewriter[root.inputs[0], as: Neg.self]?.inputs[0]
  }
}

/// neg(x) => relu(x), and back: two rules that never end.
private struct NegToRelu: RewriteRule {
  func rewrite(_ root: Node<Neg>, in rewriter: inout Rewriter) throws(MIGraphXError) -> Value? {
    try rewriter.insert(Relu(), root.inputs[0])
  }
}
private struct ReluToNeg: RewriteRule {
  func rewrite(_ root: Node<Relu>, in rewriter: inout Rewriter) throws(MIGraphXError) -> Value? {
    try rewriter.insert(Neg(), root.inputs[0])
  }
}

/// Inserts something, then finds that it does not apply.
private struct ChangesItsMind: RewriteRule {
  func rewrite(_ root: Node<Neg>, in rewriter: inout Rewriter) throws(MIGraphXError) -> Value? {
    _ = try rewriter.insert(Relu(), rewriter.insert(Relu(), root.inputs[0]))
    return nil
  }
}

/// neg(x) => x of another type: a mistake.
private struct ChangesTypes: RewriteRule {
  func rewrite(_ root: Node<Neg>, in rewriter: inout Rewriter) throws(MIGraphXError) -> Value? {
    try rewriter.insert(Convert(targetType: .half), root.inputs[0])
  }
}

/// relu(transpose(x)) => transpose(relu(x)): not standard.
private struct SinkTranspose: RewriteRule {
  func rewrite(_ root: Node<Relu>, in rewriter: inout Rewriter) throws(MIGraphXError) -> Value? {
    guard let view = rewriter[root.inputs[0], as: Transpose.self] else { return nil }
    return try rewriter.insert(view.op, rewriter.insert(Relu(), view.inputs[0]))
  }
}

private struct Rules: RulePass {
  let name: String
  let rules: [any RewriteRule]
  init(_ name: String = "test", _ rules: any RewriteRule...) {
    self.name = name
    self.rules = rules
  }
}

private func chain(of count: Int, _ op: some Operator) throws -> Program {
  var module = Module()
  var x = try module.addParameter("x", Shape(.float, lens: [2, 2]))
  for index in 0..<count {
    x = Value(try module.add(op, [x], debugSymbols: ["node\(index)"]))
  }
  try module.addReturn([x])
  return Program(main: module)
}

@Suite struct RewritingTests {
  @Test(arguments: [0, 1, 2, 7, 100]) func reachesTheFixedPoint(count: Int) throws {
    var program = try chain(of: count, Neg())
    let report = try PassManager(verifies: true).run(
      Rules("cancel", CancelNegations()), on: &program)
    #expect(program.main.count == 2 + count % 2)
    #expect(report.rewrites == count / 2)
    #expect(report.entries.map(\.name) == ["cancel"])
    #expect(report.entries[0].instructionsBefore == 2 + count)
    #expect(report.entries[0].instructionsAfter == 2 + count % 2)
  }

  @Test func endlessRulesAreReported() throws {
    var program = try chain(of: 1, Neg())
    let error = try #require(throws: MIGraphXError.self) {
      try PassManager().run(Rules("loop", NegToRelu(), ReluToNeg()), on: &program)
    }
    #expect(error.code == .limitExceeded)
    #expect(error.message.contains("NegToRelu"))
    #expect(error.trail == ["running pass loop"])
  }

  @Test func nothingIsLeftOfARuleThatDoesNotApply() throws {
    var program = try chain(of: 3, Neg())
    let text = program.description
    let report = try PassManager(verifies: true).run(Rules("test", ChangesItsMind()), on: &program)
    #expect(report.rewrites == 0)
    #expect(program.description == text)
  }

  @Test func typesMustStay() throws {
    var program = try chain(of: 1, Neg())
    let error = try #require(throws: MIGraphXError.self) {
      try PassManager().run(Rules("types", ChangesTypes()), on: &program)
    }
    #expect(error.code == .invalidProgram)
    #expect(error.trail == ["running pass types", "applying rule ChangesTypes"])
  }

  @Test func resultsStayStandard() throws {
    func build(isResult: Bool) throws -> Program {
      var module = Module()
      var x = try module.addParameter("x", Shape(.float, lens: [2, 3]))
      x = try module.add(Relu(), module.add(Transpose(permutation: [1, 0]), x))
      try module.addReturn([isResult ? x : module.add(Neg(), x)])
      return Program(main: module)
    }
    var program = try build(isResult: true)
    let text = program.description
    try PassManager(verifies: true).run(Rules("sink", SinkTranspose()), on: &program)
    #expect(program.description == text)
    var other = try build(isResult: false)
    let report = try PassManager(verifies: true).run(Rules("sink", SinkTranspose()), on: &other)
    #expect(report.rewrites == 1)
  }

  @Test func replacementsInheritDebugSymbols() throws {
    var program = try chain(of: 1, Relu())
    try PassManager(verifies: true).run(Rules("test", ReluToNeg()), on: &program)
    let neg = try #require(program.main.results.first).instruction
    #expect(program.main[neg].debugSymbols == ["node0"])
    var module = Module()
    let x = try module.addParameter("x", Shape(.float, lens: [2, 3]))
    let view = try module.add(Transpose(permutation: [1, 0]), [x], debugSymbols: ["view"])
    let relu = try module.add(Relu(), [Value(view)], debugSymbols: ["relu"])
    try module.addReturn([module.add(Neg(), Value(relu))])
    program = Program(main: module)
    try PassManager(verifies: true).run(Rules("test", SinkTranspose()), on: &program)
    let last = try #require(program.main.results.first).instruction
    let sunk = program.main[last].inputs[0].instruction
    #expect(program.main[sunk].debugSymbols == ["relu", "view"])
  }

  @Test(arguments: 0...6) func stopsAfterSomeRewrites(limit: Int) throws {
    var program = try chain(of: 10, Neg())
    let manager = PassManager(verifies: true, stopAfterRewrites: limit)
    let report = try manager.run(
      Pipeline {
        Rules("a", CancelNegations())
        Rules("b", CancelNegations())
      }, on: &program)
    #expect(report.rewrites == min(limit, 5))
    #expect(program.main.count == 12 - 2 * min(limit, 5))
  }

  @Test func disabledPassesDontRunAndChangesAreTraced() throws {
    let seen = Locked<[String]>([])
    let manager = PassManager(disabledPasses: ["b"]) { pass, program in
      seen.withLock { $0.append("\(pass) \(program.main.count)") }
    }
    var program = try chain(of: 3, Neg())
    let report = try manager.run(
      Pipeline {
        Rules("b", CancelNegations())
        Rules("a", CancelNegations())
        Rules("c", CancelNegations())
      }, on: &program)
    #expect(seen.withLock { $0 } == ["a 3"])
    #expect(report.entries.map(\.name) == ["a", "c"])
  }

  @Test func repetitionEndsWhenNothingChanges() throws {
    var program = try chain(of: 4, Neg())
    let report = try PassManager().run(
      Pipeline(repeatedUpTo: 10) {
        Rules("a", CancelNegations())
        Rules("b", CancelNegations())
      }, on: &program)
    #expect(report.entries.map(\.name) == ["a", "b", "a", "b"])
  }

  @Test func visitsSubmodules() throws {
    func branch(_ name: String, _ count: Int) throws -> Module {
      var module = Module(name: name)
      var x = try module.addParameter("x", Shape(.float, lens: [2]))
      let unused = try module.add(Relu(), x)
      for _ in 0..<count { x = try module.add(Neg(), x) }
      _ = try module.add(Relu(), unused)
      try module.addReturn([x])
      return module
    }
    var main = Module()
    let c = try main.addParameter("c", Shape(.bool, [1]))
    let x = try main.addParameter("x", Shape(.float, lens: [2]))
    let id = try main.add(If(), [c, x, x], modules: [branch("yes", 2), branch("no", 5)])
    try main.addReturn([Value(id)])
    var program = Program(main: main)
    let report = try PassManager(verifies: true).run(
      Rules("cancel", CancelNegations()), on: &program)
    #expect(report.rewrites == 3)
    let modules = program.main[id].modules
    #expect(modules.map(\.count) == [2, 3])
  }

  @Test func rewritingIsLinear() throws {
    // A copy of the module at each rewrite would take minutes here.
    var program = try chain(of: 20_000, Neg())
    let duration = try ContinuousClock().measure {
      try PassManager().run(Rules("cancel", CancelNegations()), on: &program)
    }
    #expect(program.main.count == 2)
    #expect(duration < .seconds(20))
  }
}
