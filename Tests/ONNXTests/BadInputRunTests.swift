import IR
import MIGraphX
import ONNX
import ONNXProto
import Reference
import Support
import SwiftProtobuf
import Tensors
import Testing

/// Runs with wrong inputs: the error names the input, what came and what is needed.
@Suite struct BadInputRunTests {
  /// `y = relu(x) + z` with x and z of `[N, 3]`.
  private func sum(_ options: ONNXOptions = ONNXOptions()) throws -> CompiledProgram {
    var model = simple([node("Relu", ["x"], ["r"]), node("Add", ["r", "z"], ["y"], name: "add")])
    model.graph.input.append(input("z", [.dimParam("N"), .dimValue(3)]))
    return try Program(onnxBytes: try encoded(model), options: options).compiled()
  }

  private func floats(_ lens: Int...) throws -> Argument {
    try Argument(zeros: Shape(.float, lens: lens))
  }

  private func refuses(
    _ code: MIGraphXError.Code, _ message: String,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
  ) {
    let error = #expect(throws: MIGraphXError.self, sourceLocation: sourceLocation) { try body() }
    guard let error else { return }
    #expect(isOneLine(error), sourceLocation: sourceLocation)
    #expect(error.description == "\(code): \(message)", sourceLocation: sourceLocation)
  }

  @Test func names() throws {
    let sum = try sum()
    let good = try floats(2, 3)
    #expect(try sum.run(["x": good, "z": good])[0].value.lens == [2, 3])
    refuses(.invalidArgument, "the program has no input 'q'; its inputs are 'x', 'z'") {
      _ = try sum.run(["x": good, "q": good])
    }
    refuses(.invalidArgument, "Parameter not found: z; the inputs are 'x', 'z'") {
      _ = try sum.run(["x": good])
    }
    refuses(.invalidArgument, "the program has 2 inputs; 1 values were given") {
      _ = try sum.run([.tensor(good)])
    }
  }

  @Test func typesAndSizes() throws {
    let sum = try sum()
    let good = try floats(2, 3)
    func refused(_ code: MIGraphXError.Code, _ message: String, _ x: RuntimeValue) {
      let given = x.argument.map { "{\($0.shape)}" } ?? "of a structure"
      let message =
        "Incorrect shape \(given) for parameter: x should be: float_type, {N, 3}, {3, 1}; \(message)"
      refuses(code, message) { _ = try sum.run([x, .tensor(good)]) }
      guard let tensor = x.argument else { return }
      refuses(code, message) { _ = try sum.run(["x": tensor, "z": good]) }
    }
    refused(
      .invalidArgument, "elements of type float_type are needed, found int64_type",
      .tensor(try Argument([Int64](repeating: 0, count: 6), lens: [2, 3])))
    refused(
      .invalidShape, "2 axes (float_type, {N, 3}, {3, 1}) are needed, found [6]",
      .tensor(try floats(6)))
    refused(.invalidShape, "axis 1 must be 3, found 4", .tensor(try floats(2, 4)))
    refused(
      .invalidArgument, "a value of type (float_type, {N, 3}, {3, 1}) is needed",
      .tuple([.tensor(good)]))
    refuses(
      .invalidShape,
      "Incorrect shape {float_type, {5, 3}, {3, 1}} for parameter: z should be: "
        + "float_type, {N, 3}, {3, 1}; axis 0 must be N = 2, found 5"
    ) {
      _ = try sum.run([.tensor(good), .tensor(try floats(5, 3))])
    }
  }

  @Test func sizesOutOfRange() throws {
    var options = ONNXOptions()
    options.inputDimensions["x"] = [4, 3]
    let sum = try sum(options)
    let good = try floats(4, 3)
    _ = try sum.run([.tensor(good), .tensor(good)])
    refuses(
      .invalidShape,
      "Incorrect shape {float_type, {5, 3}, {3, 1}} for parameter: x should be: "
        + "float_type, {N, 3}, {3, 1}; axis 0 ('N') must be 0 to 4, found 5"
    ) { _ = try sum.run(["x": try floats(5, 3), "z": good]) }
  }

  @Test func violatedGuard() throws {
    var model = simple(
      [node("Add", ["x", "z"], ["y"], name: "add")], [.dimParam("N"), .dimValue(3)])
    model.graph.input.append(input("z", [.dimParam("M"), .dimValue(3)]))
    let executable = try Program(onnxBytes: try encoded(model)).compiled()
    _ = try executable.run([.tensor(try floats(2, 3)), .tensor(try floats(2, 3))])
    let error = #expect(throws: MIGraphXError.self) {
      _ = try executable.run([.tensor(try floats(2, 3)), .tensor(try floats(5, 3))])
    }
    let text = error?.description ?? ""
    #expect(error?.code == .invalidShape)
    #expect(text.contains("node 'add' needs ") && text.contains(" == "), "\(text)")
    #expect(text.contains("they are 2 and 5") || text.contains("they are 5 and 2"), "\(text)")
  }

  /// Two parts of equal size are made of an even size only; opset 17 knows no smaller last part.
  @Test func unevenSplit() throws {
    var model = simple(
      [node("Split", ["x"], ["y", "rest"], name: "parts")], [.dimParam("N"), .dimValue(3)])
    model.opsetImport = [opset("", 17)]
    let executable = try Program(onnxBytes: try encoded(model)).compiled()
    _ = try executable.run([.tensor(try floats(4, 3))])
    let error = #expect(throws: MIGraphXError.self) {
      _ = try executable.run([.tensor(try floats(5, 3))])
    }
    #expect(error?.code == .invalidShape)
    #expect(
      error?.description.contains("node 'parts' needs ") ?? false, "\(String(describing: error))")
  }

  /// The limit is on what lives at one time: the run needs two tensors of 1200 bytes at once.
  @Test func memoryLimit() throws {
    let model = simple([
      node("Relu", ["x"], ["a"]), node("Neg", ["a"], ["b"], name: "neg"), node("Abs", ["b"], ["y"]),
    ])
    let program = try Program(onnxBytes: try encoded(model))
    let input = try floats(100, 3)
    _ = try program.compiled(for: ReferenceTarget(memoryLimit: 2400)).run([.tensor(input)])
    var options = ONNXOptions()
    options.inputDimensions["x"] = [100, 3]
    let bounded = try Program(onnxBytes: try encoded(model), options: options)
    #expect(try bounded.compiled(for: ReferenceTarget()).memoryUsage() == 2400)
    refuses(
      .invalidShape,
      "the memory for float_type, {N, 3}, {3, 1} is not bounded; give its axes maximum sizes"
    ) { _ = try program.compiled(for: ReferenceTarget()).memoryUsage() }
    let executable = try program.compiled(for: ReferenceTarget(memoryLimit: 2399))
    refuses(
      .limitExceeded,
      "1200 bytes are needed; 1200 of the limit of 2399 bytes are in use "
        + "(while running node 'neg' (neg))"
    ) { _ = try executable.run([.tensor(input)]) }
  }

  /// A view of one element as a million takes no memory; a sum over it would copy it.
  @Test func memoryLimitCountsRepeatedElements() throws {
    var model = simple(
      [
        node("Expand", ["x", "s"], ["e"]),
        node("ReduceSum", ["e"], ["y"], name: "sum", [int("keepdims", 0)]),
      ], [.dimValue(1)])
    model.graph.initializer = [tensor("s", type: 7, dims: [1]) { $0.int64Data = [1_000_000] }]
    let program = try Program(onnxBytes: try encoded(model))
    let input = try floats(1)
    _ = try program.compiled(for: ReferenceTarget(memoryLimit: 5_000_000)).run([.tensor(input)])
    let executable = try program.compiled(for: ReferenceTarget(memoryLimit: 1_000_000))
    let error = #expect(throws: MIGraphXError.self) { _ = try executable.run([.tensor(input)]) }
    #expect(error?.code == .limitExceeded)
    #expect(
      error?.description.contains("4000004 bytes are needed") ?? false,
      "\(String(describing: error))")
  }
}
