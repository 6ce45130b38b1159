import IR
import Operators
import Support
import Tensors
import Testing

@Suite struct MovementSliceTests {
  let n = Dimension(Sizes.n)
  let s = Dimension(Sizes.s)
  let h = Dimension(Sizes.h)
  static let end = Dimension(Int.max)
  static let begin = Dimension(Int.min)

  /// Positions taken by the rules of ONNX, written with numbers.
  static func positions(_ start: Int, _ end: Int, _ step: Int, _ size: Int) -> [Int] {
    if size == 0 { return [] }
    func clamped(_ position: Int, _ least: Int, _ most: Int) -> Int {
      let counted = position < 0 ? max(position, -2 * size) + size : position
      return min(max(counted, least), most)
    }
    let first = step > 0 ? clamped(start, 0, size) : clamped(start, 0, size - 1)
    let last = step > 0 ? clamped(end, 0, size) : clamped(end, -1, size - 1)
    return Array(stride(from: first, to: last, by: step))
  }

  @Test func sliceIsAView() throws {
    let input = try counting(4, 6)
    let slice = try evaluate(Slice(axes: [0, 1], starts: [0, 2], ends: [4, 5]), input)
    #expect(slice.lens == [4, 3])
    #expect(slice.strides == [6, 1])
    #expect(slice.storage === input.storage)
    #expect(slice.byteOffset == 2 * 4)
    #expect(try slice.shape.index(of: [1, 0]) == 6)
    #expect(slice.floats == [2, 3, 4, 8, 9, 10, 14, 15, 16, 20, 21, 22])
    let copy = try evaluate(Contiguous(), slice)
    #expect(copy.strides == [3, 1])
    #expect(copy.storage !== input.storage)
    #expect(copy.floats == slice.floats)
    #expect(try evaluate(Contiguous(), input).storage === input.storage)
  }

  @Test func sliceTakesWhatONNXSays() throws {
    let numbers = [Int.min, -9, -5, -4, -1, 0, 1, 3, 4, 5, 9, Int.max]
    for size in [0, 1, 4] {
      let input = try counting(size)
      for start in numbers {
        for end in numbers {
          for step in [1, 2, 3, Int.max, -1, -2, Int.min] {
            let slice = Slice(
              axes: [0], starts: [Dimension(start)], ends: [Dimension(end)], steps: [step])
            let expected = MovementSliceTests.positions(start, end, step, size)
            #expect(
              try evaluate(slice, input).floats == expected.map { Float($0) },
              "[\(start):\(end):\(step)] of \(size)")
          }
        }
      }
    }
  }

  @Test func symbolicSlicesAgreeWithNumbers() throws {
    let e = Symbol("E")
    let bounds: [Dimension] = [
      0, 2, -1, -3, Dimension(Int.max), Dimension(Int.min), Dimension(e), Dimension(e) - 3,
    ]
    for start in bounds {
      for end in bounds {
        for step in [1, 2, -1, -2] {
          let slice = Slice(axes: [-1], starts: [start], ends: [end], steps: [step])
          let inferred = try infer(slice, Shape(.float, [2, h])).shape.dimensions[1]
          for size in [0, 1, 2, 5] {
            for value in [0, 1, 3, 7] {
              let binding = { (symbol: Symbol) in symbol == e ? value : size }
              let numbers = [start, end].compactMap { $0.evaluated(binding) }
              let expected = MovementSliceTests.positions(numbers[0], numbers[1], step, size).count
              #expect(
                inferred.evaluated(binding) == expected,
                "[\(start):\(end):\(step)] of \(size), E = \(value): \(inferred)")
            }
          }
        }
      }
    }
  }

  @Test func symbolicSlicesAreSimple() throws {
    func size(_ start: Dimension, _ end: Dimension, _ step: Int = 1, of size: Dimension) throws
      -> Dimension
    {
      try sizes(Slice(axes: [1], starts: [start], ends: [end], steps: [step]), [1, size])[1]
    }
    #expect(try size(0, s, of: 512) == .minimum(s, 512))
    #expect(try size(0, MovementSliceTests.end, of: s) == s)
    #expect(try size(0, MovementSliceTests.end, of: h) == h)
    #expect(try size(0, -1, of: s) == s - 1)
    #expect(try size(0, -1, of: h) == .maximum(h - 1, 0))
    #expect(try size(1, MovementSliceTests.end, of: s) == s - 1)
    #expect(try size(-1, MovementSliceTests.end, of: s) == 1)
    #expect(try size(s, 2 * s, of: 2 * s) == s)
    #expect(try size(0, MovementSliceTests.end, 2, of: s) == s.ceilDivided(by: 2))
    #expect(try size(-1, MovementSliceTests.begin, -1, of: s) == s)
    let inferred = try infer(
      Slice(axes: [0], starts: [1], ends: [2]), Shape(.float, [n, s]))
    #expect(inferred.context.freshSymbols.isEmpty && inferred.context.guards.isEmpty)
    #expect(inferred.shape.strides == [s, 1])
  }

  @Test func slicesOfViews() throws {
    let input = try counting(3, 4)
    let transposed = try evaluate(Transpose(permutation: [1, 0]), input)
    let slice = try evaluate(
      Slice(axes: [1, 0], starts: [-1, 0], ends: [MovementSliceTests.begin, 3], steps: [-2, 2]),
      transposed)
    #expect(slice.floats == [8, 0, 10, 2])
    #expect(slice.storage === input.storage)
    // Reversing twice gives the input.
    let reverse = Slice(
      axes: [0, 1], starts: [-1, -1], ends: [MovementSliceTests.begin, MovementSliceTests.begin],
      steps: [-1, -1])
    let reversed = try evaluate(reverse, input)
    #expect(reversed.floats == input.floats.reversed())
    #expect(reversed.shape.byteCount == 48)
    #expect(!reversed.shape.isPacked && !reversed.shape.isStandard)
    #expect(try evaluate(reverse, reversed).floats == input.floats)
    let broadcast = try evaluate(Multibroadcast(outLens: [3, 4]), counting(4))
    #expect(
      try evaluate(Slice(axes: [0, 1], starts: [1, 2], ends: [3, 4]), broadcast).floats
        == [2, 3, 2, 3])
  }

  @Test func slicesOfOtherTypes() throws {
    let words = try Argument(strings: ["a", "b", "c"], lens: [3])
    let last = Slice(axes: [0], starts: [1], ends: [MovementSliceTests.end])
    #expect(try evaluate(last, words).stringElements == ["b", "c"])
    let flags = try Argument([true, false, true].map { Bool8($0) }, lens: [3])
    #expect(try evaluate(last, flags).elements(as: Bool8.self) == [Bool8(false), Bool8(true)])
  }

  @Test func sliceReadsRangesFromInputs() throws {
    let input = try counting(4, 6)
    #expect(try evaluate(Slice(), input, vector(1), vector(3)).lens == [2, 6])
    let index = Shape(.int64, lens: [2])
    let known = try infer(
      Slice(), Shape(.float, [n, s]), index, index, index, index,
      contents: [nil, [0, 0], [Dimension(Int.max), s - 1], [0, 1], [1, 1]])
    #expect(known.shape.dimensions == [n, s - 1])
    let open = try infer(
      Slice(), Shape(.float, [n, 9]), Shape(.int32, lens: [1]), Shape(.int32, lens: [1]),
      Shape(.int32, lens: [1]), contents: [nil, nil, [4], [1]])
    #expect(open.shape.dimensions[0] == n)
    #expect(open.context.freshSymbols.map(\.maximum) == [9])
    let operation = Slice()
    let result = try operation.evaluate(
      [input, vector(-1), vector(Int.min), vector(1), vector(-2)],
      in: EvaluationContext(resultTypes: []))
    #expect(result[0].lens == [4, 3])
    #expect(result[0].floats.prefix(3) == [5, 3, 1])
  }

  @Test func sliceFollowsContents() throws {
    let inferred = try infer(
      Slice(axes: [0], starts: [-1], ends: [MovementSliceTests.begin], steps: [-2]),
      Shape(.int64, lens: [3]), contents: [[n, s, 7]])
    #expect(inferred.contents == [7, n])
  }

  @Test func sliceRefusesWrongAttributes() throws {
    expectError(.invalidArgument, "step") {
      _ = try sizes(Slice(axes: [0], starts: [0], ends: [1], steps: [0]), [4])
    }
    expectError(.invalidArgument, "as many") {
      _ = try sizes(Slice(axes: [0, 1], starts: [0], ends: [1]), [4, 4])
    }
    expectError(.invalidArgument, "axis 1") {
      _ = try sizes(Slice(axes: [1], starts: [0], ends: [1]), [4])
    }
    expectError(.invalidArgument, "twice") {
      _ = try sizes(Slice(axes: [0, -1], starts: [0, 0], ends: [1, 1]), [4])
    }
    expectError(.invalidShape) {
      _ = try infer(Slice(), Shape(.float, [4]), Shape(.int64, lens: [1]))
    }
    expectError(.invalidShape, "one length") {
      _ = try infer(
        Slice(), Shape(.float, [4]), Shape(.int64, lens: [1]), Shape(.int64, lens: [2]))
    }
    expectError(.invalidShape, "int64_type") {
      _ = try infer(
        Slice(), Shape(.float, [4]), Shape(.float, lens: [1]), Shape(.int64, lens: [1]))
    }
    let index = Shape(.int64, lens: [1])
    expectError(.invalidArgument, "axis 1 is not among") {
      _ = try infer(
        Slice(), Shape(.float, [4]), index, index, index, index,
        contents: [nil, nil, nil, [1], nil])
    }
    let pair = Shape(.int64, lens: [2])
    expectError(.invalidShape, "2 axes are more than") {
      _ = try infer(Slice(), Shape(.float, [4]), pair, pair, pair)
    }
  }

  @Test func splitCutsIntoViews() throws {
    let input = try counting(2, 5)
    let parts = try Split(axis: -1).evaluate(
      [input, vector(1, 0, 4)], in: EvaluationContext(resultTypes: []))
    #expect(parts.map(\.lens) == [[2, 1], [2, 0], [2, 4]])
    #expect(parts[0].floats == [0, 5] && parts[2].floats == [1, 2, 3, 4, 6, 7, 8, 9])
    let shapes = try infer(
      Split(axis: 1), Shape(.float, [n, 5]), Shape(.int64, lens: [2]), contents: [nil, [n, 3]])
    #expect(shapes.types.compactMap(\.shape?.dimensions) == [[n, n], [n, 3]])
    #expect(shapes.context.guards.count == 1)
    let open = try infer(Split(axis: 1), Shape(.float, [n, 5]), Shape(.int64, lens: [2]))
    #expect(open.types.compactMap { $0.shape?.dimensions[1].upperBound } == [5, 5])
    expectError(.invalidArgument, "the sum of the sizes [1, 3] must be 5") {
      _ = try evaluate(Split(axis: 1), input, vector(1, 3))
    }
    expectError(.invalidArgument, "must not be negative, found -1") {
      _ = try evaluate(Split(axis: 1), input, vector(-1, 6))
    }
    expectError(.invalidArgument) {
      _ = try evaluate(Split(axis: 1), input, vector(.max, .max))
    }
    expectError(.unsupported, "the number of parts must be known") {
      _ = try infer(Split(axis: 1), Shape(.float, lens: [2, 5]), Shape(.int64, [n]))
    }
    expectError(.invalidShape, "must be equal, found 5 and 7") {
      _ = try infer(
        Split(axis: 1), Shape(.float, lens: [2, 5]), Shape(.int64, lens: [2]),
        contents: [nil, [3, 4]])
    }
  }
}
