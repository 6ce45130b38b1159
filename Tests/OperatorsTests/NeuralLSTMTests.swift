import IR
import Operators
import Support
import Tensors
import Testing

/// An LSTM of hidden size 2 on 3 steps of 2 sequences, with what ONNX Runtime computes.
struct LSTMCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let op: LSTM
  var hasBias = true
  var lengths: [Int32]?
  var hasStates = false
  var hasPeepholes = false
  let y: [Float]
  let hidden: [Float]
  let cell: [Float]

  /// All eight operands; absent ones are optional values without content.
  func operands() throws -> [RuntimeValue] {
    let sets = op.direction == .bidirectional ? 2 : 1
    func part(_ isPresent: Bool, _ lens: [Int], _ seed: Int) throws -> RuntimeValue {
      guard isPresent else { return .optional(nil, wrapped: .tensor(Shape(.float, lens: lens))) }
      return .tensor(try pattern(lens, seed: seed, times: 0.5))
    }
    let sequenceLengths = try lengths.map { RuntimeValue.tensor(try Argument($0, lens: [2])) }
    return [
      try part(true, [3, 2, 2], 1), try part(true, [sets, 8, 2], 2),
      try part(true, [sets, 8, 2], 3), try part(hasBias, [sets, 16], 4),
      sequenceLengths ?? .optional(nil, wrapped: .tensor(Shape(.int32, lens: [2]))),
      try part(hasStates, [sets, 2, 2], 5), try part(hasStates, [sets, 2, 2], 6),
      try part(hasPeepholes, [sets, 6], 7),
    ]
  }

  static let all: [LSTMCase] = [
    LSTMCase(
      testDescription: "without bias",
      op: LSTM(hiddenSize: 2),
      hasBias: false,
      y: [
        0.09757121, 0.1278793, -0.1172886, -0.1242426, -0.08104946, -0.06667497, -0.1643835,
        -0.1376604, -0.1481618, -0.1010657, -0.1828972, -0.1162514,
      ],
      hidden: [-0.1481618, -0.1010657, -0.1828972, -0.1162514],
      cell: [-0.2687061, -0.252311, -0.3253969, -0.3159174]),
    LSTMCase(
      testDescription: "both ways, lengths, states, peepholes",
      op: LSTM(hiddenSize: 2, direction: .bidirectional),
      lengths: [3, 1], hasStates: true, hasPeepholes: true,
      y: [
        0.1365704, 0.1713678, -0.3488669, 0.003537277, 0.08439732, -0.2041217, 0.2701717,
        -0.4805529, -0.182543, 0.02757463, 0, 0, 0.08050743, -0.3758694, 0, 0, -0.271861,
        -0.02769382, 0, 0, 0.1378879, -0.5074683, 0, 0,
      ],
      hidden: [
        -0.271861, -0.02769382, -0.3488669, 0.003537277, 0.08439732, -0.2041217,
        0.2701717, -0.4805529,
      ],
      cell: [
        -0.3738144, -0.08729809, -0.5182897, 0.008859366, 0.2375185, -0.5179822, 0.4484233,
        -0.8475187,
      ]),
    LSTMCase(
      testDescription: "reverse, clipped, coupled gates",
      op: LSTM(hiddenSize: 2, direction: .reverse, clip: 0.3, inputForget: true),
      lengths: [2, 3],
      y: [
        0.05505086, 0.0224301, -0.1508287, -0.08915358, -0.09524118, -0.05248786, -0.1344951,
        -0.06517616, 0, 0, -0.09524118, -0.02249923,
      ],
      hidden: [0.05505086, 0.0224301, -0.1508287, -0.08915358],
      cell: [0.09612856, 0.05275647, -0.2688617, -0.2126466]),
    LSTMCase(
      testDescription: "a sequence of length 0",
      op: LSTM(hiddenSize: 2),
      lengths: [0, 2], hasStates: true,
      y: [0, 0, -0.3756912, -0.008423357, 0, 0, -0.3807881, -0.05983867, 0, 0, 0, 0],
      hidden: [0, 0, -0.3807881, -0.05983867],
      cell: [0, 0, -0.5322103, -0.183504]),
    LSTMCase(
      testDescription: "functions with parameters",
      op: LSTM(
        hiddenSize: 2,
        activations: [
          "HardSigmoid", "LeakyRelu", "Elu", "Sigmoid",
          "Affine", "Softsign",
        ], direction: .bidirectional, activationAlpha: [0.3, 0.2, 0.9, 1.5],
        activationBeta: [0.4, 0.1]),
      y: [
        0.1905396, 0.02658004, -0.03897835, -0.003517773, 0.1309415, -0.1997055, 0.1890077,
        -0.3459533, 0.004827936, 0.002534973, -0.04712544, -0.003041428, 0.1693007, -0.3316383,
        0.1322457, -0.3387963, -0.03568725, -0.0009605772, -0.04549041, -0.001545523, 0.1301588,
        -0.3015615, 0.1017947, -0.3033094,
      ],
      hidden: [
        -0.03568725, -0.0009605772, -0.04549041, -0.001545523, 0.1309415, -0.1997055,
        0.1890077, -0.3459533,
      ],
      cell: [
        -0.05186784, -0.007048756, -0.0639872, -0.0133797, 0.5065528, -0.8535309, 0.4729194,
        -1.417666,
      ]),
    LSTMCase(
      testDescription: "scaled tanh, softplus",
      op: LSTM(
        hiddenSize: 2, activations: ["Sigmoid", "ScaledTanh", "Softplus"],
        activationAlpha: [1.2], activationBeta: [0.7]),
      y: [
        0.5916601, 0.3270297, 0.4136646, 0.2256055, 0.4698838, 0.2644832, 0.4259891, 0.2261013,
        0.4542821, 0.2308881, 0.4528933, 0.2131943,
      ],
      hidden: [0.4542821, 0.2308881, 0.4528933, 0.2131943],
      cell: [-0.2531994, -0.005256209, -0.278678, -0.02058116]),
    LSTMCase(
      testDescription: "thresholds",
      op: LSTM(
        hiddenSize: 2, activations: ["Sigmoid", "Relu", "ThresholdedRelu"],
        activationAlpha: [0.05]),
      y: [0.2285949, 0.08454001, 0, 0, 0.08114511, 0.02701318, 0, 0, 0, 0, 0, 0],
      hidden: [0, 0, 0, 0],
      cell: [0.03542262, 0.03022299, 0, 0]),
  ]
}

@Suite struct NeuralLSTMTests {
  /// ONNX Runtime approximates exponentials in `Float`, to a few units of 6e-8 for each of 3 steps.
  @Test(arguments: LSTMCase.all)
  func values(_ one: LSTMCase) throws {
    let operands = try one.operands()
    let sets = one.op.direction == .bidirectional ? 2 : 1
    let results = try one.op.evaluate(operands, in: EvaluationContext(resultTypes: []))
      .compactMap(\.argument)
    try #require(results.count == 3)
    expectClose(results[0], one.y, lens: [3, sets, 2, 2], tolerance: 3e-6)
    expectClose(results[1], one.hidden, lens: [sets, 2, 2], tolerance: 3e-6)
    expectClose(results[2], one.cell, lens: [sets, 2, 2], tolerance: 3e-6)
    var context = InferenceContext(
      operandContents: operands.map { _ in nil }, origin: "test", symbolPrefix: "fresh")
    let types = operands.map { operand -> ValueType in
      switch operand {
      case .tensor(let argument): .tensor(argument.shape)
      default: .optional(.tensor(Shape(.float, lens: [1])))
      }
    }
    #expect(try one.op.inferTypes(types, in: &context) == results.map { .tensor($0.shape) })
  }

  @Test func missingOperands() throws {
    let one = LSTMCase.all[0]
    let results = try one.op.evaluate(
      Array(one.operands().prefix(3)), in: EvaluationContext(resultTypes: []))
    try expectClose(#require(results[0].argument), one.y, lens: [3, 1, 2, 2], tolerance: 3e-6)
  }

  @Test func symbolicSizes() throws {
    let (s, n) = (Dimension(Symbol("S")), Dimension(Symbol("N")))
    let shapes = [
      Shape(.float, [s, n, 5]), Shape(.float, lens: [2, 12, 5]), Shape(.float, lens: [2, 12, 3]),
    ]
    let found = try infer(LSTM(hiddenSize: 3, direction: .bidirectional), shapes)
    #expect(found.map(\.dimensions) == [[s, 2, n, 3], [2, n, 3], [2, n, 3]])
  }

  @Test func lengthsOutOfRange() throws {
    var operands = try LSTMCase.all[0].operands()
    for lengths: [Int32] in [[-1, 2], [4, 1], [.max, 1]] {
      operands[4] = .tensor(try Argument(lengths, lens: [2]))
      let inputs = operands
      #expect(throws: MIGraphXError.self) {
        try LSTMCase.all[0].op.evaluate(inputs, in: EvaluationContext(resultTypes: []))
      }
    }
  }
}
