import Foundation
import IR
import ONNX
import ONNXProto
import Passes
import Reference
import Rewriting
import Support
import Tensors
import Testing

/// Graphs of several nodes: sub-graphs, order, initializers, dynamic sizes.
@Suite struct GraphImportTests {
  private func node(
    _ op: String, _ inputs: [String], _ outputs: [String], name: String = "",
    _ attributes: [Onnx_AttributeProto] = []
  ) -> Onnx_NodeProto {
    var node = Onnx_NodeProto()
    node.opType = op
    node.name = name
    node.input = inputs
    node.output = outputs
    node.attribute = attributes
    return node
  }

  private func branch(
    _ name: String, _ nodes: [Onnx_NodeProto], outputs: [String],
    _ initializers: [Onnx_TensorProto] = []
  ) -> Onnx_AttributeProto {
    var attribute = Onnx_AttributeProto()
    attribute.name = name
    attribute.type = .graph
    attribute.g.name = name
    attribute.g.node = nodes
    attribute.g.output = outputs.map { valueInfo($0) }
    attribute.g.initializer = initializers
    return attribute
  }

  private func int(_ name: String, _ value: Int64) -> Onnx_AttributeProto {
    var attribute = Onnx_AttributeProto()
    attribute.name = name
    attribute.type = .int
    attribute.i = value
    return attribute
  }

  private func floats(_ name: String, _ values: [Float]) -> Onnx_TensorProto {
    tensor(name, type: 1, dims: [Int64(values.count)]) { $0.floatData = values }
  }

  private func vector(_ values: [Float]) throws -> RuntimeValue {
    .tensor(try Argument(values, lens: [values.count]))
  }

  private func matrix(_ rows: Int, _ columns: Int) throws -> RuntimeValue {
    .tensor(try Argument((0..<rows * columns).map { Float($0) }, lens: [rows, columns]))
  }

  private func condition(_ value: Bool) throws -> RuntimeValue {
    .tensor(try Argument([Int32(value ? 1 : 0)], lens: []).converted(toElementType: .bool))
  }

  private func model(
    _ inputs: [(String, Int32, [Size])], _ nodes: [Onnx_NodeProto], outputs: [String],
    opset: Int64 = 13, _ initializers: [Onnx_TensorProto] = []
  ) -> Onnx_ModelProto {
    var model = ONNXTests.model { graph in
      graph.input = inputs.map { valueInfo($0.0, $0.1, $0.2) }
      graph.output = outputs.map { valueInfo($0) }
      graph.node = nodes
      graph.initializer = initializers
    }
    model.opset(opset)
    return model
  }

  /// Nodes later in the file make what the first ones and their sub-graphs use.
  @Test(arguments: [true, false]) func branchesUseWhatIsAround(isTrue: Bool) throws {
    let model = model(
      [("c", 9, []), ("x", 1, [.size(2)])],
      [
        node(
          "If", ["c"], ["y", "z"],
          [
            branch(
              "then_branch", [node("Add", ["late", "w"], ["a"])], outputs: ["a", "x"]),
            branch(
              "else_branch", [node("Mul", ["late", "own"], ["b"])], outputs: ["b", "late"],
              [floats("own", [10, 10])]),
          ]),
        node("Neg", ["x"], ["late"]),
      ], outputs: ["z", "y"], [floats("w", [0.5, 1])])
    let results = try evaluate(model, [condition(isTrue), vector([1, 2])])
    #expect(results[0].elements(as: Float.self) == (isTrue ? [1, 2] : [-1, -2]))
    #expect(results[1].elements(as: Float.self) == (isTrue ? [-0.5, -1] : [-10, -20]))
  }

  /// The sizes of the branches differ; only running tells which one there is.
  @Test func branchesOfDifferentSizes() throws {
    let model = model(
      [("c", 9, []), ("x", 1, [.size(2)])],
      [
        node(
          "If", ["c"], ["y"],
          [
            branch("then_branch", [node("Neg", ["x"], ["a"])], outputs: ["a"]),
            branch(
              "else_branch", [node("Concat", ["x", "x"], ["b"], [int("axis", 0)])], outputs: ["b"]),
          ]), node("Relu", ["y"], ["z"]),
      ], outputs: ["z"])
    #expect(try evaluate(model, [condition(true), vector([-1, 2])])[0].lens == [2])
    let long = try evaluate(model, [condition(false), vector([-1, 2])])[0]
    #expect(long.elements(as: Float.self) == [0, 2, 0, 2])
  }

  /// An inner sub-graph captures through the one around it, and nodes with one name stay apart.
  @Test func nestedBranches() throws {
    func choice(_ input: String, _ output: String, _ a: String, _ b: String) -> Onnx_NodeProto {
      node(
        "If", ["c"], [output], name: "same",
        [
          branch(
            "then_branch",
            [
              node(
                "If", ["c"], ["\(output)i"], name: "same",
                [
                  branch("then_branch", [node(a, [input], ["r"])], outputs: ["r"]),
                  branch("else_branch", [], outputs: [input]),
                ])
            ], outputs: ["\(output)i"]),
          branch("else_branch", [node(b, [input], ["r"])], outputs: ["r"]),
        ])
    }
    let model = model(
      [("c", 9, []), ("x", 1, [.size(1)])],
      [choice("x", "u", "Neg", "Abs"), choice("u", "y", "Exp", "Neg")], outputs: ["y"])
    #expect(
      try evaluate(model, [condition(true), vector([-1])])[0].elements(as: Float.self)
        == [Float(2.7182817)])
    #expect(
      try evaluate(model, [condition(false), vector([-3])])[0].elements(as: Float.self) == [-3])
  }

  /// A name that a sub-graph gives to something of its own isn't the outer one, however deep it is used.
  @Test func hiddenNames() throws {
    let inner = node(
      "If", ["c"], ["i"],
      [
        branch("then_branch", [node("Neg", ["t"], ["n"])], outputs: ["n"]),
        branch("else_branch", [node("Abs", ["t"], ["n"])], outputs: ["n"]),
      ])
    let model = model(
      [("c", 9, []), ("x", 1, [.size(1)])],
      [
        node(
          "If", ["c"], ["y"],
          [
            branch("then_branch", [node("Exp", ["x"], ["t"]), inner], outputs: ["i"]),
            branch("else_branch", [], outputs: ["x"]),
          ]), node("Add", ["y", "x"], ["t"]),
      ], outputs: ["t"])
    #expect(
      try evaluate(model, [condition(true), vector([0])])[0].elements(as: Float.self) == [-1])
  }

  @Test func moreOutputsThanThereAre() throws {
    let branches = ["then_branch", "else_branch"].map { branch($0, [], outputs: ["x"]) }
    for (op, attributes) in [("If", branches), ("Identity", [])] {
      let model = model(
        [("x", 9, [])], [node(op, ["x"], ["y", "z"], attributes)], outputs: ["z"])
      expectError(.unsupported, "the node has 2 outputs; 1 of them are supported") {
        _ = try evaluate(model, [condition(true)])
      }
    }
  }

  /// Initializers that are listed as inputs are constants; what is left keeps its order.
  @Test func inputsOutputsAndMetadata() throws {
    var model = model(
      [("b", 1, [.size(2)]), ("w", 1, [.size(2)]), ("a", 1, [.size(2)])],
      [node("Add", ["t", "w"], ["s"]), node("Sub", ["a", "b"], ["t"])],
      outputs: ["t", "s", "a"], [floats("w", [10, 20])])
    for (key, value) in [("z", "1"), ("a", "two"), ("m", "")] {
      var entry = Onnx_StringStringEntryProto()
      entry.key = key
      entry.value = value
      model.metadataProps.append(entry)
    }
    let program = try Program(onnxBytes: try encoded(model))
    #expect(program.inputs.map(\.name) == ["b", "a"])
    #expect(program.outputs.map(\.name) == ["t", "s", "a"])
    #expect(program.metadata.map(\.key) == ["z", "a", "m"])
    #expect(program.metadata.map(\.value) == ["1", "two", ""])
    let results = try evaluate(model, [vector([1, 2]), vector([5, 7])])
    #expect(
      results.map { $0.elements(as: Float.self) } == [[4, 5], [14, 25], [5, 7]])
  }

  @Test func stringConstants() throws {
    var one = Onnx_AttributeProto()
    one.name = "value_string"
    one.type = .string
    one.s = .init("a b".utf8)
    var many = Onnx_AttributeProto()
    many.name = "value_strings"
    many.type = .strings
    many.strings = [.init("x".utf8), .init()]
    let model = model(
      [], [node("Constant", [], ["a"], [one]), node("Constant", [], ["b"], [many])],
      outputs: ["a", "b"])
    let results = try evaluate(model, [])
    #expect(results.map(\.stringElements) == [["a b"], ["x", ""]])
    #expect(results.map(\.lens) == [[], [2]])
  }

  @Test func refusedForms() throws {
    let input: [(String, Int32, [Size])] = [("x", 1, [.size(1), .size(5)])]
    for (code, text, model) in [
      (
        MIGraphXError.Code.invalidShape, "2 equal parts",
        model(input, [node("Split", ["x"], ["y", "z"], [int("axis", 1)])], outputs: ["y"])
      ),
      (
        .invalidFile, "input 0 is needed", model(input, [node("Relu", [""], ["y"])], outputs: ["y"])
      ),
    ] {
      expectError(code, text) { _ = try Program(onnxBytes: try encoded(model)) }
    }
  }

  /// One import serves every size; result types are written with the input's symbols.
  @Test func dynamicSizes() throws {
    let last = tensor("last", type: 7, dims: [1]) { $0.int64Data = [1] }
    let minusOne = tensor("minus", type: 7, dims: [1]) { $0.int64Data = [-1] }
    let model = model(
      [("x", 1, [.named("N"), .named("W")])],
      [
        node("Shape", ["x"], ["sizes"]), node("Gather", ["sizes", "last"], ["w"]),
        node("Concat", ["w", "minus"], ["target"], [int("axis", 0)]),
        node("Transpose", ["x"], ["t"]), node("Reshape", ["t", "target"], ["r"]),
        node("MatMul", ["x", "r"], ["product"]), node("Flatten", ["x"], ["f"], [int("axis", 0)]),
        node("Concat", ["x", "x"], ["twice"], [int("axis", 1)]),
        node("Split", ["twice"], ["left", "right"], [int("axis", 1)]),
        node("ReduceSum", ["x"], ["sum"], [int("keepdims", 0)]),
      ], outputs: ["product", "f", "twice", "right", "sum"], [last, minusOne])
    let program = try Program(onnxBytes: try encoded(model))
    let (n, w) = (Dimension(Symbol("N")), Dimension(Symbol("W")))
    #expect(
      program.outputs.map { $0.type.shape?.dimensions } == [
        [n, n], [1, n * w], [n, 2 * w], [n, w], [],
      ])
    for (rows, columns) in [(2, 3), (4, 1)] {
      let results = try ReferenceTarget().compile(program).run([matrix(rows, columns)])
        .compactMap(\.argument)
      #expect(
        results.map(\.lens) == [
          [rows, rows], [1, rows * columns], [rows, 2 * columns], [rows, columns], [],
        ])
      let row = (0..<columns).reduce(0) { $0 + $1 * $1 }
      #expect(results[0].elements(as: Float.self)[0] == Float(row))
      let count = rows * columns
      #expect(results[3].elements(as: Float.self) == (0..<count).map { Float($0) })
      #expect(results[4].elements(as: Float.self) == [Float(count * (count - 1) / 2)])
    }
  }

  /// The weights' own sizes count where they are known later than the stated ones.
  @Test func windowOfOpenSizes() throws {
    var kernel = int("kernel_shape", 0)
    kernel.type = .ints
    kernel.ints = [2]
    let model = model(
      [
        ("x", 1, [.size(1), .size(1), .named("W")]),
        ("w", 1, [.size(1), .size(1), .named("K")]),
      ], [node("Conv", ["x", "w"], ["y"], [kernel])], outputs: ["y"])
    let x = try Argument([Float]([1, 2, 4]), lens: [1, 1, 3])
    let w = try Argument([Float]([1, 10]), lens: [1, 1, 2])
    #expect(try evaluate(model, [.tensor(x), .tensor(w)])[0].elements(as: Float.self) == [21, 42])
  }

  /// What a pass makes known of a size holds where attributes name it by the symbol that it had.
  @Test func sizesThatBecomeKnown() throws {
    var body = branch(
      "body",
      [
        node("Identity", ["keep"], ["more"]), node("Identity", ["s"], ["n"]),
        node("Identity", ["s"], ["out"]),
      ], outputs: ["more", "n", "out"])
    body.g.input = [
      valueInfo("i", 7, []), valueInfo("keep", 9, []), valueInfo("s", 1, [.size(2)]),
    ]
    let count = tensor("count", type: 7, dims: []) { $0.int64Data = [3] }
    let model = model(
      [("x", 1, [.size(2)])],
      [
        node("Loop", ["count", "", "x"], ["last", "all"], [body]),
        node("Split", ["all"], ["a", "b"], [int("axis", 0), int("num_outputs", 2)]),
      ], outputs: ["a", "b"], opset: 18, [count])
    var program = try Program(onnxBytes: try encoded(model))
    try PassManager(verifies: true).run(.standard, on: &program)
    let results = try ReferenceTarget().compile(program).run([vector([1, 2])])
    #expect(results.compactMap(\.argument).map(\.lens) == [[2, 2], [1, 2]])
  }

  /// A size without a name gets one that no named size has.
  @Test func namelessSizes() throws {
    let model = model(
      [("x", 1, [.named("?")]), ("y", 1, [.named("x_0")])],
      [node("Relu", ["x"], ["a"]), node("Relu", ["y"], ["b"])], outputs: ["a", "b"])
    #expect(try evaluate(model, [vector([1, 2]), vector([1])]).map(\.lens) == [[2], [1]])
  }

  /// Of a size of 0 there may be tensors; a negative one stands for a size that isn't known.
  @Test func sizesThatAreNotPositive() throws {
    let program = try Program(onnxBytes: encoded(relu([.dimValue(0), .dimValue(-1)])))
    let sizes = try #require(program.inputs.first?.type.shape?.dimensions)
    #expect(sizes[0] == 0)
    #expect(sizes[1].symbol != nil)
  }
}
