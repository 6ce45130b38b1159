import NumPyFiles
import Support
import Tensors
import Testing

@Suite("NumPy archives")
struct NumPyArchiveTests {
  @Test("Archives of NumPy read, deflated and stored")
  func archives() throws {
    let deflated = try NumPyArchive.read(MappedFile(bytes: Archives.deflated))
    #expect(deflated.map(\.name) == ["a", "b/é"])
    #expect(deflated[0].argument.lens == [4, 16])
    #expect(deflated[0].argument.elements(as: Int32.self) == Array(0..<64))
    #expect(deflated[1].argument.elements(as: Double.self) == [1.5, -2])

    let stored = try NumPyArchive.read(MappedFile(bytes: Archives.stored))
    #expect(stored.map(\.name) == ["f", "s"])
    #expect(stored[0].argument.elements(as: Int16.self) == [1, 2, 3, 4, 5, 6])
    #expect(stored[1].argument.lens == [])
    #expect(stored[1].argument.elements(as: UInt8.self) == [7])
  }

  @Test("What is written reads back")
  func roundTrip() throws {
    let folder = try Folder()
    let path = "\(folder.path)/x.npz"
    try NumPyArchive.write([], to: path)
    #expect(try NumPyArchive.read(path).isEmpty)
    let first = try Argument([1, 2, 3] as [Int64], lens: [3])
    let second = try generateArgument(Shape(.half, lens: [100, 400]))
    try NumPyArchive.write([("onnx::x/0", first), ("né", second)], to: path)
    let entries = try NumPyArchive.read(path)
    #expect(entries.map(\.name) == ["onnx::x/0", "né"])
    #expect(entries[0].argument.elements(as: Int64.self) == [1, 2, 3])
    #expect(
      entries[1].argument.elements(as: Float16.self) == second.elements(as: Float16.self))
    #expect(folder.names == ["x.npz"])
  }

  @Test("More entries than 16 bits count")
  func manyEntries() throws {
    let folder = try Folder()
    let path = "\(folder.path)/x.npz"
    let argument = try Argument([1] as [UInt8], lens: [])
    try NumPyArchive.write((0..<65_537).map { ("\($0)", argument) }, to: path)
    #expect(try NumPyArchive.read(path).count == 65_537)
  }

  @Test("Names that occur twice are refused, and an older file stays")
  func refusedNames() throws {
    let folder = try Folder()
    let path = "\(folder.path)/x.npz"
    let argument = try Argument([1] as [UInt8], lens: [])
    try NumPyArchive.write([("a", argument)], to: path)
    for entries in [
      [("a", argument), ("a", argument)],
      [("b", argument), ("c", try Argument(strings: [], lens: [0]))],
      [(String(repeating: "n", count: 65_533), argument)],
    ] {
      #expect(throws: MIGraphXError.self) { try NumPyArchive.write(entries, to: path) }
    }
    #expect(folder.names == ["x.npz"])
    #expect(try NumPyArchive.read(path).map(\.name) == ["a"])
  }

  @Test("Every truncation is refused", arguments: [Archives.deflated, Archives.stored])
  func truncated(_ archive: [UInt8]) throws {
    for count in 0..<archive.count {
      #expect(try archiveFailure(Array(archive[..<count])) == .invalidFile, "\(count)")
    }
  }

  @Test("No damaged byte traps, and none in the data goes unseen", arguments: [true, false])
  func damaged(_ isDeflated: Bool) throws {
    let archive = isDeflated ? Archives.deflated : Archives.stored
    for position in archive.indices {
      for change: UInt8 in [1, 0x80, 0xFF] {
        var copy = archive
        copy[position] ^= change
        _ = try archiveFailure(copy)
      }
    }
    // The local header has 30 bytes, a name of 5 and an extra field of 20 bytes.
    for position in 55..<80 {
      var copy = archive
      copy[position] ^= 1
      #expect(try archiveFailure(copy) != nil, "\(position)")
    }
  }

  @Test("Claims of size that the archive can't hold are refused before memory is taken")
  func bombs() throws {
    let archive = Archives.deflated
    let directory = try #require(
      archive.indices.dropLast(4).first {
        Array(archive[$0..<$0 + 4]) == [0x50, 0x4B, 1, 2]
      })
    for size: [UInt8] in [[0xFF, 0xFF, 0xFF, 0x7F], [0xFE, 0xFF, 0xFF, 0xFF]] {
      var copy = archive
      copy.replaceSubrange(directory + 24..<directory + 28, with: size)
      #expect(try archiveFailure(copy) == .invalidFile)
    }
    // One byte more or less than the data inflate to.
    for change in [-1, 1] {
      var copy = archive
      copy[directory + 24] = UInt8(Int(copy[directory + 24]) + change)
      #expect(try archiveFailure(copy) == .invalidFile)
    }
    var encrypted = archive
    encrypted[directory + 8] |= 1
    #expect(try archiveFailure(encrypted) == .unsupported)
    var packed = archive
    packed[directory + 10] = 12
    #expect(try archiveFailure(packed) == .unsupported)
  }
}
