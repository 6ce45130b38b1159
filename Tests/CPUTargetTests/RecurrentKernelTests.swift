import Codegen
import IR
import Operators
import Support
import Tensors
import Testing

@testable import CPUTarget

@Suite struct RecurrentKernelTests {
  /// A network over sequences, with what else it gets.
  struct Case: CustomTestStringConvertible, Sendable {
    let op: any RegisteredOperator
    let gates: Int
    let hidden: Int
    var directions = 1
    var length = 4
    var batch = 2
    var width = 5
    var hasBias = true
    var lengths: [Int32]?
    var hasHidden = false
    var hasCell = false
    var hasPeepholes = false
    var testDescription: String {
      "\(op.text) \(length) \(batch) \(width), bias \(hasBias), lengths \(lengths ?? []), "
        + "states \(hasHidden) \(hasCell), peepholes \(hasPeepholes)"
    }

    init(_ op: LSTM) {
      self.init(op, gates: 4, hidden: op.hiddenSize, op.direction)
    }
    init(_ op: GRU) {
      self.init(op, gates: 3, hidden: op.hiddenSize, op.direction)
    }
    init(_ op: RNN) {
      self.init(op, gates: 1, hidden: op.hiddenSize, op.direction)
    }
    private init(
      _ op: any RegisteredOperator, gates: Int, hidden: Int, _ direction: RNNDirection
    ) {
      self.op = op
      self.gates = gates
      self.hidden = hidden
      directions = direction.count
    }

    func with(_ change: (inout Case) -> Void) -> Case {
      var copy = self
      change(&copy)
      return copy
    }
  }

  static let cases: [Case] = {
    var cases: [Case] = []
    for hidden in [1, 7, 16, 17, 40] {
      cases.append(Case(LSTM(hiddenSize: hidden)))
      cases.append(Case(GRU(hiddenSize: hidden)).with { $0.batch = 1 })
      cases.append(Case(GRU(hiddenSize: hidden, linearBeforeReset: 1)))
      cases.append(Case(RNN(hiddenSize: hidden, direction: .reverse)))
    }
    // Numbers of sequences around those of one call.
    for batch in [1, 3, 5, 6, 7, 13] {
      cases.append(
        Case(LSTM(hiddenSize: 9, direction: .bidirectional)).with {
          $0.batch = batch
          $0.hasHidden = true
          $0.hasCell = true
          $0.hasPeepholes = true
          $0.lengths = (0..<batch).map { Int32(($0 + 2) % 5) }
        })
      cases.append(
        Case(GRU(hiddenSize: 9, direction: .bidirectional)).with {
          $0.batch = batch
          $0.hasHidden = true
          $0.lengths = (0..<batch).map { Int32(4 - $0 % 5) }
        })
    }
    cases += [
      Case(LSTM(hiddenSize: 5, direction: .reverse, clip: 0.3, inputForget: true))
        .with { $0.hasPeepholes = true },
      Case(LSTM(hiddenSize: 5)).with {
        $0.hasBias = false
        $0.hasCell = true
      },
      Case(GRU(hiddenSize: 5, direction: .reverse, clip: 0.3, linearBeforeReset: 1))
        .with { $0.hasHidden = true },
      Case(GRU(hiddenSize: 5, clip: 0.3)).with { $0.hasBias = false },
      Case(RNN(hiddenSize: 5, clip: 0.4)).with { $0.lengths = [0, 3] },
      Case(RNN(hiddenSize: 5)).with { $0.length = 1 },
      Case(LSTM(hiddenSize: 5)).with { $0.length = 0 },
      Case(LSTM(hiddenSize: 5)).with { $0.batch = 0 },
    ]
    // Every function.
    let names = [
      "sigmoid", "tanh", "relu", "hardsigmoid", "affine", "leakyrelu", "thresholdedrelu",
      "scaledtanh", "elu", "softsign", "softplus",
    ]
    for name in names {
      cases.append(
        Case(
          RNN(
            hiddenSize: 6, activations: [name, "Tanh"], direction: .bidirectional,
            activationAlpha: [0.4], activationBeta: [0.3])))
    }
    cases.append(
      Case(
        LSTM(
          hiddenSize: 6,
          activations: ["hardsigmoid", "relu", "softsign", "sigmoid", "tanh", "elu"],
          direction: .bidirectional)))
    return cases
  }()

  private func program(_ one: Case, _ operands: [Argument]) throws -> Program {
    var module = Module()
    var parameters = try operands.enumerated().map { index, operand in
      try module.addParameter("x\(index)", operand.shape)
    }[...]
    let (sets, rows) = (one.directions, one.gates * one.hidden)
    func constant(_ lens: [Int], _ seed: UInt64) throws -> Value {
      module.addLiteral(Literal(try numbers(lens, seed: seed)))
    }
    func missing() throws -> Value { try module.add(Undefined()) }
    var inputs = [
      parameters.removeFirst(), try constant([sets, rows, one.width], 2),
      try constant([sets, rows, one.hidden], 3),
      try one.hasBias ? constant([sets, 2 * rows], 4) : missing(),
      try one.lengths == nil ? missing() : parameters.removeFirst(),
      try one.hasHidden ? parameters.removeFirst() : missing(),
    ]
    if one.gates == 4 {
      inputs.append(try one.hasCell ? parameters.removeFirst() : missing())
      inputs.append(try one.hasPeepholes ? constant([sets, 3 * one.hidden], 5) : missing())
    }
    let id = try module.add(one.op, inputs)
    try module.addReturn((0..<(one.gates == 4 ? 3 : 2)).map { Value(id, result: $0) })
    return Program(main: module)
  }

  private func operands(_ one: Case) throws -> [Argument] {
    let state = [one.directions, one.batch, one.hidden]
    var operands = [try numbers([one.length, one.batch, one.width])]
    if let lengths = one.lengths { operands.append(try Argument(lengths, lens: [one.batch])) }
    if one.hasHidden { operands.append(try numbers(state, seed: 6)) }
    if one.hasCell { operands.append(try numbers(state, seed: 7)) }
    return operands
  }

  @Test(arguments: cases) func agreement(_ one: Case) throws {
    let operands = try operands(one)
    try expectAgreement(
      try program(one, operands), operands, tolerance: 4e-6, runs: ["cpu::\(one.op.name)"])
  }

  /// Sequences whose batch lies outermost, and states that repeat, are read where they lie.
  @Test func views() throws {
    let one = Case(LSTM(hiddenSize: 18)).with {
      $0.hasHidden = true
      $0.hasCell = true
    }
    let last = try numbers([5, 2, 4])
    for x in [
      try numbers([2, 4, 5]).view(lens: [4, 2, 5], strides: [5, 20, 1]),
      try last.view(lens: [4, 2, 5], strides: [1, 4, 8]),
    ] {
      let state = try numbers([18]).view(lens: [1, 2, 18], strides: [0, 0, 1])
      try expectAgreement(
        try program(one, [x, state, state]), [x, state, state], tolerance: 4e-6,
        runs: ["cpu::lstm"])
    }
  }

  /// Weights of a step that threads share.
  @Test func largeStates() throws {
    for one in [
      Case(LSTM(hiddenSize: 370)), Case(GRU(hiddenSize: 430)), Case(RNN(hiddenSize: 730)),
    ] {
      let one = one.with {
        $0.batch = 1
        $0.length = 2
      }
      let operands = try operands(one)
      // Sums of some 700 products of numbers up to 1.
      try expectAgreement(try program(one, operands), operands, tolerance: 1e-5)
    }
  }

  @Test func openSizes() throws {
    let (t, n) = (Dimension(Symbol("t", minimum: 0)), Dimension(Symbol("n", minimum: 0)))
    var module = Module()
    let x = try module.addParameter("x", Shape(.float, [t, n, 3]))
    let w = module.addLiteral(Literal(try numbers([2, 33, 3], seed: 2)))
    let r = module.addLiteral(Literal(try numbers([2, 33, 11], seed: 3)))
    let id = try module.add(GRU(hiddenSize: 11, direction: .bidirectional), [x, w, r])
    try module.addReturn([Value(id), Value(id, result: 1)])
    for (length, batch) in [(1, 1), (5, 3), (0, 2), (2, 0), (9, 1)] {
      try expectAgreement(
        Program(main: module), [numbers([length, batch, 3])], tolerance: 4e-6, runs: ["cpu::gru"])
    }
  }

  @Test(arguments: [Int32(-1), 5]) func wrongLengths(_ length: Int32) throws {
    let one = Case(RNN(hiddenSize: 3)).with { $0.lengths = [2, length] }
    let operands = try operands(one)
    let executable = try CPUTarget().compile(try program(one, operands))
    #expect(throws: MIGraphXError.self) { try executable.run(operands.map { .tensor($0) }) }
  }

  /// Weights that are not known, and states that are rounded, are left to evaluation.
  @Test func otherNetworks() throws {
    let one = Case(LSTM(hiddenSize: 3, quantizeStates: true))
    let operands = try operands(one)
    let names = try operators(CPUTarget().compile(program(one, operands)))
    #expect(names.contains("lstm"))
    let (w, r) = (try numbers([1, 3, 5], seed: 2), try numbers([1, 3, 3], seed: 3))
    let open = try makeProgram([operands[0], w, r]) { module, x in
      Value(try module.add(RNN(hiddenSize: 3), x))
    }
    try expectAgreement(open, [operands[0], w, r], runs: ["rnn"])
  }
}
