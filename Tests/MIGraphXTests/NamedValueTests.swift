import MIGraphX
import Testing

/// Conveniences of the Swift interface.
struct NamedValueTests {
  private let model: SampleModel

  init() throws { model = try SampleModel() }

  @Test func namesThatAreNotThere() throws {
    let program = try Program(onnx: model.path)
    #expect(
      throws: MIGraphXError(.invalidArgument, "there is no 'y'; the names are 'x'")
    ) { _ = try program.inputs["y"] }
    let x = try Argument([1, 2, 3, 4] as [Float], lens: [1, 4])
    let results = try program.compiled(for: .ref).run(["x": x], outputs: ["scores", "hidden"])
    #expect(
      throws: MIGraphXError(.invalidArgument, "there is no 'x'; the names are 'scores', 'hidden'")
    ) { _ = try results["x"] }
    #expect(try [Float](results["hidden"]) == [1, 2, 3, 4])
  }

  @Test func targetsByMember() throws {
    let program = try Program(onnx: model.path)
    #expect(try program.compiled(for: .ref).target is ReferenceTarget)
    #expect(try program.compiled(for: .cpu).target is CPUTarget)
    #expect(try program.compiled().target is CPUTarget)
  }

  @Test func rangesOfSizes() {
    #expect(DimensionRange(2...5) == DimensionRange(minimum: 2, maximum: 5))
    #expect(DimensionRange(3...) == DimensionRange(minimum: 3, maximum: nil))
  }
}
