import Archive
import Foundation
import NumPyFiles
import Tensors
import Testing

/// Commands that run a model.
@Suite("Driver: running")
struct RunningTests {
  let folder: Workplace

  init() throws {
    folder = try Workplace()
    try folder.writeModel()
  }

  @Test("run computes from files, and prints the program that ran")
  func givenInputs() throws {
    try NumPyFile.write(Argument([1, -2, 3] as [Float], lens: [1, 3]), to: folder.file("x.npy"))
    try NumPyArchive.write(
      [("i", Argument([1, 2, 5] as [Int64], lens: [3]))], to: folder.file("in.npz"))
    let outcome = try folder.run(
      "run", "m.onnx", "--ref", "--load-arg", "@x", "x.npy", "--inputs", "in.npz", "--outputs",
      "out.npz")
    #expect(outcome.code == 0)
    #expect(
      outcome.output == """
        symbols: K=[0..], N=[0..]
        module: "main"
        x = @param:x -> float_type, {N, 3}, {3, 1}
        i = @param:i -> int64_type, {K}, {1}
        main:@2 = relu(x) -> float_type, {N, 3}, {3, 1}
        main:@3 = add(i,i) -> int64_type, {K}, {1}
        main:@4 = @return[names={y, j}](main:@2,main:@3)

        """)
    #expect(outcome.messages == ["Reading: m.onnx", "Compiling ...", "Running ..."])
    for name in ["Parse", "Compile", "Run"] {
      #expect(outcome.errors.contains("\n\(name) time: "))
    }
    let results = try NumPyArchive.read(folder.file("out.npz"))
    #expect(results.map(\.name) == ["y", "j"])
    #expect(results[0].argument.lens == [1, 3])
    #expect(results[0].argument.elements(as: Float.self) == [1, 0, 3])
    #expect(results[1].argument.elements(as: Int64.self) == [2, 4, 10])
  }

  @Test("--input-dim says how large the values are that are made for a .mxr file")
  func valuesForOpenAxes() throws {
    #expect(try folder.run("compile", "m.onnx", "--binary", "-o", "m.mxr").code == 0)
    let open = try folder.run("run", "m.mxr", "-q", "--input-dim", "@x", "2", "3")
    #expect(open.code == 1)
    #expect(open.messages.last?.contains("nothing tells the size 'K'") == true)
    let outcome = try folder.run(
      "run", "m.mxr", "-q", "--input-dim", "@x", "2", "3", "@i", "5", "--outputs", "out.npz")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(
      try NumPyArchive.read(folder.file("out.npz")).map(\.argument.lens) == [[2, 3], [5]])
    for sizes in [["2"], ["2", "4"], ["2", "3", "1"]] {
      let wrong = try folder.run(
        ["run", "m.mxr", "-q", "--input-dim", "@i", "5", "@x"] + sizes)
      #expect(wrong.code == 1)
      #expect(wrong.messages.last?.contains("input 'x' is (float_type, {N, 3}, {3, 1})") == true)
    }
    #expect(try folder.run("run", "m.mxr", "-q", "--input-dim", "@z", "5").code == 1)
  }

  @Test("Environment variables show passes and instructions, on standard error")
  func traces() throws {
    let arguments = ["run", "m.onnx", "-q", "--batch", "2"]
    let trace = try folder.run(arguments, environment: ["MIGRAPHX_TRACE_EVAL": "2"])
    #expect(
      trace.errors.contains("Run instruction: main:@2 = relu(x) -> float_type, {2, 3}, {3, 1}"))
    #expect(trace.errors.contains("Output has "))
    #expect(trace.errors.contains("Min value: "))
    #expect(!(try folder.run(arguments).errors.contains("Run instruction")))
    let passes = try folder.run(arguments, environment: ["MIGRAPHX_TRACE_PASSES": "1"])
    #expect(passes.errors.contains("Pass: eliminate_identity\n"))
    let fewer = try folder.run(
      arguments,
      environment: [
        "MIGRAPHX_TRACE_PASSES": "1", "MIGRAPHX_DISABLE_PASSES": "eliminate_identity",
      ])
    #expect(!fewer.errors.contains("eliminate_identity"))
    let unknown = try folder.run(arguments, environment: ["MIGRAPHX_DISABLE_PASSES": "nonsense"])
    #expect(unknown.code == 1)
    #expect(unknown.messages.last?.contains("unknown pass 'nonsense'") == true)
    let unused = try folder.run(arguments, environment: ["MIGRAPHX_DISABLE_MLIR": "1"])
    #expect(unused.messages.first == "Unused environment variable: MIGRAPHX_DISABLE_MLIR=1")
  }

  @Test("Inputs that are not given are made up, the same each time")
  func generatedInputs() throws {
    func outputs(_ arguments: String...) throws -> [Double] {
      let outcome = try folder.run(
        [
          "run", "m.onnx", "-q", "--dim-param", "@K", "50", "--input-dim", "@x", "40", "3",
          "--outputs", "out.npz",
        ] + arguments)
      #expect(outcome.code == 0)
      #expect(outcome.output == "")
      let results = try NumPyArchive.read(folder.file("out.npz"))
      // The bounded axis takes its maximum.
      #expect(results.map(\.argument.lens) == [[40, 3], [50]])
      return results.flatMap { $0.argument.converted(to: Double.self) }
    }
    let first = try outputs()
    #expect(try outputs() == first)
    #expect(try outputs("--seed", "1") != first)
    // Integers are 0 or 1, so their doubles are 0 or 2; both occur among 50.
    #expect(Set(first[120...]) == [0, 2])
    #expect(first[..<120].allSatisfy { (0..<1).contains($0) && $0 * 16 == ($0 * 16).rounded() })
    let ones = try outputs("--fill1", "x", "i")
    #expect(ones == [Double](repeating: 1, count: 120) + [Double](repeating: 2, count: 50))
    #expect(try outputs("--fill0", "x", "i") == [Double](repeating: 0, count: 170))
  }

  @Test("Sizes come from files that share them, else from --batch, else are asked for")
  func sizes() throws {
    let missing = try folder.run("run", "m.onnx", "-q")
    #expect(missing.code == 1)
    #expect(
      missing.messages.last
        == "error: invalid argument: nothing tells the size 'N'; give --dim-param @N SIZE, "
        + "or --input-dim @x SIZE 3 (while making a value for input 'x')")
    #expect(try folder.run("run", "m.onnx", "-q", "--batch", "2", "--outputs", "o.npz").code == 0)
    #expect(
      try NumPyArchive.read(folder.file("o.npz")).map(\.argument.lens) == [[2, 3], [2]])
  }

  @Test("Saved arguments are inputs, whatever their files are called")
  func savedArguments() throws {
    let x = try Argument([1, -2, 3] as [Float], lens: [1, 3])
    for name in ["x.mxr", "x.msgpack", "x"] {
      try x.save(to: folder.file(name))
      let outcome = try folder.run(
        "run", "m.onnx", "-q", "--batch", "1", "--load-arg", "@x", name, "--outputs", "o.npz")
      #expect(outcome.code == 0, "\(outcome.errors)")
      let results = try NumPyArchive.read(folder.file("o.npz"))
      #expect(results[0].argument.elements(as: Float.self) == [1, 0, 3])
    }
  }

  @Test("Wrong inputs are refused")
  func wrongInputs() throws {
    try NumPyFile.write(Argument([1, 2] as [Float], lens: [1, 2]), to: folder.file("x.npy"))
    try NumPyFile.write(Argument([1, 2, 3] as [Double], lens: [1, 3]), to: folder.file("d.npy"))
    for (arguments, code, message) in [
      (["--load-arg", "@x", "x.npy"], 1, "axis 1 must be 3, found 2"),
      (["--load-arg", "@x", "d.npy"], 1, "float_type"),
      (["--load-arg", "@x", "m.onnx"], 1, "this is no .mxr file; it looks like an ONNX model"),
      (["--load-arg", "@z", "x.npy"], 1, "no input 'z'; its inputs are 'x', 'i'"),
      (["--fill0", "z"], 1, "no input 'z'"),
      (["--fill0", "x", "--fill1", "x"], 64, "Input 'x' is given twice"),
      (["--outputs", "o.npy"], 1, "the model has 2 outputs; name a .npz file"),
    ] as [([String], Int32, String)] {
      let outcome = try folder.run(
        ["run", "m.onnx", "-q", "--dim-param", "@K", "2"] + arguments)
      #expect(outcome.code == code, "\(arguments)")
      let last = try #require(outcome.messages.last)
      #expect(last.hasPrefix("error: ") && last.contains(message), "\(last)")
    }
  }

  @Test("Files that are needed later are looked at before the model is read")
  func earlyChecks() throws {
    for arguments in [
      ["--outputs", "none/o.npz"], ["--load-arg", "@x", "none.npy"], ["--inputs", "none.npz"],
    ] {
      let outcome = try folder.run(["run", "m.onnx", "--batch", "2"] + arguments)
      #expect(outcome.code == 1)
      #expect(outcome.output == "")
      #expect(outcome.errors.hasPrefix("error: system error: cannot "), "\(outcome.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("o.npz")))
  }

  @Test("verify compares the results without and with passes")
  func verify() throws {
    let outcome = try folder.run("verify", "m.onnx", "--batch", "3", "--atol", "0", "--rtol", "0")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("= identity("))
    #expect(
      outcome.messages == ["Reading: m.onnx", "MIGraphX verification passed successfully."])
    #expect(try folder.run("verify", "m.onnx", "-q", "-b", "--batch", "3").output == "")
    #expect(try folder.run("verify", "m.onnx", "--rms-tol", "-1", "--batch", "3").code == 64)
  }
}
