import IR
import Operators
import Support
import Tensors
import Testing

private typealias T = PointwiseTesting

@Suite("Values of pointwise operators")
struct PointwiseValueTests {
  static let floating: [ElementType] = [.half, .bfloat16, .float, .double]

  /// Each function is computed in 64 bits and rounded once per step, so one step is off by at most one
  /// unit, and each further step adds one. `elu` cancels near zero, and is compared absolutely below.
  private func allowed(_ name: String) -> Double {
    switch name {
    case "neg", "abs", "sign", "ceil", "floor", "nearbyint", "relu": 0
    case "rsqrt": 2
    case "sigmoid": 3
    default: 1
    }
  }

  @Test(arguments: PointwiseTables.unary.keys.sorted(), floating)
  func unary(name: String, type: ElementType) throws {
    let expected = try #require(PointwiseTables.unary[name])
    let op = try OperatorRegistry.standard.make(name)
    let operands = PointwiseTables.operands
    let x = try T.tensor(operands, type)
    let found = try T.numbers(op, x)
    let exact = x.converted(to: Double.self)
    // Operands that the type does not hold, and underflow of 1 + exp(-x), are left to wider types.
    for (index, value) in found.enumerated() where exact[index] == operands[index] || value.isNaN {
      if name == "elu" && operands[index] < 0 {
        #expect(abs(value - T.rounded(expected[index], type)) <= (type == .double ? 3e-16 : 2e-7))
        continue
      }
      // In Float, exp(-x) is infinite below -88.7, so that the result is 0 where 64 bits hold 1e-44.
      if name == "sigmoid" && operands[index] < -88.7 && type != .double {
        #expect(value >= 0 && value < 1e-38)
        continue
      }
      #expect(
        T.isClose(value, expected[index], type, ulps: allowed(name)),
        "\(name)(\(operands[index])) is \(value), expected \(expected[index])")
    }
  }

  @Test(arguments: PointwiseTables.binary.keys.sorted(), floating)
  func binary(name: String, type: ElementType) throws {
    let expected = try #require(PointwiseTables.binary[name])
    let op = try OperatorRegistry.standard.make(name)
    let (a, b) = (PointwiseTables.left, PointwiseTables.right)
    let (x, y) = (try T.tensor(a, type), try T.tensor(b, type))
    let result = try T.run(op, [x, y])
    let (left, right) = (x.converted(to: Double.self), y.converted(to: Double.self))
    for (index, value) in result.converted(to: Double.self).enumerated()
    where (left[index] == a[index] || a[index].isNaN)
      && (right[index] == b[index] || b[index].isNaN)
    {
      // The square rounds a rounded difference.
      #expect(
        T.isClose(value, expected[index], type, ulps: name == "sqdiff" ? 2 : 1),
        "\(name)(\(a[index]), \(b[index])) is \(value), expected \(expected[index])")
    }
    #expect(result.elementType == (["equal", "less", "greater"].contains(name) ? .bool : type))
  }

  static let integerTypes: [ElementType] = [.int8, .int16, .int32, .int64]

  @Test(arguments: PointwiseTables.integers.keys.sorted(), integerTypes)
  func integers(name: String, type: ElementType) throws {
    let expected = try #require(PointwiseTables.integers[name])
    let op = try OperatorRegistry.standard.make(name)
    let x = try T.tensor(integers: PointwiseTables.integerLeft, type)
    let y = try T.tensor(integers: PointwiseTables.integerRight, type)
    let shift = 64 - type.bitWidth
    #expect(try T.integers(op, x, y) == expected.map { ($0 << shift) >> shift })
  }

  @Test(arguments: [ElementType.uint8, .uint16, .uint32, .uint64])
  func unsignedIntegersWrap(type: ElementType) throws {
    let x = try T.tensor(integers: [-1, -1, 200, 7], type)
    let y = try T.tensor(integers: [1, -1, 100, 2], type)
    // As an `Int64`, the type's greatest number; that of `uint64` reads as -1.
    let top = type.bitWidth == 64 ? -1 : (Int64(1) << type.bitWidth) - 1
    let isByte = type == .uint8
    let sums: [Int64] = [0, top - 1, isByte ? 44 : 300, 9]
    #expect(try T.integers(Add(), x, y) == sums)
    #expect(try T.integers(Div(), x, y) == [top, 1, 2, 3])
    #expect(try T.integers(Max(), x, y) == [top, top, 200, 7])
    #expect(try T.integers(Min(), x, y) == [1, top, 100, 2])
    #expect(try T.integers(Greater(), x, y) == [1, 0, 1, 1])
    #expect(try T.integers(FMod(), x, y) == [0, 0, 0, 1])
    #expect(try T.integers(Abs(), x) == [top, top, 200, 7])
    #expect(try T.integers(Sign(), x) == [1, 1, 1, 1])
    let negated: [Int64] = [top, 1, isByte ? 156 : top - 99, top - 1]
    #expect(try T.integers(Neg(), y) == negated)
    let inverted: [Int64] = [0, 0, isByte ? 55 : top - 200, top - 7]
    #expect(try T.integers(BitwiseNot(), x) == inverted)
  }

  @Test func integerPowers() throws {
    let x = try T.tensor(integers: [7, -7, 0, 2, -1, -1, 1, 3, 2])
    let y = try T.tensor(integers: [2, 3, 0, -1, -3, -2, -9, 40, 63])
    // 3^40 is 12157665459056928801, which is -6289078614652622815 modulo 2^64.
    let expected: [Int64] = [49, -343, 1, 0, -1, 1, 1, -6_289_078_614_652_622_815, .min]
    #expect(try T.integers(Pow(), x, y) == expected)
    let narrow = try T.tensor(integers: [3, 15], .uint8)
    // 3^5 = 243 and 15^5 = 759375 = 2966 * 256 + 79.
    #expect(try T.integers(Pow(), narrow, try T.tensor(integers: [5, 5], .uint8)) == [243, 79])
  }

  @Test func leastIntegerByMinusOneWraps() throws {
    let x = try T.tensor(integers: [.min, .min])
    let y = try T.tensor(integers: [-1, 1])
    #expect(try T.integers(Div(), x, y) == [.min, .min])
    #expect(try T.integers(FMod(), x, y) == [0, 0])
    #expect(try T.integers(Mod(), x, y) == [0, 0])
    #expect(try T.integers(Abs(), x) == [.min, .min])
  }

  @Test(arguments: ["div", "mod", "fmod"], [ElementType.int8, .int32, .int64, .uint64])
  func integerDivisionByZero(name: String, type: ElementType) throws {
    // The zero stands in a block that is not the first.
    let ones = [Int64](repeating: 1, count: 40_000)
    var divisors = ones
    divisors[39_999] = 0
    let x = try T.tensor(integers: ones, type)
    let y = try T.tensor(integers: divisors, type)
    let op = try OperatorRegistry.standard.make(name)
    T.expectError(.invalidArgument, "integer division by zero") { _ = try T.run(op, [x, y]) }
    #expect(try T.integers(op, x, x).allSatisfy { $0 == (name == "div" ? 1 : 0) })
  }

  @Test func negativePowerOfZero() throws {
    T.expectError(.invalidArgument, "division by zero") {
      _ = try T.run(Pow(), [try T.tensor(integers: [0]), try T.tensor(integers: [-1])])
    }
  }

  @Test func logic() throws {
    let x = try T.tensor([0, 0, 1, 1], .bool)
    let y = try T.tensor([0, 1, 0, 1], .bool)
    #expect(try T.integers(LogicalAnd(), x, y) == [0, 0, 0, 1])
    #expect(try T.integers(LogicalOr(), x, y) == [0, 1, 1, 1])
    #expect(try T.integers(LogicalXor(), x, y) == [0, 1, 1, 0])
    #expect(try T.integers(Not(), x) == [1, 1, 0, 0])
    #expect(try T.integers(Equal(), x, y) == [1, 0, 0, 1])
    #expect(try T.integers(Less(), x, y) == [0, 1, 0, 0])
  }

  @Test func notANumberAndInfinity() throws {
    let x = try T.tensor([.nan, .infinity, -.infinity, 0, 3], .half)
    #expect(try T.integers(IsNaN(), x) == [1, 0, 0, 0, 0])
    #expect(try T.integers(IsInf(), x) == [0, 1, 1, 0, 0])
  }

  @Test(arguments: [ElementType.float, .half, .double])
  func clip(type: ElementType) throws {
    let x = try T.tensor([.nan, .infinity, -.infinity, -100, 0.5, 2], type)
    let lo = try T.tensor([-1, -1, -1, -1, -1, 1], type)
    let hi = try T.tensor([1, 1, 1, 1, 1, -1], type)
    let found = try T.numbers(Clip(), x, lo, hi)
    #expect(found[0].isNaN)
    #expect(Array(found[1...]) == [1, -1, -1, 0.5, -1])
  }

  @Test func clipOfIntegers() throws {
    let x = try T.tensor(integers: [-5, 0, 300], .int16)
    let lo = try T.tensor(integers: [-1, -1, -1], .int16)
    let hi = try T.tensor(integers: [200, 200, 200], .int16)
    #expect(try T.integers(Clip(), x, lo, hi) == [-1, 0, 200])
  }

  @Test(arguments: PointwiseConversionTests.types)
  func whereChooses(type: ElementType) throws {
    let condition = try T.tensor([1, 0, 1], .bool)
    let x = try T.tensor([1, 0, 1], type)
    let y = try T.tensor([0, 1, 0], type)
    let result = try T.run(Where(), [condition, x, y])
    #expect(result.elementType == type)
    #expect(result.converted(to: Double.self) == [1, 1, 1])
  }

  @Test func slopes() throws {
    let x = try T.tensor([-2, 4], .double)
    #expect(try T.numbers(LeakyRelu(alpha: 0.25), x) == [-0.5, 4])
    // exp(-2) - 1 = -0.864664716763387.
    let elu = try T.numbers(Elu(alpha: 2), x)
    #expect(abs(elu[0] + 1.729329433526775) < 1e-15 && elu[1] == 4)
  }

  @Test func viewsAreReadByTheirStrides() throws {
    // 2x3 read as its transpose, plus a repeated row, plus every other column of a wider tensor.
    let base = try T.tensor([0, 1, 2, 3, 4, 5])
    let transposed = try base.view(lens: [3, 2], strides: [1, 3])
    let repeated = try T.tensor([10, 20]).view(lens: [3, 2], strides: [0, 1])
    #expect(try T.numbers(Add(), transposed, repeated) == [10, 23, 11, 24, 12, 25])
    let wide = try T.tensor((0..<12).map(Double.init))
    let stepped = try wide.view(lens: [3, 2], strides: [4, 2], elementOffset: 1)
    #expect(try T.numbers(Sub(), stepped, transposed) == [1, 0, 4, 3, 7, 6])
    let scalar = try T.tensor([7]).view(lens: [3, 2], strides: [0, 0])
    #expect(try T.numbers(Mul(), scalar, repeated) == [70, 140, 70, 140, 70, 140])
    let backward = try base.view(lens: [6], strides: [-1], elementOffset: 5)
    #expect(try T.numbers(Add(), base, backward) == [5, 5, 5, 5, 5, 5])
  }

  @Test func manyBlocksOfAView() throws {
    // 300 x 200 transposed: element [i, j] is j * 300 + i; blocks end within rows.
    let base = try T.tensor((0..<60_000).map(Double.init))
    let transposed = try base.view(lens: [300, 200], strides: [1, 300])
    let found = try T.numbers(Relu(), transposed)
    let expected = (0..<60_000).map { (position: Int) -> Double in
      let (row, column) = (position / 200, position % 200)
      return Double(column * 300 + row)
    }
    #expect(found == expected)
  }

  @Test func emptyAndScalarTensors() throws {
    let none = try T.tensor([], lens: [0, 3])
    #expect(try T.run(Add(), [none, none]).lens == [0, 3])
    let one = try T.tensor([2], lens: [])
    #expect(try T.run(Mul(), [one, one]).lens == [])
    #expect(try T.numbers(Mul(), one, one) == [4])
  }

  @Test func halvesAreRoundedOnce() throws {
    // 1 + 2^-11 is a tie of half and goes to the even 1; with 2^-20 more it goes up.
    let x = try T.tensor([1], .half)
    let tiny = try T.tensor([0.00048828125], .half)
    #expect(try T.numbers(Add(), x, tiny) == [1])
    // (1 - 1.0009765625)^2 = 2^-20, which half holds though the rounded difference is tiny.
    let y = try T.tensor([1.0009765625], .half)
    #expect(try T.numbers(SqDiff(), x, y) == [9.5367431640625e-07])
  }
}
