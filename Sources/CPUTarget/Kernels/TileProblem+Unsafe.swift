import Codegen

/// Sums of products over whole tensors, which tile kernels compute piece by piece.
struct TileProblem: Sendable {
  /// Parts that differ only in where things lie, such as the groups of a convolution. All are byte offsets.
  struct Part: Sendable {
    var left = 0
    var right = 0
    var bias = 0
    var result = 0
    var residual = 0
  }

  let kernels: TileKernels
  let kind: TileKernel.Kind
  /// The rows as a grid: its sizes, and the bytes between neighbours in the left operand.
  var rowSizes: [Int]
  var rowStrides: [Int]
  /// Where the left operand of each tap lies, in bytes.
  var tapOffsets: [Int]
  /// The elements that are summed for each tap.
  var depth: Int
  var columns: Int
  var parts: [Part]
  let left: KernelMemory.Place
  /// Packed by ``PackedColumns``.
  let right: KernelMemory.Place
  /// One number for each column, to a multiple of the widest tile's columns.
  let bias: KernelMemory.Place
  let result: KernelMemory.Place
  let resultPitch: Int
  let residual: KernelMemory.Place?
  let residualPitch: Int
  var limits: Limits

  /// The bytes of the left operand that one task works on, so that they stay in the cache near the core.
  private static let cachedByteCount = 192 << 10
  /// The tiles that one task works on at most, so that it knows of 512 rows at most.
  private static let maximumChunkTiles = 32

  /// The work, cut so that `threadCount` threads can share it.
  func grid(threadCount: Int) -> TaskGrid {
    let rowCount = rowSizes.reduce(1, *)
    guard rowCount > 0, columns > 0, !parts.isEmpty else { return TaskGrid(0) { _, _ in } }
    let tileCount = (rowCount - 1) / kernels.maximumRows + 1
    let panelCount = (columns - 1) / kernels.columns + 1
    let sumLength = max(1, tapOffsets.count * (kind == .product ? depth : 1))
    let cachedTiles = TileProblem.cachedByteCount / (sumLength * kernels.maximumRows * 4)
    let chunkTiles = max(
      1, min(cachedTiles, TileProblem.maximumChunkTiles, tileCount / (2 * threadCount)))
    let rowChunks = (tileCount - 1) / chunkTiles + 1
    // With few rows the columns are spread too.
    let wanted = 4 * threadCount
    let columnChunks = min(panelCount, max(1, wanted / max(1, rowChunks * parts.count)))
    return TaskGrid(parts.count * rowChunks * columnChunks) { task, memory in
      let (rest, columnChunk) = task.quotientAndRemainder(dividingBy: columnChunks)
      let (part, rowChunk) = rest.quotientAndRemainder(dividingBy: rowChunks)
      run(
        parts[part], tiles: rowChunk * chunkTiles..<min(tileCount, (rowChunk + 1) * chunkTiles),
        of: tileCount, rowCount: rowCount,
        panels: columnChunk * panelCount / columnChunks..<(columnChunk + 1) * panelCount
          / columnChunks, memory)
    }
  }

  /// Does all of the work for the first `rowCount` rows.
  func run(rowCount: Int, _ memory: KernelMemory) {
    guard rowCount > 0 else { return }
    let tileCount = (rowCount - 1) / kernels.maximumRows + 1
    let panelCount = (columns - 1) / kernels.columns + 1
    for part in parts {
      for first in stride(from: 0, to: tileCount, by: TileProblem.maximumChunkTiles) {
        run(
          part, tiles: first..<min(tileCount, first + TileProblem.maximumChunkTiles),
          of: tileCount, rowCount: rowCount, panels: 0..<panelCount, memory)
      }
    }
  }

  /// Computes a range of tiles for a range of panels of columns. Tiles differ by one row at most.
  private func run(
    _ part: Part, tiles: Range<Int>, of tileCount: Int, rowCount: Int, panels: Range<Int>,
    _ memory: KernelMemory
  ) {
    let firstRow = tiles.lowerBound * rowCount / tileCount
    let endRow = tiles.upperBound * rowCount / tileCount
    let panelBytes = kernels.columns * 4
    let sumLength = tapOffsets.count * (kind == .product ? depth : 1)
    let (left, right) = unsafe (memory.address(left), memory.address(right))
    let (bias, result) = unsafe (memory.address(bias), memory.address(result))
    let residual = unsafe residual.map { unsafe memory.address($0) }
    var rowOffsets = InlineArray<512, Int>(repeating: 0)
    var rowOffsetSpan = rowOffsets.mutableSpan
    unsafe rowOffsetSpan.withUnsafeMutableBufferPointer { offsets in
      unsafe writeOffsets(of: firstRow..<endRow, to: offsets)
      unsafe tapOffsets.withUnsafeBufferPointer { taps in
        unsafe withUnsafeTemporaryAllocation(
          of: Int.self, capacity: TileArgument.allCases.count
        ) { block in
          func set(_ argument: TileArgument, _ value: Int) {
            unsafe block[argument.rawValue] = value
          }
          guard let arguments = UnsafeMutableRawPointer(block.baseAddress) else { return }
          set(.tapOffsets, Int(bitPattern: taps.baseAddress))
          set(.tapCount, taps.count)
          set(.depth, depth)
          set(.resultPitch, resultPitch)
          set(.residualPitch, residualPitch)
          set(.lowest, Int(limits.lowest.bitPattern))
          set(.highest, Int(limits.highest.bitPattern))
          for panel in panels {
            let first = panel * kernels.columns
            let count = min(kernels.columns, columns - first)
            let vectors = (count - 1) / kernels.set.lanes + 1
            set(.lastLanes, count - (vectors - 1) * kernels.set.lanes)
            let leftMove = kind == .product ? 0 : first * 4
            set(.left, Int(bitPattern: left) + part.left + leftMove)
            set(.right, Int(bitPattern: right) + part.right + panel * sumLength * panelBytes)
            set(.bias, Int(bitPattern: bias) + part.bias + first * 4)
            for tile in tiles {
              let row = tile * rowCount / tileCount
              let rows = (tile + 1) * rowCount / tileCount - row
              set(.rowOffsets, Int(bitPattern: offsets.baseAddress) + (row - firstRow) * 8)
              set(
                .result, Int(bitPattern: result) + part.result + row * resultPitch + first * 4)
              if let residual = unsafe residual {
                set(
                  .residual,
                  Int(bitPattern: residual) + part.residual + row * residualPitch + first * 4)
              } else {
                set(.residual, 0)
              }
              unsafe kernels[rows, vectors](arguments)
            }
          }
        }
      }
    }
  }

  /// Writes where the left operand of each row lies.
  private func writeOffsets(of rows: Range<Int>, to offsets: UnsafeMutableBufferPointer<Int>) {
    guard let length = rowSizes.last, let step = rowStrides.last else {
      for index in 0..<rows.count { unsafe offsets[index] = 0 }
      return
    }
    var row = rows.lowerBound
    while row < rows.upperBound {
      var (rest, place) = row.quotientAndRemainder(dividingBy: length)
      let end = min(rows.upperBound, row + length - place)
      var offset = place * step
      for axis in rowSizes.indices.dropLast().reversed() {
        (rest, place) = rest.quotientAndRemainder(dividingBy: rowSizes[axis])
        offset += place * rowStrides[axis]
      }
      while row < end {
        unsafe offsets[row - rows.lowerBound] = offset
        offset += step
        row += 1
      }
    }
  }
}

/// The range that results are limited to.
struct Limits: Hashable {
  var lowest = -Float.infinity
  var highest = Float.infinity

  var isBounded: Bool { self != Limits() }
}
