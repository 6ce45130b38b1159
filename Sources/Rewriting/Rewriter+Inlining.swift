import IR
import Support

extension Rewriter {
  /// Adds what `body`, a sub-module, does to `arguments` before the instruction that is being rewritten.
  ///
  /// Inference names the sizes that instructions of `body` make anew. So none may be named by anything but types.
  ///
  /// - Parameter known: the symbols that mean the same inside and outside of `body`.
  /// - Returns: what `body` gives; nil if it can't be inlined.
  /// - Throws: what inference throws.
  public mutating func insert(
    _ body: Module, on arguments: [Value], knowing known: Set<String>
  ) throws(MIGraphXError) -> [Value]? {
    guard body.parameters.count == arguments.count, body.guardedNames.isSubset(of: known),
      body.order.allSatisfy({ body[$0].namedSymbols.isSubset(of: known) })
    else { return nil }
    var values = Dictionary(uniqueKeysWithValues: zip(body.parameters, arguments))
    for item in body.guards { try require(item) }
    for id in body.order {
      let instruction = body[id]
      switch instruction.body {
      case .parameter, .result: break
      case .literal(let literal): values[Value(id)] = insert(literal)
      case .apply(let op):
        let new = try insertInstruction(
          op, instruction.inputs.compactMap { values[$0] }, modules: instruction.modules,
          debugSymbols: instruction.debugSymbols)
        for result in instruction.types.indices {
          values[Value(id, result: result)] = Value(new, result: result)
        }
      }
    }
    return body.results.compactMap { values[$0] }
  }
}
