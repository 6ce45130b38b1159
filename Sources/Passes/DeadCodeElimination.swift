import IR
import Rewriting
import Support

/// Removes instructions that no result needs and that have no effect; parameters stay.
///
/// The pass manager does the same after every pass.
///
/// ```
/// x = @param:x -> float_type, {2}, {1}        x = @param:x -> float_type, {2}, {1}
/// main:@1 = neg(x) -> …                   =>  main:@1 = @return(x)
/// main:@2 = @return(x)
/// ```
public struct DeadCodeElimination: Pass {
  public var name: String { "dead_code_elimination" }

  /// Makes the pass.
  public init() {}

  public func run(on module: inout Module, _ context: inout PassContext) throws(MIGraphXError) {
    module.removeDeadCode()
  }
}
