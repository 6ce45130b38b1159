import IR
import Support
import Tensors

/// Runs a long short-term memory over whole sequences, as ONNX defines it.
///
/// Operands, of which those from the fourth on may be missing or optional values without content:
/// `X` `[seq, batch, in]`, `W` `[dirs, 4H, in]`, `R` `[dirs, 4H, H]`, `B` `[dirs, 8H]`, `sequence_lens`
/// `[batch]` of `int32_type`, `initial_h` and `initial_c` `[dirs, batch, H]`, `P` `[dirs, 3H]`. Gates
/// come in the order input, output, forget, cell; peepholes input, output, forget.
///
/// Results are `Y` `[seq, dirs, batch, H]`, `Y_h` and `Y_c` `[dirs, batch, H]`. Beyond a sequence's
/// length `Y` is 0; so are the states of a sequence of length 0.
public struct LSTM: RegisteredOperator {
  public static let name = "lstm"
  /// The size `H` of a state.
  public var hiddenSize: Int = 1
  /// The functions of gates, cell and hidden state; once for both directions or for each.
  public var activations: [String] = ["sigmoid", "tanh", "tanh"]
  /// The order in which sequences are read.
  public var direction: RNNDirection = .forward
  /// The largest absolute value of the inputs of the functions of gates and cell; 0 for no limit.
  public var clip: Float = 0
  /// Whether the forget gate is 1 minus the input gate.
  public var inputForget: Bool = false
  /// Values of alpha for those functions that have one, in order; defaults if nil.
  public var activationAlpha: [Float]?
  /// Values of beta for those functions that have one, in order; defaults if nil.
  public var activationBeta: [Float]?

  private enum CodingKeys: String, CodingKey {
    case hiddenSize = "hidden_size"
    case activations = "actv_func"
    case direction, clip
    case inputForget = "input_forget"
    case activationAlpha = "activation_alpha"
    case activationBeta = "activation_beta"
  }

  public init() {}

  /// Makes the operator.
  public init(
    hiddenSize: Int, activations: [String] = ["sigmoid", "tanh", "tanh"],
    direction: RNNDirection = .forward, clip: Float = 0, inputForget: Bool = false,
    activationAlpha: [Float]? = nil, activationBeta: [Float]? = nil
  ) {
    self.hiddenSize = hiddenSize
    self.activations = activations
    self.direction = direction
    self.clip = clip
    self.inputForget = inputForget
    self.activationAlpha = activationAlpha
    self.activationBeta = activationBeta
  }

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    var shapes: [Shape?] = []
    for (index, operand) in operands.enumerated() {
      switch operand {
      case .tensor(let shape): shapes.append(shape)
      case .optional where index >= 3: shapes.append(nil)
      default:
        throw MIGraphXError(.invalidShape, "input \(index) must be a tensor, found \(operand)")
      }
    }
    return try inferShapes(shapes, in: &context).map { .tensor($0) }
  }

  /// The names of the operands.
  private static let operandNames = [
    "X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P",
  ]

  private func inferShapes(
    _ shapes: [Shape?], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    guard (3...8).contains(shapes.count), let x = shapes[0] else {
      throw MIGraphXError(.invalidShape, "3 to 8 inputs are needed, found \(shapes.count)")
    }
    guard (1...WindowAxis.limit).contains(hiddenSize) else {
      throw MIGraphXError(
        .invalidArgument,
        "hidden_size \(hiddenSize) must be between 1 and \(WindowAxis.limit)")
    }
    guard clip >= 0 else {
      throw MIGraphXError(.invalidArgument, "clip \(clip) must not be negative")
    }
    _ = try functions()
    try check(x, 0, is: .floating)
    try check(x, 0, rank: 3...3)
    let (length, batch, width) = (x.dimensions[0], x.dimensions[1], x.dimensions[2])
    let (directions, hidden) = (Dimension(direction.count), Dimension(hiddenSize))
    let needed: [[Dimension]] = [
      x.dimensions, [directions, 4 * hidden, width], [directions, 4 * hidden, hidden],
      [directions, 8 * hidden], [batch], [directions, batch, hidden], [directions, batch, hidden],
      [directions, 3 * hidden],
    ]
    for (index, shape) in shapes.enumerated() {
      guard let shape else { continue }
      let type = index == 4 ? ElementType.int32 : x.elementType
      let name = LSTM.operandNames[index]
      guard shape.elementType == type, shape.rank == needed[index].count else {
        throw MIGraphXError(
          .invalidShape,
          "\(name) must have \(type.rawValue) and rank \(needed[index].count), found (\(shape))")
      }
      for axis in needed[index].indices {
        try context.require(
          shape.dimensions[axis], equals: needed[index][axis],
          "the size of \(name) at axis \(axis) and what the other inputs and attributes need")
      }
    }
    let state = Shape(x.elementType, [directions, batch, hidden])
    return [Shape(x.elementType, [length, directions, batch, hidden]), state, state]
  }

  /// Three functions for each direction.
  private func functions() throws(MIGraphXError) -> [RNNActivation] {
    guard activations.count == 3 || activations.count == 3 * direction.count else {
      throw MIGraphXError(
        .invalidArgument,
        "\(activations.count) activations are given; \(3 * direction.count) are needed")
    }
    let names = activations.count == 3 * direction.count ? activations : activations + activations
    return try RNNActivation.make(
      names, alphas: activationAlpha ?? [], betas: activationBeta ?? [])
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    var inputs: [Argument?] = []
    for (index, operand) in operands.enumerated() {
      switch operand {
      case .tensor(let argument): inputs.append(argument)
      case .optional(let value, _) where index >= 3 && value?.argument != nil:
        inputs.append(value?.argument)
      case .optional(nil, _) where index >= 3: inputs.append(nil)
      default: throw MIGraphXError(.invalidArgument, "input \(index) must be a tensor")
      }
    }
    var inference = InferenceContext(
      operandContents: inputs.map { _ in nil }, origin: name, symbolPrefix: "size")
    let shapes = try inferShapes(inputs.map { $0?.shape }, in: &inference)
    for lens in inputs.compactMap({ $0?.lens }) + shapes.compactMap(\.lens) {
      try checkFitsMemory(Shape(.double, lens: lens))
    }
    inputs += [Argument?](repeating: nil, count: 8 - inputs.count)
    guard let x = inputs[0], let w = inputs[1], let r = inputs[2] else {
      throw MIGraphXError(.invalidArgument, "inputs X, W and R are needed")
    }
    let lengths = inputs[4].map { $0.converted(to: Int64.self).map { Int($0) } }
    if let wrong = lengths?.first(where: { $0 < 0 || $0 > x.lens[0] }) {
      throw MIGraphXError(
        .invalidArgument, "sequence length \(wrong) must be between 0 and \(x.lens[0])")
    }
    let evaluation = LSTMEvaluation(
      length: x.lens[0], batch: x.lens[1], width: x.lens[2], hidden: hiddenSize,
      direction: direction, functions: try functions(),
      limit: clip > 0 ? Double(clip) : .infinity, couplesGates: inputForget,
      x: x.converted(to: Double.self), w: w.converted(to: Double.self),
      r: r.converted(to: Double.self), bias: inputs[3]?.converted(to: Double.self),
      lengths: lengths, initialHidden: inputs[5]?.converted(to: Double.self),
      initialCell: inputs[6]?.converted(to: Double.self),
      peepholes: inputs[7]?.converted(to: Double.self))
    return try evaluation.run(as: x.elementType).map { .tensor($0) }
  }
}
