import Codegen
import Tensors

/// A copy of elements to a tensor of the same type and sizes that repeats nothing, cut into tasks.
@safe struct StridedCopy: Sendable {
  let taskCount: Int
  private let body: Body

  private typealias Body =
    @Sendable (_ task: Int, UnsafeRawPointer, UnsafeMutableRawPointer) -> Void

  /// The elements that one task copies, about.
  private static let taskLength = 16 << 10

  /// Describes the copy for `threadCount` threads.
  init(_ source: TensorLayout, to target: TensorLayout, threadCount: Int) {
    unsafe (taskCount, body) =
      switch source.elementType.bitWidth {
      case 8: unsafe StridedCopy.tasks(source, target, threadCount, as: UInt8.self)
      case 16: unsafe StridedCopy.tasks(source, target, threadCount, as: UInt16.self)
      case 32: unsafe StridedCopy.tasks(source, target, threadCount, as: UInt32.self)
      default: unsafe StridedCopy.tasks(source, target, threadCount, as: UInt64.self)
      }
  }

  /// Does one task on the addresses of the first elements.
  @unsafe func run(_ task: Int, from: UnsafeRawPointer, to: UnsafeMutableRawPointer) {
    unsafe body(task, from, to)
  }

  @unsafe private static func tasks<Element: FixedWidthInteger & SIMDScalar & Sendable>(
    _ source: TensorLayout, _ target: TensorLayout, _ threadCount: Int, as type: Element.Type
  ) -> (Int, Body) {
    if source.elementCount == 0 { return (0, { _, _, _ in }) }
    let axes = CopyAxis.collapsed(source, target)
    let inner = Array(axes.suffix(2))
    let outer = Array(axes.dropLast(2))
    let block = CopyBlock<Element>(inner)
    let outerCount = outer.reduce(1) { $0 * $1.size }
    // A few rows of the inner grid are a task where the grid is large; small grids are done in bundles.
    let rows = inner[0].size
    let gridSize = rows * inner[1].size
    let pieces = max(1, min(rows, gridSize / taskLength))
    let bundle = max(1, min(taskLength / gridSize, outerCount / threadCount))
    return (
      (outerCount + bundle - 1) / bundle * pieces,
      { task, read, write in
        let (bundleNumber, piece) = task.quotientAndRemainder(dividingBy: pieces)
        let range = piece * rows / pieces..<(piece + 1) * rows / pieces
        let width = MemoryLayout<Element>.size
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
    )
  }
}

extension TaskGrid {
  /// Writes the elements of `source` to `target`, which has the same type and sizes, and repeats nothing.
  static func copy(
    _ source: TensorLayout, at from: KernelMemory.Place, to target: TensorLayout,
    at to: KernelMemory.Place, threadCount: Int
  ) -> TaskGrid {
    copies([(StridedCopy(source, to: target, threadCount: threadCount), from, to)])
  }

  /// Does several copies at once, which write to different places.
  static func copies(
    _ copies: [(copy: StridedCopy, from: KernelMemory.Place, to: KernelMemory.Place)]
  ) -> TaskGrid {
    TaskGrid(copies.reduce(0) { $0 + $1.copy.taskCount }) { task, memory in
      var (index, task) = (0, task)
      while task >= copies[index].copy.taskCount {
        task -= copies[index].copy.taskCount
        index += 1
      }
      unsafe copies[index].copy.run(
        task, from: UnsafeRawPointer(memory.address(copies[index].from)),
        to: memory.address(copies[index].to))
    }
  }

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
private struct CopyBlock<Element: FixedWidthInteger & SIMDScalar & Sendable>: Sendable {
  let columns: Int
  /// The bytes from one row to the next.
  let rowSteps: (source: Int, target: Int)
  /// The bytes from one column to the next.
  let steps: (source: Int, target: Int)

  private static var width: Int { MemoryLayout<Element>.size }

  init(_ axes: [CopyAxis]) {
    let width = CopyBlock.width
    columns = axes[1].size
    rowSteps = (axes[0].source * width, axes[0].target * width)
    steps = (axes[1].source * width, axes[1].target * width)
  }

  @unsafe func copy(
    _ rows: Range<Int>, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer
  ) {
    let width = CopyBlock.width
    if steps == (width, width) {
      for row in rows {
        unsafe (target + row * rowSteps.target)
          .copyMemory(from: source + row * rowSteps.source, byteCount: columns * width)
      }
    } else if rowSteps.source == width, steps.target == width, columns >= 4 {
      unsafe transpose(rows, source, target)
    } else if columns < 8 {
      unsafe move(rows, 0..<columns, source, target)
    } else {
      // Squares that stay in the cache.
      for first in stride(from: rows.lowerBound, to: rows.upperBound, by: 16) {
        for column in stride(from: 0, to: columns, by: 16) {
          unsafe move(
            first..<min(rows.upperBound, first + 16), column..<min(columns, column + 16), source,
            target)
        }
      }
    }
  }

  /// Moves element after element, a column of rows at a time. User memory may not be aligned to its elements.
  @inline(__always) @unsafe private func move(
    _ rows: Range<Int>, _ columns: Range<Int>, _ source: UnsafeRawPointer,
    _ target: UnsafeMutableRawPointer
  ) {
    var column = columns.lowerBound
    while column < columns.upperBound {
      var from = unsafe source + (rows.lowerBound &* rowSteps.source &+ column &* steps.source)
      var to = unsafe target + (rows.lowerBound &* rowSteps.target &+ column &* steps.target)
      var row = rows.lowerBound
      while row < rows.upperBound {
        unsafe to.storeBytes(of: from.loadUnaligned(as: Element.self), as: Element.self)
        unsafe from += rowSteps.source
        unsafe to += rowSteps.target
        row &+= 1
      }
      column &+= 1
    }
  }

  /// Moves squares of four by four whose rows are neighbours in the source, and whose columns in the target.
  @unsafe private func transpose(
    _ rows: Range<Int>, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer
  ) {
    typealias Four = SIMD4<Element>
    let (width, from, to) = (CopyBlock.width, steps.source, rowSteps.target)
    let wholeColumns = columns & ~3
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: 32) {
      let end = min(rows.upperBound, first + 32)
      let whole = first + (end - first) & ~3
      var column = 0
      while column < wholeColumns {
        var row = first
        while row < whole {
          let read = unsafe source + (row &* width &+ column &* from)
          let a = unsafe read.loadUnaligned(as: Four.self)
          let b = unsafe (read + from).loadUnaligned(as: Four.self)
          let c = unsafe (read + 2 &* from).loadUnaligned(as: Four.self)
          let d = unsafe (read + 3 &* from).loadUnaligned(as: Four.self)
          let write = unsafe target + (row &* to &+ column &* width)
          unsafe write.storeBytes(of: Four(a[0], b[0], c[0], d[0]), as: Four.self)
          unsafe (write + to).storeBytes(of: Four(a[1], b[1], c[1], d[1]), as: Four.self)
          unsafe (write + 2 &* to).storeBytes(of: Four(a[2], b[2], c[2], d[2]), as: Four.self)
          unsafe (write + 3 &* to).storeBytes(of: Four(a[3], b[3], c[3], d[3]), as: Four.self)
          row &+= 4
        }
        column &+= 4
      }
      unsafe move(whole..<end, 0..<wholeColumns, source, target)
      unsafe move(first..<end, wholeColumns..<columns, source, target)
    }
  }
}
