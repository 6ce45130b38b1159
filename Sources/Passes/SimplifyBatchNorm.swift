import IR
import Operators
import Rewriting
import Support
import Tensors

/// Folds the normalisation of channels by literals into the convolution before it, or else into one product and
/// one sum.
///
/// New weights and biases are computed in double and rounded once. Half and bfloat16 would lose too much
/// in a product and a sum: there only convolutions are folded.
///
/// ```
/// main:@6 = convolution[…](x,w)                       main:@4 = convolution[…](x,w')
/// main:@7 = batch_norm_inference[…](main:@6,s,b,m,v)  =>  main:@5 = broadcast[axis=1,out_lens={…}](b')
///                                                     main:@6 = add(main:@4,main:@5)
/// ```
public struct SimplifyBatchNorm: RulePass {
  public var name: String { "simplify_batchnorm" }

  /// Makes the pass.
  public init() {}

  public var rules: [any RewriteRule] { [FoldBatchNormIntoConvolution(), SplitBatchNorm()] }
}

/// The factor and the summand of each channel that a normalisation amounts to.
private struct ChannelScale {
  let factors: [Double]
  let summands: [Double]

  /// nil unless all parameters are literals and the results are numbers.
  init?(_ node: Node<BatchNormInference>, in rewriter: borrowing Rewriter) {
    guard node.inputs.count == 5, node.shape.rank > 1 else { return nil }
    var parameters: [[Double]] = []
    for input in node.inputs.dropFirst() {
      guard let literal = rewriter.literal(input) else { return nil }
      parameters.append(literal.argument.converted(to: Double.self))
    }
    let (scales, biases, means, variances) = (
      parameters[0], parameters[1], parameters[2], parameters[3]
    )
    guard parameters.allSatisfy({ $0.count == scales.count }) else { return nil }
    let factors = scales.indices.map { index in
      scales[index] / (variances[index] + Double(node.op.epsilon)).squareRoot()
    }
    self.factors = factors
    summands = scales.indices.map { biases[$0] - means[$0] * factors[$0] }
    guard factors.allSatisfy(\.isFinite), summands.allSatisfy(\.isFinite) else { return nil }
  }
}

extension Literal {
  /// Rounds `elements` to `type`; nil if one is too large for it.
  fileprivate init?(
    rounding elements: [Double], to type: ElementType, lens: [Int]
  ) throws(MIGraphXError) {
    let argument = try Argument(elements, lens: lens).converted(toElementType: type)
    guard argument.converted(to: Double.self).allSatisfy(\.isFinite) else { return nil }
    self.init(argument)
  }
}

/// The weights of each output channel times its factor, rounded once; nil if one is too large for its type.
private func scaled(
  _ weights: Argument, by factors: [Double]
) throws(MIGraphXError) -> Literal? {
  // Nearly all weights are of this type, for which the compiler makes fast code.
  if weights.elementType == .float {
    let elements = weights.elements(as: Float.self)
    let length = elements.count / max(1, factors.count)
    let results = parallelRows(factors.count, of: length, repeating: Float(0)) { row, output in
      for index in 0..<length {
        output[index] = Float(Double(elements[row * length + index]) * factors[row])
      }
    }
    guard results.allSatisfy(\.isFinite) else { return nil }
    return try Literal(results, lens: weights.lens)
  }
  var elements = weights.converted(to: Double.self)
  let length = elements.count / max(1, factors.count)
  for index in elements.indices { elements[index] *= factors[index / length] }
  return try Literal(rounding: elements, to: weights.elementType, lens: weights.lens)
}

/// batch_norm(convolution(x, w)) => convolution(x, w') + b', also with a bias between the two
struct FoldBatchNormIntoConvolution: RewriteRule {
  func rewrite(
    _ root: Node<BatchNormInference>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    guard let scale = ChannelScale(root, in: rewriter) else { return nil }
    var summands = scale.summands
    var source = root.inputs[0]
    if let sum = rewriter[source, as: Add.self], rewriter.isUsedOnce(source),
      let (value, bias) = biased(sum, in: rewriter), bias.count == summands.count
    {
      source = value
      for index in bias.indices { summands[index] += bias[index] * scale.factors[index] }
    }
    guard let convolution = rewriter[source, as: Convolution.self], rewriter.isUsedOnce(source),
      let weights = rewriter.literal(convolution.inputs[1])?.argument,
      weights.lens.first == scale.factors.count
    else { return nil }
    guard let newWeights = try scaled(weights, by: scale.factors),
      let bias = try Literal(
        rounding: summands, to: root.shape.elementType, lens: [summands.count])
    else { return nil }
    let product = try rewriter.insert(
      convolution.op, convolution.inputs[0], rewriter.insert(newWeights))
    let addend = try rewriter.insert(
      Broadcast(axis: 1, outLens: root.shape.dimensions), rewriter.insert(bias))
    return try rewriter.insert(Add(), product, addend)
  }

  /// The operands of a sum of which one is a literal for each channel.
  private func biased(
    _ sum: Node<Add>, in rewriter: borrowing Rewriter
  ) -> (value: Value, bias: [Double])? {
    for (value, other) in [(0, 1), (1, 0)] {
      guard let broadcast = rewriter[sum.inputs[other], as: Broadcast.self],
        broadcast.op.axis == 1, let literal = rewriter.literal(broadcast.inputs[0]),
        literal.shape.rank == 1
      else { continue }
      return (sum.inputs[value], literal.argument.converted(to: Double.self))
    }
    return nil
  }
}

/// batch_norm(x) => x * a + b
struct SplitBatchNorm: RewriteRule {
  func rewrite(
    _ root: Node<BatchNormInference>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    let type = root.shape.elementType
    guard type == .float || type == .double, let scale = ChannelScale(root, in: rewriter),
      let factors = try Literal(
        rounding: scale.factors, to: type, lens: [scale.factors.count]),
      let summands = try Literal(
        rounding: scale.summands, to: type, lens: [scale.summands.count])
    else { return nil }
    let sizes = Broadcast(axis: 1, outLens: root.shape.dimensions)
    let factor = try rewriter.insert(sizes, rewriter.insert(factors))
    let product = try rewriter.insert(Mul(), root.inputs[0], factor)
    let summand = try rewriter.insert(sizes, rewriter.insert(summands))
    return try rewriter.insert(Add(), product, summand)
  }
}
