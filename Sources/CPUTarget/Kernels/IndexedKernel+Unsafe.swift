import IR
import Operators
import Support
import Tensors

/// Reads indices, `int32_type` or `int64_type`.
@safe struct IndexReader: Sendable {
  private let isWide: Bool

  init(_ layout: TensorLayout) { isWide = layout.elementType.bitWidth == 64 }

  /// The number at `place`.
  @inline(__always) @unsafe func number(_ base: UnsafeRawPointer, _ place: Int) -> Int {
    unsafe isWide
      ? Int(base.loadUnaligned(fromByteOffset: place &* 8, as: Int64.self))
      : Int(base.loadUnaligned(fromByteOffset: place &* 4, as: Int32.self))
  }

  /// The position along `axis`, of `size` elements, that the number at `place` names; nil, and a report for
  /// ``error(_:_:)``, if there is none.
  @inline(__always) @unsafe func position(
    _ base: UnsafeRawPointer, _ place: Int, among size: Int, axis: Int, _ memory: KernelMemory
  ) -> Int? {
    let index = unsafe number(base, place)
    if index >= 0 && index < size { return index }
    if index < 0 && index >= -size { return index + size }
    // Numbers that nothing has so many elements for are cut.
    let limit = Int.max / (2 * Shape.maximumRank)
    memory.report(max(-limit, min(limit, index)) * Shape.maximumRank + axis)
    return nil
  }

  /// The error for a number that ``position(_:_:among:axis:_:)`` reported, of data with sizes `lens`.
  static func error(_ report: Int, _ lens: [Int]) -> MIGraphXError {
    let axis = report & (Shape.maximumRank - 1)
    let index = (report - axis) / Shape.maximumRank
    do throws(MIGraphXError) {
      _ = try Operators.position(index, among: lens[axis], axis: axis)
      return MIGraphXError(.invalidArgument, "index \(index) lies outside of axis \(axis)")
    } catch { return error }
  }
}

/// Copies a few bytes.
@inline(__always) @unsafe
func copyBytes(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
  switch count {
  case 4: unsafe target.storeBytes(of: source.loadUnaligned(as: UInt32.self), as: UInt32.self)
  case 8: unsafe target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
  case 2: unsafe target.storeBytes(of: source.loadUnaligned(as: UInt16.self), as: UInt16.self)
  case 1: unsafe target.storeBytes(of: source.loadUnaligned(as: UInt8.self), as: UInt8.self)
  default: unsafe target.copyMemory(from: source, byteCount: count)
  }
}

/// The bytes that one task of a copy writes, about.
private let taskByteCount = 32 << 10

extension TaskGrid {
  /// Tasks that copy `count` parts of `byteCount` bytes each, a few parts or a piece of one at a time.
  ///
  /// - Parameter body: copies the bytes of a range of one part.
  static func parts(
    _ count: Int, byteCount: Int,
    _ body: @escaping @Sendable (_ part: Int, _ bytes: Range<Int>, _ memory: KernelMemory) -> Void
  ) -> TaskGrid {
    guard count > 0, byteCount > 0 else { return TaskGrid(0) { _, _ in } }
    if byteCount > 2 * taskByteCount {
      let pieces = byteCount / taskByteCount
      return TaskGrid(count * pieces) { task, memory in
        let (part, piece) = task.quotientAndRemainder(dividingBy: pieces)
        let start = piece * taskByteCount
        body(part, start..<(piece == pieces - 1 ? byteCount : start + taskByteCount), memory)
      }
    }
    let perTask = max(1, taskByteCount / byteCount)
    return TaskGrid((count + perTask - 1) / perTask) { task, memory in
      for part in task * perTask..<min(count, (task + 1) * perTask) {
        body(part, 0..<byteCount, memory)
      }
    }
  }
}

/// Takes the parts of operand 0 that operand 1 names along an axis.
final class GatherKernel: NativeKernel {
  private let op: Gather
  private let runtime: Runtime

  init(_ op: Gather, _ runtime: Runtime) {
    self.op = op
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    let lens = try op.resultLens(operands, in: context)
    let result = try TensorLayout(operands[0].elementType, lens: lens)
    var arranging = Arranging(runtime)
    let (data, layout) = try arranging.place(operands[0], 0)
    let (indices, numbers) = try arranging.place(operands[1], 1)
    let axis = op.axis < 0 ? op.axis + layout.rank : op.axis
    let size = layout.lens[axis]
    let inner = layout.lens[(axis + 1)...].reduce(1, *) * layout.elementType.byteCount(of: 1)
    let count = numbers.elementCount
    let reader = IndexReader(numbers)
    // Indices are checked even where nothing is copied.
    let outer = layout.lens[..<axis].reduce(1, *)
    let copiesNothing = outer == 0 || inner == 0
    arranging.add(
      .parts(copiesNothing ? count : outer * count, byteCount: max(1, inner)) {
        part, bytes, memory in
        let (outer, number) = part.quotientAndRemainder(dividingBy: count)
        let position = unsafe reader.position(
          memory.address(indices), number, among: size, axis: axis, memory)
        guard let position, !copiesNothing else { return }
        let source = unsafe memory.address(data) + (outer * size + position) * inner
        unsafe copyBytes(
          source + bytes.lowerBound, memory.result(0) + (part * inner + bytes.lowerBound),
          bytes.count)
      })
    return arranging.prepared([result]) { IndexReader.error($0, layout.lens) }
  }
}

/// Takes for each index of operand 1 the element of operand 0 that it names along an axis.
final class GatherElementsKernel: NativeKernel {
  private let op: GatherElements
  private let runtime: Runtime

  init(_ op: GatherElements, _ runtime: Runtime) {
    self.op = op
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    let lens = try op.resultLens(operands, in: context)
    let result = try TensorLayout(operands[0].elementType, lens: lens)
    var arranging = Arranging(runtime)
    let (data, layout) = try arranging.place(operands[0], 0)
    let (indices, numbers) = try arranging.place(operands[1], 1)
    let axis = op.axis < 0 ? op.axis + lens.count : op.axis
    let size = layout.lens[axis]
    let width = layout.elementType.byteCount(of: 1)
    let reader = IndexReader(numbers)
    let walk = IndexWalk(numbers, layout, axis: axis)
    arranging.add(
      .parts(walk.rows, byteCount: walk.length * width) { row, bytes, memory in
        let (base, numbers) = unsafe (memory.address(data), memory.address(indices))
        let start = walk.start(of: row)
        for place in bytes.lowerBound / width..<bytes.upperBound / width {
          let position = unsafe reader.position(
            numbers, row &* walk.length &+ place, among: size, axis: axis, memory)
          guard let position else { return }
          let source = start &+ place &* walk.step &+ position &* layout.strides[axis]
          unsafe copyBytes(
            base + source &* width, memory.result(0) + (row &* walk.length &+ place) &* width,
            width)
        }
      })
    return arranging.prepared([result]) { IndexReader.error($0, layout.lens) }
  }
}

/// Where the elements of a tensor lie that indices stand for, but for the axis that the indices name positions of.
private struct IndexWalk: Sendable {
  /// The sizes of all axes of the indices but the last, and the elements between neighbours in the data.
  private let sizes: [Int]
  private let steps: [Int]
  let rows: Int
  /// The indices of a row, and the elements between what neighbours stand for.
  let length: Int
  let step: Int

  init(_ indices: TensorLayout, _ data: TensorLayout, axis: Int) {
    var steps = data.strides
    steps[axis] = 0
    length = indices.lens[indices.rank - 1]
    step = steps[indices.rank - 1]
    sizes = indices.lens.dropLast()
    self.steps = steps.dropLast()
    rows = sizes.reduce(1, *)
  }

  func start(of row: Int) -> Int {
    var (rest, start) = (row, 0)
    for axis in sizes.indices.reversed() {
      let place: Int
      (rest, place) = rest.quotientAndRemainder(dividingBy: sizes[axis])
      start += place * steps[axis]
    }
    return start
  }
}

/// Takes the parts of operand 0 that each row of operand 1 names by positions along the leading axes.
final class GatherNDKernel: NativeKernel {
  private let op: GatherND
  private let runtime: Runtime

  init(_ op: GatherND, _ runtime: Runtime) {
    self.op = op
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    let lens = try op.resultLens(operands, in: context)
    let result = try TensorLayout(operands[0].elementType, lens: lens)
    var arranging = Arranging(runtime)
    let (data, layout) = try arranging.place(operands[0], 0)
    let (indices, numbers) = try arranging.place(operands[1], 1)
    let parts = IndexedParts(numbers, layout, batchAxes: op.batchDims)
    let copiesNothing = parts.byteCount == 0
    arranging.add(
      .parts(parts.count, byteCount: max(1, parts.byteCount)) { part, bytes, memory in
        let start = unsafe parts.start(of: part, memory.address(indices), memory)
        guard let start, !copiesNothing else { return }
        unsafe copyBytes(
          memory.address(data) + (start + bytes.lowerBound),
          memory.result(0) + (part * parts.byteCount + bytes.lowerBound), bytes.count)
      })
    return arranging.prepared([result]) { IndexReader.error($0, layout.lens) }
  }
}

/// Parts of a tensor without gaps that rows of indices name by positions along its leading axes.
struct IndexedParts: Sendable {
  /// The number of rows, and the bytes of each part.
  let count: Int
  let byteCount: Int
  private let depth: Int
  private let sizes: [Int]
  private let steps: [Int]
  private let batchAxes: Int
  private let rowsPerBatch: Int
  private let batchByteCount: Int
  private let reader: IndexReader

  /// - Parameter batchAxes: the leading axes that indices and data have in common.
  init(_ indices: TensorLayout, _ data: TensorLayout, batchAxes: Int) {
    let width = data.elementType.byteCount(of: 1)
    depth = indices.lens[indices.rank - 1]
    self.batchAxes = batchAxes
    let axes = batchAxes..<batchAxes + depth
    sizes = axes.map { data.lens[$0] }
    steps = axes.map { axis in data.lens[(axis + 1)...].reduce(width, *) }
    byteCount = data.lens[(batchAxes + depth)...].reduce(width, *)
    count = indices.lens.dropLast().reduce(1, *)
    rowsPerBatch = max(1, indices.lens[batchAxes...].dropLast().reduce(1, *))
    batchByteCount = data.lens[batchAxes...].reduce(width, *)
    reader = IndexReader(indices)
  }

  /// The bytes before the part that row `row` names; nil, and a report, if there is none.
  @inline(__always) @unsafe func start(
    of row: Int, _ indices: UnsafeRawPointer, _ memory: KernelMemory
  ) -> Int? {
    var start = row / rowsPerBatch * batchByteCount
    for component in 0..<depth {
      let place = row &* depth &+ component
      let position = unsafe reader.position(
        indices, place, among: sizes[component], axis: batchAxes + component, memory)
      guard let position else { return nil }
      start += position * steps[component]
    }
    return start
  }
}

/// Turns round the beginning of each batch's sequence of operand 0, as long as operand 1 says.
final class ReverseSequenceKernel: NativeKernel {
  private let op: ReverseSequence
  private let runtime: Runtime

  init(_ op: ReverseSequence, _ runtime: Runtime) {
    self.op = op
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    let lens = try op.resultLens(operands, in: context)
    let result = try TensorLayout(operands[0].elementType, lens: lens)
    var arranging = Arranging(runtime)
    let (data, layout) = try arranging.place(operands[0], 0)
    let (indices, numbers) = try arranging.place(operands[1], 1)
    let (time, width) = (lens[op.timeAxis], lens[1])
    let byteCount = lens[2...].reduce(layout.elementType.byteCount(of: 1), *)
    let isTimeFirst = op.timeAxis == 0
    let reader = IndexReader(numbers)
    arranging.add(
      .parts(lens[0] * width, byteCount: byteCount) { part, bytes, memory in
        let (first, second) = part.quotientAndRemainder(dividingBy: width)
        let (step, batch) = isTimeFirst ? (first, second) : (second, first)
        let length = unsafe reader.number(memory.address(indices), batch)
        guard length >= 0 && length <= time else {
          return memory.report(max(length, -Int.max))
        }
        let taken = step < length ? length - 1 - step : step
        let source = isTimeFirst ? taken * width + second : first * width + taken
        unsafe copyBytes(
          memory.address(data) + (source * byteCount + bytes.lowerBound),
          memory.result(0) + (part * byteCount + bytes.lowerBound), bytes.count)
      })
    return arranging.prepared([result]) { length in
      MIGraphXError(.invalidArgument, "a length must be 0 to \(time), found \(length)")
    }
  }
}

extension Arranging {
  /// The kernel whose work was added.
  ///
  /// - Parameter fault: the error for a number that a task reported.
  func prepared(
    _ results: [TensorLayout], fault: (@Sendable (Int) -> MIGraphXError)? = nil
  ) -> PreparedKernel {
    PreparedKernel(
      results: results, scratchByteCount: scratch.byteCount, grids: grids, fault: fault)
  }
}
