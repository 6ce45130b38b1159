import MIGraphX

/// A model of one tensor of numbers in and one number for each class out.
struct Classifier: Sendable {
  let program: CompiledProgram

  init(modelPath: String, target: any Target) throws(MIGraphXError) {
    program = try Program(onnx: modelPath).compiled(for: target)
  }
}
