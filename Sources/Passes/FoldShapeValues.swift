import IR
import Operators
import Rewriting
import Support
import Tensors

/// Replaces the computation of sizes by its outcome.
///
/// Small integer tensors of known contents become literals, or one `shape_value` if the contents name symbols of the
/// module's parameters. Operators that read sizes from such a tensor get them as attributes. So nothing is left of
/// the chains from the sizes of one tensor to the reshape of another.
///
/// ```
/// main:@1 = @literal{-1}                                   main:@1 = reshape[dims={N,6}](x)
/// main:@2 = dimensions_of[start=0,end=1](x)
/// main:@3 = concat[axis=0](main:@2,main:@1)            =>
/// main:@4 = reshape[dims={}](x,main:@3)
/// ```
public struct FoldShapeValues: Pass {
  public var name: String { "fold_shape_values" }

  /// Makes the pass.
  public init() {}

  public func run(on module: inout Module, _ context: inout PassContext) throws(MIGraphXError) {
    try module.rewrite(&context) { (rewriter) throws(MIGraphXError) in
      for id in rewriter.module.order where rewriter.module.contains(id) {
        try rewriter.absorbInputs(of: id)
      }
    }
    try RuleDriver([ExpressSizesByDimensions()]).run(on: &module, &context)
    try module.rewrite(&context) { (rewriter) throws(MIGraphXError) in
      let known = rewriter.module.sizeSymbols
      for id in rewriter.module.order {
        guard rewriter.module.contains(id) else { continue }
        try foldContents(of: id, known, in: &rewriter)
      }
    }
  }

  private func foldContents(
    of id: InstructionID, _ known: Set<Symbol>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) {
    let instruction = rewriter.module[id]
    guard let op = instruction.op, op.isPure, instruction.types.count == 1,
      let shape = instruction.types[0].shape, let lens = shape.lens,
      let elements = instruction.contents[0]?.elements,
      Dimension(elements.count) == shape.elementCount
    else { return }
    if let constants = constants(of: elements) {
      let argument = try Argument(constants.map { Int64($0) }, lens: lens)
        .converted(toElementType: shape.elementType)
      try rewriter.rewrite(id) { $0.insert(Literal(argument)) }
      return
    }
    guard shape.elementType.isInteger, !(op is ShapeValue),
      elements.allSatisfy({ $0.symbols.isSubset(of: known) })
    else { return }
    try rewriter.rewrite(id) { (rewriter) throws(MIGraphXError) in
      try rewriter.insert(
        ShapeValue(
          dims: elements, lens: lens.count == 1 ? nil : lens, elementType: shape.elementType))
    }
  }
}

extension Module {
  /// The symbols that have a value from the start: those that are the size of an axis of a parameter.
  var sizeSymbols: Set<Symbol> {
    parameters.reduce(into: []) { symbols, parameter in
      symbols.formUnion(shape(of: parameter)?.dimensions.compactMap(\.symbol) ?? [])
    }
  }
}
