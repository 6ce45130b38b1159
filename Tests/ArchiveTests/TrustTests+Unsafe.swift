import Archive
import Glibc
import IR
import Support
import Tensors
import Testing

struct TrustTests {
  private let folder: Folder
  private let key: CodeKey
  init() throws {
    folder = try Folder()
    key = .file("\(folder.path)/code.key")
  }

  private func file(_ key: CodeKey) throws -> [UInt8] {
    let program = try Programs.plain()
    let part = CompiledPart(
      target: "cpu", program: program,
      code: MachineCode(cpuFeatures: "avx2 fma", bytes: Array("machine code".utf8)))
    return try ProgramArchive(source: program, compiled: part).bytes(codeKey: key)
  }

  /// The compiled part as it is read here.
  private func part(
    _ bytes: [UInt8], _ key: CodeKey, features: String = "sse2,avx2,fma", trustsCode: Bool = false
  ) throws -> CompiledPart {
    var reading = reading
    reading.codeKey = key
    reading.cpuFeatures = features
    reading.trustsCode = trustsCode
    let part = try #require(try ProgramArchive(bytes: bytes, reading).compiled())
    #expect(part.program.main.count == 8, "the program is there whatever becomes of the code")
    return part
  }

  @Test func ownFilesAreTrusted() throws {
    let part = try part(file(key), key)
    #expect(part.code?.bytes == Array("machine code".utf8))
    #expect(part.code?.cpuFeatures == "avx2 fma" && part.codeRefusal == nil)
    #expect(permissions("\(folder.path)/code.key") == 0o600)
    #expect(folder.names == ["code.key"])
    #expect(try self.part(file(key), .file("\(folder.path)/code.key")).code != nil)
  }

  @Test func changedCodeIsWithheld() throws {
    let bytes = try file(key)
    var raw = RawFile(bytes)
    #expect(raw.bytes() == bytes)
    raw[RawFile.Kind.machineCode][0] ^= 1
    let changed = try part(raw.bytes(), key)
    #expect(changed.code == nil)
    #expect(changed.codeRefusal == "it is authenticated with another key, or was changed")
    // The code is right, but belongs to another program.
    raw = RawFile(bytes)
    let other = RawFile(try ProgramArchive(source: Programs.symbolic()).bytes())
    raw[RawFile.Kind.sourceText] = other[RawFile.Kind.sourceText]
    #expect(try part(raw.bytes(), key).code == nil)
    raw = RawFile(bytes)
    raw.tag = [UInt8](repeating: 0, count: 32)
    #expect(try part(raw.bytes(), key).codeRefusal == "nothing authenticates it")
    #expect(try part(raw.bytes(), key, trustsCode: true).code != nil)
  }

  @Test func keysMustFit() throws {
    let (first, second) = (
      try CodeKey.bytes([UInt8](0..<16)), try CodeKey.bytes([UInt8](1..<17))
    )
    let bytes = try file(first)
    #expect(try part(bytes, first).code != nil)
    #expect(
      try part(bytes, second).codeRefusal == "it is authenticated with another key, or was changed")
    #expect(try part(bytes, second, trustsCode: true).code != nil)
    let missing = CodeKey.file("\(folder.path)/none")
    #expect(try part(bytes, missing).codeRefusal == "there is no key '\(folder.path)/none'")
    #expect(folder.names == [], "loading makes no key")
    let error = failure { () throws(MIGraphXError) in try CodeKey.bytes([1, 2, 3]) }
    #expect(error?.message == "a key of 3 bytes is given; at least 16 are needed")
  }

  @Test func processorMustFit() throws {
    let bytes = try file(key)
    #expect(
      try part(bytes, key, features: "sse2 avx2").codeRefusal == "it needs a processor with fma")
    #expect(
      try part(bytes, key, features: "", trustsCode: true).codeRefusal
        == "it needs a processor with avx2, fma")
  }

  @Test func codeOfOtherVersionsOfTheSystemIsWithheld() throws {
    var raw = RawFile(try file(key))
    let text = String(decoding: raw.header, as: UTF8.self)
    raw.header = Array(text.replacing("\"\(SystemVersion.number)\"", with: "\"0.0.9\"").utf8)
    #expect(
      try part(raw.bytes(), key, trustsCode: true).codeRefusal
        == "it was made by version 0.0.9 of the system; this is \(SystemVersion.number)")
  }

  @Test func keysThatOthersCanReadAreRefused() throws {
    let bytes = try file(key)
    let path = "\(folder.path)/code.key"
    #expect(unsafe chmod(path, 0o640) == 0)
    let message = "the key '\(path)' must be a file of 32 bytes that only its owner may read"
    #expect(try part(bytes, key).codeRefusal == message)
    let error = failure { () throws(MIGraphXError) in
      try ProgramArchive(
        source: Program(),
        compiled: CompiledPart(
          target: "cpu", program: Program(), code: MachineCode(cpuFeatures: "", bytes: [1]))
      ).bytes(codeKey: key)
    }
    #expect(error?.message == message)
  }

  @Test func machineKeyIsMadeBelowTheDataFolder() async {
    await #expect(processExitsWith: .success) {
      let folder = try Folder()
      unsafe setenv("XDG_DATA_HOME", "\(folder.path)/a", 1)
      let tests = try TrustTests()
      let bytes = try tests.file(.machine)
      #expect(permissions("\(folder.path)/a/migraphx/code.key") == 0o600)
      #expect(permissions("\(folder.path)/a/migraphx") == 0o700)
      #expect(try tests.part(bytes, .machine).code != nil)
      unsafe unlink("\(folder.path)/a/migraphx/code.key")
      unsafe rmdir("\(folder.path)/a/migraphx")
      unsafe rmdir("\(folder.path)/a")
      // Where no key can be made, files are saved all the same.
      unsafe setenv("XDG_DATA_HOME", "/proc/none", 1)
      #expect(
        try tests.part(tests.file(.machine), try .bytes([UInt8](0..<16))).codeRefusal
          == "nothing authenticates it")
    }
  }
}
