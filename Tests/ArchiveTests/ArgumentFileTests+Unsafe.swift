import Archive
import Support
import Tensors
import Testing

struct ArgumentFileTests {
  private let folder: Folder
  init() throws { folder = try Folder() }

  @Test(arguments: ElementType.allCases, [ArchiveFormat.binary, .json])
  func tensorsComeBack(_ type: ElementType, _ format: ArchiveFormat) throws {
    let whole = try literal(type, lens: [60, 50]).argument
    for argument in try [
      whole, whole.view(lens: [], strides: []), whole.view(lens: [3, 0], strides: [0, 1]),
      whole.view(lens: [50, 60], strides: [1, 50]),
      whole.view(lens: [7, 4], strides: [0, -50], elementOffset: 2000),
    ] {
      let path = "\(folder.path)/a.mxr"
      try argument.save(to: path, format: format)
      let read = try Argument(loading: path)
      #expect(read.shape == argument.shape)
      #expect(Literal(read) == Literal(argument))
      #expect(folder.names == ["a.mxr"])
    }
  }

  @Test func onlyTheElementsAreSaved() throws {
    let whole = try literal(.float, lens: [1000, 1000]).argument
    #expect(try whole.view(lens: [10], strides: [1]).archived().count < 2000)
  }

  @Test func loadedTensorsMayBeWritten() throws {
    let path = "\(folder.path)/a.mxr"
    try Argument([Float](repeating: 1, count: 5000), lens: [5000]).save(to: path)
    let read = try Argument(loading: path)
    try read.fill(3)
    #expect(read.elements(as: Float.self) == [Float](repeating: 3, count: 5000))
    #expect(try Argument(loading: path).elements(as: Float.self)[0] == 1)
  }

  @Test func programsAndTensorsAreToldApart() throws {
    for format in [ArchiveFormat.binary, .json] {
      let tensor = try Argument([Float(1)], lens: [1]).archived(format: format)
      let program = try ProgramArchive(source: Programs.plain()).bytes(format: format)
      let first = failure { () throws(MIGraphXError) in
        try ProgramArchive(bytes: tensor, reading)
      }
      #expect(first?.message == "the file holds kind 'argument'; 'program' is needed")
      let second = failure { () throws(MIGraphXError) in try Argument(archived: program) }
      #expect(second?.message == "the file holds kind 'program'; 'argument' is needed")
    }
  }

  @Test func damagedTensorsAreRefused() throws {
    let bytes = try literal(.float, lens: [50, 50]).argument.archived()
    var changed = bytes
    changed[bytes.count - 1] ^= 1
    #expect(
      failure { () throws(MIGraphXError) in try Argument(archived: changed) }?.message.contains(
        "chunk 0 of section literals is damaged") == true)
    for (text, expected) in [
      ("{\"type\": \"fp8\", \"lens\": [], \"strides\": []", "'fp8' is no element type"),
      (
        "{\"type\": \"float_type\", \"lens\": [2], \"strides\": []",
        "1 sizes need as many strides, not 0"
      ),
      ("{\"type\": \"float_type\", \"lens\": [-2], \"strides\": [1]", "must not be negative"),
      (
        "{\"type\": \"float_type\", \"lens\": [9223372036854775807], \"strides\": [1]",
        "largest size of a tensor"
      ),
      (
        "{\"type\": \"float_type\", \"lens\": [2], \"strides\": [-9223372036854775808]",
        "is too large"
      ),
      ("{\"type\": \"string_type\", \"lens\": [2], \"strides\": [1]", "can't hold elements"),
      ("{\"type\": \"float_type\", \"lens\": [2501], \"strides\": [1]", "reaches outside"),
    ] {
      var file = RawFile(bytes)
      file[RawFile.Kind.tensor] =
        Array("\(text), \"elements\": {\"region\": 0, \"offset\": 0}}".utf8)
      let message = failure { () throws(MIGraphXError) in try Argument(archived: file.bytes()) }?
        .message
      #expect(message?.contains(expected) == true, "\(message ?? "none")")
    }
  }

  @Test func memoryOfDevicesIsRefused() throws {
    let storage = unsafe Storage(
      base: UnsafeMutableRawPointer.allocate(byteCount: 4, alignment: 4), byteCount: 4,
      space: MemorySpace("moon")
    ) {}
    let argument = try Argument(storage, .float, lens: [1], strides: [1])
    let error = failure { () throws(MIGraphXError) in try argument.archived() }
    #expect(
      error?.message == "a tensor in memory space 'moon' can't be saved; copy it to the host")
  }
}
