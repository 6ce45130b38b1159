import IR
import Support
import Tensors

extension TensorOperator {
  /// The results' shapes for inputs of these true sizes, every one of them a number.
  ///
  /// Evaluation begins here where attributes and sizes must fit each other: what inference could not
  /// decide over symbols is decided now.
  ///
  /// - Throws: what inference throws; `limitExceeded` when a tensor would not fit the memory.
  func concreteShapes(_ inputs: [Argument]) throws(MIGraphXError) -> [Shape] {
    let shapes = try checkedShapes(inputs)
    for shape in shapes { try checkFitsMemory(shape) }
    return shapes
  }

  /// The same, where the run decides sizes, so that only it can tell whether its memory suffices.
  func concreteShapes(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Shape] {
    let shapes = try concreteShapes(inputs)
    for shape in shapes { try checkFitsMemory(shape, in: context) }
    return shapes
  }

  /// The same, where values of the inputs decide sizes of the results: these are symbols.
  @discardableResult
  func checkedShapes(_ inputs: [Argument]) throws(MIGraphXError) -> [Shape] {
    for input in inputs { try checkFitsMemory(Shape(.double, lens: input.lens)) }
    var context = InferenceContext(
      operandContents: inputs.map { _ in nil }, origin: name, symbolPrefix: "size")
    return try inferShapes(inputs.map(\.shape), in: &context)
  }
}

/// Checks that a tensor of fixed shape can be built, with the copies that building it makes.
///
/// - Throws: `limitExceeded` when it is too large, `invalidShape` when a size is unknown or negative.
func checkFitsMemory(_ shape: Shape) throws(MIGraphXError) {
  try shape.validate()
  guard let bytes = shape.accountedByteCount else {
    throw MIGraphXError(.invalidShape, "the sizes of (\(shape)) must be numbers")
  }
  guard bytes <= Storage.maximumByteCount / 4 else {
    throw MIGraphXError(
      .limitExceeded,
      "(\(shape)) needs \(bytes) bytes and working memory; this machine has "
        + "\(Storage.maximumByteCount)")
  }
}

/// Checks that a result whose sizes the run decides fits the machine and what the run may still take.
///
/// - Throws: `limitExceeded` when it does not, `invalidShape` when a size is unknown or negative.
func checkFitsMemory(
  _ shape: Shape, in context: EvaluationContext
) throws(MIGraphXError) {
  try checkFitsMemory(shape)
  guard let bytes = shape.accountedByteCount, bytes <= context.memoryLimit else {
    throw MIGraphXError(
      .limitExceeded,
      "\(shape.accountedByteCount.map { "\($0)" } ?? "too many") bytes are needed for (\(shape)); "
        + "\(context.memoryLimit) bytes are left of the limit")
  }
}

extension Shape {
  /// The bytes of memory, where text counts by its strings alone; nil when a size is unknown.
  fileprivate var accountedByteCount: Int? {
    elementType == .string
      ? (elementCount * Dimension(MemoryLayout<String>.size)).constant : byteCount.constant
  }
}
