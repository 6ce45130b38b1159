import Archive
import IR
import Operators
import Support
import Tensors
import Testing

struct HeaderTests {
  private let folder: Folder
  init() throws { folder = try Folder() }

  @Test(arguments: [ArchiveFormat.binary, .json]) func tellsWhatTheFileHolds(
    _ format: ArchiveFormat
  ) throws {
    let program = try Programs.symbolic()
    let part = CompiledPart(
      target: "cpu", options: SavedOptions(offloadCopy: false, deviceID: 1), program: program)
    let path = "\(folder.path)/model"
    try ProgramArchive(source: program, compiled: part).write(to: path, format: format)
    let header = try ArchiveHeader(path: path)
    #expect(header.version == 1 && header.kind == .program)
    #expect(header.systemVersion == SystemVersion.number)
    #expect(header.target == "cpu" && header.options == part.options)
    #expect(header.inputs.map(\.name) == ["x", "a:b@c"])
    // The largest even size up to 64, and the maximum of W; H is open.
    #expect(header.inputs[0].type == "float_type, {64, H, 9}, {9*H, 9, 1}")
    #expect(header.inputs[1].type == "float_type, {64, 9, 9}, {81, 9, 1}")
    #expect(header.outputs.map(\.name) == ["main:#output_0"])
    #expect(header.encryption == nil)
    #expect(folder.names == ["model"], "temporary files are left")
  }

  @Test func aloneIsEnough() throws {
    let bytes = try ProgramArchive(source: Programs.plain()).bytes(key: [UInt8](1...16))
    let end = 16 + Int(number(bytes, 12, 4))
    let path = try folder.write("start", Array(bytes[..<end]))
    let header = try ArchiveHeader(path: path)
    #expect(header.inputs.map(\.type) == ["float_type, {2, 40}, {40, 1}"])
    #expect(header.outputs.map(\.name) == ["y", "the rows"])
    #expect(header.encryption == "AES-GCM")
  }

  @Test func otherVersionsAreNamed() throws {
    var bytes = try ProgramArchive(source: Programs.plain()).bytes()
    bytes.replaceSubrange(8..<12, with: [9, 0, 0, 0])
    let path = try folder.write("new", bytes)
    let header = try ArchiveHeader(path: path)
    #expect(header.version == 9 && header.systemVersion == SystemVersion.number)
    let error = failure { () throws(MIGraphXError) in
      try ProgramArchive(contentsOf: path, reading)
    }
    #expect(error?.code == .unsupported)
    #expect(
      error?.message
        == "the file was made with MXR version 9 by MIGraphX 0.1.0; version 1 is supported")
    #expect(error?.trail == ["loading '\(path)'"])
  }

  @Test(arguments: ["", "{}", "{\"inputs\": 3, \"new\": []}", "not JSON", "\u{0}"])
  func headersOfOtherVersionsMayBeAnything(_ text: String) throws {
    var file = RawFile(try ProgramArchive(source: Programs.empty()).bytes())
    file.version = 4_000_000_000
    file.header = Array(text.utf8)
    let header = try ArchiveHeader(path: folder.write("new", file.prefix))
    #expect(header.version == 4_000_000_000)
    let error = failure { () throws(MIGraphXError) in
      try ProgramArchive(bytes: file.bytes(), reading)
    }
    #expect(
      error?.message == "the file was made with MXR version 4000000000; version 1 is supported")
  }

  @Test func otherVersionsOfTheJSONFormAreNamed() throws {
    let text = "{\"mxr\": 7, \"header\": {\"system_version\": \"9.9\", \"kind\": 3}}"
    #expect(try ArchiveHeader(path: folder.write("a", Array(text.utf8))).version == 7)
    let known =
      "{\"mxr\": 7, \"header\": {\"system_version\": \"9.9\", \"kind\": \"program\", "
      + "\"inputs\": [], \"outputs\": []}, \"more\": 1}"
    let error = failure { () throws(MIGraphXError) in
      try ProgramArchive(bytes: Array(known.utf8), reading)
    }
    #expect(
      error?.message
        == "the file was made with MXR version 7 by MIGraphX 9.9; version 1 is supported")
  }
}
