import IR
import Operators
import Support
import Tensors
import Testing

private typealias T = PointwiseTesting

struct QuantizationTests {
  @Test func unpacking() throws {
    let bytes = try Argument([0x21, 0xF8, 0x07, 0x9A] as [UInt8], lens: [2, 2])
    func numbers(_ op: some TensorOperator, _ x: Argument) throws -> ([Int], [Int64]) {
      let result = try T.run(op, [x])
      return (result.lens, result.converted(to: Int64.self))
    }
    #expect(try numbers(UnpackInt4(), bytes) == ([2, 4], [1, 2, 8, 15, 7, 0, 10, 9]))
    #expect(try numbers(UnpackInt4(axis: 0), bytes) == ([4, 2], [1, 8, 2, 15, 7, 10, 0, 9]))
    let signed = try Argument([0x21, -8] as [Int8], lens: [2])
    #expect(try numbers(UnpackInt4(axis: 0), signed) == ([4], [1, 2, -8, -1]))
    #expect(try numbers(UnpackInt2(), bytes).1.prefix(8) == [1, 0, 2, 0, 0, 2, 3, 3])
    #expect(try numbers(UnpackInt2(axis: 0), signed).1 == [1, 0, -2, 0, 0, -2, -1, -1])
    // A transposed view.
    let view = try bytes.view(lens: [2, 2], strides: [1, 2])
    #expect(try numbers(UnpackInt4(), view).1 == [1, 2, 7, 0, 8, 15, 10, 9])
    for op in [UnpackInt4(axis: 2), UnpackInt4(axis: .min)] {
      T.expectError(.invalidArgument, "is not among the 2 axes") {
        _ = try T.infer(op, [Shape(.uint8, lens: [2, 2])])
      }
    }
    T.expectError(.invalidShape, "must have int8_type or uint8_type") {
      _ = try T.infer(UnpackInt2(), [Shape(.int4, lens: [2])])
    }
  }

  @Test func numbersAsText() throws {
    // What ONNX Runtime 1.32 writes.
    let x = try T.tensor([
      0, -0.0, 1, -1.5, 3.14159274, 1e10, 1e-5, 123_456_789, 0.1, .nan, .infinity, -.infinity,
      99_999_999,
      16_777_216,
    ])
    #expect(
      try T.run(NumberToText(), [x]).stringElements == [
        "0", "-0", "1", "-1.5", "3.1415927", "1e+10", "9.9999997e-06", "1.2345679e+08", "0.1",
        "NaN",
        "INF", "-INF", "1e+08", "16777216",
      ])
    let double = try T.tensor([1.0 / 3, 1e300], .double)
    #expect(try T.run(NumberToText(), [double]).stringElements == ["0.33333333", "1e+300"])
    let large = try Argument([UInt64.max, 7], lens: [2])
    #expect(
      try T.run(NumberToText(), [large]).stringElements == ["18446744073709551615", "7"])
    #expect(try T.run(NumberToText(), [T.tensor([0, 1], .bool)]).stringElements == ["0", "1"])
    T.expectError(.invalidShape, "found string_type") {
      _ = try T.infer(NumberToText(), [Shape(.string, lens: [1])])
    }
  }

  @Test func textAsNumbers() throws {
    // What ONNX Runtime 1.32 reads.
    func read(_ texts: [String], _ type: ElementType) throws -> [Double] {
      let argument = try Argument(strings: texts, lens: [texts.count])
      let result = try T.run(TextToNumber(targetType: type), [argument])
      #expect(result.elementType == type)
      return result.converted(to: Double.self)
    }
    #expect(
      try read(["1", "-1e3", "+INF", "-inf", " 1.5", "3.7abc", "0x10"], .float)
        == [1, -1000, .infinity, -.infinity, 1.5, 3.7 as Float, 16].map { Double($0) })
    #expect(try read(["nan"], .double)[0].isNaN)
    #expect(try read(["0.1"], .double) == [0.1])
    #expect(try read(["300", "-3.7", "1e3"], .int8) == [44, -3, 1])
    #expect(try read(["-1", "300"], .uint8) == [255, 44])
    #expect(try read(["18446744073709551615"], .uint64) == [0x1p64])
    #expect(try read(["5", "0"], .bool) == [1, 0])
    for (text, type) in [
      ("", ElementType.float), ("abc", .int32), ("1e400", .double), ("1e39", .float),
      (".5", .int64),
      ("9223372036854775808", .int64),
    ] {
      T.expectError(.invalidArgument, "is no number of type \(type.rawValue)") {
        _ = try read([text], type)
      }
    }
    T.expectError(.invalidShape, "must have string_type") {
      _ = try T.infer(TextToNumber(), [Shape(.float, lens: [1])])
    }
  }
}
