import Support
import Tensors
import Testing

struct ArgumentTests {
  static let hostile = [
    Int.min, Int.min + 1, -(1 << 48), -(1 << 47), -1, 0, 1, 1 << 47, (1 << 47) + 1, 1 << 61,
    Int.max - 1, Int.max,
  ]

  @Test func sliceIsAViewAndContiguousCopies() throws {
    let parent = try Argument((0..<24).map { Int32($0) }, lens: [4, 6])
    // [0:4, 2:5]
    let slice = try parent.view(lens: [4, 3], strides: [6, 1], elementOffset: 2)
    #expect(slice.shape == Shape(.int32, lens: [4, 3], strides: [6, 1]))
    #expect(slice.storage === parent.storage)
    let position = try #require(slice.shape.index(of: [1, 0]).constant)
    #expect(slice.byteOffset / 4 + position == 2 + 6)
    #expect(slice.elements(as: Int32.self) == [2, 3, 4, 8, 9, 10, 14, 15, 16, 20, 21, 22])
    let copy = try slice.contiguous()
    #expect(copy.strides == [3, 1] && copy.storage !== parent.storage)
    #expect(copy.elements(as: Int32.self) == slice.elements(as: Int32.self))
    #expect(try parent.contiguous().storage === parent.storage)
    let inner = try slice.view(lens: [2, 2], strides: [12, 2], elementOffset: 6)
    #expect(inner.elements(as: Int32.self) == [8, 10, 20, 22])
  }

  @Test func viewsOfEveryKind() throws {
    // Expected values are those of numpy for arange(24).reshape(2, 3, 4).
    let parent = try Argument((0..<24).map { Double($0) }, lens: [2, 3, 4])
    let transposed = try parent.view(lens: [4, 2, 3], strides: [1, 12, 4])
    #expect(
      transposed.elements(as: Double.self) == [
        0, 4, 8, 12, 16, 20, 1, 5, 9, 13, 17, 21, 2, 6, 10, 14, 18, 22, 3, 7, 11, 15, 19, 23,
      ])
    let stepped = try parent.view(lens: [2, 2, 2], strides: [12, 4, 2], elementOffset: 4)
    #expect(stepped.elements(as: Double.self) == [4, 6, 8, 10, 16, 18, 20, 22])
    let reversed = try parent.view(lens: [4], strides: [-1], elementOffset: 3)
    #expect(reversed.elements(as: Double.self) == [3, 2, 1, 0])
    let repeated = try parent.view(lens: [2, 3], strides: [0, 1], elementOffset: 20)
    #expect(repeated.elements(as: Double.self) == [20, 21, 22, 20, 21, 22])
    let one = try parent.view(lens: [], strides: [], elementOffset: 23)
    #expect(one.elements(as: Double.self) == [23])
    one.withDenseBytes { #expect($0.byteCount == 8) }
    reversed.withDenseBytes { #expect($0.byteCount == 32) }
  }

  @Test func boundsAreChecked() throws {
    let parent = try Argument((0..<24).map { Int16($0) }, lens: [4, 6])
    func fails(_ lens: [Int], _ strides: [Int], _ offset: Int = 0) -> String? {
      #expect(throws: MIGraphXError.self) {
        try parent.view(lens: lens, strides: strides, elementOffset: offset)
      }?.description
    }
    #expect(
      fails([5, 6], [6, 1])
        == "invalid argument: int16_type, {5, 6}, {6, 1} at offset 0 reaches outside of its memory "
        + "of 48 bytes")
    #expect(fails([4, 6], [6, 1], 1) != nil)
    #expect(fails([4, 6], [6, 1], -1) != nil)
    #expect(fails([2], [-1]) != nil)
    #expect(fails([2, 3], [1]) == "invalid argument: 2 sizes need as many strides, not 1")
    #expect(throws: Never.self) { try parent.view(lens: [1], strides: [1], elementOffset: 23) }
    #expect(fails([1], [1], 24) != nil)
  }

  @Test func hostileNumbersNeverTrap() throws {
    let storage = try Storage.allocate(byteCount: 64)
    for len in ArgumentTests.hostile {
      for stride in ArgumentTests.hostile {
        for offset in ArgumentTests.hostile {
          for type in [ElementType.int8, .double, .string] {
            guard
              let made = try? Argument(
                storage, type, lens: [len, 2], strides: [stride, 1], byteOffset: offset)
            else { continue }
            #expect(len == 0 || (len == 1 && offset >= 0 && offset < 64) || stride <= 1)
            for move in ArgumentTests.hostile {
              _ = try? made.view(lens: [1], strides: [stride], elementOffset: move)
              _ = try? made.view(lens: [0], strides: [stride], elementOffset: move)
            }
          }
        }
        _ = try? Argument(zeros: Shape(.float, lens: [len], strides: [stride]))
        _ = try? generateArgument(Shape(.float, lens: [len & 0xFF, 2], strides: [stride, -1]))
      }
    }
  }

  @Test func emptyTensors() throws {
    let empty = try Argument([Float](), lens: [0, 3])
    #expect(empty.elementCount == 0 && empty.elements(as: Float.self).isEmpty)
    empty.withDenseBytes { #expect($0.byteCount == 0) }
    // Past the end of both axes, as slicing [4:4, 6:6] of {4, 6} gives it.
    let parent = try Argument(zeros: Shape(.float, lens: [4, 6]))
    let slice = try parent.view(lens: [0, 0], strides: [6, 1], elementOffset: 4 * 6 + 6)
    slice.withDenseBytes { #expect($0.byteCount == 0) }
    #expect(try slice.contiguous().elements(as: Float.self).isEmpty)
    #expect(try slice.converted(toElementType: .int8).lens == [0, 0])
    #expect(throws: Never.self) {
      try slice.view(lens: [0], strides: [1], elementOffset: .max)
    }
  }

  @Test func numbersOfElementsMustFit() {
    #expect(
      throws: MIGraphXError(
        .invalidArgument, "float_type, {2, 2}, {2, 1} has 4 elements; 3 were given")
    ) { try Argument([1 as Float, 2, 3], lens: [2, 2]) }
    #expect(throws: MIGraphXError.self) { try Argument([Float](), lens: [.max, .max]) }
    #expect(throws: MIGraphXError.self) { try Argument([Float](), lens: [-1]) }
    #expect(throws: MIGraphXError.self) {
      try Argument(zeros: Shape(.float, [Dimension(Symbol("N"))]))
    }
    let error = #expect(throws: MIGraphXError.self) {
      try Argument(zeros: Shape(.int8, lens: [1 << 46]))
    }
    #expect(error?.code == .limitExceeded)
  }

  @Test func broadcastsThatNoMemoryHoldsAreNotCopied() throws {
    let one = try Argument([1 as Float], lens: [1]).view(lens: [1 << 44], strides: [0])
    #expect(throws: MIGraphXError.self) { try one.contiguous() }
    #expect(throws: MIGraphXError.self) { try one.converted(toElementType: .int8) }
  }

  @Test func text() throws {
    let words = try Argument(strings: ["a", "b", "c", "d", "e", "f"], lens: [2, 3])
    #expect(words.shape == Shape(.string, lens: [2, 3]))
    let column = try words.view(lens: [2], strides: [3], elementOffset: 1)
    #expect(column.stringElements == ["b", "e"])
    #expect(try column.contiguous().stringElements == ["b", "e"])
    #expect(
      try words.view(lens: [3, 2], strides: [1, 3]).stringElements == [
        "a", "d", "b", "e", "c", "f",
      ])
    #expect(throws: MIGraphXError.self) {
      try words.view(lens: [2], strides: [3], elementOffset: 3)
    }
    #expect(throws: MIGraphXError.self) {
      try words.view(lens: [1], strides: [1], elementOffset: -1)
    }
    #expect(throws: MIGraphXError.self) { try words.converted(toElementType: .float) }
    #expect(try Argument(zeros: Shape(.string, lens: [2])).stringElements == ["", ""])
    // Text is no memory of numbers, nor the other way round.
    #expect(throws: MIGraphXError.self) {
      try Argument(words.storage, .float, lens: [1], strides: [1])
    }
    #expect(throws: MIGraphXError.self) {
      try Argument(Storage.allocate(byteCount: 8), .string, lens: [1], strides: [1])
    }
  }
}
