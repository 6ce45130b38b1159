import Support
import Tensors

extension Program {
  /// Checks every rule of the intermediate representation. See ``Module/verify()``.
  ///
  /// All modules of a program have different names.
  public func verify() throws(MIGraphXError) {
    try main.verify()
    var names: Set<String> = []
    try main.collectNames(into: &names)
  }
}

extension Module {
  /// Checks that the module and its sub-modules are well formed.
  ///
  /// Operands come from earlier instructions and exist; types are those that inference gives; uses are recorded
  /// truly; parameters have different names; the return comes last.
  ///
  /// - Throws: `invalidProgram` with the line of the first instruction that breaks a rule.
  public func verify() throws(MIGraphXError) {
    let order = order
    let names = instructionNames
    var position: [InstructionID: Int] = [:]
    var uses: [InstructionID: Set<InstructionID>] = [:]
    var parameterNames: Set<String> = []
    for (index, id) in order.enumerated() {
      let instruction = self[id]
      func fail(_ message: String) -> MIGraphXError {
        MIGraphXError(.invalidProgram, "\(message), in: \(line(for: id, names: names))")
      }
      for input in instruction.inputs {
        guard contains(input.instruction), position[input.instruction] != nil else {
          throw fail("an operand is not defined before its use")
        }
        guard self[input.instruction].types.indices.contains(input.result) else {
          throw fail("operand \(names[input.instruction] ?? "") has no result \(input.result)")
        }
        uses[input.instruction, default: []].insert(id)
      }
      switch instruction.body {
      case .parameter(let name):
        guard parameterNames.insert(name).inserted else {
          throw fail("there are two parameters '\(name)'")
        }
      case .literal(let literal):
        guard instruction.types == [.tensor(literal.shape)] else {
          throw fail("the literal has shape (\(literal.shape))")
        }
      case .result:
        guard index == order.count - 1, returnID == id else {
          throw fail("the return must be the last instruction")
        }
      case .apply(let op): try verifyTypes(of: instruction, op, fail)
      }
      position[id] = index
      for module in instruction.modules {
        try trace("verifying module '\(module.name)'") { () throws(MIGraphXError) in
          try module.verify()
        }
      }
    }
    for id in order where Set(users(of: id)) != uses[id, default: []] {
      throw MIGraphXError(
        .invalidProgram, "the recorded users differ, in: \(line(for: id, names: names))")
    }
    guard order.count == count else {
      throw MIGraphXError(
        .invalidProgram, "module '\(name)' lists \(order.count) of \(count) instructions")
    }
  }

  fileprivate func collectNames(into names: inout Set<String>) throws(MIGraphXError) {
    guard names.insert(name).inserted else {
      throw MIGraphXError(.invalidProgram, "there are two modules '\(name)'")
    }
    for id in order {
      for module in self[id].modules { try module.collectNames(into: &names) }
    }
  }

  private func verifyTypes(
    of instruction: Instruction, _ op: any Operator, _ fail: (String) -> MIGraphXError
  ) throws(MIGraphXError) {
    var context = InferenceContext(
      operandContents: instruction.inputs.map { contents(of: $0) }, modules: instruction.modules,
      origin: op.name, symbolPrefix: "verify.")
    let inferred: [ValueType]
    do throws(MIGraphXError) {
      inferred = try op.inferTypes(instruction.inputs.map { type(of: $0) }, in: &context)
    } catch { throw fail(error.description) }
    guard inferred.count == instruction.types.count,
      zip(inferred, instruction.types).allSatisfy({ $0.isCompatible(with: $1) })
    else {
      let list = inferred.map(\.description).joined(separator: ", ")
      throw fail("inference gives [\(list)]")
    }
  }
}
