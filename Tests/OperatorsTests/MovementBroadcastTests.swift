import IR
import Operators
import Support
import Tensors
import Testing

@Suite struct MovementBroadcastTests {
  let n = Dimension(Sizes.n)
  let s = Dimension(Sizes.s)

  // MARK: Multibroadcast

  @Test func multibroadcastRepeats() throws {
    let input = try counting(3, 1)
    let view = try evaluate(Multibroadcast(outLens: [2, 3, 2]), input)
    #expect(view.strides == [0, 1, 0])
    #expect(view.storage === input.storage)
    #expect(view.floats == [0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2])
    let scalar = try Argument([Float(7)], lens: [])
    #expect(try evaluate(Multibroadcast(outLens: [2]), scalar).floats == [7, 7])
    #expect(try evaluate(Multibroadcast(outLens: [0, 3]), counting(1, 3)).lens == [0, 3])
    let transposed = try evaluate(Transpose(permutation: [1, 0]), counting(2, 3))
    #expect(
      try evaluate(Multibroadcast(outLens: [2, 3, 2]), transposed).strides == [0, 1, 3])
    let words = try Argument(strings: ["a", "b"], lens: [2])
    #expect(
      try evaluate(Multibroadcast(outLens: [2, 2]), words).stringElements == ["a", "b", "a", "b"])
  }

  @Test func multibroadcastInfersSymbolicSizes() throws {
    let plain = try infer(Multibroadcast(outLens: [n, 12, s, s]), Shape(.float, [n, 1, 1, s]))
    #expect(plain.shape == Shape(.float, [n, 12, s, s], strides: [s, 0, 0, 1]))
    #expect(plain.context.guards.isEmpty)
    let guarded = try infer(Multibroadcast(outLens: [8]), Shape(.float, [n]))
    #expect(guarded.shape == Shape(.float, lens: [8]))
    #expect(guarded.context.guards.count == 1)
  }

  @Test func multibroadcastRefusesOtherSizes() throws {
    expectError(.invalidShape, "2 and 3") {
      _ = try sizes(Multibroadcast(outLens: [3]), [2])
    }
    expectError(.invalidShape, "does not fit") {
      _ = try sizes(Multibroadcast(outLens: [3]), [1, 3])
    }
    expectError(.invalidArgument, "-1") { _ = try sizes(Multibroadcast(outLens: [-1]), [1]) }
    expectError(.invalidShape) { _ = try infer(Multibroadcast(outLens: [1])) }
  }

  @Test func expandGoesBothWays() throws {
    let result = try evaluate(Multibroadcast(outLens: []), counting(3, 1), vector(2, 1, 4))
    #expect(result.lens == [2, 3, 4])
    #expect(result.strides == [0, 1, 0])
    #expect(try evaluate(Multibroadcast(), counting(2, 3), vector(1)).lens == [2, 3])
    let shape = Shape(.int64, lens: [3])
    let known = try infer(
      Multibroadcast(), Shape(.float, [1, 12, n]), shape, contents: [nil, [s, 1, n]])
    #expect(known.shape == Shape(.float, [s, 12, n], strides: [0, n, 1]))
    #expect(known.context.guards.isEmpty)
    let open = try infer(Multibroadcast(), Shape(.float, [1, 12, n]), shape)
    #expect(open.shape.dimensions.dropFirst() == [12, n])
    #expect(open.context.freshSymbols.count == 1)
    // A size of 12 allows for a symbol to be 12 or 1.
    let either = try infer(
      Multibroadcast(), Shape(.float, [12]), Shape(.int64, lens: [1]), contents: [nil, [n]])
    #expect(either.shape.dimensions == [12])
  }

  @Test func expandRefusesOtherSizes() throws {
    expectError(.invalidShape, "3 and 4") {
      _ = try infer(
        Multibroadcast(), Shape(.float, [3]), Shape(.int64, lens: [1]), contents: [nil, [4]])
    }
    expectError(.invalidShape, "int64_type") {
      _ = try infer(Multibroadcast(), Shape(.float, [3]), Shape(.float, lens: [1]))
    }
    expectError(.invalidShape) { _ = try evaluate(Multibroadcast(), counting(3), vector(4)) }
    expectError(.invalidArgument) { _ = try evaluate(Multibroadcast(), counting(1), vector(-3)) }
    // The type says that a symbolic size is not repeated.
    expectError(.invalidShape, "broadcast to 4") {
      _ = try evaluate(
        Multibroadcast(), counting(1), vector(4),
        operands: [Shape(.float, [n]), Shape(.int64, lens: [1])], bindings: [Sizes.n: 1])
    }
  }

  // MARK: Broadcast

  @Test func broadcastPlacesAxes() throws {
    let input = try counting(3)
    let view = try evaluate(Broadcast(axis: 1, outLens: [2, 3, 2]), input)
    #expect(view.strides == [0, 1, 0])
    #expect(view.storage === input.storage)
    #expect(view.floats == [0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2])
    #expect(try evaluate(Broadcast(axis: 0, outLens: [3, 0]), input).lens == [3, 0])
    let scalar = try Argument([Int8(7)], lens: [])
    #expect(
      try evaluate(Broadcast(axis: 0, outLens: [2]), scalar).elements(as: Int8.self) == [7, 7])
    #expect(
      try infer(Broadcast(axis: 1, outLens: [n, 64, s]), Shape(.float, [64])).shape
        == Shape(.float, [n, 64, s], strides: [0, 1, 0]))
  }

  @Test func broadcastRefusesOtherSizes() throws {
    expectError(.invalidShape, "3 and 2") {
      _ = try sizes(Broadcast(axis: 0, outLens: [2, 3]), [3])
    }
    expectError(.invalidShape, "does not fit") {
      _ = try sizes(Broadcast(axis: 1, outLens: [2, 3]), [3, 2])
    }
    expectError(.invalidArgument, "axis 2") {
      _ = try sizes(Broadcast(axis: 2, outLens: [2, 3]), [3])
    }
  }

  // MARK: Contiguous, Identity, Undefined

  @Test func contiguousCopiesViews() throws {
    let broadcast = try evaluate(Multibroadcast(outLens: [2, 2]), counting(2))
    let copy = try evaluate(Contiguous(), broadcast)
    #expect(copy.isStandard)
    #expect(copy.floats == [0, 1, 0, 1])
    #expect(
      try infer(Contiguous(), Shape(.float, [n, s], strides: [1, n])).shape
        == Shape(.float, [n, s]))
    #expect(try infer(Contiguous(), Shape(.int64, lens: [1]), contents: [[n]]).contents == [n])
    expectError(.invalidShape, "1 inputs") { _ = try infer(Contiguous()) }
    expectError(.limitExceeded) {
      let huge = try counting(1).view(lens: [1 << 44], strides: [0])
      _ = try Contiguous().evaluate([huge], in: EvaluationContext(resultTypes: []))
    }
  }

  @Test func identityGivesAnyValue() throws {
    let type = ValueType.sequence(.tensor(Shape(.float, [n])))
    #expect(try infer(Identity(), types: [type]).types == [type])
    #expect(try infer(Identity(), Shape(.int64, lens: [1]), contents: [[s]]).contents == [s])
    let input = try counting(2)
    #expect(try evaluate(Identity(), input).storage === input.storage)
    #expect(try module(Identity(), type).types == [type])
    expectError(.invalidShape, "found 0") { _ = try infer(Identity()) }
    expectError(.invalidShape, "found 2") { _ = try infer(Identity(), types: [type, type]) }
  }

  @Test func undefinedHasNoValue() throws {
    #expect(try infer(Undefined()).types == [.optional(.tensor(Shape(.float, [])))])
    let values = try Undefined().evaluate([], in: EvaluationContext(resultTypes: []))
    guard case .optional(let value, let wrapped)? = values.first else {
      Issue.record("no optional value")
      return
    }
    #expect(value == nil)
    #expect(wrapped == .tensor(Shape(.float, [])))
    expectError(.invalidShape, "found 1") { _ = try infer(Undefined(), Shape(.float, [])) }
    expectError(.invalidShape, "must be a tensor") {
      _ = try infer(Contiguous(), types: infer(Undefined()).types)
    }
  }
}
