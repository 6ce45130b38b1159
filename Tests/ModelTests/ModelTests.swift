import MIGraphX
import Testing

/// Whole models against ONNX Runtime, and the laws that hold for every program.
@Suite(.serialized) struct ModelTests {
  @Test func demoModelIsThere() {
    #expect(ZooCase.all.contains { $0.index.model == "ppocrv4_rec" }, "run 'make zoo-data' first")
  }

  /// ONNX Runtime differs from itself when it sums in another order; a case's bound is ten times that.
  @Test(arguments: ZooCase.all) func outputsEqualThoseOfONNXRuntime(_ item: ZooCase) throws {
    let executable = try Program(onnx: item.modelPath).compiled()
    let clock = ContinuousClock()
    let start = clock.now
    let outputs = try executable.run(try item.inputs())
    let time = start.duration(to: clock.now)
    let error = try item.largestError(of: outputs)
    print("\(item.testDescription): error \(error), bound \(item.index.bound), \(time)")
    #expect(error <= item.index.bound)
  }

  @Test(arguments: ZooCase.models) func textIsReadBack(_ item: ZooCase) throws {
    for optimizes in [false, true] {
      var program = try Program(onnx: item.modelPath)
      if optimizes { try PassManager().run(.standard, on: &program) }
      try program.verify()
      let options = TextOptions(printsDebugSymbols: true)
      let text = program.text(options)
      var literals: [String: Literal] = [:]
      let names = program.main.instructionNames
      for id in program.main.order { literals[names[id] ?? ""] = program.main[id].literal }
      let read = try Program(parsing: text, registry: .standard) { literals[$0] }
      try read.verify()
      #expect(read.text(options) == text)
    }
  }
}
