import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Arithmetic with attributes or with inputs of different types.
  static let arithmeticConverters: [String: Converter] = [
    "Clip": clip, "IsInf": isInf, "Mean": mean, "Mod": mod, "Pow": pow, "Sum": sum,
  ]

  /// From opset 11 on the limits are inputs, before that attributes. Each may be missing.
  private static let clip: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let type = try node.shape(x).elementType
    let lower: Value?
    let upper: Value?
    if node.version < 11 {
      lower = try node.float("min").map { (v) throws(MIGraphXError) in
        try node.scalar(Double(v), type)
      }
      upper = try node.float("max").map { (v) throws(MIGraphXError) in
        try node.scalar(Double(v), type)
      }
    } else {
      (lower, upper) = (try node.optionalInput(1), try node.optionalInput(2))
    }
    for limit in [lower, upper].compactMap({ $0 }) {
      let shape = try node.shape(limit)
      guard !shape.elementCount.isKnown(notEqual: 1) else {
        throw MIGraphXError(.invalidShape, "a limit must be one number, found (\(shape))")
      }
    }
    let sizes = try node.shape(x).dimensions
    switch (lower, upper) {
    case (let lower?, let upper?):
      return [
        try node.add(
          Clip(), x, try node.broadcast(try scalar(node, lower), to: sizes),
          try node.broadcast(try scalar(node, upper), to: sizes))
      ]
    case (let limit?, nil):
      return [try node.add(Max(), x, try node.broadcast(try scalar(node, limit), to: sizes))]
    case (nil, let limit?):
      return [try node.add(Min(), x, try node.broadcast(try scalar(node, limit), to: sizes))]
    case (nil, nil): return [try node.add(Identity(), x)]
    }
  }

  /// One element without axes, which broadcasts to any shape.
  private static func scalar(
    _ node: NodeImporter, _ value: Value
  ) throws(MIGraphXError) -> Value {
    if try node.shape(value).rank == 0 { return value }
    return try node.add(Reshape(dims: []), value)
  }

  private static let mean: Converter = { (node) throws(MIGraphXError) in
    try total(node) { (sum, count) throws(MIGraphXError) in
      try node.apply(Div(), sum, Double(count))
    }
  }

  private static let sum: Converter = { (node) throws(MIGraphXError) in
    try total(node) { (sum, _) in sum }
  }

  /// What `body` makes of the sum of the inputs and their number; sums of half precision are rounded once.
  private static func total(
    _ node: NodeImporter, _ body: (Value, Int) throws(MIGraphXError) -> Value
  ) throws(MIGraphXError) -> [Value] {
    let inputs = try node.inputs()
    let type = try node.shape(inputs[0]).elementType
    for (index, input) in inputs.enumerated() where try node.shape(input).elementType != type {
      throw MIGraphXError(
        .invalidShape,
        "inputs must have one element type, found \(type.rawValue) and "
          + "\(try node.shape(input).elementType.rawValue) at \(index)")
    }
    let wide = type == .half || type == .bfloat16 ? .float : type
    var sum = try node.convert(inputs[0], to: wide)
    for input in inputs.dropFirst() {
      sum = try node.broadcasting(Add(), sum, node.convert(input, to: wide))
    }
    return [try node.convert(body(sum, inputs.count), to: type)]
  }

  private static let mod: Converter = { (node) throws(MIGraphXError) in
    let op: any Operator = try node.flag("fmod") ? FMod() : Mod()
    return [try node.broadcasting(op, node.input(0), node.input(1))]
  }

  /// The result has the type of the base, whatever that of the exponent.
  private static let pow: Converter = { (node) throws(MIGraphXError) in
    let operands = try node.operands()
    let (base, exponent) = (operands[0], operands[1])
    let type = try node.shape(base).elementType
    let exponentType = try node.shape(exponent).elementType
    let isSmall = node.integers(exponent)?.allSatisfy { (-256...256).contains($0) } ?? false
    let wide = isSmall ? type : commonType(type, exponentType)
    let power = try node.broadcasting(
      Pow(), node.convert(base, to: wide), node.convert(exponent, to: wide))
    return [try node.convert(power, to: type)]
  }

  /// The type in which a number of type `a` to the power of one of type `b` is computed.
  ///
  /// An exponent must not be rounded: whether it is whole, and odd, decides about powers of negative numbers.
  private static func commonType(_ a: ElementType, _ b: ElementType) -> ElementType {
    if a == b { return a }
    if a.isInteger, b.isInteger { return .int64 }
    if a.isInteger || b.isInteger || a == .double || b == .double { return .double }
    return .float
  }

  private static let isInf: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let (negative, positive) = (
      try node.flag("detect_negative", default: true),
      try node.flag("detect_positive", default: true)
    )
    let isInfinite = try node.add(IsInf(), x)
    if negative && positive { return [isInfinite] }
    if !negative && !positive {
      return [try node.apply(LogicalAnd(), isInfinite, 0)]
    }
    let sign = try node.apply(positive ? Greater() : Less(), x, 0)
    return [try node.add(LogicalAnd(), isInfinite, sign)]
  }
}
