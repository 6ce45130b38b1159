import Foundation
import Testing

/// Options about how models are read, and what is said meanwhile.
@Suite("Driver: loading")
struct LoadingTests {
  let folder: Workplace

  init() throws {
    folder = try Workplace()
    try folder.writeModel()
  }

  @Test(
    "Ranges of sizes come in both spellings",
    arguments: [
      ["--dyn-input-dim", "@x", "[{min:1,max:4,optimals:[1,2]},3]"],
      ["--dyn-input-dim", "@x", #"[{"range": {"min": 1, "max": 4}, "optimals": [2]}, 3]"#],
      ["--dim-param", "@N", "{min:1,max:4}"],
      ["--dim-param", "@N", "{range:{min:1,max:4},optimals:[]}"],
    ])
  func ranges(_ arguments: [String]) throws {
    let outcome = try folder.run(["read", "m.onnx"] + arguments)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("\nsymbols: K=[0..], N=[1..4]\n"))
    #expect(
      try folder.run(["params", "m.onnx"] + arguments).output.contains("\nx: float_type, {4, 3}"))
  }

  @Test("--default-dyn-dim is for axes about which nothing else is said")
  func defaultRange() throws {
    let outcome = try folder.run(
      "read", "--default-dyn-dim", "{min:2,max:5}", "--dim-param", "@N", "7", "--onnx", "m.onnx")
    #expect(outcome.output.contains("\nsymbols: K=[2..5]\n"))
    #expect(outcome.output.contains("\nx = @param:x -> float_type, {7, 3}, {3, 1}\n"))
  }

  @Test("Programs can be cut")
  func trimming() throws {
    #expect(
      try folder.run("read", "m.onnx", "--batch", "2", "--trim", "2").output
        == """
        Reading: m.onnx
        module: "main"
        x = @param:x -> float_type, {2, 3}, {3, 1}
        i = @param:i -> int64_type, {2}, {1}
        main:@2 = relu(x) -> float_type, {2, 3}, {3, 1}
        main:@3 = identity(main:@2) -> float_type, {2, 3}, {3, 1}
        main:@4 = @return(main:@3)

        """)
    #expect(
      try folder.run("read", "m.onnx", "--batch", "2", "-t", "2", "-s", "1").output
        == """
        Reading: m.onnx
        module: "main"
        x0 = @param:x0 -> float_type, {2, 3}, {3, 1}
        main:@1 = identity(x0) -> float_type, {2, 3}, {3, 1}
        main:@2 = @return(main:@1)

        """)
  }

  @Test("Literals can become inputs, and there is a program without a file")
  func otherPrograms() throws {
    try folder.writeNormalizedModel()
    let output = try folder.run("read", "n.onnx", "--replace-literals").output
    #expect(!output.contains("@literal"))
    #expect(
      output.contains("\nliteral:0 = @param:literal:0 -> float_type, {4, 3, 3, 3}, {27, 9, 3, 1}\n")
    )
    #expect(output.contains("(x,literal:0) ->"))
    #expect(
      try folder.run("read", "--test").output
        == """
        module: "main"
        a = @param:a -> float_type, {4, 5}, {5, 1}
        b = @param:b -> float_type, {5, 3}, {3, 1}
        main:@2 = dot(a,b) -> float_type, {4, 3}, {3, 1}
        main:@3 = @return(main:@2)

        """)
    #expect(try folder.run("run", "--test", "-q").code == 0)
  }

  @Test("Files that are no models are called that")
  func foreignFiles() throws {
    for (name, bytes) in [
      ("empty", Data()), ("text", Data("no model\n".utf8)),
      ("zip", Data("PK\u{3}\u{4}\u{14}".utf8)),
    ] {
      try bytes.write(to: URL(fileURLWithPath: folder.file(name)))
      let outcome = try folder.run("read", name)
      #expect(outcome.code == 1)
      #expect(
        outcome.errors.hasPrefix("error: invalid file: this is no ONNX model: "), "\(outcome)")
    }
  }

  @Test("What is read is said before errors are")
  func order() throws {
    let command = "'\(Workplace.driver)' read none.onnx > both 2>&1; echo $? >> both"
    _ = try folder.run(["-c", command], program: "/bin/sh")
    let lines = try folder.text("both").split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.first == "Reading: none.onnx")
    #expect(lines.dropFirst().first?.hasPrefix("error: system error: cannot open") == true)
    #expect(lines.last == "1")
  }

  @Test("The level decides what is said, and files get it too")
  func levels() throws {
    let arguments = ["run", "m.onnx", "-q", "--batch", "1"]
    #expect(try folder.run(arguments).errors.contains("Compiling ..."))
    for level in ["none", "error", "1", "0"] {
      #expect(try folder.run(arguments + ["--log-level", level]).errors == "")
    }
    #expect(
      try folder.run(arguments, environment: ["MIGRAPHX_LOG_LEVEL": "2"]).errors == "")
    let wrong = ["run", "none.onnx", "-q", "--log-level"]
    #expect(try folder.run(wrong + ["error"]).errors.hasPrefix("error: "))
    #expect(try folder.run(wrong + ["none"]).errors == "")
    #expect(try folder.run(wrong + ["none"]).code == 1)
    let logged = try folder.run(arguments + ["--log-file", "a.log", "b.log"]).errors
    #expect(try folder.text("a.log") == logged)
    #expect(try folder.text("b.log") == logged)
  }

  @Test(
    "A terminal shows that long work goes on; anything else doesn't",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "needs script(1)"))
  func progress() throws {
    // This many runs take well over half a second.
    let arguments = "time m.onnx --batch 2 -n 150000"
    let command = "'\(Workplace.driver)' \(arguments)"
    let shown = try folder.run(
      ["-q", "-e", "-c", command, "/dev/null"], environment: ["TERM": "xterm"],
      program: "/usr/bin/script")
    #expect(shown.code == 0)
    #expect(try /\rRunning, [0-9]+ of 150000 [0-9]+s/.firstMatch(in: shown.output) != nil)
    #expect(shown.output.contains("\r\u{1B}[K"))
    let silent = try folder.run(arguments.split(separator: " ").map(String.init))
    #expect(!silent.errors.contains("\r") && !silent.output.contains("\r"))
  }
}
