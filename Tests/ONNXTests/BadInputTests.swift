import Foundation
import IR
import ONNX
import ONNXProto
import Support
import SwiftProtobuf
import Tensors
import Testing

/// Models that are wrong in one place each: the error names the place, and what was needed there.
@Suite struct BadInputTests {
  // MARK: Files

  /// Whatever is cut off: an error, or a program without what came last.
  @Test func truncatedFiles() throws {
    let bytes = try encoded(relu())
    for count in bytes.indices {
      do throws(MIGraphXError) {
        _ = try Program(onnxBytes: Array(bytes[..<count]))
        Issue.record("\(count) of \(bytes.count) bytes are taken for the model")
      } catch {
        #expect(error.code == .invalidFile, "\(count) bytes: \(error)")
        #expect(error.trail.first == "importing an ONNX model")
        #expect(isOneLine(error), "\(error)")
      }
    }
    _ = try Program(onnxBytes: bytes)
  }

  @Test func flippedBits() throws {
    let bytes = try encoded(relu())
    var refused = 0
    for index in bytes.indices {
      for bit in 0..<8 {
        var flipped = bytes
        flipped[index] ^= 1 << bit
        do throws(MIGraphXError) { _ = try Program(onnxBytes: flipped) } catch {
          refused += 1
          #expect(isOneLine(error), "\(error)")
        }
      }
    }
    // Most bytes of this model are structure or names that must fit each other.
    #expect(refused > bytes.count * 4)
  }

  @Test func noModel() {
    refuses(Onnx_ModelProto(), .invalidFile, "it holds no graph")
    #expect(throws: MIGraphXError.self) { _ = try Program(onnxBytes: Array("hello\n".utf8)) }
    expectError(.system, "/no/such/model.onnx", "No such file") {
      _ = try Program(onnx: "/no/such/model.onnx")
    }
  }

  @Test func namesWithLineBreaksAndAbsurdLengths() {
    for name in [
      "a\nb", "a\r\nb", "a\u{2028}b", "a\u{85}b", String(repeating: "ab\n", count: 1 << 20),
    ] {
      let model = simple([node("Relu", [name], ["y"])])
      refuses(model, .invalidFile, "which is no input, initializer or output of a node")
    }
  }

  // MARK: Graphs

  @Test func cyclicGraphs() {
    refuses(
      simple([
        node("Add", ["x", "b"], ["a"]), node("Relu", ["a"], ["b"]), node("Relu", ["b"], ["y"]),
      ]),
      .invalidFile,
      "nodes use each other in a cycle: node of 'a' (Add), node of 'b' (Relu)")
    refuses(
      simple([node("Add", ["x", "y"], ["y"])]), .invalidFile,
      "nodes use each other in a cycle: node of 'y' (Add)")
  }

  @Test func undefinedInputs() {
    refuses(
      simple([node("Relu", ["z"], ["y"], name: "act")]), .invalidFile,
      "node 'act' (Relu) uses 'z', which is no input, initializer or output of a node")
    refuses(
      simple([node("Relu", ["x"], ["other"])]), .invalidFile,
      "output 'y' of graph 'g' is not computed")
    refuses(
      simple([node("Relu", [], ["y"])]), .invalidFile, "input 0 is needed; the node has 0 inputs")
    refuses(
      simple([node("Add", ["", "x"], ["y"])]), .invalidFile,
      "input 0 is needed; the node has 2 inputs (while importing an ONNX model, while importing node "
        + "of 'y' (Add))")
  }

  @Test func duplicateNames() {
    refuses(
      simple([node("Relu", ["x"], ["y"], name: "a"), node("Neg", ["x"], ["y"], name: "b")]),
      .invalidFile, "'y' is made by node 'a' (Relu) and by node 'b' (Neg)")
    var twice = simple([
      node("Relu", ["y"], ["x"]), node("Constant", [], ["y"], [int("value_int", 1)]),
    ])
    refuses(twice, .invalidFile, "'x' is defined twice")
    twice = relu()
    twice.graph.input.append(input("x", [.dimValue(2)]))
    refuses(twice, .invalidProgram, "'x'")
    twice = relu()
    twice.graph.initializer = [rawTensor("w", [1]), rawTensor("w", [1])]
    refuses(twice, .invalidFile, "'w' is defined twice")
  }

  // MARK: Attributes

  @Test func wrongAttributeTypes() {
    let wrongFor: [(String, [String], Onnx_AttributeProto, String)] = [
      ("Cast", ["x"], text("to", "1"), "attribute 'to' has type string; int is needed"),
      ("Transpose", ["x"], int("perm", 0), "attribute 'perm' has type int; ints is needed"),
      ("LeakyRelu", ["x"], int("alpha", 1), "attribute 'alpha' has type int; float is needed"),
      (
        "Constant", [], int("value_floats", 1),
        "attribute 'value_floats' has type int; floats is needed"
      ),
      (
        "Constant", [], int("value_string", 1),
        "attribute 'value_string' has type int; string is needed"
      ),
      (
        "Constant", [], int("value_strings", 1),
        "attribute 'value_strings' has type int; strings is needed"
      ),
      ("Constant", [], int("value", 1), "attribute 'value' has type int; tensor is needed"),
      ("If", ["x"], int("then_branch", 1), "attribute 'then_branch' has type int; graph is needed"),
    ]
    for (op, inputs, attribute, message) in wrongFor {
      refuses(
        simple([node(op, inputs, ["y"], name: "n", [attribute])]), .invalidFile,
        message, "while importing node 'n' (\(op))")
    }
    var reference = int("to", 1)
    reference.refAttrName = "outer"
    refuses(
      simple([node("Cast", ["x"], ["y"], [reference])]), .unsupported,
      "attribute 'to' refers to 'outer' of a function")
  }

  @Test func missingAttributes() {
    let missing: [(String, [String], String)] = [
      ("Cast", ["x"], "attribute 'to' is needed"), ("Concat", ["x"], "attribute 'axis' is needed"),
      ("Constant", [], "a constant needs an attribute with its value"),
      ("If", ["x"], "attribute 'then_branch' is needed"),
    ]
    for (op, inputs, message) in missing {
      refuses(
        simple([node(op, inputs, ["y"], name: "n")]), .invalidFile, message,
        "while importing node 'n' (\(op))")
    }
  }

  // MARK: Operators and versions

  @Test func unknownOperators() {
    var branch = Onnx_GraphProto()
    branch.node = [node("InnerNew", ["x"], ["i"], name: "deep")]
    branch.output = [output("i")]
    let model = simple([
      node("New", ["x"], ["a"], name: "one"), node("New", ["a"], ["b"], name: "two"),
      node("Relu", ["b"], ["c"], domain: "com.example"),
      node("If", ["c"], ["y"], [graph("then_branch", branch), graph("else_branch", branch)]),
    ])
    refuses(
      model, .unsupported,
      "unknown operators: InnerNew (node 'deep', 'deep'); New (node 'one', 'two'); "
        + "com.example.Relu (node 'c')")
  }

  @Test func opsets() {
    var model = relu()
    for (version, text) in [
      (29, "opset 29"), (-1, "opset -1"), (0, "opset 0"), (.max, "opset \(Int64.max)"),
    ]
      as [(Int64, String)]
    {
      model.opsetImport[0].version = version
      refuses(model, .unsupported, "\(text); versions 1 to 28 are supported")
    }
    model.opsetImport = []
    refuses(model, .invalidFile, "the model doesn't say which opset it uses")
    model.opsetImport = [opset("com.example", 1)]
    refuses(
      model, .invalidFile,
      "node of 'y' (Relu) is of the default domain, of which the model imports no opset")
  }

  // MARK: Sizes and types

  @Test func wrongInputSizes() {
    for size in [Int64.max, 1 << 46] {
      refuses(
        relu([.dimParam("N"), .dimValue(size)]), .limitExceeded, "\(size)", "importing input 'x'")
    }
    let large = 1 << 31 as Int64
    refuses(
      relu([.dimValue(large), .dimValue(large), .dimValue(large)]), .limitExceeded,
      "importing input 'x'")
    refuses(
      relu(Array(repeating: .dimParam("N"), count: 100_000)), .limitExceeded,
      "a tensor has 100000 axes; at most 64 are possible", "importing input 'x'")
  }

  @Test func wrongInputTypes() {
    var model = relu()
    model.graph.input[0].type.tensorType.clearShape()
    refuses(
      model, .unsupported,
      "its number of axes is not stated; give its dimensions (map_input_dims)",
      "importing input 'x'")
    model = relu()
    model.graph.input[0].type.tensorType.elemType = 99
    refuses(model, .unsupported, "input 'x' has element type 99 (unknown)")
    model.graph.input[0].type = Onnx_TypeProto()
    refuses(
      model, .invalidFile,
      "it has no type (while importing an ONNX model, while importing input 'x')")
  }

  @Test func wrongInitializerSizes() {
    func model(_ dims: [Int64], _ bytes: Int) -> Onnx_ModelProto {
      var model = relu()
      model.graph.initializer = [
        tensor("w", type: 1, dims: dims) { $0.rawData = Data(repeating: 0, count: bytes) }
      ]
      return model
    }
    refuses(
      model([2, -1], 8), .invalidFile, "initializer 'w' has dimensions [2, -1]; one is negative")
    refuses(
      model([2, 3], 20), .invalidFile,
      "initializer 'w' has 20 bytes of raw data; FLOAT with dimensions [2, 3] needs 24")
    refuses(
      model([0], 4), .invalidFile,
      "initializer 'w' has 4 bytes of raw data; FLOAT with dimensions [0] needs 0")
    for dims in [[.max, .max], [1 << 32, 1 << 32], [0, .max, .max]] as [[Int64]] {
      refuses(model(dims, 8), .limitExceeded, "initializer 'w' has dimensions \(dims)")
    }
    refuses(
      model(Array(repeating: 1, count: 65), 4), .limitExceeded,
      "initializer 'w' has 65 dimensions; at most 64 are possible")
  }

  // MARK: External data

  @Test func externalData() throws {
    let folder = try TemporaryFolder()
    try folder.write(pattern(100), to: "outside.bin")
    try folder.write(pattern(10), to: "model/short.bin")
    let cases: [(String, MIGraphXError.Code, String)] = [
      ("absent.bin", .system, "No such file or directory"),
      (
        "short.bin", .invalidFile,
        "initializer 'w' has external data in 'short.bin' of 16 bytes at offset 0; the file has 10 bytes"
      ),
      (
        "../outside.bin", .invalidFile,
        "initializer 'w' has external data in '../outside.bin'; a relative path to a file inside the "
          + "model's folder is needed"
      ),
      (
        "\(folder.path)/outside.bin", .invalidFile,
        "a relative path to a file inside the model's folder is needed"
      ),
    ]
    for (location, code, message) in cases {
      var model = relu()
      model.graph.initializer = [
        tensor("w", type: 1, dims: [4]) {
          $0.dataLocation = .external
          var entry = Onnx_StringStringEntryProto()
          (entry.key, entry.value) = ("location", location)
          $0.externalData = [entry]
        }
      ]
      let path = try folder.write(try encoded(model), to: "model/model.onnx")
      expectError(code, "initializer 'w'", message) { _ = try Program(onnx: path) }
      expectError(code == .system ? .system : code, "initializer 'w'", message) {
        var options = ONNXOptions()
        options.externalDataDirectory = "\(folder.path)/model"
        _ = try Program(onnxBytes: try encoded(model), options: options)
      }
      refuses(model, .invalidArgument, "the model came from memory and no folder was given")
    }
  }

  // MARK: Options

  @Test func wrongOptions() throws {
    let model = relu([.dimParam("N"), .dimValue(3), .dimParam("?")])
    func refused(_ message: String, _ set: (inout ONNXOptions) -> Void) {
      var options = ONNXOptions()
      set(&options)
      refuses(model, .invalidArgument, message, options: options)
    }
    refused("dimensions are given for 'z'; the inputs are x") { $0.inputDimensions["z"] = [1] }
    refused("it has 3 axes; dimensions [1, 3] are given") { $0.inputDimensions["x"] = [1, 3] }
    refused("dimensions [1, 0, 3] of input 'x' must be positive") {
      $0.inputDimensions["x"] = [1, 0, 3]
    }
    refused("dimensions [1, 3, -3] of input 'x' must be positive") {
      $0.inputDimensions["x"] = [1, 3, -3]
    }
    refused("a dimension must be positive, found 0") { $0.defaultDimension = 0 }
    refused("a dimension must be positive, found -1") { $0.dimensionParameters["N"] = -1 }
    refused("a size is given for dimension 'M'; the dynamic dimensions are 'N', 'x_2'") {
      $0.dimensionParameters = ["M": 2, "N": 1]
    }
    var options = ONNXOptions()
    options.dimensionParameters = ["N": 2, "x_2": 5]
    let program = try Program(onnxBytes: try encoded(model), options: options)
    #expect(program.inputs[0].type.shape?.lens == [2, 3, 5])
    refuses(
      relu([.dimValue(1)]), .invalidArgument,
      "a size is given for dimension 'N'; no dimension is dynamic", options: options)
  }

  // MARK: Sub-graphs

  @Test func deepSubgraphs() {
    var inner = Onnx_GraphProto()
    inner.node = [node("Relu", ["x"], ["i"])]
    inner.output = [output("i")]
    for _ in 0..<40 {
      var outer = Onnx_GraphProto()
      outer.node = [node("If", ["x"], ["o"], [graph("then_branch", inner)])]
      outer.output = [output("o")]
      inner = outer
    }
    let model = simple([node("If", ["x"], ["y"], [graph("then_branch", inner)])])
    refuses(model, .limitExceeded, "nested")
  }

  @Test func branchesThatDiffer() {
    func branch(_ names: [String], _ nodes: [Onnx_NodeProto]) -> Onnx_GraphProto {
      var graph = Onnx_GraphProto()
      graph.name = "branch"
      graph.node = nodes
      graph.output = names.map(output)
      return graph
    }
    func model(_ a: Onnx_GraphProto, _ b: Onnx_GraphProto) -> Onnx_ModelProto {
      var model = simple([
        node(
          "If", ["c"], ["y"], name: "choice", [graph("then_branch", a), graph("else_branch", b)])
      ])
      model.graph.input.append(input("c", [], type: 9))
      return model
    }
    let one = branch(["a"], [node("Relu", ["x"], ["a"])])
    refuses(
      model(one, branch(["a", "b"], [node("Relu", ["x"], ["a"]), node("Neg", ["x"], ["b"])])),
      .invalidShape, "the modules give 1 and 2 results; one number is needed", "node 'choice' (If)")
    refuses(
      model(one, branch(["a"], [node("Cast", ["x"], ["a"], [int("to", 7)])])), .unsupported,
      "the modules give", "int64_type", "node 'choice' (If)")
    refuses(
      model(one, branch(["a"], [node("Relu", ["nothing"], ["a"])])), .invalidFile,
      "uses 'nothing'", "the else branch", "node 'choice' (If)")
    var withInput = one
    withInput.input = [input("p", [])]
    refuses(
      model(withInput, one), .invalidFile, "sub-graph 'branch' has 1 inputs; 0 are passed",
      "the then branch")
    var wrongCondition = model(one, one)
    wrongCondition.graph.node[0].input = ["x"]
    refuses(wrongCondition, .invalidShape, "the condition must be one bool, found (float_type")
  }
}
