import IR
import Operators
import Support
import Tensors

extension NodeImporter {
  /// The one element of `value`, without axes.
  ///
  /// - Throws: `invalidShape` when it has another number of elements.
  func single(_ value: Value) throws(MIGraphXError) -> Value {
    let shape = try shape(value)
    if shape.rank == 0 { return value }
    guard shape.dimensions.allSatisfy({ $0 == 1 }) else {
      throw MIGraphXError(.invalidShape, "one number is needed, found (\(shape))")
    }
    return try add(Reshape(dims: []), value)
  }

  /// A number for all, or one for each row of a matrix, in a shape that broadcasts with matrices.
  func alongRows(_ value: Value) throws(MIGraphXError) -> Value {
    let shape = try shape(value)
    if shape.rank <= 1, shape.elementCount == 1 { return try single(value) }
    return shape.rank == 1 ? try add(Unsqueeze(axes: [1]), value) : value
  }

  /// A number for all, or one for each column of a matrix, in a shape that broadcasts with matrices.
  func alongColumns(_ value: Value) throws(MIGraphXError) -> Value {
    let shape = try shape(value)
    return shape.rank == 1 && shape.elementCount == 1 ? try single(value) : value
  }

  /// A number for all, or a vector with one for each channel, in a shape that broadcasts with `[N, C, ..]`.
  func alongChannels(_ value: Value, rank: Int) throws(MIGraphXError) -> Value {
    let shape = try shape(value)
    if shape.rank <= 1, shape.elementCount == 1 { return try single(value) }
    guard shape.rank == 1 else {
      throw MIGraphXError(
        .invalidShape, "one number or one for each channel is needed, found (\(shape))")
    }
    return try add(Unsqueeze(axes: Array(1..<max(2, rank - 1))), value)
  }

  /// Quantizes `x`; scale and zero points have its sizes.
  func quantize(
    _ x: Value, by scale: Value, _ zero: Value?, as type: ElementType? = nil,
    saturates: Bool = true
  ) throws(MIGraphXError) -> Value {
    let op = QuantizeLinear(outType: type, saturate: saturates ? nil : false)
    return Value(try add(op, inputs: [x, scale] + [zero].compactMap { $0 }))
  }

  /// Dequantizes `x`; scale and zero points have its sizes.
  func dequantize(
    _ x: Value, by scale: Value, _ zero: Value?, as type: ElementType? = nil
  ) throws(MIGraphXError) -> Value {
    Value(
      try add(DequantizeLinear(outType: type), inputs: [x, scale] + [zero].compactMap { $0 }))
  }

  /// The numbers that `x` stands for; scale and zero points are broadcast to it.
  func numbers(
    _ x: Value, _ scale: Value, _ zero: Value?
  ) throws(MIGraphXError) -> Value {
    let sizes = try shape(x).dimensions
    let zero = try zero.map { (zero) throws(MIGraphXError) in try broadcast(zero, to: sizes) }
    return try dequantize(x, by: broadcast(scale, to: sizes), zero)
  }

  /// `x` in steps; scale and zero points are broadcast to it.
  func steps(
    _ x: Value, _ scale: Value, _ zero: Value?, as type: ElementType? = nil
  ) throws(MIGraphXError) -> Value {
    let sizes = try shape(x).dimensions
    let zero = try zero.map { (zero) throws(MIGraphXError) in try broadcast(zero, to: sizes) }
    return try quantize(x, by: broadcast(scale, to: sizes), zero, as: type)
  }

  /// Sums of products in steps of `scale`, as numbers of the type of `zero` around it.
  func requantize(
    _ sums: Value, by scale: Value, to zero: Value
  ) throws(MIGraphXError) -> Value {
    let numbers = try numbers(sums, scale, nil)
    return try steps(numbers, scalar(1, shape(numbers).elementType), zero)
  }

  /// `x` in 255 steps over its own range, which is taken to include 0.
  func quantizeDynamically(
    _ x: Value
  ) throws(MIGraphXError) -> (value: Value, scale: Value, zero: Value) {
    let (sizes, type) = (try shape(x).dimensions, try shape(x).elementType)
    guard type.isFloatingPoint else {
      throw MIGraphXError(
        .invalidShape, "a floating-point type is needed, found \(type.rawValue)")
    }
    let axes = Array(sizes.indices)
    func extreme(_ op: any Operator, _ limit: any Operator) throws(MIGraphXError) -> Value {
      let value = try sizes.isEmpty ? x : add(Squeeze(axes: axes), add(op, x))
      return try apply(limit, value, 0)
    }
    let least = try extreme(ReduceMin(axes: axes), Min())
    let range = try add(Sub(), extreme(ReduceMax(axes: axes), Max()), least)
    // A tensor of zeros has the scale 1.
    let scale = try add(
      Where(), apply(Equal(), range, 0), scalar(1, type), apply(Div(), range, 255))
    let none = try scalar(0, type)
    let zero = try quantize(add(Sub(), none, least), by: scale, nil, as: .uint8)
    let value = try quantize(x, by: broadcast(scale, to: sizes), broadcast(zero, to: sizes))
    return (value, scale, zero)
  }

  /// Whether `zero` is known to be nothing but zeros, or is missing.
  private func isZero(_ zero: Value?) -> Bool {
    guard let zero else { return true }
    return integers(zero)?.allSatisfy { $0 == 0 } ?? false
  }

  /// `op` on matrices, with NumPy's rules for axes: vectors get one that is dropped again, outer ones are broadcast.
  func matrixProduct(
    _ op: any Operator, _ left: Value, _ right: Value
  ) throws(MIGraphXError) -> Value {
    var (a, b) = (left, right)
    let (rankA, rankB) = (try shape(a).rank, try shape(b).rank)
    guard rankA > 0, rankB > 0 else {
      throw MIGraphXError(.invalidShape, "operands without axes can't be multiplied")
    }
    if rankA == 1 { a = try add(Unsqueeze(axes: [0]), a) }
    if rankB == 1 { b = try add(Unsqueeze(axes: [1]), b) }
    let (sizesA, sizesB) = (try shape(a).dimensions, try shape(b).dimensions)
    let batch = broadcastSizes(Array(sizesA.dropLast(2)), Array(sizesB.dropLast(2)))
    a = try broadcast(a, to: batch + sizesA.suffix(2))
    b = try broadcast(b, to: batch + sizesB.suffix(2))
    var result = try add(op, a, b)
    if rankA == 1 { result = try add(Squeeze(axes: [batch.count]), result) }
    if rankB == 1 { result = try add(Squeeze(axes: [-1]), result) }
    return result
  }

  /// The product of matrices of 8-bit integers less their zero points, in 32 bits.
  ///
  /// The zero points' part is the sums of rows and columns, so that the product itself has 8-bit factors.
  func integerProduct(
    _ left: Value, _ right: Value, zeros: (left: Value?, right: Value?)
  ) throws(MIGraphXError) -> Value {
    var (a, b) = (left, right)
    let (rankA, rankB) = (try shape(a).rank, try shape(b).rank)
    if rankA == 1 { a = try add(Unsqueeze(axes: [0]), a) }
    if rankB == 1 { b = try add(Unsqueeze(axes: [1]), b) }
    var result = try matrixProduct(QuantDot(), a, b)
    var rows = try convert(a, to: .int32)
    if let zero = zeros.left, !isZero(zero) {
      let offset = try convert(alongRows(zero), to: .int32)
      let columns = try add(ReduceSum(axes: [-2]), convert(b, to: .int32))
      result = try broadcasting(Sub(), result, broadcasting(Mul(), columns, offset))
      rows = try broadcasting(Sub(), rows, offset)
    }
    if let zero = zeros.right, !isZero(zero) {
      let offset = try convert(alongColumns(zero), to: .int32)
      let sums = try add(ReduceSum(axes: [-1]), rows)
      result = try broadcasting(Sub(), result, broadcasting(Mul(), sums, offset))
    }
    if rankA == 1 { result = try add(Squeeze(axes: [-2]), result) }
    if rankB == 1 { result = try add(Squeeze(axes: [-1]), result) }
    return result
  }

  /// The convolution of 8-bit integers less their zero points, in 32 bits.
  func integerConvolution(
    _ x: Value, _ weights: Value, zeros: (input: Value?, weights: Value?)
  ) throws(MIGraphXError) -> Value {
    let window = try Window(self, spatialRank: shape(x).rank - 2)
    let (inputShape, weightShape) = (try shape(x), try shape(weights))
    guard inputShape.rank == weightShape.rank else {
      throw MIGraphXError(
        .invalidShape,
        "the weights must have the input's rank \(inputShape.rank), found (\(weightShape))")
    }
    try window.check(kernel: shape(weights).dimensions.dropFirst(2))
    let convolution = Convolution(
      padding: window.padding, stride: window.strides, dilation: window.dilations,
      group: try int("group") ?? 1, paddingMode: window.paddingMode)
    if isZero(zeros.input), isZero(zeros.weights) {
      return try add(QuantConvolution(convolution), x, weights)
    }
    // Padding stands for the zero point, so it is added to numbers that are less it.
    var (wideX, wideWeights) = (try convert(x, to: .int32), try convert(weights, to: .int32))
    if let zero = zeros.input {
      wideX = try broadcasting(Sub(), wideX, convert(single(zero), to: .int32))
    }
    if let zero = zeros.weights {
      let shape = try shape(zero)
      var offset = try convert(zero, to: .int32)
      if shape.rank <= 1, shape.elementCount == 1 {
        offset = try single(offset)
      } else {
        // One for each output channel, the first axis.
        offset = try add(Unsqueeze(axes: Array(1..<self.shape(weights).rank)), offset)
      }
      wideWeights = try broadcasting(Sub(), wideWeights, offset)
    }
    return try add(convolution, wideX, wideWeights)
  }
}
