import Support

/// The sizes that an axis may have, and those for which it is to be fastest.
public struct DimensionRange: Hashable, Sendable {
  /// The smallest size.
  public var minimum: Int
  /// The largest size; nil if there is no bound.
  public var maximum: Int?
  /// Sizes that are worth code of their own, in increasing order.
  public var optimals: [Int]

  /// Makes a range.
  public init(minimum: Int = 0, maximum: Int?, optimals: [Int] = []) {
    self.minimum = minimum
    self.maximum = maximum
    self.optimals = Set(optimals).sorted()
  }

  /// Makes a range of one size.
  public init(_ size: Int) { self.init(minimum: size, maximum: size) }

  /// Makes a range of the sizes in `sizes`.
  public init(_ sizes: ClosedRange<Int>) {
    self.init(minimum: sizes.lowerBound, maximum: sizes.upperBound)
  }

  /// Makes a range without a bound.
  public init(_ sizes: PartialRangeFrom<Int>) {
    self.init(minimum: sizes.lowerBound, maximum: nil)
  }

  /// Whether there is just one size.
  public var isFixed: Bool { minimum == maximum }

  /// Checks that there is a size, and that the optimal ones are among them.
  ///
  /// - Throws: `invalidArgument` when not.
  public func validate() throws(MIGraphXError) {
    guard minimum >= 0, maximum ?? .max >= minimum else {
      throw MIGraphXError(.invalidArgument, "there is no size in the range \(self)")
    }
    if let other = optimals.first(where: { $0 < minimum || $0 > maximum ?? .max }) {
      throw MIGraphXError(.invalidArgument, "the optimal size \(other) is outside of \(self)")
    }
  }

  /// The sizes that both ranges have; nil if there are none.
  public func intersection(_ other: DimensionRange) -> DimensionRange? {
    let minimum = max(self.minimum, other.minimum)
    let maximum = [self.maximum, other.maximum].compactMap { $0 }.min()
    if let maximum, maximum < minimum { return nil }
    return DimensionRange(
      minimum: minimum, maximum: maximum,
      optimals: (optimals + other.optimals).filter { $0 >= minimum && $0 <= maximum ?? .max })
  }
}

extension DimensionRange: ExpressibleByIntegerLiteral {
  public init(integerLiteral size: Int) { self.init(size) }
}

extension DimensionRange: CustomStringConvertible {
  /// The size, or `[minimum..maximum]`, which is open at the right if there is no bound.
  public var description: String {
    isFixed ? "\(minimum)" : "[\(minimum)..\(maximum.map(String.init) ?? "")]"
  }
}
