/// A named unknown integer size with its known range.
///
/// Every value the symbol may take is a multiple of ``step`` between ``minimum`` and ``maximum``;
/// expressions over it are simplified on that promise. Two symbols are equal only if their names
/// and ranges are.
public struct Symbol: Hashable, Sendable, Comparable {
  /// The name, of any characters.
  public let name: String
  /// The least value, never negative.
  public let minimum: Int
  /// The greatest value, or nil when there is no known limit.
  public let maximum: Int?
  /// The number every value is a multiple of, at least 1.
  public let step: Int

  /// Makes a symbol; a negative `minimum` counts as 0, a `maximum` below `minimum` as `minimum`,
  /// and a `step` below 1 as 1.
  public init(_ name: String, minimum: Int = 0, maximum: Int? = nil, step: Int = 1) {
    let least = max(0, minimum)
    self.name = name
    self.minimum = least
    self.maximum = maximum.map { max($0, least) }
    self.step = max(1, step)
  }

  /// Orders by name; equal names by their ranges, an open range last.
  public static func < (left: Symbol, right: Symbol) -> Bool {
    if left.name != right.name { return left.name < right.name }
    return (left.minimum, left.maximum ?? .max, left.maximum == nil ? 1 : 0, left.step)
      < (right.minimum, right.maximum ?? .max, right.maximum == nil ? 1 : 0, right.step)
  }

  /// Stands for sizes in which the elements of a sequence differ. It never has a value.
  public static let varying = Symbol("?")

  /// The range of the symbol's value divided by its step.
  var stepInterval: Dimension.Interval {
    let least = minimum / step + (minimum % step == 0 ? 0 : 1)
    // A range that holds no multiple of the step is not narrowed.
    let most = maximum.map { max($0 / step, minimum / step) }
    return Dimension.Interval(
      lower: .finite(most.map { min($0, least) } ?? least),
      upper: most.map { .finite($0) } ?? .plusInfinity)
  }
}
