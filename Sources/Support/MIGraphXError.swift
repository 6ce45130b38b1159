/// The one error type of the system: what went wrong, what was seen and needed, and where.
///
/// Stages throw it typed. Callers branch on ``code``; people read ``description``, which is a single line.
public struct MIGraphXError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure. Other modules add kinds by extension.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The text that stands at the start of an error's description.
    public let description: String

    /// Makes a kind of failure that describes itself as `description`.
    public init(_ description: String) { self.description = description }

    /// A value passed by the caller is not acceptable.
    public static let invalidArgument = Code("invalid argument")
    /// Operand types, ranks or sizes do not fit an operator or a parameter.
    public static let invalidShape = Code("invalid shape")
    /// A program breaks a rule of the intermediate representation.
    public static let invalidProgram = Code("invalid program")
    /// A file is damaged, truncated or not of the format that was asked for.
    public static let invalidFile = Code("invalid file")
    /// The input is legal but this system does not implement it.
    public static let unsupported = Code("unsupported")
    /// A stated limit on memory, sizes or steps was exceeded.
    public static let limitExceeded = Code("limit exceeded")
    /// The operating system refused an operation.
    public static let system = Code("system error")
  }

  /// The kind of failure.
  public var code: Code
  /// What went wrong, with the value seen and the value needed.
  public var message: String
  /// The stages that were under way, outermost first, such as "importing node 'cat_4' (Concat)".
  public var trail: [String]

  /// Makes an error with an empty trail.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
    self.trail = []
  }

  /// A copy of this error whose trail says that `stage` was under way around it.
  public func during(_ stage: String) -> MIGraphXError {
    var copy = self
    copy.trail.insert(stage, at: 0)
    return copy
  }

  /// `code: message (while stage, while stage)`, on one line: control characters and line separators, which
  /// names in a file may have, become spaces, and texts above ``maximumLength`` lose their middle.
  public var description: String {
    let text = trail.isEmpty ? "" : " (\(trail.map { "while \($0)" }.joined(separator: ", ")))"
    let whole = "\(code): \(message)\(text)".unicodeScalars
    let half = MIGraphXError.maximumLength / 2
    var line = String.UnicodeScalarView()
    // Counting stops at the limit, so that an absurd length costs nothing here.
    let isLong = whole.index(whole.startIndex, offsetBy: 2 * half, limitedBy: whole.endIndex) != nil
    let parts = isLong ? [whole.prefix(half), whole.suffix(half)] : [whole[...]]
    for (index, part) in parts.enumerated() {
      if index > 0 { line.append(contentsOf: " ... ".unicodeScalars) }
      for scalar in part {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: line.append(" ")
        default: line.append(scalar)
        }
      }
    }
    return String(line)
  }

  /// The most Unicode scalars of a description that are shown in full.
  public static let maximumLength = 4096
}

/// Runs `body`; an error it throws gets `stage` added to its trail.
@inlinable
public func trace<Result>(
  _ stage: @autoclosure () -> String, _ body: () throws(MIGraphXError) -> Result
) throws(MIGraphXError) -> Result {
  do throws(MIGraphXError) { return try body() } catch { throw error.during(stage()) }
}
