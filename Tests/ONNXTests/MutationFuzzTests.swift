import Foundation
import IR
import ONNX
import Passes
import Reference
import Rewriting
import Support
import Tensors
import Testing

/// Damaged copies of a whole trained model, each imported, optimised and run: every one must end in an
/// error or in outputs, soon.
///
/// MIGRAPHX_FUZZ is the number of mutations and MIGRAPHX_FUZZ_FIRST the first seed. The seed under way
/// stands in `migraphx-fuzz-seed` in the temporary folder, for the case of a trap.
@Suite(.serialized) struct MutationFuzzTests {
  private static let modelPath = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: ".cache/zoo/ppocrv4_rec/model.onnx").path
  private static let isModelThere = FileManager.default.fileExists(atPath: modelPath)

  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  private static let longest = 2.0

  @Test(.enabled(if: isModelThere, "the demo's model is not there; run 'make zoo-data'"))
  func everyMutationEndsSoon() throws {
    let mutator = MutationFuzzMutator([UInt8](try Data(contentsOf: URL(filePath: Self.modelPath))))
    let first = Self.setting("MIGRAPHX_FUZZ_FIRST") ?? 0
    let count = Self.setting("MIGRAPHX_FUZZ") ?? 100
    let watchdog = Watchdog()
    defer { watchdog.stop() }
    var summary = Summary()
    for seed in first..<first + count {
      watchdog.begin(seed)
      let bytes = mutator.mutation(seed: seed)
      let clock = ContinuousClock()
      let (start, startCPU) = (clock.now, Foundation.clock())
      let outcome = Outcome(of: bytes)
      let wall = start.duration(to: clock.now) / .seconds(1)
      // Other work on the machine makes the wall clock run on, and threads the processor's.
      let seconds = min(wall, Double(Foundation.clock() - startCPU) / Double(CLOCKS_PER_SEC))
      summary.add(outcome, seed: seed, seconds: seconds)
      #expect(seconds < Self.longest, "seed \(seed): \(outcome)")
      if let error = outcome.error {
        #expect(isOneLine(error), "seed \(seed): \(error)")
      }
    }
    print(summary)
    // Damage that never leaves a model that runs, or always does, tests little.
    if count >= 100 {
      #expect(summary.counts[.importing, default: 0] > count / 20, "\(summary)")
      #expect(summary.counts[.ran, default: 0] > count / 20, "\(summary)")
    }
  }

  /// The mutations build on this: taking the model apart loses nothing.
  @Test(.enabled(if: isModelThere)) func modelIsWrittenAsItWasRead() throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: Self.modelPath)))
    let isSame = MutationFuzzMutator(bytes).rewritten == bytes
    #expect(isSame)
    let outcome = Outcome(of: bytes)
    #expect(outcome.phase == .ran, "\(outcome)")
  }
}

/// How far a model came.
private struct Outcome: CustomStringConvertible {
  enum Phase: String, CaseIterable {
    case importing = "rejected at import"
    case compiling = "rejected at compile"
    case running = "rejected at run"
    case ran
  }

  var phase = Phase.importing
  var error: MIGraphXError?

  /// Values of a run may take so many bytes: the undamaged model's take a tenth.
  private static let memoryLimit = 32 << 20

  init(of bytes: [UInt8]) {
    do throws(MIGraphXError) {
      var program = try Program(onnxBytes: bytes)
      phase = .compiling
      try PassManager().run(Pipeline.standard, on: &program)
      try program.verify()
      let executable = try ReferenceTarget(memoryLimit: Self.memoryLimit).compile(program)
      phase = .running
      var inputs: [RuntimeValue] = []
      for (index, input) in program.inputs.enumerated() {
        inputs.append(.tensor(try Self.input(for: input.type, seed: UInt64(index))))
      }
      _ = try executable.run(inputs)
      phase = .ran
    } catch { self.error = error }
  }

  /// A small input of the given type, like a narrow picture of text where sizes are free.
  private static func input(for type: ValueType, seed: UInt64) throws(MIGraphXError) -> Argument {
    guard let shape = type.shape, shape.rank <= 4 else {
      return try Argument(zeros: Shape(.float, []))
    }
    let lens = zip(shape.dimensions, [1, 3, 48, 32].suffix(shape.rank)).map { size, usual in
      size.constant.flatMap { $0 <= 64 ? $0 : nil } ?? usual
    }
    return try Argument(zeros: Shape(shape.elementType, lens: lens))
  }

  var description: String { "\(phase.rawValue)\(error.map { ": \($0)" } ?? "")" }
}

private struct Summary: CustomStringConvertible {
  var counts: [Outcome.Phase: Int] = [:]
  private var slowest = (seconds: 0.0, seed: 0, outcome: "")
  private var total = 0.0

  mutating func add(_ outcome: Outcome, seed: Int, seconds: Double) {
    counts[outcome.phase, default: 0] += 1
    total += seconds
    if seconds > slowest.seconds { slowest = (seconds, seed, outcome.description) }
    if ProcessInfo.processInfo.environment["MIGRAPHX_FUZZ_VERBOSE"] != nil {
      print("seed \(seed): \(String(format: "%.3f", seconds)) s, \(outcome)")
    }
  }

  var description: String {
    let parts = Outcome.Phase.allCases.map { "\($0.rawValue) \(counts[$0, default: 0])" }
    return "mutations: \(parts.joined(separator: ", ")); "
      + String(format: "%.1f s in all; the slowest took %.3f s", total, slowest.seconds)
      + ": seed \(slowest.seed), \(slowest.outcome)"
  }
}

/// Ends the process when one mutation takes far too long, and says which.
private final class Watchdog: Sendable {
  private struct State {
    var seed: Int?
    var start = ContinuousClock.now
    var isDone = false
  }

  private static let limit = Duration.seconds(60)
  private let state = Locked(State())
  private let path = NSTemporaryDirectory() + "migraphx-fuzz-seed"

  init() {
    let thread = Thread { [self] in
      while true {
        Thread.sleep(forTimeInterval: 0.5)
        let state = state.withLock { $0 }
        if state.isDone { return }
        if let seed = state.seed, state.start.duration(to: .now) > Watchdog.limit {
          fatalError("seed \(seed) takes more than \(Watchdog.limit)")
        }
      }
    }
    thread.start()
  }

  func begin(_ seed: Int) {
    state.withLock { ($0.seed, $0.start) = (seed, .now) }
    try? Data("\(seed)\n".utf8).write(to: URL(filePath: path))
  }

  func stop() { state.withLock { $0.isDone = true } }
}
