import IR
import Support
import Tensors

/// A compiled program in a file.
public struct CompiledPart: Sendable {
  /// The name of the target.
  public var target: String
  /// How the program was compiled.
  public var options: SavedOptions
  /// The program as the target compiled it.
  public var program: Program
  /// How the target runs the program, in a form that the target knows. It must be verified before it is used.
  public var plan: [UInt8]?
  /// What the target found out by taking times, in a form that it knows.
  public var tuning: [UInt8]?
  /// The kernels; nil if there are none, or if they must not be run.
  public var code: MachineCode?
  /// Why the file's machine code must not be run here; the program is then compiled again.
  public internal(set) var codeRefusal: String?

  /// Makes a compiled part.
  public init(
    target: String, options: SavedOptions = SavedOptions(), program: Program,
    plan: [UInt8]? = nil, tuning: [UInt8]? = nil, code: MachineCode? = nil
  ) {
    self.target = target
    self.options = options
    self.program = program
    self.plan = plan
    self.tuning = tuning
    self.code = code
  }
}

/// Machine code for processors that have certain features.
public struct MachineCode: Sendable, Hashable {
  /// The features that the code needs, separated by spaces or commas.
  public var cpuFeatures: String
  /// The code, in a form that the target knows.
  public var bytes: [UInt8]

  /// Makes machine code.
  public init(cpuFeatures: String, bytes: [UInt8]) {
    self.cpuFeatures = cpuFeatures
    self.bytes = bytes
  }
}

/// How a file is read.
public struct ArchiveReading: Sendable {
  /// The operators that may occur.
  public var registry: OperatorRegistry
  /// The key of an encrypted file.
  public var key: [UInt8]?
  /// The key with which machine code must be authenticated to be handed out.
  public var codeKey = CodeKey.machine
  /// Whether machine code is handed out even if nothing authenticates it.
  public var trustsCode = false
  /// The features of this processor, separated by spaces or commas.
  public var cpuFeatures = ""

  /// Makes options at their defaults.
  public init(registry: OperatorRegistry, key: [UInt8]? = nil) {
    self.registry = registry
    self.key = key
  }
}

/// A program in a `.mxr` file, or one that is to be saved in one: the source, and what it was compiled to.
public struct ProgramArchive: Sendable {
  private enum Contents {
    case given(Program, CompiledPart?)
    case stored(StoredProgram)
  }

  /// What the file says about itself.
  public let header: ArchiveHeader
  private let contents: Contents

  /// Makes an archive to be saved.
  public init(source: Program, compiled: CompiledPart? = nil) {
    header = ArchiveHeader(source: source, compiled: compiled)
    contents = .given(source, compiled)
  }

  /// Opens the file at `path`, of either form.
  ///
  /// Of the binary form only the header and a table are read now; programs when they are asked for, and large
  /// literals not even then: they stay in the file, which must not change as long as they are in use.
  ///
  /// - Throws: `system` when the file can't be opened, `invalidFile` when it is no `.mxr` file, damaged or that
  ///   of an argument, `unsupported` when it is of another version, `invalidArgument` when the key doesn't fit.
  public init(contentsOf path: String, _ reading: ArchiveReading) throws(MIGraphXError) {
    self = try trace("loading '\(path)'") { () throws(MIGraphXError) in
      try ProgramArchive(MappedFile(path: path), reading)
    }
  }

  /// Opens a file in memory. See ``init(contentsOf:_:)``.
  public init(bytes: [UInt8], _ reading: ArchiveReading) throws(MIGraphXError) {
    try self.init(MappedFile(bytes: bytes), reading)
  }

  private init(_ file: MappedFile, _ reading: ArchiveReading) throws(MIGraphXError) {
    let container = try ArchiveContents.open(file, .program, key: reading.key)
    header = container.header
    contents = .stored(StoredProgram(container, reading))
  }

  /// The program as it was before compilation.
  ///
  /// - Throws: `invalidFile` or `invalidProgram` when the file is damaged, `unsupported` for an operator that
  ///   the registry doesn't have.
  public func source() throws(MIGraphXError) -> Program {
    switch contents {
    case .given(let source, _): source
    case .stored(let stored): try stored.source()
    }
  }

  /// What the program was compiled to; nil if it was not. See ``source()``.
  public func compiled() throws(MIGraphXError) -> CompiledPart? {
    switch contents {
    case .given(_, let compiled): compiled
    case .stored(let stored): try stored.compiled()
    }
  }

  /// Checks every byte of the file against its digests, and that the programs can be read.
  ///
  /// - Throws: `invalidFile` naming what is damaged, and see ``source()``.
  public func verify() throws(MIGraphXError) {
    if case .stored(let stored) = contents { try stored.container.verify() }
    _ = try source()
    _ = try compiled()
  }

  /// Saves the file at `path`, which appears complete or not at all. The same programs give the same bytes.
  ///
  /// - Parameters:
  ///   - key: encrypts everything but the header, with AES-GCM; 16, 24 or 32 bytes.
  ///   - codeKey: authenticates machine code.
  /// - Throws: `invalidArgument` for a key of another size, `invalidProgram` when two modules have one name,
  ///   `limitExceeded` for literals that are too large for the JSON form, `system` when the file or the
  ///   code's key can't be written.
  public func write(
    to path: String, format: ArchiveFormat = .binary, key: [UInt8]? = nil,
    codeKey: CodeKey = .machine
  ) throws(MIGraphXError) {
    try trace("saving '\(path)'") { () throws(MIGraphXError) in
      let contents = try makeContents(format)
      var file = try AtomicFile(path: path)
      try contents.write(to: &file, format, key: key, codeKey: codeKey)
      try file.commit()
    }
  }

  /// The file's bytes. See ``write(to:format:key:codeKey:)``.
  public func bytes(
    format: ArchiveFormat = .binary, key: [UInt8]? = nil, codeKey: CodeKey = .machine
  ) throws(MIGraphXError) -> [UInt8] {
    var sink = MemorySink()
    try makeContents(format).write(to: &sink, format, key: key, codeKey: codeKey)
    return sink.bytes
  }

  func makeContents(
    _ format: ArchiveFormat = .binary
  ) throws(MIGraphXError) -> ArchiveContents {
    let (source, compiled) = (try source(), try compiled())
    var pool = LiteralPool()
    let sourceDraft = try ProgramDraft(source, &pool)
    var compiledDraft: ProgramDraft?
    if let compiled { compiledDraft = try ProgramDraft(compiled.program, &pool) }
    try pool.finish()
    var contents = ArchiveContents(header: ArchiveHeader(source: source, compiled: compiled))
    contents.source = try sourceDraft.record(pool, source, format)
    if let compiled {
      contents.compiled = try compiledDraft?.record(pool, compiled.program, format)
    }
    contents.regions = pool.regions
    contents.plan = compiled?.plan
    contents.machineCode = compiled?.code?.bytes
    contents.tuning = compiled?.tuning
    return contents
  }
}
