import IR
import Planning
import Reference
import Support
import Tensors

/// What running a module at certain sizes takes: steps in order, and where each value lies.
///
/// Everything that sizes decide is decided here, so that a run only works. Values that kernels make lie in one arena
/// or in the memory of outputs; those that an operator's evaluation makes are held by the run.
final class ExecutionPlan: Sendable {
  /// The sizes that inputs and kernels tell.
  let sizes: SizeBindings
  /// The memory that locations refer to.
  let slots: [Slot]
  let steps: [Step]
  /// The module's results.
  let results: [Location]
  /// The arena, of slot 0.
  let memory: MemoryPlan
  /// The most addresses that one step needs.
  let addressCount: Int

  enum Slot: Sendable {
    case arena
    case input(Int)
    case constant(Argument)
    /// A value of an operator's evaluation.
    case held
    /// Memory that the caller gives for a result.
    case output(TensorLayout)
  }

  /// Where a value lies.
  struct Location: Sendable {
    var slot: Int
    var byteOffset = 0
    /// Nil when only the run tells how the value lies, or it is no tensor in memory.
    var layout: TensorLayout?
  }

  struct Step: Sendable {
    /// The position of the instruction in the module; nil for work that no instruction stands for.
    let index: Int?
    let id: InstructionID
    let action: Action
    /// The slots whose values nothing needs after the step.
    var finished: [Int] = []

    var isEvaluation: Bool { if case .evaluate = action { true } else { false } }
  }

  enum Action: Sendable {
    /// Runs a kernel. The locations are those of operands, results, and scratch memory.
    case kernel(PreparedKernel, [Location], operandCount: Int)
    /// Evaluates the operator of an instruction. The locations are those of operands and results.
    case evaluate(any Operator, Instruction, operands: [Location], results: [Location])
    /// The result is an operand seen in another way.
    case view(Location)
  }

  init(
    sizes: SizeBindings, slots: [Slot], steps: [Step], results: [Location], memory: MemoryPlan
  ) {
    self.sizes = sizes
    self.slots = slots
    self.steps = steps
    self.results = results
    self.memory = memory
    addressCount =
      steps.map { step in
        if case .kernel(_, let locations, _) = step.action { locations.count } else { 0 }
      }.max() ?? 0
  }
}
