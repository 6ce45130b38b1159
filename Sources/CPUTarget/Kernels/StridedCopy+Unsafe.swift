import Codegen
import Tensors

extension TaskGrid {
  /// Writes the elements of `source` to `target`, which has the same type and sizes, and repeats nothing.
  static func copy(
    _ source: TensorLayout, at from: KernelMemory.Place, to target: TensorLayout,
    at to: KernelMemory.Place, threadCount: Int
  ) -> TaskGrid {
    switch source.elementType.bitWidth {
    case 8: copy(source, from, target, to, threadCount, as: UInt8.self)
    case 16: copy(source, from, target, to, threadCount, as: UInt16.self)
    case 32: copy(source, from, target, to, threadCount, as: UInt32.self)
    default: copy(source, from, target, to, threadCount, as: UInt64.self)
    }
  }

  private static func copy<Element: FixedWidthInteger & Sendable>(
    _ source: TensorLayout, _ from: KernelMemory.Place, _ target: TensorLayout,
    _ to: KernelMemory.Place, _ threadCount: Int, as type: Element.Type
  ) -> TaskGrid {
    if source.elementCount == 0 { return TaskGrid(0) { _, _ in } }
    let axes = CopyAxis.collapsed(source, target)
    let inner = Array(axes.suffix(2))
    let outer = Array(axes.dropLast(2))
    let block = CopyBlock<Element>(inner)
    let outerCount = outer.reduce(1) { $0 * $1.size }
    // A few rows of the inner grid are a task where the grid is large; small grids are done in bundles.
    let rows = inner[0].size
    let gridSize = rows * inner[1].size
    let pieces = max(1, min(rows, gridSize / copyTaskLength))
    let bundle = max(1, min(copyTaskLength / gridSize, outerCount / threadCount))
    return TaskGrid((outerCount + bundle - 1) / bundle * pieces) { task, memory in
      let (bundleNumber, piece) = task.quotientAndRemainder(dividingBy: pieces)
      let range = piece * rows / pieces..<(piece + 1) * rows / pieces
      let width = MemoryLayout<Element>.size
      let (read, write) = unsafe (UnsafeRawPointer(memory.address(from)), memory.address(to))
      for number in bundleNumber * bundle..<min(outerCount, (bundleNumber + 1) * bundle) {
        var (rest, source, target) = (number, 0, 0)
        for index in outer.indices.reversed() {
          let place: Int
          (rest, place) = rest.quotientAndRemainder(dividingBy: outer[index].size)
          source += place * outer[index].source
          target += place * outer[index].target
        }
        unsafe block.copy(range, read + source * width, write + target * width)
      }
    }
  }

  /// The elements that one task copies, about.
  private static let copyTaskLength = 16 << 10

  /// Sets memory to zeros.
  static func clear(_ place: KernelMemory.Place, byteCount: Int) -> TaskGrid {
    let pieceByteCount = 64 << 10
    return TaskGrid((byteCount + pieceByteCount - 1) / pieceByteCount) { piece, memory in
      let first = piece * pieceByteCount
      unsafe (memory.address(place) + first).initializeMemory(
        as: UInt8.self, repeating: 0, count: min(pieceByteCount, byteCount - first))
    }
  }
}

/// An axis of a copy, with the elements between neighbours on either side.
private struct CopyAxis {
  var size: Int
  var source: Int
  var target: Int

  /// The axes in the order of the target, those merged that lie as one on both sides; at least two.
  static func collapsed(_ source: TensorLayout, _ target: TensorLayout) -> [CopyAxis] {
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
