import Codegen
import IR
import Reference
import Support
import Tensors

/// The target `cpu`: this machine's processor, with code made for it.
///
/// An instruction for which there is a kernel runs that; every other runs by its operator's evaluation, as on
/// ``ReferenceTarget``.
public struct CPUTarget: Target {
  public var name: String { "cpu" }
  /// The instructions that code may have; the machine's best if nil.
  public let instructionSet: InstructionSet?
  /// The threads that share the work of a run.
  let threads: ThreadPool
  private let library: KernelLibrary

  /// Makes the target for the best instructions of this machine, or those that `MIGRAPHX_INSTRUCTION_SET` names.
  public init() { self.init(instructionSet: nil) }

  /// Makes the target for other instructions, threads and kernels than usual.
  init(
    instructionSet: InstructionSet?, threads: ThreadPool = .shared, library: KernelLibrary = .shared
  ) {
    self.instructionSet = instructionSet
    self.threads = threads
    self.library = library
  }

  public var remark: String? {
    do throws(MIGraphXError) {
      return try lowering(fastMath: true) == nil
        ? "target cpu has no kernels for this processor and runs the reference evaluation" : nil
    } catch {
      return "target cpu runs the reference evaluation: \(error.message)"
    }
  }

  public func compile(
    _ program: Program, fastMath: Bool
  ) throws(MIGraphXError) -> any Executable {
    var lowering: Lowering?
    do throws(MIGraphXError) { lowering = try self.lowering(fastMath: fastMath) } catch {
      // Without a compiler the program runs all the same; the remark says why it is slow.
      guard error.code == .codeGeneration else { throw error }
    }
    guard let lowering else { return ReferenceExecutable(program: program) }
    var lowered = program
    try lowering.lower(&lowered.main)
    return try CPUExecutable(program, lowered: lowered, lowering.runtime)
  }

  /// What brings kernels into programs; nil when the processor has no instructions for them.
  private func lowering(fastMath: Bool) throws(MIGraphXError) -> Lowering? {
    var set = instructionSet
    if set == nil { set = try .preferred() }
    guard let set else { return nil }
    return try Lowering(set, from: library, fastMath: fastMath, Runtime(pool: threads))
  }
}
