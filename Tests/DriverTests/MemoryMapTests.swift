import Foundation
import ONNXProto
import Testing

/// The picture of a program's memory.
@Suite("Driver: --memory-map")
struct MemoryMapTests {
  let folder: Workplace

  init() throws {
    folder = try Workplace()
    // Three softmaxes of [N, 40]: the first two results lie in the arena.
    var graph = Onnx_GraphProto()
    graph.name = "g"
    graph.node = [
      folder.node("Softmax", ["x"], "a"), folder.node("Softmax", ["a"], "b"),
      folder.node("Softmax", ["b"], "y"),
    ]
    graph.input = [folder.value("x", type: 1, "N", 40)]
    graph.output = [folder.value("y", type: 1, "N", 40)]
    try folder.write(graph, to: "s.onnx")
  }

  /// The lines of a run that speak of memory, and how many boxes the picture `m.svg` has.
  private func draw(_ arguments: String...) throws -> (lines: [Substring], boxes: Int) {
    let outcome = try folder.run(["compile", "s.onnx", "--memory-map", "m.svg"] + arguments)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let picture = try folder.text("m.svg")
    #expect(picture.hasPrefix("<svg ") && picture.hasSuffix("</svg>\n"))
    return (
      (outcome.output + outcome.errors).split(separator: "\n").filter { $0.hasPrefix("Memory: ") },
      picture.components(separatedBy: #"class="buffer""#).count - 1
    )
  }

  @Test("sizes and boxes are those of the buffers that lie in the arena")
  func sizes() throws {
    let fixed = try draw("--dim-param", "@N", "3")
    #expect(fixed.boxes > 0)
    let line = try #require(fixed.lines.first)
    #expect(fixed.lines.count == 1)
    #expect(try folder.text("m.svg").contains("480 bytes"))
    // A softmax overwrites its operand or not: one result of 480 bytes, or two.
    #expect(
      ["512", "1024"].contains { line == "Memory: \($0) bytes, at least \($0) are needed" },
      "\(line)")
    // Ranges count at their maximum.
    let open = try draw("--dim-param", "@N", "{min:1,max:3}")
    #expect(open.lines == fixed.lines && open.boxes == fixed.boxes)
  }

  @Test("a program on standard output stays alone there")
  func output() throws {
    let outcome = try folder.run(
      "compile", "s.onnx", "--dim-param", "@N", "3", "--memory-map", "m.svg", "--json")
    #expect(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) is [String: Any])
    #expect(outcome.messages.count { $0.hasPrefix("Memory: ") } == 1)
  }

  @Test("what can't be drawn is refused")
  func refusals() throws {
    for (arguments, code, text) in [
      (["--memory-map", "m.svg"], 1, "is not bounded; give its axes maximum sizes"),
      (
        ["--dim-param", "@N", "3", "--ref", "--memory-map", "m.svg"], 1,
        "the target 'ref' doesn't plan memory"
      ),
      (["--dim-param", "@N", "3", "--memory-map", "none/m.svg"], 1, "none"),
    ] {
      let outcome = try folder.run(["compile", "s.onnx"] + arguments)
      #expect(outcome.code == Int32(code))
      #expect(outcome.errors.contains(text), "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.file("m.svg")))
    }
  }
}
