import Crypto
import Support

@testable import Archive

/// A file of the binary form, taken apart and put together by what the documentation says about the format.
struct RawFile {
  /// Numbers of sections, as in the documentation's table.
  enum Kind {
    static let sourceText: UInt32 = 1
    static let sourceTables: UInt32 = 2
    static let compiledText: UInt32 = 3
    static let literalTable: UInt32 = 5
    static let literals: UInt32 = 7
    static let digests: UInt32 = 8
    static let machineCode: UInt32 = 10
    static let tensor: UInt32 = 12
  }

  struct Section {
    var kind: UInt32
    var bytes: [UInt8]
  }

  var version: UInt32 = 1
  var header: [UInt8]
  var sections: [Section]
  var tag: [UInt8]

  init(_ file: [UInt8]) {
    header = Array(file[16..<16 + Int(number(file, 12, 4))])
    let start = (16 + header.count + 63) / 64 * 64
    let count = Int(number(file, start, 4))
    sections = (0..<count).map { index in
      let entry = start + 16 + index * 56
      let (offset, size) = (Int(number(file, entry + 8, 8)), Int(number(file, entry + 16, 8)))
      return Section(
        kind: UInt32(number(file, entry, 4)),
        bytes: Array(file[start + offset..<start + offset + size]))
    }
    let end = start + 16 + count * 56 + 32
    tag = Array(file[end..<end + 32])
  }

  /// The section of a kind; empty bytes replace one that is missing.
  subscript(kind: UInt32) -> [UInt8] {
    get { sections.first { $0.kind == kind }?.bytes ?? [] }
    set {
      if let index = sections.firstIndex(where: { $0.kind == kind }) {
        sections[index].bytes = newValue
      } else {
        sections.append(Section(kind: kind, bytes: newValue))
      }
    }
  }

  /// The part in front of the payload.
  var prefix: [UInt8] {
    var bytes: [UInt8] = [0x89] + Array("MXR\r\n".utf8) + [0x1a, 0x0a]
    bytes += littleEndian(UInt64(version), 4) + littleEndian(UInt64(header.count), 4) + header
    return bytes + [UInt8](repeating: 0, count: (64 - bytes.count % 64) % 64)
  }

  /// The payload with all digests computed anew, except those of literals if they are not to be.
  ///
  /// - Parameters:
  ///   - literalCount: the size that the table gives for the literals.
  ///   - changeTable: changes the table before its digest is taken.
  func payload(
    renewsLiteralDigests: Bool = true, literalCount: Int? = nil,
    changeTable: (inout [UInt8]) -> Void = { _ in }
  ) -> [UInt8] {
    var sections = sections
    if renewsLiteralDigests, let index = sections.firstIndex(where: { $0.kind == Kind.digests }) {
      let literals = self[Kind.literals]
      sections[index].bytes = stride(from: 0, to: literals.count, by: 1 << 20).flatMap {
        Array(SHA256.hash(data: literals[$0..<min($0 + 1 << 20, literals.count)]))
      }
    }
    let digests = sections.first { $0.kind == Kind.digests }?.bytes ?? []
    var body: [UInt8] = []
    var table: [UInt8] = []
    let tableSize = 16 + sections.count * 56 + 64
    var end = tableSize
    for section in sections {
      let start = (end + 63) / 64 * 64
      body += [UInt8](repeating: 0, count: start - end) + section.bytes
      let isLiterals = section.kind == Kind.literals
      let count = isLiterals ? literalCount ?? section.bytes.count : section.bytes.count
      table += littleEndian(UInt64(section.kind), 8) + littleEndian(UInt64(start), 8)
      table += littleEndian(UInt64(count), 8)
      table += Array(SHA256.hash(data: isLiterals ? digests : section.bytes))
      end = start + count
    }
    table = littleEndian(UInt64(sections.count), 8) + littleEndian(UInt64(end), 8) + table
    changeTable(&table)
    return table + Array(SHA256.hash(data: prefix + table)) + tag + body
  }

  /// The file. See ``payload(renewsLiteralDigests:literalCount:changeTable:)``.
  func bytes(
    renewsLiteralDigests: Bool = true, literalCount: Int? = nil,
    changeTable: (inout [UInt8]) -> Void = { _ in }
  ) -> [UInt8] {
    prefix
      + payload(
        renewsLiteralDigests: renewsLiteralDigests, literalCount: literalCount,
        changeTable: changeTable)
  }

  /// The file, encrypted.
  func encrypted(_ key: [UInt8]) throws -> [UInt8] {
    var header = try JSON.value(ArchiveHeader.self, from: header)
    header.encryption = EncryptionKey.method
    let prefix = try Prefix(header)
    var file = self
    file.header = try JSON.bytes(of: header)
    let payload = file.payload()
    var sink = EncryptingSink(
      MemorySink(), try EncryptionKey(key), prefix, identity: payload, count: payload.count)
    try sink.begin()
    try sink.write(payload)
    try sink.finish()
    return prefix.bytes + sink.base.bytes
  }
}

/// The little-endian number of `count` bytes at `offset`.
func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
  bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
}

/// The `count` lowest bytes of `value`, lowest first.
func littleEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}
