import IR
import Operators
import Support
import Tensors
import Testing

/// What inference finds where sizes are symbols.
@Suite struct NeuralSymbolTests {
  private let n = Dimension(Symbol("N"))
  private let h = Dimension(Symbol("H", minimum: 4))

  @Test func neural() throws {
    #expect(try sizes(LRN(alpha: 1, beta: 1, bias: 1, size: 3), [n, 4, h]) == [n, 4, h])
    #expect(try sizes(Determinant(), [n, h, h]) == [n])
    let gru = try infer(
      GRU(hiddenSize: 3, direction: .bidirectional),
      types: [[h, n, 5], [2, 9, 5], [2, 9, 3]].map { .tensor(Shape(.float, $0)) })
    #expect(gru.types.compactMap { $0.shape?.dimensions } == [[h, 2, n, 3], [2, n, 3]])
    let positions = PoolingPositions(
      of: Pooling(mode: .max, padding: [1, 0], stride: [2], lengths: [3]))
    let found = try infer(positions, Shape(.float, [n, 2, h])).shape
    #expect(found.elementType == .int64)
    #expect(found.dimensions == [n, 2, (h - 2).floorDivided(by: 2) + 1])
  }

  @Test func unpooling() throws {
    let op = MaxUnpool(padding: [0, 1], stride: [2], lengths: [2])
    let (x, positions) = (Shape(.half, [n, 1, h]), Shape(.int64, [n, 1, h]))
    #expect(try infer(op, x, positions).shape == Shape(.half, [n, 1, 2 * (h - 1) + 1]))
    let stated = try infer(
      op, x, positions, Shape(.int64, [3]), contents: [nil, nil, [n, 1, 2 * h]])
    #expect(stated.shape.dimensions == [n, 1, 2 * h])
    let computed = try infer(op, x, positions, Shape(.int64, [3]))
    #expect(computed.context.freshSymbols.count == 3)
  }

  @Test func deformable() throws {
    let op = DeformableConvolution(padding: [1], stride: [1], dilation: [1])
    let found = try infer(
      op, Shape(.float, [n, 2, h]), Shape(.float, [3, 2, 3]), Shape(.float, [n, 3, h]))
    #expect(found.shape.dimensions == [n, 3, h])
  }

  /// The diagonal is a view; what is known of contents follows.
  @Test func diagonal() throws {
    #expect(try sizes(Diagonal(axes: [0, 2]), [h, n, h]) == [h, n])
    let guarded = try infer(Diagonal(axes: [0, 1]), Shape(.float, [n, h]))
    #expect(guarded.context.guards.count == 1)
    let contents = try infer(
      Diagonal(axes: [0, 1]), Shape(.int64, [2, 2]), contents: [[n, 1, 2, h]])
    #expect(contents.contents == [n, h])
    let result = try evaluate(
      Diagonal(axes: [-1, 0]), try Argument((0..<12).map { Float($0) }, lens: [2, 3, 2]))
    #expect(result.elements(as: Float.self) == [0, 7, 2, 9, 4, 11])
    #expect(result.lens == [3, 2])
  }

  /// What a program's text says of an operator makes the same one again.
  @Test func attributes() throws {
    let operators: [any Operator] = [
      DFT(axis: nil), DFT(axis: 0, inverse: true, onesided: true), STFT(onesided: false),
      ConvolutionBackwards(padding: [1], stride: [2], dilation: [1], outputShape: [7]),
      DeformableConvolution(padding: [0], stride: [1], dilation: [2], group: 2, offsetGroup: 3),
      MaxUnpool(padding: [0], stride: [1], lengths: [2]), Multinomial(dtype: .int64),
      PoolingPositions(
        of: Pooling(mode: .max, padding: [0], stride: [1], lengths: [2], dilations: [2]),
        isColumnMajor: true),
      GRU(hiddenSize: 2, activations: ["relu", "tanh"], linearBeforeReset: 1),
      RNN(hiddenSize: 2, direction: .reverse, clip: 1, activationAlpha: [0.5]),
      LRN(alpha: 2, beta: 3, bias: 4, size: 5), MelWeightMatrix(dtype: .double),
      Diagonal(axes: [0, 2]), Hardmax(axis: 0),
    ]
    for op in operators {
      let made = try OperatorRegistry.standard.make(op.name, op.attributes)
      #expect(made.isEqual(to: op), "\(op.text), \(made.text)")
    }
  }
}
