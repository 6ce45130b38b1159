import IR
import Operators
import Support
import Tensors
import Testing

private typealias T = PointwiseTesting

@Suite("Reductions")
struct ReductionTests {
  static let names = ["reduce_sum", "reduce_mean", "reduce_max", "reduce_min", "reduce_prod"]
  static let types = ElementType.roomy

  /// The elements 1, 2, 3, 4, 5, 6 as `[2, 3]`, reduced along each choice of axes.
  static let small: [(String, [Int], [Int], [Double])] = [
    ("reduce_sum", [0], [1, 3], [5, 7, 9]), ("reduce_sum", [-1], [2, 1], [6, 15]),
    ("reduce_sum", [], [1, 1], [21]), ("reduce_sum", [1, 0], [1, 1], [21]),
    ("reduce_mean", [1], [2, 1], [2, 5]), ("reduce_max", [0], [1, 3], [4, 5, 6]),
    ("reduce_max", [-1], [2, 1], [3, 6]), ("reduce_min", [0], [1, 3], [1, 2, 3]),
    ("reduce_min", [], [1, 1], [1]), ("reduce_prod", [1], [2, 1], [6, 120]),
  ]

  @Test(arguments: small.indices, types)
  func values(row: Int, type: ElementType) throws {
    let (name, axes, lens, expected) = Self.small[row]
    let op = try make(name, axes)
    let result = try T.run(op, [try T.tensor([1, 2, 3, 4, 5, 6], type, lens: [2, 3])])
    #expect(result.elementType == type && result.lens == lens)
    #expect(result.converted(to: Double.self) == expected)
  }

  private func make(_ name: String, _ axes: [Int]) throws -> any Operator {
    try OperatorRegistry.standard.make(
      name, [.init("axes", .array(axes.map { .int($0) }))])
  }

  @Test func viewsAndMiddleAxes() throws {
    // [2, 3, 4] counted up; the sum along axis 1 at [i, k] is 3 * (12 i + k) + 12.
    let x = try T.tensor((0..<24).map(Double.init), lens: [2, 3, 4])
    #expect(try T.numbers(ReduceSum(axes: [1]), x) == [12, 15, 18, 21, 48, 51, 54, 57])
    #expect(try T.numbers(ReduceSum(axes: [0, 2]), x) == [60, 92, 124])
    let transposed = try x.view(lens: [4, 3, 2], strides: [1, 4, 12])
    #expect(try T.numbers(ReduceSum(axes: [2, 0]), transposed) == [60, 92, 124])
    #expect(try T.numbers(ReduceMax(axes: [1]), transposed) == [8, 20, 9, 21, 10, 22, 11, 23])
    let repeated = try T.tensor([3]).view(lens: [5, 2], strides: [0, 0])
    #expect(try T.numbers(ReduceProd(axes: [0]), repeated) == [243, 243])
  }

  @Test func manyRowsAndLongRows() throws {
    let count = 50_000
    let x = try T.tensor((0..<count).map { Double($0 % 7) }, lens: [count / 2, 2])
    let sums = try T.numbers(ReduceSum(axes: [1]), x)
    let pairs = (0..<count / 2).map { (row: Int) -> Double in
      let first = 2 * row
      return Double(first % 7 + (first + 1) % 7)
    }
    #expect(sums == pairs)
    let expected = (0..<count).reduce(0.0) { $0 + Double($1 % 7) }
    #expect(try T.numbers(ReduceSum(), x) == [expected])
    #expect(try T.numbers(ReduceMean(), x) == [Double(Float(expected / Double(count)))])
  }

  @Test func sumsKeepSmallParts() throws {
    // In Float the ones would vanish beside 2^25; in Double the sum is exact and rounded once.
    let x = try T.tensor([0x1p25] + Array(repeating: 1, count: 16))
    #expect(try T.numbers(ReduceSum(), x) == [0x1p25 + 16])
    // Half: 2048 + 1 + 1 + 1 + 1; each single addition in half would give 2048.
    let halves = try T.tensor([2048, 1, 1, 1, 1], .half)
    #expect(try T.numbers(ReduceSum(), halves) == [2052])
  }

  @Test func integersWrapAndCutOff() throws {
    #expect(try T.integers(ReduceSum(), try T.tensor(integers: [100, 100], .int8)) == [-56])
    #expect(try T.integers(ReduceProd(), try T.tensor(integers: [16, 17], .uint8)) == [16])
    #expect(try T.integers(ReduceMean(), try T.tensor(integers: [-3, -4], .int32)) == [-3])
    #expect(try T.integers(ReduceSum(), try T.tensor(integers: [.max, 1])) == [.min])
    // As uint64, -1 is the greatest number.
    let large = try T.tensor(integers: [-1, 5], .uint64)
    #expect(try T.integers(ReduceMax(), large) == [-1])
    #expect(try T.integers(ReduceMin(), large) == [5])
    #expect(try T.integers(ArgMax(axis: 0), large) == [0])
  }

  @Test func boolExtremes() throws {
    let x = try T.tensor([0, 1, 0, 0], .bool, lens: [2, 2])
    #expect(try T.integers(ReduceMax(axes: [1]), x) == [1, 0])
    #expect(try T.integers(ReduceMin(), x) == [0])
  }

  @Test func notANumber() throws {
    let x = try T.tensor([1, .nan, 3, -.infinity, 2, .infinity], lens: [2, 3])
    for op: any Operator in [ReduceMax(axes: [1]), ReduceMin(axes: [1]), ReduceSum(axes: [1])] {
      #expect(try T.numbers(op, x)[0].isNaN)
    }
    #expect(try T.numbers(ReduceMax(axes: [1]), x)[1] == .infinity)
    #expect(try T.numbers(ReduceMin(axes: [1]), x)[1] == -.infinity)
    #expect(try T.numbers(ReduceSum(axes: [1]), x)[1].isNaN)
    #expect(try T.numbers(ReduceMax(), try T.tensor([-.infinity])) == [-.infinity])
  }

  @Test func nothing() throws {
    let none = try T.tensor([], lens: [2, 0])
    #expect(try T.numbers(ReduceSum(axes: [1]), none) == [0, 0])
    #expect(try T.numbers(ReduceProd(axes: [1]), none) == [1, 1])
    #expect(try T.run(ReduceMax(axes: [0]), [none]).lens == [1, 0])
    #expect(try T.numbers(ReduceMax(axes: [1]), none) == [-.infinity, -.infinity])
    #expect(try T.numbers(ReduceMin(axes: [1]), none) == [.infinity, .infinity])
    #expect(try T.numbers(ReduceMean(axes: [1]), none) == [0, 0])
    let limits: [(ElementType, Double, Double)] = [
      (.int8, -128, 127), (.uint8, 0, 255), (.int32, -0x8000_0000, 0x7FFF_FFFF),
      (.int64, -0x1p63, 0x1p63), (.uint64, 0, 0x1p64), (.bool, 0, 1),
    ]
    for (type, least, greatest) in limits {
      let none = try T.tensor([], type, lens: [1, 0])
      #expect(try T.numbers(ReduceMax(axes: [1]), none) == [least])
      #expect(try T.numbers(ReduceMin(axes: [1]), none) == [greatest])
    }
    let integers = try T.tensor([], .int64, lens: [2, 0])
    #expect(try T.numbers(ReduceMean(axes: [1]), integers) == [0, 0])
    for op: any Operator in [ArgMax(axis: 1), ArgMin(axis: 1)] {
      T.expectError(.invalidArgument, "no elements to search") { _ = try T.run(op, [none]) }
    }
    #expect(try T.run(ArgMax(axis: 0), [none]).lens == [1, 0])
    // No axes to reduce: each element is its own sum.
    #expect(try T.numbers(ReduceSum(), try T.tensor([4], lens: [])) == [4])
  }

  @Test(arguments: ElementType.roomy)
  func indices(type: ElementType) throws {
    let x = try T.tensor([1, 3, 3, 2, 0, 0], type, lens: [2, 3])
    let found = try T.run(ArgMax(axis: 1), [x])
    #expect(found.elementType == .int64 && found.lens == [2, 1])
    #expect(found.converted(to: Int64.self) == [1, 0])
    #expect(try T.integers(ArgMax(axis: -1, selectLastIndex: true), x) == [2, 0])
    #expect(try T.integers(ArgMin(axis: 1), x) == [0, 1])
    #expect(try T.integers(ArgMin(axis: 1, selectLastIndex: true), x) == [0, 2])
    #expect(try T.integers(ArgMax(axis: 0), x) == [1, 0, 0])
    #expect(try T.integers(ArgMin(axis: 0), x) == [0, 1, 1])
  }

  @Test func indicesOfNotANumber() throws {
    let x = try T.tensor([1, .nan, .nan, .infinity, -.infinity, -.infinity, -.infinity, -.infinity])
    let rows = try x.view(lens: [2, 4], strides: [4, 1])
    #expect(try T.integers(ArgMax(axis: 1), rows) == [1, 0])
    #expect(try T.integers(ArgMin(axis: 1), rows) == [1, 0])
    #expect(try T.integers(ArgMax(axis: 1, selectLastIndex: true), rows) == [2, 3])
  }

  @Test func shapes() throws {
    let (n, h) = (Dimension(Symbol("N")), Dimension(Symbol("H")))
    let x = Shape(.half, [n, 3, h, 2 * h])
    for name in Self.names {
      let some = try T.infer(try make(name, [2, -1]), [x])
      #expect(some.types == [.tensor(Shape(.half, [n, 3, 1, 1]))] && some.guards.isEmpty)
      #expect(try T.infer(try make(name, []), [x]).types == [.tensor(Shape(.half, [1, 1, 1, 1]))])
    }
    for op: any Operator in [ArgMax(axis: 1), ArgMin(axis: -3)] {
      #expect(try T.infer(op, [x]).types == [.tensor(Shape(.int64, [n, 1, h, 2 * h]))])
    }
  }

  @Test func contents() throws {
    let n = Dimension(Symbol("N", minimum: 1))
    let vector = Shape(.int64, lens: [3])
    func contents(
      _ op: any Operator, _ elements: [Dimension], _ shape: Shape? = nil
    ) throws -> [Dimension]? {
      try T.infer(op, [shape ?? vector], contents: [elements]).contents
    }
    #expect(try contents(ReduceProd(), [n, 3, n + 1]) == [3 * n * n + 3 * n])
    #expect(try contents(ReduceSum(), [n, 3, n]) == [2 * n + 3])
    #expect(try contents(ReduceMax(), [0, n, n + 2]) == [n + 2])
    #expect(try contents(ReduceMin(), [0, n, n + 2]) == [0])
    #expect(try contents(ReduceMean(), [-3, -4, -1]) == [-2])
    #expect(try contents(ReduceMean(), [n, n, n]) == [n])
    let matrix = Shape(.int32, lens: [2, 2])
    #expect(try contents(ReduceSum(axes: [0]), [n, 2, 3, n], matrix) == [n + 3, n + 2])
    #expect(try contents(ReduceSum(axes: [1]), [n, 2, 3, n], matrix) == [n + 2, n + 3])
    #expect(try contents(ReduceProd(), [], Shape(.int64, lens: [0])) == [1])
    #expect(try contents(ReduceMax(), [], Shape(.int64, lens: [0])) == nil)
    #expect(try contents(ReduceSum(), [100, 100], Shape(.int8, lens: [2])) == [-56])
  }

  @Test func errors() throws {
    let x = Shape(.float, lens: [2, 3])
    for name in Self.names {
      T.expectError(.invalidArgument, "axis 2 is not among the 2 axes") {
        _ = try T.infer(try make(name, [2]), [x])
      }
      T.expectError(.invalidArgument, "named twice") {
        _ = try T.infer(try make(name, [1, -1]), [x])
      }
      T.expectError(.invalidShape, "input 1 must have int64_type or int32_type") {
        _ = try T.infer(try make(name, [1]), [x, x])
      }
      T.expectError(.invalidShape, "found string_type") {
        _ = try T.infer(try make(name, [1]), [x.with(elementType: .string)])
      }
    }
    T.expectError(.invalidShape, "found bool_type") {
      _ = try T.infer(ReduceSum(), [x.with(elementType: .bool)])
    }
    for op: any Operator in [ArgMax(axis: 2), ArgMin(axis: 2)] {
      T.expectError(.invalidArgument, "axis 2 is not among the 2 axes") {
        _ = try T.infer(op, [x])
      }
      T.expectError(.invalidShape, "1 inputs are needed, found 0") { _ = try T.infer(op, []) }
    }
  }
}
