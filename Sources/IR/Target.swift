import Support
import Tensors

/// What can make programs runnable.
public protocol Target: Sendable {
  /// The name under which users ask for the target, such as "ref".
  var name: String { get }
  /// Makes `program` runnable.
  ///
  /// - Throws: `unsupported` when the target can't run something in the program.
  func compile(_ program: Program) throws(MIGraphXError) -> any Executable
}

/// A compiled program. It doesn't change, and any number of threads may run it at once.
public protocol Executable: Sendable {
  /// The program as it was compiled.
  var program: Program { get }
  /// Runs the program.
  ///
  /// - Parameter inputs: one value for each of the program's inputs, in their order.
  /// - Returns: one value for each of the program's outputs, in their order.
  /// - Throws: `invalidArgument` or `invalidShape` when an input doesn't fit, and what operators throw.
  func run(_ inputs: [RuntimeValue]) throws(MIGraphXError) -> [RuntimeValue]
}
