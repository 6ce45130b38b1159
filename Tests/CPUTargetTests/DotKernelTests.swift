import IR
import Operators
import Support
import Tensors
import Testing

@testable import CPUTarget

@Suite struct DotKernelTests {
  struct Sizes: CustomTestStringConvertible, Sendable {
    let m: Int
    let k: Int
    let n: Int
    var testDescription: String { "\(m)x\(k)x\(n)" }
  }

  /// Around the sizes of tiles: one row, one column, one term, one more and one less than a vector.
  static let sizes: [Sizes] = {
    var all = [(1, 1, 1), (1, 255, 17), (255, 1, 7), (2, 3, 5), (14, 16, 32), (15, 17, 33)]
    all += [(13, 4, 15), (29, 7, 16), (100, 64, 31), (1, 300, 1000), (7, 5, 48), (57, 33, 49)]
    return all.map { Sizes(m: $0.0, k: $0.1, n: $0.2) }
  }()

  @Test(arguments: sizes) func constantRightOperand(_ size: Sizes) throws {
    let a = try numbers([size.m, size.k])
    let b = try numbers([size.k, size.n], seed: 2)
    let program = try makeProgram([a]) { module, x in
      try module.add(Dot(), x[0], module.addLiteral(Literal(b)))
    }
    try expectAgreement(program, [a], runs: ["cpu::dot"])
  }

  @Test(arguments: sizes) func bothOperandsInBatches(_ size: Sizes) throws {
    let a = try numbers([2, 3, size.m, size.k])
    let b = try numbers([2, 3, size.k, size.n], seed: 2)
    let program = try makeProgram([a, b]) { module, x in try module.add(Dot(), x[0], x[1]) }
    try expectAgreement(program, [a, b], runs: ["cpu::dot"])
  }

  /// Transposed and repeated operands are read where they lie.
  @Test func views() throws {
    let a = try numbers([3, 40, 20])
    let b = try numbers([1, 24, 20], seed: 2)
    let program = try makeProgram([a, b]) { module, x in
      let right = try module.add(Transpose(permutation: [0, 2, 1]), x[1])
      let many = try module.add(Multibroadcast(outLens: [3, 20, 24]), right)
      return try module.add(Dot(), x[0], many)
    }
    try expectAgreement(program, [a, b])
    let left = try numbers([20, 3, 40])
    let heads = try self.program(left, permutation: [1, 2, 0], b)
    try expectAgreement(heads, [left])
    let rows = try self.program(left, permutation: [1, 0, 2], try numbers([1, 40, 9]))
    try expectAgreement(rows, [left])
  }

  private func program(
    _ left: Argument, permutation: [Int], _ right: Argument
  ) throws -> Program {
    try makeProgram([left]) { module, x in
      let rows = try module.add(Transpose(permutation: permutation), x[0])
      var matrix = module.addLiteral(Literal(right))
      if permutation == [1, 2, 0] {
        matrix = try module.add(Transpose(permutation: [0, 2, 1]), matrix)
      }
      let sizes = module.shape(of: matrix)?.dimensions.suffix(2) ?? []
      let many = try module.add(Multibroadcast(outLens: [3] + sizes), matrix)
      return try module.add(Dot(), rows, many)
    }
  }

  /// The batch is open; the weights are constant all the same, and what follows joins in.
  @Test func openSizesAndEpilogue() throws {
    let weights = try numbers([19, 37], seed: 3)
    let bias = try numbers([37], seed: 4)
    let (n, s) = (Dimension(Symbol("n", minimum: 0)), Dimension(Symbol("s", minimum: 0)))
    var module = Module()
    let x = try module.addParameter("x", Shape(.float, [n, s, 19]))
    let r = try module.addParameter("r", Shape(.float, [n, s, 37]))
    let w = try module.add(
      Multibroadcast(outLens: [n, 19, 37]), module.addLiteral(Literal(weights)))
    let b = try module.add(
      Multibroadcast(outLens: [n, s, 37]), module.addLiteral(Literal(bias)))
    let product = try module.add(Dot(), x, w)
    let sum = try module.add(Add(), r, module.add(Add(), b, product))
    try module.addReturn([try module.add(Relu(), sum)])
    let program = Program(main: module)
    for (count, length) in [(1, 1), (2, 15), (3, 50), (0, 4), (4, 0)] {
      try expectAgreement(
        program, [numbers([count, length, 19]), numbers([count, length, 37], seed: 5)],
        runs: ["cpu::dot_add_add_relu"])
    }
  }

  /// Added up one after the other these terms give a sum that is off by 6.5e-5 of it.
  @Test(arguments: [1, 2, 3]) func longSumsOfFewRows(_ rows: Int) throws {
    let a = try Argument([Float](repeating: 0.1, count: rows * 8192), lens: [rows, 8192])
    let b = try Argument([Float](repeating: 1, count: 8192 * 3), lens: [8192, 3])
    let program = try makeProgram([a]) { module, x in
      try module.add(Dot(), x[0], module.addLiteral(Literal(b)))
    }
    try expectAgreement(program, [a], tolerance: 5e-5)
  }

  @Test func specialValues() throws {
    var elements = [Float](repeating: 1, count: 4 * 4)
    elements[0] = .nan
    elements[4] = .infinity
    elements[8] = -.infinity
    elements[12] = .leastNonzeroMagnitude
    let a = try Argument(elements, lens: [4, 4])
    let b = try numbers([4, 20], seed: 2)
    for limits in [nil, (Float(-0.5), Float(0.5))] {
      let program = try makeProgram([a]) { module, x in
        let product = try module.add(Dot(), x[0], module.addLiteral(Literal(b)))
        guard let limits else { return try module.add(Relu(), product) }
        var bounds: [Value] = []
        for limit in [limits.0, limits.1] {
          let literal = module.addLiteral(Literal(try Argument([limit], lens: [1])))
          bounds.append(try module.add(Multibroadcast(outLens: [4, 20]), literal))
        }
        return Value(try module.add(Clip(), [product] + bounds))
      }
      try expectAgreement(program, [a])
    }
  }

  /// Any number of empty matrices is no work.
  @Test func emptyOperands() throws {
    let most = 1 << 40
    for (m, k, n) in [(3, 0, 0), (0, 0, 4), (0, 0, 0), (3, 0, 4)] {
      let count = m * n == 0 ? most : 2
      let a = try Argument([Float(1)], lens: [1, 1, 1])
        .view(lens: [count, m, k], strides: [0, 0, 0])
      let b = try a.view(lens: [count, k, n], strides: [0, 0, 0])
      let program = try makeProgram([a, b]) { module, x in try module.add(Dot(), x[0], x[1]) }
      let found = try CPUTarget().compile(program).run([.tensor(a), .tensor(b)])[0].argument
      #expect(found?.lens == [count, m, n])
      if m * n > 0 { #expect(found?.elements(as: Float.self).allSatisfy { $0 == 0 } == true) }
    }
  }

  /// A result that is used elsewhere too is not swallowed by what follows.
  @Test func sharedResultsStay() throws {
    let a = try numbers([5, 6])
    let program = try makeProgram([a]) { module, x in
      let product = try module.add(
        Dot(), x[0], module.addLiteral(Literal(numbers([6, 7], seed: 2))))
      return try module.add(Mul(), module.add(Relu(), product), product)
    }
    try expectAgreement(program, [a], runs: ["cpu::dot", "cpu::mul_relu"])
  }
}
