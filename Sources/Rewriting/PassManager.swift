import IR
import Support

/// Runs passes over a program: each over every module, then dead-code elimination and verification.
public struct PassManager: Sendable {
  /// Called with the pass's name and the program after each pass that changed something.
  public typealias Trace = @Sendable (_ pass: String, _ program: Program) -> Void

  /// Whether the program is verified after each pass.
  public var verifies: Bool
  /// The names of passes that don't run.
  public var disabledPasses: Set<String>
  /// No rewrite is made after so many; bisecting this number finds the rewrite that breaks a program.
  public var rewriteLimit: Int?
  /// Told of each pass that changed something.
  public var trace: Trace?
  /// Told what each pass did, once all have run.
  public var reportObserver: (@Sendable (PassReport) -> Void)?

  /// Makes a pass manager.
  public init(
    verifies: Bool = false, disabledPasses: Set<String> = [],
    stopAfterRewrites rewriteLimit: Int? = nil,
    trace: Trace? = nil, reportObserver: (@Sendable (PassReport) -> Void)? = nil
  ) {
    self.verifies = verifies
    self.disabledPasses = disabledPasses
    self.rewriteLimit = rewriteLimit
    self.trace = trace
    self.reportObserver = reportObserver
  }

  /// Runs `pipeline` over `program`.
  ///
  /// - Returns: what each pass did.
  /// - Throws: what a pass or the verifier throws, with the pass's name in the trail. The program is then to
  ///   be discarded.
  @discardableResult
  public func run(
    _ pipeline: Pipeline, on program: inout Program
  ) throws(MIGraphXError) -> PassReport {
    try program.verifyLiterals()
    var run = Run(manager: self, context: PassContext(rewriteLimit: rewriteLimit))
    try run.run(pipeline.stages, on: &program)
    reportObserver?(run.report)
    return run.report
  }

  /// Runs one pass. See ``run(_:on:)-(Pipeline,_)``.
  @discardableResult
  public func run(_ pass: any Pass, on program: inout Program) throws(MIGraphXError) -> PassReport {
    try run(Pipeline { pass }, on: &program)
  }
}

/// One run of a pipeline.
private struct Run {
  let manager: PassManager
  var context: PassContext
  var report = PassReport()

  /// - Returns: whether something changed.
  @discardableResult
  mutating func run(
    _ stages: [Pipeline.Stage], on program: inout Program
  ) throws(MIGraphXError) -> Bool {
    var isChanged = false
    for stage in stages {
      switch stage {
      case .pass(let pass):
        if manager.disabledPasses.contains(pass.name) { continue }
        if try run(pass, on: &program) { isChanged = true }
      case .repeated(let stages, let limit):
        for _ in 0..<max(0, limit) {
          guard try run(stages, on: &program) else { break }
          isChanged = true
        }
      }
    }
    return isChanged
  }

  private mutating func run(
    _ pass: any Pass, on program: inout Program
  ) throws(MIGraphXError) -> Bool {
    let before = program.main.totalCount
    let rewrites = context.rewriteCount
    let clock = ContinuousClock()
    let start = clock.now
    do throws(MIGraphXError) {
      try run(pass, on: &program.main)
      program.main.removeDeadCode()
      let duration = clock.now - start
      if manager.verifies { try program.verify() }
      report.entries.append(
        .init(
          name: pass.name, duration: duration, instructionsBefore: before,
          instructionsAfter: program.main.totalCount, rewrites: context.rewriteCount - rewrites))
    } catch { throw error.during("running pass \(pass.name)") }
    let isChanged = context.rewriteCount > rewrites || program.main.totalCount != before
    if isChanged { manager.trace?(pass.name, program) }
    return isChanged
  }

  /// Runs `pass` over the sub-modules of `module`, then over itself.
  private mutating func run(
    _ pass: any Pass, on module: inout Module
  ) throws(MIGraphXError) {
    for id in module.order where !module[id].modules.isEmpty {
      let rewrites = context.rewriteCount
      for index in module[id].modules.indices {
        var run = self
        try module.editModule(index, of: id) { (module) throws(MIGraphXError) in
          try run.run(pass, on: &module)
          module.removeDeadCode()
        }
        self = run
      }
      // The results may have become more exact.
      if context.rewriteCount > rewrites, let op = module[id].op {
        try module.replace(id, with: op, module[id].inputs)
      }
    }
    try pass.run(on: &module, &context)
  }
}

extension Module {
  /// The number of instructions, those of sub-modules included.
  var totalCount: Int {
    order.reduce(0) { $0 + 1 + self[$1].modules.reduce(0) { $0 + $1.totalCount } }
  }
}
