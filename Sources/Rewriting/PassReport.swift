/// What passes did to a program.
public struct PassReport: Sendable, CustomStringConvertible {
  /// One run of one pass.
  public struct Entry: Sendable {
    /// The pass.
    public let name: String
    /// How long it ran, with the removal of dead code and without verification.
    public let duration: Duration
    /// The number of instructions before it, those of sub-modules included.
    public let instructionsBefore: Int
    /// The number of instructions after it.
    public let instructionsAfter: Int
    /// How many rewrites it made.
    public let rewrites: Int
  }

  /// The runs in order.
  public internal(set) var entries: [Entry] = []

  /// Makes a report of nothing.
  public init() {}

  /// The number of rewrites of all passes.
  public var rewrites: Int { entries.reduce(0) { $0 + $1.rewrites } }

  /// One line for each pass: time, instructions before and after, rewrites.
  public var description: String {
    entries.map { entry in
      let microseconds = entry.duration / .microseconds(1)
      return "\(entry.name): \((microseconds / 10).rounded() / 100)ms, "
        + "\(entry.instructionsBefore) -> \(entry.instructionsAfter) instructions, "
        + "\(entry.rewrites) rewrites\n"
    }.joined()
  }
}
