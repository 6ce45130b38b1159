import Support
import Tensors
import Testing

struct LiteralTests {
  @Test func equality() throws {
    let a = try Literal([1 as Float, 2, 3, 4], lens: [2, 2])
    let b = try Literal([1 as Float, 2, 3, 4], lens: [2, 2])
    #expect(a == b && a.hashValue == b.hashValue)
    #expect(a != (try Literal([1 as Float, 2, 3, 5], lens: [2, 2])))
    #expect(a != (try Literal([1 as Float, 2, 3, 4], lens: [4])))
    #expect(a != (try Literal([1 as Double, 2, 3, 4], lens: [2, 2])))
    let transposed = Literal(try a.argument.view(lens: [2, 2], strides: [1, 2]))
    let same = Literal(
      try Argument([1 as Float, 2, 3, 4], lens: [4]).view(lens: [2, 2], strides: [1, 2]))
    #expect(a != transposed)
    #expect(transposed == same && transposed.hashValue == same.hashValue)
    #expect(try Literal([Float.nan], lens: []) == Literal([Float.nan], lens: []))
    #expect(try Literal([Float](), lens: [0]) == Literal([Float](), lens: [0]))
    #expect(try Literal([0 as Float], lens: [1]) != Literal([-0.0 as Float], lens: [1]))
  }

  @Test func equalityOfText() throws {
    let a = Literal(try Argument(strings: ["x", "y"], lens: [2]))
    let b = Literal(try Argument(strings: ["x", "y"], lens: [2]))
    #expect(a == b && a.hashValue == b.hashValue)
    #expect(a != Literal(try Argument(strings: ["x", "z"], lens: [2])))
  }

  @Test func setsHoldEachLiteralOnce() throws {
    var set: Set<Literal> = []
    for seed in 0..<8 {
      for _ in 0..<2 {
        set.insert(try generateLiteral(Shape(.float, lens: [1000]), seed: UInt64(seed)))
      }
    }
    #expect(set.count == 8)
  }

  // The values come from the recurrence of the generator, computed by other means.
  @Test func generatedNumbers() throws {
    func make(_ type: ElementType, seed: UInt64 = 0) throws -> Argument {
      try generateArgument(Shape(type, lens: [2, 3]), seed: seed)
    }
    let seed0 = [0.4375, 0.75, 0.1875, 0.25, 0.25, 0.9375]
    for type in [ElementType.float, .half, .bfloat16, .double] {
      #expect(try make(type).converted(to: Double.self) == seed0)
    }
    #expect(
      try make(.float, seed: 1).elements(as: Float.self) == [
        0.375, 0.75, 0.0625, 0.3125, 0.4375, 0.6875,
      ])
    #expect(
      try make(.double, seed: 7).elements(as: Double.self) == [
        0, 0.75, 0.8125, 0.1875, 0.8125, -0.8125,
      ])
    #expect(try make(.int8).elements(as: Int8.self) == [-7, -12, -3, -4, -4, -15])
    #expect(
      try make(.int32).elements(as: Int32.self) == [
        -369623, -158140, 406317, -15924, -466420, 373729,
      ])
    #expect(
      try make(.int64, seed: 1).elements(as: Int64.self) == [
        -151_241_204_694, -518_067_481_020, 118_261_361_455, -33_459_551_797, 40_297_036_297,
        -199_433_020_763,
      ])
    #expect(try make(.uint8).elements(as: UInt8.self) == [23, 28, 19, 20, 20, 31])
    #expect(try make(.uint16, seed: 7).elements(as: UInt16.self) == [976, 444, 221, 563, 509, 707])
    #expect(
      try make(.uint64).elements(as: UInt64.self) == [
        700_997_018_583, 1_067_823_294_908, 431_494_384_851, 583_215_365_684, 509_458_980_340,
        736_291_343_391,
      ])
    #expect(
      try make(.bool).elements(as: Bool8.self).map(\.value) == [
        true, false, true, false, false, true,
      ])
  }

  @Test func seedsDecide() throws {
    let shape = Shape(.float, lens: [4, 16])
    #expect(try generateLiteral(shape, seed: 5) == generateLiteral(shape, seed: 5))
    let all = try (0..<50).map { try generateLiteral(shape, seed: $0) }
    #expect(Set(all).count == 50)
    #expect(try generateLiteral(shape, seed: 0) != generateLiteral(shape, seed: .max))
    for value in try generateArgument(shape).elements(as: Float.self) {
      #expect(value >= -1 && value < 1)
    }
  }

  @Test func memoryIsFilledInItsOwnOrder() throws {
    let plain = try generateArgument(Shape(.int16, lens: [6]))
    let transposed = try generateArgument(Shape(.int16, lens: [2, 3], strides: [1, 2]))
    let flat = plain.elements(as: Int16.self)
    #expect(transposed.elements(as: Int16.self) == [0, 2, 4, 1, 3, 5].map { flat[$0] })
    let repeated = try generateArgument(Shape(.int16, lens: [2, 2], strides: [0, 1]))
    #expect(repeated.elements(as: Int16.self) == [flat[0], flat[1], flat[0], flat[1]])
    #expect(try generateArgument(Shape(.int16, lens: [0, 4])).elementCount == 0)
  }

  @Test func whatCanNotBeGenerated() {
    func code(_ shape: Shape) -> MIGraphXError.Code? {
      #expect(throws: MIGraphXError.self) { try generateArgument(shape) }?.code
    }
    #expect(code(Shape(.string, lens: [2])) == .unsupported)
    #expect(code(Shape(.float, [Dimension(Symbol("N"))])) == .invalidShape)
    #expect(code(Shape(.float, lens: [2], strides: [-1])) == .invalidArgument)
    #expect(code(Shape(.float, lens: [4], strides: [-1])) == .invalidArgument)
    #expect(code(Shape(.float, lens: [1 << 44])) == .limitExceeded)
    #expect(code(Shape(.float, lens: [2], strides: [1 << 44])) == .limitExceeded)
  }
}
