import Foundation
import Support
import Testing

@Suite struct MappedFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func givesTheBytesOfAFile() throws {
    let bytes = pattern(10_000)
    let file = try MappedFile(path: try folder.write(bytes, to: "data"))
    #expect(file.count == 10_000)
    #expect(try file.bytes(0..<10_000) == bytes)
    #expect(try file.bytes(4_095..<4_097) == Array(bytes[4_095..<4_097]))
    #expect(file.withSpan { $0[9_999] } == bytes[9_999])
  }

  @Test func acceptsEmptyFilesAndBuffers() throws {
    let file = try MappedFile(path: try folder.write([], to: "empty"))
    #expect(file.count == 0)
    #expect(try file.bytes(0..<0) == [])
    #expect(file.withSpan { $0.count } == 0)
    #expect(try MappedFile(bytes: []).count == 0)
  }

  @Test func copiesABuffer() throws {
    let file = try MappedFile(bytes: pattern(5_000), name: "weights")
    #expect(file.path == "weights")
    #expect(try file.bytes(0..<5_000) == pattern(5_000))
  }

  @Test(arguments: [-1..<2, 3..<11, 11..<11])
  func refusesRangesBeyondTheFile(_ range: Range<Int>) throws {
    let file = try MappedFile(bytes: pattern(10))
    expectError(.invalidArgument, "10") { _ = try file.bytes(range) }
  }

  @Test func refusesWhatIsNoFile() throws {
    expectError(.system, "absent", "No such file") {
      _ = try MappedFile(path: "\(folder.path)/absent")
    }
    expectError(.invalidFile, "directory") { _ = try MappedFile(path: folder.path) }
    expectError(.invalidFile, "device") { _ = try MappedFile(path: "/dev/null") }
    let path = try folder.write([1], to: "cut")
    expectError(.invalidArgument, "zero") { _ = try MappedFile(path: "\(path)\0rest") }
  }

  @Test(.timeLimit(.minutes(1)))
  func doesNotWaitForAPipe() throws {
    let path = "\(folder.path)/pipe"
    try #require(makePipe(path))
    expectError(.invalidFile, "pipe") { _ = try MappedFile(path: path) }
  }
}
