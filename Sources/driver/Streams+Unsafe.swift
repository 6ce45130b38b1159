import Glibc

/// Writes `text` to standard error, which is not buffered.
func writeError(_ text: String) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let count = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
    if count < 0 && errno != EINTR { return }
    bytes = bytes.dropFirst(max(0, count))
  }
}

/// Writes out what standard output has buffered.
///
/// - Returns: whether that worked.
func flushOutput() -> Bool { fflush(nil) == 0 }

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
