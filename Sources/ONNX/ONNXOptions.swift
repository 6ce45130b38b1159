/// How an ONNX model is imported.
public struct ONNXOptions: Sendable {
  /// For inputs by name, one size for each axis: on a dynamic axis the largest that will come, on a
  /// fixed one the size that replaces the model's.
  public var inputDimensions: [String: [Int]] = [:]
  /// The size of every dynamic axis for which nothing else is given; nil keeps them dynamic.
  public var defaultDimension: Int?
  /// Sizes for dynamic dimensions by name, which then are fixed. A dimension without a name in the model is
  /// called after its input and axis, such as "x_2".
  public var dimensionParameters: [String: Int] = [:]
  /// Whether operators that are not known become instructions that fail when they run.
  public var skipsUnknownOperators = false

  /// Makes options at their defaults.
  public init() {}
}
