import IR
import Reference
import Support

/// The target `cpu`: this machine's processor.
///
/// It has no kernels of its own yet: every instruction runs by its operator's evaluation, as on ``ReferenceTarget``.
public struct CPUTarget: Target {
  public var name: String { "cpu" }
  public var remark: String? { "target cpu has no kernels yet and runs the reference evaluation" }

  /// Makes the target.
  public init() {}

  public func compile(_ program: Program) throws(MIGraphXError) -> any Executable {
    try ReferenceTarget().compile(program)
  }
}
