import IR
import Operators
import Rewriting
import Support
import Tensors

/// Puts the branch that a known condition chooses in the place of an `if`.
///
/// ```
/// main:@0 = @literal{1}
/// main:@1 = if(main:@0,x,x), [then, else]    =>    main:@0 = relu(x)
/// ```
public struct InlineModule: Pass {
  public var name: String { "inline_module" }

  /// Makes the pass.
  public init() {}

  public func run(on module: inout Module, _ context: inout PassContext) throws(MIGraphXError) {
    try module.rewrite(&context) { (rewriter) throws(MIGraphXError) in
      for id in rewriter.module.order where rewriter.module[id].op is If {
        let instruction = rewriter.module[id]
        guard let condition = rewriter.literal(instruction.inputs[0])?.argument,
          condition.elementCount == 1
        else { continue }
        let isTrue = condition.elements(as: Bool8.self)[0].value
        let count = instruction.modules[0].parameters.count
        let captured = instruction.inputs.dropFirst()
        try inline(
          instruction.modules[isTrue ? 0 : 1],
          on: Array(isTrue ? captured.prefix(count) : captured.dropFirst(count)),
          for: id, in: &rewriter)
      }
    }
  }

  private func inline(
    _ branch: Module, on arguments: [Value], for id: InstructionID, in rewriter: inout Rewriter
  ) throws(MIGraphXError) {
    // What types of operands say branches know by the same names.
    let known = rewriter.module[id].inputs.reduce(into: Set<String>()) { names, input in
      names.formUnion(rewriter.module.type(of: input).symbols.map(\.name))
    }
    try rewriter.rewriteResults(id) { (rewriter) throws(MIGraphXError) in
      guard let values = try rewriter.insert(branch, on: arguments, knowing: known) else {
        return nil
      }
      var results: [Value] = []
      for value in values {
        let isView = rewriter.shape(of: value).map { !$0.isStandard } ?? false
        results.append(isView ? try rewriter.insert(Contiguous(), value) : value)
      }
      return results
    }
  }
}
