import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators that move elements.
  static let movementConverters: [String: Converter] = [
    "CenterCropPad": centerCropPad, "Concat": concat, "DepthToSpace": depthToSpace,
    "Expand": expand, "EyeLike": eyeLike, "Flatten": flatten,
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
    "Pad": pad, "Reshape": reshape, "ReverseSequence": reverseSequence, "Slice": slice,
    "SpaceToDepth": spaceToDepth, "Split": split, "Squeeze": squeeze, "Tile": tile,
    "Transpose": transpose, "Trilu": trilu, "Unsqueeze": unsqueeze,
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
    if node.version < 5 { return try earlyReshape(node) }
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
    // Opset 1 has both an attribute and an input, of which one may be there.
    let input = try (2..<13).contains(node.version) ? nil : node.optionalInput(1)
    let attribute = try node.version < 13 ? node.ints("split") : nil
    if let input, node.integers(input) == nil {
      let parts = try node.add(Split(axis: axis), inputs: [x, input])
      let found = node.graph.module[parts].types.count
      guard found == count else {
        throw MIGraphXError(
          .invalidFile, "\(count) parts need as many sizes, found \(found)")
      }
      return (0..<count).map { Value(parts, result: $0) }
    }
    if let stated = attribute ?? input.flatMap({ node.integers($0) }) {
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
  private static let squeeze: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    guard node.version >= 13, let axes = try node.optionalInput(1) else {
      return [try node.add(Squeeze(axes: node.ints("axes") ?? []), x)]
    }
    if let known = node.integers(axes) { return [try node.add(Squeeze(axes: known), x)] }
    return [try node.add(Squeeze(axes: []), x, axes)]
  }

  private static let unsqueeze: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    if node.version < 13 {
      guard let axes = try node.ints("axes") else {
        throw MIGraphXError(.invalidFile, "attribute 'axes' is needed")
      }
      return [try node.add(Unsqueeze(axes: axes), x)]
    }
    let axes = try node.input(1)
    if let known = node.integers(axes) { return [try node.add(Unsqueeze(axes: known), x)] }
    return [try node.add(Unsqueeze(axes: []), x, axes)]
  }

  private static let tile: Converter = { (node) throws(MIGraphXError) in
    if node.version < 6 { return try earlyTile(node) }
    return [try node.add(Tile(repeats: []), node.input(0), node.input(1))]
  }

  private static let transpose: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let rank = try node.shape(x).rank
    return [
      try node.add(Transpose(permutation: node.ints("perm") ?? Array((0..<rank).reversed())), x)
    ]
  }

  /// Up to opset 10 the pads are an attribute, from 11 on an input, from 18 on with axes.
  private static let pad: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let name = try node.string("mode") ?? "constant"
    guard let mode = PadMode(rawValue: name) else {
      throw MIGraphXError(
        .invalidFile, "mode is '\(name)'; constant, reflect, edge or wrap is needed")
    }
    if node.version < 11 {
      // Opset 1 has another name for them.
      let former = try node.ints("paddings")
      guard let pads = try node.ints("pads") ?? former else {
        throw MIGraphXError(.invalidFile, "attribute 'pads' is needed")
      }
      let value = try node.float("value") ?? 0
      return [try node.add(Pad(mode: mode, pads: pads.map { Dimension($0) }, value: value), x)]
    }
    let zero = try node.zero(of: node.shape(x).elementType)
    var inputs = [x, try node.optionalInput(2) ?? zero, try node.input(1)]
    if let axes = try node.optionalInput(3) { inputs.append(axes) }
    return [Value(try node.add(Pad(mode: mode, pads: [], value: 0), inputs: inputs))]
  }

  /// Padding whose pads, half of what is missing, may be negative.
  private static let centerCropPad: Converter = { (node) throws(MIGraphXError) in
    let (x, target) = (try node.input(0), try node.input(1))
    let shape = try node.shape(x)
    var axes = Array(0..<shape.rank)
    if let named = try node.ints("axes") {
      axes = []
      for axis in named { axes.append(try node.normalized(axis, rank: shape.rank)) }
    }
    let targetShape = try node.shape(target)
    guard targetShape.rank == 1, targetShape.dimensions[0] == Dimension(axes.count) else {
      throw MIGraphXError(
        .invalidShape, "\(axes.count) sizes are needed, one for each axis; found (\(targetShape))")
    }
    let sizes = try node.add(
      Gather(axis: 0), node.add(DimensionsOf(start: 0, end: shape.rank), x), node.vector(axes))
    let missing = try node.broadcasting(Sub(), node.convert(target, to: .int64), sizes)
    // Integer division cuts off toward zero: the smaller half comes first, of what is cut off too.
    let before = try node.apply(Div(), missing, 2)
    let after = try node.add(Sub(), missing, before)
    let pads = Value(try node.add(Concat(axis: 0), inputs: [before, after]))
    return [
      try node.add(
        Pad(mode: .constant, pads: [], value: 0), x, node.zero(of: shape.elementType), pads,
        node.vector(axes))
    ]
  }

  private static let depthToSpace: Converter = { (node) throws(MIGraphXError) in
    let (x, sizes, block) = try blocks(node)
    let depth = sizes[1].floorDivided(by: block * block)
    let isBlockFirst = try isBlockFirst(node, default: "DCR")
    let parts = isBlockFirst ? [block, block, depth] : [depth, block, block]
    let split = try node.add(
      Reshape(sizes: [sizes[0]] + parts + [sizes[2], sizes[3]]), x)
    let moved = try node.add(
      Transpose(permutation: isBlockFirst ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3]), split)
    return [
      try node.add(Reshape(sizes: [sizes[0], depth, sizes[2] * block, sizes[3] * block]), moved)
    ]
  }

  private static let spaceToDepth: Converter = { (node) throws(MIGraphXError) in
    let (x, sizes, block) = try blocks(node)
    let (height, width) = (sizes[2].floorDivided(by: block), sizes[3].floorDivided(by: block))
    let split = try node.add(
      Reshape(sizes: [sizes[0], sizes[1], height, block, width, block]), x)
    let isBlockFirst = try isBlockFirst(node, default: "DCR")
    let moved = try node.add(
      Transpose(permutation: isBlockFirst ? [0, 3, 5, 1, 2, 4] : [0, 1, 3, 5, 2, 4]), split)
    return [
      try node.add(Reshape(sizes: [sizes[0], sizes[1] * block * block, height, width]), moved)
    ]
  }

  private static func blocks(
    _ node: NodeImporter
  ) throws(MIGraphXError) -> (x: Value, sizes: [Dimension], block: Dimension) {
    let x = try node.input(0)
    let shape = try node.shape(x)
    guard shape.rank == 4 else {
      throw MIGraphXError(.invalidShape, "input 0 must have rank 4, found (\(shape))")
    }
    guard let block = try node.int("blocksize"), block >= 1, block <= 1 << 20 else {
      throw MIGraphXError(.invalidFile, "attribute 'blocksize' must be a positive number")
    }
    return (x, shape.dimensions, Dimension(block))
  }

  /// Whether the positions in a block are the outer axes of the depth.
  private static func isBlockFirst(
    _ node: NodeImporter, default word: String
  ) throws(MIGraphXError) -> Bool {
    let mode = try node.string("mode") ?? word
    guard mode == "DCR" || mode == "CRD" else {
      throw MIGraphXError(.invalidFile, "mode is '\(mode)'; DCR or CRD is needed")
    }
    return mode == "DCR"
  }

  /// Ones, of which two triangles are set to zero.
  private static let eyeLike: Converter = { (node) throws(MIGraphXError) in
    let shape = try node.shape(node.input(0))
    guard shape.rank == 2 else {
      throw MIGraphXError(.invalidShape, "input 0 must be a matrix, found (\(shape))")
    }
    let type = try node.elementType("dtype") ?? shape.elementType
    let k = try node.int("k") ?? 0
    let ones = try node.broadcast(node.scalar(1, type), to: shape.dimensions)
    return [try node.add(Trilu(upper: false, k: k), node.add(Trilu(upper: true, k: k), ones))]
  }

  private static let trilu: Converter = { (node) throws(MIGraphXError) in
    let (x, upper) = (try node.input(0), try node.flag("upper", default: true))
    guard let k = try node.optionalInput(1) else { return [try node.add(Trilu(upper: upper), x)] }
    if let known = node.integers(k), known.count == 1 {
      return [try node.add(Trilu(upper: upper, k: known[0]), x)]
    }
    return [try node.add(Trilu(upper: upper), x, k)]
  }

  private static let reverseSequence: Converter = { (node) throws(MIGraphXError) in
    let op = ReverseSequence(
      timeAxis: try node.int("time_axis") ?? 0, batchAxis: try node.int("batch_axis") ?? 1)
    return [try node.add(op, node.input(0), node.input(1))]
  }
}
