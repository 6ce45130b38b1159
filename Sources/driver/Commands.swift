import ArgumentParser
import Archive
import IR
import ONNX
import Operators
import Support

/// Lists the ONNX operators that can be imported.
struct ONNXCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "onnx", abstract: "List the ONNX operators that can be read.")

  @Flag(name: .shortAndLong, help: "List them, one a line. Without this nothing is printed.")
  var list = false

  @Flag(help: "Print behind each name in the list a tab and what the operator can't do.")
  var limits = false

  func run() {
    guard list else { return }
    for name in ONNXOperators.names {
      print(limits ? "\(name)\t\(ONNXOperators.limits[name] ?? "")" : name)
    }
  }
}

/// Shows operators and their attributes.
struct OpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "op", abstract: "Print an operator's attributes at their defaults.")

  @Argument(help: "The operator's name.")
  var name: String?

  @Flag(name: .shortAndLong, help: "List the names of all operators.")
  var list = false

  func validate() throws {
    guard list != (name != nil) else {
      throw ValidationError(
        list
          ? "Either '--list' or an operator's name, not both."
          : "Missing an operator's name, or '--list'.")
    }
  }

  func run() throws {
    let registry = OperatorRegistry.standard
    guard let name else {
      for name in registry.names { print(name) }
      return
    }
    guard registry.names.contains(name) else {
      if ONNXOperators.names.contains(name) {
        let hint = OperatorHint.name(for: name, in: registry).map { " Did you mean '\($0)'?" }
        throw ValidationError(
          "'\(name)' is an operator of ONNX, not one of programs.\(hint ?? "") "
            + "'op --list' lists these.")
      }
      throw ValidationError(
        "'\(name)' is no operator.\(suggestion(for: name, among: registry.names)) "
          + "'op --list' lists them.")
    }
    print("\(name):")
    print(AttributeValue.object(try registry.make(name).attributes).json())
  }
}

/// Which operator of programs does what one of ONNX does.
enum OperatorHint {
  /// Those whose names differ by more than case and underscores.
  static let names = [
    "And": "logical_and", "AveragePool": "pooling", "BatchNormalization": "batch_norm_inference",
    "Cast": "convert", "Conv": "convolution", "ConvTranspose": "convolution_backwards",
    "Expand": "multibroadcast", "Gemm": "dot", "GlobalAveragePool": "pooling",
    "GlobalMaxPool": "pooling", "LayerNormalization": "layernorm", "MatMul": "dot",
    "MatMulInteger": "quant_dot", "MaxPool": "pooling", "Or": "logical_or", "Reciprocal": "recip",
    "Round": "nearbyint", "Shape": "dimensions_of", "Xor": "logical_xor",
  ]

  /// The name in `registry` for the operator that ONNX calls `name`; nil if there is no single one.
  static func name(for name: String, in registry: OperatorRegistry) -> String? {
    func plain(_ name: String) -> String { name.lowercased().filter { $0 != "_" } }
    return names[name] ?? registry.names.first { plain($0) == plain(name) }
  }
}

/// Prints versions.
struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version",
    abstract: "Print the versions of this system and of what it reads, or those of a .mxr file.")

  @Flag(help: "Print the versions that a .mxr file has; this works for files of all versions.")
  var migraphx = false

  @Argument(help: "The .mxr file.")
  var file: String?

  func validate() throws {
    guard migraphx == (file != nil) else {
      throw ValidationError(
        file.map { "Unexpected argument '\($0)': --migraphx goes before a .mxr file." }
          ?? "Missing the .mxr file after --migraphx.")
    }
  }

  func run() throws {
    guard let file else {
      print(Version.text)
      print("ONNX Opset version: \(ONNXOperators.opsets.upperBound)")
      print("MXR version: \(MXR.version)")
      return
    }
    let header = try ArchiveHeader(path: file)
    print(
      "MIGraphX version: \(header.systemVersion.isEmpty ? "unknown" : header.systemVersion)")
    print("MXR version: \(header.version)")
  }
}

/// Stands for the command of MIGraphX that is about models of TensorFlow.
struct TFCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "tf", shouldDisplay: false)

  @Flag(name: .shortAndLong)
  var list = false

  func run() throws {
    throw ValidationError("Models of TensorFlow are not supported; ONNX models are.")
  }
}

/// Stands for the command of MIGraphX that runs a model for AMD's profiler.
struct ROCTXCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "roctx", shouldDisplay: false)

  @Argument(parsing: .captureForPassthrough)
  var arguments: [String] = []

  func run() throws {
    throw ValidationError("Marks for AMD's profiler are not supported; 'perf' shows times.")
  }
}
