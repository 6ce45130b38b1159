import Support
import Tensors

/// What can make programs runnable.
public protocol Target: Sendable {
  /// The name under which users ask for the target, such as "ref".
  var name: String { get }
  /// How many devices the target has; they are numbered from 0.
  var deviceCount: Int { get }
  /// What users should know about how the target runs programs; nil if nothing.
  var remark: String? { get }
  /// Whether what depends on literals only is computed when a program is compiled.
  var foldsConstants: Bool { get }
  /// Makes `program` runnable.
  ///
  /// - Parameter fastMath: whether results may differ more from exact ones than plain arithmetic's do, where that
  ///   saves time.
  /// - Throws: `unsupported` when the target can't run something in the program.
  func compile(_ program: Program, fastMath: Bool) throws(MIGraphXError) -> any Executable
}

extension Target {
  public var deviceCount: Int { 1 }
  public var remark: String? { nil }
  public var foldsConstants: Bool { true }

  /// Makes `program` runnable. See ``compile(_:fastMath:)``.
  public func compile(_ program: Program) throws(MIGraphXError) -> any Executable {
    try compile(program, fastMath: true)
  }
}

/// What an observer learns about one instruction that has run.
public struct InstructionRun: Sendable {
  /// The position of the instruction in the main module.
  public let index: Int
  /// The instruction, in the main module of ``Executable/lowered``.
  public let id: InstructionID
  /// How long it took.
  public let duration: Duration
  private let makeResults: @Sendable () throws(MIGraphXError) -> [RuntimeValue]

  /// What it gave, in memory of their own. To be asked for while the observer runs: the run may use the memory of
  /// results again.
  ///
  /// - Throws: `system` or `limitExceeded` when there is no memory for copies.
  public var results: [RuntimeValue] {
    get throws(MIGraphXError) { try makeResults() }
  }

  /// Describes one instruction that has run.
  public init(
    index: Int, id: InstructionID, duration: Duration,
    results: @escaping @Sendable () throws(MIGraphXError) -> [RuntimeValue]
  ) {
    self.index = index
    self.id = id
    self.duration = duration
    makeResults = results
  }
}

/// Is told of each instruction that a run has finished. An error that it throws ends the run.
public typealias RunObserver = (InstructionRun) throws(MIGraphXError) -> Void

/// A compiled program. It doesn't change, and any number of threads may run it at once.
public protocol Executable: Sendable {
  /// The program as it was compiled.
  var program: Program { get }
  /// The program that runs. Operators of the target's own may stand for one or several of ``program``.
  var lowered: Program { get }
  /// The bytes that a run needs for the values between inputs and outputs, at the maximum sizes.
  ///
  /// - Throws: `invalidShape` when a size has no maximum.
  func memoryUsage() throws(MIGraphXError) -> Int
  /// Runs the program.
  ///
  /// - Parameters:
  ///   - inputs: one value for each of the program's inputs, in their order.
  ///   - observer: is told of each instruction of the main module.
  /// - Returns: one value for each of the program's outputs, in their order. They may share memory with inputs,
  ///   literals and each other.
  /// - Throws: `invalidArgument` or `invalidShape` when an input doesn't fit, and what operators throw.
  func run(
    _ inputs: [RuntimeValue], observer: RunObserver?
  ) throws(MIGraphXError) -> [RuntimeValue]
}

extension Executable {
  public var lowered: Program { program }

  /// Runs the program. See ``run(_:observer:)``.
  public func run(_ inputs: [RuntimeValue]) throws(MIGraphXError) -> [RuntimeValue] {
    try run(inputs, observer: nil)
  }
}
