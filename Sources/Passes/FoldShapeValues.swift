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
    try RuleDriver([
      FixReshape(), FixMultibroadcast(), FixSlice(), FixTile(), ExpressSizesByDimensions(),
    ]).run(on: &module, &context)
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

/// reshape(x, sizes) => reshape[dims](x)
struct FixReshape: RewriteRule {
  func rewrite(
    _ root: Node<Reshape>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    guard root.inputs.count == 2,
      let sizes = rewriter.contents(of: root.inputs[1], beside: root.inputs[0])
    else { return nil }
    let dimensions = root.shape.dimensions
    if !dimensions.contains(where: { $0.symbols.count > 0 }) {
      return try rewriter.insert(Reshape(sizes: dimensions), root.inputs[0])
    }
    return try rewriter.insert(
      Reshape(dims: sizes, allowZero: root.op.allowZero), root.inputs[0])
  }
}

/// reshape[dims={3,N}](x) => reshape[dims={3,-1}](x) is not made: N says more. But a 0 or -1 whose size is known
/// becomes that size, so that equal reshapes look equal.
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

/// multibroadcast(x, sizes) => multibroadcast[out_lens](x)
struct FixMultibroadcast: RewriteRule {
  func rewrite(
    _ root: Node<Multibroadcast>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    let dimensions = root.shape.dimensions
    guard root.inputs.count == 2,
      let sizes = rewriter.contents(of: root.inputs[1], beside: root.inputs[0]),
      rewriter.areKnown(dimensions, beside: root.inputs[0]),
      // A size that is asked for and may yet differ is checked when the program runs.
      zip(sizes.reversed(), dimensions.reversed()).allSatisfy({ $0 == 1 || $0 == $1 })
    else { return nil }
    return try rewriter.insert(Multibroadcast(outLens: dimensions), root.inputs[0])
  }
}

/// slice(x, starts, ends, axes, steps) => slice[axes,starts,ends,steps](x)
struct FixSlice: RewriteRule {
  func rewrite(
    _ root: Node<Slice>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    guard root.inputs.count >= 3,
      let starts = rewriter.contents(of: root.inputs[1], beside: root.inputs[0]),
      let ends = rewriter.contents(of: root.inputs[2], beside: root.inputs[0])
    else { return nil }
    var slice = root.op
    slice.starts = starts
    slice.ends = ends
    if slice.axes.isEmpty { slice.axes = Array(starts.indices) }
    if root.inputs.count > 3 {
      guard let axes = rewriter.module.contents(of: root.inputs[3])?.constants else { return nil }
      slice.axes = axes
    }
    if root.inputs.count > 4 {
      guard let steps = rewriter.module.contents(of: root.inputs[4])?.constants else { return nil }
      slice.steps = steps
    }
    if slice.hasUnitSteps { slice.steps = nil }
    return try rewriter.insert(slice, root.inputs[0])
  }
}

/// tile(x, repeats) => tile[repeats](x)
struct FixTile: RewriteRule {
  func rewrite(
    _ root: Node<Tile>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    guard root.inputs.count == 2,
      let repeats = rewriter.contents(of: root.inputs[1], beside: root.inputs[0])
    else { return nil }
    return try rewriter.insert(Tile(repeats: repeats), root.inputs[0])
  }
}
