import IR
import Operators
import Planning
import Support
import Tensors
import Testing

@testable import CPUTarget

/// Where values lie between inputs and outputs.
struct MemoryPlanTests {
  /// Six branches of [4, 8] · [8, 512] · [512, 8], of which all first products stand before all second ones.
  private func branches(_ input: Argument) throws -> Program {
    let grow = try numbers([8, 512], seed: 2)
    let shrink = try numbers([512, 8], seed: 3)
    return try makeProgram([input]) { module, x in
      let left = module.addLiteral(Literal(grow))
      let right = module.addLiteral(Literal(shrink))
      var grown: [Value] = []
      for _ in 0..<6 {
        let scaled = try module.add(Softmax(axis: 1), grown.isEmpty ? x[0] : grown[0])
        let factor = try module.add(Slice(axes: [1], starts: [0], ends: [8]), scaled)
        grown.append(try module.add(Dot(), factor, left))
      }
      var sum = try module.add(Dot(), grown[0], right)
      for value in grown.dropFirst() {
        sum = try module.add(Add(), sum, module.add(Dot(), value, right))
      }
      return sum
    }
  }

  @Test func branchesShareTheirMemory() throws {
    let input = try numbers([4, 8])
    let program = try branches(input)
    let executable = try #require(CPUTarget().compile(program) as? any PlannedExecutable)
    let plan = try executable.memoryPlan()
    // A first product takes 4 * 512 floats, its softmax as many; they are never all there at one time.
    #expect(plan.byteCount < 4 * 8192)
    #expect(plan.byteCount == plan.lowerBound)
    try expectAgreement(program, [input])
  }

  @Test func plansAreForTheMaximumSizes() throws {
    func plan(_ rows: Dimension) throws -> MemoryPlan {
      var module = Module()
      let x = try module.addParameter("x", Shape(.float, [rows, 100]))
      let first = try module.add(Softmax(axis: 1), x)
      try module.addReturn([try module.add(Softmax(axis: 0), first)])
      let executable = try CPUTarget().compile(Program(main: module))
      return try #require(executable as? any PlannedExecutable).memoryPlan()
    }
    let fixed = try plan(24)
    #expect(fixed.byteCount >= 24 * 400)
    let rows = Symbol("N", minimum: 8, maximum: 29, step: 8)
    #expect(try plan(Dimension(rows)).byteCount == fixed.byteCount)
    let error = try #require(throws: MIGraphXError.self) { _ = try plan(Dimension(Symbol("N"))) }
    #expect(error.code == .invalidShape)
    #expect(error.message.contains("is not bounded"))
  }
}
