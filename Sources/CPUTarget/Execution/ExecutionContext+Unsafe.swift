import Codegen
import Glibc
import IR
import Planning
import Reference
import Support
import Synchronization
import Tensors

/// The memory of one run at a time.
@safe final class ExecutionContext: @unchecked Sendable {
  private var arena: UnsafeMutableRawPointer?
  private(set) var arenaByteCount = 0
  /// The address of each slot.
  private var bases: UnsafeMutableBufferPointer<UnsafeMutableRawPointer?>
  /// Those of one step's operands, results and scratch memory.
  private var addresses: UnsafeMutableBufferPointer<UnsafeMutableRawPointer>
  private let faults: UnsafeMutablePointer<Atomic<Int>>

  /// Pages of this size spare the processor look-ups of addresses.
  private static let hugePageByteCount = 2 << 20

  init() {
    unsafe bases = .allocate(capacity: 0)
    unsafe addresses = .allocate(capacity: 0)
    unsafe faults = .allocate(capacity: 1)
    unsafe faults.initialize(to: Atomic(0))
  }

  deinit {
    unsafe free(arena)
    unsafe bases.deallocate()
    unsafe addresses.deallocate()
    unsafe faults.deallocate()
  }

  /// Makes room for runs of `plan`, which allocate nothing then.
  ///
  /// - Throws: `limitExceeded` or `system` when there is no memory.
  func reserve(_ plan: ExecutionPlan) throws(MIGraphXError) {
    if unsafe bases.count < plan.slots.count {
      unsafe bases.deallocate()
      unsafe bases = .allocate(capacity: plan.slots.count)
    }
    if unsafe addresses.count < plan.addressCount {
      unsafe addresses.deallocate()
      unsafe addresses = .allocate(capacity: plan.addressCount)
    }
    let needed = max(64, plan.memory.byteCount)
    if arenaByteCount >= needed { return }
    guard needed <= Storage.maximumByteCount / 4 else {
      throw MIGraphXError(
        .limitExceeded,
        "\(needed) bytes are needed; \(Storage.maximumByteCount / 4) are possible")
    }
    unsafe free(arena)
    unsafe arena = nil
    arenaByteCount = 0
    let isLarge = needed >= ExecutionContext.hugePageByteCount
    let status = unsafe posix_memalign(
      &arena, isLarge ? ExecutionContext.hugePageByteCount : 64, needed)
    guard status == 0, let arena = unsafe arena else {
      throw MIGraphXError(.system, "no memory for \(needed) bytes")
    }
    if isLarge { _ = unsafe madvise(arena, needed, MADV_HUGEPAGE) }
    arenaByteCount = needed
  }

  /// Runs `plan`, for which room is reserved.
  ///
  /// - Parameters:
  ///   - inputs: one value for each parameter, tensors in row-major order.
  ///   - outputs: for slots of the plan that are outputs, the tensors to be written.
  /// - Returns: the values that evaluation made, by their slots.
  /// - Throws: what steps throw.
  func run(
    _ plan: ExecutionPlan, _ inputs: [RuntimeValue], _ outputs: [Argument?], _ module: Module,
    on pool: ThreadPool, observer: RunObserver?
  ) throws(MIGraphXError) -> [RuntimeValue?] {
    for (slot, kind) in plan.slots.enumerated() {
      switch kind {
      case .arena: unsafe bases[slot] = arena
      case .input(let index): setBase(slot, inputs[index].argument)
      case .constant(let argument): setBase(slot, argument)
      case .held: unsafe bases[slot] = nil
      case .output: setBase(slot, outputs[slot])
      }
    }
    var held: [RuntimeValue?] = []
    var evaluation: ModuleRun?
    for step in plan.steps {
      let start = observer.map { _ in ContinuousClock.now }
      switch step.action {
      case .view: break
      case .kernel(let kernel, let locations, let operandCount):
        do throws(MIGraphXError) {
          try run(kernel, locations, operandCount: operandCount, on: pool)
        } catch { throw error.during("running \(module[step.id].title(module[step.id].op))") }
      case .evaluate(let op, let instruction, let operands, let results):
        if held.isEmpty { held = Array(repeating: nil, count: plan.slots.count) }
        if evaluation == nil {
          evaluation = ModuleRun(
            module, sizes: plan.sizes, memoryLimit: Storage.maximumByteCount / 4,
            moduleRunLimit: ReferenceTarget.defaultModuleRunLimit)
          try evaluation?.begin()
          for input in inputs { evaluation?.exclude(input) }
          for case .constant(let argument) in plan.slots {
            evaluation?.exclude(.tensor(argument))
          }
        }
        let arguments = try values(operands, plan, inputs, outputs, held)
        let values =
          try evaluation?.evaluate(op, instruction, arguments) {
            (index, value) throws(MIGraphXError) in
            try settled(value, results[index].layout)
          } ?? []
        for (value, location) in zip(values, results) {
          held[location.slot] = value
          setBase(location.slot, value.argument)
        }
      }
      if let observer, let start, let index = step.index {
        let duration = start.duration(to: .now)
        let results = try values(step.results, plan, inputs, outputs, held)
        try observer(
          InstructionRun(index: index, id: step.id, duration: duration) {
            () throws(MIGraphXError) in
            var copies: [RuntimeValue] = []
            for result in results { copies.append(try result.copied()) }
            return copies
          })
      }
      for slot in step.finished where !held.isEmpty {
        if let value = held[slot] { evaluation?.forget(value) }
        held[slot] = nil
      }
    }
    try evaluation?.finish()
    return held
  }

  private func setBase(_ slot: Int, _ argument: Argument?) {
    unsafe bases[slot] = argument.map { unsafe UnsafeMutableRawPointer(mutating: $0.address) }
  }

  private func run(
    _ kernel: PreparedKernel, _ locations: [ExecutionPlan.Location], operandCount: Int,
    on pool: ThreadPool
  ) throws(MIGraphXError) {
    for (index, location) in locations.enumerated() {
      guard let base = unsafe bases[location.slot] else {
        throw MIGraphXError(.invalidProgram, "a value is used before it is there")
      }
      unsafe addresses.initializeElement(at: index, to: base + location.byteOffset)
    }
    guard let first = unsafe addresses.baseAddress else { return }
    try kernel.run(
      unsafe KernelMemory(
        first, operandCount: operandCount, resultCount: locations.count - operandCount - 1,
        faults: faults), on: pool)
  }

  // MARK: Values of evaluation

  private func values(
    _ locations: [ExecutionPlan.Location], _ plan: ExecutionPlan, _ inputs: [RuntimeValue],
    _ outputs: [Argument?], _ held: [RuntimeValue?]
  ) throws(MIGraphXError) -> [RuntimeValue] {
    var values: [RuntimeValue] = []
    for location in locations {
      values.append(try value(location, plan, inputs, outputs, held))
    }
    return values
  }

  /// What lies at a location. Values in the arena are valid until their memory is used again.
  func value(
    _ location: ExecutionPlan.Location, _ plan: ExecutionPlan, _ inputs: [RuntimeValue],
    _ outputs: [Argument?], _ held: [RuntimeValue?]
  ) throws(MIGraphXError) -> RuntimeValue {
    let root: RuntimeValue?
    switch plan.slots[location.slot] {
    case .arena: root = try inArena(location).map { .tensor($0) }
    case .input(let index): root = inputs[index]
    case .constant(let argument): root = .tensor(argument)
    case .held: root = held[location.slot]
    case .output: root = outputs[location.slot].map { .tensor($0) }
    }
    guard let root else {
      throw MIGraphXError(.invalidProgram, "a value is used before it is there")
    }
    guard let layout = location.layout, let argument = root.argument else { return root }
    let move = plan.slots[location.slot].isArena ? 0 : location.byteOffset
    return .tensor(
      try Argument(
        argument.storage, argument.elementType, lens: layout.lens, strides: layout.strides,
        byteOffset: argument.byteOffset + move))
  }

  private func inArena(
    _ location: ExecutionPlan.Location
  ) throws(MIGraphXError) -> Argument? {
    guard let arena = unsafe arena, let layout = location.layout else { return nil }
    let storage = unsafe Storage(base: arena, byteCount: arenaByteCount) {}
    return try Argument(
      storage, layout.elementType, lens: layout.lens, strides: layout.strides,
      byteOffset: location.byteOffset)
  }

  /// A value that evaluation made, as the plan expects it: in row-major order, and not in memory that is used again.
  private func settled(
    _ value: RuntimeValue, _ layout: TensorLayout?
  ) throws(MIGraphXError) -> RuntimeValue {
    guard let argument = value.argument else {
      return try isInArena(value) ? value.copied() : value
    }
    if isInArena(value) { return try value.copied() }
    guard let layout, TensorLayout(argument) != layout else { return value }
    return .tensor(
      argument.isStandard
        ? try argument.view(lens: layout.lens, strides: layout.strides)
        : try argument.contiguous())
  }

  /// Whether a tensor of the value lies in the arena.
  private func isInArena(_ value: RuntimeValue) -> Bool {
    switch value {
    case .tensor(let argument):
      unsafe argument.storage.withUnsafeBytes { unsafe $0.baseAddress == UnsafeRawPointer(arena) }
    case .tuple(let parts): parts.contains { isInArena($0) }
    case .sequence(let elements, _): elements.contains { isInArena($0) }
    case .optional(let wrapped, _): wrapped.map { isInArena($0) } ?? false
    }
  }
}

extension ExecutionPlan.Slot {
  fileprivate var isArena: Bool { if case .arena = self { true } else { false } }
}

extension ExecutionPlan.Step {
  /// Where the results lie.
  fileprivate var results: [ExecutionPlan.Location] {
    switch action {
    case .view(let location): [location]
    case .kernel(let kernel, let locations, let count):
      Array(locations[count..<count + kernel.results.count])
    case .evaluate(_, _, _, let results): results
    }
  }
}
