import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Loss functions.
  static let lossConverters: [String: Converter] = [
    "NegativeLogLikelihoodLoss": { (node) throws(MIGraphXError) in
      [try negativeLogLikelihood(node, node.input(0))]
    },
    "SoftmaxCrossEntropyLoss": { (node) throws(MIGraphXError) in
      try checkClasses(node)
      let logarithms = try node.add(LogSoftmax(axis: 1), node.input(0))
      return [try negativeLogLikelihood(node, logarithms), logarithms]
    },
  ]

  /// Checks that input 0 has an axis of classes, and that input 1 is like it without that axis.
  private static func checkClasses(_ node: NodeImporter) throws(MIGraphXError) {
    try node.checkType(node.input(0), 0, is: .floating)
    let (scores, target) = (try node.shape(node.input(0)), try node.shape(node.input(1)))
    guard scores.rank >= 2, target.rank == scores.rank - 1 else {
      throw MIGraphXError(
        .invalidShape,
        "scores [N, C, ...] and a target [N, ...] are needed, found (\(scores)) and (\(target))")
    }
    for axis in target.dimensions.indices {
      try node.require(
        scores.dimensions[axis == 0 ? 0 : axis + 1], equals: target.dimensions[axis],
        "the sizes of the scores and of axis \(axis) of the target")
    }
  }

  /// The negated, weighted number of each target's class, and then their mean or sum.
  ///
  /// Ignored targets may lie outside of the classes.
  private static func negativeLogLikelihood(
    _ node: NodeImporter, _ logarithms: Value
  ) throws(MIGraphXError) -> Value {
    try checkClasses(node)
    let type = try node.shape(logarithms).elementType
    var target = try node.input(1)
    let zero = try node.scalar(0, type)
    var isIgnored: Value?
    if let ignored = try node.int("ignore_index") {
      let targetType = try node.shape(target).elementType
      let equal = try node.broadcasting(
        Equal(), target, node.scalar(Double(ignored), targetType))
      target = try node.broadcasting(Where(), equal, node.scalar(0, targetType), target)
      isIgnored = equal
    }
    let places = try node.add(Unsqueeze(axes: [1]), target)
    let picked = try node.add(
      Squeeze(axes: [1]), node.add(GatherElements(axis: 1), logarithms, places))
    var loss = try node.add(Neg(), picked)
    var weights: Value?
    if let given = try node.optionalInput(2) {
      guard try node.shape(given).rank == 1 else {
        throw MIGraphXError(
          .invalidShape, "the weights must have rank 1, found (\(try node.shape(given)))")
      }
      try node.require(
        node.shape(given).dimensions[0], equals: node.shape(logarithms).dimensions[1],
        "the number of weights and of classes")
      let chosen = try node.add(Gather(axis: 0), given, target)
      loss = try node.add(Mul(), loss, chosen)
      weights = chosen
    }
    if let isIgnored {
      let one = try node.scalar(1, type)
      loss = try node.broadcasting(Where(), isIgnored, zero, loss)
      weights = try node.broadcasting(Where(), isIgnored, zero, weights ?? one)
    }
    let axes = Array(0..<(try node.shape(loss).rank))
    func sum(_ value: Value) throws(MIGraphXError) -> Value {
      try node.add(Squeeze(axes: axes), node.add(ReduceSum(axes: axes), value))
    }
    switch try node.string("reduction") ?? "mean" {
    case "none": return loss
    case "sum": return try sum(loss)
    case "mean":
      guard let weights else {
        return try node.add(Squeeze(axes: axes), node.add(ReduceMean(axes: axes), loss))
      }
      return try node.add(Div(), sum(loss), sum(weights))
    case let other:
      throw MIGraphXError(
        .invalidFile, "reduction is '\(other)'; 'none', 'sum' or 'mean' is needed")
    }
  }
}
