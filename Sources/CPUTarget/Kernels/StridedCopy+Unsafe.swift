import Codegen
import Support
import Tensors

extension Runtime {
  /// A copy of `argument` whose axes lie without gaps in the order of `layout`, outermost first; by default in
  /// their own order. It may be of any contents if `argument` has no elements.
  ///
  /// - Throws: `limitExceeded` or `system` when there is no memory.
  func copy(_ argument: Argument, layout: [Int]? = nil) throws(MIGraphXError) -> Argument {
    let result = try buffers.tensor(argument.elementType, lens: argument.lens, layout: layout)
    copyElements(of: argument, to: result)
    return result
  }

  /// `argument` if its axes lie without gaps in the order of `layout`, else such a copy.
  ///
  /// - Throws: see ``copy(_:layout:)``.
  func arranged(_ argument: Argument, layout: [Int]? = nil) throws(MIGraphXError) -> Argument {
    argument.isDense(layout) ? argument : try copy(argument, layout: layout)
  }

  /// Writes the elements of `source` to `target`, which has the same type and sizes, and repeats nothing.
  func copyElements(of source: Argument, to target: Argument) {
    guard source.elementCount > 0 else { return }
    let axes = CopyAxis.collapsed(source, target)
    switch source.elementType.bitWidth {
    case 8: copy(axes, source, target, as: UInt8.self)
    case 16: copy(axes, source, target, as: UInt16.self)
    case 32: copy(axes, source, target, as: UInt32.self)
    default: copy(axes, source, target, as: UInt64.self)
    }
  }

  private func copy<Element: FixedWidthInteger & Sendable>(
    _ axes: [CopyAxis], _ source: Argument, _ target: Argument, as type: Element.Type
  ) {
    let inner = Array(axes.suffix(2))
    let outer = Array(axes.dropLast(2))
    let block = CopyBlock<Element>(inner)
    let outerCount = outer.reduce(1) { $0 * $1.size }
    // A few rows of the inner grid are a task where the grid is large.
    let pieces = max(1, min(inner[0].size, inner[0].size * inner[1].size / (16 << 10)))
    unsafe source.withAddresses(to: target) { pointers in
      pool.run(outerCount * pieces) { task in
        let (number, piece) = task.quotientAndRemainder(dividingBy: pieces)
        var (rest, from, to) = (number, 0, 0)
        for axis in outer.reversed() {
          let place: Int
          (rest, place) = rest.quotientAndRemainder(dividingBy: axis.size)
          from += place * axis.source
          to += place * axis.target
        }
        let rows = piece * inner[0].size / pieces..<(piece + 1) * inner[0].size / pieces
        let width = MemoryLayout<Element>.size
        unsafe block.copy(rows, pointers.read + from * width, pointers.write + to * width)
      }
    }
  }
}

extension Argument {
  /// Whether the axes lie without gaps in the order of `layout`, by default their own.
  func isDense(_ layout: [Int]?) -> Bool {
    guard let layout else { return isStandard }
    var expected = 1
    for axis in layout.reversed() where lens[axis] != 1 {
      if strides[axis] != expected { return false }
      expected *= lens[axis]
    }
    return true
  }
}

/// An axis of a copy, with the elements between neighbours on either side.
private struct CopyAxis {
  var size: Int
  var source: Int
  var target: Int

  /// The axes in the order of the target, those merged that lie as one on both sides; at least two.
  static func collapsed(_ source: Argument, _ target: Argument) -> [CopyAxis] {
    var axes: [CopyAxis] = []
    let all = source.lens.indices.map { axis in
      CopyAxis(
        size: source.lens[axis], source: source.strides[axis], target: target.strides[axis])
    }
    for axis in all.filter({ $0.size != 1 }).sorted(by: { $0.target > $1.target }) {
      if let last = axes.last, last.source == axis.source * axis.size,
        last.target == axis.target * axis.size
      {
        axes[axes.count - 1] = CopyAxis(
          size: last.size * axis.size, source: axis.source, target: axis.target)
      } else {
        axes.append(axis)
      }
    }
    let missing = max(0, 2 - axes.count)
    axes = Array(repeating: CopyAxis(size: 1, source: 0, target: 0), count: missing) + axes
    // The axis along which the source is read in order joins the innermost one of the target.
    let inner = axes.count - 1
    if let next = axes.indices.dropLast().first(where: { abs(axes[$0].source) == 1 }),
      axes[inner].source != 1
    {
      axes.swapAt(next, inner - 1)
    }
    return axes
  }
}

/// Copies a grid of rows and columns.
private struct CopyBlock<Element: FixedWidthInteger & Sendable>: Sendable {
  let columns: Int
  let rowSteps: (source: Int, target: Int)
  let steps: (source: Int, target: Int)
  /// Rows and columns of a square that stays in the cache.
  private static var edge: Int { 16 }

  init(_ axes: [CopyAxis]) {
    columns = axes[1].size
    rowSteps = (axes[0].source, axes[0].target)
    steps = (axes[1].source, axes[1].target)
  }

  @unsafe func copy(
    _ rows: Range<Int>, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer
  ) {
    let width = MemoryLayout<Element>.size
    if steps == (1, 1) {
      for row in rows {
        unsafe (target + row * rowSteps.target * width)
          .copyMemory(from: source + row * rowSteps.source * width, byteCount: columns * width)
      }
      return
    }
    // User memory may not be aligned to its elements.
    func move(_ row: Int, _ column: Int) {
      let value = unsafe source.loadUnaligned(
        fromByteOffset: (row &* rowSteps.source &+ column &* steps.source) &* width,
        as: Element.self)
      unsafe target.storeBytes(
        of: value,
        toByteOffset: (row &* rowSteps.target &+ column &* steps.target) &* width,
        as: Element.self)
    }
    let edge = CopyBlock.edge
    for firstRow in stride(from: rows.lowerBound, to: rows.upperBound, by: edge) {
      let endRow = min(rows.upperBound, firstRow + edge)
      for first in stride(from: 0, to: columns, by: edge) {
        let end = min(columns, first + edge)
        for row in firstRow..<endRow {
          for column in first..<end { move(row, column) }
        }
      }
    }
  }
}
