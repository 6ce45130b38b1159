import FoundationEssentials
import Support
import Tensors

/// The JSON form of a file.
struct JSONForm: Codable {
  struct StoredProgram: Codable {
    /// The lines of the program's text.
    let text: [String]
    let tables: ProgramRecord.Tables
    /// The modules as trees, which say no more than the text does.
    var modules: WriteOnly<[String: ModuleTree]>?
  }

  /// The contents of one region: one of the two.
  struct Region: Codable {
    var bytes: Data?
    var strings: [String]?
  }

  /// What is read before anything else.
  private struct Start: Codable {
    let mxr: Int
  }

  private struct HeaderOnly: Codable {
    let header: ArchiveHeader
  }

  private let mxr: Int
  private let header: ArchiveHeader
  private let source: StoredProgram?
  private let compiled: StoredProgram?
  private let tensor: ArchiveContents.Tensor?
  private let literals: [Region]
  private let plan: Data?
  private let tuning: Data?

  /// - Throws: `limitExceeded` when the literals are too large for this form.
  init(_ contents: ArchiveContents) throws(MIGraphXError) {
    var size = 0
    for region in contents.regions { size = Dimension.sum(size, region.range.count) }
    guard size <= MXR.maximumJSONSize / 2 else {
      throw MIGraphXError(
        .limitExceeded,
        "literals of \(size) bytes are too large for the JSON form, which takes "
          + "\(MXR.maximumJSONSize / 2); use the binary form")
    }
    mxr = MXR.version
    var header = contents.header
    header.cpuFeatures = nil
    self.header = header
    source = contents.source.map { StoredProgram($0) }
    compiled = contents.compiled.map { StoredProgram($0) }
    tensor = contents.tensor
    literals = contents.regions.map { region in
      if region.isText { return Region(strings: Array(region.strings)) }
      var bytes: [UInt8] = []
      region.storage.withBytes(region.range) { bytes.append(copying: $0) }
      return Region(bytes: Data(bytes))
    }
    plan = contents.plan.map { Data($0) }
    tuning = contents.tuning.map { Data($0) }
  }

  /// The text of the file.
  func bytes() throws(MIGraphXError) -> [UInt8] {
    try JSON.bytes(of: self, pretty: true) + Array("\n".utf8)
  }

  /// Whether `file` begins as JSON does.
  static func isLikely(_ file: MappedFile) -> Bool {
    let start = (try? file.bytes(0..<min(file.count, 64))) ?? []
    return start.first { !" \n\r\t".utf8.contains($0) } == UInt8(ascii: "{")
  }

  /// The header of a file of any version.
  ///
  /// - Throws: `invalidFile` when it is no JSON or has no version.
  static func header(_ file: MappedFile) throws(MIGraphXError) -> ArchiveHeader {
    let text = try text(file)
    let version: Int
    do throws(MIGraphXError) { version = try JSON.value(Start.self, from: text).mxr } catch {
      throw MIGraphXError(error.code, "this is no .mxr file: \(error.message)")
    }
    var header = ArchiveHeader()
    do throws(MIGraphXError) {
      header = try JSON.value(HeaderOnly.self, from: text).header
    } catch {
      guard version != MXR.version else { throw error.during("reading the header") }
    }
    header.version = version
    return header
  }

  /// The contents of a file of this version.
  ///
  /// - Throws: `invalidFile` when something is missing or of a wrong type.
  static func contents(_ file: MappedFile) throws(MIGraphXError) -> ArchiveContents {
    let form = try JSON.value(JSONForm.self, from: text(file))
    var contents = ArchiveContents(header: form.header)
    contents.source = form.source?.record
    contents.compiled = form.compiled?.record
    contents.tensor = form.tensor
    contents.plan = form.plan.map { Array($0) }
    contents.tuning = form.tuning.map { Array($0) }
    for region in form.literals { contents.regions.append(try LiteralRegion(region)) }
    return contents
  }

  private static func text(_ file: MappedFile) throws(MIGraphXError) -> [UInt8] {
    guard file.count <= MXR.maximumJSONSize else {
      throw MIGraphXError(
        .limitExceeded,
        "the file is JSON of \(file.count) bytes; \(MXR.maximumJSONSize) are possible")
    }
    return try file.bytes(0..<file.count)
  }
}

extension JSONForm.StoredProgram {
  fileprivate init(_ record: ProgramRecord) {
    // Lines are ended, not separated: nothing follows the last end.
    text = record.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map(String.init)
    tables = record.tables
    modules = record.trees.map { WriteOnly($0) }
  }

  fileprivate var record: ProgramRecord {
    ProgramRecord(text: text.map { $0 + "\n" }.joined(), tables: tables)
  }
}

extension LiteralRegion {
  fileprivate init(_ region: JSONForm.Region) throws(MIGraphXError) {
    switch (region.bytes, region.strings) {
    case (let bytes?, nil):
      self.init(try Storage.copying(bytes), 0..<bytes.count)
    case (nil, let strings?): self.init(Storage(strings: strings), 0..<strings.count)
    default:
      throw MIGraphXError(.invalidFile, "a literal needs 'bytes' or 'strings', and not both")
    }
  }

  private init(_ storage: Storage, _ range: Range<Int>) {
    self.storage = storage
    self.range = range
  }
}
