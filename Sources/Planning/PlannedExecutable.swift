import IR
import Support

/// An executable whose runs keep the values between inputs and outputs in one arena.
public protocol PlannedExecutable: Executable {
  /// The arena of a run at the maximum sizes.
  ///
  /// - Throws: `invalidShape` when a size has no maximum, `limitExceeded` when sizes are absurd.
  func memoryPlan() throws(MIGraphXError) -> MemoryPlan
}
