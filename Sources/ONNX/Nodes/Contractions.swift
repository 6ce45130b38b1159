import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Matrix products and convolutions.
  static let contractionConverters: [String: Converter] = [
    "Conv": conv, "ConvTranspose": convTranspose, "Gemm": gemm, "MatMul": matMul,
  ]

  private static let conv: Converter = { (node) throws(MIGraphXError) in
    let (x, weights) = (try node.input(0), try node.input(1))
    let window = try Window(node, spatialRank: node.shape(x).rank - 2)
    try window.check(kernel: node.shape(weights).dimensions.dropFirst(2))
    let result = try node.add(
      Convolution(
        padding: window.padding, stride: window.strides, dilation: window.dilations,
        group: node.int("group") ?? 1, paddingMode: window.paddingMode,
        useDynamicSameAutoPad: false), x, weights)
    return [try addBias(node, result)]
  }

  private static let convTranspose: Converter = { (node) throws(MIGraphXError) in
    let (x, weights) = (try node.input(0), try node.input(1))
    let window = try Window(node, spatialRank: node.shape(x).rank - 2)
    try window.check(kernel: node.shape(weights).dimensions.dropFirst(2))
    let (padding, extra) = try margins(node, window)
    let result = try node.add(
      ConvolutionBackwards(
        padding: padding ?? window.padding, stride: window.strides, dilation: window.dilations,
        group: node.int("group") ?? 1, outputPadding: extra,
        paddingMode: padding == nil ? window.paddingMode : .default), x, weights)
    return [try addBias(node, result)]
  }

  /// What a transposed convolution cuts off and adds so that its result has the sizes that are stated.
  ///
  /// The padding is nil if none are.
  private static func margins(
    _ node: NodeImporter, _ window: Window
  ) throws(MIGraphXError) -> (padding: [Int]?, extra: [Int]?) {
    let given = try node.ints("output_padding")
    guard let stated = try node.ints("output_shape") else { return (nil, given) }
    let count = window.strides.count
    let sizes = try node.shape(node.input(0)).dimensions.dropFirst(2)
    let taps = try node.shape(node.input(1)).dimensions.dropFirst(2)
    var extra = given ?? Array(repeating: 0, count: count)
    guard stated.count == count, extra.count == count, taps.count == count else {
      throw MIGraphXError(
        .invalidFile, "output_shape \(stated) must have \(count) values, one for each spatial axis")
    }
    var (before, after): ([Int], [Int]) = ([], [])
    for (index, (size, taps)) in zip(sizes, taps).enumerated() {
      // The arithmetic of dimensions can't overflow.
      let span = Dimension(window.dilations[index]) * (taps - 1) + 1
      let full = Dimension(window.strides[index]) * (size - 1) + span + Dimension(extra[index])
      let missing = Dimension.maximum(Dimension(stated[index]) - full, 0)
      let total = Dimension.maximum(full - Dimension(stated[index]), 0)
      guard let total = total.constant,
        let sum = (Dimension(extra[index]) + missing).constant
      else {
        throw MIGraphXError(
          .unsupported, "attribute 'output_shape' with a dynamic axis \(index + 2)")
      }
      extra[index] = sum
      before.append(window.paddingMode == .sameUpper ? total / 2 : total - total / 2)
      after.append(total - before[index])
    }
    return (before + after, extra)
  }

  /// Adds the bias [C] that may be input 2 to a tensor [N, C, ...].
  private static func addBias(
    _ node: NodeImporter, _ value: Value
  ) throws(MIGraphXError) -> Value {
    guard let bias = try node.optionalInput(2) else { return value }
    let sizes = try node.shape(value).dimensions
    let broadcast = try node.add(Broadcast(axis: 1, outLens: sizes), bias)
    return try node.add(Add(), value, broadcast)
  }

  /// alpha * A' * B' + beta * C
  private static let gemm: Converter = { (node) throws(MIGraphXError) in
    func operand(_ index: Int, _ flag: String) throws(MIGraphXError) -> Value {
      let value = try node.input(index)
      guard try node.shape(value).rank == 2 else {
        throw MIGraphXError(
          .invalidShape, "input \(index) must be a matrix, found (\(try node.shape(value)))")
      }
      return try node.flag(flag) ? node.add(Transpose(permutation: [1, 0]), value) : value
    }
    var result = try node.add(Dot(), operand(0, "transA"), operand(1, "transB"))
    if let alpha = try node.float("alpha"), alpha != 1 {
      result = try node.apply(Mul(), result, Double(alpha))
    }
    let beta = try node.float("beta") ?? 1
    if let addend = try node.optionalInput(2), beta != 0 {
      let scaled = beta == 1 ? addend : try node.apply(Mul(), addend, Double(beta))
      result = try node.add(
        Add(), result, node.broadcast(scaled, to: node.shape(result).dimensions))
    }
    return [result]
  }

  /// NumPy's matmul: vectors get an axis that is dropped again, batch axes are broadcast.
  private static let matMul: Converter = { (node) throws(MIGraphXError) in
    var (a, b) = (try node.input(0), try node.input(1))
    let (rankA, rankB) = (try node.shape(a).rank, try node.shape(b).rank)
    guard rankA > 0, rankB > 0 else {
      throw MIGraphXError(.invalidShape, "operands without axes can't be multiplied")
    }
    if rankA == 1 { a = try node.add(Unsqueeze(axes: [0]), a) }
    if rankB == 1 { b = try node.add(Unsqueeze(axes: [1]), b) }
    let (sizesA, sizesB) = (try node.shape(a).dimensions, try node.shape(b).dimensions)
    let batch = broadcastSizes(Array(sizesA.dropLast(2)), Array(sizesB.dropLast(2)))
    a = try node.broadcast(a, to: batch + sizesA.suffix(2))
    b = try node.broadcast(b, to: batch + sizesB.suffix(2))
    var result = try node.add(Dot(), a, b)
    if rankA == 1 { result = try node.add(Squeeze(axes: [batch.count]), result) }
    if rankB == 1 { result = try node.add(Squeeze(axes: [-1]), result) }
    return [result]
  }
}
