import FoundationEssentials

/// The cases that are not expected to pass. Each line: the case, its outcome, and why.
///
/// The outcome `random` stands for a pass or a failure: results depend on numbers drawn anew in each run.
struct Expectations {
  private var lines: [String: (word: String, reason: String)] = [:]
  private static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "expectations.txt").path

  init() throws {
    let text = try String(contentsOfFile: Expectations.path, encoding: .utf8)
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ", maxSplits: 2)
      guard words.count == 3 else { continue }
      lines[String(words[0])] = (String(words[1]), String(words[2]))
    }
  }

  /// The word of the outcome that the case is expected to have.
  subscript(_ id: String) -> String { lines[id]?.word ?? Outcome.passed.word }

  /// Whether the outcome is one that the case is expected to have.
  func accept(_ outcome: Outcome, of id: String) -> Bool {
    let word = self[id]
    if word == "random", case .unsupported = outcome { return false }
    return word == outcome.word || word == "random"
  }

  /// Takes over outcomes; where an outcome stays the same, its reason stays too.
  mutating func update(_ outcomes: [(id: String, outcome: Outcome)]) throws {
    for (id, outcome) in outcomes where !accept(outcome, of: id) {
      lines[id] = outcome.word == Outcome.passed.word ? nil : (outcome.word, outcome.reason)
    }
    let text = lines.sorted { $0.key < $1.key }.map { "\($0) \($1.word) \($1.reason)\n" }
    let header = """
      # Cases of ONNX's backend tests that don't pass, with their outcome and why. All others must pass.
      # 'make conformance BLESS=1' brings the list up to date; reasons may be edited.

      """
    try (header + text.joined()).write(
      toFile: Expectations.path, atomically: true, encoding: .utf8)
  }
}
