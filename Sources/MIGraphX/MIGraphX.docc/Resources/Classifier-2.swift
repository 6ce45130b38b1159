import MIGraphX

/// A model of one tensor of numbers in and one number for each class out.
struct Classifier: Sendable {
  let program: CompiledProgram

  init(modelPath: String, target: any Target) throws(MIGraphXError) {
    // Axes that the model leaves open, mostly that of the batch, have size 1.
    var options = ONNXOptions()
    options.defaultDimension = 1
    let model = try Program(onnx: modelPath, options: options)
    program = try model.compiled(for: target)
  }
}
