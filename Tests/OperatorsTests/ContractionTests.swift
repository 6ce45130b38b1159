import IR
import Operators
import Support
import Tensors
import Testing

@Suite struct ContractionTests {
  @Test(arguments: ContractionCases.convolutions)
  func convolves(_ one: NeuralCase) throws {
    try one.check()
    try one.check(.double)
  }

  @Test(arguments: ContractionCases.transposed)
  func transposedConvolution(_ one: NeuralCase) throws {
    try one.check()
    try one.check(.double)
  }

  /// Half holds 11 bits and bfloat16 8 of each result, which is rounded once.
  @Test func narrowTypes() throws {
    for one in ContractionCases.convolutions + ContractionCases.transposed {
      try one.check(.half, tolerance: 1 / 2048)
      try one.check(.bfloat16, tolerance: 1 / 256)
    }
  }

  @Test func integersWrap() throws {
    let x = try Argument([Int8](repeating: 100, count: 4), lens: [1, 1, 4])
    let w = try Argument([Int8]([2, 1]), lens: [1, 1, 2])
    let op = Convolution(padding: [0, 0], stride: [1], dilation: [1])
    #expect(try run(op, [x, w])[0].elements(as: Int8.self) == [44, 44, 44])
  }

  /// [[1, 2, 3], [4, 5, 6]] times [[1, 0], [2, 1], [0, 3]].
  @Test func dotValues() throws {
    let a = try floats([1, 2, 3, 4, 5, 6], 2, 3)
    let b = try floats([1, 0, 2, 1, 0, 3], 3, 2)
    expectClose(try run(Dot(), [a, b])[0], [5, 11, 14, 23], lens: [2, 2])
    // The transposed view of the transposed matrix is the same matrix.
    let stored = try floats([1, 2, 0, 0, 1, 3], 2, 3)
    let view = try stored.view(lens: [3, 2], strides: [1, 3])
    expectClose(try run(Dot(), [a, view])[0], [5, 11, 14, 23], lens: [2, 2])
    // One row for all of the first matrix.
    let row = try floats([1, 2, 3], 3).view(lens: [2, 3], strides: [0, 1])
    expectClose(try run(Dot(), [row, b])[0], [5, 11, 5, 11], lens: [2, 2])
  }

  @Test func dotOfBatchesAndTypes() throws {
    let a = try Argument(Array(Int64(1)...8), lens: [2, 2, 2])
    let b = try Argument([Int64]([1, 0, 0, 1, 0, 1, 1, 0]), lens: [2, 2, 2])
    let product: [Int64] = [1, 2, 3, 4, 6, 5, 8, 7]
    #expect(try run(Dot(), [a, b])[0].elements(as: Int64.self) == product)
    let large = try Argument([UInt64.max, 2], lens: [1, 2])
    let factors = try Argument([UInt64](arrayLiteral: 3, 4), lens: [2, 1])
    #expect(try run(Dot(), [large, factors])[0].elements(as: UInt64.self) == [5])
    let signed = try Argument([Int8]([-128, 127]), lens: [1, 2])
    let unsigned = try Argument([UInt8]([255, 255]), lens: [2, 1])
    let quantised = try run(QuantDot(), [signed, unsigned])[0]
    #expect(quantised.elements(as: Int32.self) == [-255])
  }

  /// In `Float` the 1 would be lost between the large numbers.
  @Test func sumsAreWide() throws {
    let a = try floats([1e8, 1, -1e8], 1, 3)
    let b = try floats([1, 1, 1], 3, 1)
    #expect(try run(Dot(), [a, b])[0].elements(as: Float.self) == [1])
  }

  /// Sizes that fill no block of rows, terms or columns exactly.
  @Test(arguments: [(131, 517, 137), (2, 257, 129), (5, 3, 7), (7, 300, 1), (1, 256, 128)])
  func productsOfManyBlocks(_ rows: Int, _ terms: Int, _ columns: Int) throws {
    let a = (0..<rows * terms).map { Int64($0 * 7 % 23 - 11) }
    let b = (0..<terms * columns).map { Int64($0 * 5 % 19 - 9) }
    let expected = (0..<rows * columns).map { place in
      let (row, column) = place.quotientAndRemainder(dividingBy: columns)
      return (0..<terms).reduce(0) { $0 + a[row * terms + $1] * b[$1 * columns + column] }
    }
    let (left, right) = (
      try Argument(a, lens: [rows, terms]), try Argument(b, lens: [terms, columns])
    )
    #expect(try run(Dot(), [left, right])[0].elements(as: Int64.self) == expected)
    let (x, y) = (
      try left.converted(toElementType: .float), try right.converted(toElementType: .float)
    )
    // Sums stay below 2^24, so that they are exact.
    #expect(try run(Dot(), [x, y])[0].elements(as: Float.self) == expected.map(Float.init))
    // The same product as convolutions whose windows have one tap.
    let pointwise = Convolution(padding: [0], stride: [1], dilation: [1])
    let image = try y.view(lens: [1, terms, columns], strides: [0, columns, 1])
    let weights = try x.view(lens: [rows, terms, 1], strides: [terms, 1, 1])
    #expect(
      try run(pointwise, [image, weights])[0].elements(as: Float.self) == expected.map(Float.init))
    let back = ConvolutionBackwards(padding: [0], stride: [1], dilation: [1])
    let spread = try x.view(lens: [terms, rows, 1], strides: [1, terms, 1])
    #expect(
      try run(back, [image, spread])[0].elements(as: Float.self) == expected.map(Float.init))
  }

  @Test func emptyTensors() throws {
    let none = try floats([], 2, 0)
    let sum = try run(Dot(), [none, try floats([], 0, 3)])[0]
    #expect(sum.elements(as: Float.self) == [0, 0, 0, 0, 0, 0])
    let wide = try Argument([Float](), lens: [1 << 40, 0])
    #expect(try run(Dot(), [wide, try floats([], 0, 0)])[0].lens == [1 << 40, 0])
    let op = Convolution(padding: [1, 1], stride: [1], dilation: [1])
    #expect(
      try run(op, [try floats([], 0, 1, 3), try floats([1, 2], 1, 1, 2)])[0].lens == [0, 1, 4])
  }

  @Test func symbolicSizes() throws {
    let n = Dimension(Symbol("N"))
    let h = Dimension(Symbol("H", minimum: 1))
    let w = Dimension(Symbol("W", minimum: 1))
    let x = Shape(.float, [n, 3, h, w])
    let weights = Shape(.float, lens: [8, 3, 3, 3])
    let strided = Convolution(padding: [1, 1, 1, 1], stride: [2, 2], dilation: [1, 1])
    #expect(
      try infer(strided, [x, weights])[0].dimensions
        == [n, 8, (h - 1).floorDivided(by: 2) + 1, (w - 1).floorDivided(by: 2) + 1])
    let same = Convolution(
      padding: [0, 0], stride: [2, 1], dilation: [1, 1], paddingMode: .sameUpper)
    #expect(try infer(same, [x, weights])[0].dimensions == [n, 8, h.ceilDivided(by: 2), w])
    let backwards = ConvolutionBackwards(padding: [0, 0], stride: [2, 2], dilation: [1, 1])
    #expect(
      try infer(backwards, [x, Shape(.float, lens: [3, 4, 2, 2])])[0].dimensions
        == [n, 4, 2 * h, 2 * w])
    #expect(
      try infer(Dot(), [Shape(.float, [n, h, 64]), Shape(.float, [n, 64, w])])[0].dimensions
        == [n, h, w])
  }

  @Test func undecidedSizesAreGuards() throws {
    var context = InferenceContext(
      operandContents: [nil, nil], origin: "test", symbolPrefix: "fresh")
    let (k, l) = (Dimension(Symbol("K")), Dimension(Symbol("L")))
    _ = try Dot().inferTypes(
      [.tensor(Shape(.float, [2, k])), .tensor(Shape(.float, [l, 3]))], in: &context)
    #expect(context.guards == [Guard(k, equals: l, origin: "test")])
  }

  @Test func text() throws {
    let convolution = Convolution(padding: [3, 3, 3, 3], stride: [2, 2], dilation: [1, 1])
    #expect(
      convolution.text
        == "convolution[padding={3, 3, 3, 3},stride={2, 2},dilation={1, 1},group=1,"
        + "padding_mode=0,use_dynamic_same_auto_pad=0]")
    #expect(Dot().text == "dot")
    let registry = OperatorRegistry.standard
    let given = ConvolutionBackwards(
      padding: [0], stride: [2], dilation: [1], outputPadding: [1], paddingMode: .sameLower)
    let made = try registry.make("convolution_backwards", given.attributes)
    #expect(made.isEqual(to: given))
    #expect(!ConvolutionBackwards().text.contains("output_padding"))
  }

  @Test(arguments: [
    RefusedCase("one input", Dot(), [[2, 2]]),
    RefusedCase("rank 1", Dot(), [[2], [2]]),
    RefusedCase("inner sizes", Dot(), [[2, 3], [2, 3]]),
    RefusedCase("outer sizes", Dot(), [[2, 2, 2], [3, 2, 2]]),
    RefusedCase("ranks", Dot(), [[2, 2, 2], [2, 2]]),
    RefusedCase("bool", Dot(), [[2, 2], [2, 2]], type: .bool),
    RefusedCase("float", QuantDot(), [[2, 2], [2, 2]]),
    RefusedCase("32 bits", QuantDot(), [[2, 2], [2, 2]], type: .int32),
    RefusedCase("one input", Convolution(), [[1, 1, 4, 4]]),
    RefusedCase("rank 2", Convolution(), [[4, 4], [2, 2]]),
    RefusedCase("ranks", Convolution(), [[1, 1, 4, 4], [1, 1, 2]]),
    RefusedCase("channels", Convolution(), [[1, 3, 4, 4], [2, 2, 3, 3]]),
    RefusedCase("window above input", Convolution(), [[1, 1, 2, 4], [1, 1, 3, 3]]),
    RefusedCase("window of 0", Convolution(), [[1, 1, 2, 4], [1, 1, 0, 3]]),
    RefusedCase("group of 3", convolution(group: 3), [[1, 3, 4, 4], [4, 1, 2, 2]]),
    RefusedCase(
      "group of 0", convolution(group: 0), [[1, 1, 4, 4], [1, 1, 2, 2]], code: .invalidArgument),
    RefusedCase(
      "huge group", convolution(group: .max), [[1, 1, 4, 4], [1, 1, 2, 2]], code: .invalidArgument),
    RefusedCase(
      "stride 0", convolution(stride: [1, 0]), [[1, 1, 4, 4], [1, 1, 2, 2]], code: .invalidArgument),
    RefusedCase(
      "least stride", convolution(stride: [.min, 1]), [[1, 1, 4, 4], [1, 1, 2, 2]],
      code: .invalidArgument),
    RefusedCase(
      "one stride", convolution(stride: [1]), [[1, 1, 4, 4], [1, 1, 2, 2]], code: .invalidArgument),
    RefusedCase(
      "huge padding", convolution(padding: [.max, 0]), [[1, 1, 4, 4], [1, 1, 2, 2]],
      code: .invalidArgument),
    RefusedCase(
      "negative padding", convolution(padding: [0, 0, 0, -1]), [[1, 1, 4, 4], [1, 1, 2, 2]],
      code: .invalidArgument),
    RefusedCase(
      "huge dilation", convolution(dilation: [.max, 1]), [[1, 1, 4, 4], [1, 1, 2, 2]],
      code: .invalidArgument),
    RefusedCase(
      "wide dilation", convolution(dilation: [Int(Int32.max), 1]), [[1, 1, 4, 4], [1, 1, 2, 2]]),
    RefusedCase("channels", ConvolutionBackwards(), [[1, 3, 4, 4], [2, 2, 3, 3]]),
    RefusedCase(
      "group of 2",
      ConvolutionBackwards(padding: [0, 0], stride: [1, 1], dilation: [1, 1], group: 2),
      [[1, 3, 4, 4], [3, 2, 3, 3]]),
    RefusedCase(
      "all cut off", ConvolutionBackwards(padding: [9, 0], stride: [1, 1], dilation: [1, 1]),
      [[1, 1, 4, 4], [1, 1, 3, 3]]),
    RefusedCase(
      "huge output padding",
      ConvolutionBackwards(
        padding: [0, 0], stride: [1, 1], dilation: [1, 1], outputPadding: [.max, 0]),
      [[1, 1, 4, 4], [1, 1, 3, 3]], code: .invalidArgument),
  ])
  func refused(_ one: RefusedCase) { one.check() }

  /// The attributes are legal; the result would have 2^62 elements.
  @Test func hugeResultsAreRefused() throws {
    let limit = Int(Int32.max)
    let op = Convolution(padding: [limit, limit], stride: [1, 1], dilation: [1, 1])
    let x = try pattern([1, 1, 2, 2], seed: 1)
    #expect(throws: MIGraphXError.self) { try run(op, [x, x]) }
    let wide = try floats([1], 1, 1).view(lens: [1 << 40, 1], strides: [0, 1])
    #expect(throws: MIGraphXError.self) { try run(Dot(), [wide, try floats([1], 1, 1)]) }
  }
}

private func convolution(
  padding: [Int] = [0, 0], stride: [Int] = [1, 1], dilation: [Int] = [1, 1], group: Int = 1
) -> Convolution {
  Convolution(padding: padding, stride: stride, dilation: dilation, group: group)
}
