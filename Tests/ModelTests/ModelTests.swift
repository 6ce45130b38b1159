import FoundationEssentials
import MIGraphX
import Testing

/// Whole models against ONNX Runtime, and the laws that hold for every program.
@Suite(.serialized) struct ModelTests {
  /// The demo's model is always there; the zoo where its skeletons are, as they must be in CI.
  @Test func modelsAreThere() {
    var names = ["ppocrv4_rec"]
    if ProcessInfo.processInfo.environment["CI"] == "true" {
      names += ["mtcnn_pnet", "mtcnn_rnet", "mtcnn_onet", "crnn", "svtr_tiny", "mobilenet_v2"]
      names += ["resnet50", "bert_base", "gpt2", "yolov8n", "squeezenet1_1", "shufflenet_v2_x1_0"]
      names += ["lstm_classifier", "gru_classifier", "if_branch", "loop_decoder", "scan_ssm"]
    }
    let missing = Set(names).subtracting(ZooCase.all.map(\.index.model))
    #expect(missing.isEmpty, "run 'make zoo-data' first")
  }

  /// ONNX Runtime differs from itself when it sums in another order; a case's bound is ten times that.
  @Test(arguments: ZooCase.all, ["ref", "cpu"])
  func outputsEqualThoseOfONNXRuntime(_ item: ZooCase, _ target: String) throws {
    let executable = try Program(onnx: item.modelPath).compiled(for: Targets.named(target))
    let clock = ContinuousClock()
    let start = clock.now
    let outputs = try executable.run(try item.inputs())
    let time = start.duration(to: clock.now)
    let error = try item.largestError(of: outputs)
    print("\(item.testDescription), \(target): error \(error), bound \(item.index.bound), \(time)")
    #expect(error <= item.index.bound)
    // Resnet50 takes about 5 s on two cores; a reference that is much slower can't serve tests.
    #expect(time < .seconds(60))
  }

  /// The passes change nothing that they have changed, and do the same each time; every step is verified.
  @Test(arguments: ZooCase.models) func passesAreIdempotentAndDeterministic(
    _ item: ZooCase
  ) throws {
    let manager = PassManager(verifies: true)
    var program = try Program(onnx: item.modelPath)
    try manager.run(.standard, on: &program)
    let text = program.text()
    try manager.run(.standard, on: &program)
    #expect(program.text() == text)
    var again = try Program(onnx: item.modelPath)
    try manager.run(.standard, on: &again)
    #expect(again.text() == text)
  }

  @Test(arguments: ZooCase.models) func unoptimisedProgramsAreRightToo(_ item: ZooCase) throws {
    var options = CompileOptions()
    options.optimizes = false
    let executable = try Program(onnx: item.modelPath).compiled(options: options)
    #expect(try item.largestError(of: executable.run(try item.inputs())) <= item.index.bound)
  }

  @Test(arguments: ZooCase.models) func textIsReadBack(_ item: ZooCase) throws {
    for optimizes in [false, true] {
      var program = try Program(onnx: item.modelPath)
      if optimizes { try PassManager().run(.standard, on: &program) }
      try program.verify()
      let options = TextOptions(printsDebugSymbols: true)
      let text = program.text(options)
      let literals = literals(of: program.main)
      let read = try Program(parsing: text, registry: .standard) { name, _ in literals[name] }
      try read.verify()
      #expect(read.text(options) == text)
    }
  }

  /// The literals of a module and of those inside, by the names of their instructions.
  private func literals(of module: Module) -> [String: Literal] {
    var literals: [String: Literal] = [:]
    let names = module.instructionNames
    for id in module.order {
      literals[names[id] ?? ""] = module[id].literal
      for inner in module[id].modules {
        literals.merge(self.literals(of: inner)) { outer, _ in outer }
      }
    }
    return literals
  }
}
