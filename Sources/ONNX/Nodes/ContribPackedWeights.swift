import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators of ONNX Runtime on weights of few bits, several in a byte.
  static let contribPackedWeightConverters: [String: Converter] = [
    "GatherBlockQuantized": gatherBlockQuantized, "MatMulNBits": matMulNBits,
  ]

  /// An attribute that must be a number of at least 1.
  static func count(
    _ node: NodeImporter, _ name: String, default value: Int? = nil
  ) throws(MIGraphXError) -> Int {
    guard let number = try node.int(name) ?? value, (1...1 << 31).contains(number) else {
      throw MIGraphXError(
        .invalidFile,
        "attribute '\(name)' must be a positive size, found "
          + "\(try node.int(name).map(String.init) ?? "none")")
    }
    return number
  }

  static func bits(_ node: NodeImporter, _ name: String) throws(MIGraphXError) -> Int {
    let bits = try node.int(name) ?? 4
    guard [2, 4, 8].contains(bits) else {
      throw MIGraphXError(.unsupported, "attribute \(name)=\(bits); 2, 4 and 8 are implemented")
    }
    return bits
  }

  /// The numbers of `bits` bits that bytes hold, low bits first, along the last axis.
  static func unpack(
    _ node: NodeImporter, _ value: Value, bits: Int
  ) throws(MIGraphXError) -> Value {
    guard try node.shape(value).elementType == .uint8 else {
      throw MIGraphXError(
        .invalidShape, "packed numbers must have uint8_type, found (\(try node.shape(value)))")
    }
    switch bits {
    case 4: return try node.add(UnpackInt4(axis: -1), value)
    case 2: return try node.add(UnpackInt2(axis: -1), value)
    default: return value
    }
  }

  /// The first `size` places of the last axis, of which there may be a few more.
  static func first(
    _ node: NodeImporter, _ size: Dimension, of value: Value
  ) throws(MIGraphXError) -> Value {
    if try node.shape(value).dimensions.last == size { return value }
    return try node.add(Slice(axes: [-1], starts: [0], ends: [size]), value)
  }

  /// A matrix `[.., K]` times the transpose of weights `[N, K]` in blocks of K that have a scale and a zero point each.
  private static let matMulNBits: Converter = { (node) throws(MIGraphXError) in
    let (n, k, block) = (
      try count(node, "N"), try count(node, "K"), try count(node, "block_size")
    )
    let bits = try bits(node, "bits")
    try node.require("weight_prepacked", is: 0)
    let blocks = (k + block - 1) / block
    let matrix = [Dimension(n), Dimension(blocks)]
    let packed = try node.add(
      Reshape(dims: [Dimension(n), Dimension(blocks * ((block * bits + 7) / 8))]), node.input(1))
    let weights = try first(node, Dimension(k), of: unpack(node, packed, bits: bits))
    var scale = try node.add(Reshape(dims: matrix), node.input(2))
    let type = try node.shape(scale).elementType
    var zero = try zeroPoints(node, matrix, bits: bits)
    if let groups = try node.optionalInput(4) {
      let groups = try first(node, Dimension(k), of: groups)
      scale = try node.add(Gather(axis: 1), scale, groups)
      zero = try zero.map { (zero) throws(MIGraphXError) in
        try node.add(Gather(axis: 1), zero, groups)
      }
    } else {
      let grid = QuantizationGrid(
        node, sizes: [Dimension(n), Dimension(k)], axis: 1, blockSize: block)
      (scale, zero) = (try grid.spread(scale), try grid.spread(zero))
    }
    var numbers: Value
    if let zero, try node.shape(zero).elementType.isFloatingPoint {
      numbers = try node.add(
        Mul(), node.add(Sub(), node.convert(weights, to: type), node.convert(zero, to: type)), scale
      )
    } else {
      let middle = try node.broadcast(
        node.scalar(Double(1 << (bits - 1)), .uint8), to: [Dimension(n), Dimension(k)])
      numbers = try node.dequantize(weights, by: scale, zero ?? middle)
    }
    numbers = try node.convert(numbers, to: node.shape(node.input(0)).elementType)
    let product = try node.matrixProduct(
      Dot(), node.input(0), node.add(Transpose(permutation: [1, 0]), numbers))
    guard let bias = try node.optionalInput(5) else { return [product] }
    return [
      try node.add(Add(), product, node.broadcast(bias, to: node.shape(product).dimensions))
    ]
  }

  /// The zero points of MatMulNBits in the shape of the scales: packed like the weights, or numbers.
  private static func zeroPoints(
    _ node: NodeImporter, _ sizes: [Dimension], bits: Int
  ) throws(MIGraphXError) -> Value? {
    guard let zero = try node.optionalInput(3) else { return nil }
    if try node.shape(zero).elementType.isFloatingPoint {
      return try node.add(Reshape(dims: sizes), zero)
    }
    let row = (sizes[1] * Dimension(bits)).ceilDivided(by: 8)
    let packed = try node.add(Reshape(dims: [sizes[0], row]), zero)
    return try first(node, sizes[1], of: unpack(node, packed, bits: bits))
  }

  /// Rows of a table whose numbers have a scale and a zero point for each block.
  private static let gatherBlockQuantized: Converter = { (node) throws(MIGraphXError) in
    var (data, indices, scale) = (
      try node.input(0), try node.input(1), try node.input(2)
    )
    var zero = try node.optionalInput(3)
    let rank = try node.shape(data).rank
    let type = try node.shape(data).elementType
    let gatherAxis = try node.normalized(node.int("gather_axis") ?? 0, rank: rank)
    var axis = try node.normalized(node.int("quantize_axis") ?? 1, rank: rank)
    let block = try node.int("block_size") ?? 128
    let isPacked = type == .uint8
    let bits = try isPacked ? bits(node, "bits") : 8
    guard gatherAxis != axis else {
      throw MIGraphXError(
        .unsupported, "gather_axis and quantize_axis are both \(axis); they must differ")
    }
    // The few rows that are asked for are taken before they are unpacked.
    func taken(_ value: Value) throws(MIGraphXError) -> Value {
      try rows(node, indices, of: value, like: data, axis: gatherAxis)
    }
    scale = try taken(scale)
    zero = try zero.map { (zero) throws(MIGraphXError) in try taken(zero) }
    data = try node.add(Gather(axis: gatherAxis), data, indices)
    if axis > gatherAxis { axis += try node.shape(indices).rank - 1 }
    if isPacked {
      data = try unpack(node, data, bits: bits)
      zero = try zero.map { (zero) throws(MIGraphXError) in
        let blocks = try node.shape(scale).dimensions.last ?? 1
        return try first(node, blocks, of: unpack(node, zero, bits: bits))
      }
    }
    let sizes = try node.shape(data).dimensions
    if block == 0 {
      scale = try node.broadcast(scale, to: sizes)
      zero = try zero.map { (zero) throws(MIGraphXError) in try node.broadcast(zero, to: sizes) }
    } else {
      let grid = QuantizationGrid(
        node, sizes: sizes, axis: axis, blockSize: try count(node, "block_size", default: 128))
      (scale, zero) = (try grid.spread(scale), try grid.spread(zero))
    }
    if isPacked, zero == nil {
      zero = try node.broadcast(node.scalar(Double(1 << (bits - 1)), .uint8), to: sizes)
    }
    return [try node.dequantize(data, by: scale, zero)]
  }

  /// The places `indices` on an axis of scales or zero points, of which there may be one for all places of `data`.
  private static func rows(
    _ node: NodeImporter, _ indices: Value, of value: Value, like data: Value, axis: Int
  ) throws(MIGraphXError) -> Value {
    let (sizes, all) = (try node.shape(value).dimensions, try node.shape(data).dimensions)
    guard sizes.count == all.count else {
      throw MIGraphXError(
        .invalidShape, "scales and zero points must have rank \(all.count), found \(sizes.count)")
    }
    var places = indices
    if sizes[axis] == 1, all[axis] != 1 {
      places = try node.broadcast(node.scalar(0, .int64), to: node.shape(indices).dimensions)
    }
    return try node.add(Gather(axis: axis), value, places)
  }
}
