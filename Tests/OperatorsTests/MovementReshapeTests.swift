import IR
import Operators
import Support
import Tensors
import Testing

@Suite struct MovementReshapeTests {
  let n = Dimension(Sizes.n)
  let s = Dimension(Sizes.s)
  let h = Dimension(Sizes.h)

  // MARK: Reshape

  @Test func reshapeInfersFixedSizes() throws {
    #expect(try sizes(Reshape(dims: [3, -1]), [2, 3, 4]) == [3, 8])
    #expect(try sizes(Reshape(dims: [0, 0, 2, -1]), [2, 3, 4]) == [2, 3, 2, 2])
    #expect(try sizes(Reshape(dims: []), [1, 1]) == [])
    #expect(try sizes(Reshape(dims: [1, 1]), []) == [1, 1])
    let transposed = Shape(.half, lens: [3, 2], strides: [1, 3])
    #expect(try infer(Reshape(dims: [6]), transposed).shape == Shape(.half, lens: [6]))
  }

  @Test func reshapeInfersSymbolicSizes() throws {
    let split = try infer(Reshape(dims: [0, 0, 12, -1]), Shape(.float, [n, s, 768]))
    #expect(split.shape == Shape(.float, [n, s, 12, 64]))
    #expect(split.context.guards.isEmpty && split.context.freshSymbols.isEmpty)
    #expect(try sizes(Reshape(dims: [-1, 64]), [n, s, 12, 64]) == [12 * n * s, 64])
    #expect(try sizes(Reshape(dims: [n, -1]), [n, s, 12, 64]) == [n, 768 * s])
  }

  @Test func reshapeGuardsUndecidableDivision() throws {
    let inferred = try infer(Reshape(dims: [-1, 4]), Shape(.float, [n]))
    #expect(inferred.shape.dimensions == [n.floorDivided(by: 4), 4])
    #expect(inferred.context.guards.count == 1)
    let check = try #require(inferred.context.guards.first)
    #expect(try check.check { _ in 8 })
    #expect(throws: MIGraphXError.self) { try check.check { _ in 6 } }
  }

  @Test func reshapeHandlesZeroSizes() throws {
    #expect(try sizes(Reshape(dims: [3, -1]), [0, 4]) == [3, 0])
    #expect(try sizes(Reshape(dims: [0, 5], allowZero: true), [7, 0]) == [0, 5])
    let empty = try counting(0, 4)
    #expect(try evaluate(Reshape(dims: [4, 0, 2], allowZero: true), empty).lens == [4, 0, 2])
    #expect(try evaluate(Reshape(dims: [3, -1]), empty).lens == [3, 0])
  }

  @Test func reshapeOfAnEmptyBatchTakesTheInferredSize() throws {
    let result = try evaluate(
      Reshape(dims: [0, -1]), counting(0, 2, 3), operands: [Shape(.float, [h, 2, 3])],
      bindings: [Sizes.h: 0])
    #expect(result.lens == [0, 6])
  }

  @Test func reshapeSharesMemoryWhereItCan() throws {
    let input = try counting(2, 6)
    let view = try evaluate(Reshape(dims: [3, 4]), input)
    #expect(view.storage === input.storage)
    #expect(view.floats == input.floats)
    let transposed = try evaluate(Transpose(permutation: [1, 0]), input)
    let copy = try evaluate(Reshape(dims: [12]), transposed)
    #expect(copy.storage !== input.storage)
    #expect(copy.floats == [0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11])
  }

  @Test func reshapeReadsSizesFromAnInput() throws {
    let known = try infer(
      Reshape(dims: []), Shape(.float, [n, s, 768]), Shape(.int64, lens: [4]),
      contents: [nil, [n, s, 12, -1]])
    #expect(known.shape.dimensions == [n, s, 12, 64])
    let open = try infer(Reshape(dims: []), Shape(.float, [n, 6]), Shape(.int64, lens: [2]))
    #expect(open.context.freshSymbols.count == 2)
    #expect(open.shape.rank == 2)
    let result = try evaluate(Reshape(dims: []), counting(2, 6), vector(4, -1))
    #expect(result.lens == [4, 3])
  }

  @Test func reshapeFollowsContents() throws {
    let inferred = try infer(
      Reshape(dims: [2, 1]), Shape(.int64, lens: [2]), contents: [[n, s + 1]])
    #expect(inferred.contents == [n, s + 1])
  }

  @Test func reshapeRefusesWrongSizes() throws {
    expectError(.invalidShape, "equal, found 20 and 24") {
      _ = try sizes(Reshape(dims: [5, 4]), [2, 3, 4])
    }
    expectError(.invalidShape) { _ = try sizes(Reshape(dims: [5, -1]), [2, 3, 4]) }
    expectError(.invalidShape, "axis 2") { _ = try sizes(Reshape(dims: [1, 6, 0]), [2, 3]) }
    expectError(.invalidShape, "open") {
      _ = try sizes(Reshape(dims: [0, -1]), [0, 3])
    }
    expectError(.invalidArgument, "at most one") {
      _ = try sizes(Reshape(dims: [-1, -1]), [4])
    }
    expectError(.invalidArgument, "-2") { _ = try sizes(Reshape(dims: [-2, 2]), [4]) }
    expectError(.invalidArgument, "both 0 and -1") {
      _ = try sizes(Reshape(dims: [0, -1], allowZero: true), [4])
    }
    expectError(.invalidShape) { _ = try infer(Reshape(dims: [1])) }
    expectError(.unsupported, "length") {
      _ = try infer(Reshape(dims: []), Shape(.float, [4]), Shape(.int64, [n]))
    }
    expectError(.limitExceeded) {
      _ = try infer(Reshape(dims: []), Shape(.float, [4]), Shape(.int64, lens: [1 << 40]))
    }
    expectError(.invalidShape) {
      _ = try Reshape(dims: []).evaluate(
        [counting(4), vector(3)], in: EvaluationContext(resultTypes: []))
    }
  }

  @Test func hugeSizesDoNotOverflow() throws {
    let huge = Dimension(Int.max)
    #expect(throws: MIGraphXError.self) {
      _ = try sizes(Reshape(dims: [huge, huge, -1]), [4])
    }
    #expect(throws: MIGraphXError.self) {
      _ = try Reshape(dims: [huge, huge]).evaluate(
        [counting(4)], in: EvaluationContext(resultTypes: []))
    }
  }

  // MARK: ReshapeLazy

  @Test func lazyReshapeAliases() throws {
    let input = try counting(2, 3, 4)
    let merged = try evaluate(ReshapeLazy(dims: [0, -1]), input)
    #expect(merged.lens == [2, 12])
    #expect(merged.storage === input.storage)
    let transposed = try evaluate(Transpose(permutation: [2, 0, 1]), input)
    let padded = try evaluate(ReshapeLazy(dims: [4, 1, 2, 3]), transposed)
    #expect(padded.storage === input.storage)
    #expect(padded.floats == transposed.floats)
    #expect(try sizes(ReshapeLazy(dims: [-1, 4]), [n, 2, 4]) == [2 * n, 4])
  }

  @Test func lazyReshapeRefusesCopies() throws {
    let transposed = Shape(.float, lens: [4, 2], strides: [1, 4])
    expectError(.invalidShape, "need a copy") {
      _ = try infer(ReshapeLazy(dims: [8]), transposed)
    }
    expectError(.invalidShape) { _ = try sizes(ReshapeLazy(dims: [7]), [8]) }
    expectError(.invalidShape, "need a copy") {
      let input = try counting(2, 4).view(lens: [4, 2], strides: [1, 4])
      _ = try ReshapeLazy(dims: [8]).evaluate([input], in: EvaluationContext(resultTypes: []))
    }
  }

  // MARK: Squeeze, Unsqueeze

  @Test func axesThatRunningTellsGiveTheRank() throws {
    let axis = Shape(.int64, lens: [1])
    // Only one axis can have size 1, so all that stays is known.
    #expect(
      try infer(Squeeze(), Shape(.float, lens: [3, 1, 5]), axis).shape.dimensions == [3, 5])
    let open = try infer(Squeeze(), Shape(.float, lens: [1, 3, 1]), axis).shape
    #expect(open.rank == 2 && open.dimensions.allSatisfy { !$0.isConstant })
    #expect(open.dimensions[0].lowerBound == 1 && open.dimensions[0].upperBound == 3)
    let inserted = try infer(Unsqueeze(), Shape(.float, lens: [3]), axis).shape
    #expect(inserted.rank == 2 && inserted.dimensions.allSatisfy { $0.upperBound == 3 })
    let known = try infer(Unsqueeze(), Shape(.float, [n]), axis, contents: [nil, [0]])
    #expect(known.shape.dimensions == [1, n])
    let reduced = try infer(ReduceSum(), Shape(.float, lens: [2, 2]), Shape(.int64, lens: [2]))
    #expect(reduced.shape.dimensions == [1, 1])
    expectError(.invalidShape, "1 axes of size 1 are to be dropped") {
      _ = try infer(Squeeze(), Shape(.float, lens: [3, 2]), axis)
    }
    expectError(.unsupported, "a length that is a number") {
      _ = try infer(Squeeze(), Shape(.float, lens: [3, 1]), Shape(.int64, [n]))
    }
    expectError(.limitExceeded, "axes") {
      _ = try infer(
        Unsqueeze(), Shape(.float, Array(repeating: 1, count: 60)), Shape(.int64, lens: [10]))
    }
  }

  @Test func squeezeDropsAxes() throws {
    #expect(try sizes(Squeeze(axes: [0, -1]), [1, 5, 1]) == [5])
    #expect(try sizes(Squeeze(axes: []), [1, 5, 1, n + 2]) == [5, n + 2])
    let guarded = try infer(Squeeze(axes: [1]), Shape(.float, [5, n]))
    #expect(guarded.shape.dimensions == [5])
    #expect(guarded.context.guards.map(\.left) == [n])
    let input = try counting(1, 2, 1, 3)
    let view = try evaluate(Squeeze(axes: [2]), input)
    #expect(view.lens == [1, 2, 3])
    #expect(view.storage === input.storage)
    #expect(try evaluate(Squeeze(axes: []), input).lens == [2, 3])
    let sliced = try evaluate(Slice(axes: [1], starts: [1], ends: [2]), counting(3, 2))
    #expect(try evaluate(Squeeze(axes: [1]), sliced).floats == [1, 3, 5])
  }

  /// Whether an axis is dropped decides the rank, which must be known before the sizes are.
  @Test func squeezeOfAllAxesTakesSymbolsNotToBeOne() throws {
    #expect(try sizes(Squeeze(axes: []), [n, 5, 1]) == [n, 5])
    let operands = [Shape(.float, [n, 5, 1])]
    #expect(
      try evaluate(
        Squeeze(axes: []), counting(2, 5, 1), operands: operands, bindings: [Sizes.n: 2]
      ).lens == [2, 5])
    expectError(.invalidShape, "axes must be named") {
      _ = try evaluate(
        Squeeze(axes: []), counting(1, 5, 1), operands: operands, bindings: [Sizes.n: 1])
    }
  }

  @Test func squeezeRefusesOtherSizes() throws {
    expectError(.invalidShape, "2") { _ = try sizes(Squeeze(axes: [0]), [2, 1]) }
    expectError(.invalidArgument, "axis 2") { _ = try sizes(Squeeze(axes: [2]), [2, 1]) }
    expectError(.invalidArgument, "twice") { _ = try sizes(Squeeze(axes: [1, -1]), [2, 1]) }
    expectError(.invalidShape, "size 1") {
      _ = try Squeeze(axes: [0]).evaluate([counting(2)], in: EvaluationContext(resultTypes: []))
    }
  }

  @Test func unsqueezeInsertsAxes() throws {
    #expect(try sizes(Unsqueeze(axes: [0, -1]), [n, 4]) == [1, n, 4, 1])
    #expect(try sizes(Unsqueeze(axes: [0]), []) == [1])
    let shape = try infer(Unsqueeze(axes: [1]), Shape(.int8, lens: [2, 3])).shape
    #expect(shape == Shape(.int8, lens: [2, 1, 3]))
    let input = try counting(2, 3)
    let view = try evaluate(Unsqueeze(axes: [2, 0]), input)
    #expect(view.lens == [1, 2, 1, 3])
    #expect(view.storage === input.storage)
    #expect(view.floats == input.floats)
    #expect(try evaluate(Unsqueeze(axes: [0]), counting(0)).lens == [1, 0])
  }

  @Test func unsqueezeRefusesWrongAxes() throws {
    expectError(.invalidArgument, "axis 3") { _ = try sizes(Unsqueeze(axes: [3]), [2, 3]) }
    expectError(.invalidArgument, "twice") { _ = try sizes(Unsqueeze(axes: [0, -4]), [2, 3]) }
    expectError(.limitExceeded) { _ = try sizes(Unsqueeze(axes: Array(0..<100)), [2]) }
  }
}
