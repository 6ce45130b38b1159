import Codegen
import IR
import Operators
import Support
import Tensors
import Testing

@testable import CPUTarget

@Suite struct ConvolutionKernelTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var x: [Int]
    var w: [Int]
    var padding: [Int]
    var stride: [Int]
    var dilation: [Int]
    var group = 1
    var mode = PaddingMode.default

    init(
      _ x: [Int], _ w: [Int], padding: Int = 0, stride: Int = 1, dilation: Int = 1,
      group: Int = 1, mode: PaddingMode = .default
    ) {
      let rank = x.count - 2
      self.x = x
      self.w = w
      self.padding = Array(repeating: padding, count: rank)
      self.stride = Array(repeating: stride, count: rank)
      self.dilation = Array(repeating: dilation, count: rank)
      self.group = group
      self.mode = mode
    }

    var op: Convolution {
      Convolution(
        padding: padding, stride: stride, dilation: dilation, group: group, paddingMode: mode)
    }
    var testDescription: String { "\(x) \(w) \(op.text)" }
  }

  static let cases: [Case] = {
    var cases = [
      Case([1, 1, 1, 1], [1, 1, 1, 1]),
      Case([1, 7, 1, 20], [17, 7, 1, 3], padding: 1),
      Case([2, 17, 9, 11], [255, 17, 1, 1]),
      Case([1, 255, 5, 6], [7, 255, 3, 3], padding: 1),
      Case([1, 3, 33, 35], [16, 3, 7, 7], padding: 3, stride: 2),
      Case([1, 4, 12, 12], [8, 4, 3, 3], padding: 2, dilation: 2),
      Case([2, 8, 10, 9], [12, 2, 3, 3], padding: 1, stride: 2, group: 4),
      Case([1, 6, 8, 8], [6, 3, 1, 1], group: 2),
      // Depthwise, around the width of vectors; with two results for each channel it is not.
      Case([1, 7, 9, 9], [7, 1, 3, 3], padding: 1, group: 7),
      Case([1, 33, 7, 13], [33, 1, 5, 5], padding: 2, stride: 2, group: 33),
      Case([1, 64, 6, 6], [64, 1, 3, 3], padding: 1, dilation: 2, group: 64),
      Case([1, 5, 6, 6], [10, 1, 3, 3], padding: 1, group: 5),
      // One and three spatial axes.
      Case([2, 5, 50], [9, 5, 4], padding: 1, stride: 3),
      Case([1, 16, 31], [16, 1, 3], padding: 1, group: 16),
      Case([1, 3, 5, 6, 7], [4, 3, 2, 3, 3], padding: 1, stride: 2),
      Case([1, 2, 5, 5, 5], [2, 1, 3, 3, 3], padding: 1, group: 2),
      Case([1, 3, 10, 11], [4, 3, 3, 2], stride: 2, mode: .sameUpper),
      Case([1, 3, 10, 11], [4, 3, 4, 4], stride: 3, mode: .sameLower),
    ]
    var uneven = Case([1, 3, 8, 9], [5, 3, 3, 3])
    (uneven.padding, uneven.stride) = ([0, 2, 1, 3], [2, 1])
    cases.append(uneven)
    return cases
  }()

  private func program(_ one: Case, _ x: Argument, weights: Argument?) throws -> Program {
    try makeProgram([x] + (weights.map { [$0] } ?? [])) { module, inputs in
      let w =
        try inputs.count > 1
        ? inputs[1] : module.addLiteral(Literal(numbers(one.w, seed: 2)))
      return try module.add(one.op, inputs[0], w)
    }
  }

  @Test(arguments: cases) func constantWeights(_ one: Case) throws {
    let x = try numbers(one.x)
    try expectAgreement(try program(one, x, weights: nil), [x], runs: ["cpu::convolution"])
  }

  /// The input's channels lie innermost, or it is a window of a larger tensor.
  @Test(arguments: cases) func otherLayouts(_ one: Case) throws {
    let rank = one.x.count
    let last = try numbers([one.x[0]] + one.x[2...] + [one.x[1]])
    let strides = [last.strides[0], 1] + last.strides[1..<rank - 1]
    let channelsLast = try last.view(lens: one.x, strides: Array(strides))
    try expectAgreement(try program(one, channelsLast, weights: nil), [channelsLast])
    let large = try numbers(one.x.map { $0 + 1 })
    let window = try large.view(lens: one.x, strides: large.strides, elementOffset: 1)
    let weights = try numbers(one.w, seed: 3)
    try expectAgreement(try program(one, window, weights: weights), [window, weights])
  }

  /// A bias, a tensor that is added, and limits are done by the kernel; a second tensor is not.
  @Test(arguments: [1, 24]) func epilogue(_ group: Int) throws {
    let (x, r) = (try numbers([2, 24, 9, 10]), try numbers([2, 24, 9, 10], seed: 3))
    let weights = try numbers([24, 24 / group, 3, 3], seed: 4)
    let bias = try numbers([24], seed: 5)
    let program = try makeProgram([x, r]) { module, inputs in
      let y = try module.add(
        Convolution(padding: [1, 1], stride: [1, 1], dilation: [1, 1], group: group), inputs[0],
        module.addLiteral(Literal(weights)))
      let b = try module.add(
        Broadcast(axis: 1, outLens: [2, 24, 9, 10]), module.addLiteral(Literal(bias)))
      let sum = try module.add(Add(), module.add(Add(), y, b), inputs[1])
      return try module.add(Add(), module.add(Relu(), sum), inputs[1])
    }
    try expectAgreement(program, [x, r], runs: ["cpu::convolution_add_add_relu", "cpu::add"])
  }

  /// One program serves all sizes.
  @Test func openSizes() throws {
    let (n, h) = (Dimension(Symbol("n", minimum: 1)), Dimension(Symbol("h", minimum: 3)))
    var module = Module()
    let x = try module.addParameter("x", Shape(.float, [n, 5, h, h]))
    let w = module.addLiteral(Literal(try numbers([20, 5, 3, 3], seed: 2)))
    let y = try module.add(
      Convolution(padding: [1, 1], stride: [2, 2], dilation: [1, 1]), x, w)
    let z = try module.add(
      Convolution(padding: [0, 0], stride: [1, 1], dilation: [1, 1]), y,
      module.addLiteral(Literal(numbers([9, 20, 1, 1], seed: 3))))
    try module.addReturn([z])
    for (count, size) in [(1, 3), (2, 16), (3, 31)] {
      try expectAgreement(
        Program(main: module), [numbers([count, 5, size, size])], tolerance: 4e-6,
        runs: ["cpu::convolution", "cpu::convolution"])
    }
  }

  @Test func threadsShareAnExecutable() throws {
    let inputs = try (0..<8).map { try numbers([1, 16, 20 + $0, 20], seed: UInt64($0)) }
    let h = Dimension(Symbol("h", minimum: 1))
    var module = Module()
    let x = try module.addParameter("x", Shape(.float, [1, 16, h, 20]))
    let w = module.addLiteral(Literal(try numbers([16, 16, 3, 3], seed: 99)))
    try module.addReturn([
      try module.add(Convolution(padding: [1, 1], stride: [1, 1], dilation: [1, 1]), x, w)
    ])
    let executable = try CPUTarget().compile(Program(main: module))
    let alone = try inputs.map { try executable.run([.tensor($0)])[0].argument }
    ThreadPool(threadCount: 4).run(80) { index in
      let found = try? executable.run([.tensor(inputs[index % 8])])[0].argument
      let same = try? found.flatMap { try alone[index % 8]?.hasElements(of: $0) }
      #expect(same == true)
    }
  }
}
