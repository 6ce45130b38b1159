import Foundation
import ONNXProto
import SwiftProtobuf
import Testing

/// The forms in which programs are written.
@Suite("Driver: forms of programs")
struct FormTests {
  let folder: Workplace

  init() throws {
    folder = try Workplace()
    try folder.writeModel()
  }

  private static let compiled = """
    module: "main"
    x = @param:x -> float_type, {2, 3}, {3, 1}
    i = @param:i -> int64_type, {2}, {1}
    main:@2 = relu(x) -> float_type, {2, 3}, {3, 1}
    main:@3 = add(i,i) -> int64_type, {2}, {1}
    main:@4 = @return[names={y, j}](main:@2,main:@3)

    """

  @Test("compile prints the program without what passes removed")
  func compile() throws {
    let outcome = try folder.run("compile", "m.onnx", "--batch", "2")
    #expect(outcome.code == 0)
    #expect(outcome.output == "Reading: m.onnx\n" + FormTests.compiled)
    #expect(outcome.messages == ["Compiling ..."])
  }

  @Test(".mxr files hold the program before and after compilation")
  func archives() throws {
    let saved = try folder.run(
      "compile", "--enable-offload-copy", "--binary", "--output", "./m.mxr", "--batch", "2",
      "--onnx", "./m.onnx")
    #expect(saved.code == 0)
    #expect(saved.output == "Reading: ./m.onnx\n")
    #expect(
      try folder.run("version", "--migraphx", "./m.mxr").output
        == "MIGraphX version: 0.1.0\nMXR version: 1\n")
    #expect(
      try folder.run("read", "--migraphx", "./m.mxr").output
        == "Reading: ./m.mxr\n" + FormTests.compiled)
    #expect(
      try folder.run("params", "--migraphx", "./m.mxr").output
        == """
        Reading: ./m.mxr
        inputs:
        x: float_type, {2, 3}, {3, 1}
        i: int64_type, {2}, {1}

        outputs:
        y: float_type, {2, 3}, {3, 1}
        j: int64_type, {2}, {1}

        """)
    #expect(try folder.run("read", "m.mxr", "--strip-context").output.contains("= identity("))
    // The name says nothing, the first bytes do.
    try FileManager.default.copyItem(atPath: folder.file("m.mxr"), toPath: folder.file("m.bin"))
    #expect(try folder.run("read", "m.bin").output.hasSuffix(FormTests.compiled))
    // A file is the default form with -o; it is the same each time.
    #expect(try folder.run("read", "m.bin", "-o", "n.mxr").code == 0)
    #expect(
      FileManager.default.contentsEqual(atPath: folder.file("m.mxr"), andPath: folder.file("n.mxr"))
    )
    let run = try folder.run("run", "m.mxr", "-q")
    #expect(run.code == 0)
    #expect(run.messages == ["Reading: m.mxr", "Running ..."])
    let other = try folder.run("run", "m.mxr", "-q", "--ref")
    #expect(other.code == 64)
    #expect(other.messages.last?.contains("compiled for the target 'cpu'; --strip-context") == true)
    #expect(try folder.run("run", "m.mxr", "-q", "--ref", "--strip-context").code == 0)
    let options = try folder.run("read", "m.mxr", "--input-dim", "@x", "4", "3")
    #expect(options.code == 64)
    #expect(options.messages.last?.contains("--input-dim says which values are made") == true)
    let ranges = try folder.run("run", "m.mxr", "-q", "--dim-param", "@N", "4")
    #expect(ranges.code == 64)
  }

  @Test("--json is JSON, alone on standard output, and reads back")
  func json() throws {
    let outcome = try folder.run("compile", "m.onnx", "--batch", "2", "--json")
    #expect(outcome.messages == ["Reading: m.onnx", "Compiling ..."])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(object["mxr"] as? Int == 1)
    #expect((object["header"] as? [String: Any])?["target"] as? String == "cpu")
    try Data(outcome.output.utf8).write(to: URL(fileURLWithPath: folder.file("m.json")))
    #expect(try folder.run("read", "m.json").output.hasSuffix(FormTests.compiled))
    let modules = try #require((object["source"] as? [String: Any])?["modules"] as? [String: Any])
    let nodes = try #require((modules["main"] as? [String: Any])?["nodes"] as? [[String: Any]])
    #expect(
      nodes.map { $0["name"] as? String } == [
        "@param", "@param", "relu", "identity", "add", "@return",
      ])
    #expect(nodes[4]["inputs"] as? [String] == ["i", "i"])
    let shape = try #require((nodes[2]["shapes"] as? [[String: Any]])?.first)
    #expect(shape["type"] as? String == "float_type")
    #expect(shape["lens"] as? [Int] == [2, 3])
  }

  @Test("--json says of each literal which one it is")
  func literalsInJSON() throws {
    try folder.writeBranchingModel()
    let output = try folder.run("read", "if.onnx", "--json").output
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    let modules = try #require((object["source"] as? [String: Any])?["modules"] as? [String: Any])
    #expect(modules.keys.sorted() == ["main", "main:If_node:else", "main:If_node:then"])
    let nodes = try #require((modules["main"] as? [String: Any])?["nodes"] as? [[String: Any]])
    let literal = try #require(nodes.first { $0["name"] as? String == "@literal" })
    let place = try #require(literal["literal"] as? [String: Int])
    let regions = try #require(object["literals"] as? [[String: String]])
    let region = regions[try #require(place["region"])]
    let bytes = try #require(region["bytes"].flatMap { Data(base64Encoded: $0) })
    #expect(Array(bytes) == [255, 255, 255, 255, 255, 255, 255, 127, 1, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test("--python builds the program")
  func python() throws {
    for flag in ["--python", "--py"] {
      let outcome = try folder.run("read", "m.onnx", "--batch", "2", flag)
      #expect(outcome.code == 0)
      #expect(outcome.errors == "Reading: m.onnx\n")
      #expect(
        outcome.output == """
          import migraphx

          p = migraphx.program()
          m = p.get_main_module()
          x0 = m.add_parameter("x", migraphx.shape(type="float_type", lens=[2, 3]))
          x1 = m.add_parameter("i", migraphx.shape(type="int64_type", lens=[2]))
          x2 = m.add_instruction(migraphx.op("relu"), [x0])
          x3 = m.add_instruction(migraphx.op("identity"), [x2])
          x4 = m.add_instruction(migraphx.op("add"), [x1, x1])
          m.add_return([x3, x4])

          """)
    }
    let ranges = try folder.run("read", "m.onnx", "--py", "--dim-param", "@N", "{min:1,max:4}")
    let range = "migraphx.shape.dynamic_dimension"
    #expect(ranges.output.contains("dyn_dims=[\(range)(1, 4), \(range)(3, 3)]"))
    #expect(ranges.output.contains("dyn_dims=[\(range)(0, 2**64 - 1)]"))
  }

  @Test("--python has sub-modules, results of which there are several, and every number exactly")
  func pythonOfBranches() throws {
    try folder.writeBranchingModel()
    let output = try folder.run("read", "if.onnx", "--py").output
    let lines = output.split(separator: "\n").map(String.init)
    #expect(lines.first == "import array")
    let float = #"migraphx.shape(type="float_type", lens=[2])"#
    for line in [
      #"x0 = m.add_parameter("c", migraphx.shape(type="bool_type", lens=[1], strides=[0]))"#,
      #"x3 = m.add_literal(memoryview(array.array("q", [9223372036854775807, 1])).cast("B")"#
        + #".cast("q", [2]))"#,
      "m2_x2 = m2.add_literal(migraphx.create_argument(\(float), [float(\"inf\"), 0.1]))",
      #"x4 = m.add_instruction(migraphx.op("if"), [x0, x1, x2, x1, x2], [m1, m2])"#,
    ] { #expect(lines.contains(line), "\(line) in \(output)") }
    let part = #"m.add_instruction(migraphx.op("get_tuple_elem", index=1), [x4])"#
    #expect(lines.contains(#"x5 = m.add_instruction(migraphx.op("add"), [\#(part), x3])"#))
  }

  @Test("--cpp builds the program")
  func cpp() throws {
    try folder.writeBranchingModel()
    let output = try folder.run("read", "if.onnx", "--cpp").output
    let lines = output.split(separator: "\n").map { $0.drop { $0 == " " } }
    for line in [
      #"#include <migraphx/migraphx.hpp>"#, "migraphx::program make_program() {",
      #"const auto x0 = m.add_parameter("c", migraphx::shape(migraphx::shape::bool_type));"#,
      #"const auto m1 = p.create_module("main:If_node:then");"#,
      #"const auto x4 = m.add_instruction(migraphx::make_op("if"), {x0, x1, x2, x1, x2}, {m1, m2});"#,
      "return p;",
    ] { #expect(lines.contains(Substring(line)), "\(line) in \(output)") }
    #expect(output.contains("std::vector<std::int64_t>{9223372036854775807, 1}.data()"))
    #expect(output.contains("std::vector<float>{std::numeric_limits<float>::infinity(), 0.1}"))
    let ranges = try folder.run("read", "m.onnx", "--cpp", "--dim-param", "@N", "{min:1,max:4}")
    #expect(
      ranges.output.contains(
        "migraphx::shape::symbolic(migraphx::shape::float_type, {migraphx::dynamic_dimension(1, 4), "
          + #"migraphx::dynamic_dimension(3, 3)}, {"N", ""})"#))
  }

  @Test("--python is Python", .enabled(if: python3 != nil, "needs python3"))
  func syntax() throws {
    try folder.writeBranchingModel()
    let output = try folder.run("read", "if.onnx", "--py").output
    try Data(output.utf8).write(to: URL(fileURLWithPath: folder.file("p.py")))
    let check = "import ast; print(len(ast.parse(open('p.py').read()).body))"
    let parsed = try folder.run(["-c", check], program: try #require(python3))
    // Every line but the empty one is a statement.
    #expect(parsed.output == "\(output.split(separator: "\n").count)\n", "\(parsed.errors)")
  }

  @Test("--graphviz has a node for each instruction and an edge for each operand")
  func graphviz() throws {
    #expect(
      try folder.run("read", "m.onnx", "--batch", "2", "-g", "--brief").output
        == """
        digraph {
          node [shape=box];
          n0 [label="@param:x"];
          n1 [label="@param:i"];
          n2 [label="relu"];
          n0 -> n2;
          n3 [label="identity"];
          n2 -> n3;
          n4 [label="add"];
          n1 -> n4;
          n1 -> n4;
          n5 [label="@return"];
          n3 -> n5;
          n4 -> n5;
        }

        """)
    let full = try folder.run("read", "m.onnx", "--batch", "2", "--graphviz").output
    #expect(full.contains(#"n2 [label="main:@2\nrelu"];"#))
    #expect(full.contains(#"n0 -> n2 [label="float_type, {2, 3}, {3, 1}"];"#))
    try folder.writeBranchingModel()
    let nested = try folder.run("read", "if.onnx", "-g").output
    // Braces in labels come in pairs too.
    #expect(nested.count { $0 == "{" } == nested.count { $0 == "}" })
    #expect(nested.components(separatedBy: "subgraph").count == 3)
    #expect(nested.components(separatedBy: "style=dashed").count == 3)
  }

  @Test("--netron is an ONNX model of the instructions")
  func netron() throws {
    try folder.writeBranchingModel()
    #expect(try folder.run("read", "if.onnx", "--netron", "-o", "v.onnx").code == 0)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file("v.onnx")))
    let graph = try Onnx_ModelProto(serializedBytes: bytes).graph
    #expect(graph.node.map(\.opType) == ["if", "add"])
    #expect(graph.node.map(\.output) == [["main:@4", "main:@4:1"], ["main:@5"]])
    #expect(graph.node[1].input == ["main:@4:1", "main:@3"])
    #expect(graph.input.map(\.name) == ["c", "x", "i"])
    #expect(graph.output.map(\.name) == ["main:@4", "main:@5"])
    #expect(graph.initializer.map(\.name) == ["main:@3"])
    #expect(graph.initializer[0].dims == [2])
    // 2^63 - 1 and 1, little-endian.
    #expect(
      [UInt8](graph.initializer[0].rawData)
        == [255, 255, 255, 255, 255, 255, 255, 127, 1, 0, 0, 0, 0, 0, 0, 0])
    #expect(graph.node[0].attribute.map(\.type) == [.graph, .graph])
    #expect(graph.node[0].attribute[1].g.node.map(\.opType).contains("mul"))
    let named = try Workplace()
    try named.writeNormalizedModel()
    #expect(try named.run("read", "n.onnx", "--netron", "-o", "v.onnx").code == 0)
    let convolution = try Onnx_ModelProto(
      serializedBytes: Data(contentsOf: URL(fileURLWithPath: named.file("v.onnx")))
    ).graph.node[0]
    #expect(convolution.opType == "convolution")
    #expect(convolution.attribute.first { $0.name == "stride" }?.ints == [1, 1])
    #expect(convolution.attribute.first { $0.name == "group" }?.i == 1)
  }
}

/// Where Python is; nil if it is not.
private let python3 = ["/usr/bin/python3", "/usr/local/bin/python3"].first {
  FileManager.default.isExecutableFile(atPath: $0)
}
