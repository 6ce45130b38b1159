import Foundation
import ONNXProto
import Testing

/// What a run of the driver gave.
struct Outcome {
  let code: Int32
  let output: String
  let errors: String

  /// The lines on standard error whose times don't differ from run to run.
  var messages: [String] {
    errors.split(separator: "\n").map(String.init).filter { !$0.contains(" time: ") }
  }
}

/// A folder in which the driver runs; it is removed with the object.
final class Workplace {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "driver-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The full path of a file in the folder.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// The text of a file in the folder.
  func text(_ name: String) throws -> String {
    try String(contentsOfFile: file(name), encoding: .utf8)
  }

  /// Runs the driver in the folder.
  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try run(arguments, environment: environment)
  }

  /// The driver, which is built beside the program that runs the tests.
  static let driver = URL(
    fileURLWithPath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? "/"
  ).deletingLastPathComponent().appendingPathComponent("migraphx-driver").path

  /// Runs the driver, or another program, in the folder.
  func run(
    _ arguments: [String], environment: [String: String] = [:], program: String = driver
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    process.environment = environment
    // Files take any amount of text without anybody reading at the same time.
    let names = ["output", "errors"].map { "\($0)-\(UUID().uuidString)" }
    for name in names { try Data().write(to: URL(fileURLWithPath: file(name))) }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: file(names[0])))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: file(names[1])))
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit, "the program died: \(arguments)")
    return Outcome(
      code: process.terminationStatus, output: try text(names[0]), errors: try text(names[1]))
  }

  /// Writes `m.onnx`: y = Identity(Relu(x)) for float x `[N, 3]`, j = i + i for int64 i `[K]`.
  func writeModel() throws {
    var graph = Onnx_GraphProto()
    graph.name = "g"
    graph.node = [
      node("Relu", ["x"], "r"), node("Identity", ["r"], "y"), node("Add", ["i", "i"], "j"),
    ]
    graph.input = [value("x", type: 1, "N", 3), value("i", type: 7, "K")]
    graph.output = [value("y", type: 1, "N", 3), value("j", type: 7, "K")]
    try write(graph, to: "m.onnx")
  }
}
