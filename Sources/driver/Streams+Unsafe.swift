import Glibc
import Support

/// Writes bytes to standard output, after what is buffered.
///
/// - Throws: `system` when that fails.
func writeOutput(_ bytes: [UInt8]) throws(MIGraphXError) {
  guard flushOutput(), writeAll(bytes, to: 1) else {
    throw MIGraphXError(.system, "standard output can't be written")
  }
}

/// Writes out what standard output has buffered.
///
/// - Returns: whether that and all output before worked.
func flushOutput() -> Bool {
  outputWorks.withLock { works in
    works = fflush(nil) == 0 && works
    return works
  }
}

private let outputWorks = Locked(true)

/// Whether standard output is a terminal.
var outputIsTerminal: Bool { isatty(1) != 0 }

/// Whether standard error is a terminal.
var errorIsTerminal: Bool { isatty(2) != 0 }

/// A file to the end of which text is written.
final class AppendedFile: Sendable {
  private let descriptor: Int32

  /// - Throws: `system` when the file can't be opened.
  init(path: String) throws(MIGraphXError) {
    descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw MIGraphXError(.system, "cannot write '\(path)': \(systemMessage(errno))")
    }
  }

  deinit { close(descriptor) }

  func write(_ text: String) { _ = writeAll(Array(text.utf8), to: descriptor) }
}

/// Ends the process.
func exitProcess(_ code: Int32) -> Never { exit(code) }

/// `value` with six significant digits, as C's `%g` writes it.
func shortText(_ value: Double) -> String {
  var buffer = [CChar](repeating: 0, count: 32)
  let length = unsafe withVaList([value]) { unsafe vsnprintf(&buffer, buffer.count, "%g", $0) }
  let bytes = buffer.prefix(Int(max(0, length))).map { UInt8(bitPattern: $0) }
  return String(decoding: bytes, as: UTF8.self)
}
