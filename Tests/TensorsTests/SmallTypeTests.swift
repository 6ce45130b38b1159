import Support
import Tensors
import Testing

/// Floating-point numbers of 8 and 4 bits, and integers of fewer than 8.
struct SmallTypeTests {
  private static let numbers: [Double] = [
    0.0, -0.0, 1, -1.5, 0.3, -0.7, 5.5, 7, 100.3, -239, 241, 250, -256, 448, 460, 464, 465, -480,
    5e4,
    57344, 61439, 61440, -62000, 1e6, 0.001, 0.0009, -0.002, 0.00146, 1e-5, 7.6e-6, 3.9e-6, 0x1p-10,
    0x1p-11, 0x3p-18, 1.0625, 1.1875, -2.25, 0.25, 0.75, 1.75, 2.5, 5, .infinity, -.infinity, .nan,
  ]

  /// The encodings that ml_dtypes 0.6 gives the numbers above.
  private func check<Number: SmallFloat>(_ type: Number.Type, _ encodings: [UInt8]) {
    let found = Self.numbers.map { Number(converting: $0).bitPattern }
    for (index, number) in Self.numbers.enumerated() {
      #expect(found[index] == encodings[index], "\(type): \(number)")
    }
    #expect(Self.numbers.map { Number(converting: Float($0)).bitPattern } == encodings)
    // Each encoding stands for one number, and numbers halfway between two go to the even one.
    for byte in UInt8.min..<UInt8.max {
      let (value, next) = (Number(bitPattern: byte), Number(bitPattern: byte + 1))
      guard value.asFloat.isFinite, value.asDouble != 0 else { continue }
      guard Int(byte) < 1 << Number.elementType.packedBitWidth else { break }
      #expect(Number(converting: value.asDouble).bitPattern == byte)
      guard next.asFloat.isFinite, next.asDouble.sign == value.asDouble.sign else { continue }
      let middle = Number(converting: (value.asDouble + next.asDouble) / 2)
      #expect(middle.bitPattern == (byte % 2 == 0 ? byte : byte + 1), "\(type): \(byte)")
    }
  }

  @Test func float8e4m3fn() {
    check(
      Float8E4M3FN.self,
      [
        0, 128, 56, 188, 42, 179, 75, 78, 109, 247, 119, 120, 248, 126, 126, 126, 127, 255, 127,
        127,
        127, 127, 255, 127, 1, 0, 129, 1, 0, 0, 0, 0, 0, 0, 56, 58, 193, 40, 52, 62, 66, 74, 127,
        255,
        127,
      ])
    #expect(Float8E4M3FN(bitPattern: 126).asFloat == 448)
    #expect(Float8E4M3FN(bitPattern: 127).asFloat.isNaN)
    #expect(Float8E4M3FN(bitPattern: 129).asFloat == -0x1p-9)
  }

  @Test func float8e4m3fnuz() {
    check(
      Float8E4M3FNUZ.self,
      [
        0, 0, 64, 196, 50, 187, 83, 86, 117, 255, 127, 128, 128, 128, 128, 128, 128, 128, 128, 128,
        128,
        128, 128, 128, 1, 1, 130, 1, 0, 0, 0, 1, 0, 0, 64, 66, 201, 48, 60, 70, 74, 82, 128, 128,
        128,
      ])
    #expect(Float8E4M3FNUZ(bitPattern: 127).asFloat == 240)
    #expect(Float8E4M3FNUZ(bitPattern: 128).asFloat.isNaN)
  }

  @Test func float8e5m2() {
    check(
      Float8E5M2.self,
      [
        0, 128, 60, 190, 53, 186, 70, 71, 86, 219, 92, 92, 220, 95, 95, 95, 95, 224, 122, 123, 123,
        124,
        252, 124, 20, 19, 152, 22, 1, 0, 0, 20, 16, 1, 60, 61, 192, 52, 58, 63, 65, 69, 124, 252,
        126,
      ])
    #expect(Float8E5M2(bitPattern: 123).asFloat == 57344)
    #expect(Float8E5M2(bitPattern: 252).asFloat == -.infinity)
    #expect(Float8E5M2(bitPattern: 125).asFloat.isNaN)
  }

  @Test func float8e5m2fnuz() {
    check(
      Float8E5M2FNUZ.self,
      [
        0, 0, 64, 194, 57, 190, 74, 75, 90, 223, 96, 96, 224, 99, 99, 99, 99, 228, 126, 127, 127,
        128,
        128, 128, 24, 23, 156, 26, 1, 1, 1, 24, 20, 2, 64, 65, 196, 56, 62, 67, 69, 73, 128, 128,
        128,
      ])
    #expect(Float8E5M2FNUZ(bitPattern: 255).asFloat == -57344)
  }

  @Test func float4e2m1() {
    // ml_dtypes has -0 for NaN.
    check(
      Float4E2M1.self,
      [
        0, 8, 2, 11, 1, 9, 7, 7, 7, 15, 7, 7, 15, 7, 7, 7, 7, 15, 7, 7, 7, 7, 15, 7, 0, 0, 8, 0, 0,
        0, 0,
        0, 0, 0, 2, 2, 12, 0, 2, 4, 4, 6, 7, 15, 0,
      ])
    #expect(
      (0..<16).map { Float4E2M1(bitPattern: $0).asFloat } == [
        0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.0, -0.5, -1, -1.5, -2, -3, -4, -6,
      ])
  }

  @Test func float8e8m0() {
    let numbers: [Double] = [
      0, -1, 1, 1.4, 1.5, 1.6, 2, 3, 3.1, 0x1p-127, 0x1p-128, 0x1p127, 0x1.6p127, 0x1.9p127,
      .infinity, .nan,
    ]
    // As ml_dtypes 0.6, but for 2^-128, which is below the least number.
    #expect(
      numbers.map { Float8E8M0(converting: $0).bitPattern } == [
        255, 255, 127, 127, 128, 128, 128, 129, 129, 0, 255, 254, 254, 255, 255, 255,
      ])
    for byte in UInt8.min..<255 {
      #expect(Float8E8M0(converting: Float8E8M0(bitPattern: byte).asFloat).bitPattern == byte)
    }
    #expect(Float8E8M0(bitPattern: 255).asFloat.isNaN)
  }

  /// As ml_dtypes 0.6; NaN and infinities give 0 there too.
  @Test func narrowIntegersWrap() {
    let numbers = [-9, -8.7, -3.5, 3.5, 7.9, 8, 9, 15, 16, .nan, .infinity, -.infinity, 1e30]
    func check<Number: NarrowInteger>(_ type: Number.Type, _ expected: [Int64]) {
      #expect(numbers.map { Number(converting: $0).asInt64 } == expected)
      #expect(numbers.map { Number(converting: Float($0)).asDouble } == expected.map { Double($0) })
      #expect(
        numbers.prefix(9).map { Number(converting: Int64($0)).asInt64 } == Array(expected.prefix(9))
      )
    }
    check(Int4.self, [7, -8, -3, 3, 7, -8, -7, -1, 0, 0, 0, 0, 0])
    check(UInt4.self, [7, 8, 13, 3, 7, 8, 9, 15, 0, 0, 0, 0, 0])
    check(Int2.self, [-1, 0, 1, -1, -1, 0, 1, -1, 0, 0, 0, 0, 0])
    check(UInt2.self, [3, 0, 1, 3, 3, 0, 1, 3, 0, 0, 0, 0, 0])
  }

  /// Upper bits that a file brings don't count.
  @Test func narrowIntegersIgnoreUpperBits() throws {
    let bytes: [UInt8] = [0x7F, 0x18, 0xF2]
    for (type, numbers) in [
      (ElementType.int4, [-1, -8, 2]), (.uint4, [15, 8, 2]), (.int2, [-1, 0, -2]),
      (.uint2, [3, 0, 2]),
    ] as [(ElementType, [Int64])] {
      let argument = try Argument(bytes: bytes, type, lens: [3])
      #expect(argument.converted(to: Int64.self) == numbers)
      #expect(argument.shape.byteCount == 3)
    }
  }
}
