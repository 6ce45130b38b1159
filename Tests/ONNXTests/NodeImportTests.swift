import ONNX
import Testing

/// What single nodes compute, in each form that a version of ONNX gives them.
@Suite struct NodeImportTests {
  static let tables = [
    NodeCase.pointwise, NodeCase.movement, NodeCase.reductions, NodeCase.windows,
    NodeCase.resizing, NodeCase.recurrent, NodeCase.attention,
    NodeCase.contribAttention, NodeCase.groupQueryAttention, NodeCase.keyValueCache,
    NodeCase.contrib, NodeCase.contribContractions, NodeCase.contribMath,
    NodeCase.contribGeneration, NodeCase.packedAttention, NodeCase.activations,
    NodeCase.statistics, NodeCase.pooling, NodeCase.networks, NodeCase.signal, NodeCase.losses,
    NodeCase.random, NodeCase.earlyForms,
    NodeCase.rearrangement, NodeCase.sampling, NodeCase.images, NodeCase.selection,
    NodeCase.quantization, NodeCase.contribQuantization,
    NodeCase.text, NodeCase.machineLearning, NodeCase.trees,
  ]

  @Test(arguments: tables) func values(_ table: String) throws {
    for test in try NodeCase.parse(table) {
      do { try test.check() } catch { Issue.record("\(test): \(error)") }
    }
  }

  /// What nodes must not be: wrong ranks, types, axes, sizes and attributes.
  static let refusals = [
    NodeCase.badReductions, NodeCase.badStructure, NodeCase.badAttention, NodeCase.badContrib,
    NodeCase.badContribMath, NodeCase.badContribGeneration, NodeCase.badPackedAttention,
    NodeCase.badPointwise, NodeCase.badNeural, NodeCase.badSignal, NodeCase.badEarlyForms,
    NodeCase.badRearrangement, NodeCase.badSampling, NodeCase.badImages, NodeCase.badSelection,
    NodeCase.badQuantization, NodeCase.badContribQuantization,
    NodeCase.badText, NodeCase.badMachineLearning, NodeCase.badTrees,
  ]

  @Test(arguments: refusals) func badNodes(_ table: String) throws {
    for test in try NodeCase.parse(table) {
      do { try test.check() } catch { Issue.record("\(test): \(error)") }
    }
  }

  /// Operators on graphs and structures, of which tables hold none.
  static let others: Set = [
    "ConcatFromSequence", "If", "Loop", "Optional", "OptionalGetElement", "OptionalHasElement",
    "Scan", "SequenceAt", "SequenceConstruct", "SequenceEmpty", "SequenceErase", "SequenceInsert",
    "SequenceLength", "SequenceMap", "SplitToSequence", "ai.onnx.ml.CastMap",
    "ai.onnx.ml.DictVectorizer", "ai.onnx.ml.TreeEnsemble", "ai.onnx.ml.ZipMap",
  ]

  @Test func everyOperatorHasACase() throws {
    let tested = try NodeImportTests.tables.flatMap { try NodeCase.parse($0).map(\.name) }
    #expect(Set(ONNXOperators.names).subtracting(tested) == NodeImportTests.others)
  }

  /// Two, of which the messages differ.
  @Test func everyOperatorHasRefusals() throws {
    var messages: [String: Set<String>] = [:]
    for test in try (NodeImportTests.tables + NodeImportTests.refusals).flatMap(NodeCase.parse) {
      if let refusal = test.refusal { messages[test.name, default: []].insert(refusal) }
    }
    #expect(ONNXOperators.names.filter { messages[$0, default: []].count < 2 } == [])
  }

  @Test func limitsAreThoseOfOperators() {
    #expect(Set(ONNXOperators.limits.keys).isSubset(of: ONNXOperators.names))
  }

  /// A table that is read wrongly would test nothing.
  @Test func tableForm() throws {
    let cases = try NodeCase.parse(
      "Op 7 a=[1]\n  in float_type[2] 1\n      2\n  none\n  const bool_type[] 1\n  out int8_type[0]"
    )
    #expect(cases.count == 1 && cases[0].name == "Op")
    #expect(cases[0].tensors.map { $0?.values } == [[1, 2], nil, [1], []])
    #expect(cases[0].tensors.map { $0?.lens } == [[2], nil, [], [0]])
  }
}
