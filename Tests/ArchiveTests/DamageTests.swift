import Archive
import IR
import Operators
import Support
import Tensors
import Testing

struct DamageTests {
  /// What opening and reading all of a file says is wrong.
  private func message(_ bytes: [UInt8]) -> String {
    failure { () throws(MIGraphXError) in try ProgramArchive(bytes: bytes, reading).verify() }?
      .description ?? "none"
  }

  @Test(arguments: [
    ([], "invalid file: this is no .mxr file; it is empty"),
    ([0x89, 0x4d], "invalid file: this is no .mxr file"),
    (
      [0x85, 0xa7] + Array("version".utf8),
      "invalid file: this is no .mxr file; it looks like MessagePack, in which AMD MIGraphX saves programs"
    ),
    (
      [0x08, 0x08, 0x12, 0x07],
      "invalid file: this is no .mxr file; it looks like an ONNX model, which is imported and not loaded"
    ),
    (Array("PK\u{3}\u{4}".utf8), "invalid file: this is no .mxr file; it looks like a zip archive"),
    (Array("{".utf8), "invalid file: this is no .mxr file: The given data was not valid JSON"),
    (Array("{\"a\": 1}".utf8), "invalid file: this is no .mxr file: 'mxr' is missing"),
  ])
  func foreignFilesAreNamed(_ bytes: [UInt8], _ expected: String) {
    #expect(message(bytes).hasPrefix(expected), "\(message(bytes))")
  }

  @Test func everyTruncationIsFound() throws {
    let bytes = try ProgramArchive(source: Programs.symbolic()).bytes()
    for count in 0..<bytes.count {
      #expect(message(Array(bytes[..<count])).hasPrefix("invalid file: "), "\(count) bytes")
    }
    #expect(message(bytes + [0]).hasPrefix("invalid file: "))
  }

  @Test func flippedBitsAreFound() throws {
    let bytes = try ProgramArchive(source: Programs.plain()).bytes()
    var padding = 0
    for index in stride(from: 0, to: bytes.count, by: 5) {
      var changed = bytes
      changed[index] ^= 1 << (index % 8)
      if message(changed) == "none" { padding += bytes[index] == 0 ? 1 : bytes.count }
    }
    // Only the gaps in front of sections, and the unused authentication code, are covered by no digest.
    #expect(padding < (32 + 12 * 64) / 5)
  }

  @Test func flippedBitOfALiteralIsFoundByVerifying() throws {
    var main = Module()
    let value = main.addLiteral(try literal(.float, lens: [900, 1000]))
    try main.addReturn([value])
    var bytes = try ProgramArchive(source: Program(main: main)).bytes()
    let start = bytes.count - 900 * 1000 * 4
    bytes[start + 2_500_000] ^= 4
    let archive = try ProgramArchive(bytes: bytes, reading)
    let read = try archive.source()
    #expect(read.main.results.count == 1)
    let message = "chunk 2 of section literals is damaged: the contents don't fit their SHA-256"
    let error = failure { () throws(MIGraphXError) in try archive.verify() }
    #expect(error?.message == message)
    // Whoever uses the literal finds it too, each time.
    for _ in 0..<2 {
      let error = failure { () throws(MIGraphXError) in try read.verifyLiterals() }
      #expect(error?.message == message)
    }
    let saving = failure { () throws(MIGraphXError) in try ProgramArchive(source: read).bytes() }
    #expect(saving?.message == message)
  }

  @Test func onlyTheChunksOfALiteralThatIsUsedAreChecked() throws {
    var main = Module()
    let values = [
      main.addLiteral(try literal(.float, lens: [1 << 19])),
      main.addLiteral(try literal(.float, lens: [1 << 19], seed: 2)),
    ]
    try main.addReturn(values)
    var bytes = try ProgramArchive(source: Program(main: main)).bytes()
    // The second literal has the last two of the four chunks.
    bytes[bytes.count - 100] ^= 1
    let read = try ProgramArchive(bytes: bytes, reading).source().main
    let literals = read.order.compactMap { read[$0].literal?.argument.storage }
    #expect(literals.count == 2)
    try literals[0].verify()
    let error = failure { () throws(MIGraphXError) in try literals[1].verify() }
    #expect(error?.message.hasPrefix("chunk 3 of section literals is damaged") == true)
  }

  @Test func damagedRangesAreRefused() throws {
    var program = try Programs.symbolic()
    program.inputRanges = ["x": [DimensionRange(0...9)]]
    var file = RawFile(try ProgramArchive(source: program).bytes())
    let tables = String(decoding: file[RawFile.Kind.sourceTables], as: UTF8.self)
    file[RawFile.Kind.sourceTables] = Array(
      tables.replacing("\"max\":9", with: "\"max\":-9").utf8)
    let error = failure { () throws(MIGraphXError) in
      try ProgramArchive(bytes: file.bytes(), reading).source()
    }
    #expect(error?.message == "there is no size in the range [0..-9]", "\(tables)")
  }

  @Test func damagedSectionsAreNamed() throws {
    let bytes = try ProgramArchive(source: Programs.plain()).bytes()
    let text = try #require(bytes.firstRange(of: Array("module: ".utf8)))
    var changed = bytes
    changed[text.lowerBound] ^= 1
    #expect(message(changed).contains("section sourceText is damaged"))
    changed = bytes
    changed[20] ^= 1
    #expect(message(changed).hasPrefix("invalid file: "))
    let table = (16 + Int(number(bytes, 12, 4)) + 63) / 64 * 64
    changed = bytes
    changed[table + 16 + 30] ^= 1
    #expect(message(changed).contains("the header or table is damaged"))
  }

  @Test func lengthsAreNotTrusted() throws {
    let file = RawFile(try ProgramArchive(source: Programs.plain()).bytes())
    let huge: [UInt64] = [.max, 1 << 63, 1 << 62, 1 << 40, 1 << 31, 1 << 20]
    let entries = file.sections.indices.map { 16 + $0 * 56 }
    let places = [0, 8] + entries.map { $0 + 8 } + entries.map { $0 + 16 }
    for value in huge {
      for offset in places {
        let bytes = file.bytes { table in
          table.replaceSubrange(offset..<offset + 8, with: littleEndian(value, 8))
        }
        #expect(message(bytes).hasPrefix("invalid file: "), "\(value) at \(offset)")
      }
      var header = file
      header.header = Array("{}".utf8)
      var bytes = header.bytes()
      bytes.replaceSubrange(12..<16, with: littleEndian(value >> 32 | 0x7fff_ffff, 4))
      #expect(message(bytes).contains("the header should have"))
    }
  }

  @Test func regionsMustLieInTheirSections() throws {
    var file = RawFile(try ProgramArchive(source: Programs.plain()).bytes())
    for (table, expected) in [
      (
        "{\"regions\": [{\"place\": \"large\", \"offset\": 64, \"count\": 9600}]}",
        "bytes 0 to 9600"
      ),
      (
        "{\"regions\": [{\"place\": \"small\", \"offset\": -64, \"count\": 1}]}",
        "1 bytes from byte -64"
      ),
      ("{\"regions\": [{\"place\": \"large\", \"offset\": 0, \"count\": -1}]}", "-1 bytes from"),
      ("{\"regions\": [{\"place\": \"large\", \"offset\": 1, \"count\": 1}]}", "from byte 1;"),
      ("{\"regions\": []}", "region 0 of the literals is needed; there are 0"),
      (
        "{\"regions\": [{\"place\": \"large\", \"offset\": 0, \"count\": 9599}]}",
        "reaches outside of its memory of 9599 bytes"
      ),
      (
        "{\"regions\": [{\"place\": \"huge\", \"offset\": 0, \"count\": 1}]}",
        "at 'regions.0.place'"
      ),
      ("{}", "'regions' is missing"),
    ] {
      file[RawFile.Kind.literalTable] = Array(table.utf8)
      let message = message(file.bytes())
      #expect(message.contains(expected), "\(message)")
    }
  }

  @Test func sectionsMustBeThere() throws {
    let file = RawFile(try ProgramArchive(source: Programs.plain()).bytes())
    for index in file.sections.indices {
      var changed = file
      changed.sections.remove(at: index)
      #expect(message(changed.bytes()) != "none", "section \(file.sections[index].kind)")
    }
    var changed = file
    changed.sections.append(changed.sections[0])
    #expect(message(changed.bytes()).contains("section 1 is unknown or there twice"))
    changed.sections[0].kind = 99
    #expect(message(changed.bytes()).contains("section 99 is unknown or there twice"))
  }

  @Test func nestedJSONEnds() throws {
    let deep = String(repeating: "[", count: 1 << 20)
    #expect(message(Array("{\"mxr\": \(deep)".utf8)).hasPrefix("invalid file: "))
    var file = RawFile(try ProgramArchive(source: Programs.plain()).bytes())
    file[RawFile.Kind.sourceTables] = Array(deep.utf8)
    #expect(message(file.bytes()).hasPrefix("invalid file: "))
  }
}
