import Codegen
import IR
import Planning
import Reference
import Support
import Tensors

/// A program whose instructions run kernels where there are some.
///
/// Sizes that came lately keep their plans, so that a run that meets them again only works.
final class CPUExecutable: PlannedExecutable {
  let program: Program
  let lowered: Program
  private let runtime: Runtime
  private let parameters: [Value]
  /// By the sizes of inputs; those first that were not asked for the longest.
  private let plans = Locked<[Known]>([])
  /// Those that no run uses.
  private let contexts = Locked<[ExecutionContext]>([])

  private struct Known {
    /// The sizes of inputs that are tensors; nil for others.
    let lens: [[Int]?]
    /// What all inputs tell.
    let sizes: SizeBindings
    let plan: ExecutionPlan
  }

  private static let (maximumPlans, maximumSpareContexts) = (16, 8)

  /// Makes `lowered`, which computes what `program` does, runnable.
  ///
  /// - Throws: what a plan for sizes that are known throws.
  init(_ program: Program, lowered: Program, _ runtime: Runtime) throws(MIGraphXError) {
    self.program = program
    self.lowered = lowered
    self.runtime = runtime
    parameters = lowered.main.parameters
    let lens = parameters.map { lowered.main.shape(of: $0)?.lens }
    if !lens.contains(nil) { _ = try plan(lens, SizeBindings()) }
  }

  func memoryUsage() throws(MIGraphXError) -> Int {
    try ReferenceExecutable(program: lowered).memoryUsage()
  }

  func memoryPlan() throws(MIGraphXError) -> MemoryPlan {
    var lens: [[Int]?] = []
    var sizes = SizeBindings()
    for parameter in parameters {
      let type = lowered.main.type(of: parameter)
      lens.append(type.atMaximum.shape?.lens)
      guard let shape = type.shape else { continue }
      guard let lens = lens.last.flatMap({ $0 }) else {
        throw MIGraphXError(
          .invalidShape, "the memory for \(shape) is not bounded; give its axes maximum sizes")
      }
      guard shape.elementType.hasBytes else { continue }
      let layout = try TensorLayout(shape.elementType, lens: lens)
      try sizes.bind(.tensor(.withoutMemory(layout)), to: type)
    }
    return try plan(lens, sizes).memory
  }

  func run(
    _ inputs: [RuntimeValue], observer: RunObserver?
  ) throws(MIGraphXError) -> [RuntimeValue] {
    let sizes = try lowered.main.sizes(of: inputs)
    var inputs = inputs
    for (index, input) in inputs.enumerated() {
      guard let argument = input.argument, argument.elementType.hasBytes else { continue }
      if !argument.isStandard { inputs[index] = .tensor(try runtime.copy(argument)) }
    }
    let plan = try plan(inputs.map { $0.argument?.lens }, sizes)
    var outputs: [Argument?] = []
    for (slot, kind) in plan.slots.enumerated() {
      guard case .output(let layout) = kind else { continue }
      if outputs.isEmpty { outputs = Array(repeating: nil, count: plan.slots.count) }
      outputs[slot] = try runtime.buffers.tensor(layout)
    }
    let context = contexts.withLock { $0.popLast() } ?? ExecutionContext()
    defer {
      // One that had to grow for a far larger run gives its memory back.
      if context.arenaByteCount / 4 <= max(plan.memory.byteCount, 1 << 20) {
        contexts.withLock {
          if $0.count < CPUExecutable.maximumSpareContexts { $0.append(context) }
        }
      }
    }
    try context.reserve(plan)
    let held = try context.run(
      plan, inputs, outputs, lowered.main, on: runtime.pool, observer: observer)
    var results: [RuntimeValue] = []
    for location in plan.results {
      results.append(try context.value(location, plan, inputs, outputs, held))
    }
    return results
  }

  /// The plan for inputs of sizes `lens`, nil for what is no tensor.
  private func plan(
    _ lens: [[Int]?], _ sizes: SizeBindings
  ) throws(MIGraphXError) -> ExecutionPlan {
    func place(in plans: [Known]) -> Int? {
      plans.lastIndex { $0.lens == lens && $0.sizes == sizes }
    }
    let known: ExecutionPlan? = plans.withLock { plans in
      guard let place = place(in: plans) else { return nil }
      if place < plans.count - 1 { plans.append(plans.remove(at: place)) }
      return plans.last?.plan
    }
    if let known { return known }
    let plan = try PlanBuilder.plan(lowered.main, lens: lens, sizes: sizes, runtime)
    plans.withLock { plans in
      // Another run may have met the same sizes at the same time.
      if place(in: plans) != nil { return }
      if plans.count == CPUExecutable.maximumPlans { plans.removeFirst() }
      plans.append(Known(lens: lens, sizes: sizes, plan: plan))
    }
    return plan
  }
}
