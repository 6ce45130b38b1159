import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Numbers in steps of a scale, and operators on them.
  static let quantizationConverters: [String: Converter] = [
    "ConvInteger": { (node) throws(MIGraphXError) in
      let (x, weights) = (try node.input(0), try node.input(1))
      return [
        try node.integerConvolution(
          x, weights, zeros: (node.optionalInput(2), node.optionalInput(3)))
      ]
    },
    "DequantizeLinear": dequantizeLinear,
    "DynamicQuantizeLinear": { (node) throws(MIGraphXError) in
      let result = try node.quantizeDynamically(node.input(0))
      return [result.value, result.scale, result.zero]
    },
    "MatMulInteger": { (node) throws(MIGraphXError) in
      [
        try node.integerProduct(
          node.input(0), node.input(1), zeros: (node.optionalInput(2), node.optionalInput(3)))
      ]
    },
    "QLinearConv": qLinearConv, "QLinearMatMul": qLinearMatMul,
    "QuantizeLinear": quantizeLinear,
  ]

  static let dequantizeLinear: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let grid = try QuantizationGrid(node, of: x)
    return [
      try node.dequantize(
        x, by: grid.spread(node.input(1)), grid.spread(node.optionalInput(2)),
        as: node.elementType("output_dtype"))
    ]
  }

  static let quantizeLinear: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let grid = try QuantizationGrid(node, of: x)
    var (values, scale) = (x, try grid.spread(node.input(1)))
    let zero = try grid.spread(node.optionalInput(2))
    if let precision = try node.elementType("precision"),
      try precision != node.shape(scale).elementType
    {
      values = try node.add(
        Div(), node.convert(x, to: precision), node.convert(scale, to: precision))
      scale = try node.broadcast(
        node.scalar(1, precision), to: node.shape(x).dimensions)
    }
    let saturates = try node.flag("saturate", default: true)
    return [
      try node.quantize(
        values, by: scale, zero, as: node.elementType("output_dtype"), saturates: saturates)
    ]
  }

  /// The product of matrices of which each has a scale and a zero point, in steps of a third scale.
  private static let qLinearMatMul: Converter = { (node) throws(MIGraphXError) in
    let (a, b) = (try node.input(0), try node.input(3))
    let (scaleA, scaleB) = (
      try node.alongRows(node.input(1)), try node.alongColumns(node.input(4))
    )
    let (outputScale, outputZero) = (
      try node.alongRows(node.input(6)), try node.alongRows(node.input(7))
    )
    if try node.shape(a).elementType.isFloatingPoint {
      let product = try node.matrixProduct(
        Dot(), node.numbers(a, scaleA, node.alongRows(node.input(2))),
        node.numbers(b, scaleB, node.alongColumns(node.input(5))))
      return [try node.steps(product, outputScale, outputZero)]
    }
    let product = try node.integerProduct(a, b, zeros: (node.input(2), node.input(5)))
    let scale = try node.broadcasting(
      Div(), node.broadcasting(Mul(), scaleA, scaleB), outputScale)
    return [try node.requantize(product, by: scale, to: outputZero)]
  }

  /// Convolution of numbers in steps of scales, those of the weights by output channel, with a bias in the product's steps.
  private static let qLinearConv: Converter = { (node) throws(MIGraphXError) in
    let (x, weights) = (try node.input(0), try node.input(3))
    var sum = try node.integerConvolution(x, weights, zeros: (node.input(2), node.input(5)))
    let rank = try node.shape(sum).rank
    if let bias = try node.optionalInput(8) {
      sum = try node.broadcasting(Add(), sum, node.alongChannels(bias, rank: rank))
    }
    let scale = try node.broadcasting(
      Div(),
      node.broadcasting(
        Mul(), node.single(node.input(1)), node.alongChannels(node.input(4), rank: rank)),
      node.single(node.input(6)))
    return [try node.requantize(sum, by: scale, to: node.single(node.input(7)))]
  }
}
