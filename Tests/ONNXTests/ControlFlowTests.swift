import Foundation
import IR
import ONNX
import ONNXProto
import Operators
import Reference
import Support
import Tensors
import Testing

/// Loops, scans, sequences, optionals and functions.
@Suite struct ControlFlowTests {
  private func body(
    _ inputs: [Onnx_ValueInfoProto], _ nodes: [Onnx_NodeProto], outputs: [String]
  ) -> Onnx_AttributeProto {
    var result = Onnx_GraphProto()
    result.name = "body"
    result.input = inputs
    result.node = nodes
    result.output = outputs.map { output($0) }
    return graph("body", result)
  }

  /// The body of a loop over values `carried`, which goes on as long as it may.
  private func loopBody(
    _ carried: [String], _ nodes: [Onnx_NodeProto], outputs: [String]
  ) -> Onnx_AttributeProto {
    body(
      [valueInfo("i", 7, []), valueInfo("c", 9, [])] + carried.map { valueInfo($0) },
      [node("Identity", ["c"], ["c1"])] + nodes, outputs: ["c1"] + outputs)
  }

  private func model(
    _ inputs: [Onnx_ValueInfoProto], _ nodes: [Onnx_NodeProto], outputs: [String],
    opset: Int64 = 17
  ) -> Onnx_ModelProto {
    var model = ONNXTests.model { graph in
      graph.input = inputs
      graph.node = nodes
      graph.output = outputs.map { output($0) }
    }
    model.opset(opset)
    return model
  }

  private func run(
    _ model: Onnx_ModelProto, _ inputs: [RuntimeValue],
    on target: ReferenceTarget = ReferenceTarget()
  ) throws -> [RuntimeValue] {
    let program = try Program(onnxBytes: try encoded(model))
    try program.verify()
    // The text form says the same.
    let copy = try Program(
      parsing: program.text(TextOptions(elementLimit: 100)), registry: .standard)
    #expect(copy.text() == program.text())
    return try target.compile(copy).run(inputs)
  }

  private func number(_ value: Int64) throws -> RuntimeValue {
    .tensor(try Argument([value], lens: []))
  }

  private func vector(_ values: [Float]) throws -> RuntimeValue {
    .tensor(try Argument(values, lens: [values.count]))
  }

  private func floats(_ value: RuntimeValue) throws -> [Float] {
    try [Float](try #require(value.argument))
  }

  // MARK: Loops

  /// What is handed on grows; what is collected is as long as there were iterations.
  @Test func growingLoop() throws {
    let loop = node(
      "Loop", ["n", "", "x"], ["y", "z"],
      [
        loopBody(
          ["a"],
          [
            node("Concat", ["a", "x"], ["a1"], [int("axis", 0)]),
            node("ReduceSum", ["a1"], ["s"], [int("keepdims", 0)]),
          ], outputs: ["a1", "s"])
      ])
    let model = model(
      [valueInfo("n", 7, []), valueInfo("x", 1, [.named("N")])], [loop], outputs: ["y", "z"])
    for (count, y, z) in [
      (Int64(0), [1, 2], []), (1, [1, 2, 1, 2], [6]), (2, [1, 2, 1, 2, 1, 2], [6, 9]),
      (-5, [1, 2], []),
    ] as [(Int64, [Float], [Float])] {
      let results = try run(model, [try number(count), try vector([1, 2])])
      #expect(try floats(results[0]) == y)
      #expect(try floats(results[1]) == z)
    }
  }

  /// A known number of iterations is a size in the program.
  @Test func knownTripCount() throws {
    let loop = node(
      "Loop", ["n", "", "x"], ["y", "z"],
      [loopBody(["a"], [node("Add", ["a", "a"], ["a1"])], outputs: ["a1", "a"])])
    let model = model(
      [valueInfo("x", 1, [.named("N")])],
      [node("Constant", [], ["n"], [int("value_int", 3)]), loop], outputs: ["y", "z"])
    let program = try Program(onnxBytes: try encoded(model))
    let n = Dimension(Symbol("N"))
    #expect(program.outputs.map { $0.type.shape?.dimensions } == [[n], [3, n]])
    #expect(try floats(try run(model, [try vector([1])])[1]) == [1, 2, 4])
  }

  /// The condition ends the loop; nested loops capture through the one around them.
  @Test func nestedLoopsWithCondition() throws {
    let inner = node(
      "Loop", ["m", "", "a"], ["a1"],
      [loopBody(["b"], [node("Add", ["b", "x"], ["b1"])], outputs: ["b1"])])
    let outer = node(
      "Loop", ["", "", "x"], ["y", "z"],
      [
        body(
          [valueInfo("j", 7, []), valueInfo("d", 9, []), valueInfo("a")],
          [
            inner, node("Less", ["a1", "limit"], ["less"]),
            node("Squeeze", ["less"], ["go"]),
          ], outputs: ["go", "a1", "a1"])
      ])
    let model = model(
      [valueInfo("x", 1, [.size(1)]), valueInfo("m", 7, []), valueInfo("limit", 1, [.size(1)])],
      [outer], outputs: ["y", "z"])
    let results = try run(model, [try vector([1]), try number(2), try vector([6])])
    #expect(try floats(results[0]) == [7])
    #expect(try floats(results[1]) == [3, 5, 7])
  }

  /// A loop without end stops at the limit of iterations, or at that of memory.
  @Test func endlessLoops() throws {
    let pass = node(
      "Loop", ["", "", "x"], ["y"],
      [loopBody(["a"], [node("Neg", ["a"], ["a1"])], outputs: ["a1"])])
    let double = node(
      "Loop", ["", "", "x"], ["y"],
      [
        loopBody(
          ["a"], [node("Concat", ["a", "a"], ["a1"], [int("axis", 0)])], outputs: ["a1"])
      ])
    let collect = node(
      "Loop", ["", "", "x"], ["w", "y"],
      [loopBody(["a"], [node("Neg", ["a"], ["a1"])], outputs: ["a1", "a1"])])
    let sequence = node(
      "Loop", ["", "", "e"], ["y"],
      [loopBody(["a"], [node("SequenceInsert", ["a", "x"], ["a1"])], outputs: ["a1"])])
    let input = [valueInfo("x", 1, [.named("N")])]
    let target = ReferenceTarget(memoryLimit: 1 << 20, moduleRunLimit: 2_000)
    for (nodes, text) in [
      ([pass], "sub-modules ran 2000 times, which is the limit"), ([double], "bytes are needed"),
      ([collect], "bytes are needed"),
      ([node("SequenceEmpty", [], ["e"]), sequence], "bytes are needed"),
    ] {
      expectError(.limitExceeded, text) {
        _ = try run(
          model(input, nodes, outputs: ["y"]),
          [try vector(Array(repeating: 1, count: 300))], on: target)
      }
    }
  }

  @Test func refusedLoops() throws {
    let inputs = [valueInfo("n", 7, []), valueInfo("x", 1, [.named("N")])]
    let good = loopBody(["a"], [node("Neg", ["a"], ["a1"])], outputs: ["a1"])
    let retyped = loopBody(["a"], [node("Cast", ["a"], ["a1"], [int("to", 7)])], outputs: ["a1"])
    let rank = loopBody(
      ["a"],
      [
        node("Constant", [], ["axes"], [attribute("value_ints", .ints) { $0.ints = [0] }]),
        node("Unsqueeze", ["a", "axes"], ["a1"]),
      ], outputs: ["a1"])
    for (code, text, nodeInputs, body) in [
      (MIGraphXError.Code.invalidFile, "the body has 3 inputs and 2 outputs", ["n", ""], good),
      (.invalidShape, "must keep its kind", ["n", "", "x"], retyped),
      (.unsupported, "the number of axes", ["n", "", "x"], rank),
      (.invalidShape, "the number of iterations, must be one element", ["x", "", "x"], good),
      (.invalidShape, "the condition, must be one element", ["n", "n", "x"], good),
    ] {
      expectError(code, text) {
        _ = try Program(
          onnxBytes: try encoded(
            model(inputs, [node("Loop", nodeInputs, ["y"], [body])], outputs: ["y"])))
      }
    }
  }

  // MARK: Scans

  @Test func scanDirections() throws {
    func ints(_ name: String, _ values: [Int64]) -> Onnx_AttributeProto {
      attribute(name, .ints) { $0.ints = values }
    }
    let scanBody = body(
      [valueInfo("a"), valueInfo("p")],
      [node("Add", ["a", "p"], ["a1"]), node("Mul", ["p", "x0"], ["o"])], outputs: ["a1", "o"])
    let scan = node(
      "Scan", ["x0", "x"], ["y", "z"],
      [
        scanBody, int("num_scan_inputs", 1), ints("scan_input_axes", [-1]),
        ints("scan_input_directions", [1]), ints("scan_output_axes", [1]),
        ints("scan_output_directions", [1]),
      ])
    let inputs = [valueInfo("x0", 1, [.size(2)]), valueInfo("x", 1, [.size(2), .named("T")])]
    let x = RuntimeValue.tensor(try Argument([1, 2, 3, 4, 5, 6] as [Float], lens: [2, 3]))
    let results = try run(
      model(inputs, [scan], outputs: ["y", "z"]), [try vector([10, 100]), x])
    #expect(try floats(results[0]) == [16, 115])
    #expect(try floats(results[1]) == [10, 20, 30, 400, 500, 600])

    for (code, text, attributes) in [
      (
        MIGraphXError.Code.invalidFile, "'num_scan_inputs' must fit",
        [scanBody, int("num_scan_inputs", Int64.max)]
      ),
      (
        .invalidArgument, "scan_input_directions must be 0 or 1, found 2",
        [scanBody, int("num_scan_inputs", 1), ints("scan_input_directions", [2])]
      ),
      (
        .invalidFile, "axis 5 is not among",
        [scanBody, int("num_scan_inputs", 1), ints("scan_input_axes", [5])]
      ),
      (
        .invalidArgument, "axis -4 is not among",
        [scanBody, int("num_scan_inputs", 1), ints("scan_output_axes", [-4])]
      ),
    ] {
      expectError(code, text) {
        _ = try Program(
          onnxBytes: try encoded(
            model(inputs, [node("Scan", ["x0", "x"], ["y", "z"], attributes)], outputs: ["y"])))
      }
    }
  }

  /// In opset 8 every position of the batch is scanned by itself, over a length of its own.
  @Test func batchedScan() throws {
    let scan = node(
      "Scan", ["l", "s", "x"], ["y", "z"],
      [
        body(
          [valueInfo("a"), valueInfo("p")], [node("Add", ["a", "p"], ["a1"])],
          outputs: ["a1", "a1"]), int("num_scan_inputs", 1),
      ])
    let model = model(
      [
        valueInfo("l", 7, [.size(2)]), valueInfo("s", 1, [.size(2), .size(1)]),
        valueInfo("x", 1, [.size(2), .size(3), .size(1)]),
      ], [scan], outputs: ["y", "z"], opset: 8)
    func inputs(_ lengths: [Int64]) throws -> [RuntimeValue] {
      [
        .tensor(try Argument(lengths, lens: [2])),
        .tensor(try Argument([10, 20] as [Float], lens: [2, 1])),
        .tensor(try Argument([1, 2, 3, 4, 5, 6] as [Float], lens: [2, 3, 1])),
      ]
    }
    let results = try run(model, try inputs([3, 1]))
    #expect(try floats(results[0]) == [16, 24])
    #expect(try floats(results[1]) == [11, 13, 16, 24, 0, 0])
    expectError(.invalidArgument, "must be 0 to 3, found 4") {
      _ = try run(model, try inputs([4, 1]))
    }
  }

  // MARK: Structures

  @Test func sequencesOfDifferentSizes() throws {
    let model = model(
      [valueInfo("x", 1, [.named("N")]), valueInfo("w", 1, [.named("M")]), valueInfo("p", 7, [])],
      [
        node("SequenceConstruct", ["x", "w", "x"], ["s"]), node("SequenceAt", ["s", "p"], ["a"]),
        node("SequenceErase", ["s", "p"], ["t"]), node("SequenceInsert", ["t", "a"], ["u"]),
        node("ConcatFromSequence", ["u"], ["y"], [int("axis", 0)]),
        node("SequenceLength", ["t"], ["l"]),
      ], outputs: ["a", "y", "l", "u"])
    let results = try run(model, [try vector([1]), try vector([2, 3]), try number(1)])
    #expect(try floats(results[0]) == [2, 3])
    #expect(try floats(results[1]) == [1, 1, 2, 3])
    #expect(try [Int64](try #require(results[2].argument)) == [2])
    guard case .sequence(let elements, _) = results[3] else {
      Issue.record("a sequence is expected")
      return
    }
    #expect(elements.compactMap { $0.argument?.lens } == [[1], [1], [2]])
    for position in [3, -4, Int64.min, .max] {
      expectError(.invalidArgument, "position \(position) is not among the 3 elements") {
        _ = try run(model, [try vector([1]), try vector([2, 3]), try number(position)])
      }
    }
  }

  /// Elements of different ranks can be kept and given back; what needs their rank is refused.
  @Test func sequencesOfDifferentRanks() throws {
    let inputs = [valueInfo("x", 1, [.named("N")]), valueInfo("w", 1, [.size(1), .size(2)])]
    let nodes = [
      node("SequenceConstruct", ["x", "w"], ["s"]),
      node("Constant", [], ["p"], [int("value_int", 1)]), node("SequenceAt", ["s", "p"], ["y"]),
    ]
    let w = RuntimeValue.tensor(try Argument([5, 6] as [Float], lens: [1, 2]))
    let result = try run(model(inputs, nodes, outputs: ["y"]), [try vector([1]), w])[0]
    #expect(result.argument?.lens == [1, 2])
    expectError(.unsupported, "the number of axes") {
      _ = try run(
        model(inputs, nodes + [node("Neg", ["y"], ["z"])], outputs: ["z"]), [try vector([1]), w])
    }
  }

  @Test func optionals() throws {
    var optional = Onnx_ValueInfoProto()
    optional.name = "o"
    optional.type.optionalType.elemType = valueInfo("", 1, [.named("N")]).type
    func branch(_ name: String, _ nodes: [Onnx_NodeProto]) -> Onnx_AttributeProto {
      var value = Onnx_GraphProto()
      value.node = nodes
      value.output = [output("r")]
      return graph(name, value)
    }
    let model = model(
      [optional, valueInfo("x", 1, [.size(1)])],
      [
        node("OptionalHasElement", ["o"], ["h"]),
        node(
          "If", ["h"], ["y"],
          [
            branch("then_branch", [node("OptionalGetElement", ["o"], ["r"])]),
            branch("else_branch", [node("Neg", ["x"], ["r"])]),
          ]),
      ], outputs: ["h", "y"])
    let type = ValueType.tensor(Shape(.float, [Dimension(.varying)]))
    let given = try run(model, [.optional(try vector([1, 2]), wrapped: type), try vector([5])])
    #expect(try floats(given[1]) == [1, 2])
    let none = try run(model, [.optional(nil, wrapped: type), try vector([5])])
    #expect(try floats(none[1]) == [-5])
    let get = ONNXTests.model { graph in
      graph.input = [optional]
      graph.node = [node("OptionalGetElement", ["o"], ["y"])]
      graph.output = [output("y")]
    }
    var opened = get
    opened.opset(18)
    expectError(.invalidArgument, "an optional has no value where") {
      _ = try run(opened, [.optional(nil, wrapped: type)])
    }
  }

  /// Maps go in and come out as their keys and values.
  @Test func maps() throws {
    func map(_ keys: Int32, _ values: Int32) -> Onnx_ValueInfoProto {
      var info = Onnx_ValueInfoProto()
      info.name = "m"
      info.type.mapType.keyType = keys
      info.type.mapType.valueType.tensorType.elemType = values
      return info
    }
    func model(
      _ input: Onnx_ValueInfoProto, _ op: String, _ attributes: [Onnx_AttributeProto]
    ) -> Onnx_ModelProto {
      var model = self.model(
        [input], [node(op, [input.name], ["y"], domain: "ai.onnx.ml", attributes)], outputs: ["y"])
      model.opsetImport.append(opset("ai.onnx.ml", 1))
      return model
    }
    let numbers = RuntimeValue.tuple([
      .tensor(try Argument([3, 1] as [Int64], lens: [2])),
      .tensor(try Argument([30, 10] as [Float], lens: [2])),
    ])
    let words = RuntimeValue.tuple([
      .tensor(try Argument(strings: ["a", "c"], lens: [2])),
      .tensor(try Argument([4, 8] as [Float], lens: [2])),
    ])
    let vocabulary = attribute("string_vocabulary", .strings) {
      $0.strings = ["a", "c", "b"].map { Data($0.utf8) }
    }
    let row = try run(model(map(8, 1), "DictVectorizer", [vocabulary]), [words])[0]
    #expect(try floats(row) == [4, 8, 0])
    #expect(try floats(try run(model(map(7, 1), "CastMap", []), [numbers])[0]) == [10, 30])
    let sparse = [text("map_form", "SPARSE"), int("max_map", 5)]
    #expect(
      try floats(try run(model(map(7, 1), "CastMap", sparse), [numbers])[0]) == [0, 10, 0, 30, 0])
    expectError(.invalidArgument, "key 3 has no place in a row of 2 elements") {
      _ = try run(
        model(map(7, 1), "CastMap", [text("map_form", "SPARSE"), int("max_map", 2)]), [numbers])
    }
    let labels = attribute("classlabels_int64s", .ints) { $0.ints = [7, 9] }
    let zipped = try run(
      model(valueInfo("m", 1, [.size(2), .size(2)]), "ZipMap", [labels]),
      [.tensor(try Argument([1, 2, 3, 4] as [Float], lens: [2, 2]))])[0]
    guard case .sequence(let maps, _) = zipped, maps.count == 2, case .tuple(let parts) = maps[1]
    else {
      Issue.record("a sequence of two maps is expected")
      return
    }
    #expect(try [Int64](try #require(parts[0].argument)) == [7, 9])
    #expect(try floats(parts[1]) == [3, 4])
  }

  // MARK: Functions

  private func function(
    _ name: String, _ inputs: [String], _ nodes: [Onnx_NodeProto], outputs: [String],
    attributes: [String] = []
  ) -> Onnx_FunctionProto {
    var function = Onnx_FunctionProto()
    (function.name, function.domain) = (name, "local")
    (function.input, function.output, function.node) = (inputs, outputs, nodes)
    function.attribute = attributes
    function.opsetImport = [opset("", 17), opset("local", 1)]
    return function
  }

  private func model(
    _ nodes: [Onnx_NodeProto], _ functions: [Onnx_FunctionProto]
  ) -> Onnx_ModelProto {
    var model = model([valueInfo("x", 1, [.named("N")])], nodes, outputs: ["y"])
    model.opsetImport.append(opset("local", 1))
    model.functions = functions
    return model
  }

  /// Names in a function are its own; attributes and omitted inputs are those of the call.
  @Test func functions() throws {
    var factor = Onnx_AttributeProto()
    (factor.name, factor.type, factor.refAttrName) = ("value_float", .float, "k")
    let scale = function(
      "Scale", ["a", "unused"],
      [node("Constant", [], ["x"], [factor]), node("Mul", ["a", "x"], ["y"])], outputs: ["y"],
      attributes: ["k"])
    let twice = function(
      "Twice", ["a"],
      [
        node(
          "Scale", ["a"], ["x"], domain: "local", [attribute("k", .float) { $0.f = 3 }]),
        node(
          "Scale", ["x", ""], ["r"], domain: "local", [attribute("k", .float) { $0.f = 5 }]),
      ], outputs: ["r"])
    let model = model(
      [
        node("Twice", ["x"], ["t"], domain: "local"), node("Add", ["t", "x"], ["u"]),
        node("Twice", ["u"], ["y"], domain: "local"),
      ], [twice, scale])
    #expect(try floats(try run(model, [try vector([1, 2])])[0]) == [240, 480])
  }

  @Test func refusedFunctions() throws {
    let call = node("A", ["x"], ["y"], domain: "local")
    let a = function("A", ["x"], [node("B", ["x"], ["y"], domain: "local")], outputs: ["y"])
    let b = function("B", ["x"], [node("A", ["x"], ["y"], domain: "local")], outputs: ["y"])
    // Each function calls the next one twice, so that the last one is called 2^25 times.
    let bomb = (0..<26).map { index in
      function(
        index == 0 ? "A" : "F\(index)", ["x"],
        index == 25
          ? [node("Neg", ["x"], ["y"])]
          : [
            node("F\(index + 1)", ["x"], ["t"], domain: "local"),
            node("F\(index + 1)", ["t"], ["y"], domain: "local"),
          ], outputs: ["y"])
    }
    for (code, text, functions) in [
      (
        MIGraphXError.Code.invalidFile,
        "functions must not call themselves: 'local.A' calls 'local.B' calls 'local.A'", [a, b]
      ),
      (.invalidFile, "function 'local.A' is defined twice", [a, a]),
      (.limitExceeded, "the model has more than", bomb),
      (.unsupported, "unknown operators: local.B", [a]),
      (
        .invalidFile, "function 'local.A' has 0 inputs and 1 outputs; the node has 1 and 1",
        [function("A", [], [node("Neg", ["x"], ["y"])], outputs: ["y"])]
      ),
      (
        .invalidFile, "uses 'nothing'",
        [function("A", ["x"], [node("Neg", ["nothing"], ["y"])], outputs: ["y"])]
      ),
      (.invalidFile, "is not computed", [function("A", ["x"], [], outputs: ["y"])]),
    ] {
      expectError(code, text) {
        _ = try Program(onnxBytes: try encoded(model([call], functions)))
      }
    }
  }
}
