import Archive
import IR
import Operators
import Support

/// How a program is saved.
public struct SaveOptions: Sendable {
  /// The form of the file.
  public var format = ArchiveFormat.binary
  /// Encrypts everything but the header, with AES-GCM; 16, 24 or 32 bytes.
  public var key: [UInt8]?

  /// Makes options at their defaults.
  public init() {}
}

/// How a program is loaded.
public struct LoadOptions: Sendable {
  /// The operators that may occur.
  public var registry = OperatorRegistry.standard
  /// The key of an encrypted file.
  public var key: [UInt8]?
  /// The device of the target that the program will run on.
  public var deviceID = 0
  /// Whether machine code in the file is run even if nothing authenticates it.
  public var trustsCode = false

  /// Makes options at their defaults.
  public init() {}

  fileprivate var reading: ArchiveReading {
    var reading = ArchiveReading(registry: registry, key: key)
    reading.trustsCode = trustsCode
    return reading
  }
}

/// What a `.mxr` file holds.
public enum SavedProgram: Sendable {
  /// A program that was not compiled.
  case source(Program)
  /// A program that is ready to run.
  case compiled(CompiledProgram)

  /// Loads a file of either form.
  ///
  /// Large literals stay in the file, which must not change as long as they are in use.
  ///
  /// - Throws: `system` when the file can't be opened, `invalidFile` when it is no `.mxr` file or damaged,
  ///   `unsupported` when it is of another version, `unknownTarget` when its target is not here,
  ///   `invalidArgument` when the key or the device doesn't fit.
  public init(
    contentsOf path: String, options: LoadOptions = LoadOptions()
  ) throws(MIGraphXError) {
    let archive = try ProgramArchive(contentsOf: path, options.reading)
    self = try trace("loading '\(path)'") { () throws(MIGraphXError) in
      try SavedProgram(archive, options)
    }
  }

  /// Loads a file in memory. See ``init(contentsOf:options:)``.
  public init(bytes: [UInt8], options: LoadOptions = LoadOptions()) throws(MIGraphXError) {
    try self.init(ProgramArchive(bytes: bytes, options.reading), options)
  }

  private init(_ archive: ProgramArchive, _ options: LoadOptions) throws(MIGraphXError) {
    if let part = try archive.compiled() {
      self = .compiled(try CompiledProgram(archive, part, options))
    } else {
      self = .source(try archive.source())
    }
  }

  /// The compiled program.
  ///
  /// - Throws: `invalidProgram` when the file's program was not compiled.
  public func compiled() throws(MIGraphXError) -> CompiledProgram {
    guard case .compiled(let program) = self else {
      throw MIGraphXError(.invalidProgram, "the file's program is not compiled")
    }
    return program
  }
}

extension Program {
  /// Saves the program as a `.mxr` file, which appears complete or not at all.
  ///
  /// - Throws: `invalidArgument` for a key of another size, `system` when the file can't be written.
  public func save(
    to path: String, options: SaveOptions = SaveOptions()
  ) throws(MIGraphXError) {
    try ProgramArchive(source: self).write(to: path, format: options.format, key: options.key)
  }

  /// The bytes of the file that ``save(to:options:)`` makes.
  public func archived(options: SaveOptions = SaveOptions()) throws(MIGraphXError) -> [UInt8] {
    try ProgramArchive(source: self).bytes(format: options.format, key: options.key)
  }
}

extension CompiledProgram {
  /// Loads a compiled program. See ``SavedProgram/init(contentsOf:options:)``.
  ///
  /// - Throws: see there, and `invalidProgram` when the file's program was not compiled.
  public init(
    contentsOf path: String, options: LoadOptions = LoadOptions()
  ) throws(MIGraphXError) {
    self = try SavedProgram(contentsOf: path, options: options).compiled()
  }

  /// Saves the program as a `.mxr` file, which appears complete or not at all.
  ///
  /// - Throws: `invalidArgument` for a key of another size, `system` when the file can't be written.
  public func save(
    to path: String, options: SaveOptions = SaveOptions()
  ) throws(MIGraphXError) {
    try archive.write(to: path, format: options.format, key: options.key)
  }

  /// The bytes of the file that ``save(to:options:)`` makes.
  public func archived(options: SaveOptions = SaveOptions()) throws(MIGraphXError) -> [UInt8] {
    try archive.bytes(format: options.format, key: options.key)
  }

  /// Makes a program of the compiled part of a file ready to run.
  fileprivate init(
    _ archive: ProgramArchive, _ part: CompiledPart, _ load: LoadOptions
  ) throws(MIGraphXError) {
    let target = try Targets.named(part.target)
    try target.checkDevice(load.deviceID)
    var options = CompileOptions()
    options.offloadCopy = part.options.offloadCopy
    options.fastMath = part.options.fastMath
    options.exhaustiveTune = part.options.exhaustiveTune
    options.optimizes = part.options.optimizes
    options.deviceID = load.deviceID
    let executable = try target.compile(part.program, fastMath: part.options.fastMath)
    self.init(archive: archive, executable: executable, target: target, options: options)
  }
}

extension SavedOptions {
  init(_ options: CompileOptions) {
    self.init(
      offloadCopy: options.offloadCopy, fastMath: options.fastMath,
      exhaustiveTune: options.exhaustiveTune, deviceID: options.deviceID,
      optimizes: options.optimizes)
  }
}
