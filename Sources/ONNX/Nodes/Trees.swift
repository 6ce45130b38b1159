import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Decision trees of ai.onnx.ml.
  static let treeConverters: [String: Converter] = [
    "TreeEnsemble": treeEnsemble, "TreeEnsembleClassifier": treeClassifier,
    "TreeEnsembleRegressor": treeRegressor,
  ]

  private static let treeRegressor: Converter = { (node) throws(MIGraphXError) in
    var op = TreeEnsemble()
    op.trees = try node.trees(leaves: "target")
    op.targetCount = try node.int("n_targets") ?? 1
    let name = try node.string("aggregate_function") ?? "SUM"
    guard let aggregation = TreeAggregation(rawValue: name) else {
      throw MIGraphXError(
        .invalidFile, "'aggregate_function' must be AVERAGE, SUM, MIN or MAX, found '\(name)'")
    }
    op.aggregation = aggregation
    op.baseValues = try node.doubles("base_values")
    op.transform = try node.scoreTransform()
    return [try node.add(op, node.rows(0))]
  }

  private static let treeClassifier: Converter = { (node) throws(MIGraphXError) in
    let labels = try node.classLabels(integers: "classlabels_int64s")
    var op = TreeEnsembleClassifier()
    op.trees = try node.trees(leaves: "class")
    op.classCount = labels.count
    op.baseValues = try node.doubles("base_values")
    op.transform = try node.scoreTransform()
    let results = node.results(of: try node.add(op, inputs: [node.rows(0)]))
    return [try node.add(Gather(axis: 0), node.add(labels.literal), results[0]), results[1]]
  }

  private static let treeEnsemble: Converter = { (node) throws(MIGraphXError) in
    let x = try node.rows(0)
    var trees = DecisionTrees()
    trees.features = try node.neededInts("nodes_featureids")
    trees.modes = try node.neededTensor("nodes_modes").converted(to: Int64.self).map { Int($0) }
    trees.thresholds = try node.neededTensor("nodes_splits").converted(to: Double.self)
    trees.missingIsTrue = try node.ints("nodes_missing_value_tracks_true") ?? []
    func children(_ side: String) throws(MIGraphXError) -> [Int] {
      let ids = try node.neededInts("nodes_\(side)nodeids")
      let leaves = try node.neededInts("nodes_\(side)leafs")
      guard ids.count == leaves.count, ids.allSatisfy({ $0 >= 0 && $0 < 1 << 31 }) else {
        throw MIGraphXError(
          .invalidFile,
          "'nodes_\(side)nodeids' must be indices, as many as 'nodes_\(side)leafs', found "
            + "\(ids.count) and \(leaves.count)")
      }
      return zip(ids, leaves).map { $1 != 0 ? -1 - $0 : $0 }
    }
    trees.trueChildren = try children("true")
    trees.falseChildren = try children("false")
    trees.roots = try node.neededInts("tree_roots")
    trees.targets = try node.neededInts("leaf_targetids")
    trees.weights = try node.neededTensor("leaf_weights").converted(to: Double.self)
    trees.leafStarts = Array(0...trees.targets.count)
    if let members = try node.tensor("membership_values") {
      trees.setMembers(members.argument.converted(to: Double.self))
    }
    var op = TreeEnsemble()
    op.trees = trees
    op.targetCount = try node.int("n_targets") ?? 1
    let aggregations: [TreeAggregation] = [.average, .sum, .minimum, .maximum]
    let transforms: [ScoreTransform] = [.none, .softmax, .logistic, .softmaxZero, .probit]
    let aggregation = try node.int("aggregate_function") ?? 1
    let transform = try node.int("post_transform") ?? 0
    guard aggregations.indices.contains(aggregation), transforms.indices.contains(transform) else {
      throw MIGraphXError(
        .invalidFile,
        "'aggregate_function' must be 0 to 3 and 'post_transform' 0 to 4, found \(aggregation) and "
          + "\(transform)")
    }
    op.aggregation = aggregations[aggregation]
    op.transform = transforms[transform]
    op.resultType = try node.shape(x).elementType
    return [try node.add(op, x)]
  }
}

extension DecisionTrees {
  /// Gives the nodes that test membership their members, which stand in the order of these nodes, each list with a NaN
  /// behind it.
  fileprivate mutating func setMembers(_ values: [Double]) {
    var lists = values.split(omittingEmptySubsequences: false) { $0.isNaN }[...]
    memberStarts = [0]
    for mode in modes {
      if mode == Mode.member.rawValue, let list = lists.popFirst() { members += list }
      memberStarts.append(members.count)
    }
  }
}

extension NodeImporter {
  /// Input `index` as rows; a vector is one row.
  func rows(_ index: Int) throws(MIGraphXError) -> Value {
    let value = try input(index)
    return try shape(value).rank == 1 ? try add(Unsqueeze(axes: [0]), value) : value
  }

  fileprivate func neededInts(_ name: String) throws(MIGraphXError) -> [Int] {
    guard let integers = try ints(name) else {
      throw MIGraphXError(.invalidFile, "attribute '\(name)' is needed")
    }
    return integers
  }

  fileprivate func neededTensor(_ name: String) throws(MIGraphXError) -> Argument {
    guard let literal = try tensor(name) else {
      throw MIGraphXError(.invalidFile, "attribute '\(name)' is needed")
    }
    return literal.argument
  }

  /// The numbers of an attribute, or of the tensor that may stand for it; empty if the node has neither.
  fileprivate func doubles(_ name: String) throws(MIGraphXError) -> [Double] {
    if let numbers = try floats(name) { return numbers.map { Double($0) } }
    return try tensor("\(name)_as_tensor")?.argument.converted(to: Double.self) ?? []
  }

  /// What the attribute 'post_transform' says.
  func scoreTransform() throws(MIGraphXError) -> ScoreTransform {
    let name = try string("post_transform") ?? "NONE"
    guard let transform = ScoreTransform(rawValue: name) else {
      throw MIGraphXError(
        .invalidFile,
        "'post_transform' must be NONE, SOFTMAX, LOGISTIC, SOFTMAX_ZERO or PROBIT, found '\(name)'")
    }
    return transform
  }

  /// The labels of classes: integers or texts, in an attribute of their own each.
  func classLabels(
    integers: String
  ) throws(MIGraphXError) -> (literal: Literal, count: Int) {
    let (numbers, texts) = (try ints(integers) ?? [], try strings("classlabels_strings") ?? [])
    guard numbers.isEmpty != texts.isEmpty else {
      throw MIGraphXError(
        .invalidFile,
        "one of '\(integers)' and 'classlabels_strings' must have elements, found \(numbers.count) "
          + "and \(texts.count)")
    }
    if texts.isEmpty {
      return (try Literal(numbers.map { Int64($0) }, lens: [numbers.count]), numbers.count)
    }
    return (Literal(try Argument(strings: texts, lens: [texts.count])), texts.count)
  }

  /// The trees that attributes describe node by node, each node by its tree and its number there.
  ///
  /// - Parameter leaves: begins the names of the attributes of leaves, "class" or "target".
  fileprivate func trees(leaves: String) throws(MIGraphXError) -> DecisionTrees {
    let treeIDs = try neededInts("nodes_treeids")
    let nodeIDs = try neededInts("nodes_nodeids")
    let features = try ints("nodes_featureids") ?? []
    let modes = try strings("nodes_modes") ?? []
    let thresholds = try doubles("nodes_values")
    let truths = try ints("nodes_truenodeids") ?? []
    let falsehoods = try ints("nodes_falsenodeids") ?? []
    let missing = try ints("nodes_missing_value_tracks_true") ?? []
    for (name, count) in [
      ("nodeids", nodeIDs.count), ("featureids", features.count), ("modes", modes.count),
      ("values", thresholds.count), ("truenodeids", truths.count),
      ("falsenodeids", falsehoods.count), ("missing_value_tracks_true", missing.count),
    ] where count != treeIDs.count && !(name.hasPrefix("missing") && count == 0) {
      throw MIGraphXError(
        .invalidFile, "'nodes_\(name)' must have \(treeIDs.count) elements, found \(count)")
    }
    let names = [
      "BRANCH_LEQ": 0, "BRANCH_LT": 1, "BRANCH_GTE": 2, "BRANCH_GT": 3, "BRANCH_EQ": 4,
      "BRANCH_NEQ": 5,
    ]
    var trees = DecisionTrees()
    /// Where each node is among the nodes or, by a negative number, among the leaves.
    var places: [TreeNode: Int] = [:]
    var leafCount = 0
    for index in treeIDs.indices {
      let key = TreeNode(tree: treeIDs[index], node: nodeIDs[index])
      let place: Int
      if modes[index] == "LEAF" {
        leafCount += 1
        place = -leafCount
      } else {
        guard let mode = names[modes[index]] else {
          throw MIGraphXError(.invalidFile, "a node has mode '\(modes[index])'")
        }
        place = trees.modes.count
        trees.modes.append(mode)
        trees.features.append(features[index])
        trees.thresholds.append(thresholds[index])
        if !missing.isEmpty { trees.missingIsTrue.append(missing[index]) }
      }
      guard places.updateValue(place, forKey: key) == nil else {
        throw MIGraphXError(.invalidFile, "\(key.title) is there twice")
      }
    }
    func place(_ key: TreeNode) throws(MIGraphXError) -> Int {
      guard let place = places[key] else {
        throw MIGraphXError(.invalidFile, "there is no \(key.title)")
      }
      return place
    }
    var children: Set<TreeNode> = []
    for index in treeIDs.indices where modes[index] != "LEAF" {
      let (tree, pair) = (treeIDs[index], [truths[index], falsehoods[index]])
      for child in pair { children.insert(TreeNode(tree: tree, node: child)) }
      trees.trueChildren.append(try place(TreeNode(tree: tree, node: pair[0])))
      trees.falseChildren.append(try place(TreeNode(tree: tree, node: pair[1])))
    }
    var rooted: Set<Int> = []
    for index in treeIDs.indices {
      let key = TreeNode(tree: treeIDs[index], node: nodeIDs[index])
      if children.contains(key) { continue }
      guard rooted.insert(key.tree).inserted else {
        throw MIGraphXError(
          .invalidFile, "tree \(key.tree) has more than one root; \(key.title) is another")
      }
      trees.roots.append(try place(key))
    }
    if let rootless = treeIDs.first(where: { !rooted.contains($0) }) {
      throw MIGraphXError(.invalidFile, "tree \(rootless) has no root; its nodes form a cycle")
    }
    try addLeaves(leaves, leafCount, to: &trees, place)
    return trees
  }

  private func addLeaves(
    _ prefix: String, _ leafCount: Int, to trees: inout DecisionTrees,
    _ place: (TreeNode) throws(MIGraphXError) -> Int
  ) throws(MIGraphXError) {
    let treeIDs = try neededInts("\(prefix)_treeids")
    let nodeIDs = try neededInts("\(prefix)_nodeids")
    let targets = try neededInts("\(prefix)_ids")
    let weights = try doubles("\(prefix)_weights")
    guard nodeIDs.count == treeIDs.count, targets.count == treeIDs.count,
      weights.count == treeIDs.count
    else {
      throw MIGraphXError(
        .invalidFile,
        "the attributes '\(prefix)_…' must have one length, found \(treeIDs.count), "
          + "\(nodeIDs.count), \(targets.count) and \(weights.count)")
    }
    var entries = [[Int]](repeating: [], count: leafCount)
    for index in treeIDs.indices {
      let key = TreeNode(tree: treeIDs[index], node: nodeIDs[index])
      let place = try place(key)
      guard place < 0 else {
        throw MIGraphXError(.invalidFile, "\(key.title) has a weight and is no leaf")
      }
      entries[-1 - place].append(index)
    }
    for leaf in entries {
      trees.targets += leaf.map { targets[$0] }
      trees.weights += leaf.map { weights[$0] }
      trees.leafStarts.append(trees.targets.count)
    }
  }
}

/// A node by its tree and its number there.
private struct TreeNode: Hashable {
  let tree: Int
  let node: Int

  var title: String { "node \(node) of tree \(tree)" }
}
