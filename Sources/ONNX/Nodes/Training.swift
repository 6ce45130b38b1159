import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Steps of optimisers, domain ai.onnx.preview.training.
  static let trainingConverters: [String: Converter] = [
    "Adagrad": { (node) throws(MIGraphXError) in
      let rate = try decayedRate(node)
      return try optimized(node, states: 1) { (x, gradient, states) throws(MIGraphXError) in
        try adagrad(node, x, gradient, states[0], rate)
      }
    },
    "Adam": { (node) throws(MIGraphXError) in
      let rate = try correctedRate(node)
      return try optimized(node, states: 2) { (x, gradient, states) throws(MIGraphXError) in
        try adam(node, x, gradient, states, rate)
      }
    },
    "Momentum": { (node) throws(MIGraphXError) in
      let rate = try node.input(0)
      return try optimized(node, states: 1) { (x, gradient, states) throws(MIGraphXError) in
        try momentum(node, x, gradient, states[0], rate)
      }
    },
  ]

  private typealias Step = (Value, Value, [Value]) throws(MIGraphXError) -> [Value]

  /// Takes a step for each tensor; inputs from 2 on are all tensors, all gradients, then all states of each kind.
  private static func optimized(
    _ node: NodeImporter, states: Int, _ step: Step
  ) throws(MIGraphXError) -> [Value] {
    let inputs = try node.inputs(atLeast: 2).dropFirst(2)
    guard inputs.count.isMultiple(of: 2 + states), !inputs.isEmpty else {
      throw MIGraphXError(
        .invalidFile,
        "\(2 + states) inputs are needed for each tensor after the first 2, found \(inputs.count)")
    }
    let count = inputs.count / (2 + states)
    let coefficient = Double(try node.float("norm_coefficient") ?? 0)
    var results: [[Value]] = []
    for index in 0..<count {
      let own = (0..<2 + states).map { inputs[2 + index + $0 * count] }
      for (position, value) in own.enumerated().dropFirst() {
        let (shape, other) = (try node.shape(own[0]), try node.shape(value))
        guard shape.rank == other.rank else {
          throw MIGraphXError(
            .invalidShape,
            "tensor \(index) and its companion \(position) must have one rank, found (\(shape)) and "
              + "(\(other))")
        }
      }
      let gradient = try node.add(Add(), node.apply(Mul(), own[0], coefficient), own[1])
      results.append(try step(own[0], gradient, Array(own[2...])))
    }
    return (0..<1 + states).flatMap { kind in results.map { $0[kind] } }
  }

  /// R / (1 + T * decay_factor)
  private static func decayedRate(_ node: NodeImporter) throws(MIGraphXError) -> Value {
    let rate = try node.input(0)
    let count = try node.convert(node.input(1), to: node.shape(rate).elementType)
    let decay = Double(try node.float("decay_factor") ?? 0)
    return try node.broadcasting(
      Div(), rate, node.apply(Add(), node.apply(Mul(), count, decay), 1))
  }

  /// `rate * a / b`, in the type of `a`.
  private static func scaled(
    _ node: NodeImporter, _ rate: Value, _ a: Value, _ b: Value? = nil
  ) throws(MIGraphXError) -> Value {
    let product = try node.broadcasting(
      Mul(), a, node.convert(rate, to: node.shape(a).elementType))
    guard let b else { return product }
    return try node.add(Div(), product, b)
  }

  private static func adagrad(
    _ node: NodeImporter, _ x: Value, _ gradient: Value, _ squares: Value, _ rate: Value
  ) throws(MIGraphXError) -> [Value] {
    let sum = try node.add(Add(), squares, node.add(Mul(), gradient, gradient))
    let epsilon = Double(try node.float("epsilon") ?? 1e-6)
    let root = try node.apply(Add(), node.add(Sqrt(), sum), epsilon)
    return [try node.add(Sub(), x, scaled(node, rate, gradient, root)), sum]
  }

  /// R * sqrt(1 - beta^T) / (1 - alpha^T), or R if T is 0.
  private static func correctedRate(_ node: NodeImporter) throws(MIGraphXError) -> Value {
    let rate = try node.input(0)
    let type = try node.shape(rate).elementType
    let count = try node.convert(node.input(1), to: type)
    func rest(_ base: Float) throws(MIGraphXError) -> Value {
      let power = try node.broadcasting(Pow(), node.scalar(Double(base), type), count)
      return try node.broadcasting(Sub(), node.scalar(1, type), power)
    }
    let root = try node.add(Sqrt(), rest(node.float("beta") ?? 0.999))
    let corrected = try node.broadcasting(
      Div(), node.broadcasting(Mul(), rate, root), rest(node.float("alpha") ?? 0.9))
    return try node.broadcasting(Where(), node.apply(Greater(), count, 0), corrected, rate)
  }

  private static func adam(
    _ node: NodeImporter, _ x: Value, _ gradient: Value, _ states: [Value], _ rate: Value
  ) throws(MIGraphXError) -> [Value] {
    let alpha = Double(try node.float("alpha") ?? 0.9)
    let beta = Double(try node.float("beta") ?? 0.999)
    func mixed(
      _ old: Value, _ new: Value, _ weight: Double
    ) throws(MIGraphXError) -> Value {
      try node.add(Add(), node.apply(Mul(), old, weight), node.apply(Mul(), new, 1 - weight))
    }
    let mean = try mixed(states[0], gradient, alpha)
    let square = try mixed(states[1], node.add(Mul(), gradient, gradient), beta)
    let epsilon = Double(try node.float("epsilon") ?? 1e-6)
    let root = try node.apply(Add(), node.add(Sqrt(), square), epsilon)
    let moved = try node.add(Sub(), x, scaled(node, rate, mean, root))
    let coefficient = Double(try node.float("norm_coefficient_post") ?? 0)
    return [try node.apply(Mul(), moved, 1 - coefficient), mean, square]
  }

  private static func momentum(
    _ node: NodeImporter, _ x: Value, _ gradient: Value, _ velocity: Value, _ rate: Value
  ) throws(MIGraphXError) -> [Value] {
    guard let mode = try node.string("mode"), ["standard", "nesterov"].contains(mode) else {
      throw MIGraphXError(.invalidFile, "attribute 'mode' must be 'standard' or 'nesterov'")
    }
    let type = try node.shape(gradient).elementType
    let alpha = Double(try node.float("alpha") ?? 0)
    let beta = try node.scalar(Double(try node.float("beta") ?? 1), type)
    let isLater = try node.apply(Greater(), node.input(1), 0)
    let share = try node.broadcasting(Where(), isLater, beta, node.scalar(1, type))
    let new = try node.add(
      Add(), node.apply(Mul(), velocity, alpha), scaled(node, share, gradient))
    let direction =
      mode == "standard" ? new : try node.add(Add(), gradient, node.apply(Mul(), new, alpha))
    return [try node.add(Sub(), x, scaled(node, rate, direction)), new]
  }
}
