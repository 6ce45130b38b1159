import Support
import Tensors

/// Named tensors in NumPy's `.npz` files, which are zip archives of `.npy` files.
///
/// Reads stored and deflated entries, as `savez` and `savez_compressed` write them; writes stored ones.
public enum NumPyArchive {
  /// A tensor with the name it has in an archive, without the suffix `.npy`.
  public typealias Entry = (name: String, argument: Argument)

  /// What the entries of an archive are called after their names.
  static let suffix = ".npy"

  /// Reads every tensor of the archive at `path`, in the order of its directory.
  ///
  /// - Throws: `system` when the file can't be opened, `invalidFile` when it is damaged or an entry is
  ///   no NumPy file, `unsupported` for encrypted entries, other compressions and element types that
  ///   tensors don't have, `limitExceeded` when the tensors need more than this machine's memory.
  public static func read(_ path: String) throws(MIGraphXError) -> [Entry] {
    try read(MappedFile(path: path))
  }

  /// Reads every tensor of a mapped archive. See ``read(_:)-(String)``.
  public static func read(_ file: MappedFile) throws(MIGraphXError) -> [Entry] {
    try trace("reading '\(file.path)'") { () throws(MIGraphXError) in
      let entries = try ZipReader(file).entries()
      var total = 0
      for entry in entries {
        let (sum, overflow) = total.addingReportingOverflow(entry.byteCount)
        guard !overflow, sum <= Storage.maximumByteCount else {
          throw MIGraphXError(
            .limitExceeded,
            "the entries are larger than this machine's memory, \(Storage.maximumByteCount) bytes")
        }
        total = sum
      }
      var result: [Entry] = []
      var names: Set<String> = []
      for entry in entries {
        guard entry.name.hasSuffix(suffix) else {
          throw MIGraphXError(
            .invalidFile, "entry \(quoted(entry.name)) is no NumPy file: its name must end in .npy")
        }
        let name = String(entry.name.dropLast(suffix.count))
        guard names.insert(name).inserted else {
          throw MIGraphXError(.invalidFile, "two entries are called \(quoted(entry.name))")
        }
        let argument = try trace("reading entry \(quoted(entry.name))") {
          () throws(MIGraphXError) in
          let source = try entry.source(in: file)
          let argument = try NumPyFile.read(from: source)
          guard source.checksum == entry.checksum else {
            throw MIGraphXError(.invalidFile, "the bytes don't have the CRC-32 that is recorded")
          }
          return argument
        }
        result.append((name, argument))
      }
      return result
    }
  }

  /// Writes `entries` to an archive at `path` that NumPy's `load` reads.
  ///
  /// - Throws: `invalidArgument` for a name that occurs twice or is too long, `unsupported` for bfloat16
  ///   and text, `system` when the file can't be written. Then whatever stood at `path` is unchanged.
  public static func write(_ entries: [Entry], to path: String) throws(MIGraphXError) {
    try trace("writing '\(path)'") { () throws(MIGraphXError) in
      var names: Set<String> = []
      for (name, _) in entries {
        guard !name.utf8.contains(0), name.utf8.count + suffix.utf8.count <= Int(UInt16.max) else {
          throw MIGraphXError(
            .invalidArgument, "a name of \(name.utf8.count) bytes can't stand in an archive")
        }
        guard names.insert(name).inserted else {
          throw MIGraphXError(.invalidArgument, "two tensors are called \(quoted(name))")
        }
      }
      var writer = ZipWriter(try AtomicFile(path: path))
      for (name, argument) in entries {
        try trace("writing entry \(quoted(name))") { () throws(MIGraphXError) in
          let header = try NumPyHeader(for: argument).bytes
          try argument.withDenseBytes { (bytes) throws(MIGraphXError) in
            try writer.add(name + suffix, header, bytes)
          }
        }
      }
      try writer.finish()
    }
  }
}
