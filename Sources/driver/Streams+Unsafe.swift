import Glibc
import Support

/// Writes `text` to standard error, which is not buffered.
func writeError(_ text: String) { _ = write(Array(text.utf8), to: 2) }

/// Writes bytes to standard output, after what is buffered.
///
/// - Throws: `system` when that fails.
func writeOutput(_ bytes: [UInt8]) throws(MIGraphXError) {
  guard flushOutput(), write(bytes, to: 1) else {
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

private func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes {
      unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
    }
    if count < 0 && errno != EINTR { return false }
    rest = rest.dropFirst(max(0, count))
  }
  return true
}

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

  func write(_ text: String) { _ = migraphx_driver.write(Array(text.utf8), to: descriptor) }
}

/// Ends the process.
func exitProcess(_ code: Int32) -> Never { exit(code) }

/// The value of an environment variable; nil if it is not set.
func environmentVariable(_ name: String) -> String? {
  unsafe getenv(name).map { unsafe String(cString: $0) }
}

/// Whether an environment variable is set to a word for yes.
func isEnabled(_ name: String) -> Bool {
  ["1", "enable", "enabled", "yes", "true"].contains(environmentVariable(name)?.lowercased())
}

/// `value` with six significant digits, as C's `%g` writes it.
func shortText(_ value: Double) -> String {
  var buffer = [CChar](repeating: 0, count: 32)
  let length = unsafe withVaList([value]) { unsafe vsnprintf(&buffer, buffer.count, "%g", $0) }
  let bytes = buffer.prefix(Int(max(0, length))).map { UInt8(bitPattern: $0) }
  return String(decoding: bytes, as: UTF8.self)
}
