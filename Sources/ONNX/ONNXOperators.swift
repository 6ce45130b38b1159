import IR
import ONNXProto
import Support
import Tensors

/// The ONNX operators that can be imported.
public enum ONNXOperators {
  /// The versions of the default operator domain that are understood.
  public static let opsets = 7...28

  /// The names of all operators that can be imported, sorted.
  public static var names: [String] { converters.keys.sorted() }

  /// Makes the instructions for one node, and gives the values of its outputs.
  typealias Converter = @Sendable (NodeImporter) throws(MIGraphXError) -> [Value]

  /// The converter of a node's operator with the version of its domain; nil for unknown operators.
  ///
  /// - Throws: `invalidFile` when the model doesn't import the operator's domain.
  static func converter(
    for node: Onnx_NodeProto, _ opsets: [String: Int]
  ) throws(MIGraphXError) -> (Converter, Int)? {
    let domain = node.domain == "ai.onnx" ? "" : node.domain
    guard domain.isEmpty, let converter = converters[node.opType] else { return nil }
    guard let version = opsets[domain] else {
      throw MIGraphXError(
        .invalidFile, "\(node.title) is of the default domain, of which the model imports no opset")
    }
    return (converter, version)
  }

  private static let converters: [String: Converter] = [
    activationConverters, arithmeticConverters, contractionConverters, controlConverters,
    elementwiseConverters, movementConverters, normalizationConverters, poolingConverters,
    recurrentConverters, reductionConverters, resizeConverters, shapeConverters,
  ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}
