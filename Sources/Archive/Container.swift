import Crypto
import Support

/// A file of the binary form that was opened: its sections, by kind.
struct Container: Sendable {
  let header: ArchiveHeader
  /// The digest that covers the header, and the digests of all sections.
  let root: [UInt8]
  /// What authenticates the root; zeros if nothing does.
  let tag: [UInt8]
  /// The file, or its decrypted payload.
  let file: MappedFile
  private let table: SectionTable
  /// Where in `file` the payload begins.
  private let start: Int

  /// Opens `file`, which must hold what `kind` says.
  ///
  /// Reads its header and table. Sections are checked when they are read; see also ``verify()``.
  ///
  /// - Throws: `invalidFile` when it is no `.mxr` file, damaged or of another kind, `unsupported` when it is of
  ///   another version, `invalidArgument` when the key doesn't fit.
  init(
    _ file: MappedFile, _ kind: ArchiveHeader.Kind, key: EncryptionKey?
  ) throws(MIGraphXError) {
    let prefix = try Prefix(file)
    try prefix.header.check(kind)
    header = prefix.header
    switch (header.encryption, key) {
    case (nil, nil):
      self.file = file
      start = prefix.bytes.count
    case (EncryptionKey.method, let key?):
      self.file = try key.decrypt(file, prefix)
      start = 0
    case (EncryptionKey.method, nil):
      throw MIGraphXError(.invalidArgument, "the file is encrypted; a key is needed")
    case (nil, _):
      throw MIGraphXError(.invalidArgument, "a key is given, but the file is not encrypted")
    case (let method?, _):
      throw MIGraphXError(.unsupported, "the file is encrypted by an unknown method, '\(method)'")
    }
    (table, root, tag) = try SectionTable.read(self.file, start..<self.file.count)
    guard table.root(prefix) == root else { throw Container.damaged("the header or table") }
  }

  /// Whether the file has a section.
  func has(_ kind: SectionKind) -> Bool { table.entries.contains { $0.kind == kind } }

  /// Where in ``file`` a section lies; empty if there is none.
  func range(_ kind: SectionKind) -> Range<Int> {
    guard let entry = table.entries.first(where: { $0.kind == kind }) else { return start..<start }
    return start + entry.range.lowerBound..<start + entry.range.upperBound
  }

  /// A copy of a section, empty if there is none.
  ///
  /// - Throws: `invalidFile` when it is damaged.
  func bytes(_ kind: SectionKind) throws(MIGraphXError) -> [UInt8] {
    guard let entry = table.entries.first(where: { $0.kind == kind }) else { return [] }
    // What is checked must be what is used, even if somebody writes to the file meanwhile.
    let bytes = try file.bytes(range(kind))
    guard SHA256.digest(bytes) == entry.digest else {
      throw Container.damaged("section \(kind)")
    }
    return bytes
  }

  /// Checks every byte of every section.
  ///
  /// - Throws: `invalidFile` naming the first section that is damaged.
  func verify() throws(MIGraphXError) {
    for entry in table.entries where entry.kind != .literals { _ = try bytes(entry.kind) }
    try literalChunks().verify(0..<range(.literals).count)
  }

  /// The chunks of the literals, with what they must hold.
  ///
  /// - Throws: `invalidFile` when the digests are damaged.
  func literalChunks() throws(MIGraphXError) -> LiteralChunks {
    guard let literals = table.entries.first(where: { $0.kind == .literals }) else {
      return LiteralChunks(file, start..<start, digests: [])
    }
    let digests = try bytes(.literalDigests)
    let range = range(.literals)
    guard digests.count == MXR.chunkCount(range.count) * SHA256.byteCountOfDigest,
      SHA256.digest(digests) == literals.digest
    else { throw Container.damaged("section \(SectionKind.literalDigests)") }
    return LiteralChunks(file, range, digests: digests)
  }

  static func damaged(_ what: String) -> MIGraphXError {
    MIGraphXError(.invalidFile, "\(what) is damaged: the contents don't fit their SHA-256")
  }
}
