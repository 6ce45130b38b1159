import IR
import Operators
import Passes
import Rewriting
import Support
import Tensors
import Testing

@Suite struct ConstantTests {
  private let n = Dimension(Symbol("N", minimum: 1))

  @Test func evaluatesConstants() throws {
    try expect(PropagateConstant()) { m in
      let a = m.addLiteral(try Literal([Float(1), 2, 3, 4], lens: [2, 2]))
      let b = try m.add(Add(), a, m.add(Transpose(permutation: [1, 0]), a))
      return [try m.add(Mul(), m.parameter("x", 2, 2), m.add(Neg(), b))]
    } to: { m in
      // [[1, 2], [3, 4]] + [[1, 3], [2, 4]] = [[2, 5], [5, 8]]
      let c = m.addLiteral(try Literal([Float(-2), -5, -5, -8], lens: [2, 2]))
      return [try m.add(Mul(), m.parameter("x", 2, 2), c)]
    }
  }

  @Test func keepsViews() throws {
    try expect(
      PropagateConstant(),
      keeps: { m in
        let x = try m.parameter("x", 3, 2)
        let a = try m.add(Transpose(permutation: [1, 0]), m.weights(2, 3))
        let b = try m.add(Multibroadcast(outLens: [3, 2]), m.weights(2))
        return [try m.add(Add(), x, m.add(Mul(), x, a)), try m.add(Add(), x, b)]
      })
  }

  /// 1000 x 1000 floats of 1000 are 4 MB of 8 kB.
  @Test func keepsWhatGrowsMemory() throws {
    try expect(
      PropagateConstant(),
      keeps: { m in
        let row = try m.add(Multibroadcast(outLens: [1000, 1000]), m.weights(1000))
        let column = try m.add(
          Multibroadcast(outLens: [1000, 1000]), m.weights(1000, 1, seed: 2))
        return [try m.add(Add(), row, column)]
      })
  }

  @Test func keepsWhatCannotBeEvaluated() throws {
    var program = try program { m in
      let a = m.addLiteral(try Literal([Int32(1)], lens: [1]))
      let b = m.addLiteral(try Literal([Int32(0)], lens: [1]))
      return [try m.add(Div(), a, b)]
    }
    let text = program.text(fullText)
    try PassManager(verifies: true).run(PropagateConstant(), on: &program)
    #expect(program.text(fullText) == text)
  }

  /// Axes, counts and sizes that turn out to be known.
  @Test func inputsBecomeAttributes() throws {
    try expect(FoldShapeValues()) { m in
      let x = try m.parameter("x", 1, 4)
      let sum = try m.add(ReduceSum(), x, m.integers(1))
      let squeezed = try m.add(Squeeze(), x, m.integers(0))
      let raised = try m.add(Unsqueeze(), x, m.integers(2))
      let scanned = try m.add(PrefixScanSum(), x, m.integers(-1))
      let triangle = try m.add(Trilu(), x, m.integers(2))
      let value = m.addLiteral(try Literal([Float(3)], lens: []))
      let padded = try m.add(
        Pad(mode: .constant, pads: [], value: 0), x, value, m.integers(1, 2), m.integers(1))
      let resized = try m.add(Resize(mode: "nearest"), x, m.integers(2, 8))
      return [sum, squeezed, raised, scanned, triangle, padded, resized]
    } to: { m in
      let x = try m.parameter("x", 1, 4)
      return [
        try m.add(ReduceSum(axes: [1]), x), try m.add(Squeeze(axes: [0]), x),
        try m.add(Unsqueeze(axes: [2]), x),
        try m.add(PrefixScanSum(axis: -1, exclusive: false, reverse: false), x),
        try m.add(Trilu(upper: true, k: 2), x),
        try m.add(Pad(mode: .constant, pads: [0, 1, 0, 2], value: 3), x),
        try m.add(Resize(mode: "nearest", sizes: [2, 8]), x),
      ]
    }
  }

  /// Operators with several results: one instruction becomes another, or one for each result.
  @Test func instructionsWithSeveralResultsAreFixed() throws {
    try expect(FoldShapeValues()) { m in
      let x = try m.parameter("x", 2, 5)
      let top = try m.add(TopK(k: 1, axis: 1, largest: true), [x, m.integers(3)])
      let parts = try m.add(Split(axis: 1), [x, m.integers(1, 4)])
      return [Value(top), Value(top, result: 1), Value(parts, result: 1)]
    } to: { m in
      let x = try m.parameter("x", 2, 5)
      let top = try m.add(TopK(k: 3, axis: 1, largest: true), [x])
      let part = try m.add(Slice(axes: [1], starts: [1], ends: [5]), x)
      return [Value(top), Value(top, result: 1), part]
    }
  }

  /// What ONNX exporters write for `x.reshape(x.shape[0], -1)`.
  @Test func foldsSizeComputations() throws {
    try expect(FoldShapeValues()) { m in
      let x = try m.parameter("x", n, 2, 3)
      let sizes = try m.add(DimensionsOf(start: 0, end: 3), x)
      let first = try m.add(Gather(axis: 0), sizes, m.integers(0))
      let wanted = try m.add(Concat(axis: 0), first, m.integers(-1))
      return [try m.add(Reshape(), x, wanted)]
    } to: { m in
      [try m.add(Reshape(dims: [n, 6]), m.parameter("x", n, 2, 3))]
    }
  }

  @Test func foldsFixedSizesToLiterals() throws {
    try expect(FoldShapeValues()) { m in
      let x = try m.parameter("x", 5, 2, 3)
      let sizes = try m.add(DimensionsOf(start: 0, end: 3), x)
      return [try m.add(Mul(), sizes, m.integers(1, 10, 100)), x]
    } to: { m in
      let x = try m.parameter("x", 5, 2, 3)
      return [try m.integers(5, 20, 300), x]
    }
  }

  @Test func foldsSymbolicSizesToOneInstruction() throws {
    try expect(FoldShapeValues()) { m in
      let x = try m.parameter("x", n, 2, 3)
      let sizes = try m.add(DimensionsOf(start: 0, end: 3), x)
      return [try m.add(Mul(), sizes, m.integers(2, 10, 100))]
    } to: { m in
      _ = try m.parameter("x", n, 2, 3)
      return [try m.add(ShapeValue(dims: [n * 2, 20, 300]))]
    }
  }

  @Test func givesSlicesBroadcastsAndTilesTheirSizes() throws {
    try expect(FoldShapeValues()) { m in
      let x = try m.parameter("x", n, 6)
      let sizes = try m.add(DimensionsOf(start: 0, end: 2), x)
      let end = try m.add(
        Div(), m.add(Slice(axes: [0], starts: [1], ends: [2]), sizes), m.integers(2))
      let half = try m.add(Slice(), x, m.integers(0), end, m.integers(1))
      let row = try m.add(Multibroadcast(), m.parameter("row", 1, 6), sizes)
      return [
        try m.add(Relu(), half), try m.add(Add(), row, x),
        try m.add(Tile(), x, m.integers(1, 2)),
      ]
    } to: { m in
      let x = try m.parameter("x", n, 6)
      let row = try m.parameter("row", 1, 6)
      let half = try m.add(Slice(axes: [1], starts: [0], ends: [3]), x)
      let rows = try m.add(Multibroadcast(outLens: [n, 6]), row)
      return [
        try m.add(Relu(), half), try m.add(Add(), rows, x), try m.add(Tile(repeats: [1, 2]), x),
      ]
    }
  }

  @Test func givesResizesTheirSizes() throws {
    let resize = Resize(mode: "nearest")
    try expect(FoldShapeValues()) { m in
      let x = try m.parameter("x", 1, 2, n, 4)
      let sizes = try m.add(DimensionsOf(start: 0, end: 4), x)
      let scales = m.addLiteral(try Literal([Float(1), 1, 2, 0.5], lens: [4]))
      let doubled = try m.add(Mul(), sizes, m.integers(1, 1, 2, 2))
      return [try m.add(resize, x, doubled), try m.add(resize, x, scales)]
    } to: { m in
      let x = try m.parameter("x", 1, 2, n, 4)
      return [
        try m.add(Resize(mode: "nearest", sizes: [1, 2, n * 2, 8]), x),
        try m.add(Resize(mode: "nearest", scales: [1, 1, 2, 0.5]), x),
      ]
    }
  }

  /// Sizes that the data decide have no value before the range has run.
  @Test func keepsSizesThatDataDecide() throws {
    try expect(
      FoldShapeValues(),
      keeps: { m in
        let limit = try m.addParameter("limit", Shape(.int32, []))
        let zero = m.addLiteral(try Literal([Int32(-9_000)], lens: []))
        let one = m.addLiteral(try Literal([Int32(1_000)], lens: []))
        let range = try m.add(RangeOperator(), zero, limit, one)
        return [try m.add(DimensionsOf(start: 0, end: 1), range)]
      })
  }

  @Test func foldsBatchNormalisationIntoWeights() throws {
    // Factors: 2 / sqrt(3 + 1) = 1 and 6 / sqrt(8 + 1) = 2; summands: 5 - 1 * 1 = 4 and 6 - 2 * 2 = 2.
    func parameters(_ m: inout Module) throws -> [Value] {
      try [[Float(2), 6], [5, 6], [1, 2], [3, 8]].map { m.addLiteral(try Literal($0, lens: [2])) }
    }
    let convolution = Convolution(padding: [0, 0], stride: [1, 1], dilation: [1, 1])
    let norm = BatchNormInference(epsilon: 1)
    try expect(SimplifyBatchNorm()) { m in
      let x = try m.parameter("x", n, 1, 3, 3)
      let w = m.addLiteral(try Literal([Float(7), 9], lens: [2, 1, 1, 1]))
      let y = try m.add(convolution, x, w)
      return [Value(try m.add(norm, [y] + parameters(&m)))]
    } to: { m in
      let x = try m.parameter("x", n, 1, 3, 3)
      let w = m.addLiteral(try Literal([Float(7), 18], lens: [2, 1, 1, 1]))
      let b = m.addLiteral(try Literal([Float(4), 2], lens: [2]))
      let y = try m.add(convolution, x, w)
      return [try m.add(Add(), y, m.add(Broadcast(axis: 1, outLens: [n, 2, 3, 3]), b))]
    }
    try expect(SimplifyBatchNorm()) { m in
      let x = try m.parameter("x", n, 1, 3, 3)
      let w = m.addLiteral(try Literal([Float(7), 9], lens: [2, 1, 1, 1]))
      let y = try m.add(convolution, x, w)
      let bias = m.addLiteral(try Literal([Float(10), 20], lens: [2]))
      let sum = try m.add(Add(), y, m.add(Broadcast(axis: 1, outLens: [n, 2, 3, 3]), bias))
      return [Value(try m.add(norm, [sum] + parameters(&m)))]
    } to: { m in
      let x = try m.parameter("x", n, 1, 3, 3)
      let w = m.addLiteral(try Literal([Float(7), 18], lens: [2, 1, 1, 1]))
      // 10 * 1 + 4 and 20 * 2 + 2
      let b = m.addLiteral(try Literal([Float(14), 42], lens: [2]))
      let y = try m.add(convolution, x, w)
      return [try m.add(Add(), y, m.add(Broadcast(axis: 1, outLens: [n, 2, 3, 3]), b))]
    }
  }

  @Test func splitsOtherBatchNormalisations() throws {
    let sizes = Broadcast(axis: 1, outLens: [n, 2, 3])
    try expect(SimplifyBatchNorm()) { m in
      let x = try m.parameter("x", n, 2, 3)
      let parameters = try [[Float(2), 6], [5, 6], [1, 2], [3, 8]].map {
        m.addLiteral(try Literal($0, lens: [2]))
      }
      return [Value(try m.add(BatchNormInference(epsilon: 1), [x] + parameters))]
    } to: { m in
      let x = try m.parameter("x", n, 2, 3)
      let factors = m.addLiteral(try Literal([Float(1), 2], lens: [2]))
      let summands = m.addLiteral(try Literal([Float(4), 2], lens: [2]))
      let product = try m.add(Mul(), x, m.add(sizes, factors))
      return [try m.add(Add(), product, m.add(sizes, summands))]
    }
  }

  /// Random weights: half of them would be off by the factors' rounding if those were rounded before.
  ///
  /// A sum of 27 products is off by at most about 27 rounding errors of 2^-24.
  @Test func foldingKeepsPrecision() throws {
    var folded = try program { m in
      let x = try m.parameter("x", 2, 3, 8, 8)
      let y = try m.add(
        Convolution(padding: [1, 1], stride: [1, 1], dilation: [1, 1]), x, m.weights(4, 3, 3, 3))
      let variance = m.addLiteral(try Literal([Float(0.3), 1.7, 2.1, 0.9], lens: [4]))
      let parameters = try (2..<5).map { try m.weights(4, seed: UInt64($0)) }
      return [Value(try m.add(BatchNormInference(epsilon: 1e-5), [y] + parameters + [variance]))]
    }
    let source = folded
    try PassManager(verifies: true).run(SimplifyBatchNorm(), on: &folded)
    #expect(!folded.description.contains("batch_norm"))
    try expectSameValues(source, folded, tolerance: 2e-6)
  }

  @Test func keepsBatchNormalisationOfSharedConvolutions() throws {
    // Its weights stay, for the other user; the normalisation becomes a product and a sum.
    var result = try program { m in
      let y = try m.add(
        Convolution(padding: [0, 0], stride: [1, 1], dilation: [1, 1]),
        m.parameter("x", 1, 1, 2, 2), m.weights(1, 1, 1, 1))
      let parameters = try (0..<4).map { _ in
        m.addLiteral(try Literal([Float(1)], lens: [1]))
      }
      return [Value(try m.add(BatchNormInference(epsilon: 3), [y] + parameters)), y]
    }
    let source = result
    try PassManager(verifies: true).run(SimplifyBatchNorm(), on: &result)
    #expect(result.description.contains("mul("))
    try expectSameValues(source, result)
  }
}
