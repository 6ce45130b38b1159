import Support

/// The part of a file that every version begins with: the magic, the version, and the header.
struct Prefix {
  let header: ArchiveHeader
  /// The part itself, up to where the payload begins.
  let bytes: [UInt8]

  /// Makes the prefix of a new file.
  init(_ header: ArchiveHeader) throws(MIGraphXError) {
    self.header = header
    let text = try JSON.bytes(of: header)
    guard text.count <= MXR.maximumHeaderSize else {
      throw MIGraphXError(
        .limitExceeded,
        "names and types of inputs and outputs take \(text.count) bytes; "
          + "\(MXR.maximumHeaderSize) are possible")
    }
    var bytes = MXR.magic
    bytes.append(littleEndian: UInt32(header.version))
    bytes.append(littleEndian: UInt32(text.count))
    bytes += text
    bytes.pad()
    self.bytes = bytes
  }

  /// Reads the prefix of `file`. Of one of another version only the part that can be understood counts.
  ///
  /// - Throws: `invalidFile` when it is no `.mxr` file.
  init(_ file: MappedFile) throws(MIGraphXError) {
    let start = try file.bytes(0..<min(file.count, MXR.prefixSize))
    guard start.starts(with: MXR.magic) else {
      throw MIGraphXError(.invalidFile, "this is no .mxr file\(Prefix.guess(start))")
    }
    var reader = ByteReader(start)
    _ = try reader.take(MXR.magic.count)
    let version = try reader.uint32()
    let count = Int(try reader.uint32())
    let limit = min(MXR.maximumHeaderSize, file.count - MXR.prefixSize)
    guard count <= limit else {
      throw MIGraphXError(
        .invalidFile, "the header should have \(count) bytes; at most \(limit) are possible")
    }
    let end = MXR.prefixSize + count
    let text = try file.bytes(MXR.prefixSize..<end)
    var header = ArchiveHeader()
    do throws(MIGraphXError) {
      header = try JSON.value(ArchiveHeader.self, from: text)
    } catch {
      guard version != MXR.version else { throw error.during("reading the header") }
    }
    header.version = Int(version)
    self.header = header
    bytes = try file.bytes(0..<min(file.count, end + MXR.padding(after: end)))
  }

  /// What a file that begins like this may be.
  private static func guess(_ start: [UInt8]) -> String {
    guard let first = start.first else { return "; it is empty" }
    switch (first, start.dropFirst().first) {
    case (MXR.magic[0], MXR.magic[1]), (MXR.magic[0], nil):
      return "; it begins like one, but is cut off or was converted as if it were text"
    case (0x80...0x8f, _), (0xde, _), (0xdf, _):
      return
        "; it looks like MessagePack, in which AMD MIGraphX saves programs. Those can't be loaded here: "
        + "import the ONNX model that they were made of"
    case (0x08, _):
      return "; it looks like an ONNX model, which is imported and not loaded"
    case (UInt8(ascii: "P"), UInt8(ascii: "K")): return "; it looks like a zip archive"
    case (0x93, UInt8(ascii: "N")): return "; it looks like a NumPy file"
    default: return ""
    }
  }
}

extension ArchiveHeader {
  /// Checks that the file can be read.
  ///
  /// - Throws: `unsupported` for a file of another version, `invalidFile` when it holds something else
  ///   than `kind`.
  func check(_ kind: Kind) throws(MIGraphXError) {
    guard version == MXR.version else {
      let writer = systemVersion.isEmpty ? "" : " by MIGraphX \(systemVersion)"
      throw MIGraphXError(
        .unsupported,
        "the file was made with MXR version \(version)\(writer); "
          + "version \(MXR.version) is supported")
    }
    guard self.kind == kind else {
      throw MIGraphXError(
        .invalidFile, "the file holds kind '\(self.kind.rawValue)'; '\(kind.rawValue)' is needed")
    }
  }
}
