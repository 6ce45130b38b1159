import IR
import Operators
import Rewriting
import Support
import Tensors

extension Rewriter {
  /// Whether sizes have values when `data` has: they name only its symbols and those of the parameters.
  fileprivate func areKnown(_ sizes: [Dimension], beside data: Value) -> Bool {
    let symbols = sizes.reduce(into: Set<Symbol>()) { $0.formUnion($1.symbols) }
    if symbols.isEmpty { return true }
    return symbols.isSubset(
      of: module.sizeSymbols.union(shape(of: data)?.dimensions.compactMap(\.symbol) ?? []))
  }

  /// The known contents of `value`, if they have values when `data` has.
  fileprivate func contents(of value: Value, beside data: Value) -> [Dimension]? {
    guard let elements = module.contents(of: value)?.elements, areKnown(elements, beside: data)
    else { return nil }
    return elements
  }
}

/// reshape[dims={0,-1}](x) => reshape[dims={N,6}](x): what the sizes are instead of where they come from, so that
/// equal reshapes look equal.
struct ExpressSizesByDimensions: RewriteRule {
  func rewrite(
    _ root: Node<Reshape>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    let dimensions = root.shape.dimensions
    guard root.inputs.count == 1, root.op.dims != dimensions,
      rewriter.areKnown(dimensions, beside: root.inputs[0])
    else { return nil }
    // An exact number of elements needs no guard that the former sizes didn't.
    let total = rewriter.shape(of: root.inputs[0])?.elementCount
    guard root.shape.elementCount == total else { return nil }
    return try rewriter.insert(Reshape(sizes: dimensions), root.inputs[0])
  }
}

extension Rewriter {
  /// slice(x, starts, ends) => slice[axes,starts,ends](x), and so on for all operators that read sizes, axes or
  /// counts from inputs: those that are known become attributes.
  mutating func absorbInputs(of id: InstructionID) throws(MIGraphXError) {
    let inputs = module[id].inputs
    guard inputs.count > 1, let op = module[id].op as? any SizeInputOperator else { return }
    let sizes = module.shape(of: Value(id))?.dimensions
    let known = KnownInputs(
      contents: inputs.map { contents(of: $0, beside: inputs[0]) },
      literals: inputs.map { literal($0)?.argument }, ranks: inputs.map { shape(of: $0)?.rank },
      resultSizes: sizes.flatMap { areKnown($0, beside: inputs[0]) ? $0 : nil })
    guard let fixed = op.absorbing(known) else { return }
    try rewriteResults(id) { (rewriter) throws(MIGraphXError) in
      var results: [Value] = []
      for (op, kept) in fixed {
        let new = try rewriter.insertInstruction(op, kept.map { inputs[$0] })
        results += rewriter.module[new].types.indices.map { Value(new, result: $0) }
      }
      return results
    }
  }
}
