import IR
import Support
import Tensors

/// An operator that reads sizes, axes or counts from inputs where it doesn't have them as attributes.
public protocol SizeInputOperator: Operator {
  /// The operator with attributes in place of the inputs that are known.
  ///
  /// - Returns: operators whose results, one after the other, are this one's; nil if no input can become an attribute.
  func absorbing(_ known: KnownInputs) -> [Absorbed]?
}

/// An operator, and which inputs of another one it takes.
public typealias Absorbed = (op: any Operator, inputs: [Int])

/// What is known about an instruction's inputs when it is rewritten.
public struct KnownInputs {
  private let contents: [[Dimension]?]
  private let literals: [Argument?]
  /// The ranks of the inputs.
  public let ranks: [Int?]
  /// The sizes of the instruction's first result; nil if attributes may not name them.
  public let resultSizes: [Dimension]?

  /// - Parameters:
  ///   - contents: the integers that each input holds, as expressions that attributes may name.
  ///   - literals: the values of the inputs that are literals.
  ///   - ranks: the ranks of the inputs.
  ///   - resultSizes: the sizes of the first result, as expressions that attributes may name.
  public init(
    contents: [[Dimension]?], literals: [Argument?], ranks: [Int?], resultSizes: [Dimension]?
  ) {
    self.contents = contents
    self.literals = literals
    self.ranks = ranks
    self.resultSizes = resultSizes
  }

  /// The number of inputs.
  public var count: Int { contents.count }

  /// The expressions that input `index` holds; nil if they are not known or there is no such input.
  public func sizes(_ index: Int) -> [Dimension]? {
    contents.indices.contains(index) ? contents[index] : nil
  }

  /// The numbers that input `index` holds; nil if they are not known or there is no such input.
  public func numbers(_ index: Int) -> [Int]? { sizes(index).flatMap { constants(of: $0) } }

  /// The only number that input `index` holds.
  public func number(_ index: Int) -> Int? {
    numbers(index).flatMap { $0.count == 1 ? $0[0] : nil }
  }

  /// The value of input `index` if it is a literal.
  public func literal(_ index: Int) -> Argument? {
    literals.indices.contains(index) ? literals[index] : nil
  }
}
