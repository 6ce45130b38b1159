import IR
import Support
import Tensors

/// An operator that runs a recurrent network over whole sequences, as ONNX defines it.
///
/// Operands, of which those from the fourth on may be missing or optional values without content, for `G` gates:
/// `X` `[seq, batch, in]`, `W` `[dirs, GH, in]`, `R` `[dirs, GH, H]`, `B` `[dirs, 2GH]`, `sequence_lens` `[batch]` of
/// `int32_type`, `initial_h` `[dirs, batch, H]`, and others that the operator states.
///
/// Results are `Y` `[seq, dirs, batch, H]` and one `[dirs, batch, H]` for each state after the last step. Beyond a
/// sequence's length `Y` is 0; so are the states of a sequence of length 0.
protocol RecurrentOperator: RegisteredOperator {
  associatedtype Cell: RecurrentCell
  /// The size `H` of a state.
  var hiddenSize: Int { get }
  /// The functions of the cell; once for both directions or for each.
  var activations: [String] { get }
  /// The order in which sequences are read.
  var direction: RNNDirection { get }
  /// The largest absolute value of what functions of gates get; 0 for no limit.
  var clip: Float { get }
  /// Values of alpha for those functions that have one, in order; defaults if nil.
  var activationAlpha: [Float]? { get }
  /// Values of beta for those functions that have one, in order; defaults if nil.
  var activationBeta: [Float]? { get }
  /// See ``RecurrentEvaluation/roundsStates``.
  var roundsStates: Bool { get }

  /// The number of functions of one direction.
  static var functionCount: Int { get }
  /// The operands after `initial_h`, with their sizes; the first state that isn't hidden leads them.
  static func furtherOperands(
    directions: Dimension, batch: Dimension, hidden: Dimension
  ) -> [(name: String, sizes: [Dimension])]
  /// What happens in one step; `further` are the elements of the operands after `initial_h`.
  func makeCell(functions: [RNNActivation], limit: Double, further: [[Double]?]) -> Cell
}

extension RecurrentOperator {
  var roundsStates: Bool { false }

  static func furtherOperands(
    directions: Dimension, batch: Dimension, hidden: Dimension
  ) -> [(name: String, sizes: [Dimension])] { [] }

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

  private func inferShapes(
    _ shapes: [Shape?], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    let (directions, hidden) = (Dimension(direction.count), Dimension(hiddenSize))
    let count = 6 + Self.furtherOperands(directions: 1, batch: 1, hidden: 1).count
    guard (3...count).contains(shapes.count), let x = shapes[0] else {
      throw MIGraphXError(.invalidShape, "3 to \(count) inputs are needed, found \(shapes.count)")
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
    let gates = Dimension(Cell.gateCount) * hidden
    let needed: [(name: String, sizes: [Dimension])] =
      [
        ("X", x.dimensions), ("W", [directions, gates, width]), ("R", [directions, gates, hidden]),
        ("B", [directions, 2 * gates]), ("sequence_lens", [batch]),
        ("initial_h", [directions, batch, hidden]),
      ] + Self.furtherOperands(directions: directions, batch: batch, hidden: hidden)
    for (index, shape) in shapes.enumerated() {
      guard let shape else { continue }
      let type = index == 4 ? ElementType.int32 : x.elementType
      let (name, sizes) = needed[index]
      guard shape.elementType == type, shape.rank == sizes.count else {
        throw MIGraphXError(
          .invalidShape,
          "\(name) must have \(type.rawValue) and rank \(sizes.count), found (\(shape))")
      }
      for axis in sizes.indices {
        try context.require(
          shape.dimensions[axis], equals: sizes[axis],
          "the size of \(name) at axis \(axis) and what the other inputs and attributes need")
      }
    }
    let state = Shape(x.elementType, [directions, batch, hidden])
    return [Shape(x.elementType, [length, directions, batch, hidden])]
      + (0..<Cell.stateCount).map { _ in state }
  }

  /// The functions of both directions.
  private func functions() throws(MIGraphXError) -> [RNNActivation] {
    let needed = Self.functionCount * direction.count
    guard activations.count == Self.functionCount || activations.count == needed else {
      throw MIGraphXError(
        .invalidArgument,
        "\(activations.count) activations are given; \(needed) are needed")
    }
    return try RNNActivation.make(
      activations.count == needed ? activations : activations + activations,
      alphas: activationAlpha ?? [], betas: activationBeta ?? [])
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
    let states = inputs[5..<5 + Cell.stateCount].map { $0?.converted(to: Double.self) }
    let further = inputs[6...].map { $0?.converted(to: Double.self) }
    let evaluation = RecurrentEvaluation(
      length: x.lens[0], batch: x.lens[1], width: x.lens[2], hidden: hiddenSize,
      direction: direction, lengths: lengths, x: x.converted(to: Double.self),
      initialStates: states, roundsStates: roundsStates,
      matrices: RecurrentMatrices(
        inputWeights: w.converted(to: Double.self), stateWeights: r.converted(to: Double.self),
        bias: inputs[3]?.converted(to: Double.self), directions: direction.count,
        gates: Cell.gateCount, width: x.lens[2], hidden: hiddenSize),
      cell: makeCell(
        functions: try functions(), limit: clip > 0 ? Double(clip) : .infinity, further: further))
    return try evaluation.run(as: x.elementType).map { .tensor($0) }
  }
}
