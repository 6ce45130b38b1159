import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators that move elements.
  static let movementConverters: [String: Converter] = [
    "Concat": concat, "Expand": expand, "Flatten": flatten,
    "Gather": { (node) throws(MIGraphXError) in
      [try node.add(Gather(axis: node.int("axis") ?? 0), node.input(0), node.input(1))]
    },
    "GatherElements": { (node) throws(MIGraphXError) in
      [try node.add(GatherElements(axis: node.int("axis") ?? 0), node.input(0), node.input(1))]
    },
    "GatherND": { (node) throws(MIGraphXError) in
      [
        try node.add(
          GatherND(batchDims: node.int("batch_dims") ?? 0), node.input(0), node.input(1))
      ]
    },
    "Reshape": reshape, "Slice": slice, "Split": split, "Squeeze": squeeze, "Tile": tile,
    "Transpose": transpose, "Unsqueeze": unsqueeze,
  ]

  private static let concat: Converter = { (node) throws(MIGraphXError) in
    guard let axis = try node.int("axis") ?? (node.version < 4 ? 1 : nil) else {
      throw MIGraphXError(.invalidFile, "attribute 'axis' is needed")
    }
    return [Value(try node.add(Concat(axis: axis), inputs: node.inputs()))]
  }

  private static let expand: Converter = { (node) throws(MIGraphXError) in
    [try node.add(Multibroadcast(outLens: []), node.input(0), node.input(1))]
  }

  private static let flatten: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let sizes = try node.shape(x).dimensions
    let axis = try node.int("axis") ?? 1
    guard axis >= -sizes.count, axis <= sizes.count else {
      throw MIGraphXError(.invalidFile, "axis \(axis) is not among the \(sizes.count) axes")
    }
    let split = axis < 0 ? axis + sizes.count : axis
    let outer = sizes[..<split].reduce(1, *)
    let inner = sizes[split...].reduce(1, *)
    return [try node.add(Reshape(dims: [outer, inner], allowZero: true), x)]
  }

  private static let reshape: Converter = { (node) throws(MIGraphXError) in
    let allowZero: Bool? = try node.flag("allowzero") ? true : nil
    let (x, sizes) = (try node.input(0), try node.input(1))
    if let literal = try node.literal(1), literal.shape.rank == 1,
      let integers = node.integers(sizes)
    {
      return [
        try node.add(Reshape(dims: integers.map { Dimension($0) }, allowZero: allowZero), x)
      ]
    }
    return [try node.add(Reshape(dims: [], allowZero: allowZero), x, sizes)]
  }

  /// Up to opset 9 the range is in attributes, from 10 on in inputs.
  private static let slice: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    if node.version < 10 {
      guard let starts = try node.ints("starts"), let ends = try node.ints("ends"),
        starts.count == ends.count
      else {
        throw MIGraphXError(.invalidFile, "attributes 'starts' and 'ends' of one length are needed")
      }
      return [
        try node.add(
          Slice(
            axes: node.ints("axes") ?? Array(starts.indices),
            starts: starts.map { Dimension($0) }, ends: ends.map { Dimension($0) }), x)
      ]
    }
    let ranges = [x, try node.input(1), try node.input(2)]
    let axes = try node.optionalInput(3)
    let steps = try node.optionalInput(4)
    if try node.literal(1) != nil, try node.literal(2) != nil,
      let starts = node.integers(ranges[1]), let ends = node.integers(ranges[2]),
      let axes = axes.map({ node.integers($0) }) ?? Array(starts.indices),
      let steps = steps.map({ node.integers($0) }) ?? Array(repeating: 1, count: starts.count)
    {
      guard starts.count == ends.count, axes.count == starts.count, steps.count == starts.count
      else {
        throw MIGraphXError(
          .invalidFile, "starts \(starts), ends \(ends), axes \(axes) and steps \(steps) must agree"
        )
      }
      return [
        try node.add(
          Slice(
            axes: axes, starts: starts.map { Dimension($0) }, ends: ends.map { Dimension($0) },
            steps: steps.allSatisfy { $0 == 1 } ? nil : steps), x)
      ]
    }
    var inputs = [x, ranges[1], ranges[2]]
    if axes != nil || steps != nil {
      let count = try node.shape(ranges[1]).dimensions.first?.constant ?? 0
      if let axes { inputs.append(axes) } else { inputs.append(try node.vector(Array(0..<count))) }
    }
    if let steps { inputs.append(steps) }
    return [Value(try node.add(Slice(axes: [], starts: [], ends: []), inputs: inputs))]
  }

  /// The parts are views: stated sizes, or equal ones of which the last may be smaller.
  private static let split: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let shape = try node.shape(x)
    let axis = try node.normalized(node.int("axis") ?? 0, rank: shape.rank)
    let size = shape.dimensions[axis]
    let count = node.node.output.count
    let sizes: [Dimension]
    let stated =
      try node.version < 13
      ? node.ints("split") : node.knownIntegers(1, "the sizes of the parts")
    if let stated {
      guard stated.count == count, stated.allSatisfy({ $0 >= 0 }) else {
        throw MIGraphXError(
          .invalidFile, "\(count) parts need as many sizes that are not negative, found \(stated)")
      }
      let sum = stated.reduce(Dimension(0)) { $0 + Dimension($1) }
      try node.require(size, equals: sum, "axis \(axis) of (\(shape)) and the sum of \(stated)")
      sizes = stated.map { Dimension($0) }
    } else {
      guard count > 0 else { throw MIGraphXError(.invalidFile, "the node has no outputs") }
      let part = size.ceilDivided(by: Dimension(count))
      if node.version < 18 {
        try node.require(
          size, equals: part * Dimension(count),
          "axis \(axis) of (\(shape)) and \(count) equal parts")
      }
      sizes = (0..<count).map { index in
        index < count - 1 ? part : size - part * Dimension(count - 1)
      }
    }
    var results: [Value] = []
    var start: Dimension = 0
    for size in sizes {
      results.append(
        try node.add(Slice(axes: [axis], starts: [start], ends: [start + size]), x))
      start += size
    }
    return results
  }

  /// The axes are an attribute up to opset 12, an input from 13 on.
  private static func axes(_ node: NodeImporter) throws(MIGraphXError) -> [Int]? {
    try node.version < 13 ? node.ints("axes") : node.knownIntegers(1, "the axes")
  }

  private static let squeeze: Converter = { (node) throws(MIGraphXError) in
    [try node.add(Squeeze(axes: axes(node) ?? []), node.input(0))]
  }

  private static let unsqueeze: Converter = { (node) throws(MIGraphXError) in
    guard let axes = try axes(node) else {
      throw MIGraphXError(.invalidFile, "the axes are needed")
    }
    return [try node.add(Unsqueeze(axes: axes), node.input(0))]
  }

  private static let tile: Converter = { (node) throws(MIGraphXError) in
    [try node.add(Tile(repeats: []), node.input(0), node.input(1))]
  }

  private static let transpose: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let rank = try node.shape(x).rank
    return [
      try node.add(Transpose(permutation: node.ints("perm") ?? Array((0..<rank).reversed())), x)
    ]
  }
}
