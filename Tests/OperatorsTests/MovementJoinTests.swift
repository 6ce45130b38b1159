import IR
import Operators
import Support
import Tensors
import Testing

@Suite struct MovementJoinTests {
  let n = Dimension(Sizes.n)
  let s = Dimension(Sizes.s)
  let context = EvaluationContext(resultTypes: [])

  // MARK: Concat

  @Test func concatJoins() throws {
    let (a, b) = (try counting(2, 2), try counting(2, 1))
    #expect(try evaluate(Concat(axis: 1), a, b).floats == [0, 1, 0, 2, 3, 1])
    #expect(try evaluate(Concat(axis: -2), a, a).floats == [0, 1, 2, 3, 0, 1, 2, 3])
    #expect(try evaluate(Concat(axis: 0), a).floats == [0, 1, 2, 3])
    let transposed = try evaluate(Transpose(permutation: [1, 0]), a)
    let broadcast = try evaluate(Multibroadcast(outLens: [2, 2]), counting(2))
    let slice = try evaluate(Slice(axes: [1], starts: [1], ends: [2]), a)
    #expect(
      try evaluate(Concat(axis: 1), transposed, broadcast, slice).floats
        == [0, 2, 0, 1, 1, 1, 3, 0, 1, 3])
    let words = try Argument(strings: ["a", "b"], lens: [2, 1])
    #expect(
      try evaluate(Concat(axis: 1), words, words).stringElements == ["a", "a", "b", "b"])
    let halves = try Argument([Float16(0.5)], lens: [1])
    #expect(try evaluate(Concat(axis: 0), halves, halves).elements(as: Float16.self) == [0.5, 0.5])
  }

  @Test func concatOfNothing() throws {
    let empty = try counting(2, 0)
    #expect(try evaluate(Concat(axis: 1), empty, counting(2, 1), empty).floats == [0, 1])
    #expect(try evaluate(Concat(axis: 0), empty, empty).lens == [4, 0])
  }

  @Test func concatInfersSymbolicSizes() throws {
    let inferred = try infer(
      Concat(axis: 1), Shape(.float, [n, s, 4]), Shape(.float, [n, 1, 4]))
    #expect(inferred.shape == Shape(.float, [n, s + 1, 4]))
    let guarded = try infer(Concat(axis: 1), Shape(.float, [n, 2]), Shape(.float, [s, 2]))
    #expect(guarded.context.guards.count == 1)
    let contents = try infer(
      Concat(axis: 0), Shape(.int64, lens: [1]), Shape(.int64, lens: [2]),
      contents: [[n], [s, 3]])
    #expect(contents.contents == [n, s, 3])
  }

  @Test func concatRefusesWrongInputs() throws {
    expectError(.invalidShape, "1 or more") { _ = try infer(Concat(axis: 0)) }
    expectError(.invalidShape, "axis 0") { _ = try sizes(Concat(axis: 1), [2, 2], [3, 2]) }
    expectError(.invalidShape, "one element type") {
      _ = try infer(Concat(axis: 0), Shape(.float, [1]), Shape(.half, [1]))
    }
    expectError(.invalidShape, "rank") { _ = try sizes(Concat(axis: 0), [2, 2], [2]) }
    expectError(.invalidArgument, "axis 0") { _ = try sizes(Concat(axis: 0), [], []) }
    expectError(.limitExceeded) {
      let huge = try counting(1).view(lens: [1 << 44], strides: [0])
      _ = try Concat(axis: 0).evaluate([huge, huge], in: context)
    }
  }

  // MARK: Tile

  @Test func tileRepeats() throws {
    let input = try counting(2, 2)
    #expect(
      try evaluate(Tile(repeats: [2, 2]), input).floats
        == [0, 1, 0, 1, 2, 3, 2, 3, 0, 1, 0, 1, 2, 3, 2, 3])
    #expect(try evaluate(Tile(repeats: [1, 1]), input).storage === input.storage)
    #expect(try evaluate(Tile(repeats: [0, 2]), input).lens == [0, 4])
    #expect(try evaluate(Tile(repeats: []), Argument([Float(3)], lens: [])).floats == [3])
    let transposed = try evaluate(Transpose(permutation: [1, 0]), input)
    #expect(try evaluate(Tile(repeats: [1, 2]), transposed).floats == [0, 2, 0, 2, 1, 3, 1, 3])
    let words = try Argument(strings: ["a", "b"], lens: [2])
    #expect(try evaluate(Tile(repeats: [2]), words).stringElements == ["a", "b", "a", "b"])
    #expect(try sizes(Tile(repeats: [n, 2]), [3, s]) == [3 * n, 2 * s])
  }

  @Test func tileReadsRepeatsFromAnInput() throws {
    #expect(try evaluate(Tile(), counting(1, 2), vector(2, 1)).floats == [0, 1, 0, 1])
    let shape = Shape(.int64, lens: [2])
    let known = try infer(Tile(), Shape(.float, [n, 1]), shape, contents: [nil, [1, s]])
    #expect(known.shape.dimensions == [n, s])
    #expect(try infer(Tile(), Shape(.float, [n, 1]), shape).context.freshSymbols.count == 2)
    let moved = try infer(
      Tile(), Shape(.int64, lens: [2]), Shape(.int64, lens: [1]), contents: [[n, s], [2]])
    #expect(moved.contents == [n, s, n, s])
  }

  @Test func tileRefusesWrongRepeats() throws {
    expectError(.invalidShape, "2 repeats") { _ = try sizes(Tile(repeats: [2]), [1, 1]) }
    expectError(.invalidArgument, "-1") { _ = try sizes(Tile(repeats: [-1]), [1]) }
    expectError(.invalidArgument, "-1") { _ = try evaluate(Tile(), counting(1), vector(-1)) }
    expectError(.invalidShape) {
      _ = try infer(Tile(), Shape(.float, [1]), Shape(.int64, lens: [2]))
    }
    expectError(.limitExceeded) {
      _ = try Tile(repeats: [Dimension(1 << 44)]).evaluate([counting(1)], in: context)
    }
    expectError(.limitExceeded) {
      _ = try Tile(repeats: [Dimension(Int.max)]).evaluate([counting(3)], in: context)
    }
  }

  // MARK: Pad

  @Test func padAddsElements() throws {
    let input = try counting(2, 3)
    let constant = try evaluate(Pad(mode: .constant, pads: [1, 0, 0, 2], value: 9), input)
    #expect(constant.floats == [9, 9, 9, 9, 9, 0, 1, 2, 9, 9, 3, 4, 5, 9, 9])
    let reflect = try evaluate(Pad(mode: .reflect, pads: [1, 2, 0, 1], value: 0), input)
    #expect(
      reflect.floats == [5, 4, 3, 4, 5, 4, 2, 1, 0, 1, 2, 1, 5, 4, 3, 4, 5, 4])
    let edge = try evaluate(Pad(mode: .edge, pads: [0, 1, 1, 2], value: 0), input)
    #expect(
      edge.floats == [0, 0, 1, 2, 2, 2, 3, 3, 4, 5, 5, 5, 3, 3, 4, 5, 5, 5])
    let cut = try evaluate(Pad(mode: .constant, pads: [-1, 1, 0, -2], value: 7), input)
    #expect(cut.floats == [7, 3])
    let transposed = try evaluate(Transpose(permutation: [1, 0]), input)
    #expect(
      try evaluate(Pad(mode: .edge, pads: [0, 0, 0, 1], value: 0), transposed).floats
        == [0, 3, 3, 1, 4, 4, 2, 5, 5])
    let bytes = try Argument([Int8(1)], lens: [1])
    #expect(
      try evaluate(Pad(mode: .constant, pads: [1, 1], value: -3), bytes).elements(as: Int8.self)
        == [-3, 1, -3])
    #expect(
      try evaluate(Pad(mode: .constant, pads: [1, 1], value: 2), counting(0)).floats == [2, 2])
    #expect(
      try evaluate(Pad(mode: .constant, pads: [], value: 2), Argument([Float(1)], lens: [])).floats
        == [1])
    #expect(
      try sizes(Pad(mode: .constant, pads: [0, 1, 0, 2], value: 0), [n, s]) == [n, s + 3])
  }

  @Test func padRefusesWrongAttributes() throws {
    expectError(.invalidArgument, "4 pads") {
      _ = try sizes(Pad(mode: .constant, pads: [1, 1], value: 0), [1, 1])
    }
    expectError(.invalidShape, "cut more") {
      _ = try sizes(Pad(mode: .constant, pads: [-2, -2], value: 0), [3])
    }
    expectError(.invalidShape, "too small") {
      _ = try sizes(Pad(mode: .reflect, pads: [3, 0], value: 0), [3])
    }
    expectError(.invalidShape, "too small") {
      _ = try sizes(Pad(mode: .edge, pads: [1, 0], value: 0), [0])
    }
    expectError(.invalidShape, "too small") {
      _ = try evaluate(
        Pad(mode: .reflect, pads: [3, 0], value: 0), counting(3), operands: [Shape(.float, [n])],
        bindings: [Sizes.n: 3])
    }
    expectError(.limitExceeded) {
      _ = try sizes(Pad(mode: .constant, pads: [Dimension(.min), Dimension(.max)], value: 0), [3])
    }
    expectError(.limitExceeded) {
      _ = try Pad(mode: .constant, pads: [Dimension(1 << 44), 0], value: 0).evaluate(
        [counting(1)], in: context)
    }
    expectError(.invalidShape, "string_type") {
      _ = try infer(
        Pad(mode: .constant, pads: [0, 0], value: 0), Shape(.string, [1]), Shape(.float, []))
    }
  }
}
