import Foundation
import IR
import Operators
import Passes
import Rewriting
import Support
import Tensors
import Testing

/// A program in text form with the passes to run over it and, in comments, what they make of it.
///
/// ```
/// ; passes: simplify_reshapes, eliminate_identity
/// module: "main"
/// …
/// ; expected:
/// ; module: "main"
/// ; …
/// ```
///
/// `standard` stands for the whole pipeline. With `BLESS=1` in the environment the tests write what they find.
struct PassFile: CustomTestStringConvertible, Sendable {
  let path: String
  let passes: [String]
  let source: String
  let expected: String

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Files")

  static func all() throws -> [PassFile] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
      .filter { $0.hasSuffix(".txt") }
      .map { try PassFile(path: folder.appending(path: $0).path()) }
  }

  init(path: String) throws {
    self.path = path
    let lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
    let header = try #require(lines.first { $0.hasPrefix("; passes: ") })
    passes = header.dropFirst("; passes: ".count).components(separatedBy: ", ")
    source = lines.filter { !$0.hasPrefix(";") }.joined(separator: "\n")
    let start = lines.firstIndex(of: "; expected:") ?? lines.count
    expected = lines.dropFirst(start + 1).filter { $0.hasPrefix(";") }
      .map { $0.dropFirst(2) + "\n" }.joined()
  }

  var testDescription: String { URL(filePath: path).lastPathComponent }

  var program: Program {
    get throws { try Program(parsing: source, registry: .standard) }
  }

  var pipeline: Pipeline {
    get throws {
      if passes == ["standard"] { return .standard }
      var pipeline = Pipeline {}
      for name in passes { pipeline.stages.append(.pass(try StandardPasses.pass(named: name))) }
      return pipeline
    }
  }

  func bless(_ text: String) throws {
    let comment = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { $0.isEmpty ? ";\n" : "; \($0)\n" }.joined()
    let source = try program.text(fullText).trimmingCharacters(in: .newlines)
    let content = "; passes: \(passes.joined(separator: ", "))\n\(source)\n; expected:\n\(comment)"
    try content.write(toFile: path, atomically: true, encoding: .utf8)
  }
}

@Suite struct FileTests {
  @Test(arguments: try PassFile.all()) func becomesWhatIsExpected(file: PassFile) throws {
    var program = try file.program
    let source = program
    try PassManager(verifies: true).run(try file.pipeline, on: &program)
    let text = program.text(fullText)
    try expectSameValues(source, program, tolerance: 1e-6)
    if ProcessInfo.processInfo.environment["BLESS"] == "1" {
      try file.bless(text)
    } else {
      #expect(text == file.expected)
    }
  }

  /// Whatever a file is there for, every pass must keep the laws on it.
  @Test(arguments: try PassFile.all()) func passesKeepTheLaws(file: PassFile) throws {
    for pass in StandardPasses.all {
      try expectLaws(Pipeline { pass }, on: file.program, "\(pass.name)")
    }
    let (before, after) = try expectLaws(.standard, on: file.program, "standard")
    #expect(after <= before, "the pipeline adds instructions")
  }

  /// - Returns: the number of instructions before and after.
  @discardableResult
  private func expectLaws(
    _ pipeline: Pipeline, on source: Program, _ name: Comment
  ) throws -> (Int, Int) {
    let manager = PassManager(verifies: true)
    var (program, other) = (source, source)
    let report = try manager.run(pipeline, on: &program)
    try manager.run(pipeline, on: &other)
    let text = program.text(fullText)
    #expect(other.text(fullText) == text, name)
    let again = try manager.run(pipeline, on: &program)
    #expect(again.rewrites == 0, name)
    #expect(program.text(fullText) == text, name)
    try expectSameValues(source, program, tolerance: 1e-6)
    let parsed = try Program(parsing: text, registry: .standard)
    #expect(parsed.text(fullText) == text, name)
    return (
      report.entries.first?.instructionsBefore ?? 0, report.entries.last?.instructionsAfter ?? 0
    )
  }

  @Test func everyPassHasAName() throws {
    #expect(StandardPasses.names == StandardPasses.names.sorted())
    for name in StandardPasses.names { #expect(try StandardPasses.pass(named: name).name == name) }
    #expect(
      try StandardPasses.pass(named: "eliminate_dead_code").name == "dead_code_elimination")
    let error = #expect(throws: MIGraphXError.self) {
      try StandardPasses.pass(named: "make_coffee")
    }
    #expect(error?.message.contains("make_coffee") ?? false)
    #expect(Set(Pipeline.standard.passes.map(\.name)).isSubset(of: StandardPasses.names))
  }
}
