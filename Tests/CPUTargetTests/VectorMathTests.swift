import Codegen
import Foundation
import IR
import Operators
import Support
import Tensors
import Testing

@testable import CPUTarget

/// The error of functions that kernels compute, in units in the last place of the exact result.
@Suite struct VectorMathTests {
  struct Function: CustomTestStringConvertible, Sendable {
    let op: any RegisteredOperator & PointwiseOperator
    let bound: Double
    let exact: @Sendable (Double) -> Double
    var testDescription: String { op.name }

    init(
      _ op: any RegisteredOperator & PointwiseOperator, _ bound: Double = 0.51,
      _ exact: @escaping @Sendable (Double) -> Double
    ) {
      self.op = op
      self.bound = bound
      self.exact = exact
    }
  }

  /// With the largest error that is stated for each.
  static let functions = [
    Function(Sin()) { sin($0) }, Function(Cos()) { cos($0) }, Function(Tan()) { tan($0) },
    Function(Asin()) { asin($0) }, Function(Acos()) { acos($0) }, Function(Atan()) { atan($0) },
    Function(Sinh()) { sinh($0) }, Function(Cosh()) { cosh($0) },
    Function(Asinh()) { asinh($0) }, Function(Acosh()) { acosh($0) },
    Function(Atanh()) { atanh($0) }, Function(Exp(), 1.1) { exp($0) },
    Function(Log(), 0.8) { log($0) }, Function(Tanh(), 1.3) { tanh($0) },
    Function(Erf(), 2.5) { erf($0) },
  ]

  /// Every 65521st float, which takes in all exponents, numbers of middle size, and the special values.
  static let samples: [Float] = {
    var all = stride(from: UInt32(0), through: .max - 65521, by: 65521).map {
      Float(bitPattern: $0)
    }
    all += (0..<40_000).map { Float($0 - 20_000) / 2_000 }
    all += [
      0, -0.0, .infinity, -.infinity, .nan, 1, -1, .leastNonzeroMagnitude, .leastNormalMagnitude,
      .greatestFiniteMagnitude, 88.72284, 88.72283, -103.97, -104.1, 1.0000001, 0.99999994, 0x1p20,
      0x1p-6, 89.41, 90, -104,
      // The floats that come closest to a multiple of a right angle.
      0x1.8f0ce6p+119, 0x1.b951f2p+81, 0x1.921fb6p+0,
    ]
    return all
  }()

  @Test(arguments: functions) func unary(_ function: Function) throws {
    let samples = VectorMathTests.samples
    let x = try Argument(samples, lens: [samples.count])
    try check(function.op, [x], bound: function.bound) { function.exact(Double(samples[$0])) }
  }

  /// Pairs of samples far apart, of neighbours, and of all special values.
  static let pairs: [(Float, Float)] = {
    let count = samples.count
    var pairs = samples.indices.map { (samples[$0], samples[($0 * 7919 + 13) % count]) }
    pairs += samples.indices.dropLast().map { (samples[$0], samples[$0 + 1]) }
    for index in 0..<50_000 {
      let exponent = (index * 31) % 4001 - 2000
      pairs.append((Float(index) / 1000, Float(exponent) / 100))
    }
    let special: [Float] = [
      0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 16_777_215, -16_777_215, .infinity, -.infinity,
      .nan, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.99999994, 1.0000001,
    ]
    for x in special { pairs += special.map { (x, $0) } }
    return pairs
  }()

  @Test func power() throws { try binary(Pow(), bound: 0.51) { pow($0, $1) } }
  @Test func remainder() throws { try binary(FMod(), bound: 0) { fmod($0, $1) } }
  @Test func modulo() throws {
    try binary(Mod(), bound: 0.5) { x, y in
      let rest = fmod(x, y)
      if rest == 0 { return copysign(rest, y) }
      return (rest < 0) != (y < 0) ? rest + y : rest
    }
  }

  private func binary(
    _ op: any RegisteredOperator & PointwiseOperator, bound: Double,
    _ exact: (Double, Double) -> Double
  ) throws {
    let pairs = VectorMathTests.pairs
    let operands = [
      try Argument(pairs.map(\.0), lens: [pairs.count]),
      try Argument(pairs.map(\.1), lens: [pairs.count]),
    ]
    try check(op, operands, bound: bound) { exact(Double(pairs[$0].0), Double(pairs[$0].1)) }
  }

  /// Exponents that are known become roots and products.
  @Test(arguments: [
    (0.5, 0.51), (-0.5, 1.5), (4, 0.51), (-3, 0.51), (0, 0), (1, 0), (2, 0.51), (33, 0.51),
    (2.5, 0.51),
  ])
  func knownExponents(_ exponent: Float, _ bound: Double) throws {
    let samples = VectorMathTests.samples
    let x = try Argument(samples, lens: [samples.count])
    let program = try makeProgram([x]) { module, x in
      let literal = module.addLiteral(Literal(try Argument([exponent], lens: [1])))
      let many = try module.add(Multibroadcast(outLens: [Dimension(samples.count)]), literal)
      return try module.add(Pow(), x[0], many)
    }
    try check(program, "pow \(exponent)", [x], bound: bound) {
      pow(Double(samples[$0]), Double(exponent))
    }
  }

  private func check(
    _ op: any RegisteredOperator & PointwiseOperator, _ operands: [Argument], bound: Double,
    _ exact: (Int) -> Double
  ) throws {
    let program = try makeProgram(operands) { module, x in Value(try module.add(op, x)) }
    try check(program, op.name, operands, bound: bound, exact)
  }

  private func check(
    _ program: Program, _ name: String, _ operands: [Argument], bound: Double,
    _ exact: (Int) -> Double
  ) throws {
    let wanted = (0..<operands[0].elementCount).map(exact)
    let inputs = operands.map { $0.elements(as: Float.self) }
    for set in InstructionSet.supported {
      let executable = try CPUTarget(instructionSet: set).compile(program)
      #expect(operators(executable).contains { $0.hasPrefix("cpu::") })
      let result = try #require(executable.run(operands.map { .tensor($0) })[0].argument)
      let found = result.elements(as: Float.self)
      var worst = (error: 0.0, index: 0)
      for index in wanted.indices {
        let nearest = Float(wanted[index])
        if nearest == found[index] || nearest.isNaN || nearest.isInfinite {
          let isSame =
            nearest.isNaN
            ? found[index].isNaN
            : nearest == found[index]
              && (nearest.sign == found[index].sign)
          if !isSame {
            Issue.record(
              "\(name) of \(inputs.map { $0[index] }) is \(found[index]), not \(nearest), \(set)")
            return
          }
          if nearest.isNaN || nearest.isInfinite { continue }
        }
        let error = abs(Double(found[index]) - wanted[index]) / Double(nearest.ulp)
        if !(error <= worst.error) { worst = (error, index) }
      }
      print("\(name), \(set): \(worst.error) units")
      #expect(
        worst.error <= bound, "\(name) of \(inputs.map { $0[worst.index] }), \(set)")
    }
  }
}
