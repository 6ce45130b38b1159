import IR
import Operators
import Support
import Tensors
import Testing

@testable import CPUTarget

@Suite struct ReductionKernelTests {
  static let makers: [@Sendable ([Int]) -> any RegisteredOperator] = [
    { ReduceSum(axes: $0) }, { ReduceMean(axes: $0) }, { ReduceMax(axes: $0) },
    { ReduceMin(axes: $0) }, { ReduceProd(axes: $0) }, { ReduceLogSumExp(axes: $0) },
  ]

  private func check(_ x: Argument, _ axes: [Int], tolerance: Float = 1e-6) throws {
    for make in ReductionKernelTests.makers {
      let op = make(axes)
      let program = try makeProgram([x]) { module, x in Value(try module.add(op, x)) }
      try expectAgreement(program, [x], tolerance: tolerance, runs: ["cpu::\(op.name)"])
    }
  }

  @Test(arguments: [1, 3, 16, 17, 64, 71, 255, 5000]) func rowsAndColumns(_ length: Int) throws {
    try check(try numbers([5, length]), [1])
    try check(try numbers([length, 5]), [0])
    try check(try numbers([3, length, 33]), [1])
    try check(try numbers([length]), [])
  }

  /// Axes apart from each other, and all orders of axes in memory.
  @Test(arguments: [[0], [1], [3], [0, 2], [1, 3], [2, 3], [0, 1, 2], [0, 2, 3], [-1, -4]])
  func axes(_ axes: [Int]) throws {
    let (n, c, h, w) = (2, 19, 6, 5)
    let first = try numbers([n, c, h, w])
    let last = try numbers([n, h, w, c])
    let large = try numbers([n, c + 1, h + 2, w])
    for x in [
      first, try last.view(lens: [n, c, h, w], strides: [h * w * c, 1, w * c, c]),
      try first.view(lens: [w, h, c, n], strides: first.strides.reversed()),
      try large.view(lens: [n, c, h, w], strides: large.strides, elementOffset: 3),
      try numbers([c]).view(lens: [n, c, h, w], strides: [0, 1, 0, 0]),
    ] {
      try check(x, axes)
    }
  }

  /// Reduced and kept axes take turns.
  @Test func manyAxes() throws {
    try check(try numbers([2, 3, 4, 3, 2, 5]), [0, 2, 4])
    try check(try numbers([2, 3, 4, 3, 2, 5]), [1, 3, 5])
    try check(try numbers([1, 3, 1, 1]), [0, 2])
    try check(try numbers([1, 1]), [])
    try check(try numbers([]), [])
  }

  @Test func emptyTensors() throws {
    try check(try numbers([3, 0]), [1])
    try check(try numbers([3, 0, 20]), [1])
    try check(try numbers([0, 3]), [1])
    try check(try numbers([0, 0, 0]), [0, 2])
  }

  @Test func specialValues() throws {
    var rows: [[Float]] = [
      [.nan, 1, 2], [.infinity, 1, 2], [-.infinity, 1, 2], [-.infinity, -.infinity, -.infinity],
      [.infinity, -.infinity, 0], [3e38, 3e38, -3e38], [200, 0, -200], [-0.0, 0, -0.0],
    ]
    rows = rows.map { Array(repeating: $0, count: 7).flatMap { $0 } }
    let x = try Argument(rows.flatMap { $0 }, lens: [rows.count, 21])
    for index in rows.indices {
      let row = try Argument(rows[index], lens: [21])
      try check(row, [])
      try check(try row.view(lens: [21, 3], strides: [1, 0]), [0])
    }
    try check(try x.view(lens: [21, rows.count], strides: [1, 21]), [0])
  }

  /// Many elements of one sign: sums don't lose what is small beside them.
  @Test func longSums() throws {
    let x = try Argument([Float](repeating: 0.1, count: 1_000_000), lens: [1000, 1000])
    for axes in [[0], [1], [0, 1]] {
      let program = try makeProgram([x]) { module, x in
        try module.add(ReduceMean(axes: axes), x[0])
      }
      try expectAgreement(program, [x], tolerance: 1e-7, runs: ["cpu::reduce_mean"])
    }
  }
}

@Suite struct SoftmaxKernelTests {
  private static let ops: [@Sendable (Int) -> any RegisteredOperator] = [
    { Softmax(axis: $0) }, { LogSoftmax(axis: $0) },
  ]

  private func check(_ x: Argument, _ axis: Int) throws {
    for make in SoftmaxKernelTests.ops {
      let op = make(axis)
      let program = try makeProgram([x]) { module, x in Value(try module.add(op, x)) }
      try expectAgreement(program, [x], runs: ["cpu::\(op.name)"])
    }
  }

  @Test(arguments: [1, 3, 4, 7, 15, 16, 17, 64, 255, 1000]) func lengths(_ length: Int) throws {
    try check(try numbers([5, length]), -1)
    try check(try numbers([length, 5]), 0)
    try check(try numbers([2, length, 3, 11]), 1)
    try check(try numbers([3, 2, length]), 1)
  }

  @Test func views() throws {
    let large = try numbers([4, 6, 5])
    for axis in 0..<3 {
      try check(try large.view(lens: [5, 6, 4], strides: [1, 5, 30]), axis)
      try check(try large.view(lens: [3, 5, 4], strides: large.strides, elementOffset: 6), axis)
      try check(try numbers([6]).view(lens: [2, 6, 20], strides: [0, 1, 0]), axis)
    }
  }

  /// Rows of NaN, infinities and nothing but minus infinity; of very large and very small numbers.
  @Test func specialRows() throws {
    var rows: [[Float]] = [
      [.nan, 1, 2], [.infinity, 1, 2], [-.infinity, 1, 2], [-.infinity, -.infinity, -.infinity],
      [3e38, 3e38, -3e38], [0x1p-130, 0x1p-131, 0], [200, 0, -200],
    ]
    rows = rows.map { Array(repeating: $0, count: 7).flatMap { $0 } }
    for row in rows {
      let x = try Argument(row, lens: [1, 21])
      try check(x, 1)
      try check(try x.view(lens: [21, 2], strides: [1, 0]), 0)
    }
  }
}

/// Kernels that search or scan along an axis.
@Suite struct AxisKernelTests {
  private func check(_ x: Argument, _ op: any RegisteredOperator, results: Int = 1) throws {
    var module = Module()
    let id = try module.add(op, [module.addParameter("x", x.shape)])
    try module.addReturn((0..<results).map { Value(id, result: $0) })
    try expectAgreement(
      Program(main: module), [x], tolerance: 2e-7, runs: ["cpu::\(op.name)"])
  }

  private func tensors(_ lens: [Int]) throws -> [Argument] {
    // Many elements are equal; some are NaN, infinite, or zeros of either sign.
    let special: [Float] = [.nan, .infinity, -.infinity, 0, -0.0, 0.25, 0.25]
    var elements = try numbers(lens).elements(as: Float.self).map { ($0 * 8).rounded() / 8 }
    for index in elements.indices where index % 5 == 3 { elements[index] = special[index % 7] }
    let x = try Argument(elements, lens: lens)
    let turned = try x.view(lens: lens.reversed(), strides: x.strides.reversed())
    return [x, turned, try numbers(lens)]
  }

  @Test(arguments: [[7], [1, 17], [3, 5, 4], [2, 70, 3], [19, 66]])
  func extremes(_ lens: [Int]) throws {
    for x in try tensors(lens) {
      for axis in [0, -1, x.rank / 2] {
        for last in [false, true] {
          try check(x, ArgMax(axis: axis, selectLastIndex: last))
          try check(x, ArgMin(axis: axis, selectLastIndex: last))
        }
      }
    }
  }

  @Test(arguments: [[7], [1, 17], [3, 5, 4], [2, 70, 3], [0, 3], [3, 0]])
  func scans(_ lens: [Int]) throws {
    for x in try tensors(lens) {
      for axis in [0, -1] {
        for (exclusive, reverse) in [(false, false), (true, false), (false, true), (true, true)] {
          try check(x, PrefixScanSum(axis: axis, exclusive: exclusive, reverse: reverse))
          try check(x, PrefixScanProduct(axis: axis, exclusive: exclusive, reverse: reverse))
        }
      }
    }
  }

  @Test(arguments: [[7], [1, 17], [3, 5, 4], [2, 300]])
  func largest(_ lens: [Int]) throws {
    for x in try tensors(lens) {
      for axis in [0, -1] {
        let size = x.lens[axis < 0 ? axis + x.rank : axis]
        for k in Set([0, 1, size / 3, size]) {
          for largest in [false, true] {
            try check(x, TopK(k: Dimension(k), axis: axis, largest: largest), results: 2)
          }
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3, 5, 9]) func neighbours(_ size: Int) throws {
    let large = try numbers([2, 8, 4, 5])
    for x in [
      try numbers([2, 7, 3, 5]), try numbers([3, 7]), try numbers([1, 1, 40]),
      try large.view(lens: [5, 4, 8, 2], strides: large.strides.reversed()),
    ] {
      try check(x, LRN(alpha: 0.7, beta: 0.75, bias: 1.5, size: size))
    }
  }

  /// Orders that make a bad choice of pivots.
  @Test func sortedRows() throws {
    let rising = (0..<500).map { Float($0) }
    let organ = rising.map { min($0, 499 - $0) }
    let rows: [[Float]] = [rising, rising.reversed(), organ, Array(repeating: 1, count: 500)]
    for row in rows {
      for k in [1, 100, 499, 500] {
        try check(
          try Argument(row, lens: [500]), TopK(k: Dimension(k), axis: 0, largest: true),
          results: 2)
      }
    }
  }
}
