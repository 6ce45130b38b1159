import ArgumentParser
import IR
import ONNX
import Support
import struct Tensors.DimensionRange

/// Which model is read, and how.
struct ModelOptions: ParsableArguments {
  @Argument(help: "The model, an ONNX file.")
  var file: String?

  @Option(help: ArgumentHelp("The model, an ONNX file.", valueName: "file"))
  var onnx: String?

  @Option(help: "The size of dynamic axes for which nothing else is given.")
  var batch: Int?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The sizes of an input; on a dynamic axis the largest.", valueName: "@name d1 d2 ..."))
  var inputDim: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("The size that a named dimension has.", valueName: "@name size"))
  var dimParam: [String] = []

  @Flag(help: "Make placeholders of operators that are not known; running them fails.")
  var skipUnknownOperators = false

  @Flag(help: "Print the names of the nodes that instructions stem from.")
  var debugSymbols = false

  /// The path of the model.
  var path: String { onnx ?? file ?? "" }

  /// How programs are printed.
  var textOptions: TextOptions { TextOptions(printsDebugSymbols: debugSymbols) }

  func validate() throws {
    if let file, onnx != nil {
      throw ValidationError("Unexpected argument '\(file)': --onnx names the model already.")
    }
    guard onnx != nil || file != nil else {
      throw ValidationError("Missing the model: give its file, or --onnx and its file.")
    }
    if let file, let suffix = [".mxr", ".pb", ".json", ".py"].first(where: file.hasSuffix) {
      throw ValidationError(
        "'\(file)' is no ONNX file by its name; files in \(suffix) can't be read. "
          + "Name it after --onnx if it is one.")
    }
    if let batch, batch < 1 {
      throw ValidationError("--batch needs a number of at least 1, found \(batch).")
    }
    _ = try importOptions()
  }

  /// How the model is imported.
  func importOptions() throws -> ONNXOptions {
    var options = ONNXOptions()
    options.defaultDimension = batch.map { DimensionRange($0) }
    options.skipsUnknownOperators = skipUnknownOperators
    for (name, sizes) in try TaggedValues(inputDim, option: "--input-dim")
      .sizes(option: "--input-dim")
    {
      options.inputDimensions[name] = sizes
    }
    for (name, sizes) in try TaggedValues(dimParam, option: "--dim-param")
      .sizes(option: "--dim-param")
    {
      guard sizes.count == 1 else {
        throw ValidationError("--dim-param needs one size for '@\(name)', found \(sizes.count).")
      }
      options.dimensionParameters[name] = DimensionRange(sizes[0])
    }
    return options
  }

  /// Imports the model.
  func load() throws -> Program { try Program(onnx: path, options: importOptions()) }
}
