import Support
import Tensors

/// The form of a file.
public enum ArchiveFormat: Sendable {
  /// Compact, with literals that are mapped and not read when the file is opened.
  case binary
  /// Text, for people and other programs. It has no machine code and can't be encrypted.
  case json
}

/// All that goes into a file, in either form.
struct ArchiveContents {
  /// A tensor as it is stored in a file of its own.
  struct Tensor: Codable {
    let type: String
    let lens: [Int]
    let strides: [Int]
    let elements: LiteralReference
  }

  var header: ArchiveHeader
  var source: ProgramRecord?
  var compiled: ProgramRecord?
  var tensor: Tensor?
  var regions: [LiteralRegion] = []
  var plan: [UInt8]?
  var machineCode: [UInt8]?
  var tuning: [UInt8]?

  /// What writes the binary form.
  func writer() throws(MIGraphXError) -> ContainerWriter {
    var writer = ContainerWriter(header)
    if let source {
      writer.add(.sourceText, Array(source.text.utf8))
      writer.add(.sourceTables, try JSON.bytes(of: source.tables))
    }
    if let compiled {
      writer.add(.compiledText, Array(compiled.text.utf8))
      writer.add(.compiledTables, try JSON.bytes(of: compiled.tables))
    }
    if let tensor { writer.add(.tensor, try JSON.bytes(of: tensor)) }
    if let plan { writer.add(.plan, plan) }
    if let machineCode { writer.add(.machineCode, machineCode) }
    if let tuning { writer.add(.tuning, tuning) }
    try writer.add(LiteralLayout(regions))
    return writer
  }

  /// Writes a file.
  ///
  /// - Throws: `invalidArgument` for a key of a wrong size or for the JSON form, and what writing throws.
  func write(
    to sink: inout some ByteSink, _ format: ArchiveFormat, key: [UInt8]?, codeKey: CodeKey?
  ) throws(MIGraphXError) {
    switch format {
    case .json:
      guard key == nil else {
        throw MIGraphXError(.invalidArgument, "the JSON form can't be encrypted")
      }
      try sink.write(try JSONForm(self).bytes())
    case .binary:
      var encryptionKey: EncryptionKey?
      if let key { encryptionKey = try EncryptionKey(key) }
      try writer().write(
        to: &sink, key: encryptionKey, codeKey: machineCode == nil ? nil : codeKey)
    }
  }

  /// Opens a file of either form.
  ///
  /// - Throws: see ``Container/init(_:_:key:)``.
  static func open(
    _ file: MappedFile, _ kind: ArchiveHeader.Kind, key: [UInt8]?
  ) throws(MIGraphXError) -> Container {
    var encryptionKey: EncryptionKey?
    if let key { encryptionKey = try EncryptionKey(key) }
    guard JSONForm.isLikely(file) else {
      return try Container(file, kind, key: encryptionKey)
    }
    try JSONForm.header(file).check(kind)
    var sink = MemorySink()
    try JSONForm.contents(file).writer().write(to: &sink, key: nil)
    let binary = try MappedFile(bytes: sink.bytes, name: file.path)
    return try Container(binary, kind, key: encryptionKey)
  }
}

extension Container {
  /// The literals of the file.
  ///
  /// - Throws: `invalidFile` when their table is damaged.
  func literalStore() throws(MIGraphXError) -> LiteralStore {
    try LiteralStore(
      JSON.value(LiteralTable.self, from: bytes(.literalTable)), small: bytes(.smallLiterals),
      file: file, large: range(.literals), literalChunks())
  }

  /// A stored program.
  ///
  /// - Throws: `invalidFile` when it is damaged.
  func record(
    _ text: SectionKind, _ tables: SectionKind
  ) throws(MIGraphXError) -> ProgramRecord {
    guard let text = String(validating: try bytes(text), as: UTF8.self) else {
      throw MIGraphXError(.invalidFile, "the program's text is not UTF-8")
    }
    return ProgramRecord(
      text: text, tables: try JSON.value(ProgramRecord.Tables.self, from: bytes(tables)))
  }
}
