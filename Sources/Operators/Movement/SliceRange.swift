import Support
import Tensors

/// The part of an axis that a slice takes.
struct SliceRange {
  /// The first position taken, if any is.
  let start: Dimension
  /// The number of positions taken.
  let count: Dimension
  /// The distance from one position to the next, not 0.
  let step: Int

  /// Starts and ends beyond this are beyond every size.
  private static let limit = 2 * Shape.maximumByteCount

  /// Positions from `start` up to `end`, which is not taken, of an axis of size `size`.
  ///
  /// Negative positions count from the end; what lies outside of the axis is cut off. A negative step
  /// goes from a higher start down to a lower end.
  init(
    start: Dimension, end: Dimension, step: Int, size: Dimension
  ) throws(MIGraphXError) {
    guard step != 0 else {
      throw MIGraphXError(.invalidArgument, "the step of a slice must not be 0")
    }
    let limit = SliceRange.limit
    let step = min(max(step, -limit), limit)
    self.step = step
    // A position at a limit is beyond the axis whatever its size.
    func upTo(_ position: Dimension, _ most: Dimension) -> Dimension {
      position == Dimension(limit) ? most : .minimum(position, most)
    }
    func fromEnd(_ position: Dimension, atLeast least: Dimension) -> Dimension {
      position == Dimension(-limit) ? least : .maximum(size + position, least)
    }
    if step > 0 {
      self.start = SliceRange.select(start) {
        fromEnd($0, atLeast: 0)
      } else: {
        upTo($0, size)
      }
      // An end before the axis gives a negative number of positions, as good as none.
      let end = SliceRange.select(end) { position in
        position == Dimension(-limit) ? 0 : size + position
      } else: {
        upTo($0, size)
      }
      // Where the start is cut off at 0, the number is the end: written without that maximum, sizes
      // of the last few positions become plain minima.
      let length = SliceRange.select(start) { start in
        start == Dimension(-limit) ? end : .minimum(end - size - start, end)
      } else: { start in
        start == Dimension(limit) ? 0 : end - start
      }
      count = .maximum(length.ceilDivided(by: Dimension(step)), 0)
    } else {
      let last = size - 1
      self.start = SliceRange.select(start) { start in
        .minimum(fromEnd(start, atLeast: 0), last)
      } else: {
        upTo($0, last)
      }
      let end = SliceRange.select(end) {
        fromEnd($0, atLeast: -1)
      } else: {
        upTo($0, last)
      }
      count = .maximum((self.start - end).ceilDivided(by: Dimension(-step)), 0)
    }
  }

  /// One of two expressions, by the sign of `position`; both, with a factor of 0 or 1, if that is open.
  private static func select(
    _ position: Dimension, ifNegative: (Dimension) -> Dimension,
    else other: (Dimension) -> Dimension
  ) -> Dimension {
    let position =
      position.constant.map { Dimension(min(max($0, -limit), limit)) } ?? position
    if Dimension(0).isKnown(lessOrEqual: position) { return other(position) }
    if position.isKnown(lessOrEqual: -1) { return ifNegative(position) }
    let isOther = Dimension.minimum(.maximum(position + 1, 0), 1)
    return isOther * other(position) + (1 - isOther) * ifNegative(position)
  }
}
