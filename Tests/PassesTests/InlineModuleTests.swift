import IR
import Operators
import Passes
import Rewriting
import Support
import Tensors
import Testing

@Suite struct InlineModuleTests {
  private let n = Dimension(Symbol("N", minimum: 1))

  /// A branch of one parameter `x`.
  private func branch(
    _ name: String, _ type: Shape, _ build: (inout Module, Value) throws -> [Value]
  ) throws -> Module {
    var module = Module(name: name)
    let x = try module.addParameter("x", type)
    try module.addReturn(try build(&module, x))
    return module
  }

  private func condition(_ value: Bool, _ m: inout Module) throws -> Value {
    m.addLiteral(try Literal([Bool8(value)], lens: [1]))
  }

  @Test(arguments: [true, false]) func knownConditionsChoose(_ value: Bool) throws {
    let shape = Shape(.float, [n, 3])
    try expect(InlineModule()) { m in
      let x = try m.parameter("x", n, 3)
      let y = try m.parameter("y", n, 3)
      let yes = try branch("yes", shape) { m, x in
        [try m.add(Mul(), x, m.add(Multibroadcast(outLens: [n, 3]), m.weights(3))), x]
      }
      let no = try branch("no", shape) { m, x in [try m.add(Neg(), x), try m.add(Relu(), x)] }
      let id = try m.add(If(), [condition(value, &m), x, y], modules: [yes, no])
      return [Value(id), Value(id, result: 1)]
    } to: { m in
      let x = try m.parameter("x", n, 3)
      let y = try m.parameter("y", n, 3)
      if !value { return [try m.add(Neg(), y), try m.add(Relu(), y)] }
      return [try m.add(Mul(), x, m.add(Multibroadcast(outLens: [n, 3]), m.weights(3))), x]
    }
  }

  /// Results of other sizes than the other branch's become exact, and views stay what the module may return.
  @Test func resultsBecomeExact() throws {
    let shape = Shape(.float, [2, 3])
    try expect(InlineModule()) { m in
      let x = try m.parameter("x", 2, 3)
      let yes = try branch("yes", shape) { m, x in [try m.add(Transpose(permutation: [1, 0]), x)] }
      let no = try branch("no", shape) { _, x in [x] }
      let id = try m.add(If(), [condition(true, &m), x, x], modules: [yes, no])
      return [Value(id)]
    } to: { m in
      let x = try m.parameter("x", 2, 3)
      return [try m.add(Contiguous(), m.add(Transpose(permutation: [1, 0]), x))]
    }
  }

  @Test func branchesInBranches() throws {
    let shape = Shape(.float, [n])
    try expect(InlineModule()) { m in
      let x = try m.parameter("x", n)
      let outer = try branch("outer", shape) { m, x in
        let inner = try branch("inner", shape) { m, x in [try m.add(Neg(), x)] }
        let other = try branch("other", shape) { _, x in [x] }
        let known = try m.add(If(), [condition(true, &m), x, x], modules: [inner, other])
        // What only a run decides stays an if.
        let sum = try m.add(ReduceSum(axes: [0]), Value(known))
        let isPositive = try m.add(Greater(), sum, m.addLiteral(Literal([Float(0)], lens: [1])))
        let open = try m.add(
          If(), [isPositive, Value(known), x], modules: [renamed(inner, "a"), renamed(other, "b")])
        return [Value(open)]
      }
      let no = try branch("no", shape) { _, x in [x] }
      return [Value(try m.add(If(), [condition(true, &m), x, x], modules: [outer, no]))]
    } to: { m in
      let x = try m.parameter("x", n)
      let zero = m.addLiteral(try Literal([Float(0)], lens: [1]))
      let known = try m.add(Neg(), x)
      let sum = try m.add(ReduceSum(axes: [0]), known)
      let inner = try branch("a", shape) { m, x in [try m.add(Neg(), x)] }
      let other = try branch("b", shape) { _, x in [x] }
      let open = try m.add(
        If(), [try m.add(Greater(), sum, zero), known, x], modules: [inner, other])
      return [Value(open)]
    }
  }

  private func renamed(_ module: Module, _ name: String) throws -> Module {
    let x = module.parameters[0]
    return try branch(name, try #require(module.shape(of: x))) { m, x in
      name == "a" ? [try m.add(Neg(), x)] : [x]
    }
  }

  /// Attributes that name a size which the branch makes would not follow when that gets another name.
  @Test func keepsWhatNamesSizesOfItsOwn() throws {
    try expect(
      InlineModule(),
      keeps: { m in
        let x = try m.parameter("x", 4)
        let yes = try branch("yes", Shape(.float, [4])) { m, x in
          let places = try m.add(NonZero(), x)
          let count = try #require(m.shape(of: places)).dimensions[1]
          return [try m.add(Multibroadcast(outLens: [count]), m.weights(1))]
        }
        let no = try branch("no", Shape(.float, [4])) { _, x in [x] }
        return [Value(try m.add(If(), [condition(true, &m), x, x], modules: [yes, no]))]
      })
  }

  /// The condition is a literal only when other passes are through.
  @Test func standardPassesInline() throws {
    var program = try program { m in
      let x = try m.parameter("x", 5, 3)
      let sizes = try m.add(DimensionsOf(start: 0, end: 1), x)
      let isFive = try m.add(Equal(), sizes, m.integers(5))
      let yes = try branch("yes", Shape(.float, lens: [5, 3])) { m, x in [try m.add(Neg(), x)] }
      let no = try branch("no", Shape(.float, lens: [5, 3])) { _, x in [x] }
      return [Value(try m.add(If(), [isFive, x, x], modules: [yes, no]))]
    }
    let source = program
    try PassManager(verifies: true).run(Pipeline.standard(foldsConstants: false), on: &program)
    let main = program.main
    #expect(main.order.compactMap { main[$0].op?.name } == ["neg"])
    try expectSameValues(source, program)
  }
}
