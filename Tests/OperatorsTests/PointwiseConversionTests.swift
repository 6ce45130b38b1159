import IR
import Operators
import Support
import Tensors
import Testing

private typealias T = PointwiseTesting

@Suite("Convert")
struct PointwiseConversionTests {
  /// float8e8m0 has no 0.
  static let types = ElementType.allCases.filter { $0 != .string && $0 != .float8e8m0 }

  @Test(arguments: types, types)
  func smallNumbersSurvive(from: ElementType, to: ElementType) throws {
    let result = try T.run(Convert(targetType: to), [try T.tensor([0, 1], from)])
    #expect(result.elementType == to)
    #expect(result.converted(to: Double.self) == [0, 1])
  }

  @Test func numbersToIntegers() throws {
    let x = try T.tensor([1.9, -1.9, -0.5, .nan, 300, .infinity, -1e30])
    #expect(
      try T.integers(Convert(targetType: .int32), x)
        == [1, -1, 0, 0, 300, 2_147_483_647, -2_147_483_648])
    #expect(try T.integers(Convert(targetType: .uint8), x) == [1, 0, 0, 0, 255, 255, 0])
    #expect(try T.integers(Convert(targetType: .bool), x) == [1, 1, 1, 1, 1, 1, 1])
  }

  @Test func integersToNarrowerOnes() throws {
    let x = try T.tensor(integers: [300, -1, 128, 65_536])
    #expect(try T.integers(Convert(targetType: .int8), x) == [44, -1, -128, 0])
    #expect(try T.integers(Convert(targetType: .uint16), x) == [300, 65_535, 128, 0])
    #expect(try T.integers(Convert(targetType: .bool), x) == [1, 1, 1, 1])
  }

  @Test func largeIntegersAreRoundedOnce() throws {
    // 2^63 + 2^39 + 1 lies just above the middle of two neighbours of Float, 2^40 apart.
    let x = try Argument([UInt64(1) << 63 + UInt64(1) << 39 + 1, .max], lens: [2])
    let expected = [0x1.000002p63, 0x1p64]
    #expect(try T.numbers(Convert(targetType: .float), x) == expected)
    #expect(try T.numbers(Convert(targetType: .double), x)[1] == 0x1p64)
    // Likewise for bfloat16, with neighbours 2^55 apart above 2^62.
    let y = try Argument([Int64(1) << 62 + Int64(1) << 54 + 1, 5], lens: [2])
    #expect(try T.numbers(Convert(targetType: .bfloat16), y) == [0x1.02p62, 5])
  }

  @Test func doublesToHalfAreRoundedOnce() throws {
    // Just above the tie between 1 and its neighbour; through Float it would be the tie.
    let x = try T.tensor([1 + 0x1p-11 + 0x1p-40, 70_000], .double)
    #expect(try T.numbers(Convert(targetType: .half), x) == [1 + 0x1p-10, .infinity])
  }

  @Test func contentsFollow() throws {
    let n = Dimension(Symbol("N", minimum: 1))
    let shape = Shape(.int64, lens: [2])
    let narrow = try T.infer(Convert(targetType: .int32), [shape], contents: [[n, 300]])
    #expect(narrow.contents == [n, 300])
    let bytes = try T.infer(Convert(targetType: .int8), [shape], contents: [[7, 300]])
    #expect(bytes.contents == [7, 44])
    #expect(try T.infer(Convert(targetType: .int8), [shape], contents: [[n, 1]]).contents == nil)
    #expect(
      try T.infer(Convert(targetType: .bool), [shape], contents: [[n, 0]]).contents == [1, 0])
    #expect(try T.infer(Convert(targetType: .float), [shape], contents: [[n, 1]]).contents == nil)
  }

  @Test func errors() throws {
    T.expectError(.unsupported, "conversion to string_type") {
      _ = try T.infer(Convert(targetType: .string), [Shape(.float, lens: [1])])
    }
    T.expectError(.invalidShape, "found string_type") {
      _ = try T.infer(Convert(targetType: .float), [Shape(.string, lens: [1])])
    }
    T.expectError(.invalidShape, "1 inputs are needed, found 2") {
      _ = try T.infer(Convert(), [Shape(.float, lens: [1]), Shape(.float, lens: [1])])
    }
  }

  @Test func text() throws {
    #expect(Convert(targetType: .int64).text == "convert[target_type=int64_type]")
    let made = try OperatorRegistry.standard.make(
      "convert", [.init("target_type", .string("int64_type"))])
    #expect(made.isEqual(to: Convert(targetType: .int64)))
  }
}
