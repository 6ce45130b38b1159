import Crypto
import Support

/// A file of the binary form that is to be written.
struct ContainerWriter {
  private enum Contents {
    case bytes([UInt8])
    case literals(LiteralLayout)

    var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .literals(let layout): layout.largeCount
      }
    }
  }

  private var header: ArchiveHeader
  private var sections: [(kind: SectionKind, contents: Contents, digest: [UInt8])] = []

  init(_ header: ArchiveHeader) { self.header = header }

  /// Adds a section.
  mutating func add(_ kind: SectionKind, _ bytes: [UInt8]) {
    sections.append((kind, .bytes(bytes), SHA256.digest(bytes)))
  }

  /// Adds the sections of literals.
  mutating func add(_ layout: LiteralLayout) throws(MIGraphXError) {
    add(.literalTable, try JSON.bytes(of: layout.table))
    add(.smallLiterals, layout.small)
    let digests = layout.digests
    add(.literalDigests, digests)
    sections.append((.literals, .literals(layout), SHA256.digest(digests)))
  }

  /// Writes the file.
  ///
  /// - Parameters:
  ///   - key: encrypts everything behind the header.
  ///   - codeKey: authenticates the root digest; nothing does if nil.
  /// - Throws: what making the code and writing throw.
  func write(
    to sink: inout some ByteSink, key: EncryptionKey?, codeKey: CodeKey? = nil
  ) throws(MIGraphXError) {
    var header = header
    header.encryption = key.map { _ in EncryptionKey.method }
    let prefix = try Prefix(header)
    var end = SectionTable.byteCount(sections.count)
    var table = SectionTable(entries: [], payloadCount: 0)
    for (kind, contents, digest) in sections {
      let start = end + MXR.padding(after: end)
      end = start + contents.count
      table.entries.append(.init(kind: kind, range: start..<end, digest: digest))
    }
    table.payloadCount = end
    let root = table.root(prefix)
    let tag = try codeKey?.tag(root) ?? CodeKey.noTag
    let start = table.body + root + tag
    try sink.write(prefix.bytes)
    if let key {
      var encrypted = EncryptingSink(sink, key, prefix, identity: root + tag, count: end)
      try encrypted.begin()
      try write(start, table, to: &encrypted)
      try encrypted.finish()
      sink = encrypted.base
    } else {
      try write(start, table, to: &sink)
    }
  }

  private func write(
    _ start: [UInt8], _ table: SectionTable, to sink: inout some ByteSink
  ) throws(MIGraphXError) {
    try sink.write(start)
    var position = start.count
    for (entry, section) in zip(table.entries, sections) {
      try sink.writeZeros(entry.range.lowerBound - position)
      switch section.contents {
      case .bytes(let bytes): try sink.write(bytes)
      case .literals(let layout):
        try layout.withBytes(0..<layout.largeCount) { (bytes) throws(MIGraphXError) in
          try sink.write(bytes)
        }
      }
      position = entry.range.upperBound
    }
  }
}
