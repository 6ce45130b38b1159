import Glibc

/// The value of an environment variable; nil if it is not set.
public func environmentVariable(_ name: String) -> String? {
  unsafe getenv(name).map { unsafe String(cString: $0) }
}

/// Whether an environment variable is set to a word for yes.
public func isEnabled(_ name: String) -> Bool {
  ["1", "enable", "enabled", "yes", "true"].contains(environmentVariable(name)?.lowercased())
}

/// The names of all environment variables that are set and begin with `prefix`, sorted.
public func environmentVariables(startingWith prefix: String) -> [String] {
  var names: [String] = []
  var next = unsafe environ
  while let entry = unsafe next.pointee {
    let name = unsafe String(cString: entry).prefix { $0 != "=" }
    if name.hasPrefix(prefix) { names.append(String(name)) }
    unsafe next += 1
  }
  return names.sorted()
}

/// Writes `text` to standard error, which is not buffered.
public func writeError(_ text: String) { _ = writeAll(Array(text.utf8), to: 2) }

/// Writes bytes to a file that is open.
///
/// - Returns: whether that worked.
public func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes {
      unsafe write(descriptor, $0.baseAddress, $0.count)
    }
    if count < 0 && errno != EINTR { return false }
    rest = rest.dropFirst(max(0, count))
  }
  return true
}
