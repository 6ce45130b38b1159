import IR
import ONNXProto
import Support
import Tensors

/// The ONNX operators that can be imported.
public enum ONNXOperators {
  /// The versions of the default operator domain that are understood.
  public static let opsets = 1...28

  /// The names of all operators that can be imported, sorted; those of other domains as `domain.Name`.
  public static var names: [String] {
    domains.flatMap { name, domain in
      domain.converters.keys.map { name.isEmpty ? $0 : "\(name).\($0)" }
    }.sorted()
  }

  /// Makes the instructions for one node, and gives the values of its outputs.
  typealias Converter = @Sendable (NodeImporter) throws(MIGraphXError) -> [Value]

  /// The converter of a node's operator with the version of its domain; nil for unknown operators.
  ///
  /// - Throws: `invalidFile` when the model doesn't import the operator's domain, `unsupported` when it imports a
  ///   version that isn't known.
  static func converter(
    for node: Onnx_NodeProto, _ opsets: [String: Int]
  ) throws(MIGraphXError) -> (Converter, Int)? {
    let name = node.domain == "ai.onnx" ? "" : node.domain
    guard let domain = domains[name], let converter = domain.converters[node.opType] else {
      return nil
    }
    guard let version = opsets[name] else {
      let title = name.isEmpty ? "the default domain" : "domain '\(name)'"
      throw MIGraphXError(
        .invalidFile, "\(node.title) is of \(title), of which the model imports no opset")
    }
    guard domain.versions.contains(version) else {
      let range = domain.versions
      throw MIGraphXError(
        .unsupported,
        "opset \(version) of domain '\(name)'; "
          + "versions \(range.lowerBound) to \(range.upperBound) are supported")
    }
    return (converter, version)
  }

  /// A set of operators with versions of its own.
  private struct Domain {
    let versions: ClosedRange<Int>
    let converters: [String: Converter]

    init(_ versions: ClosedRange<Int>, _ groups: [[String: Converter]]) {
      self.versions = versions
      converters = groups.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }
  }

  private static let domains: [String: Domain] = [
    "": Domain(
      opsets,
      [
        activationConverters, arithmeticConverters, attentionConverters, contractionConverters,
        controlConverters, conversionConverters, quantizationConverters, einsumConverters,
        elementwiseConverters, lossConverters,
        movementConverters, normalizationConverters, poolingConverters, randomConverters,
        recurrentConverters, reductionConverters, resizeConverters, samplingConverters,
        selectionConverters, sequenceConverters, shapeConverters, signalConverters,
        simplifiedNormalizationConverters, standardizationConverters, stringConverters,
      ]),
    "ai.onnx.ml": Domain(1...5, [featureConverters, modelConverters, treeConverters]),
    "ai.onnx.preview": Domain(1...1, [previewConverters]),
    "ai.onnx.preview.training": Domain(1...1, [trainingConverters]),
    "com.microsoft": Domain(
      1...1,
      [
        contribActivationConverters, contribAttentionConverters, contribContractionConverters,
        contribMathConverters, contribMovementConverters, contribNormalizationConverters,
        contribPackedAttentionConverters, contribPositionConverters, mixtureConverters,
        contribPackedWeightConverters, contribQuantizationConverters,
      ]),
  ]
}
