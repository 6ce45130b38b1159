import IR
import Tensors

/// How an ONNX model is imported.
public struct ONNXOptions: Sendable {
  /// For inputs by name, one size for each axis: on a dynamic axis the largest that will come, on a
  /// fixed one the size that replaces the model's.
  public var inputDimensions: [String: [Int]] = [:]
  /// For inputs by name, one range for each axis, in place of what the model says.
  public var inputRanges: [String: [DimensionRange]] = [:]
  /// The sizes of every dynamic axis for which nothing else is given; nil leaves them open.
  public var defaultDimension: DimensionRange?
  /// Sizes for dynamic dimensions by name. A dimension without a name in the model is called after its
  /// input and axis, such as "x_2".
  public var dimensionParameters: [String: DimensionRange] = [:]
  /// Whether operators that are not known become instructions that fail when they run.
  public var skipsUnknownOperators = false
  /// The folder of the model's external data; that of the model's file if nil.
  public var externalDataDirectory: String?
  /// Is given the program as far as it was imported when its import fails.
  public var failureObserver: (@Sendable (Program) -> Void)?

  /// Makes options at their defaults.
  public init() {}
}
