import Support
import Tensors

/// Decision trees that share one list of nodes and one of leaves.
///
/// A child or root is a node's index, or `-1 - i` for leaf `i`.
public struct DecisionTrees: Hashable, Codable, Sendable {
  /// How a node compares a feature with its threshold.
  public enum Mode: Int, Sendable {
    case lessOrEqual, less, greaterOrEqual, greater, equal, notEqual, member
  }

  /// For each node the raw value of its ``Mode``.
  public var modes: [Int] = []
  /// For each node the feature that it looks at.
  public var features: [Int] = []
  /// For each node what it compares with.
  public var thresholds: [Double] = []
  /// For each node where to go on if the comparison holds, and if it doesn't.
  public var trueChildren: [Int] = []
  public var falseChildren: [Int] = []
  /// For each node 1 if the comparison holds for NaN; never if there are none.
  public var missingIsTrue: [Int] = []
  /// For each node where its members start in `members`; the last one is the end.
  public var memberStarts: [Int] = []
  public var members: [Double] = []
  /// Where each tree begins.
  public var roots: [Int] = []
  /// For each leaf where its targets start; the last one is the end.
  public var leafStarts: [Int] = [0]
  public var targets: [Int] = []
  public var weights: [Double] = []

  enum CodingKeys: String, CodingKey {
    case modes, features, thresholds
    case trueChildren = "true_children"
    case falseChildren = "false_children"
    case missingIsTrue = "missing_is_true"
    case memberStarts = "member_starts"
    case members, roots
    case leafStarts = "leaf_starts"
    case targets, weights
  }

  /// Makes no trees.
  public init() {}

  /// The number of features that rows must have.
  var featureCount: Int { (features.max() ?? -1) + 1 }

  /// Checks that all lists fit each other and that every walk from a root ends in a leaf.
  ///
  /// - Throws: `invalidArgument` with what is wrong.
  func validate(targetCount: Int) throws(MIGraphXError) {
    func fail(_ message: String) -> MIGraphXError { MIGraphXError(.invalidArgument, message) }
    let count = modes.count
    for (name, list) in [
      ("features", features.count), ("thresholds", thresholds.count),
      ("true_children", trueChildren.count), ("false_children", falseChildren.count),
    ] where list != count {
      throw fail("\(count) nodes have \(list) \(name)")
    }
    guard missingIsTrue.isEmpty || missingIsTrue.count == count else {
      throw fail("\(count) nodes have \(missingIsTrue.count) flags for missing values")
    }
    if let mode = modes.first(where: { Mode(rawValue: $0) == nil }) {
      throw fail("a node's mode must be 0 to 6, found \(mode)")
    }
    if let feature = features.first(where: { $0 < 0 || $0 >= 1 << 31 }) {
      throw fail("a node looks at feature \(feature)")
    }
    try checkStarts(leafStarts, end: targets.count, "leaves")
    if !memberStarts.isEmpty || modes.contains(Mode.member.rawValue) {
      guard memberStarts.count == count + 1 else {
        throw fail("\(count) nodes have \(memberStarts.count) starts of members")
      }
      try checkStarts(memberStarts, end: members.count, "members")
    }
    guard weights.count == targets.count else {
      throw fail("\(targets.count) targets of leaves have \(weights.count) weights")
    }
    if let target = targets.first(where: { $0 < 0 || $0 >= targetCount }) {
      throw fail("a leaf has target \(target); there are \(targetCount)")
    }
    for child in roots + trueChildren + falseChildren
    where child >= count || child < 1 - leafStarts.count {
      throw fail(
        "there is no node or leaf \(child) among \(count) nodes and \(leafStarts.count - 1) leaves")
    }
    try checkEnds()
  }

  private func checkStarts(
    _ starts: [Int], end: Int, _ what: String
  ) throws(MIGraphXError) {
    guard starts.first == 0, starts.last == end,
      zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 })
    else {
      throw MIGraphXError(
        .invalidArgument, "the starts of \(what) must ascend from 0 to \(end)")
    }
  }

  /// Checks that no node is reached from itself.
  private func checkEnds() throws(MIGraphXError) {
    enum State { case new, open, done }
    var states = [State](repeating: .new, count: modes.count)
    for root in roots where root >= 0 && states[root] == .new {
      var stack = [root]
      while let node = stack.last {
        if states[node] != .new {
          states[node] = .done
          stack.removeLast()
          continue
        }
        states[node] = .open
        for child in [trueChildren[node], falseChildren[node]] where child >= 0 {
          switch states[child] {
          case .new: stack.append(child)
          case .open:
            throw MIGraphXError(
              .invalidArgument, "node \(child) of a tree is reached from itself, by node \(node)")
          case .done: break
          }
        }
      }
    }
  }

  /// The leaf in which a row ends that starts at `root`. The trees are valid, and the row has the features.
  func leaf(from root: Int, _ row: ArraySlice<Double>) -> Int {
    var node = root
    while node >= 0 {
      let value = row[row.startIndex + features[node]]
      let threshold = thresholds[node]
      let holds =
        switch Mode(rawValue: modes[node]) {
        case .lessOrEqual: value <= threshold
        case .less: value < threshold
        case .greaterOrEqual: value >= threshold
        case .greater: value > threshold
        case .equal: value == threshold
        case .notEqual: value != threshold
        case .member: members[memberStarts[node]..<memberStarts[node + 1]].contains(value)
        case nil: false
        }
      let isMissing = value.isNaN && !missingIsTrue.isEmpty && missingIsTrue[node] != 0
      node = holds || isMissing ? trueChildren[node] : falseChildren[node]
    }
    return -1 - node
  }
}
