import Foundation
import Support
import Testing

@Suite("Atomic files")
final class AtomicFileTests {
  private let folder = NSTemporaryDirectory() + "atomic-files-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func contents() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
  }

  @Test("A file appears when it is committed, and only then")
  func commit() throws {
    do {
      let dropped = try AtomicFile(path: folder + "/a")
      try dropped.write("one")
    }
    #expect(try contents() == [])
    let file = try AtomicFile(path: folder + "/a")
    try file.write("one")
    #expect(!FileManager.default.fileExists(atPath: folder + "/a"))
    try file.commit()
    #expect(try contents() == ["a"])
    #expect(try String(contentsOfFile: folder + "/a", encoding: .utf8) == "one")
  }

  @Test("A check changes nothing, and finds what can't be written")
  func check() throws {
    try AtomicFile.check(path: folder + "/a")
    #expect(try contents() == [])
    try Data("kept".utf8).write(to: URL(fileURLWithPath: folder + "/a"))
    try AtomicFile.check(path: folder + "/a")
    #expect(try String(contentsOfFile: folder + "/a", encoding: .utf8) == "kept")
    #expect(throws: MIGraphXError.self) { try AtomicFile.check(path: folder + "/none/a") }
    #expect(throws: MIGraphXError.self) { try AtomicFile.check(path: folder) }
    #expect(throws: MIGraphXError.self) { try AtomicFile.check(path: "a\0b") }
  }

  @Test("A check doesn't wait for who reads a pipe", .timeLimit(.minutes(1)))
  func pipe() throws {
    try #require(unsafe mkfifo(folder + "/pipe", 0o600) == 0)
    try AtomicFile.check(path: folder + "/pipe")
  }
}
