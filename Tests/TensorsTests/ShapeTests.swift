import Support
import Tensors
import Testing

struct ShapeTests {
  @Test func sizesOfAConvolutionsWeights() throws {
    let shape = Shape(.float, lens: [64, 3, 7, 7])
    #expect(constants(of: shape.strides) == [147, 49, 7, 1])
    #expect(shape.elementCount == 9408)
    #expect(shape.byteCount == 37632)
    #expect(shape.description == "float_type, {64, 3, 7, 7}, {147, 49, 7, 1}")
    #expect(try shape.index(of: [1, 2, 3, 4]) == Dimension(147 + 98 + 21 + 4))
  }

  @Test(arguments: [
    // lens, strides, standard, packed, transposed, broadcasted, scalar
    ([2, 3, 4], [12, 4, 1], "s p . . ."),
    ([4, 2, 3], [1, 12, 4], ". p t . ."),
    ([2, 3], [6, 1], ". . . . ."),
    ([2, 3], [0, 1], ". . . b ."),
    ([3, 2], [1, 0], ". . . b ."),
    ([2, 3], [0, 0], ". . . b s"),
    ([2, 1, 3], [3, 77, 1], "s p . . ."),
    // Two by two apart, the elements span as many places as there are elements, but meet and leave gaps.
    ([3, 3], [2, 2], ". . . . ."),
    ([3, 3], [1, 3], ". p t . ."),
    ([1], [1], "s p . . ."),
    ([], [], "s p . . s"),
    ([0, 3], [3, 1], "s p . . ."),
    ([3, 0], [0, 1], "s p . . ."),
    ([2, 3], [-3, 1], ". . t . ."),
  ])
  func properties(lens: [Int], strides: [Int], expected: String) {
    let shape = Shape(.int32, lens: lens, strides: strides)
    let found = [
      shape.isStandard ? "s" : ".", shape.isPacked ? "p" : ".", shape.isTransposed ? "t" : ".",
      shape.isBroadcasted ? "b" : ".", shape.isScalar ? "s" : ".",
    ]
    #expect(found.joined(separator: " ") == expected)
  }

  @Test func symbolicShapesKnowTheirForm() {
    let (n, w) = (Dimension(Symbol("N")), Dimension(Symbol("W", minimum: 2)))
    let shape = Shape(.half, [n, 3, w])
    #expect(shape.strides == [3 * w, w, 1])
    #expect(shape.description == "half_type, {N, 3, W}, {3*W, W, 1}")
    #expect(shape.isStandard && shape.isPacked && !shape.isTransposed && !shape.isFixed)
    let moved = Shape(.half, [w, n, 3], strides: [1, 3 * w, w])
    #expect(!moved.isStandard && moved.isPacked && moved.isTransposed)
    #expect(shape.evaluated { $0.name == "N" ? 2 : 5 } == Shape(.half, lens: [2, 3, 5]))
    #expect(shape.evaluated { $0.name == "N" ? 2 : nil } == nil)
    #expect(shape.symbols.map(\.name).sorted() == ["N", "W"])
  }

  @Test func rankZeroPrintsAsOneRepeatedElement() {
    #expect(Shape(.float, lens: []).description == "float_type, {1}, {0}")
    #expect(Shape(.float, lens: [1], strides: [0]).description == "float_type, {1}, {1}")
  }

  @Test func indicesAreChecked() {
    let shape = Shape(.float, lens: [2, 3])
    #expect(throws: MIGraphXError(.invalidArgument, "index -1 lies outside axis 0 of \(shape)")) {
      try shape.index(of: [-1, 0])
    }
    #expect(throws: MIGraphXError(.invalidArgument, "index 3 lies outside axis 1 of \(shape)")) {
      try shape.index(of: [0, 3])
    }
    #expect(
      throws: MIGraphXError(.invalidArgument, "index [1] has 1 components; \(shape) has 2")
    ) { try shape.index(of: [1]) }
  }

  @Test(arguments: [
    [Int.max, Int.max], [Int.max, 0], [1 << 62, 4], [1 << 40, 1 << 40, 0, 1 << 40], [Int.max],
  ])
  func hugeSizesAreRefused(lens: [Int]) {
    let error = #expect(throws: MIGraphXError.self) { try Shape(.double, lens: lens).validate() }
    #expect(error?.code == .limitExceeded)
  }

  @Test func otherLimits() {
    func code(_ shape: Shape) -> MIGraphXError.Code? {
      #expect(throws: MIGraphXError.self) { try shape.validate() }?.code
    }
    #expect(code(Shape(.int8, lens: [-1, 2])) == .invalidShape)
    #expect(code(Shape(.int8, lens: [Int.min])) == .invalidShape)
    #expect(code(Shape(.int8, lens: Array(repeating: 1, count: 65))) == .limitExceeded)
    #expect(code(Shape(.int8, lens: [2], strides: [.min])) == .limitExceeded)
    #expect(code(Shape(.int8, lens: [2], strides: [.max])) == .limitExceeded)
    #expect(throws: Never.self) { try Shape(.int8, lens: [1 << 47]).validate() }
    #expect(throws: Never.self) { try Shape(.int8, lens: [0, 5]).validate() }
  }

  @Test func bytesOfElements() {
    #expect(ElementType.half.byteCount(of: 3) == 6)
    #expect(ElementType.bool.byteCount(of: 3) == 3)
    #expect(ElementType.int4.byteCount(of: 3) == 3 && ElementType.int4.packedBitWidth == 4)
    #expect(ElementType.string.byteCount(of: 3) == 0)
    #expect(ElementType.double.byteCount(of: .max) == .max)
    #expect(ElementType.int8.byteCount(of: .max / 8) == .max / 8)
    #expect(ElementType.allCases.count == 24)
  }

  @Test func valueTypes() throws {
    let shape = Shape(.float, lens: [2])
    let type = ValueType.tuple([.tensor(shape), .sequence(.optional(.tensor(shape)))])
    #expect(
      type.description
        == "tuple[float_type, {2}, {1}, sequence[optional[float_type, {2}, {1}]]]")
    #expect(type.shape == nil && ValueType.tensor(shape).shape == shape)
    #expect(throws: Never.self) { try type.validate() }
    #expect(throws: MIGraphXError.self) {
      try ValueType.sequence(.tensor(Shape(.float, lens: [-2]))).validate()
    }
    let symbolic = ValueType.optional(.tensor(Shape(.float, [Dimension(Symbol("N"))])))
    #expect(symbolic.symbols == [Symbol("N")])
    let value = RuntimeValue.tensor(try Argument([1 as Float, 2], lens: [2]))
    #expect(value.argument?.lens == [2])
    #expect(RuntimeValue.tuple([value]).argument == nil)
  }
}
