import IR
import Operators
import Tensors

/// Pointwise instructions on floats that are computed in one go: the last one, and those that only it needs.
struct PointwiseFusion {
  /// The formula of the last one's result over ``operands``.
  private(set) var formula: Scalar = 0
  private(set) var operands: [Value] = []
  /// The names of the operators, the last one's first.
  private(set) var names: [String] = []
  /// The instructions besides the last one.
  private(set) var inner: Set<InstructionID> = []

  /// A kernel has this many operands at most, and this many operators.
  private static let (maximumOperands, maximumOperators) = (8, 64)

  /// Finds what can be computed along with `root`; nil if not even that can be.
  ///
  /// - Parameter isAlone: whether nothing but `root` itself shall be computed.
  init?(_ root: InstructionID, isAlone: Bool, in module: Module) {
    guard module[root].types.first?.shape?.elementType == .float,
      let formula = formula(of: root, isAlone: isAlone, in: module), !operands.isEmpty
    else { return nil }
    self.formula = formula
  }

  /// The formula of an instruction; nil when it is of another kind.
  private mutating func formula(
    of id: InstructionID, isAlone: Bool, in module: Module
  ) -> Scalar? {
    let instruction = module[id]
    guard let op = instruction.op as? any PointwiseOperator, !(op is Convert),
      instruction.inputs.count == type(of: op).inputCount, (try? op.checkAttributes()) != nil
    else { return nil }
    names.append(op.name)
    var arguments: [Scalar] = []
    for input in instruction.inputs {
      guard let argument = scalar(of: input, user: id, isAlone: isAlone, in: module) else {
        return nil
      }
      arguments.append(argument)
    }
    return op.formula(arguments)
  }

  /// What an operand contributes: its own formula if nothing else needs it, a number, or an operand of the kernel.
  private mutating func scalar(
    of value: Value, user: InstructionID, isAlone: Bool, in module: Module
  ) -> Scalar? {
    if let number = module.uniformConstant(value) { return .constant(Double(number)) }
    guard let type = module.shape(of: value)?.elementType else { return nil }
    let op = module[value.instruction].op as? any PointwiseOperator
    let isInner =
      !isAlone && names.count < PointwiseFusion.maximumOperators
      && module.users(of: value.instruction) == [user]
      && (type == .float || (type == .bool && op.map { Swift.type(of: $0).givesBool } == true))
    if isInner {
      var attempt = self
      if let formula = attempt.formula(of: value.instruction, isAlone: false, in: module) {
        self = attempt
        inner.insert(value.instruction)
        return formula
      }
    }
    guard type == .float else { return nil }
    if let index = operands.firstIndex(of: value) { return .input(index) }
    guard operands.count < PointwiseFusion.maximumOperands else { return nil }
    operands.append(value)
    return .input(operands.count - 1)
  }
}
