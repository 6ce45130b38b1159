import Archive
import Glibc
import IR
import Operators
import Support
import Tensors
import Testing

/// Opening a file with large literals costs next to nothing.
struct CostTests {
  private static let count = 100_000_000

  /// A file whose one literal has 400 MB, all of them a hole.
  private func sparseFile(in folder: Folder) throws -> String {
    var main = Module()
    let x = try main.addParameter("x", Shape(.float, lens: [10_000]))
    let weight = main.addLiteral(try literal(.float, lens: [10_000]))
    try main.addReturn([try main.add(Add(), x, weight)])
    var file = RawFile(try ProgramArchive(source: Program(main: main)).bytes())
    let size = Self.count * 4
    let lens = "{10000, 10000}, {10000, 1}"
    let text = String(decoding: file[RawFile.Kind.sourceText], as: UTF8.self)
    file[RawFile.Kind.sourceText] = Array(text.replacing("{10000}, {1}", with: lens).utf8)
    file[RawFile.Kind.literalTable] = Array(
      "{\"regions\": [{\"place\": \"large\", \"offset\": 0, \"count\": \(size)}]}".utf8)
    file[RawFile.Kind.literals] = []
    file[RawFile.Kind.digests] = [UInt8](repeating: 0, count: (size + 1 << 20 - 1) / (1 << 20) * 32)
    let start = file.bytes(renewsLiteralDigests: false, literalCount: size)
    let path = try folder.write("large.mxr", start)
    #expect(unsafe truncate(path, start.count + size) == 0)
    return path
  }

  @Test func openingReadsNoLargeLiterals() throws {
    let folder = try Folder()
    let path = try sparseFile(in: folder)
    let start = threadSeconds()
    let archive = try ProgramArchive(contentsOf: path, reading)
    let program = try archive.source()
    let seconds = threadSeconds() - start
    let literals = program.main.order.compactMap { program.main[$0].literal }
    let weight = try #require(literals.first).argument
    #expect(weight.lens == [10_000, 10_000])
    // The kernel may read a little ahead of the file's first pages.
    let resident = try residentPages(weight.storage)
    #expect(resident < Self.count * 4 / Int(getpagesize()) / 100)
    // Reading 400 MB takes more.
    #expect(seconds < 0.05, "\(seconds) s")
    // That pages in use count as resident shows that the check above can fail.
    let byte = unsafe weight.storage.withUnsafeBytes { unsafe $0[300 << 20] }
    #expect(byte == 0)
    #expect(try residentPages(weight.storage) > resident)
  }

  @Test func verifyingReadsThem() throws {
    let folder = try Folder()
    let archive = try ProgramArchive(contentsOf: sparseFile(in: folder), reading)
    let error = failure { () throws(MIGraphXError) in try archive.verify() }
    #expect(error?.message.hasPrefix("chunk 0 of section literals is damaged") == true)
  }

  /// How many of the memory's whole pages are in use.
  private func residentPages(_ storage: Storage) throws -> Int {
    let page = Int(getpagesize())
    return try unsafe storage.withUnsafeBytes { bytes in
      let start = Int(bitPattern: bytes.baseAddress)
      let first = (start + page - 1) / page * page
      let pages = (start + bytes.count - first) / page
      var states = [UInt8](repeating: 0, count: pages)
      let result = unsafe mincore(UnsafeMutableRawPointer(bitPattern: first), pages * page, &states)
      try #require(result == 0)
      return states.count { $0 & 1 == 1 }
    }
  }

  @Test func fullDiskLeavesNoFile() async {
    await #expect(processExitsWith: .success) {
      let folder = try Folder()
      let path = "\(folder.path)/full.mxr"
      let archive = ProgramArchive(source: try Programs.literals())
      try archive.write(to: path)
      let before = try MappedFile(path: path)
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 10_000, rlim_max: 10_000)
      #expect(unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      for format in [ArchiveFormat.binary, .json] {
        let error = failure { () throws(MIGraphXError) in
          try archive.write(to: path, format: format)
        }
        #expect(error?.code == .system)
        #expect(error?.message == "cannot write '\(path)': File too large")
        #expect(folder.names == ["full.mxr"])
      }
      let after = try MappedFile(path: path)
      #expect(try after.bytes(0..<after.count) == before.bytes(0..<before.count))
    }
  }
}
