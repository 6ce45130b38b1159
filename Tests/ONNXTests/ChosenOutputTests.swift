import IR
import MIGraphX
import ONNXProto
import Support
import Tensors
import Testing

@testable import ONNX

/// Runs for some tensors only, and who owns results.
struct ChosenOutputTests {
  /// x → relu → a → neg → b → abs → y, and z = a.
  private func program() throws -> Program {
    var model = simple([
      node("Relu", ["x"], ["hidden"]), node("Neg", ["hidden"], ["negative"]),
      node("Abs", ["negative"], ["y"]), node("Identity", ["x"], ["same"]),
    ])
    model.graph.output.append(output("same"))
    return try Program(onnxBytes: try encoded(model))
  }

  private let input: [Float] = [-1, 2, -3, 4, 5, -6]

  @Test func outputsInTheOrderAsked() throws {
    let compiled = try program().compiled()
    let x = try Argument(input, lens: [2, 3])
    let all = try compiled.run(["x": x])
    #expect(all.map(\.name) == ["y", "same"])
    let some = try compiled.run(["x": x], outputs: ["same", "y", "same"])
    #expect(some.map(\.name) == ["same", "y", "same"])
    #expect(some[1].value.elements(as: Float.self) == [0, 2, 0, 4, 5, 0])
    #expect(some[0].value.elements(as: Float.self) == input)
    #expect(try compiled.run(["x": x], outputs: []).isEmpty)
  }

  @Test func intermediateTensors() throws {
    let compiled = try program().compiled()
    for scale: Float in [1, -2] {
      let values = input.map { $0 * scale }
      let results = try compiled.run(
        ["x": Argument(values, lens: [2, 3])], outputs: ["negative", "y", "hidden"])
      #expect(results.map(\.name) == ["negative", "y", "hidden"])
      let hidden = values.map { max($0, 0) }
      #expect(results[0].value.elements(as: Float.self) == hidden.map { 0 - $0 })
      #expect(results[1].value.elements(as: Float.self) == hidden)
      #expect(results[2].value.elements(as: Float.self) == hidden)
    }
  }

  @Test func unknownNames() throws {
    let compiled = try program().compiled()
    let x = try Argument(input, lens: [2, 3])
    #expect(
      throws: MIGraphXError(
        .invalidArgument, "no tensor is named 'hiden'; similar names are 'hidden'")
    ) { _ = try compiled.run(["x": x], outputs: ["hiden"]) }
    #expect(
      throws: MIGraphXError(
        .invalidArgument, "no tensor is named 'nothing like it'; the outputs are 'y', 'same'")
    ) { _ = try compiled.run(["x": x], outputs: ["nothing like it"]) }
  }

  /// `same` is the input as it is, twice; each result has memory of its own all the same.
  @Test func resultsOwnTheirMemory() throws {
    let compiled = try program().compiled()
    let x = try Argument(input, lens: [2, 3])
    let results = try compiled.run(["x": x], outputs: ["same", "same"])
    try results[0].value.fill(7)
    #expect(results[1].value.elements(as: Float.self) == input)
    try x.fill(9)
    #expect(results[1].value.elements(as: Float.self) == input)
    let kept = try compiled.run(["x": Argument(input, lens: [2, 3])])
    _ = try compiled.run(["x": Argument([Float](repeating: 0, count: 6), lens: [2, 3])])
    #expect(kept[0].value.elements(as: Float.self) == [0, 2, 0, 4, 5, 0])
  }

  @Test func destinations() throws {
    let compiled = try program().compiled()
    let x = try Argument(input, lens: [2, 3])
    let buffer = try Argument([Float](repeating: 0, count: 6), lens: [3, 2])
    let transposed = try buffer.view(lens: [2, 3], strides: [1, 2])
    let results = try compiled.run(["x": x], into: ["y": transposed])
    #expect(results[0].value.storage === buffer.storage)
    #expect(buffer.elements(as: Float.self) == [0, 4, 2, 5, 0, 0])
    #expect(throws: MIGraphXError.self) { _ = try compiled.run(["x": x], into: ["y": buffer]) }
    #expect(throws: MIGraphXError.self) { _ = try compiled.run(["x": x], into: ["q": buffer]) }
  }

  @Test func devicesAndTargets() throws {
    var options = CompileOptions()
    options.deviceID = 1
    for name in Targets.names {
      let target = try Targets.named(name)
      #expect(target.name == name)
      #expect(
        throws: MIGraphXError(
          .invalidArgument, "target '\(name)' has no device 1; it has 1, numbered from 0")
      ) { _ = try program().compiled(for: target, options: options) }
    }
    #expect(
      throws: MIGraphXError(
        .unknownTarget, "this version has no target 'gpu'; it has 'ref' and 'cpu'")
    ) { _ = try Targets.named("gpu") }
  }

  @Test func observersSeeEveryInstruction() throws {
    let compiled = try program().compiled(for: .ref)
    var seen: [String] = []
    _ = try compiled.run([.tensor(try Argument(input, lens: [2, 3]))]) {
      (run) throws(MIGraphXError) in
      let instruction = compiled.executable.lowered.main[run.id]
      #expect(compiled.executable.lowered.main.order[run.index] == run.id)
      let results = try run.results
      #expect(results.count == instruction.types.count)
      seen.append(instruction.name)
    }
    #expect(seen.sorted() == ["abs", "neg", "relu"])
    let stop = MIGraphXError(.invalidArgument, "stop")
    #expect(throws: stop) {
      _ = try compiled.run([.tensor(try Argument(input, lens: [2, 3]))]) {
        _ throws(MIGraphXError) in throw stop
      }
    }
  }
}
