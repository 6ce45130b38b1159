import ArgumentParser
import Archive
import IR
import MIGraphX
import Support

/// In which form a program is written, and where.
struct OutputOptions: ParsableArguments {
  enum Form {
    case text, json, binary, python, cpp, graphviz, netron
  }

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the program there, not to standard output; as a .mxr file if no form is given.",
      valueName: "file"))
  var output: String?

  @Flag(help: "Write the program as text.")
  var text = false

  @Flag(help: "Write the program as a .mxr file.")
  var binary = false

  @Flag(help: "Write the program as a .mxr file in its JSON form.")
  var json = false

  @Flag(
    name: [.customLong("python"), .customLong("py")],
    help: "Write Python that builds the program.")
  var python = false

  @Flag(help: "Write C++ that builds the program.")
  var cpp = false

  @Flag(name: [.customShort("g"), .long], help: "Write the program as a graph for Graphviz.")
  var graphviz = false

  @Flag(help: "Graphs show names only.")
  var brief = false

  @Flag(help: "Write the program as an ONNX model that Netron shows.")
  var netron = false

  private var forms: [Form] {
    [
      (text, .text), (binary, .binary), (json, .json), (python, .python), (cpp, .cpp),
      (graphviz, .graphviz), (netron, .netron),
    ].compactMap { $0 ? $1 : nil }
  }

  /// The form that the program is written in.
  var form: Form { forms.first ?? (output == nil ? .text : .binary) }

  func validate() throws {
    guard forms.count <= 1 else {
      throw ValidationError(
        "Only one of --text, --binary, --json, --python, --cpp, --graphviz and --netron can be.")
    }
    if brief && !graphviz { throw ValidationError("--brief is for --graphviz.") }
  }

  /// Checks, before long work, that the program can be written.
  func check() throws {
    if let output {
      try AtomicFile.check(path: output)
    } else if outputIsTerminal && (form == .binary || form == .netron) {
      throw ValidationError("This form is not for terminals; name a file with --output.")
    }
  }

  /// Whether standard output takes the program in a form that more text would spoil.
  var ownsStandardOutput: Bool { output == nil && form != .text }

  /// Writes `model`.
  func write(_ model: SavedProgram, _ options: TextOptions) throws(MIGraphXError) {
    let bytes =
      switch form {
      case .text: Array(model.current.text(options).utf8)
      case .python: Array(try model.current.python().utf8)
      case .cpp: Array(try model.current.cpp().utf8)
      case .graphviz: Array(model.current.graphviz(brief: brief).utf8)
      case .netron: try model.current.netron()
      case .json: try model.archived(.json)
      case .binary: try model.archived(.binary)
      }
    guard let output else { return try writeOutput(bytes) }
    let file = try AtomicFile(path: output)
    try file.write(bytes)
    try file.commit()
  }
}

extension SavedProgram {
  /// The bytes of the model's file.
  fileprivate func archived(_ format: ArchiveFormat) throws(MIGraphXError) -> [UInt8] {
    var options = SaveOptions()
    options.format = format
    return switch self {
    case .source(let program): try program.archived(options: options)
    case .compiled(let program): try program.archived(options: options)
    }
  }
}
