import IR
import Support
import Tensors

/// All ways to choose `count` of `rank` axes; nil if they are too many to look at.
func axisChoices(_ count: Int, of rank: Int) -> [[Int]]? {
  guard count >= 0, count <= rank else { return [] }
  var choices: [[Int]] = [[]]
  for axis in 0..<rank {
    var next: [[Int]] = []
    for choice in choices {
      // Each prefix must be able to become long enough.
      if choice.count + (rank - axis - 1) >= count { next.append(choice) }
      if choice.count < count { next.append(choice + [axis]) }
    }
    guard next.count <= 1024 else { return nil }
    choices = next
  }
  return choices
}

extension InferenceContext {
  /// The axes that operand `index` of shape `shape` holds, as far as they are known.
  ///
  /// - Returns: the axes, or nil with their number.
  /// - Throws: `invalidShape` when it is no vector of indices, `unsupported` when its length is symbolic.
  func axes(
    _ index: Int, _ shape: Shape
  ) throws(MIGraphXError) -> (known: [Int]?, count: Int) {
    let count = try vectorLength(shape, index)
    return (elements(index, count: count).flatMap { Tensors.constants(of: $0) }, count)
  }

  /// Sizes that hold for each of `choices`, which have one rank: what differs becomes fresh symbols.
  mutating func merged(_ choices: [[Dimension]]) -> [Dimension] {
    guard let first = choices.first else { return [] }
    return first.indices.map { axis in
      let sizes = choices.map { $0[axis] }
      if sizes.allSatisfy({ $0 == sizes[0] }) { return sizes[0] }
      let lower = sizes.map { $0.lowerBound ?? 0 }.min() ?? 0
      let upper = sizes.map { $0.upperBound ?? .max }.max() ?? .max
      return freshSize(minimum: lower, maximum: upper == .max ? nil : upper)
    }
  }
}
