import IR
import Operators
import Support
import Tensors
import Testing

@testable import CPUTarget

@Suite struct WinogradKernelTests {
  /// The transforms multiply by up to 8 and add what cancels later, so that the error of plain sums grows: F. Vincent
  /// et al., "On Improving the Numerical Stability of Winograd Convolutions" (2017), give a factor of about ten.
  private static let tolerance: Float = 2e-5

  /// Input, number of results, padding: with tiles that are cut, images of few and of many tiles, a batch.
  static let cases: [(x: [Int], outputs: Int, padding: [Int])] = [
    ([1, 16, 28, 28], 16, [1, 1, 1, 1]),
    ([1, 17, 30, 45], 33, [1, 1, 1, 1]),
    ([2, 32, 17, 19], 48, [0, 0, 0, 0]),
    ([3, 40, 21, 22], 16, [2, 0, 1, 1]),
    ([1, 64, 120, 118], 20, [1, 1, 1, 1]),
  ]

  private func convolution(_ padding: [Int]) -> Convolution {
    Convolution(padding: padding, stride: [1, 1], dilation: [1, 1])
  }

  @Test(arguments: cases.indices) func agreesWithPlainSums(_ index: Int) throws {
    let (x, outputs, padding) = WinogradKernelTests.cases[index]
    #expect(
      WinogradKernel.pays(channels: x[1], outputs: outputs, height: x[2] - 2, width: x[3] - 2))
    let inputs = [try numbers(x)]
    let weights = try numbers([outputs, x[1], 3, 3], seed: 2)
    let bias = try numbers([outputs], seed: 3)
    let program = try makeProgram(inputs) { module, values in
      let product = try module.add(
        convolution(padding), values[0], module.addLiteral(Literal(weights)))
      let shape = try #require(module.shape(of: product)?.dimensions)
      let b = try module.add(
        Broadcast(axis: 1, outLens: shape), module.addLiteral(Literal(bias)))
      return try module.add(Relu(), module.add(Add(), product, b))
    }
    try expectAgreement(
      program, inputs, tolerance: WinogradKernelTests.tolerance, fastMath: true,
      runs: ["cpu::winograd_convolution_add_relu"])
    try expectAgreement(program, inputs, runs: ["cpu::convolution_add_relu"])
  }

  @Test func addsATensor() throws {
    let inputs = [try numbers([1, 24, 26, 30]), try numbers([1, 24, 26, 30], seed: 4)]
    let weights = try numbers([24, 24, 3, 3], seed: 2)
    let program = try makeProgram(inputs) { module, values in
      let product = try module.add(
        convolution([1, 1, 1, 1]), values[0], module.addLiteral(Literal(weights)))
      return try module.add(Add(), product, values[1])
    }
    try expectAgreement(
      program, inputs, tolerance: WinogradKernelTests.tolerance, fastMath: true,
      runs: ["cpu::winograd_convolution_add"])
  }
}
