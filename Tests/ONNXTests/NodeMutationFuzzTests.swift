import Foundation
import IR
import ONNX
import Passes
import Reference
import Rewriting
import Support
import Testing

/// Nodes with something wrong, each imported and run, as it is and after the standard passes: every one must end
/// in an error or in outputs, soon and in little memory.
///
/// MIGRAPHX_FUZZ is the number of mutations and MIGRAPHX_FUZZ_FIRST the first seed. The seed under way
/// stands in `migraphx-node-fuzz-seed` in the temporary folder, for the case of a trap.
@Suite(.serialized) struct NodeMutationFuzzTests {
  @Test func everyMutationEndsSoon() throws {
    let environment = ProcessInfo.processInfo.environment
    let first = environment["MIGRAPHX_FUZZ_FIRST"].flatMap { Int($0) } ?? 0
    let count = environment["MIGRAPHX_FUZZ"].flatMap { Int($0) } ?? 2000
    // Tests that run at the same time have their share of the process's memory.
    let isAlone = environment["MIGRAPHX_FUZZ"] != nil
    let mutator = try NodeMutationFuzzTests.mutator()
    var (ran, refused) = (0, 0)
    for seed in first..<first + count {
      let mutation = try mutator.mutation(seed: seed)
      try Data("\(seed): \(mutation.description)\n".utf8).write(
        to: URL(filePath: NSTemporaryDirectory() + "migraphx-node-fuzz-seed"))
      for passes in [false, true] {
        let outcome = NodeMutationFuzzTests.outcome(of: mutation, passes: passes)
        #expect(
          outcome.seconds < 2 && (!isAlone || outcome.kibibytes < 256 << 10),
          "seed \(seed): \(outcome), \(mutation.description)")
        if outcome.error == nil { ran += 1 } else { refused += 1 }
      }
    }
    // Mutations that always or never leave a node that runs test little.
    if count >= 100 { #expect(ran > count / 5 && refused > count / 5, "\(ran), \(refused)") }
  }

  /// Results whose sizes only the run knows are refused before they are made; axes without elements cost nothing.
  @Test func sizesOfTheRunMustFitItsMemory() throws {
    for test in try NodeCase.parse(NodeMutationFuzzTests.largeResults) {
      let (model, inputs) = try test.model(of: try test.node(), opset: try test.opset())
      let mutation = NodeMutationFuzzMutator.Mutation(
        bytes: try encoded(model), inputs: inputs, description: "\(test)")
      for passes in [false, true] {
        let outcome = NodeMutationFuzzTests.outcome(of: mutation, passes: passes)
        #expect(outcome.seconds < 2, "\(test): \(outcome)")
        let text = outcome.error.map { "\($0)" } ?? "none"
        #expect(text.contains(test.refusal ?? "none"), "\(test): \(text)")
      }
    }
  }

  static let largeResults = """
    Resize 19 mode=cubic
      in float_type[1,1,3,4]
      none
      none
      in int64_type[4] 100 100 100 100
      out float_type[0]
      error bytes are needed
    Pad 18
      in int64_type[2,2]
      in int64_type[4] 10000000 0 0 1
      out float_type[0]
      error bytes are needed
    Tile 13
      in float_type[2,2]
      in int64_type[2] 10000 10000
      out float_type[0]
      error bytes are needed
    Range 11
      in int64_type[]
      in int64_type[] 200000000
      in int64_type[] 1
      out float_type[0]
      error bytes are needed
    com.microsoft.RelativePositionBias 1 max_distance=5
      in float_type[8,2]
      in int64_type[1] 200000000
      in int64_type[1] 6
      out float_type[0]
      error bytes are needed
    OneHot 11
      in int64_type[3]
      in int64_type[] 100000000
      in float_type[2]
      out float_type[0]
      error bytes are needed
    AffineGrid 20
      in float_type[1,2,3]
      in int64_type[4] 1 1 10000 10000
      out float_type[0]
      error bytes are needed
    com.microsoft.GroupQueryAttention 1 num_heads=9223372036854775807 kv_num_heads=1
      in float_type[2,2,64]
      none
      none
      none
      none
      in int32_type[2] 1 1
      in int32_type[] 2
      out float_type[0]
      error num_heads must be at most 2147483647
    LogSoftmax 13
      in float_type[1,1099511627776,1,0]
      out float_type[1]
    Trilu 14
      in float_type[1,1,1099511627776,0]
      out float_type[1]
    """

  static func mutator() throws -> NodeMutationFuzzMutator {
    NodeMutationFuzzMutator(
      cases: try (NodeImportTests.tables + [furtherCases]).flatMap(NodeCase.parse))
  }

  struct Outcome {
    var error: MIGraphXError?
    /// By the wall clock or the processor's: other work makes either run on.
    var seconds = 0.0
    /// What the most memory that the process ever had grew by.
    var kibibytes = 0
  }

  static func outcome(of mutation: NodeMutationFuzzMutator.Mutation, passes: Bool) -> Outcome {
    var outcome = Outcome()
    let (start, startWall, memory) = (clock(), ContinuousClock.now, peakKibibytes())
    do throws(MIGraphXError) {
      var program = try Program(onnxBytes: mutation.bytes)
      try program.verify()
      if passes {
        try PassManager().run(Pipeline.standard, on: &program)
        try program.verify()
      }
      let executable = try ReferenceTarget(memoryLimit: 8 << 20).compile(program)
      _ = try executable.run(mutation.inputs)
    } catch { outcome.error = error }
    let wall = startWall.duration(to: .now) / .seconds(1)
    outcome.seconds = min(wall, Double(clock() - start) / Double(CLOCKS_PER_SEC))
    outcome.kibibytes = peakKibibytes() - memory
    return outcome
  }

  /// The most memory that the process ever had; 0 where the system doesn't tell.
  private static func peakKibibytes() -> Int {
    let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").compactMap { Int($0) }.first ?? 0
  }

  /// Nodes on sequences, of which the tables of values hold none; the outputs don't matter.
  private static let furtherCases = """
    ai.onnx.ml.ZipMap 1 classlabels_int64s=[1,2]
      in float_type[1,2]
      out float_type[1]
    ai.onnx.ml.TreeEnsemble 5 aggregate_function=1 n_targets=2 post_transform=0 tree_roots=[0]
          nodes_featureids=[0,1] nodes_splits=float_type[2]:0.5,1.5 nodes_modes=uint8_type[2]:0,0
          nodes_truenodeids=[1,0] nodes_trueleafs=[0,1] nodes_falsenodeids=[2,1]
          nodes_falseleafs=[1,1] leaf_targetids=[0,1,0] leaf_weights=float_type[3]:1,2,3
      in float_type[2,2] 1 2 3 4
      out float_type[2,2]
    SequenceEmpty 11 dtype=1
      out float_type[0]
    SequenceConstruct 11
      in float_type[2] 1 2
      in float_type[2] 1 2
      out float_type[0]
    SplitToSequence 11 axis=0 keepdims=1
      in float_type[4] 1 2 3 4
      in int64_type[2] 1 3
      out float_type[0]
    SequenceAt 11
      in float_type[4] 1 2 3 4
      in int64_type[] 1
      out float_type[0]
    ConcatFromSequence 11 axis=0 new_axis=1
      in float_type[4] 1 2 3 4
      out float_type[0]
    OptionalHasElement 18
      in float_type[4] 1 2 3 4
      out bool_type[]
    """
}
