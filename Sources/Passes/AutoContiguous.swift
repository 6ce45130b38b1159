import IR
import Operators
import Rewriting
import Support
import Tensors

/// Decides whether an operator needs operand `index` in row-major order without gaps.
public typealias LayoutPredicate = @Sendable (_ op: any Operator, _ index: Int) -> Bool

/// Copies views for operators that can't read them, and views that the module returns.
///
/// ```
/// main:@1 = transpose[permutation={1,0}](x)      main:@1 = transpose[permutation={1,0}](x)
/// main:@2 = @return(main:@1)                 =>  main:@2 = contiguous(main:@1)
///                                                main:@3 = @return(main:@2)
/// ```
public struct AutoContiguous: Pass {
  public var name: String { "auto_contiguous" }
  private let needsStandard: LayoutPredicate

  /// Makes the pass; `needsStandard` is the target's, by default that of an evaluation without kernels.
  public init(needsStandard: @escaping LayoutPredicate = { _, _ in false }) {
    self.needsStandard = needsStandard
  }

  public func run(on module: inout Module, _ context: inout PassContext) throws(MIGraphXError) {
    try module.rewrite(&context) { (rewriter) throws(MIGraphXError) in
      var copies: [Value: Value] = [:]
      for id in rewriter.module.order {
        let instruction = rewriter.module[id]
        for (index, input) in instruction.inputs.enumerated() {
          guard let shape = rewriter.shape(of: input), !shape.isStandard,
            instruction.op.map({ !($0 is Contiguous) && needsStandard($0, index) }) ?? true
          else { continue }
          try rewriter.rewriteOperand(index, of: id) { (rewriter) throws(MIGraphXError) in
            if let copy = copies[input] { return copy }
            let copy = try rewriter.insert(Contiguous(), input)
            copies[input] = copy
            return copy
          }
        }
      }
    }
  }
}
