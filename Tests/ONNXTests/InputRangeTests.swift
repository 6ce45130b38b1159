import IR
import ONNX
import ONNXProto
import Support
import Tensors
import Testing

/// Ranges that are given for inputs and named dimensions.
struct InputRangeTests {
  private func inputs(
    _ edit: (inout ONNXOptions) -> Void
  ) throws -> [String] {
    var options = ONNXOptions()
    edit(&options)
    var model = simple([node("Relu", ["x"], ["y"])], [.dimParam("N"), .dimParam("W")])
    model.graph.input.append(input("z", [.dimParam("N"), .dimValue(3)]))
    let program = try Program(onnxBytes: try encoded(model), options: options)
    return program.inputs.map { "\($0.type)" }
      + program.symbols.map { "\($0.minimum) \($0.maximum ?? -1)" }
  }

  private func refused(_ message: String, _ edit: (inout ONNXOptions) -> Void) {
    let error = #expect(throws: MIGraphXError.self) { _ = try inputs(edit) }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message == message)
  }

  @Test func rangesOfInputs() throws {
    let range = DimensionRange(minimum: 2, maximum: 8, optimals: [4, 2])
    #expect(
      try inputs { $0.inputRanges["x"] = [range, 7] } == [
        "float_type, {N, 7}, {7, 1}", "float_type, {N, 3}, {3, 1}", "2 8",
      ])
    // The size that the model fixes becomes a range, with a name of its own.
    #expect(
      try inputs { $0.inputRanges["z"] = [range, DimensionRange(minimum: 1, maximum: nil)] } == [
        "float_type, {N, W}, {W, 1}", "float_type, {N, z_1}, {z_1, 1}", "2 8", "0 -1", "1 -1",
      ])
  }

  /// One name is one size: what is given for it in two places must hold at once.
  @Test func rangesOfOneNameIntersect() throws {
    let sizes = try inputs {
      $0.inputRanges["x"] = [DimensionRange(minimum: 2, maximum: 8), 7]
      $0.inputDimensions["z"] = [5, 3]
    }
    #expect(sizes.last == "2 5")
    refused("dimension 'N' is given sizes [6..8] and [0..5]") {
      $0.inputRanges["x"] = [DimensionRange(minimum: 6, maximum: 8), 7]
      $0.inputDimensions["z"] = [5, 3]
    }
  }

  @Test func rangesOfNamedDimensions() throws {
    let sizes = try inputs {
      $0.dimensionParameters["W"] = DimensionRange(minimum: 1, maximum: 16)
      $0.defaultDimension = 4
    }
    #expect(sizes == ["float_type, {4, W}, {W, 1}", "float_type, {4, 3}, {3, 1}", "1 16"])
  }

  @Test func impossibleRanges() {
    refused("the ranges of input 'x': there is no size in the range [3..2]") {
      $0.inputRanges["x"] = [DimensionRange(minimum: 3, maximum: 2), 1]
    }
    refused("dimensions are given for 'q'; the inputs are x, z") { $0.inputRanges["q"] = [1] }
    refused("sizes and ranges are given for input 'x'") {
      $0.inputRanges["x"] = [1, 1]
      $0.inputDimensions["x"] = [1, 1]
    }
    refused("it has 2 axes; dimensions [1] are given") { $0.inputRanges["x"] = [1] }
  }

  @Test func failuresShowTheProgramSoFar() throws {
    let model = simple([node("Relu", ["x"], ["a"]), node("Concat", ["a"], ["y"])])
    var options = ONNXOptions()
    let seen = Seen()
    options.failureObserver = { seen.text = $0.text() }
    #expect(throws: MIGraphXError.self) {
      _ = try Program(onnxBytes: try encoded(model), options: options)
    }
    #expect(seen.text.contains("relu(x)"))
  }

  private final class Seen: @unchecked Sendable { var text = "" }
}
