import Testing

/// Commands that read a model, or nothing.
@Suite("Driver: reading")
struct ReadingTests {
  let folder: Workplace

  init() throws {
    folder = try Workplace()
    try folder.writeModel()
  }

  @Test("read prints the program")
  func read() throws {
    let expected = """
      Reading: m.onnx
      symbols: K=[0..], N=[0..]
      module: "main"
      x = @param:x -> float_type, {N, 3}, {3, 1}
      i = @param:i -> int64_type, {K}, {1}
      main:@2 = relu(x) -> float_type, {N, 3}, {3, 1}
      main:@3 = identity(main:@2) -> float_type, {N, 3}, {3, 1}
      main:@4 = add(i,i) -> int64_type, {K}, {1}
      main:@5 = @return[names={y, j}](main:@3,main:@4)

      """
    for arguments in [["m.onnx"], ["--onnx", "m.onnx"]] {
      let outcome = try folder.run(
        "read", arguments[0], arguments.count > 1 ? arguments[1] : "--text")
      #expect(outcome.code == 0)
      #expect(outcome.output == expected)
      #expect(outcome.errors == "")
    }
  }

  @Test("Passes run when asked for, and stop when told")
  func passes() throws {
    let identity = "identity("
    #expect(try folder.run("read", "m.onnx").output.contains(identity))
    #expect(try !folder.run("read", "m.onnx", "-O").output.contains(identity))
    #expect(try !folder.run("read", "m.onnx", "-p", "eliminate_identity").output.contains(identity))
    #expect(
      try folder.run("read", "m.onnx", "-O", "--stop-after-rewrite", "0").output.contains(identity))
    let disabled = try folder.run(
      "read", "m.onnx", "-O", environment: ["MIGRAPHX_DISABLE_PASSES": "eliminate_identity"])
    #expect(disabled.output.contains(identity))
    let traced = try folder.run(
      "read", "m.onnx", "-O",
      environment: ["MIGRAPHX_TRACE_COMPILE": "1", "MIGRAPHX_TIME_PASSES": "yes"])
    #expect(traced.errors.contains("Pass: eliminate_identity\nsymbols:"))
    #expect(traced.errors.contains("\neliminate_identity: "))
    let unknown = try folder.run("read", "m.onnx", "-p", "eliminate_identiti")
    #expect(unknown.code == 64)
    #expect(
      unknown.errors.hasPrefix(
        "error: 'eliminate_identiti' is no pass. Did you mean 'eliminate_identity'?"))
  }

  @Test("-o writes a file, and debug symbols name nodes")
  func output() throws {
    let outcome = try folder.run("read", "m.onnx", "--text", "-o", "p.txt", "--debug-symbols")
    #expect(outcome.code == 0)
    #expect(outcome.output == "Reading: m.onnx\n")
    #expect(
      try folder.text("p.txt").contains("= relu(x) -> float_type, {N, 3}, {3, 1} # Relu_node\n"))
    // The folder is looked for before the model is.
    let refused = try folder.run("read", "none.onnx", "-o", "none/p.txt")
    #expect(refused.code == 1)
    #expect(refused.output == "")
    #expect(
      refused.errors
        == "error: system error: cannot write 'none/p.txt': No such file or directory\n")
  }

  @Test("params prints inputs and outputs, open sizes as symbols and bounded ones at their maximum")
  func params() throws {
    func expected(_ rows: String, _ count: String) -> String {
      """
      Reading: ./m.onnx
      inputs:
      x: float_type, {\(rows), 3}, {3, 1}
      i: int64_type, {\(count)}, {1}

      outputs:
      y: float_type, {\(rows), 3}, {3, 1}
      j: int64_type, {\(count)}, {1}

      """
    }
    #expect(try folder.run("params", "--onnx", "./m.onnx").output == expected("N", "K"))
    #expect(
      try folder.run("params", "--input-dim", "@x", "8", "3", "--onnx", "./m.onnx").output
        == expected("8", "K"))
    #expect(
      try folder.run("params", "--dim-param", "@N", "2", "@K", "5", "--onnx", "./m.onnx").output
        == expected("2", "5"))
    #expect(try folder.run("params", "./m.onnx", "--batch", "4").output == expected("4", "4"))
  }

  @Test("Operators and versions")
  func lists() throws {
    let names = try folder.run("onnx", "-l").output.split(separator: "\n")
    #expect(names == names.sorted())
    #expect(Set(["Add", "Conv", "Relu"]).isSubset(of: Set(names.map(String.init))))
    let nothing = try folder.run("onnx")
    #expect(nothing.code == 0 && nothing.output == "" && nothing.errors == "")
    let operators = try folder.run("op", "--list").output.split(separator: "\n")
    #expect(operators == operators.sorted())
    #expect(try folder.run("op", "relu").output == "relu:\n{}\n")
    #expect(
      try folder.run("op", "concat").output == "concat:\n{\n    \"axis\": 0\n}\n")
    #expect(
      try folder.run("op", "conact").errors
        == "error: 'conact' is no operator. Did you mean 'concat'? 'op --list' lists them.\n")
    for (name, hint) in [("Conv", "convolution"), ("Gemm", "dot"), ("LeakyRelu", "leaky_relu")] {
      #expect(
        try folder.run("op", name).errors.hasPrefix(
          "error: '\(name)' is an operator of ONNX, not one of programs. Did you mean '\(hint)'?"))
    }
    let version = try folder.run("version")
    #expect(version.output.hasPrefix("MIGraphX version: 0.1.0\nONNX Opset version: "))
    #expect(version.output.hasSuffix("\nMXR version: 1\n"))
    for option in ["--version", "-v"] {
      #expect(try folder.run(option).output == "MIGraphX version: 0.1.0\n")
    }
    for command in [
      "read", "params", "compile", "run", "time", "perf", "verify", "onnx", "op", "version",
    ] {
      let help = try folder.run(command, "--help")
      #expect(help.code == 0)
      #expect(help.output.contains("USAGE: migraphx-driver \(command)"))
    }
  }

  @Test(
    "Mistakes give one line and a code",
    arguments: [
      (["foo"], 64, "'foo' is no command. The commands are read, params"),
      (["raed", "m.onnx"], 64, "'raed' is no command. Did you mean 'read'?"),
      (["read"], 64, "Missing the model"),
      (["read", "m.onnx", "--onnx", "m.onnx"], 64, "Unexpected argument 'm.onnx'"),
      (
        ["read", "m.onnx", "--optimise"], 64,
        "Unknown option '--optimise'. Did you mean '--optimize'?"
      ),
      (["read", "m.mxr"], 1, "cannot open 'm.mxr': No such file or directory"),
      (["read", "m.pb"], 64, "Models of TensorFlow are not supported"),
      (["read", "m.onnx", "--tf"], 64, "Models of TensorFlow are not supported"),
      (["tf", "--list"], 64, "Models of TensorFlow are not supported"),
      (["roctx", "m.onnx", "--gpu"], 64, "Marks for AMD's profiler are not supported"),
      (["read", "m.py"], 64, "Programs in Python are not read"),
      (["read", "m.onnx", "--test"], 64, "--test is the model already"),
      (["read", "m.onnx", "--migraphx", "--onnx"], 64, "Only one of --onnx, --migraphx"),
      (["read", "m.onnx", "--mlir"], 64, "--mlir is not supported"),
      (["read", "m.onnx", "--cpp", "--py"], 64, "Only one of --text"),
      (
        ["read", "m.onnx", "--dyn-input-dim", "@x", "[{min:1,max:4,optimals:[5]},3]"], 64,
        "the optimal size 5 is outside of [1..4]"
      ),
      (["read", "m.onnx", "--json", "--text"], 64, "Only one of --text, --binary"),
      (["read", "m.onnx", "--brief"], 64, "--brief is for --graphviz"),
      (["read", "m.onnx", "--trim=-1"], 64, "--trim needs a number of at least 0, found -1"),
      (
        ["read", "m.onnx", "--trim", "9"], 1, "module 'main' has 6 instructions; none would be left"
      ),
      (["read", "m.onnx", "--log-level", "7"], 64, "'7' is invalid for '--log-level"),
      (["read", "--migraphx", "m.onnx"], 1, "this is no .mxr file"),
      (
        ["read", "m.onnx", "--dim-param", "@N", "{min:3,max:1}"], 64, "--dim-param '{min:3,max:1}'"
      ),
      (["read", "m.onnx", "--dyn-input-dim", "@x", "[{min:1},3]"], 64, "min up to max, is needed"),
      (["read", "m.onnx", "--dyn-input-dim", "@x", "3"], 64, "a list of sizes in [] is needed"),
      (["read", "m.onnx", "--dyn-input-dim", "@x", "[1"], 64, "JSON needs ',' or ']' at byte 2"),
      (["compile", "m.onnx", "--int8"], 64, "--int8 is not supported"),
      (["read", "m.onnx", "--dim-param", "@Z", "1"], 1, "a size is given for dimension 'Z'"),
      (
        ["compile", "m.onnx", "--device-id", "1", "--log-level", "1"], 1,
        "target 'cpu' has no device 1"
      ),
      (["perf", "m.onnx", "-n", "0"], 64, "at least 1 and at most 10000000, found 0"),
      (["time", "m.onnx", "-n", "9223372036854775807"], 64, "found 9223372036854775807"),
      (["verify", "m.onnx", "-i", "-b"], 64, "Only one of --per-instruction"),
      (["version", "m.mxr"], 64, "--migraphx goes before a .mxr file"),
      (["version", "--migraphx", "m.onnx"], 1, "this is no .mxr file"),
      (["read", "m.onnx", "--batch", "0"], 64, "--batch needs a number of at least 1, found 0"),
      (["read", "m.onnx", "--input-dim", "3"], 64, "--input-dim needs @NAME before '3'"),
      (["read", "m.onnx", "--input-dim", "@x", "a"], 64, "whole numbers for '@x', found 'a'"),
      (["read", "m.onnx", "--input-dim", "@x"], 64, "--input-dim has no value after '@x'"),
      (["read", "m.onnx", "--input-dim", "@x", "1", "@x", "2"], 64, "names '@x' twice"),
      (["read", "m.onnx", "--input-dim", "@z", "1"], 1, "'z'"),
      (["read", "none.onnx"], 1, "cannot open 'none.onnx': No such file or directory"),
      (["run", "m.onnx", "--gpu"], 64, "The target 'gpu' is not available"),
      (["run", "m.onnx", "--outputs", "a.txt"], 64, "--outputs needs a file in .npz or .npy"),
      (["op"], 64, "Missing an operator's name"),
    ])
  func mistakes(_ arguments: [String], _ code: Int32, _ message: String) throws {
    let outcome = try folder.run(arguments)
    #expect(outcome.code == code)
    #expect(outcome.errors.hasPrefix("error: "))
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.errors.filter { $0 == "\n" }.count == 1)
  }
}
