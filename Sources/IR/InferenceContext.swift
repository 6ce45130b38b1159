import Support
import Tensors

/// What shape inference of one instruction may know and record besides its operands' types.
public struct InferenceContext {
  /// What is known about the contents of each operand.
  public let operandContents: [SymbolicContents?]
  /// The sub-modules of the instruction.
  public let modules: [Module]
  /// What the operator found about its results' contents, by result index.
  public var resultContents: [Int: SymbolicContents] = [:]
  /// The equalities that inference relies on.
  public private(set) var guards: [Guard] = []
  /// Names the instruction in messages and guards.
  public let origin: String
  private let symbolPrefix: String
  /// The symbols made for sizes that only running will tell.
  public private(set) var freshSymbols: [Symbol] = []

  /// Expressions nested more deeply are replaced by fresh symbols.
  public static let maximumComplexity = 32

  /// Makes a context. Fresh symbols get names that start with `symbolPrefix`, unique in the program.
  public init(
    operandContents: [SymbolicContents?], modules: [Module] = [], origin: String,
    symbolPrefix: String
  ) {
    self.operandContents = operandContents
    self.modules = modules
    self.origin = origin
    self.symbolPrefix = symbolPrefix
  }

  /// A new symbol for a size that only running will tell.
  public mutating func freshSize(minimum: Int = 0, maximum: Int? = nil) -> Dimension {
    let name = "\(symbolPrefix)\(freshSymbols.count)"
    let symbol = Symbol(name, minimum: minimum, maximum: maximum)
    freshSymbols.append(symbol)
    return Dimension(symbol)
  }

  /// Demands that two sizes are equal: decided now if possible, recorded as a guard if not.
  ///
  /// - Parameter what: says in the error what the sizes belong to, as in "inputs 0 and 1 at axis 2".
  /// - Returns: the simpler one of the two.
  /// - Throws: `invalidShape` when they can't be equal.
  @discardableResult
  public mutating func require(
    _ a: Dimension, equals b: Dimension, _ what: @autoclosure () -> String
  ) throws(MIGraphXError) -> Dimension {
    if a == b { return a }
    if a.isKnown(notEqual: b) {
      throw MIGraphXError(.invalidShape, "\(what()) must be equal, found \(a) and \(b)")
    }
    if !guards.contains(where: { $0.left == a && $0.right == b }) {
      guards.append(Guard(a, equals: b, origin: origin))
    }
    if a.isConstant { return a }
    if b.isConstant { return b }
    return b.complexity < a.complexity ? b : a
  }

  /// The contents of operand `index` as numbers; nil if they are not all known.
  public func constants(_ index: Int) -> [Int]? { operandContents[index]?.constants }
}
