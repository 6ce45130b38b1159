import Support
import Tensors
import Testing

struct WritingTests {
  /// A view of one element as more elements than any memory has.
  private func vast() throws -> Argument {
    try Argument([1] as [Float], lens: [1]).view(
      lens: [1 << 20, 1 << 20], strides: [0, 0])
  }

  @Test func fillingAViewWritesItsElementsOnly() throws {
    let parent = try Argument([Int32](repeating: 0, count: 12), lens: [3, 4])
    try parent.view(lens: [3, 2], strides: [4, 2], elementOffset: 1).fill(7.9)
    #expect(parent.elements(as: Int32.self) == [0, 7, 0, 7, 0, 7, 0, 7, 0, 7, 0, 7])
    let half = try Argument(zeros: Shape(.half, lens: [2, 3], strides: [1, 2]))
    try half.fill(-0.5)
    #expect(half.converted(to: Float.self) == [Float](repeating: -0.5, count: 6))
    try Argument(zeros: Shape(.bool, lens: [0, 3])).fill(1)
  }

  @Test func axesThatRepeatElementsCostNothing() throws {
    let view = try vast()
    try view.fill(3)
    #expect(try [Float](view.view(lens: [], strides: [])) == [3])
    let source = try Argument([1, 2] as [Float], lens: [2, 1]).view(
      lens: [2, 1 << 40], strides: [1, 0])
    let target = try Argument([0, 0] as [Float], lens: [2, 1]).view(
      lens: [2, 1 << 40], strides: [1, 0])
    try target.copyElements(from: source)
    #expect(try [Float](target.view(lens: [2], strides: [1])) == [1, 2])
  }

  @Test func copiesOfWhatMemoryCannotHoldAreRefused() throws {
    #expect(throws: MIGraphXError.self) { _ = try vast().copied() }
    let wide = try Argument(zeros: Shape(.float, lens: [1 << 20], strides: [1]))
    let overlapping = try wide.view(lens: [1 << 19, 1 << 19], strides: [1, 1])
    #expect(throws: MIGraphXError.self) { try overlapping.fill(1) }
  }

  @Test func theLastOfSeveralElementsForOnePlaceStays() throws {
    let target = try Argument([0, 0] as [Int8], lens: [2])
    try target.view(lens: [2, 3], strides: [1, 0]).copyElements(
      from: Argument([1, 2, 3, 4, 5, 6] as [Int8], lens: [2, 3]))
    #expect(target.elements(as: Int8.self) == [3, 6])
  }

  @Test func elementsMayBeMovedWithinTheirMemory() throws {
    let square = try Argument([1, 2, 3, 4] as [Double], lens: [2, 2])
    try square.copyElements(from: square.view(lens: [2, 2], strides: [1, 2]))
    #expect(square.elements(as: Double.self) == [1, 3, 2, 4])
    let row = try Argument([1, 2, 3, 4] as [Double], lens: [4])
    try row.view(lens: [3], strides: [1], elementOffset: 1)
      .copyElements(from: row.view(lens: [3], strides: [1]))
    #expect(row.elements(as: Double.self) == [1, 1, 2, 3])
  }

  @Test func copiesOfViewsAreInOrder() throws {
    let parent = try Argument((0..<6).map { UInt16($0) }, lens: [2, 3])
    let copy = try parent.view(lens: [3, 2, 2], strides: [-1, 3, 0], elementOffset: 2).copied()
    #expect(copy.strides == [4, 2, 1])
    #expect(copy.elements(as: UInt16.self) == [2, 2, 5, 5, 1, 1, 4, 4, 0, 0, 3, 3])
  }

  @Test(arguments: [
    (DimensionRange(minimum: 1, maximum: 4, optimals: [1, 4]), nil),
    (DimensionRange(minimum: 0, maximum: nil, optimals: [9]), nil),
    (
      DimensionRange(minimum: 1, maximum: 4, optimals: [2, 5]),
      "the optimal size 5 is outside of [1..4]"
    ),
    (
      DimensionRange(minimum: 2, maximum: nil, optimals: [1]),
      "the optimal size 1 is outside of [2..]"
    ),
    (DimensionRange(minimum: 2, maximum: 1), "there is no size in the range [2..1]"),
    (DimensionRange(minimum: -1, maximum: 1), "there is no size in the range [-1..1]"),
  ])
  func ranges(_ range: DimensionRange, _ message: String?) {
    var seen: String?
    do throws(MIGraphXError) { try range.validate() } catch { seen = error.message }
    #expect(seen == message)
  }
}
