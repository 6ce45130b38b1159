import IR
import Operators
import Support
import Tensors
import Testing

/// Random numbers: that they are the ones of the generator, repeatable, and spread as they should be.
@Suite struct RandomTests {
  private func numbers(
    _ op: some Operator, seed: UInt64, _ type: ElementType = .double, count: Int
  ) throws -> [Double] {
    let like = try Argument(zeros: Shape(type, lens: [1])).view(lens: [count], strides: [0])
    let result = try evaluate(op, try Argument([seed], lens: [1]), like)
    #expect(result.elementType == type)
    return result.converted(to: Double.self)
  }

  /// The first block of Philox 4x32-10 for key and counter 0, as its authors publish it.
  @Test func knownAnswer() throws {
    let found = try numbers(RandomUniform(), seed: 0, count: 2)
    let bits: [UInt64] = [0xe169_c58d_6627_e8d5, 0x9b00_dbd8_bc57_ac4c]
    #expect(found == bits.map { Double($0 >> 11) * 0x1p-53 })
  }

  @Test(arguments: [ElementType.half, .bfloat16, .float, .double])
  func uniform(_ type: ElementType) throws {
    let count = 100_000
    let found = try numbers(RandomUniform(), seed: 7, type, count: count)
    #expect(found.allSatisfy { $0 >= 0 && $0 < 1 })
    let mean = found.reduce(0, +) / Double(count)
    let variance = found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    // The mean of so many is off by 0.0009 with one deviation; bfloat16 cuts off 1/512 on average.
    #expect(abs(mean - 0.5) < 0.006)
    #expect(abs(variance - 1 / 12) < 0.002)
    #expect(try numbers(RandomUniform(), seed: 7, type, count: count) == found)
    #expect(try numbers(RandomUniform(), seed: 8, type, count: count) != found)
    // A number depends on its place alone, not on how many are made.
    #expect(try numbers(RandomUniform(), seed: 7, type, count: 5) == Array(found[..<5]))
  }

  @Test func normal() throws {
    let count = 100_000
    let found = try numbers(RandomNormal(), seed: 1, count: count)
    func moment(_ power: Int) -> Double {
      found.reduce(0) { sum, x in sum + (0..<power).reduce(1) { product, _ in product * x } }
        / Double(count)
    }
    // Five deviations of each estimate.
    #expect(abs(moment(1)) < 0.016)
    #expect(abs(moment(2) - 1) < 0.023)
    #expect(abs(moment(3)) < 0.062)
    #expect(abs(moment(4) - 3) < 0.16)
    let inside = found.count { abs($0) < 1 }
    #expect(abs(Double(inside) / Double(count) - 0.6827) < 0.008)
  }

  @Test func seeds() throws {
    let seeds = try (0..<3).map { _ in try evaluate(RandomSeed()).converted(to: UInt64.self) }
    #expect(Set(seeds).count == 3)
    let operators: [any Operator] = [RandomSeed(), RandomUniform(), RandomNormal()]
    #expect(operators.allSatisfy { !$0.isPure })
  }

  @Test func multinomial() throws {
    let sums = try Argument([1, 1, 3, 4] as [Float], lens: [1, 4])
    let draws = try Argument([0, 0.24, 0.25, 0.74, 0.75, 0.999] as [Float], lens: [1, 6])
    let result = try evaluate(Multinomial(dtype: .int64), sums, draws)
    #expect(result.converted(to: Int64.self) == [0, 0, 2, 2, 3, 3])
  }
}
