import IR
import Support

/// One rewrite of one kind of instruction.
public protocol RewriteRule<Root>: Sendable {
  /// The operator of the instructions that the rule may replace.
  associatedtype Root: Operator

  /// A value that equals `root` and is better; nil if the rule does not apply.
  ///
  /// What the rule inserts before it finds that it doesn't apply is removed again.
  ///
  /// - Throws: what inserting instructions throws.
  func rewrite(_ root: Node<Root>, in rewriter: inout Rewriter) throws(MIGraphXError) -> Value?
}

extension RewriteRule {
  /// The rule's name in errors.
  var name: String { "\(Self.self)" }

  /// Applies the rule to `id`.
  ///
  /// - Returns: the inserted instructions; nil if it does not apply.
  fileprivate func apply(
    to id: InstructionID, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> [InstructionID]? {
    guard let root = rewriter[id, as: Root.self] else { return nil }
    return try trace("applying rule \(name)") { () throws(MIGraphXError) in
      try rewriter.rewrite(id) { (rewriter) throws(MIGraphXError) in
        try rewrite(root, in: &rewriter)
      }
    }
  }
}

/// Applies rules, in program order, until none applies any more.
public struct RuleDriver: Sendable {
  private let rules: [any RewriteRule]

  /// Makes a driver that tries `rules` in this order at each instruction.
  public init(_ rules: [any RewriteRule]) { self.rules = rules }

  /// Applies the rules.
  ///
  /// - Throws: what rules throw; `limitExceeded`, naming the rule that applied most often, when they
  ///   go on for so long that they must be undoing each other's work.
  public func run(on module: inout Module, _ context: inout PassContext) throws(MIGraphXError) {
    try module.rewrite(&context) { (rewriter) throws(MIGraphXError) in
      try run(in: &rewriter)
    }
  }

  private func run(in rewriter: inout Rewriter) throws(MIGraphXError) {
    let limit = 256 + 16 * rewriter.module.count
    var counts = [Int](repeating: 0, count: rules.count)
    var total = 0
    var isChanged = true
    while isChanged {
      isChanged = false
      var cursor = rewriter.module.order.first
      while let id = cursor {
        // Rewriting may remove what comes before `id`, never what comes after it.
        cursor = rewriter.module.instruction(after: id)
        for (index, rule) in rules.enumerated() {
          guard let inserted = try rule.apply(to: id, in: &rewriter) else { continue }
          isChanged = true
          counts[index] += 1
          total += 1
          if total > limit { throw endless(counts) }
          cursor = inserted.first { rewriter.module[$0].op != nil } ?? cursor
          break
        }
      }
    }
  }

  private func endless(_ counts: [Int]) -> MIGraphXError {
    let most = counts.indices.max { counts[$0] < counts[$1] } ?? 0
    return MIGraphXError(
      .limitExceeded,
      "rules do not come to an end; \(rules[most].name) applied \(counts[most]) times")
  }
}
