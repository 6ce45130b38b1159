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

  /// The bytes of an operand that stay in the cache near the core while it meets the other one.
  private static let cachedByteCount = 448 << 10
  /// The elements of long sums that are added up before others begin, so that what many tiles read is in the cache.
  private static let maximumDepth = 1024
  /// The tiles that one task works on at most, so that it knows of 512 rows at most.
  private static let maximumChunkTiles = 32

  /// What sums begin with that have no number of their own.
  nonisolated(unsafe) private static let zeros = unsafe UnsafeMutablePointer<Float>.zeros(count: 64)

  /// The work, cut so that `threadCount` threads can share it.
  func grid(threadCount: Int) -> TaskGrid {
    let rowCount = rowSizes.reduce(1, *)
    guard rowCount > 0, columns > 0, !parts.isEmpty else { return TaskGrid(0) { _, _ in } }
    let tileCount = (rowCount - 1) / kernels.maximumRows + 1
    let panelCount = (columns - 1) / kernels.columns + 1
    let wanted = 4 * threadCount
    let leftTileByteCount =
      max(1, kind == .product ? depth / blockCount : columns) * kernels.maximumRows * 4
    let cachedTiles = max(
      1, min(TileProblem.cachedByteCount / leftTileByteCount, TileProblem.maximumChunkTiles))
    let rightByteCount = tapOffsets.count * (kind == .product ? depth * columns : columns) * 4
    var chunkTiles = min(cachedTiles, tileCount)
    if rightByteCount <= TileProblem.cachedByteCount {
      // Each thread has the right operand at hand: rows are spread.
      chunkTiles = min(chunkTiles, max(1, tileCount * parts.count / wanted))
    } else {
      // The right operand is read once for each chunk of rows: there are few of them, and columns are spread.
      let fewest = (tileCount - 1) / chunkTiles + 1
      chunkTiles = (tileCount - 1) / fewest + 1
    }
    let chunkLength = chunkTiles
    let rowChunks = (tileCount - 1) / chunkLength + 1
    let columnChunks = min(panelCount, max(1, (wanted - 1) / (rowChunks * parts.count) + 1))
    return TaskGrid(parts.count * rowChunks * columnChunks) { task, memory in
      let (rest, columnChunk) = task.quotientAndRemainder(dividingBy: columnChunks)
      let (part, rowChunk) = rest.quotientAndRemainder(dividingBy: rowChunks)
      run(
        parts[part], tiles: rowChunk * chunkLength..<min(tileCount, (rowChunk + 1) * chunkLength),
        of: tileCount, rowCount: rowCount,
        panels: columnChunk * panelCount / columnChunks..<(columnChunk + 1) * panelCount
          / columnChunks, memory)
    }
  }

  /// The pieces that sums are cut into.
  private var blockCount: Int {
    let isLong = kind == .product && tapOffsets.count == 1 && depth > TileProblem.maximumDepth
    return isLong ? (depth - 1) / TileProblem.maximumDepth + 1 : 1
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
    let blockCount = blockCount
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
          set(.resultPitch, resultPitch)
          for block in 0..<blockCount {
            let firstDepth = block * depth / blockCount
            let (isFirst, isLast) = (block == 0, block == blockCount - 1)
            set(.depth, (block + 1) * depth / blockCount - firstDepth)
            let limits = isLast ? limits : Limits()
            set(.lowest, Int(limits.lowest.bitPattern))
            set(.highest, Int(limits.highest.bitPattern))
            // After the first block a sum goes on from what is there.
            set(.residualPitch, isFirst ? residualPitch : resultPitch)
            for panel in panels {
              let first = panel * kernels.columns
              let count = min(kernels.columns, columns - first)
              let vectors = (count - 1) / kernels.set.lanes + 1
              set(.lastLanes, count - (vectors - 1) * kernels.set.lanes)
              let leftMove = kind == .product ? firstDepth * 4 : first * 4
              set(.left, Int(bitPattern: left) + part.left + leftMove)
              set(
                .right,
                Int(bitPattern: right) + part.right + panel * sumLength * panelBytes + firstDepth
                  * vectors * kernels.set.lanes * 4)
              set(
                .bias,
                isFirst
                  ? Int(bitPattern: bias) + part.bias + first * 4
                  : unsafe Int(bitPattern: TileProblem.zeros))
              for tile in tiles {
                let row = tile * rowCount / tileCount
                let rows = (tile + 1) * rowCount / tileCount - row
                let place =
                  Int(bitPattern: result) + part.result + row * resultPitch + first * 4
                set(.rowOffsets, Int(bitPattern: offsets.baseAddress) + (row - firstRow) * 8)
                set(.result, place)
                if !isFirst {
                  set(.residual, place)
                } else if let residual = unsafe residual {
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

extension UnsafeMutablePointer<Float> {
  /// Numbers that are never written to, nor given back.
  fileprivate static func zeros(count: Int) -> UnsafeMutablePointer<Float> {
    let numbers = UnsafeMutablePointer<Float>.allocate(capacity: count)
    unsafe numbers.initialize(repeating: 0, count: count)
    return unsafe numbers
  }
}

/// The range that results are limited to.
struct Limits: Hashable {
  var lowest = -Float.infinity
  var highest = Float.infinity

  var isBounded: Bool { self != Limits() }
}
