import IR
import Testing

@testable import migraphx_driver

@Suite("Driver: comparison")
struct ComparisonTests {
  private func differences(
    _ a: [Double], _ b: [Double], rms: Double = 0.001, absolute: Double? = nil
  ) -> [String] {
    Comparison(Program(), rms: rms, absolute: absolute, relative: absolute == nil ? nil : 0)
      .differences("y", a, b)
  }

  @Test("The root mean square of differences, relative to the largest value, decides")
  func rootMeanSquare() {
    #expect(differences([1, 2, 4], [1, 2, 4]) == [])
    #expect(differences([], []) == [])
    #expect(differences([0, 0], [0, 0]) == [])
    // sqrt(4) / sqrt(4) / 4 = 0.25
    #expect(differences([1, 2, 3, 4], [1, 4, 3, 4], rms: 0.25) == [])
    #expect(
      differences([1, 2, 3, 4], [1, 4, 3, 4], rms: 0.24) == [
        "FAILED: y", "RMS Error: 0.25", "Max diff: 2.0", "Mismatch at 1: 2.0 != 4.0",
      ])
  }

  @Test("Single elements count only when asked")
  func elements() {
    let (a, b) = ([1000, 1.0], [1000, 1.25])
    #expect(differences(a, b) == [])
    #expect(differences(a, b, absolute: 0.25) == [])
    #expect(differences(a, b, absolute: 0.2).last == "Mismatch at 1: 1.0 != 1.25")
  }

  @Test("NaN and infinity must be where they are expected")
  func strangers() {
    #expect(differences([.nan, .infinity, 1], [.nan, .infinity, 1]) == [])
    for (a, b) in [(1, .nan), (.nan, 1), (.infinity, -.infinity), (1, .infinity)]
      as [(Double, Double)]
    {
      let lines = differences([2, a], [2, b])
      #expect(lines.first == "FAILED: y")
      #expect(lines.contains("Mismatch at 1: \(a) != \(b)"))
      #expect(lines.last == "NaN or infinity is not where it is expected.")
    }
  }

  @Test("Bisection finds the first failure", arguments: 0...9)
  func bisection(_ first: Int) {
    #expect(firstFailure(upTo: 9) { $0 >= first } == first)
  }
}
