import IR
import Rewriting
import Support
import Tensors

/// Computes equal things once: the same operator on the same inputs, and literals of equal contents.
///
/// Instructions with effects stay.
///
/// ```
/// main:@1 = neg(x)                  main:@1 = neg(x)
/// main:@2 = neg(x)              =>  main:@2 = add(main:@1,main:@1)
/// main:@3 = add(main:@1,main:@2)
/// ```
public struct EliminateCommonSubexpression: Pass {
  public var name: String { "eliminate_common_subexpression" }

  /// Makes the pass.
  public init() {}

  private struct Key: Hashable {
    let op: AnyHashable
    let inputs: [Value]
  }

  public func run(on module: inout Module, _ context: inout PassContext) throws(MIGraphXError) {
    try module.rewrite(&context) { (rewriter) throws(MIGraphXError) in
      var literals: [Literal: InstructionID] = [:]
      var applications: [Key: [InstructionID]] = [:]
      for id in rewriter.module.order {
        let instruction = rewriter.module[id]
        if let literal = instruction.literal {
          if let original = literals[literal] {
            try rewriter.merge(id, into: original)
          } else {
            literals[literal] = id
          }
        } else if let op = instruction.op, op.isPure {
          let key = Key(op: AnyHashable(op), inputs: instruction.inputs)
          let original = applications[key]?.first { other in
            let modules = rewriter.module[other].modules
            return modules.count == instruction.modules.count
              && zip(modules, instruction.modules).allSatisfy { $0.isSame(as: $1) }
          }
          if let original {
            try rewriter.merge(id, into: original)
          } else {
            applications[key, default: []].append(id)
          }
        }
      }
    }
  }
}

extension Module {
  /// Whether `other` does the same, instruction by instruction; names of parameters don't count.
  fileprivate func isSame(as other: Module) -> Bool {
    guard count == other.count, parameters.count == other.parameters.count,
      guards.map(\.left) == other.guards.map(\.left),
      guards.map(\.right) == other.guards.map(\.right)
    else { return false }
    var counterpart: [InstructionID: InstructionID] = [:]
    for (id, otherID) in zip(order, other.order) {
      let (a, b) = (self[id], other[otherID])
      guard a.types == b.types, a.modules.count == b.modules.count,
        a.inputs.count == b.inputs.count,
        zip(a.inputs, b.inputs).allSatisfy({
          counterpart[$0.instruction] == $1.instruction && $0.result == $1.result
        }),
        zip(a.modules, b.modules).allSatisfy({ $0.isSame(as: $1) })
      else { return false }
      switch (a.body, b.body) {
      case (.parameter, .parameter), (.result, .result): break
      case (.literal(let x), .literal(let y)): if x != y { return false }
      case (.apply(let x), .apply(let y)): if !x.isPure || !x.isEqual(to: y) { return false }
      default: return false
      }
      counterpart[id] = otherID
    }
    return true
  }
}
