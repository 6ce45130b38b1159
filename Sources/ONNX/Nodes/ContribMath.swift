import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Computations of ONNX Runtime's own domain that are made of other operators.
  static let contribMathConverters: [String: Converter] = [
    "CDist": distances,
    "CausalConvWithState": { (node) throws(MIGraphXError) in
      for (name, value) in [
        ("ndim", 1), ("dilation", 1), ("state_window", 0), ("channels_last", 0),
        ("state_update_capacity", 0), ("state_length", 0), ("input_channels", 0),
      ] {
        try node.require(name, is: value)
      }
      var inputs: [Value?] = []
      for index in 0..<4 { inputs.append(try node.optionalInput(index)) }
      return try node.standard("CausalConvWithState", inputs, outputs: 2)
    },
    "ComplexMul": { (node) throws(MIGraphXError) in [try complexProduct(node, sign: 1)] },
    "ComplexMulConj": { (node) throws(MIGraphXError) in [try complexProduct(node, sign: -1)] },
    "CropAndResize": cropAndResize,
    "Inverse": { (node) throws(MIGraphXError) in [try node.add(Inverse(), node.input(0))] },
    "Irfft": { (node) throws(MIGraphXError) in
      let x = try node.input(0)
      try checkTransform(node)
      try node.require(
        node.shape(x).dimensions.last ?? 0, equals: 2, "the parts of the numbers of input 0 and 2")
      let result = try node.add(DFT(axis: -2, inverse: true, onesided: true), x)
      return [try node.add(Squeeze(axes: [-1]), result)]
    },
    "MatMulBnb4": quantizedProduct,
    "MaxpoolWithMask": { (node) throws(MIGraphXError) in
      [try node.add(MaskedPooling(of: pooling(node, .max)), node.input(0), node.input(1))]
    },
    "MurmurHash3": { (node) throws(MIGraphXError) in
      let isPositive = try node.int("positive") ?? 1 == 1
      let op = MurmurHash(seed: try node.int("seed") ?? 0, positive: isPositive)
      return [try node.add(op, node.input(0))]
    },
    "NGramRepeatBlock": { (node) throws(MIGraphXError) in
      guard let size = try node.int("ngram_size") else {
        throw MIGraphXError(.invalidFile, "attribute 'ngram_size' is needed")
      }
      return [try node.add(NGramRepeatBlock(size: size), node.input(0), node.input(1))]
    },
    "Rfft": { (node) throws(MIGraphXError) in
      let x = try node.input(0)
      try checkTransform(node)
      return [
        try node.add(
          DFT(axis: -2, inverse: false, onesided: true), node.add(Unsqueeze(axes: [-1]), x))
      ]
    },
  ]

  private static func checkTransform(_ node: NodeImporter) throws(MIGraphXError) {
    for (name, value) in [("signal_ndim", 1), ("onesided", 1), ("normalized", 0)] {
      try node.require(name, is: value)
    }
  }

  /// The distance of each row of the first matrix from each row of the second.
  private static let distances: Converter = { (node) throws(MIGraphXError) in
    let metric = try node.string("metric") ?? "sqeuclidean"
    guard metric == "sqeuclidean" || metric == "euclidean" else {
      throw MIGraphXError(.unsupported, "metric '\(metric)' is not known")
    }
    let (a, b) = (try node.input(0), try node.input(1))
    let columns = [
      try node.sizes(a, rank: 2, "input 0")[1], try node.sizes(b, rank: 2, "input 1")[1],
    ]
    try node.require(columns[0], equals: columns[1], "the columns of inputs 0 and 1")
    let offset = try node.broadcasting(
      Sub(), node.add(Unsqueeze(axes: [1]), a), node.add(Unsqueeze(axes: [0]), b))
    let sum = try node.add(
      Squeeze(axes: [2]), node.add(ReduceSum(axes: [2]), node.add(Mul(), offset, offset)))
    return [metric == "euclidean" ? try node.add(Sqrt(), sum) : sum]
  }

  /// Products of complex numbers, whose parts are the last axis; `sign` -1 takes the conjugates of input 1.
  private static func complexProduct(
    _ node: NodeImporter, sign: Double
  ) throws(MIGraphXError) -> Value {
    var parts: [[Value]] = []
    for index in 0...1 {
      let x = try node.input(index)
      let rank = try node.shape(x).rank
      guard rank > 0 else {
        throw MIGraphXError(.invalidShape, "input \(index) must have rank 1 or more")
      }
      parts.append(try node.split(x, axis: rank - 1, into: [1, 1]))
    }
    let crossed = try node.apply(Mul(), parts[1][1], sign)
    let real = try node.broadcast([
      node.broadcasting(Mul(), parts[0][0], parts[1][0]),
      node.broadcasting(Mul(), parts[0][1], crossed),
    ])
    let imaginary = try node.broadcast([
      node.broadcasting(Mul(), parts[0][0], crossed),
      node.broadcasting(Mul(), parts[0][1], parts[1][0]),
    ])
    return try node.add(
      Concat(axis: -1), node.add(Sub(), real[0], real[1]),
      node.add(Add(), imaginary[0], imaginary[1]))
  }

  /// Regions of images, each brought to one size: products of the images and matrices of weights.
  private static let cropAndResize: Converter = { (node) throws(MIGraphXError) in
    let (images, regions) = (try node.input(0), try node.input(1))
    let sizes = try node.sizes(images, rank: 4, "input 0")
    let type = try node.shape(images).elementType
    try node.require(
      node.sizes(regions, rank: 2, "the regions")[1], equals: 4, "the numbers of a region and 4")
    guard let size = try node.knownIntegers(3, "the size"), size.count == 2,
      size.allSatisfy({ $0 > 0 && $0 <= Shape.maximumByteCount })
    else {
      throw MIGraphXError(.invalidFile, "input 3 must be two positive sizes")
    }
    let mode = try node.string("mode") ?? "bilinear"
    guard mode == "bilinear" || mode == "nearest" else {
      throw MIGraphXError(.invalidFile, "mode is '\(mode)'; bilinear or nearest is needed")
    }
    let wide: ElementType = type == .double ? .double : .float
    let corners = try node.split(node.convert(regions, to: wide), axis: 1, into: [1, 1, 1, 1])
    var weights: [Value] = []
    var inside: [Value] = []
    for axis in 0..<2 {
      let places = try cropPlaces(
        node, from: corners[axis], to: corners[axis + 2], count: size[axis], size: sizes[axis + 2])
      let last = try node.add(
        ShapeValue(dims: [sizes[axis + 2] - 1], lens: [], elementType: wide))
      let isInside = try node.add(
        Not(),
        node.add(
          LogicalOr(), node.apply(Less(), places, 0), node.broadcasting(Greater(), places, last)))
      inside.append(isInside)
      let grid = try node.convert(node.positions(count: sizes[axis + 2]), to: wide)
      var place = try node.add(Unsqueeze(axes: [2]), places)
      if mode == "nearest" { place = try node.add(Floor(), node.apply(Add(), place, 0.5)) }
      let distance = try node.add(Abs(), node.broadcasting(Sub(), place, grid))
      let weight = try node.apply(
        Max(), node.add(Neg(), node.apply(Sub(), distance, 1)), 0)
      weights.append(try node.add(Unsqueeze(axes: [1]), weight))
    }
    let chosen = try node.add(
      Gather(axis: 0), node.convert(images, to: wide), node.input(2))
    let columns = try node.add(Transpose(permutation: [0, 1, 3, 2]), weights[1])
    let rows = try node.standard("MatMul", [weights[0], chosen], only: [])[0]
    let result = try node.standard("MatMul", [rows, columns], only: [])[0]
    let isInside = try node.broadcasting(
      LogicalAnd(), node.add(Unsqueeze(axes: [1, 3]), inside[0]),
      node.add(Unsqueeze(axes: [1, 2]), inside[1]))
    let outside = Double(try node.float("extrapolation_value") ?? 0)
    return [
      try node.convert(
        node.broadcasting(Where(), isInside, result, node.scalar(outside, wide)), to: type)
    ]
  }

  /// Where the elements of each region lie along an axis, `[R, count]`; one element lies in the middle.
  private static func cropPlaces(
    _ node: NodeImporter, from start: Value, to end: Value, count: Int, size: Dimension
  ) throws(MIGraphXError) -> Value {
    let type = try node.shape(start).elementType
    let last = try node.add(ShapeValue(dims: [size - 1], lens: [], elementType: type))
    if count == 1 {
      return try node.broadcasting(
        Mul(), node.apply(Mul(), node.add(Add(), start, end), 0.5), last)
    }
    let step = try node.apply(
      Div(), node.broadcasting(Mul(), node.add(Sub(), end, start), last), Double(count - 1))
    let places = try node.convert(node.positions(count: Dimension(count)), to: type)
    return try node.broadcasting(
      Add(), node.broadcasting(Mul(), start, last), node.broadcasting(Mul(), places, step))
  }

  /// A product with weights of 4 bits, each the index of a number in a table, scaled block by block.
  private static let quantizedProduct: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let type = try node.shape(x).elementType
    guard let rows = try node.int("N"), let columns = try node.int("K"), rows > 0, columns > 0,
      let block = try node.int("block_size"), block > 0,
      case let (count, overflow) = rows.multipliedReportingOverflow(by: columns), !overflow,
      count <= Shape.maximumByteCount, block <= Shape.maximumByteCount
    else {
      throw MIGraphXError(.invalidFile, "attributes N, K and block_size must be positive")
    }
    let tables = [fourBitFloats, fourBitNormals]
    let kind = try node.int("quant_type") ?? -1
    guard tables.indices.contains(kind) else {
      throw MIGraphXError(.invalidFile, "quant_type must be 0 or 1, found \(kind)")
    }
    let packed = try node.input(1)
    let bytes = try node.shape(packed)
    guard bytes.elementType == .uint8 else {
      throw MIGraphXError(
        .invalidShape, "input 1 must have uint8_type, found \(bytes.elementType.rawValue)")
    }
    let pairs = Dimension((count + 1) / 2)
    let column = try node.reshape(packed, to: [pairs, 1])
    let codes = try node.add(
      Concat(axis: 1), node.apply(ShiftRight(), column, 4), node.apply(BitwiseAnd(), column, 15))
    let table = node.add(try Literal(tables[kind], lens: [16]))
    let numbers = try node.add(
      Gather(axis: 0), table,
      node.convert(
        node.slice(
          node.reshape(codes, to: [2 * pairs]), axis: 0, from: 0, to: Dimension(count)), to: .int32)
    )
    // Each scale stands for the numbers of one block.
    let blocks = Dimension((count - 1) / block + 1)
    let scales = try node.reshape(node.convert(node.input(2), to: .float), to: [blocks, 1])
    let factors = try node.slice(
      node.reshape(
        node.broadcast(scales, to: [blocks, Dimension(block)]), to: [blocks * Dimension(block)]),
      axis: 0, from: 0, to: Dimension(count))
    var weights = try node.convert(
      node.reshape(
        node.add(Mul(), numbers, factors), to: [Dimension(rows), Dimension(columns)]), to: type)
    if try node.flag("transB", default: true) {
      weights = try node.add(Transpose(permutation: [1, 0]), weights)
    }
    return try node.standard("MatMul", [x, weights], only: [])
  }

  /// The numbers of 4-bit floats with one bit of fraction, scaled to at most 1.
  private static let fourBitFloats: [Float] = {
    let half: [Float] = [0, 1 / 192, 2 / 3, 1, 1 / 3, 1 / 2, 1 / 6, 1 / 4]
    return half + half.map { -$0 }
  }()

  /// Quantiles of the normal distribution, scaled to -1 to 1.
  private static let fourBitNormals: [Float] = [
    -1, -0.696_192_8, -0.525_073_05, -0.394_917_5, -0.284_441_38, -0.184_773_43, -0.091_050_036, 0,
    0.079_580_3, 0.160_930_2, 0.246_112_3, 0.337_915_24, 0.440_709_83, 0.562_617, 0.722_956_84, 1,
  ]
}
