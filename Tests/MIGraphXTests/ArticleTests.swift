import MIGraphX
import Testing

/// The code of the articles in MIGraphX.docc. A test in Scripts/tests finds each listing of theirs here.
struct ArticleTests {
  private let model: SampleModel
  private var modelPath: String { model.path }
  private var savedPath: String { model.folder + "/model.mxr" }

  init() throws { model = try SampleModel() }

  @Test func gettingStarted() throws {
    let program = try Program(onnx: modelPath)
    for (name, type) in program.inputs + program.outputs {
      print(name, type)
    }

    let compiled = try program.compiled(for: .cpu)

    let x = try Argument([1, -2, 3, 4, 5, 6, -7, 8] as [Float], lens: [2, 4])
    let results = try compiled.run(["x": x])
    let scores = try [Float](results["scores"])
    #expect(try results["scores"].lens == [2, 3])
    #expect(scores == [1, 0, 3, 5, 6, 0])
    #expect(program.inputs.map { "\($0.name) \($0.type)" } == ["x float_type, {N, 4}, {4, 1}"])
    #expect(
      program.outputs.map { "\($0.name) \($0.type)" } == ["scores float_type, {N, 3}, {3, 1}"])

    let hidden = try compiled.run(["x": x], outputs: ["hidden"])["hidden"]
    #expect(try [Float](hidden) == [1, 0, 3, 4, 5, 6, 0, 8])

    let mine = try Argument(zeros: Shape(.float, lens: [2, 3]))
    _ = try compiled.run(["x": x], into: ["scores": mine])
    #expect(try [Float](mine) == scores)
  }

  @Test func targets() throws {
    let program = try Program(onnx: modelPath)
    let target = try Targets.named("ref")
    let compiled = try program.compiled(for: target)
    #expect(compiled.target.name == "ref")
  }

  @Test func errors() throws {
    let compiled = try Program(onnx: modelPath).compiled()
    let tooWide = try Argument([Float](repeating: 1, count: 5), lens: [1, 5])
    var reported: String?
    func report(_ error: MIGraphXError) { reported = error.message }

    do throws(MIGraphXError) {
      _ = try compiled.run(["x": tooWide])
    } catch {
      switch error.code {
      case .invalidArgument, .invalidShape: report(error)
      default: throw error
      }
    }
    #expect(
      try #require(reported).hasPrefix(
        "Incorrect shape {float_type, {1, 5}, {5, 1}} for parameter: x should be: "
          + "float_type, {N, 4}, {4, 1}; "))
  }

  @Test func dynamicShapes() throws {
    let anySize = try Program(onnx: modelPath)
    print(anySize.symbols.map(\.name))
    #expect(anySize.symbols.map(\.name) == ["N"])

    var options = ONNXOptions()
    options.dimensionParameters["N"] = DimensionRange(1...64)
    let program = try Program(onnx: modelPath, options: options)
    let compiled = try program.compiled()

    let sizes = try [1, 10, 64].map { count in
      let x = try Argument([Float](repeating: 1, count: count * 4), lens: [count, 4])
      return try compiled.run(["x": x])["scores"].lens
    }
    #expect(sizes == [[1, 3], [10, 3], [64, 3]])

    let byteCount = try compiled.memoryUsage()
    // 64 rows of 4 floats after Relu; the scores are no intermediate values.
    #expect(byteCount >= 64 * 4 * 4)
    let tooMany = try Argument([Float](repeating: 1, count: 65 * 4), lens: [65, 4])
    #expect(throws: MIGraphXError.self) { try compiled.run(["x": tooMany]) }
    #expect {
      try anySize.compiled().memoryUsage()
    } throws: { ($0 as? MIGraphXError)?.code == .invalidShape }
  }

  @Test func fixedShapes() throws {
    var options = ONNXOptions()
    options.inputDimensions["x"] = [16, 4]
    let upTo16 = try Program(onnx: modelPath, options: options)
    #expect(try upTo16.inputs["x"].shape?.dimensions[0].symbol?.maximum == 16)

    options = ONNXOptions()
    options.inputRanges["x"] = [DimensionRange(8...), 4]
    let from8 = try Program(onnx: modelPath, options: options)
    #expect(try from8.inputs["x"].shape?.dimensions[0].symbol?.minimum == 8)

    options = ONNXOptions()
    options.defaultDimension = 1
    let single = try Program(onnx: modelPath, options: options)
    #expect(try single.inputs["x"].shape?.lens == [1, 4])
  }

  @Test func threads() async throws {
    let compiled = try Program(onnx: modelPath).compiled()

    let best = try await withThrowingTaskGroup(of: Float.self) { group in
      for number in 1...8 {
        group.addTask {
          let x = try Argument([Float](repeating: Float(number), count: 4), lens: [1, 4])
          return try [Float](compiled.run(["x": x])["scores"]).max() ?? 0
        }
      }
      return try await group.reduce(0, max)
    }
    #expect(best == 8)
  }

  @Test func savingAndLoading() throws {
    let compiled = try Program(onnx: modelPath).compiled()
    try compiled.save(to: savedPath)

    let x = try Argument([1, -2, 3, 4] as [Float], lens: [1, 4])
    let loaded = try CompiledProgram(contentsOf: savedPath)
    let results = try loaded.run(["x": x])
    #expect(try [Float](results["scores"]) == [1, 0, 3])

    func runnable() throws -> CompiledProgram {
      switch try SavedProgram(contentsOf: savedPath) {
      case .compiled(let program): return program
      case .source(let program): return try program.compiled()
      }
    }
    #expect(try [Float](runnable().run(["x": x])["scores"]) == [1, 0, 3])
    try Program(onnx: modelPath).save(to: savedPath)
    #expect(try [Float](runnable().run(["x": x])["scores"]) == [1, 0, 3])
  }

  @Test func encryptedFiles() throws {
    let compiled = try Program(onnx: modelPath).compiled()
    let key = [UInt8](repeating: 7, count: 32)
    func save() throws {
      var options = SaveOptions()
      options.key = key
      try compiled.save(to: savedPath, options: options)
    }
    func load() throws -> CompiledProgram {
      var options = LoadOptions()
      options.key = key
      let loaded = try CompiledProgram(contentsOf: savedPath, options: options)
      return loaded
    }
    try save()
    let x = try Argument([1, -2, 3, 4] as [Float], lens: [1, 4])
    #expect(try [Float](load().run(["x": x])["scores"]) == [1, 0, 3])
    #expect(throws: MIGraphXError.self) { try CompiledProgram(contentsOf: savedPath) }
  }
}
