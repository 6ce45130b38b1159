import IR
import Operators
import Support
import Tensors
import Testing

@testable import CPUTarget

@Suite struct TransposedConvolutionKernelTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var x: [Int]
    var w: [Int]
    var op: ConvolutionBackwards

    init(
      _ x: [Int], _ w: [Int], padding: Int = 0, stride: Int = 1, dilation: Int = 1,
      group: Int = 1, outputPadding: [Int]? = nil, outputShape: [Int]? = nil,
      mode: PaddingMode = .default
    ) {
      self.x = x
      self.w = w
      func spread(_ value: Int) -> [Int] { Array(repeating: value, count: x.count - 2) }
      op = ConvolutionBackwards(
        padding: spread(padding), stride: spread(stride), dilation: spread(dilation), group: group,
        outputPadding: outputPadding, outputShape: outputShape, paddingMode: mode)
    }

    var testDescription: String { "\(x) \(w) \(op.text)" }
  }

  static let cases: [Case] = {
    var cases = [
      Case([1, 1, 1, 1], [1, 1, 1, 1]),
      // Windows side by side, whose last axis becomes columns; odd numbers of channels.
      Case([2, 7, 5, 17], [7, 3, 2, 2], stride: 2),
      Case([1, 64, 9, 8], [64, 1, 2, 2], stride: 2),
      Case([1, 17, 4, 4], [17, 33, 3, 3], stride: 3),
      // The same cut off, shifted, with more or fewer taps than the stride.
      Case([1, 5, 6, 7], [5, 4, 2, 2], padding: 1, stride: 2),
      Case([1, 5, 6, 7], [5, 4, 2, 2], stride: 2, outputPadding: [1, 1]),
      Case([2, 8, 6, 5], [8, 12, 4, 4], padding: 1, stride: 2),
      Case([1, 3, 6, 7], [3, 19, 3, 3], padding: 1, stride: 2, outputPadding: [1, 1]),
      Case([1, 6, 5, 5], [6, 8, 3, 3], padding: 1),
      Case([1, 4, 5, 6], [4, 5, 1, 1], stride: 3),
      Case([1, 4, 5, 6], [4, 5, 2, 3], stride: 5),
      // Dilation that shares a divisor with the stride, or does not.
      Case([1, 3, 7, 6], [3, 5, 3, 3], padding: 1, stride: 2, dilation: 2),
      Case([1, 3, 7, 6], [3, 5, 4, 3], stride: 3, dilation: 2),
      Case([1, 3, 7, 6], [3, 5, 3, 3], stride: 4, dilation: 6),
      Case([1, 3, 7, 6], [3, 5, 2, 2], stride: 1, dilation: 3),
      // Groups, and each channel by itself.
      Case([1, 8, 6, 5], [8, 3, 3, 3], padding: 1, stride: 2, group: 4),
      Case([2, 33, 6, 5], [33, 1, 4, 4], padding: 1, stride: 2, group: 33),
      Case([1, 4, 6, 5], [4, 2, 2, 2], stride: 2, group: 4),
      // Sizes that are stated, smaller and larger than the windows reach.
      Case([1, 3, 5, 5], [3, 4, 3, 3], stride: 2, outputShape: [10, 9], mode: .sameUpper),
      Case([1, 3, 5, 5], [3, 4, 3, 3], stride: 2, outputShape: [9, 10], mode: .sameLower),
      Case([1, 3, 5, 5], [3, 4, 2, 2], stride: 2, outputShape: [15, 13]),
      Case([1, 3, 5, 6], [3, 4, 5, 5], stride: 3, mode: .sameUpper),
      // One and three spatial axes.
      Case([2, 5, 20], [5, 9, 4], padding: 1, stride: 2),
      Case([1, 3, 4, 3, 5], [3, 4, 2, 3, 2], padding: 0, stride: 2),
      Case([1, 3, 3, 3, 3], [3, 4, 2, 2, 2], stride: 2),
    ]
    var uneven = Case([1, 3, 6, 5], [3, 5, 3, 4])
    uneven.op.padding = [0, 2, 1, 0]
    uneven.op.stride = [2, 3]
    cases.append(uneven)
    return cases
  }()

  private func program(_ one: Case, _ x: [Argument], weights: Argument?) throws -> Program {
    try makeProgram(x + (weights.map { [$0] } ?? [])) { module, inputs in
      let w = try weights == nil ? module.addLiteral(Literal(numbers(one.w, seed: 2))) : inputs[1]
      return try module.add(one.op, inputs[0], w)
    }
  }

  @Test(arguments: cases) func constantWeights(_ one: Case) throws {
    let x = try numbers(one.x)
    try expectAgreement(
      program(one, [x], weights: nil), [x], runs: ["cpu::convolution_backwards"])
  }

  @Test(arguments: cases) func variableWeights(_ one: Case) throws {
    let (x, w) = (try numbers(one.x), try numbers(one.w, seed: 3))
    try expectAgreement(
      program(one, [x], weights: w), [x, w], runs: ["cpu::convolution_backwards"])
  }

  /// An input with its channels innermost, one that is a view, a bias, a residual and limits.
  @Test(arguments: [2, 3]) func epilogue(_ taps: Int) throws {
    let x = try numbers([1, 6, 7, 10]).view(lens: [1, 10, 6, 7], strides: [420, 1, 70, 10])
    let bias = try Literal(numbers([9], seed: 4))
    let size = taps == 2 ? [12, 14] : [13, 15]
    let added = try numbers([1, 9] + size, seed: 5)
    let program = try makeProgram([x, added]) { module, inputs in
      let weights = try module.addLiteral(Literal(numbers([10, 9, taps, taps], seed: 2)))
      let sum = try module.add(
        ConvolutionBackwards(padding: [0, 0], stride: [2, 2], dilation: [1, 1]), inputs[0], weights)
      let broadcast = try module.add(
        Broadcast(axis: 1, outLens: ([1, 9] + size).map { Dimension($0) }), module.addLiteral(bias))
      let biased = try module.add(Add(), sum, broadcast)
      return try module.add(Relu(), module.add(Add(), biased, inputs[1]))
    }
    try expectAgreement(
      program, [x, added], runs: ["cpu::convolution_backwards_add_add_relu"])
  }

  @Test func noElements() throws {
    let one = Case([0, 3, 5, 5], [3, 4, 2, 2], stride: 2)
    let x = try numbers(one.x)
    try expectAgreement(
      program(one, [x], weights: nil), [x], runs: ["cpu::convolution_backwards"])
  }
}
