import IR
import Support
import Tensors
import Testing

struct VerifierTests {
  private func message(_ build: (inout Module) throws -> Void) throws -> String? {
    var module = Module()
    try build(&module)
    return #expect(throws: MIGraphXError.self) { try Program(main: module).verify() }?.description
  }

  private let shape = Shape(.float, lens: [2])

  @Test func operandsComeFirst() throws {
    let text = try message { module in
      let x = try module.addParameter("x", shape)
      let a = try module.add(TestRelu(), x)
      let b = try module.add(TestRelu(), a)
      try module.add(TestRelu(), [b], before: a.instruction)
    }
    #expect(
      text == "invalid program: an operand is not defined before its use, "
        + "in: main:@1 = relu(main:@3) -> float_type, {2}, {1}")
  }

  @Test func operandsExist() throws {
    let text = try message { module in
      let x = try module.addParameter("x", shape)
      let a = try module.add(TestRelu(), x)
      module.damage(a.instruction) { $0.inputs = [Value(x.instruction, result: 2)] }
    }
    #expect(
      text == "invalid program: operand x has no result 2, "
        + "in: main:@1 = relu(x:2) -> float_type, {2}, {1}")
  }

  @Test func parametersDiffer() throws {
    let text = try message { module in
      try module.addParameter("x", shape)
      let y = try module.addParameter("y", shape)
      module.damage(y.instruction) { $0.body = .parameter("x") }
    }
    #expect(
      text == "invalid program: there are two parameters 'x', "
        + "in: x = @param:x -> float_type, {2}, {1}")
  }

  @Test func literalsHaveTheirShape() throws {
    let text = try message { module in
      let one = module.addLiteral(try Literal([1 as Float], lens: []))
      module.damage(one.instruction) { $0.types = [.tensor(shape)] }
    }
    #expect(
      text == "invalid program: the literal has shape (float_type, {1}, {0}), "
        + "in: main:@0 = @literal{1} -> float_type, {2}, {1}")
  }

  @Test func theReturnIsLast() throws {
    let text = try message { module in
      let x = try module.addParameter("x", shape)
      let a = try module.add(TestSink(), [x])
      try module.addReturn([x])
      module.damage(a) { $0.body = .result(names: []) }
    }
    #expect(
      text == "invalid program: the return must be the last instruction, in: main:@1 = @return(x)")
  }

  @Test func typesAreThoseOfInference() throws {
    let text = try message { module in
      let x = try module.addParameter("x", shape)
      let a = try module.add(TestRelu(), x)
      module.damage(a.instruction) { $0.types = [tensor(.float, 3)] }
    }
    #expect(
      text == "invalid program: inference gives [float_type, {2}, {1}], "
        + "in: main:@1 = relu(x) -> float_type, {3}, {1}")
    let other = try message { module in
      let x = try module.addParameter("x", shape)
      let a = try module.add(TestAdd(), x, x)
      module.damage(a.instruction) { $0.types = [] }
    }
    #expect(
      other == "invalid program: inference gives [float_type, {2}, {1}], in: main:@1 = add(x,x)")
    let failing = try message { module in
      let x = try module.addParameter("x", shape)
      let a = try module.add(TestRelu(), x)
      module.damage(a.instruction) { $0.body = .apply(TestAdd()) }
    }
    #expect(
      failing == "invalid program: invalid shape: 2 inputs are needed, found 1, "
        + "in: main:@1 = add(x) -> float_type, {2}, {1}")
  }

  @Test func usersAreTrue() throws {
    let text = try message { module in
      let x = try module.addParameter("x", shape)
      let y = try module.addParameter("y", shape)
      let a = try module.add(TestRelu(), x)
      module.damage(a.instruction) { $0.inputs = [y] }
    }
    #expect(
      text == "invalid program: the recorded users differ, "
        + "in: x = @param:x -> float_type, {2}, {1}")
  }

  @Test func subModulesAreVerified() throws {
    var inner = Module(name: "body")
    let p = try inner.addParameter("p", shape)
    let a = try inner.add(TestRelu(), p)
    try inner.addReturn([a])
    inner.damage(a.instruction) { $0.types = [tensor(.half, 2)] }
    let broken = inner
    let text = try message { try $0.add(TestCall(), [], modules: [broken]) }
    #expect(
      text == "invalid program: inference gives [float_type, {2}, {1}], "
        + "in: body:@1 = relu(p) -> half_type, {2}, {1} (while verifying module 'body')")
  }

  @Test func moduleNamesDiffer() throws {
    let inner = Module(name: "body")
    let text = try message { module in
      try module.add(TestCall(), [], modules: [inner])
      try module.add(TestCall(), [], modules: [inner])
    }
    #expect(text == "invalid program: there are two modules 'body'")
  }
}
