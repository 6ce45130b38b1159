import IR
import Support
import Tensors

/// The target `ref`: runs every instruction by its operator's own evaluation, one after the other.
///
/// It is plain rather than fast, and decides what is right for all other targets. Computations on literals are left
/// to the run, so that an observer sees them.
public struct ReferenceTarget: Target {
  public var name: String { "ref" }
  public var foldsConstants: Bool { false }
  /// The most bytes that the values of a run may take.
  public let memoryLimit: Int
  /// How often sub-modules may run in one run: the iterations of all loops, and the branches taken.
  public let moduleRunLimit: Int

  /// How often sub-modules may run in one run unless told otherwise.
  public static let defaultModuleRunLimit = 1 << 22

  /// Makes the target.
  ///
  /// A run that would need more than `memoryLimit` bytes for its values ends in an error before they
  /// are computed. Inputs and literals do not count. Operators may use a few times the size of their
  /// operands and results while they work, so a quarter of the machine's memory is the default. A loop
  /// without end stops in an error after `moduleRunLimit` iterations.
  public init(
    memoryLimit: Int = Storage.maximumByteCount / 4,
    moduleRunLimit: Int = ReferenceTarget.defaultModuleRunLimit
  ) {
    self.memoryLimit = memoryLimit
    self.moduleRunLimit = moduleRunLimit
  }

  public func compile(
    _ program: Program, fastMath: Bool
  ) throws(MIGraphXError) -> any Executable {
    ReferenceExecutable(
      program: program, memoryLimit: memoryLimit, moduleRunLimit: moduleRunLimit)
  }
}

/// A program that the reference target runs.
public struct ReferenceExecutable: Executable {
  public let program: Program
  /// The most bytes that the values of a run may take. See ``ReferenceTarget/init(memoryLimit:moduleRunLimit:)``.
  public let memoryLimit: Int
  /// How often sub-modules may run in one run.
  public let moduleRunLimit: Int

  /// Makes `program` runnable as it is.
  public init(
    program: Program, memoryLimit: Int = Storage.maximumByteCount / 4,
    moduleRunLimit: Int = ReferenceTarget.defaultModuleRunLimit
  ) {
    self.program = program
    self.memoryLimit = memoryLimit
    self.moduleRunLimit = moduleRunLimit
  }

  public func memoryUsage() throws(MIGraphXError) -> Int { try program.main.peakByteCount() }

  public func run(
    _ inputs: [RuntimeValue], observer: RunObserver?
  ) throws(MIGraphXError) -> [RuntimeValue] {
    let sizes = try program.main.sizes(of: inputs)
    var run = ModuleRun(
      program.main, sizes: sizes, memoryLimit: memoryLimit, moduleRunLimit: moduleRunLimit)
    return try run.run(inputs, observer: observer)
  }
}

extension Module {
  /// The sizes that inputs give to symbols.
  ///
  /// - Throws: `invalidArgument` or `invalidShape` when an input doesn't fit.
  package func sizes(of inputs: [RuntimeValue]) throws(MIGraphXError) -> SizeBindings {
    guard inputs.count == parameters.count else {
      throw MIGraphXError(
        .invalidArgument,
        "the program has \(parameters.count) inputs; \(inputs.count) values were given")
    }
    var sizes = SizeBindings()
    for (parameter, input) in zip(parameters, inputs) {
      let (name, type) = (parameterName(parameter), type(of: parameter))
      do throws(MIGraphXError) { try sizes.bind(input, to: type) } catch {
        let given = input.argument.map { "{\($0.shape)}" } ?? "of a structure"
        throw MIGraphXError(
          error.code,
          "Incorrect shape \(given) for parameter: \(name) should be: \(type); \(error.message)")
      }
    }
    return sizes
  }
}

/// Counts the runs of sub-modules in one run of a program.
private final class RunBudget: Sendable {
  private let limit: Int
  private let count = Locked(0)

  init(limit: Int) { self.limit = limit }

  /// - Throws: `limitExceeded` when there were too many.
  func countRun() throws(MIGraphXError) {
    let runs = count.withLock { count in
      count += 1
      return count
    }
    guard runs <= limit else {
      throw MIGraphXError(
        .limitExceeded,
        "sub-modules ran \(limit) times, which is the limit; does a loop have no end?")
    }
  }
}

/// One run of a module.
package struct ModuleRun {
  private let module: Module
  package private(set) var sizes: SizeBindings
  private var memory: MemoryAccount
  private let budget: RunBudget
  /// How many runs of modules enclose this one.
  private var depth = 0
  private var pendingGuards: [Guard] = []

  private static let maximumDepth = 64

  /// Prepares a run, for inputs that give `sizes`.
  ///
  /// - Parameters:
  ///   - memoryLimit: the most bytes that values may take.
  ///   - moduleRunLimit: how often sub-modules may run.
  package init(_ module: Module, sizes: SizeBindings, memoryLimit: Int, moduleRunLimit: Int) {
    self.init(
      module: module, sizes: sizes, memory: MemoryAccount(limit: memoryLimit),
      budget: RunBudget(limit: moduleRunLimit), depth: 0)
  }

  private init(
    module: Module, sizes: SizeBindings, memory: MemoryAccount, budget: RunBudget, depth: Int
  ) {
    self.module = module
    self.sizes = sizes
    self.memory = memory
    self.budget = budget
    self.depth = depth
  }

  /// Checks the guards whose sizes the inputs tell. To be called once, before instructions are evaluated.
  ///
  /// - Throws: `invalidShape` when one is violated.
  package mutating func begin() throws(MIGraphXError) { try check(module.guards) }

  /// - Throws: `invalidProgram` when a guard could not be checked.
  package func finish() throws(MIGraphXError) {
    if let unchecked = pendingGuards.first {
      throw MIGraphXError(
        .invalidProgram, "\(unchecked.origin) needs sizes that nothing determines: \(unchecked)")
    }
  }

  fileprivate mutating func run(
    _ inputs: [RuntimeValue], observer: RunObserver? = nil
  ) throws(MIGraphXError) -> [RuntimeValue] {
    guard depth < ModuleRun.maximumDepth else {
      throw MIGraphXError(.limitExceeded, "modules are nested more than \(depth) deep")
    }
    try begin()
    var values: [InstructionID: [RuntimeValue]] = [:]
    for (parameter, input) in zip(module.parameters, inputs) {
      values[parameter.instruction] = [input]
      memory.exclude(input)
    }
    let order = module.order
    let lastUses = module.lastUses(order)
    let clock = ContinuousClock()
    for (index, id) in order.enumerated() {
      let instruction = module[id]
      switch instruction.body {
      case .parameter: continue
      case .literal(let literal):
        try literal.argument.storage.verify()
        values[id] = [.tensor(literal.argument)]
        memory.exclude(.tensor(literal.argument))
      case .apply(let op):
        let operands = instruction.inputs.compactMap { values[$0.instruction]?[$0.result] }
        let start = observer.map { _ in clock.now }
        let results = try evaluate(op, instruction, operands)
        values[id] = results
        if let observer, let start {
          try observer(
            InstructionRun(index: index, id: id, duration: start.duration(to: clock.now)) {
              results
            })
        }
      case .result:
        try finish()
        return instruction.inputs.compactMap { values[$0.instruction]?[$0.result] }
      }
      for finished in lastUses[id] ?? [] {
        for value in values.removeValue(forKey: finished) ?? [] { forget(value) }
      }
    }
    return []
  }

  /// Learns the sizes that results tell.
  ///
  /// - Throws: `invalidShape` when results are not of their types, or a guard is violated.
  package mutating func learn(
    _ results: [RuntimeValue], _ types: [ValueType]
  ) throws(MIGraphXError) {
    for (result, type) in zip(results, types) { try sizes.bind(result, to: type) }
    if !pendingGuards.isEmpty, types.contains(where: { !$0.symbols.isEmpty }) {
      try check(pendingGuards)
    }
  }

  /// Leaves a value that is gone out of the account of memory.
  package mutating func forget(_ value: RuntimeValue) { memory.remove(value) }

  /// Checks the guards whose sizes are known, and keeps the others.
  ///
  /// A symbol that equals what is known has that value: no tensor may show it any more.
  private mutating func check(_ guards: [Guard]) throws(MIGraphXError) {
    pendingGuards = []
    for item in guards {
      sizes.learn(item)
      if try !item.check({ sizes[$0] }) { pendingGuards.append(item) }
    }
  }

  /// Leaves the memory of a value that was there before the run out of the account.
  package mutating func exclude(_ value: RuntimeValue) { memory.exclude(value) }

  /// Evaluates one instruction, and learns the sizes that its results tell.
  ///
  /// - Parameter settle: gives a result, of which it is told the number, the place where it stays.
  /// - Throws: what the operator throws, `limitExceeded` when there is too little memory, `invalidShape` when a
  ///   guard is violated.
  package mutating func evaluate(
    _ op: any Operator, _ instruction: Instruction, _ operands: [RuntimeValue],
    settle: (Int, RuntimeValue) throws(MIGraphXError) -> RuntimeValue = {
      (_, value) throws(MIGraphXError) in value
    }
  ) throws(MIGraphXError) -> [RuntimeValue] {
    let (sizes, depth, budget, remaining) = (sizes, depth, budget, memory.remaining)
    let context = EvaluationContext(
      resultTypes: instruction.types, modules: instruction.modules, memoryLimit: remaining,
      symbolValue: { sizes[$0] },
      runModule: { module, arguments, held in
        Result { () throws(MIGraphXError) in
          try budget.countRun()
          guard arguments.count == module.parameters.count else {
            throw MIGraphXError(
              .invalidProgram,
              "module '\(module.name)' has \(module.parameters.count) parameters; "
                + "\(arguments.count) values were given")
          }
          var run = ModuleRun(
            module: module, sizes: sizes, memory: MemoryAccount(limit: max(0, remaining - held)),
            budget: budget, depth: depth + 1)
          for (parameter, argument) in zip(module.parameters, arguments) {
            try run.sizes.bind(argument, to: module.type(of: parameter))
          }
          return try run.run(arguments)
        }
      })
    let source = instruction.debugSymbols.first.map { "node '\($0)' (\(op.name))" } ?? op.text
    do throws(MIGraphXError) {
      try memory.check(instruction.types, operands: operands, sizes: self.sizes)
      var results = try op.evaluate(operands, in: context)
      guard results.count == instruction.types.count else {
        throw MIGraphXError(
          .invalidProgram,
          "\(instruction.types.count) results were inferred, \(results.count) computed")
      }
      for index in results.indices {
        results[index] = try settle(index, results[index])
        try memory.add(results[index])
      }
      try learn(results, instruction.types)
      return results
    } catch { throw error.during("running \(source)") }
  }
}
