import Rewriting
import Support

/// The passes that can be asked for by name.
public enum StandardPasses {
  /// Every pass, in order of name.
  public static let all: [any Pass] = [
    AutoContiguous(),
    DeadCodeElimination(),
    EliminateCommonSubexpression(),
    EliminateContiguous(),
    EliminateIdentity(),
    FoldShapeValues(),
    InlineModule(),
    PropagateConstant(),
    SimplifyBatchNorm(),
    SimplifyReshapes(),
  ]

  /// Other names under which passes are known.
  private static let aliases = ["eliminate_dead_code": "dead_code_elimination"]

  /// The names of all passes, sorted.
  public static var names: [String] { all.map(\.name) }

  /// The pass called `name`.
  ///
  /// - Throws: `invalidArgument` for an unknown name.
  public static func pass(named name: String) throws(MIGraphXError) -> any Pass {
    guard let pass = all.first(where: { $0.name == aliases[name] ?? name }) else {
      throw MIGraphXError(
        .invalidArgument,
        "unknown pass '\(name)'; there are \(names.joined(separator: ", "))")
    }
    return pass
  }
}

extension Pipeline {
  /// What every target does first: simplifications that hold whatever runs the program.
  public static let standard = standard(foldsConstants: true)

  /// The standard passes. Without `foldsConstants` only sizes are computed, and the weights of convolutions before a
  /// normalisation.
  ///
  /// The rounds end when one changes nothing; the bound only guards against endless work.
  public static func standard(foldsConstants: Bool) -> Pipeline {
    Pipeline {
      DeadCodeElimination()
      Pipeline(repeatedUpTo: 16) {
        FoldShapeValues()
        EliminateIdentity()
        if foldsConstants { PropagateConstant() }
        InlineModule()
        SimplifyReshapes()
        EliminateContiguous()
        EliminateCommonSubexpression()
        SimplifyBatchNorm()
      }
      AutoContiguous()
    }
  }
}
