import IR
import Operators
import Rewriting
import Support
import Tensors

/// Removes instructions whose result is their input: identities, and conversions, reshapes, transposes,
/// slices, broadcasts, copies, sums, products and quotients that change nothing.
///
/// ```
/// main:@1 = transpose[permutation={0,1}](x)      main:@1 = relu(x)
/// main:@2 = relu(main:@1)                    =>
/// ```
public struct EliminateIdentity: RulePass {
  public var name: String { "eliminate_identity" }

  /// Makes the pass.
  public init() {}

  public var rules: [any RewriteRule] {
    [
      DropIdentity(), DropConvert(), DropTranspose(), DropContiguous(), DropSlice(),
      DropSameSizes<Reshape>(), DropSameSizes<ReshapeLazy>(), DropSameSizes<Squeeze>(),
      DropSameSizes<Unsqueeze>(), DropSameSizes<Multibroadcast>(), DropSameSizes<Broadcast>(),
      DropZeroSum(), DropZeroDifference(), DropUnitProduct(), DropUnitQuotient(),
    ]
  }
}

/// identity(x) => x
struct DropIdentity: RewriteRule {
  func rewrite(
    _ root: Node<Identity>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? { root.inputs[0] }
}

/// convert(x) to the type of x => x
struct DropConvert: RewriteRule {
  func rewrite(
    _ root: Node<Convert>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    rewriter.shape(of: root.inputs[0])?.elementType == root.shape.elementType
      ? root.inputs[0] : nil
  }
}

/// transpose(x) that leaves each axis in its place => x
struct DropTranspose: RewriteRule {
  func rewrite(
    _ root: Node<Transpose>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    let rank = root.shape.rank
    return root.op.permutation.map { $0 < 0 ? $0 + rank : $0 } == Array(0..<rank)
      ? root.inputs[0] : nil
  }
}

/// contiguous(x) of an x that is standard => x
struct DropContiguous: RewriteRule {
  func rewrite(
    _ root: Node<Contiguous>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    rewriter.shape(of: root.inputs[0])?.isStandard ?? false ? root.inputs[0] : nil
  }
}

/// slice(x) forward that takes all of x => x
struct DropSlice: RewriteRule {
  func rewrite(
    _ root: Node<Slice>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    // Steps of 1 that keep a size must start at its first element.
    guard root.inputs.count == 1, root.op.hasUnitSteps,
      rewriter.shape(of: root.inputs[0])?.dimensions == root.shape.dimensions
    else { return nil }
    return root.inputs[0]
  }
}

/// A reshape or broadcast that leaves the sizes as they are => its input
struct DropSameSizes<Op: Operator>: RewriteRule {
  func rewrite(
    _ root: Node<Op>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    rewriter.shape(of: root.inputs[0])?.dimensions == root.shape.dimensions ? root.inputs[0] : nil
  }
}

/// x + 0 => x for integers; of floating-point zeros only -0 leaves every x as it is.
struct DropZeroSum: RewriteRule {
  func rewrite(
    _ root: Node<Add>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    let zero = root.shape.elementType.isFloatingPoint ? -0.0 : 0.0
    if rewriter.isFilled(root.inputs[1], with: zero) { return root.inputs[0] }
    return rewriter.isFilled(root.inputs[0], with: zero) ? root.inputs[1] : nil
  }
}

/// x - 0 => x
struct DropZeroDifference: RewriteRule {
  func rewrite(
    _ root: Node<Sub>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    rewriter.isFilled(root.inputs[1], with: 0) ? root.inputs[0] : nil
  }
}

/// x * 1 => x
struct DropUnitProduct: RewriteRule {
  func rewrite(
    _ root: Node<Mul>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    if rewriter.isFilled(root.inputs[1], with: 1) { return root.inputs[0] }
    return rewriter.isFilled(root.inputs[0], with: 1) ? root.inputs[1] : nil
  }
}

/// x / 1 => x
struct DropUnitQuotient: RewriteRule {
  func rewrite(
    _ root: Node<Div>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    rewriter.isFilled(root.inputs[1], with: 1) ? root.inputs[0] : nil
  }
}
