import IR
import Operators
import Support
import Tensors
import Testing

@Suite struct MovementGatherTests {
  let n = Dimension(Sizes.n)
  let s = Dimension(Sizes.s)
  let context = EvaluationContext(resultTypes: [])

  // MARK: Gather

  @Test func gatherInfersSizes() throws {
    let index = Shape(.int64, [n, s])
    #expect(
      try infer(Gather(axis: 0), Shape(.float, [300, 768]), index).shape
        == Shape(.float, [n, s, 768]))
    #expect(
      try infer(Gather(axis: -1), Shape(.half, [n, 4]), Shape(.int32, [])).shape
        == Shape(.half, [n]))
  }

  @Test func gatherTakesParts() throws {
    let data = try counting(3, 4)
    let rows = try evaluate(Gather(axis: 0), data, vector(2, -3))
    #expect(rows.floats == [8, 9, 10, 11, 0, 1, 2, 3])
    let columns = try evaluate(
      Gather(axis: 1), data, Argument([Int32(3), 0, -2, 1], lens: [2, 2]))
    #expect(columns.lens == [3, 2, 2])
    #expect(columns.floats == [3, 0, 2, 1, 7, 4, 6, 5, 11, 8, 10, 9])
    let scalar = try evaluate(Gather(axis: 1), data, Argument([Int64(1)], lens: []))
    #expect(scalar.lens == [3])
    #expect(scalar.floats == [1, 5, 9])
    let transposed = try evaluate(Transpose(permutation: [1, 0]), data)
    #expect(try evaluate(Gather(axis: 0), transposed, vector(1)).floats == [1, 5, 9])
    let broadcast = try evaluate(Multibroadcast(outLens: [2, 2]), vector(1))
    #expect(try evaluate(Gather(axis: 0), counting(2), broadcast).floats == [1, 1, 1, 1])
  }

  @Test func gatherTakesAllTypes() throws {
    let words = try Argument(strings: ["a", "b", "c"], lens: [3])
    #expect(try evaluate(Gather(axis: 0), words, vector(2, 0)).stringElements == ["c", "a"])
    let bytes = try Argument([UInt8(7), 8, 9], lens: [3])
    #expect(try evaluate(Gather(axis: 0), bytes, vector(-1)).elements(as: UInt8.self) == [9])
    let wide = try Argument([Double(0.5), 1.5], lens: [2])
    #expect(try evaluate(Gather(axis: 0), wide, vector(1)).elements(as: Double.self) == [1.5])
  }

  @Test func gatherOfNothing() throws {
    #expect(try evaluate(Gather(axis: 0), counting(3, 0), vector(1)).lens == [1, 0])
    #expect(try evaluate(Gather(axis: 0), counting(3, 2), vector()).lens == [0, 2])
    #expect(try evaluate(Gather(axis: 0), counting(0, 2), vector()).lens == [0, 2])
  }

  @Test func gatherFollowsContents() throws {
    let inferred = try infer(
      Gather(axis: 0), Shape(.int64, lens: [3]), Shape(.int64, []), contents: [[n, s, 768], [-2]])
    #expect(inferred.contents == [s])
  }

  @Test func gatherRefusesWrongIndices() throws {
    expectError(.invalidArgument, "index 3 lies outside of axis 0, whose indices are -3 to 2") {
      _ = try evaluate(Gather(axis: 0), counting(3), vector(3))
    }
    expectError(.invalidArgument, "index -4") {
      _ = try evaluate(Gather(axis: 0), counting(3), vector(-4))
    }
    expectError(.invalidArgument) {
      _ = try evaluate(Gather(axis: 0), counting(0), vector(0))
    }
    expectError(.invalidArgument) {
      _ = try evaluate(Gather(axis: 0), counting(3), vector(Int.min))
    }
    expectError(.invalidShape, "float_type") {
      _ = try infer(Gather(axis: 0), Shape(.float, [3]), Shape(.float, [1]))
    }
    expectError(.invalidArgument, "axis 0") {
      _ = try infer(Gather(axis: 0), Shape(.float, []), Shape(.int64, [1]))
    }
    expectError(.invalidShape) { _ = try infer(Gather(axis: 0), Shape(.float, [3])) }
    expectError(.limitExceeded) {
      let one = try Argument([Int64(0)], lens: [1])
      let many = try one.view(lens: [1 << 40], strides: [0])
      let row = try counting(1).view(lens: [1, 1 << 40], strides: [0, 0])
      _ = try Gather(axis: 0).evaluate([row, many], in: context)
    }
  }

  // MARK: GatherElements

  @Test func gatherElementsTakesElements() throws {
    let data = try counting(3, 3)
    let index = try Argument([Int64(1), 2, 0, 2, 0, 0], lens: [2, 3])
    #expect(try evaluate(GatherElements(axis: 0), data, index).floats == [3, 7, 2, 6, 1, 2])
    let pairs = try Argument([Int64(0), 0, 1, -1], lens: [2, 2])
    #expect(try evaluate(GatherElements(axis: 1), data, pairs).floats == [0, 0, 4, 5])
    let transposed = try evaluate(Transpose(permutation: [1, 0]), data)
    #expect(try evaluate(GatherElements(axis: 1), transposed, pairs).floats == [0, 0, 4, 7])
    let words = try Argument(strings: ["a", "b"], lens: [2])
    #expect(
      try evaluate(GatherElements(axis: 0), words, vector(1, 1, 0)).stringElements
        == ["b", "b", "a"])
    #expect(
      try evaluate(GatherElements(axis: 0), counting(0, 2), Argument([Int64](), lens: [0, 2])).lens
        == [0, 2])
    #expect(
      try infer(GatherElements(axis: 1), Shape(.float, [n, 9]), Shape(.int64, [n, s])).shape
        == Shape(.float, [n, s]))
  }

  @Test func gatherElementsRefusesWrongInputs() throws {
    expectError(.invalidShape, "at most size 2") {
      _ = try infer(GatherElements(axis: 1), Shape(.float, [2, 3]), Shape(.int64, [3, 3]))
    }
    expectError(.invalidShape, "one rank") {
      _ = try infer(GatherElements(axis: 0), Shape(.float, [2, 3]), Shape(.int64, [3]))
    }
    expectError(.invalidArgument, "index 5") {
      _ = try evaluate(GatherElements(axis: 0), counting(5), vector(5))
    }
  }

  // MARK: GatherND

  @Test func gatherNDTakesParts() throws {
    let data = try counting(2, 2, 2)
    let whole = try Argument([Int64(0), 0, 1, 1, 1, -2], lens: [2, 3])
    #expect(try evaluate(GatherND(batchDims: 0), data, whole).floats == [1, 6])
    let pairs = try Argument([Int64(0), 1, 1, 0], lens: [2, 1, 2])
    let parts = try evaluate(GatherND(batchDims: 0), data, pairs)
    #expect(parts.lens == [2, 1, 2])
    #expect(parts.floats == [2, 3, 4, 5])
    let batch = try evaluate(
      GatherND(batchDims: 1), data, Argument([Int64(1), 0], lens: [2, 1]))
    #expect(batch.lens == [2, 2])
    #expect(batch.floats == [2, 3, 4, 5])
    let empty = try Argument([Int64](), lens: [0, 2])
    #expect(try evaluate(GatherND(batchDims: 0), data, empty).lens == [0, 2])
    let shape = try infer(
      GatherND(batchDims: 1), Shape(.float, [n, 8, 4]), Shape(.int64, [n, s, 1])
    ).shape
    #expect(shape == Shape(.float, [n, s, 4]))
  }

  @Test func gatherNDRefusesWrongInputs() throws {
    expectError(.invalidShape, "1 to 2") {
      _ = try infer(GatherND(batchDims: 0), Shape(.float, [2, 3]), Shape(.int64, [1, 3]))
    }
    expectError(.invalidShape, "1 to 2") {
      _ = try infer(GatherND(batchDims: 0), Shape(.float, [2, 3]), Shape(.int64, [1, 0]))
    }
    expectError(.unsupported, "rank") {
      _ = try infer(GatherND(batchDims: 0), Shape(.float, [2, 3]), Shape(.int64, [1, n]))
    }
    expectError(.invalidArgument, "batch_dims") {
      _ = try infer(GatherND(batchDims: 1), Shape(.float, [2, 3]), Shape(.int64, [1]))
    }
    expectError(.invalidShape, "axis 0") {
      _ = try infer(GatherND(batchDims: 1), Shape(.float, [2, 3]), Shape(.int64, [4, 1]))
    }
    expectError(.invalidArgument, "axis 1") {
      let index = try Argument([Int64(0), 3], lens: [1, 2])
      _ = try evaluate(GatherND(batchDims: 0), counting(2, 3), index)
    }
  }
}
