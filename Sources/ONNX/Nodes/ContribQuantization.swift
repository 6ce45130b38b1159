import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators of ONNX Runtime on numbers in steps of scales.
  static let contribQuantizationConverters: [String: Converter] = [
    "DequantizeLinear": dequantizeLinear,
    "QuantizeLinear": quantizeLinear,
    "DynamicQuantizeLSTM": dynamicQuantizeLSTM,
    "DynamicQuantizeMatMul": { (node) throws(MIGraphXError) in
      let (a, scale, zero) = try node.quantizeDynamically(node.input(0))
      let product = try node.integerProduct(
        a, node.input(1), zeros: (zero, node.optionalInput(3)))
      return [
        try addBias(
          node, node.numbers(product, scales(node, scale, node.input(2)), nil), input: 4)
      ]
    },
    "MatMulIntegerToFloat": { (node) throws(MIGraphXError) in
      let product = try node.integerProduct(
        node.input(0), node.input(1), zeros: (node.optionalInput(4), node.optionalInput(5)))
      let scale = try scales(node, node.alongRows(node.input(2)), node.input(3))
      return [try addBias(node, node.numbers(product, scale, nil), input: 6)]
    },
    "QAttention": { (node) throws(MIGraphXError) in
      _ = try node.sizes(node.input(0), rank: 3, "input 0")
      let product = try node.integerProduct(
        node.input(0), node.input(1), zeros: (node.optionalInput(6), node.optionalInput(7)))
      let scale = try scales(node, node.single(node.input(3)), node.input(4))
      return try attention(
        node, on: addBias(node, node.numbers(product, scale, nil), input: 2),
        mask: node.optionalInput(5), past: 8,
        bias: nil, pastLength: nil)
    },
    "QGemm": qGemm,
    "QLinearAdd": qLinearAdd,
    "QLinearAveragePool": { (node) throws(MIGraphXError) in
      let mean = try channelsFirst(node) { (x) throws(MIGraphXError) in
        try node.add(pooling(node, .average), x)
      }
      let steps = try node.broadcasting(Div(), mean, node.single(node.input(3)))
      return [try rounded(node, steps, zero: 4)]
    },
    "QLinearGlobalAveragePool": { (node) throws(MIGraphXError) in
      let mean = try channelsFirst(node) { (x) throws(MIGraphXError) in
        try globalPooling(node, x, .average)
      }
      return [try steps(node, mean, at: 3)]
    },
    "QLinearConcat": qLinearConcat,
    "QLinearLeakyRelu": { (node) throws(MIGraphXError) in
      let op = LeakyRelu(alpha: try node.float("alpha") ?? 0.01)
      return [try unary(node) { (x) throws(MIGraphXError) in try node.add(op, x) }]
    },
    "QLinearMul": { (node) throws(MIGraphXError) in
      let scale = try node.add(
        Div(), node.add(Mul(), node.single(node.input(1)), node.single(node.input(4))),
        node.single(node.input(6)))
      let product = try node.broadcasting(Mul(), offset(node, at: 0), offset(node, at: 3))
      return [try rounded(node, node.broadcasting(Mul(), product, scale), zero: 7)]
    },
    "QLinearReduceMean": { (node) throws(MIGraphXError) in
      let axes = try node.ints("axes") ?? []
      return [
        try unary(node) { (x) throws(MIGraphXError) in
          let mean = try node.add(ReduceMean(axes: axes), x)
          if try node.flag("keepdims", default: true) { return mean }
          let rank = try node.shape(x).rank
          return try node.add(Squeeze(axes: axes.isEmpty ? Array(0..<rank) : axes), mean)
        }
      ]
    },
    "QLinearSigmoid": { (node) throws(MIGraphXError) in
      [try unary(node) { (x) throws(MIGraphXError) in try node.add(Sigmoid(), x) }]
    },
    "QLinearSoftmax": { (node) throws(MIGraphXError) in
      let version = try node.int("opset") ?? 13
      return [
        try unary(node) { (x) throws(MIGraphXError) in
          try alongAxis(node, x, version: version) { (axis) in Softmax(axis: axis) }
        }
      ]
    },
    "QLinearWhere": { (node) throws(MIGraphXError) in
      let condition = try node.input(0)
      let chosen = try node.broadcasting(
        Where(), condition, number(node, at: 1), number(node, at: 4))
      return [try node.steps(chosen, node.single(node.input(7)), node.single(node.input(8)))]
    },
  ]

  // MARK: Numbers and steps

  /// The numbers that input `index` stands for, with its scale and zero point in the two inputs after it.
  private static func number(
    _ node: NodeImporter, at index: Int
  ) throws(MIGraphXError) -> Value {
    let zero = try node.optionalInput(index + 2).map { (zero) throws(MIGraphXError) in
      try node.single(zero)
    }
    return try node.numbers(node.input(index), node.single(node.input(index + 1)), zero)
  }

  /// `value` in steps of the scale in input `index` around the zero point after it, of the type of input 0.
  private static func steps(
    _ node: NodeImporter, _ value: Value, at index: Int
  ) throws(MIGraphXError) -> Value {
    let zero = try node.optionalInput(index + 1).map { (zero) throws(MIGraphXError) in
      try node.single(zero)
    }
    return try node.steps(
      value, node.single(node.input(index)), zero, as: node.shape(node.input(0)).elementType)
  }

  private static func unary(
    _ node: NodeImporter, _ body: (Value) throws(MIGraphXError) -> Value
  ) throws(MIGraphXError) -> Value {
    try steps(node, body(number(node, at: 0)), at: 3)
  }

  /// The zero point in input `index`, as floating-point number; 0 where it is missing.
  private static func zeroPoint(
    _ node: NodeImporter, at index: Int
  ) throws(MIGraphXError) -> Value {
    guard let zero = try node.optionalInput(index) else { return try node.scalar(0, .float) }
    return try node.convert(node.single(zero), to: .float)
  }

  /// Input `index` less the zero point two inputs after it, as floating-point numbers.
  private static func offset(
    _ node: NodeImporter, at index: Int
  ) throws(MIGraphXError) -> Value {
    try node.broadcasting(
      Sub(), node.convert(node.input(index), to: .float), zeroPoint(node, at: index + 2))
  }

  /// `value`, in steps of the result, moved by the zero point in input `index` and then rounded, ties to even.
  ///
  /// A tie goes the other way where an odd zero point is added after rounding.
  private static func rounded(
    _ node: NodeImporter, _ value: Value, zero index: Int
  ) throws(MIGraphXError) -> Value {
    let moved = try node.broadcasting(Add(), value, zeroPoint(node, at: index))
    return try rounded(node, moved)
  }

  /// `value` rounded to the type of input 0, ties to even.
  private static func rounded(
    _ node: NodeImporter, _ value: Value
  ) throws(MIGraphXError) -> Value {
    try node.steps(
      value, node.scalar(1, .float), nil, as: node.shape(node.input(0)).elementType)
  }

  /// The sum of both operands' steps in those of the result, by fused multiplications and additions in single precision.
  private static let qLinearAdd: Converter = { (node) throws(MIGraphXError) in
    let scale = try node.single(node.input(6))
    func ratio(_ index: Int) throws(MIGraphXError) -> Value {
      try node.add(Div(), node.single(node.input(index)), scale)
    }
    // The product of an 8-bit number and a ratio is exact in double precision.
    func addProduct(
      _ x: Value, _ ratio: Value, to sum: Value
    ) throws(MIGraphXError) -> Value {
      let product = try node.broadcasting(
        Mul(), node.convert(x, to: .double), node.convert(ratio, to: .double))
      return try node.convert(
        node.broadcasting(Add(), product, node.convert(sum, to: .double)), to: .float)
    }
    let (a, b) = (try node.input(0), try node.input(3))
    let (ratioA, ratioB) = (try ratio(1), try ratio(4))
    let zeros = try node.add(
      Add(), node.add(Mul(), ratioA, zeroPoint(node, at: 2)),
      node.add(Mul(), ratioB, zeroPoint(node, at: 5)))
    let start = try node.add(Sub(), zeroPoint(node, at: 7), zeros)
    return [
      try rounded(node, addProduct(a, ratioA, to: addProduct(b, ratioB, to: start)))
    ]
  }

  /// `body` of the numbers of input 0 with the channels as axis 1, wherever the node has them.
  private static func channelsFirst(
    _ node: NodeImporter, _ body: (Value) throws(MIGraphXError) -> Value
  ) throws(MIGraphXError) -> Value {
    let x = try number(node, at: 0)
    let rank = try node.shape(x).rank
    guard try node.flag("channels_last"), rank > 2 else { return try body(x) }
    let result = try body(
      node.add(Transpose(permutation: [0, rank - 1] + Array(1..<rank - 1)), x))
    return try node.add(Transpose(permutation: [0] + Array(2..<rank) + [1]), result)
  }

  private static let qLinearConcat: Converter = { (node) throws(MIGraphXError) in
    let (scale, zero) = (try node.single(node.input(0)), try node.single(node.input(1)))
    guard node.inputCount > 2, (node.inputCount - 2) % 3 == 0 else {
      throw MIGraphXError(
        .invalidFile,
        "a scale, a zero point and three inputs for each part are needed, found \(node.inputCount) inputs"
      )
    }
    guard let axis = try node.int("axis") else {
      throw MIGraphXError(.invalidFile, "attribute 'axis' is needed")
    }
    var parts: [Value] = []
    for index in stride(from: 2, to: node.inputCount, by: 3) {
      parts.append(try node.steps(number(node, at: index), scale, zero))
    }
    return [Value(try node.add(Concat(axis: axis), inputs: parts))]
  }

  // MARK: Products

  /// The scale of each sum of a product: one for rows times one for columns.
  private static func scales(
    _ node: NodeImporter, _ rows: Value, _ columns: Value
  ) throws(MIGraphXError) -> Value {
    try node.broadcasting(Mul(), rows, node.alongColumns(columns))
  }

  private static func addBias(
    _ node: NodeImporter, _ value: Value, input index: Int
  ) throws(MIGraphXError) -> Value {
    guard let bias = try node.optionalInput(index) else { return value }
    return try node.add(Add(), value, node.broadcast(bias, to: node.shape(value).dimensions))
  }

  /// alpha * A' * B' + C, whose C is in the product's steps; as numbers, or in steps of another scale.
  private static let qGemm: Converter = { (node) throws(MIGraphXError) in
    func operand(_ index: Int, _ flag: String) throws(MIGraphXError) -> Value {
      let value = try node.input(index)
      guard try node.shape(value).rank == 2 else {
        throw MIGraphXError(
          .invalidShape, "input \(index) must be a matrix, found (\(try node.shape(value)))")
      }
      return try node.flag(flag) ? node.add(Transpose(permutation: [1, 0]), value) : value
    }
    var sum = try node.integerProduct(
      operand(0, "transA"), operand(3, "transB"), zeros: (node.input(2), node.input(5)))
    sum = try addBias(node, sum, input: 6)
    var scale = try scales(node, node.single(node.input(1)), node.input(4))
    if let alpha = try node.float("alpha"), alpha != 1 {
      scale = try node.apply(Mul(), scale, Double(alpha))
    }
    guard let outputScale = try node.optionalInput(7) else {
      return [try node.numbers(sum, scale, nil)]
    }
    scale = try node.broadcasting(Div(), scale, node.single(outputScale))
    return [try node.requantize(sum, by: scale, to: node.single(node.input(8)))]
  }

  /// LSTM with quantised weights `[directions, inputs, 4 * hidden]`, on an input and states that are rounded to 8 bits.
  private static let dynamicQuantizeLSTM: Converter = { (node) throws(MIGraphXError) in
    func weights(_ index: Int, scale: Int) throws(MIGraphXError) -> Value {
      let value = try node.input(index)
      guard try node.shape(value).rank == 3 else {
        throw MIGraphXError(
          .invalidShape, "input \(index) must have rank 3, found (\(try node.shape(value)))")
      }
      // One for each direction, or for each direction and column.
      func spread(_ index: Int) throws(MIGraphXError) -> Value {
        let value = try node.input(index)
        let axes = try node.shape(value).rank == 1 ? [1, 2] : [1]
        return try node.add(Unsqueeze(axes: axes), value)
      }
      return try node.add(
        Transpose(permutation: [0, 2, 1]), node.numbers(value, spread(scale), spread(scale + 1)))
    }
    let (steps, scale, zero) = try node.quantizeDynamically(node.input(0))
    return try lstm(
      node, input: node.numbers(steps, scale, zero),
      weights: [weights(1, scale: 8), weights(2, scale: 10)], inputCount: 8, quantizesStates: true)
  }
}
