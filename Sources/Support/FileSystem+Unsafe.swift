import Glibc

/// The operating system's text for an `errno` value.
package func systemMessage(_ code: Int32) -> String {
  unsafe String(cString: strerror(code))
}

/// The absolute path of an existing file or directory, with every symbolic link followed.
///
/// - Throws: `invalidArgument` if the path contains a zero character, `system` if nothing is there.
public func canonicalPath(_ path: String) throws(MIGraphXError) -> String {
  guard !path.utf8.contains(0) else {
    throw MIGraphXError(.invalidArgument, "the path '\(path)' contains a zero character")
  }
  guard let resolved = unsafe realpath(path, nil) else {
    throw MIGraphXError(.system, "cannot find '\(path)': \(systemMessage(errno))")
  }
  defer { unsafe free(resolved) }
  return unsafe String(cString: resolved)
}
