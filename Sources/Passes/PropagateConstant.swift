import IR
import Operators
import Rewriting
import Support
import Tensors

/// Evaluates what depends on literals only.
///
/// Views of literals stay, as they take no memory. So does what would take much more memory than its inputs,
/// and what can't be evaluated: running the program tells why.
///
/// ```
/// main:@0 = @literal{1, 2}               main:@0 = @literal{4, 6}
/// main:@1 = @literal{3, 4}           =>
/// main:@2 = add(main:@0,main:@1)
/// ```
public struct PropagateConstant: Pass {
  public var name: String { "propagate_constant" }

  /// Results of so many bytes may always replace their computation.
  private static let smallByteCount = 64 << 10

  /// Makes the pass.
  public init() {}

  public func run(on module: inout Module, _ context: inout PassContext) throws(MIGraphXError) {
    try module.rewrite(&context) { (rewriter) throws(MIGraphXError) in
      var views: [InstructionID: Argument] = [:]
      for id in rewriter.module.order {
        guard let op = rewriter.module[id].op, op.isPure else { continue }
        let inputs = rewriter.module[id].inputs.compactMap { input in
          rewriter.literal(input)?.argument ?? views[input.instruction]
        }
        guard let result = value(of: rewriter.module[id], op, inputs) else { continue }
        if isView(op) {
          views[id] = result
        } else {
          try rewriter.rewrite(id) { (rewriter) throws(MIGraphXError) in
            rewriter.insert(Literal(result))
          }
        }
      }
    }
  }

  private func isView(_ op: any Operator) -> Bool {
    op is Transpose || op is Slice || op is Broadcast || op is Multibroadcast
  }

  /// The instruction's result, standard unless it is a view; nil if it isn't constant or is too large.
  private func value(
    of instruction: Instruction, _ op: any Operator, _ inputs: [Argument]
  ) -> Argument? {
    guard !inputs.isEmpty, inputs.count == instruction.inputs.count, instruction.modules.isEmpty,
      instruction.types.count == 1, let shape = instruction.types[0].shape
    else { return nil }
    let available = inputs.reduce(0) { $0 + ($1.shape.byteCount.constant ?? 0) }
    let limit = max(PropagateConstant.smallByteCount, 2 * available)
    if !isView(op) {
      // Inputs too: a view that repeats elements may be far larger than its memory.
      let shapes = [shape] + inputs.map(\.shape)
      let isSmall = shapes.allSatisfy { shape in
        shape.standard.byteCount.upperBound.map { $0 <= limit } ?? false
      }
      guard isSmall else { return nil }
    }
    let context = EvaluationContext(resultTypes: instruction.types)
    guard let results = try? op.evaluate(inputs.map { .tensor($0) }, in: context),
      results.count == 1, let result = results[0].argument,
      ValueType.tensor(result.shape).isCompatible(with: instruction.types[0])
    else { return nil }
    return isView(op) ? result : try? result.contiguous()
  }
}
