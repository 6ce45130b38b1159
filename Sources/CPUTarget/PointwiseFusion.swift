import IR
import Operators
import Tensors

/// Pointwise instructions that are computed in one go: the last one, and those that only it needs.
struct PointwiseFusion {
  /// The formula of the last one's result over ``operands``.
  private(set) var formula = TypedFormula.operand(0, .float)
  private(set) var operands: [Value] = []
  private(set) var operandTypes: [ElementType] = []
  /// The names of the operators, the last one's first.
  private(set) var names: [String] = []
  /// The instructions besides the last one.
  private(set) var inner: Set<InstructionID> = []

  /// A kernel has this many operands at most, and this many operators.
  private static let (maximumOperands, maximumOperators) = (8, 64)

  /// Finds what can be computed along with `root`; nil if not even that can be.
  ///
  /// What is known about a few integers would be lost: they are left to evaluation.
  ///
  /// - Parameter isAlone: whether nothing but `root` itself shall be computed.
  init?(_ root: InstructionID, isAlone: Bool, in module: Module) {
    guard module[root].types.count == 1, module.contents(of: Value(root)) == nil,
      let formula = formula(of: root, isAlone: isAlone, in: module), !operands.isEmpty
    else { return nil }
    self.formula = formula
  }

  /// The formula of an instruction; nil when it is of another kind.
  private mutating func formula(
    of id: InstructionID, isAlone: Bool, in module: Module
  ) -> TypedFormula? {
    let instruction = module[id]
    guard let op = instruction.op as? any PointwiseOperator,
      instruction.inputs.count == type(of: op).inputCount, (try? op.checkAttributes()) != nil,
      let result = module.shape(of: Value(id))?.elementType, ElementEmitter.lane(result) != nil,
      let last = instruction.inputs.last, let computed = module.shape(of: last)?.elementType
    else { return nil }
    names.append(op.name)
    var scalars: [Scalar] = []
    var arguments: [TypedFormula] = []
    for input in instruction.inputs {
      if let number = module.uniformNumber(input) {
        scalars.append(.constant(number))
        continue
      }
      guard let argument = argument(input, user: id, isAlone: isAlone, in: module) else {
        return nil
      }
      scalars.append(.input(arguments.count))
      arguments.append(argument)
    }
    return .operation(op.formula(scalars), arguments, computed: computed, result: result)
  }

  /// What an operand contributes: its own formula if nothing else needs it, or an operand of the kernel.
  private mutating func argument(
    _ value: Value, user: InstructionID, isAlone: Bool, in module: Module
  ) -> TypedFormula? {
    guard let type = module.shape(of: value)?.elementType, ElementEmitter.lane(type) != nil else {
      return nil
    }
    let isInner =
      !isAlone && names.count < PointwiseFusion.maximumOperators
      && module.users(of: value.instruction) == [user]
    if isInner {
      var attempt = self
      if let formula = attempt.formula(of: value.instruction, isAlone: false, in: module) {
        self = attempt
        inner.insert(value.instruction)
        return formula
      }
    }
    if let index = operands.firstIndex(of: value) { return .operand(index, type) }
    guard operands.count < PointwiseFusion.maximumOperands else { return nil }
    operands.append(value)
    operandTypes.append(type)
    return .operand(operands.count - 1, type)
  }
}
