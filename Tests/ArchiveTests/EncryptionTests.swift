import Archive
import IR
import Operators
import Support
import Tensors
import Testing

struct EncryptionTests {
  private static let chunk = 1 << 20 + 16

  /// A file of several chunks.
  private func file(_ key: [UInt8]?) throws -> [UInt8] {
    var main = Module()
    let value = main.addLiteral(try literal(.float, lens: [900, 1000]))
    try main.addReturn([value])
    return try ProgramArchive(source: Program(main: main, metadata: [("secret", "word")])).bytes(
      key: key)
  }

  private func failureOf(_ bytes: [UInt8], _ key: [UInt8]?) -> MIGraphXError? {
    failure { () throws(MIGraphXError) in
      try ProgramArchive(bytes: bytes, ArchiveReading(registry: .standard, key: key)).verify()
    }
  }

  /// Where the chunks begin.
  private func start(_ bytes: [UInt8]) -> Int {
    (16 + Int(number(bytes, 12, 4)) + 63) / 64 * 64 + 56
  }

  @Test(arguments: [16, 24, 32]) func programsComeBack(_ size: Int) throws {
    let key = (0..<size).map { UInt8($0 * 3) }
    let program = try Programs.plain()
    let bytes = try ProgramArchive(source: program).bytes(key: key)
    #expect(bytes.firstRange(of: Array("module: ".utf8)) == nil)
    #expect(bytes.firstRange(of: Array("author".utf8)) == nil)
    let archive = try ProgramArchive(bytes: bytes, ArchiveReading(registry: .standard, key: key))
    try archive.verify()
    try expectSame(program, archive.source())
    #expect(failureOf(try file(key), key) == nil, "several chunks")
  }

  @Test func wrongKeysAreTold() throws {
    let key = [UInt8](repeating: 5, count: 32)
    let bytes = try file(key)
    for other in [[UInt8](repeating: 6, count: 32), [UInt8](repeating: 5, count: 16)] {
      let error = failureOf(bytes, other)
      #expect(error?.code == .invalidArgument)
      #expect(error?.message == "the file is encrypted with another key")
    }
    #expect(failureOf(bytes, nil)?.message == "the file is encrypted; a key is needed")
    #expect(
      failureOf(try file(nil), key)?.message == "a key is given, but the file is not encrypted")
    for count in [0, 1, 15, 17, 31, 33, 64] {
      let error = failureOf(bytes, [UInt8](repeating: 5, count: count))
      #expect(error?.message == "a key of \(count) bytes is given; 16, 24 or 32 are needed")
    }
    let json = failure { () throws(MIGraphXError) in
      try ProgramArchive(source: Program()).bytes(format: .json, key: key)
    }
    #expect(json?.message == "the JSON form can't be encrypted")
  }

  @Test func chunksKeepTheirPlaces() throws {
    let key = [UInt8](repeating: 5, count: 32)
    let bytes = try file(key)
    let first = start(bytes)
    let (a, b) = (first..<first + Self.chunk, first + Self.chunk..<first + 2 * Self.chunk)
    var swapped = bytes
    swapped.replaceSubrange(a, with: bytes[b])
    swapped.replaceSubrange(b, with: bytes[a])
    #expect(failureOf(swapped, key)?.message.contains("encrypted chunk 0 is damaged") == true)
    for removed in [a, b, bytes.count - 1..<bytes.count, first..<bytes.count] {
      var shorter = bytes
      shorter.removeSubrange(removed)
      let error = failureOf(shorter, key)
      #expect(error?.code == .invalidFile)
      #expect(error?.message.contains("encrypted bytes are there; there should be") == true)
      // Even if the size is made to fit.
      guard removed.count == Self.chunk else { continue }
      let size = first - 8..<first
      let count = number(bytes, size.lowerBound, 8) - 1 << 20
      shorter.replaceSubrange(size, with: littleEndian(count, 8))
      #expect(failureOf(shorter, key)?.message.contains("encrypted chunk 0 is damaged") == true)
    }
  }

  @Test func chunksBelongToTheirFile() throws {
    let key = [UInt8](repeating: 5, count: 32)
    let bytes = try file(key)
    var other = try ProgramArchive(
      source: ProgramArchive(bytes: file(nil), reading).source(),
      compiled: CompiledPart(target: "ref", program: Program())
    ).bytes(key: key)
    let (first, second) = (start(bytes), start(other))
    other.replaceSubrange(second..<second + Self.chunk, with: bytes[first..<first + Self.chunk])
    #expect(failureOf(other, key)?.message.contains("encrypted chunk 0 is damaged") == true)
    // The header is not encrypted, and yet can't be changed.
    var changed = bytes
    let name = try #require(changed.firstRange(of: Array("output_0".utf8)))
    changed[name.lowerBound] ^= 1
    #expect(failureOf(changed, key)?.message.contains("encrypted chunk 0 is damaged") == true)
  }
}
