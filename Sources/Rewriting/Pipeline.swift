/// Passes in the order in which they run.
public struct Pipeline: Sendable {
  /// One part of a pipeline.
  public enum Stage: Sendable {
    /// A pass.
    case pass(any Pass)
    /// Stages that run again until a round changes nothing, in at most so many rounds.
    case repeated([Stage], limit: Int)
  }

  /// The parts in order.
  public var stages: [Stage]

  /// Makes a pipeline of the passes, pipelines and repetitions listed.
  public init(@PipelineBuilder _ stages: () -> [Stage]) { self.stages = stages() }

  /// Makes a pipeline that runs what is listed until a round changes nothing, in at most `limit` rounds.
  public init(repeatedUpTo limit: Int, @PipelineBuilder _ stages: () -> [Stage]) {
    self.stages = [.repeated(stages(), limit: limit)]
  }

  /// The passes in order, those of repetitions once.
  public var passes: [any Pass] {
    func passes(_ stages: [Stage]) -> [any Pass] {
      stages.flatMap { stage in
        switch stage {
        case .pass(let pass): [pass]
        case .repeated(let stages, _): passes(stages)
        }
      }
    }
    return passes(stages)
  }
}

/// Lists passes.
@resultBuilder public enum PipelineBuilder {
  /// A pass.
  public static func buildExpression(_ pass: any Pass) -> [Pipeline.Stage] { [.pass(pass)] }
  /// The stages of another pipeline.
  public static func buildExpression(_ pipeline: Pipeline) -> [Pipeline.Stage] { pipeline.stages }
  /// Parts in order.
  public static func buildBlock(_ parts: [Pipeline.Stage]...) -> [Pipeline.Stage] {
    parts.flatMap { $0 }
  }
  /// Parts that may be missing.
  public static func buildOptional(_ part: [Pipeline.Stage]?) -> [Pipeline.Stage] { part ?? [] }
  /// One of two.
  public static func buildEither(first part: [Pipeline.Stage]) -> [Pipeline.Stage] { part }
  /// One of two.
  public static func buildEither(second part: [Pipeline.Stage]) -> [Pipeline.Stage] { part }
  /// Parts made in a loop.
  public static func buildArray(_ parts: [[Pipeline.Stage]]) -> [Pipeline.Stage] {
    parts.flatMap { $0 }
  }
}
