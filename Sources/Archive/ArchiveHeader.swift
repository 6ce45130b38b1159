import FoundationEssentials
import IR
import Support
import Tensors

/// What a file says about itself: readable without the rest of it, without a key, and in files of other versions.
public struct ArchiveHeader: Sendable, Hashable {
  /// What a file holds.
  public struct Kind: RawRepresentable, Hashable, Sendable, Codable {
    /// The text that stands for it in the file.
    public let rawValue: String

    /// Makes a kind of its text.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A program.
    public static let program = Kind(rawValue: "program")
    /// One tensor.
    public static let argument = Kind(rawValue: "argument")
  }

  /// An input, an output or a tensor, with its type as text.
  public struct NamedType: Hashable, Sendable, Codable {
    /// The name.
    public var name: String
    /// The type, with sizes at their maximum; open sizes are symbolic.
    public var type: String
  }

  /// The version of the format.
  public var version = MXR.version
  /// What the file holds.
  public var kind = Kind.program
  /// The version of the system that wrote the file.
  public var systemVersion = ""
  /// The target that the program was compiled for; nil if it was not compiled.
  public var target: String?
  /// How the program was compiled; nil if it was not.
  public var options: SavedOptions?
  /// What the processor must have for the machine code to run; nil if there is none.
  public var cpuFeatures: String?
  /// The program's inputs in the model's order.
  public var inputs: [NamedType] = []
  /// The program's outputs in the model's order.
  public var outputs: [NamedType] = []
  /// How what follows the header is encrypted; nil if it is not.
  public var encryption: String?

  init() {}

  init(kind: Kind) {
    self.kind = kind
    systemVersion = SystemVersion.number
  }

  /// The header of a program's file.
  init(source: Program, compiled: CompiledPart?) {
    self.init(kind: .program)
    target = compiled?.target
    options = compiled?.options
    cpuFeatures = compiled?.code?.cpuFeatures
    inputs = source.inputs.map { NamedType(name: $0.name, type: "\($0.type.atMaximum)") }
    outputs = source.outputs.map { NamedType(name: $0.name, type: "\($0.type.atMaximum)") }
  }
}

/// Options of the compilation that matter when the program is loaded.
public struct SavedOptions: Hashable, Sendable, Codable {
  /// Whether inputs and results are in host memory, and copied where the target's is another.
  public var offloadCopy: Bool
  /// Whether results may differ by a few units in the last place from those of exact arithmetic.
  public var fastMath: Bool
  /// Whether the target tried every kernel that it has for an instruction.
  public var exhaustiveTune: Bool
  /// The device of the target that the program ran on.
  public var deviceID: Int
  /// Whether the standard passes ran.
  public var optimizes: Bool

  /// Makes options.
  public init(
    offloadCopy: Bool = true, fastMath: Bool = true, exhaustiveTune: Bool = false,
    deviceID: Int = 0, optimizes: Bool = true
  ) {
    self.offloadCopy = offloadCopy
    self.fastMath = fastMath
    self.exhaustiveTune = exhaustiveTune
    self.deviceID = deviceID
    self.optimizes = optimizes
  }
}

extension ArchiveHeader: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind
    case systemVersion = "system_version"
    case target
    case options
    case cpuFeatures = "cpu_features"
    case inputs
    case outputs
    case encryption
  }
}

extension SavedOptions {
  private enum CodingKeys: String, CodingKey {
    case offloadCopy = "offload_copy"
    case fastMath = "fast_math"
    case exhaustiveTune = "exhaustive_tune"
    case deviceID = "device_id"
    case optimizes
  }
}

extension ArchiveHeader {
  /// Reads the header of the file at `path`, of either form and any version.
  ///
  /// In the binary form nothing else is read.
  ///
  /// - Throws: `invalidFile` when it is no `.mxr` file, `system` when it can't be opened.
  public init(path: String) throws(MIGraphXError) {
    self = try trace("reading the header of '\(path)'") { () throws(MIGraphXError) in
      let file = try MappedFile(path: path)
      return try JSONForm.isLikely(file) ? JSONForm.header(file) : Prefix(file).header
    }
  }
}
