import IR
import Support

/// One improvement of a module, run by a ``PassManager``.
public protocol Pass: Sendable {
  /// The name by which the pass is reported and disabled.
  var name: String { get }

  /// Improves `module`. The pass manager calls this for sub-modules too, innermost first.
  ///
  /// Passes leave code that became dead to the pass manager.
  ///
  /// - Throws: what building instructions throws. The module is then to be discarded.
  func run(on module: inout Module, _ context: inout PassContext) throws(MIGraphXError)
}

/// What a run of a pass may know and has to count.
public struct PassContext: Sendable {
  /// The number of rewrites made so far, over all passes.
  public private(set) var rewriteCount = 0
  /// No rewrite is made any more once there were so many; no bound if nil.
  public let rewriteLimit: Int?

  /// Makes a context.
  public init(rewriteLimit: Int? = nil) { self.rewriteLimit = rewriteLimit }

  /// Whether one more rewrite may be made.
  public var mayRewrite: Bool { rewriteLimit.map { rewriteCount < $0 } ?? true }

  /// Counts one rewrite.
  public mutating func countRewrite() { rewriteCount += 1 }
}

/// A pass that applies rules until none applies any more.
public protocol RulePass: Pass {
  /// The rules, those first that should be tried first.
  var rules: [any RewriteRule] { get }
}

extension RulePass {
  public func run(on module: inout Module, _ context: inout PassContext) throws(MIGraphXError) {
    try RuleDriver(rules).run(on: &module, &context)
  }
}
