import Support
import Tensors
import Testing

struct ConversionTests {
  private func convert<From: TensorElement, To: TensorElement>(
    _ elements: [From], _ type: To.Type
  ) throws -> [To] {
    let argument = try Argument(elements, lens: [elements.count])
    let result = try argument.converted(toElementType: To.elementType).elements(as: To.self)
    #expect(argument.converted(to: To.self) == result || result.contains { $0 != $0 })
    return result
  }

  @Test func floatingPointToInteger() throws {
    let values: [Double] = [
      2.9, -2.9, 300, -300, .nan, .infinity, -.infinity, 1e300, -0.0, 0x1p63, -0x1p63,
    ]
    #expect(
      try convert(values, Int8.self) == [2, -2, 127, -128, 0, 127, -128, 127, 0, 127, -128])
    #expect(try convert(values, UInt8.self) == [2, 0, 255, 0, 0, 255, 0, 255, 0, 255, 0])
    #expect(
      try convert(values, Int64.self) == [
        2, -2, 300, -300, 0, .max, .min, .max, 0, .max, .min,
      ])
    #expect(
      try convert(values, UInt64.self) == [2, 0, 300, 0, 0, .max, 0, .max, 0, 1 << 63, 0])
    #expect(
      try convert(values, Bool8.self).map(\.value) == [
        true, true, true, true, true, true, true, true, false, true, true,
      ])
  }

  @Test func integersWrap() throws {
    #expect(try convert([-1, 256, 130] as [Int32], UInt8.self) == [255, 0, 130])
    #expect(try convert([-1, 256, 130] as [Int32], Int8.self) == [-1, 0, -126])
    #expect(try convert([UInt64.max, 1 << 63], Int64.self) == [-1, .min])
    #expect(try convert([-1] as [Int8], UInt64.self) == [.max])
    #expect(try convert([0, 256, -5] as [Int16], Bool8.self).map(\.value) == [false, true, true])
    #expect(try convert([Bool8(true), Bool8(false)], Int32.self) == [1, 0])
  }

  @Test func unsigned64KeepsItsUpperHalf() throws {
    #expect(try convert([UInt64.max, 1 << 63], Float.self) == [0x1p64, 0x1p63])
    #expect(try convert([UInt64.max, (1 << 63) + 1], Double.self) == [0x1p64, 0x1p63])
    // Halfway between two numbers of 24 bits, and one above: only a single rounding sees the one.
    let half = (UInt64(1) << 63) + (1 << 39)
    #expect(try convert([half, half + 1], Float.self) == [0x1p63, 0x1p63 + 0x1p40])
  }

  @Test func halfRoundsOnce() throws {
    // The same as numpy's astype(float16).
    let values = [
      65519, 65520, 2049, 2051, 1 + 0x1p-11, 1 + 0x1p-11 + 0x1p-40, 6e-8, 2.9e-8, 0x1p-25,
      0x1p-25 * (1 + 0x1p-30), -65536,
    ]
    #expect(
      try convert(values, Float16.self).map(\.bitPattern) == [
        31743, 31744, 26624, 26626, 15360, 15361, 1, 0, 0, 1, 64512,
      ])
    #expect(try convert([2049, 65535] as [Int32], Float16.self) == [2048, .infinity])
    #expect(try convert([Double.nan], Float16.self)[0].isNaN)
  }

  @Test func bfloat16RoundsOnce() throws {
    // One is 0x3F80 and its last place is 2^-7: 2^-8 is a tie, which goes to the even neighbour.
    let values = [
      1 + 0x1p-8, 1 + 3 * 0x1p-8, 1 + 0x1p-8 + 0x1p-40, 1 + 3 * 0x1p-8 - 0x1p-40,
      -(1 + 0x1p-8 + 0x1p-40), 3.39e38, 3.4e38, 1e-50, -.infinity, 0x1p-133, 0x1p-134,
      0x1p-134 * (1 + 0x1p-30),
    ]
    #expect(
      try convert(values, BFloat16.self).map(\.bitPattern) == [
        0x3F80, 0x3F82, 0x3F81, 0x3F81, 0xBF81, 0x7F7F, 0x7F80, 0, 0xFF80, 1, 0, 1,
      ])
    let ties = values.prefix(2).map { Float($0) }
    #expect(try convert(ties, BFloat16.self).map(\.bitPattern) == [0x3F80, 0x3F82])
    #expect(BFloat16(Float.nan).asFloat.isNaN)
    // A NaN whose payload lies in the lower half alone must not become infinite.
    #expect(BFloat16(Float(bitPattern: 0x7F80_0001)).asFloat.isNaN)
    #expect(BFloat16(Float(bitPattern: 0xFFFF_FFFF)).bitPattern == 0xFFFF)
    // 2^63 has last place 2^56 in 8 bits; one above the tie must go up though Double can't hold it.
    let tie = (UInt64(1) << 63) + (1 << 55)
    #expect(
      try convert([tie, tie + 1], BFloat16.self).map(\.asDouble) == [0x1p63, 0x1p63 + 0x1p56])
    let signed = (Int64(1) << 61) + (1 << 53)
    #expect(
      try convert([signed, signed + 1, -signed, -signed - 1], BFloat16.self).map(\.asDouble)
        == [0x1p61, 0x1p61 + 0x1p54, -0x1p61, -0x1p61 - 0x1p54])
    #expect(BFloat16(converting: signed + 1).asDouble == 0x1p61 + 0x1p54)
  }

  /// Every type to every type, for numbers that all of them hold.
  @Test func allPairsKeepCommonNumbers() throws {
    let numbers: [Int64] = [0, 1, 1, 0]
    for from in ElementType.allCases where from != .string {
      // Of these numbers float8e8m0 has only 1.
      let numbers: [Int64] = from == .float8e8m0 ? [1, 1, 1, 1] : numbers
      let source = try Argument(numbers, lens: [4]).converted(toElementType: from)
      for to in ElementType.allCases where to != .string {
        if to == .float8e8m0, from != to { continue }
        let result = try source.converted(toElementType: to)
        #expect(result.elementType == to)
        #expect(result.converted(to: Int64.self) == numbers, "\(from) to \(to)")
      }
      #expect(throws: MIGraphXError.self) { try source.converted(toElementType: .string) }
    }
  }

  @Test func viewsAreConvertedInTheirOrder() throws {
    let parent = try Argument((0..<6).map { Int32($0) }, lens: [2, 3])
    let transposed = try parent.view(lens: [3, 2], strides: [1, 3])
    let result = try transposed.converted(toElementType: .half)
    #expect(result.strides == [2, 1])
    #expect(result.elements(as: Float16.self) == [0, 3, 1, 4, 2, 5])
  }
}
