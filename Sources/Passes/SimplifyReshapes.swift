import IR
import Operators
import Rewriting
import Support
import Tensors

/// Joins instructions that only move elements: pairs of transposes, reshapes, slices, broadcasts and concats.
///
/// ```
/// main:@1 = transpose[permutation={1,2,0}](x)       main:@1 = transpose[permutation={2,0,1}](x)
/// main:@2 = transpose[permutation={1,2,0}](main:@1)  =>
/// ```
public struct SimplifyReshapes: RulePass {
  public var name: String { "simplify_reshapes" }

  /// Makes the pass.
  public init() {}

  public var rules: [any RewriteRule] {
    [
      JoinTransposes(), ReshapeInsteadOfTranspose(),
      JoinReshapes<Reshape>(), JoinReshapes<Squeeze>(), JoinReshapes<Unsqueeze>(),
      JoinSlices(), SliceOfConcat(), SingleConcat(), NestedConcat(),
      JoinMultibroadcasts(), MultibroadcastOfBroadcast(),
    ]
  }
}

/// transpose(transpose(x)) => transpose(x), or x
struct JoinTransposes: RewriteRule {
  func rewrite(
    _ root: Node<Transpose>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    guard let inner = rewriter[root.inputs[0], as: Transpose.self] else { return nil }
    let first = inner.permutation
    let joined = root.permutation.map { first[$0] }
    if joined == Array(joined.indices) { return inner.inputs[0] }
    return try rewriter.insert(Transpose(permutation: joined), inner.inputs[0])
  }
}

extension Node<Transpose> {
  /// The permutation without negative axes.
  fileprivate var permutation: [Int] { op.permutation.map { $0 < 0 ? $0 + shape.rank : $0 } }
}

/// transpose(x) that moves only axes of size 1 of an x that is standard => reshape(x)
struct ReshapeInsteadOfTranspose: RewriteRule {
  func rewrite(
    _ root: Node<Transpose>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    guard let input = rewriter.shape(of: root.inputs[0]), input.isStandard else { return nil }
    let moved = root.permutation.filter { input.dimensions[$0] != 1 }
    guard moved == moved.sorted() else { return nil }
    return try rewriter.reshape(root.inputs[0], to: root.shape.dimensions)
  }
}

/// A reshape, squeeze or unsqueeze of another => reshape(x), or x
struct JoinReshapes<Outer: Operator>: RewriteRule {
  func rewrite(
    _ root: Node<Outer>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    guard root.inputs.count == 1 else { return nil }
    let inner = root.inputs[0]
    let isCopy = rewriter[inner, as: Reshape.self] != nil
    guard
      isCopy || rewriter[inner, as: Squeeze.self] != nil
        || rewriter[inner, as: Unsqueeze.self] != nil
    else { return nil }
    let inputs = rewriter.module[inner.instruction].inputs
    guard inputs.count == 1, let source = rewriter.shape(of: inputs[0]) else { return nil }
    if source.dimensions == root.shape.dimensions { return inputs[0] }
    // Views of views stay views.
    guard isCopy || Outer.self == Reshape.self || source.isStandard,
      root.shape.elementCount == source.elementCount
    else { return nil }
    return try rewriter.reshape(inputs[0], to: root.shape.dimensions)
  }
}

/// slice(slice(x)) => slice(x), where both take known places forward
struct JoinSlices: RewriteRule {
  func rewrite(
    _ root: Node<Slice>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    guard let inner = rewriter[root.inputs[0], as: Slice.self],
      let outerRanges = rewriter.ranges(of: root), let innerRanges = rewriter.ranges(of: inner)
    else { return nil }
    var joined = innerRanges
    for (axis, range) in outerRanges {
      let start = innerRanges[axis]?.start ?? 0
      joined[axis] = (start + range.start, range.size)
    }
    let axes = joined.keys.sorted()
    let ranges = axes.compactMap { joined[$0] }
    return try rewriter.insert(
      Slice(axes: axes, starts: ranges.map(\.start), ends: ranges.map { $0.start + $0.size }),
      inner.inputs[0])
  }
}

extension Rewriter {
  /// Where a slice starts along each axis that it cuts, and how many elements it takes from there.
  ///
  /// nil unless it takes neighbouring elements, from starts that are numbers inside the axis.
  fileprivate func ranges(
    of slice: Node<Slice>
  ) -> [Int: (start: Dimension, size: Dimension)]? {
    guard slice.inputs.count == 1, slice.op.hasUnitSteps,
      let input = shape(of: slice.inputs[0])
    else { return nil }
    var ranges: [Int: (start: Dimension, size: Dimension)] = [:]
    for (axis, start) in zip(slice.op.axes, slice.op.starts) {
      let axis = axis < 0 ? axis + input.rank : axis
      guard let number = start.constant, number >= 0,
        start.isKnown(lessOrEqual: input.dimensions[axis])
      else { return nil }
      ranges[axis] = (start, slice.shape.dimensions[axis])
    }
    return ranges
  }
}

/// slice(concat(.., x, ..)) that takes from x only => slice(x), or x
struct SliceOfConcat: RewriteRule {
  func rewrite(
    _ root: Node<Slice>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    guard let concat = rewriter[root.inputs[0], as: Concat.self],
      let ranges = rewriter.ranges(of: root)
    else { return nil }
    let axis = concat.op.axis < 0 ? concat.op.axis + concat.shape.rank : concat.op.axis
    guard let range = ranges[axis] else { return nil }
    var offset: Dimension = 0
    for part in concat.inputs {
      guard let size = rewriter.shape(of: part)?.dimensions[axis] else { return nil }
      let start = range.start - offset
      if Dimension(0).isKnown(lessOrEqual: start),
        (start + range.size).isKnown(lessOrEqual: size)
      {
        if ranges.count == 1, start == 0, range.size == size { return part }
        var slice = root.op
        for (index, sliced) in slice.axes.enumerated()
        where sliced == axis || sliced + root.shape.rank == axis {
          slice.starts[index] = start
          slice.ends[index] = start + range.size
        }
        return try rewriter.insert(slice, part)
      }
      offset += size
    }
    return nil
  }
}

/// concat(x) => x
struct SingleConcat: RewriteRule {
  func rewrite(
    _ root: Node<Concat>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? { root.inputs.count == 1 ? root.inputs[0] : nil }
}

/// concat(concat(x, y), z) along one axis => concat(x, y, z), if nothing else uses the inner one
struct NestedConcat: RewriteRule {
  func rewrite(
    _ root: Node<Concat>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    let rank = root.shape.rank
    func axis(_ concat: Concat) -> Int { concat.axis < 0 ? concat.axis + rank : concat.axis }
    var inputs: [Value] = []
    for input in root.inputs {
      if rewriter.isUsedOnce(input), let inner = rewriter[input, as: Concat.self],
        axis(inner.op) == axis(root.op)
      {
        inputs += inner.inputs
      } else {
        inputs.append(input)
      }
    }
    return inputs == root.inputs ? nil : try rewriter.insert(root.op, inputs)
  }
}

/// multibroadcast(multibroadcast(x)) => multibroadcast(x)
struct JoinMultibroadcasts: RewriteRule {
  func rewrite(
    _ root: Node<Multibroadcast>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    guard root.inputs.count == 1,
      let inner = rewriter[root.inputs[0], as: Multibroadcast.self], inner.inputs.count == 1
    else { return nil }
    return try rewriter.insert(Multibroadcast(outLens: root.shape.dimensions), inner.inputs[0])
  }
}

/// multibroadcast(broadcast(x)) => broadcast(x), where x is repeated along the same axes
struct MultibroadcastOfBroadcast: RewriteRule {
  func rewrite(
    _ root: Node<Multibroadcast>, in rewriter: inout Rewriter
  ) throws(MIGraphXError) -> Value? {
    guard root.inputs.count == 1, let inner = rewriter[root.inputs[0], as: Broadcast.self],
      let source = rewriter.shape(of: inner.inputs[0]), source.rank > 0
    else { return nil }
    let own = inner.op.axis < 0 ? inner.op.axis + inner.shape.rank : inner.op.axis
    let axis = own + root.shape.rank - inner.shape.rank
    return try rewriter.insert(
      Broadcast(axis: axis, outLens: root.shape.dimensions), inner.inputs[0])
  }
}
