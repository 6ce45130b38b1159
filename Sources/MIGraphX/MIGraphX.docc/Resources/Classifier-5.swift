import MIGraphX

/// A model of one tensor of numbers in and one number for each class out.
struct Classifier: Sendable {
  /// What the model says about one class.
  struct Score: Encodable {
    /// The position of the class in the model's output.
    let index: Int
    let score: Float
  }

  let program: CompiledProgram
  private let input: String
  private let lens: [Int]
  private let output: String

  init(modelPath: String, target: any Target) throws(MIGraphXError) {
    // Axes that the model leaves open, mostly that of the batch, have size 1.
    var options = ONNXOptions()
    options.defaultDimension = 1
    let model = try Program(onnx: modelPath, options: options)
    guard model.inputs.count == 1, let input = model.inputs.first, let shape = input.type.shape,
      shape.elementType == .float, let lens = shape.lens, let output = model.outputs.first,
      output.type.shape?.elementType == .float
    else {
      throw MIGraphXError(
        .unsupported,
        "a classifier takes one tensor of floats and gives one first; "
          + "inputs are \(model.inputs), outputs \(model.outputs)")
    }
    self.input = input.name
    self.lens = lens
    self.output = output.name
    program = try model.compiled(for: target)
  }

  /// The number of bytes that ``argument(_:)`` takes.
  var byteCount: Int { lens.reduce(MemoryLayout<Float>.size, *) }

  /// The model's input from numbers in row-major order.
  func argument(_ bytes: RawSpan) throws(MIGraphXError) -> Argument {
    try Argument(bytes: bytes, .float, lens: lens)
  }

  /// The `count` classes of highest score, the best one first.
  func best(_ count: Int, for argument: Argument) throws(MIGraphXError) -> [Score] {
    let results = try program.run([input: argument], outputs: [output])
    let scores = try [Float](results[output])
    let ranked = scores.indices.sorted { scores[$0] > scores[$1] }
    return ranked.prefix(count).map { Score(index: $0, score: scores[$0]) }
  }
}
