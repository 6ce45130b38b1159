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

/// resize(x, sizes) => resize[sizes](x), and the same for scales
struct FixResize: RewriteRule {
  func rewrite(
    _ root: Node<Resize>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    guard root.inputs.count == 2 else { return nil }
    var resize = root.op
    if let literal = rewriter.literal(root.inputs[1]), literal.shape.elementType == .float {
      resize.scales = literal.argument.converted(to: Float.self)
    } else if let sizes = rewriter.contents(of: root.inputs[1], beside: root.inputs[0]) {
      resize.sizes = sizes
    } else {
      return nil
    }
    return try rewriter.insert(resize, root.inputs[0])
  }
}
