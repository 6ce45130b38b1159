import ArgumentParser
import IR
import Support

/// Where the program's text goes.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the program there, not to standard output.", valueName: "file"))
  var output: String?

  @Flag(help: "Write the program as text, which is the only form so far.")
  var text = false

  /// Writes the text of `program`.
  func write(_ program: Program, _ options: TextOptions) throws(MIGraphXError) {
    let text = program.text(options)
    guard let output else {
      print(text, terminator: "")
      return
    }
    let file = try AtomicFile(path: output)
    try file.write(text)
    try file.commit()
  }
}
