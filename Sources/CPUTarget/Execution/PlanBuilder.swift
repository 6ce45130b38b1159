import Codegen
import IR
import Planning
import Reference
import Support
import Tensors

/// Makes the plan for running a module at certain sizes.
struct PlanBuilder {
  private typealias Location = ExecutionPlan.Location

  private let module: Module
  private let runtime: Runtime
  /// Knows the sizes, and what must hold for them.
  private var knowledge: ModuleRun
  private var slots: [ExecutionPlan.Slot] = [.arena]
  private var steps: [ExecutionPlan.Step] = []
  private var values: [Value: PlacedValue] = [:]
  private var buffers: [Buffer] = []
  /// How many operands are still to be read of what lies somewhere.
  private var openUses: [Root: Int] = [:]
  private var useCounts: [Value: Int] = [:]
  /// The results that still want memory of the caller's.
  private var wanted: Set<Value>

  /// The memory that a value and all views of it share.
  private enum Root: Hashable {
    case slot(Int)
    case buffer(Int)
  }

  private struct PlacedValue {
    var root: Root
    var byteOffset = 0
    var layout: TensorLayout?
  }

  /// Makes a plan for `inputs` that lie in row-major order, of which `sizes` tells the symbols.
  ///
  /// - Throws: what kernels throw for these sizes, `limitExceeded` when they are absurd.
  static func plan(
    _ module: Module, lens: [[Int]?], sizes: SizeBindings, _ runtime: Runtime
  ) throws(MIGraphXError) -> ExecutionPlan {
    var builder = PlanBuilder(module, sizes, runtime)
    return try builder.build(lens)
  }

  private init(_ module: Module, _ sizes: SizeBindings, _ runtime: Runtime) {
    self.module = module
    knowledge = ModuleRun(
      module, sizes: sizes, memoryLimit: 0,
      moduleRunLimit: ReferenceTarget.defaultModuleRunLimit)
    self.runtime = runtime
    wanted = Set(module.results)
    for id in module.order {
      for input in module[id].inputs { useCounts[input, default: 0] += 1 }
    }
  }

  private var sizes: SizeBindings { knowledge.sizes }

  private mutating func build(_ lens: [[Int]?]) throws(MIGraphXError) -> ExecutionPlan {
    try knowledge.begin()
    for (index, (parameter, lens)) in zip(module.parameters, lens).enumerated() {
      var layout: TensorLayout?
      if let lens, let type = module.shape(of: parameter)?.elementType, type.hasBytes {
        layout = try TensorLayout(type, lens: lens)
      }
      place(parameter, in: .input(index), layout)
    }
    var results: [Value] = []
    for (index, id) in module.order.enumerated() {
      let instruction = module[id]
      switch instruction.body {
      case .parameter: continue
      case .literal(let literal):
        let argument = literal.argument
        try argument.storage.verify()
        place(
          Value(id), in: .constant(argument),
          argument.elementType.hasBytes ? TensorLayout(argument) : nil)
      case .apply(let op):
        do throws(MIGraphXError) {
          try add(op, instruction, id, index)
        } catch { throw error.during("running \(instruction.title(op))") }
      case .result: results = Array(instruction.inputs)
      }
    }
    // Where evaluation may tell more, the run checks what is left.
    if !steps.contains(where: \.isEvaluation) { try knowledge.finish() }
    var placed: [PlacedValue] = []
    for value in results { placed.append(try returned(value)) }
    return try finish(placed)
  }

  private mutating func place(
    _ value: Value, in slot: ExecutionPlan.Slot, _ layout: TensorLayout?
  ) {
    slots.append(slot)
    set(value, PlacedValue(root: .slot(slots.count - 1), layout: layout))
  }

  private mutating func set(_ value: Value, _ placed: PlacedValue) {
    values[value] = placed
    openUses[placed.root, default: 0] += useCounts[value] ?? 0
  }

  // MARK: Steps

  private mutating func add(
    _ op: any Operator, _ instruction: Instruction, _ id: InstructionID, _ index: Int
  ) throws(MIGraphXError) {
    let operands = instruction.inputs.compactMap { values[$0] }
    let layouts = operands.compactMap(\.layout)
    for operand in operands { openUses[operand.root, default: 0] -= 1 }
    let sizes = sizes
    // What only the run tells may be among the operator's attributes too.
    let isKnown = instruction.types.allSatisfy { type in
      type.shape?.dimensions.allSatisfy { $0.evaluated { sizes[$0] } != nil } ?? false
    }
    if let native = op as? NativeOperator, layouts.count == instruction.inputs.count, isKnown {
      let context = EvaluationContext(
        resultTypes: instruction.types, symbolValue: { sizes[$0] })
      let prepared = try native.kernel.prepare(layouts, in: context)
      var results: [RuntimeValue] = []
      for layout in prepared.results { results.append(.tensor(try .withoutMemory(layout))) }
      try knowledge.learn(results, instruction.types)
      try add(prepared, instruction, operands, id, index)
    } else {
      addEvaluation(op, instruction, operands, id, index)
    }
  }

  private mutating func add(
    _ prepared: PreparedKernel, _ instruction: Instruction, _ operands: [PlacedValue],
    _ id: InstructionID, _ index: Int
  ) throws(MIGraphXError) {
    if let offset = prepared.viewOffset {
      var view = operands[0]
      view.byteOffset += offset
      view.layout = prepared.results[0]
      set(Value(id), view)
      append(id, index, .view(location(view)), operands)
      return
    }
    var placed = operands
    for (result, layout) in prepared.results.enumerated() {
      let value = Value(id, result: result)
      let place: PlacedValue
      if wanted.remove(value) != nil, layout == (try returnedLayout(value, layout)) {
        slots.append(.output(layout))
        place = PlacedValue(root: .slot(slots.count - 1), layout: layout)
      } else if result == 0, let root = root(toOverwrite: prepared, operands) {
        place = PlacedValue(root: root, layout: layout)
      } else {
        place = PlacedValue(
          root: .buffer(newBuffer(instruction.title(instruction.op), layout.byteCount)),
          layout: layout)
      }
      set(value, place)
      placed.append(place)
    }
    let scratch = newBuffer(
      "\(instruction.title(instruction.op)), scratch", prepared.scratchByteCount)
    placed.append(PlacedValue(root: .buffer(scratch)))
    append(
      id, index, .kernel(prepared, placed.map { location($0) }, operandCount: operands.count),
      placed)
  }

  /// The memory of an operand that nothing needs any more and the first result can take.
  private func root(toOverwrite prepared: PreparedKernel, _ operands: [PlacedValue]) -> Root? {
    guard let index = prepared.inPlaceOperand, case .buffer(let buffer) = operands[index].root,
      openUses[operands[index].root] == 0, operands[index].byteOffset == 0,
      operands.count(where: { $0.root == operands[index].root }) == 1,
      buffers[buffer].byteCount == prepared.results[0].byteCount
    else { return nil }
    return operands[index].root
  }

  private mutating func newBuffer(_ name: String, _ byteCount: Int) -> Int {
    buffers.append(
      Buffer(
        name: name, byteCount: byteCount, firstStep: steps.count, lastStep: steps.count))
    return buffers.count - 1
  }

  private mutating func addEvaluation(
    _ op: any Operator, _ instruction: Instruction, _ operands: [PlacedValue],
    _ id: InstructionID, _ index: Int
  ) {
    var results: [PlacedValue] = []
    for (result, type) in instruction.types.enumerated() {
      let lens = type.shape?.dimensions.compactMap { $0.evaluated { sizes[$0] } }
      var layout: TensorLayout?
      if let shape = type.shape, let lens, lens.count == shape.rank, shape.elementType.hasBytes {
        layout = try? TensorLayout(shape.elementType, lens: lens)
      }
      place(Value(id, result: result), in: .held, layout)
      if let placed = values[Value(id, result: result)] { results.append(placed) }
    }
    append(
      id, index,
      .evaluate(
        op, instruction, operands: operands.map { location($0) },
        results: results.map { location($0) }), operands + results)
  }

  /// Adds a step that works on `touched`.
  private mutating func append(
    _ id: InstructionID, _ index: Int?, _ action: ExecutionPlan.Action, _ touched: [PlacedValue]
  ) {
    var step = ExecutionPlan.Step(index: index, id: id, action: action)
    for placed in touched {
      switch placed.root {
      case .buffer(let buffer): buffers[buffer].lastStep = steps.count
      case .slot(let slot):
        guard case .held = slots[slot], openUses[placed.root] == 0, !step.finished.contains(slot)
        else { continue }
        step.finished.append(slot)
      }
    }
    steps.append(step)
  }

  // MARK: Results

  /// How the caller gets a result.
  private func returnedLayout(
    _ value: Value, _ layout: TensorLayout
  ) throws(MIGraphXError) -> TensorLayout {
    let strides = module.shape(of: value)?.strides.compactMap { $0.evaluated { sizes[$0] } }
    if let strides, strides.count == layout.rank {
      let typed = TensorLayout(layout.elementType, lens: layout.lens, strides: strides)
      if typed.denseOrder != nil { return typed }
    }
    return try TensorLayout(layout.elementType, lens: layout.lens)
  }

  /// Where a result lies; a copy is made of one that would not outlive the run.
  private mutating func returned(_ value: Value) throws(MIGraphXError) -> PlacedValue {
    guard let placed = values[value] else {
      throw MIGraphXError(.invalidProgram, "a result is not computed")
    }
    guard let layout = placed.layout else { return placed }
    let target = try returnedLayout(value, layout)
    if case .slot = placed.root, layout == target { return placed }
    slots.append(.output(target))
    let result = PlacedValue(root: .slot(slots.count - 1), layout: target)
    let copy = PreparedKernel(
      results: [target],
      grids: [
        .copy(
          layout, at: .operand(0), to: target, at: .result(0),
          threadCount: runtime.pool.threadCount)
      ])
    let scratch = PlacedValue(root: .buffer(newBuffer("", 0)))
    append(
      value.instruction, nil,
      .kernel(copy, [placed, result, scratch].map { location($0) }, operandCount: 1),
      [placed, scratch])
    return result
  }

  // MARK: Locations

  /// Until the buffers have their places, locations in them name the buffer by a negative slot.
  private func location(_ placed: PlacedValue) -> Location {
    switch placed.root {
    case .slot(let slot):
      Location(slot: slot, byteOffset: placed.byteOffset, layout: placed.layout)
    case .buffer(let buffer):
      Location(slot: -1 - buffer, byteOffset: placed.byteOffset, layout: placed.layout)
    }
  }

  private func finish(_ results: [PlacedValue]) throws(MIGraphXError) -> ExecutionPlan {
    let memory = try MemoryPlan(buffers)
    func settled(_ location: Location) -> Location {
      guard location.slot < 0 else { return location }
      return Location(
        slot: 0, byteOffset: location.byteOffset + memory.offsets[-1 - location.slot],
        layout: location.layout)
    }
    let steps = steps.map { step in
      let action: ExecutionPlan.Action =
        switch step.action {
        case .kernel(let kernel, let locations, let count):
          .kernel(kernel, locations.map(settled), operandCount: count)
        case .evaluate(let op, let instruction, let operands, let results):
          .evaluate(
            op, instruction, operands: operands.map(settled), results: results.map(settled))
        case .view(let location): .view(settled(location))
        }
      return ExecutionPlan.Step(
        index: step.index, id: step.id, action: action, finished: step.finished)
    }
    return ExecutionPlan(
      sizes: sizes, slots: slots, steps: steps, results: results.map { settled(location($0)) },
      memory: memory)
  }
}

extension ElementType {
  /// Whether elements are whole bytes, which kernels can work on.
  var hasBytes: Bool { bitWidth >= 8 && self != .string }
}

extension Instruction {
  /// How messages name the instruction.
  func title(_ op: (any Operator)?) -> String {
    let name = op?.name ?? "literal"
    return debugSymbols.first.map { "node '\($0)' (\(name))" } ?? name
  }
}
