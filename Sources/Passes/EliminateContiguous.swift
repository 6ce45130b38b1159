import IR
import Operators
import Rewriting
import Support
import Tensors

/// Drops copies of views whose users can all read the view. Views that the module returns stay copied.
///
/// ```
/// main:@1 = transpose[permutation={1,0}](x)      main:@1 = transpose[permutation={1,0}](x)
/// main:@2 = contiguous(main:@1)              =>  main:@2 = relu(main:@1)
/// main:@3 = relu(main:@2)
/// ```
public struct EliminateContiguous: Pass {
  public var name: String { "eliminate_contiguous" }
  private let needsStandard: LayoutPredicate

  /// Makes the pass; `needsStandard` is the target's, by default that of an evaluation without kernels.
  public init(needsStandard: @escaping LayoutPredicate = { _, _ in false }) {
    self.needsStandard = needsStandard
  }

  public func run(on module: inout Module, _ context: inout PassContext) throws(MIGraphXError) {
    try module.rewrite(&context) { (rewriter) throws(MIGraphXError) in
      for id in rewriter.module.order {
        guard let node = rewriter[id, as: Contiguous.self], canBeView(node.value, rewriter.module)
        else { continue }
        try rewriter.rewrite(id) { _ in node.inputs[0] }
      }
    }
  }

  /// Whether all users of `value` read any strides, and what they make of it doesn't depend on them.
  private func canBeView(_ value: Value, _ module: borrowing Module) -> Bool {
    module.users(of: value.instruction).allSatisfy { user in
      // A reshape that makes no copy needs the strides as they are; sub-modules may have been built for them.
      guard let op = module[user].op, !(op is ReshapeLazy), module[user].modules.isEmpty else {
        return false
      }
      // A view of the view may be what the module returns; another pass of this kind follows it.
      return module[user].inputs.enumerated()
        .allSatisfy { $1 != value || !needsStandard(op, $0) }
    }
  }
}
