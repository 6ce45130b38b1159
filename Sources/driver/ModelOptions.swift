import ArgumentParser
import Archive
import IR
import MIGraphX
import ONNX
import Support
import struct Tensors.DimensionRange

/// Which model is read, and how.
struct ModelOptions: ParsableArguments {
  /// What kind of file a model is in.
  enum Format {
    case onnx, archive, test
  }

  @ArgumentParser.Argument(help: "The model: an ONNX or .mxr file.")
  var file: String?

  @Flag(help: "The file is an ONNX model, whatever its name.")
  var onnx = false

  @Flag(help: "The file is a .mxr file, whatever its name.")
  var migraphx = false

  @Flag(name: .customLong("migraphx-json"), help: "The file is a .mxr file in its JSON form.")
  var migraphxJSON = false

  @Flag(help: .hidden)
  var tf = false

  @Flag(help: "Use a small program that is built in: the product of two matrices.")
  var test = false

  @Option(help: "The size of dynamic axes for which nothing else is given.")
  var batch: Int?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The sizes of an input; on a dynamic axis the largest. For a .mxr file those of the values that are made.",
      valueName: "@name d1 d2 ..."))
  var inputDim: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The sizes that an input's axes may have: '[{min:1, max:4, optimals:[2]}, 3, 224]'.",
      valueName: "@name sizes"))
  var dynInputDim: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The size that a named dimension has, or its range: '{min:1, max:4}'.",
      valueName: "@name size"))
  var dimParam: [String] = []

  @Option(
    help: ArgumentHelp(
      "The sizes that dynamic axes may have for which nothing else is given: '{min:1, max:4}'.",
      valueName: "range"))
  var defaultDynDim: String?

  @Flag(help: "Make placeholders of operators that are not known; running them fails.")
  var skipUnknownOperators = false

  @Flag(help: "Print the names of the nodes that instructions stem from.")
  var debugSymbols = false

  @Flag(help: .hidden)
  var nhwc = false

  @Flag(help: .hidden)
  var nchw = false

  @Option(parsing: .upToNextOption, help: .hidden)
  var outputNames: [String] = []

  /// The path of the model.
  var path: String { file ?? "" }

  /// How programs are printed.
  var textOptions: TextOptions { TextOptions(printsDebugSymbols: debugSymbols) }

  func validate() throws {
    if tf || file?.hasSuffix(".pb") == true {
      throw ValidationError("Models of TensorFlow are not supported; ONNX models are.")
    }
    if nhwc || nchw || !outputNames.isEmpty {
      throw ValidationError("--nhwc, --nchw and --output-names are for models of TensorFlow.")
    }
    if file?.hasSuffix(".py") == true && !onnx && !isArchiveByOption {
      throw ValidationError("Programs in Python are not read; run them with Python.")
    }
    guard [onnx, isArchiveByOption, test].count(where: { $0 }) <= 1 else {
      throw ValidationError("Only one of --onnx, --migraphx, --migraphx-json and --test can be.")
    }
    guard test != (file != nil) else {
      throw ValidationError(
        test
          ? "Unexpected argument '\(path)': --test is the model already."
          : "Missing the model: give its file, or --test.")
    }
    if let batch, batch < 1 {
      throw ValidationError("--batch needs a number of at least 1, found \(batch).")
    }
    if batch != nil && defaultDynDim != nil {
      throw ValidationError("Only one of --batch and --default-dyn-dim can be.")
    }
    _ = try importOptions()
  }

  private var isArchiveByOption: Bool { migraphx || migraphxJSON }

  /// The model's format: by option, else by name, else by how the file begins.
  var format: Format {
    if test { return .test }
    if onnx { return .onnx }
    if isArchiveByOption || path.hasSuffix(".mxr") || path.hasSuffix(".json") { return .archive }
    return !path.hasSuffix(".onnx") && (try? ArchiveHeader(path: path)) != nil ? .archive : .onnx
  }

  /// How the model is imported.
  func importOptions() throws -> ONNXOptions {
    var options = ONNXOptions()
    options.skipsUnknownOperators = skipUnknownOperators
    options.defaultDimension = batch.map { DimensionRange($0) }
    if let defaultDynDim {
      options.defaultDimension = try parsed(defaultDynDim, "--default-dyn-dim") {
        (value) throws(MIGraphXError) in try DimensionRange(json: value)
      }
    }
    for (name, sizes) in try TaggedValues(inputDim, option: "--input-dim")
      .sizes(option: "--input-dim")
    {
      options.inputDimensions[name] = sizes
    }
    for (name, text) in try TaggedValues(dynInputDim, option: "--dyn-input-dim")
      .single(option: "--dyn-input-dim")
    {
      options.inputRanges[name] = try parsed(text, "--dyn-input-dim", DimensionRange.list(json:))
    }
    for (name, text) in try TaggedValues(dimParam, option: "--dim-param")
      .single(option: "--dim-param")
    {
      options.dimensionParameters[name] = try parsed(text, "--dim-param") {
        (value) throws(MIGraphXError) in try DimensionRange(json: value)
      }
    }
    return options
  }

  /// The sizes of inputs that a file's program leaves open, by name: no import has fixed them.
  func openSizes() throws -> [String: [Int]] {
    guard format == .archive else { return [:] }
    let sizes = try TaggedValues(inputDim, option: "--input-dim").sizes(option: "--input-dim")
    return Dictionary(uniqueKeysWithValues: sizes.map { ($0.name, $0.sizes) })
  }

  /// Whether an option is given that only the import of ONNX models knows.
  private var hasImportOptions: Bool {
    !dynInputDim.isEmpty || !dimParam.isEmpty || defaultDynDim != nil
      || skipUnknownOperators
  }

  private func parsed<Result>(
    _ text: String, _ option: String,
    _ make: (AttributeValue) throws(MIGraphXError) -> Result
  ) throws -> Result {
    do throws(MIGraphXError) { return try make(AttributeValue(relaxedJSON: text)) } catch {
      throw ValidationError("\(option) '\(text)': \(error.message).")
    }
  }

  /// Says which model is read: on standard output, or else as what is said about the work.
  func announce(onOutput: Bool) {
    if test { return }
    let line = "Reading: \(path)"
    guard onOutput else { return Log.write(line) }
    print(line)
    // What goes wrong next is said on standard error, which is not buffered.
    _ = flushOutput()
  }

  /// Reads the model.
  ///
  /// - Parameters:
  ///   - deviceID: where a compiled program will run.
  ///   - makesValues: whether values are made for its inputs. See ``openSizes()``.
  func load(deviceID: Int, makesValues: Bool) throws -> SavedProgram {
    switch format {
    case .onnx: return .source(try Program(onnx: path, options: importOptions()))
    case .test: return .source(try .test())
    case .archive:
      if !makesValues && !inputDim.isEmpty {
        throw ValidationError(
          "'\(path)' is no ONNX model: for it --input-dim says which values are made, and none are."
        )
      }
      if hasImportOptions {
        throw ValidationError(
          "--dyn-input-dim, --dim-param, --default-dyn-dim and --skip-unknown-operators are for "
            + "ONNX models; '\(path)' is none.")
      }
      var options = LoadOptions()
      options.deviceID = deviceID
      return try SavedProgram(contentsOf: path, options: options)
    }
  }
}

extension SavedProgram {
  /// The program as it would run.
  var current: Program {
    switch self {
    case .source(let program): program
    case .compiled(let compiled): compiled.executable.program
    }
  }

  /// The program as it was before compilation.
  func source() throws(MIGraphXError) -> Program {
    switch self {
    case .source(let program): program
    case .compiled(let compiled): try compiled.source()
    }
  }
}

extension Program {
  /// The product of two matrices.
  fileprivate static func test() throws(MIGraphXError) -> Program {
    var main = Module()
    let a = try main.addParameter("a", Shape(.float, lens: [4, 5]))
    let b = try main.addParameter("b", Shape(.float, lens: [5, 3]))
    try main.addReturn([try main.add(Dot(), a, b)])
    return Program(main: main)
  }
}
