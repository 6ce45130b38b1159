import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Activation functions with attributes, or made of several operators.
  static let activationConverters: [String: Converter] = [
    "Celu": celu,
    "Elu": { (node) throws(MIGraphXError) in
      [try node.add(Elu(alpha: node.float("alpha") ?? 1), node.input(0))]
    },
    "Gelu": gelu,
    "HardSigmoid": { (node) throws(MIGraphXError) in
      let (alpha, beta) = (try node.float("alpha") ?? 0.2, try node.float("beta") ?? 0.5)
      return [
        try node.inSinglePrecision { (x) throws(MIGraphXError) in
          try hardSigmoid(node, x, alpha, beta)
        }
      ]
    },
    "HardSwish": { (node) throws(MIGraphXError) in
      [
        try node.inSinglePrecision { (x) throws(MIGraphXError) in
          try node.add(Mul(), x, hardSigmoid(node, x, 1 / 6, 0.5))
        }
      ]
    },
    "Hardmax": { (node) throws(MIGraphXError) in
      [try alongAxis(node) { (axis) in Hardmax(axis: axis) }]
    },
    "LeakyRelu": { (node) throws(MIGraphXError) in
      [try node.add(LeakyRelu(alpha: node.float("alpha") ?? 0.01), node.input(0))]
    },
    "Mish": { (node) throws(MIGraphXError) in
      [
        try node.inSinglePrecision { (x) throws(MIGraphXError) in
          try node.add(Mul(), x, node.add(Tanh(), softplus(node, x)))
        }
      ]
    },
    "PRelu": prelu,
    "Selu": { (node) throws(MIGraphXError) in
      // Opset 1 had these numbers with fewer digits.
      let alpha = try node.float("alpha") ?? (node.version < 6 ? 1.6732 : 1.673_263_2)
      let gamma = try node.float("gamma") ?? (node.version < 6 ? 1.0507 : 1.050_701)
      return [
        try node.inSinglePrecision { (x) throws(MIGraphXError) in
          try node.apply(Mul(), node.add(Elu(alpha: alpha), x), Double(gamma))
        }
      ]
    },
    "Shrink": shrink,
    "Softplus": { (node) throws(MIGraphXError) in
      [try node.inSinglePrecision { (x) throws(MIGraphXError) in try softplus(node, x) }]
    },
    "Softsign": { (node) throws(MIGraphXError) in
      [
        try node.inSinglePrecision { (x) throws(MIGraphXError) in
          try node.add(Div(), x, node.apply(Add(), node.add(Abs(), x), 1))
        }
      ]
    },
    "SwiGLU": { (node) throws(MIGraphXError) in
      try node.requireEqualSizes(0, 1)
      return [try node.add(Mul(), swish(node), node.input(1))]
    },
    "Swish": { (node) throws(MIGraphXError) in [try swish(node)] },
    "ThresholdedRelu": { (node) throws(MIGraphXError) in
      let x = try node.input(0)
      try node.checkType(x, 0, is: .floating)
      let isAbove = try node.apply(Greater(), x, Double(node.float("alpha") ?? 1))
      return [try node.broadcasting(Where(), isAbove, x, node.scalar(0, node.shape(x).elementType))]
    },
  ]

  /// max(0, x) + min(0, alpha * (exp(x / alpha) - 1))
  private static let celu: Converter = { (node) throws(MIGraphXError) in
    let alpha = Double(try node.float("alpha") ?? 1)
    return [
      try node.inSinglePrecision { (x) throws(MIGraphXError) in
        let power = try node.add(Exp(), node.apply(Div(), x, alpha))
        let below = try node.apply(Mul(), node.apply(Sub(), power, 1), alpha)
        return try node.add(Add(), node.add(Relu(), x), node.apply(Min(), below, 0))
      }
    ]
  }

  /// The number times the share of the normal distribution below it, exact or by way of tanh.
  private static let gelu: Converter = { (node) throws(MIGraphXError) in
    let approximation = try node.string("approximate") ?? "none"
    guard approximation == "none" || approximation == "tanh" else {
      throw MIGraphXError(
        .invalidFile, "approximate is '\(approximation)'; 'none' or 'tanh' is needed")
    }
    return [
      try node.inSinglePrecision { (x) throws(MIGraphXError) in
        let share: Value
        if approximation == "none" {
          share = try node.add(Erf(), node.apply(Mul(), x, 0.5.squareRoot()))
        } else {
          let cube = try node.add(Mul(), x, node.add(Mul(), x, x))
          let sum = try node.add(Add(), x, node.apply(Mul(), cube, 0.044715))
          share = try node.add(Tanh(), node.apply(Mul(), sum, (2 / Double.pi).squareRoot()))
        }
        return try node.add(Mul(), node.apply(Mul(), x, 0.5), node.apply(Add(), share, 1))
      }
    ]
  }

  /// max(0, min(1, alpha * x + beta))
  private static func hardSigmoid(
    _ node: NodeImporter, _ x: Value, _ alpha: Float, _ beta: Float
  ) throws(MIGraphXError) -> Value {
    let type = try node.shape(x).elementType
    let line = try node.apply(Add(), node.apply(Mul(), x, Double(alpha)), Double(beta))
    return try node.broadcasting(Clip(), line, node.scalar(0, type), node.scalar(1, type))
  }

  /// The slope is broadcast to the input, never the other way round; up to opset 6 it has one number per channel.
  private static let prelu: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    var slope = try node.input(1)
    let rank = try node.shape(x).rank
    if node.version < 7, rank > 2, try node.shape(slope).rank == 1 {
      slope = try node.add(Unsqueeze(axes: Array(1..<rank - 1)), slope)
    }
    return [try node.add(PRelu(), x, node.broadcast(slope, to: node.shape(x).dimensions))]
  }

  /// The number moved towards zero by `bias`, or 0 within `lambd` of zero; for integers by way of double.
  private static let shrink: Converter = { (node) throws(MIGraphXError) in
    try node.checkType(node.input(0), 0, is: .numeric)
    let type = try node.shape(node.input(0)).elementType
    let x = try node.convert(node.input(0), to: type.isFloatingPoint ? type : .double)
    let limit = Double(try node.float("lambd") ?? 0.5)
    let bias = Double(try node.float("bias") ?? 0)
    let zero = try node.scalar(0, node.shape(x).elementType)
    let above = try node.broadcasting(
      Where(), node.apply(Greater(), x, limit), node.apply(Sub(), x, bias), zero)
    let result = try node.add(
      Where(), node.apply(Less(), x, -limit), node.apply(Add(), x, bias), above)
    return [try node.convert(result, to: type)]
  }

  /// log(1 + exp(x)), in a form that neither overflows nor loses large numbers.
  private static func softplus(
    _ node: NodeImporter, _ x: Value
  ) throws(MIGraphXError) -> Value {
    let power = try node.add(Exp(), node.add(Neg(), node.add(Abs(), x)))
    return try node.add(
      Add(), node.add(Relu(), x), node.add(Log(), node.apply(Add(), power, 1)))
  }

  /// x * sigmoid(alpha * x)
  private static func swish(_ node: NodeImporter) throws(MIGraphXError) -> Value {
    let alpha = Double(try node.float("alpha") ?? 1)
    return try node.inSinglePrecision { (x) throws(MIGraphXError) in
      let gate = alpha == 1 ? x : try node.apply(Mul(), x, alpha)
      return try node.add(Mul(), x, node.add(Sigmoid(), gate))
    }
  }
}
