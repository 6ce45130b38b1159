import IR
import Operators
import Support
import Tensors

extension Lowering {
  /// Gives a recurrent network a kernel, when its weights are constants.
  func lower(
    _ op: LSTM, _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    // States that are rounded to bytes are left to evaluation.
    if op.quantizeStates == true { return }
    let hasPeepholes = module[id].inputs.count > 7 && !module.isMissing(module[id].inputs[7])
    try lower(RecurrentNetwork(op, hasPeepholes: hasPeepholes), id, in: &module)
  }

  func lower(_ op: GRU, _ id: InstructionID, in module: inout Module) throws(MIGraphXError) {
    try lower(RecurrentNetwork(op), id, in: &module)
  }

  func lower(_ op: RNN, _ id: InstructionID, in module: inout Module) throws(MIGraphXError) {
    try lower(RecurrentNetwork(op), id, in: &module)
  }

  private func lower(
    _ network: RecurrentNetwork, _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    let inputs = Array(module[id].inputs)
    guard isFloat(id, in: module), let base = module[id].op,
      let input = module.constant(inputs[1]), let state = module.constant(inputs[2])
    else { return }
    var operands = RecurrentKernel.Operands()
    var values = [inputs[0]]
    var constants: [Int: Argument] = [:]
    for (index, value) in inputs.enumerated().dropFirst(3) where !module.isMissing(value) {
      guard module.shape(of: value) != nil else { return }
      switch index {
      case 3, 7:
        guard let constant = module.constant(value) else { return }
        constants[index] = constant
        continue
      case 4: operands.lengths = values.count
      case 5: operands.hidden = values.count
      default: operands.cell = values.count
      }
      values.append(value)
    }
    let weights = try RecurrentWeights(
      network, inputWeights: input, stateWeights: state, bias: constants[3],
      peepholes: constants[7], product, runtime)
    let kernel = try RecurrentKernel(network, weights, operands, product, library, runtime)
    let native = NativeOperator(base: base, resultTypes: module[id].types, kernel: kernel, runtime)
    try module.replace(id, with: native, values)
  }
}

extension Module {
  /// Whether an operand is left out.
  fileprivate func isMissing(_ value: Value) -> Bool {
    self[value.instruction].op is Undefined
  }
}
