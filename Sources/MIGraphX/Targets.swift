import CPUTarget
import IR
import Reference
import Support

extension MIGraphXError.Code {
  /// There is no target of the name that was asked for.
  public static let unknownTarget = MIGraphXError.Code("unknown target")
}

/// The targets of this version.
public enum Targets {
  private static let all: [any Target] = [ReferenceTarget(), CPUTarget()]

  /// Their names.
  public static var names: [String] { all.map(\.name) }

  /// The target `name`.
  ///
  /// - Throws: `unknownTarget` when this version has none of that name.
  public static func named(_ name: String) throws(MIGraphXError) -> any Target {
    if let target = all.first(where: { $0.name == name }) { return target }
    let list = names.map { "'\($0)'" }.joined(separator: " and ")
    throw MIGraphXError(
      .unknownTarget, "this version has no target '\(name)'; it has \(list)")
  }
}

extension Target where Self == ReferenceTarget {
  /// The target `ref`, which calls each operator's plain implementation.
  public static var ref: ReferenceTarget { ReferenceTarget() }
}

extension Target where Self == CPUTarget {
  /// The target `cpu`, this machine's processor.
  public static var cpu: CPUTarget { CPUTarget() }
}
