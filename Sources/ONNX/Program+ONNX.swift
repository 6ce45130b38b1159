import IR
import ONNXProto
import Operators
import Support
import Tensors

extension Program {
  /// Imports the ONNX model in a file. Large weights stay in the file, which is mapped.
  ///
  /// - Throws: `invalidFile` for damaged models, `unsupported` for operators, types or versions that this
  ///   system doesn't have, and what shape inference throws, with the node in the trail.
  public init(
    onnx path: String, options: ONNXOptions = ONNXOptions()
  ) throws(MIGraphXError) {
    self = try trace("importing \(path)") { () throws(MIGraphXError) in
      try Program(
        try ModelFile(path: path, externalDataDirectory: options.externalDataDirectory), options)
    }
  }

  /// Imports the ONNX model in `bytes`. Without a folder in the options it has no external data.
  ///
  /// - Throws: see ``init(onnx:options:)``.
  public init(
    onnxBytes bytes: [UInt8], options: ONNXOptions = ONNXOptions()
  ) throws(MIGraphXError) {
    self = try trace("importing an ONNX model") { () throws(MIGraphXError) in
      try Program(
        try ModelFile(bytes: bytes, externalDataDirectory: options.externalDataDirectory), options)
    }
  }

  private init(_ file: ModelFile, _ options: ONNXOptions) throws(MIGraphXError) {
    let model = file.model
    guard model.hasGraph else {
      throw MIGraphXError(.invalidFile, "the model has no graph; is this an ONNX file?")
    }
    let importer = GraphImporter(
      Module(name: "main"),
      ImportContext(
        file: file, options: options, opsets: try opsetVersions(model.opsetImport),
        functions: try LocalFunctions(model.functions)))
    do throws(MIGraphXError) { try importer.importMain(model.graph) } catch {
      options.failureObserver?(Program(main: importer.module))
      throw error
    }
    self.init(
      main: importer.module, metadata: model.metadataProps.map { ($0.key, $0.value) },
      tensors: importer.values)
    if options.asksForRanges {
      for (name, type) in inputs {
        guard let shape = type.shape else { continue }
        inputRanges[name] = options.inputRanges[name] ?? shape.ranges
      }
    }
  }
}

extension ONNXOptions {
  /// Whether some axes are to have ranges of sizes, not just a largest one.
  fileprivate var asksForRanges: Bool {
    !inputRanges.isEmpty
      || ([defaultDimension].compactMap { $0 } + dimensionParameters.values).contains {
        !$0.isFixed
      }
  }
}

/// The imported version of each operator domain; the default domain is "".
///
/// - Throws: `unsupported` for versions outside of those known, `invalidFile` when there are none.
func opsetVersions(_ imports: [Onnx_OperatorSetIdProto]) throws(MIGraphXError) -> [String: Int] {
  var versions: [String: Int] = [:]
  for item in imports {
    versions[item.domain == "ai.onnx" ? "" : item.domain] = Int(item.version)
  }
  guard let version = versions[""] else {
    if versions.isEmpty {
      throw MIGraphXError(.invalidFile, "the model doesn't say which opset it uses")
    }
    return versions
  }
  guard ONNXOperators.opsets.contains(version) else {
    let range = ONNXOperators.opsets
    throw MIGraphXError(
      .unsupported,
      "opset \(version); versions \(range.lowerBound) to \(range.upperBound) are supported")
  }
  return versions
}
