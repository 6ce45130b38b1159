import IR
import Operators
import Support
import Tensors
import Testing

@testable import CPUTarget

@Suite struct PointwiseKernelTests {
  private static let unary: [any RegisteredOperator & PointwiseOperator] = [
    Neg(), Abs(), Sign(), Floor(), Ceil(), Sqrt(), RSqrt(), Relu(), LeakyRelu(alpha: 0.1), Elu(),
    Sigmoid(), Tanh(), Exp(), Log(), Erf(),
  ]

  private func special(_ lens: [Int]) throws -> Argument {
    var elements = try numbers(lens).elements(as: Float.self).map { $0 * 3 }
    let values: [Float] = [.nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, -1e30]
    for (index, value) in values.enumerated() where index < elements.count {
      elements[elements.count - 1 - index] = value
    }
    return try Argument(elements, lens: lens)
  }

  @Test func unaryOperators() throws {
    for op in PointwiseKernelTests.unary {
      for lens in [[1], [17], [3, 5], [1, 255], [2, 7, 40]] {
        let x = try special(lens)
        let program = try makeProgram([x]) { module, x in Value(try module.add(op, x)) }
        try expectAgreement(program, [x], tolerance: 1e-6, runs: ["cpu::\(op.name)"])
      }
    }
  }

  @Test func binaryOperators() throws {
    let ops: [any RegisteredOperator & PointwiseOperator] = [
      Add(), Sub(), Mul(), Div(), Min(), Max(), PRelu(),
    ]
    for op in ops {
      let (x, y) = (
        try special([3, 21]), try special([21, 3]).view(lens: [3, 21], strides: [1, 3])
      )
      let program = try makeProgram([x, y]) { module, x in Value(try module.add(op, x)) }
      try expectAgreement(program, [x, y], tolerance: 1e-6, runs: ["cpu::\(op.name)"])
    }
  }

  /// Operands that repeat along some axes, in several orders of axes, with large and small rows.
  @Test(arguments: [
    [2, 3, 4, 5], [1, 7, 1, 33], [2, 64, 9, 9], [40000, 1, 1, 1], [1, 1, 3, 70000],
  ])
  func broadcasts(_ lens: [Int]) throws {
    let x = try numbers(lens)
    let last = try numbers([lens[0], lens[2], lens[3], lens[1]], seed: 2)
    let y = try last.view(
      lens: lens, strides: [last.strides[0], 1, last.strides[1], last.strides[2]])
    let channel = try numbers([1, lens[1], 1, 1], seed: 3)
      .view(lens: lens, strides: [0, 1, 0, 0])
    let column = try numbers([lens[3]], seed: 4).view(lens: lens, strides: [0, 0, 0, 1])
    let one = try numbers([1], seed: 5).view(lens: lens, strides: [0, 0, 0, 0])
    for operands in [
      [x, y, channel, column, one], [y, x, channel, one], [channel, column, one], [one, one],
      [column, y],
    ] {
      let program = try makeProgram(operands) { module, x in
        var sum = x[0]
        for value in x.dropFirst() {
          sum = try module.add(Mul(), module.add(Add(), sum, value), value)
        }
        return sum
      }
      try expectAgreement(program, operands, tolerance: 1e-6)
    }
  }

  /// Comparisons inside of a formula are masks, those at its end bytes.
  @Test func conditions() throws {
    let (x, y) = (try special([50]), try numbers([50]))
    let program = try makeProgram([x, y]) { module, x in
      let less = try module.add(Less(), x[0], x[1])
      return try module.add(Where(), less, module.add(Exp(), x[0]), x[1])
    }
    try expectAgreement(program, [x, y], tolerance: 1e-6, runs: ["cpu::where_less_exp"])
    let open = try makeProgram([x, y]) { module, x in
      try module.add(Greater(), module.add(Exp(), x[0]), x[1])
    }
    try expectAgreement(open, [x, y], runs: ["cpu::greater_exp"])
  }

  /// A value that two instructions need is computed once, by itself.
  @Test func sharedValues() throws {
    let x = try numbers([30])
    let program = try makeProgram([x]) { module, x in
      let e = try module.add(Exp(), x[0])
      return try module.add(Add(), module.add(Tanh(), e), module.add(Sqrt(), e))
    }
    try expectAgreement(program, [x], tolerance: 1e-6, runs: ["cpu::exp", "cpu::add_tanh_sqrt"])
  }
}
