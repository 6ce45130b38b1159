import Foundation
import IR
import Operators
import Support
import Tensors
import Testing

/// Fourier transforms of all kinds of lengths, and sizes that are symbols.
@Suite struct SignalTests {
  /// The sum that defines the transform.
  private func transform(_ x: [(Double, Double)]) -> [(Double, Double)] {
    x.indices.map { k in
      x.indices.reduce((0, 0)) { sum, n in
        let angle = -2 * Double.pi * Double(k * n % x.count) / Double(x.count)
        return (
          sum.0 + x[n].0 * cos(angle) - x[n].1 * sin(angle),
          sum.1 + x[n].0 * sin(angle) + x[n].1 * cos(angle)
        )
      }
    }
  }

  @Test(arguments: Array(1...33) + [64, 97, 100, 128, 210, 251])
  func lengths(_ count: Int) throws {
    let x = (0..<count).map { (sin(Double($0 * $0)), cos(Double(3 * $0))) }
    let input = try Argument(x.flatMap { [$0.0, $0.1] }, lens: [1, count, 2])
    let found = try evaluate(DFT(axis: 1), input)
    let wanted = transform(x).flatMap { [$0.0, $0.1] }
    // Sums of up to 251 numbers, each at most 1.
    for (found, wanted) in zip(found.converted(to: Double.self), wanted) {
      #expect(abs(found - wanted) < 1e-11)
    }
    let back = try evaluate(DFT(axis: 1, inverse: true), found).converted(to: Double.self)
    for (back, original) in zip(back, x.flatMap { [$0.0, $0.1] }) {
      #expect(abs(back - original) < 1e-13)
    }
  }

  /// One side of the spectrum of a real signal is enough to get it back.
  @Test(arguments: [1, 2, 5, 8, 9]) func oneSided(_ count: Int) throws {
    let x = (0..<count).map { sin(Double($0 * $0 + 1)) }
    let half = try evaluate(DFT(axis: 0, onesided: true), try Argument(x, lens: [count, 1]))
    #expect(half.lens == [count / 2 + 1, 2])
    let back = try evaluate(
      DFT(axis: 0, inverse: true, onesided: true), half,
      try Argument([Int64(count)], lens: []))
    #expect(back.lens == [count, 1])
    for (back, original) in zip(back.converted(to: Double.self), x) {
      #expect(abs(back - original) < 1e-14)
    }
  }

  @Test func symbols() throws {
    let (n, l) = (Dimension(Symbol("N")), Dimension(Symbol("L", minimum: 8)))
    #expect(try sizes(DFT(axis: 1), [n, l, 1]) == [n, l, 2])
    #expect(
      try sizes(DFT(axis: 1, onesided: true), [n, l, 1]) == [n, l.floorDivided(by: 2) + 1, 2])
    #expect(
      try sizes(DFT(axis: -2, inverse: true, onesided: true), [n, l, 2]) == [n, 2 * (l - 1), 1])
    let length = try infer(
      DFT(axis: 1), Shape(.float, [n, 5, 1]), Shape(.int64, []), contents: [nil, [l]])
    #expect(length.shape.dimensions == [n, l, 2])
    let axis = try infer(DFT(axis: nil), Shape(.float, [n, 5, 1]), Shape(.int64, []))
    #expect(axis.shape.dimensions == [n, 5, 2])
    let frames = try infer(
      STFT(onesided: true), Shape(.float, [n, l, 1]), Shape(.int64, []), Shape(.float, [4]),
      contents: [nil, [2], nil])
    #expect(frames.shape.dimensions == [n, (l - 4).floorDivided(by: 2) + 1, 3, 2])
  }
}
