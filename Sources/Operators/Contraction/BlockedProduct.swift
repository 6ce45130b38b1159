import Support
import Tensors

/// Products of matrices, `[matrices, rows, terms]` times `[matrices, terms, columns]`, in row-major order.
///
/// Factors are asked for block by block, so that what is multiplied lies in caches and a matrix need
/// not exist as a whole. Each sum adds its terms in their order.
struct BlockedProduct<Sum: Accumulator>: Sendable {
  let matrices: Int
  let rows: Int
  let terms: Int
  let columns: Int
  /// The factors of some terms in the left matrix with the given number, in the given row.
  let left: @Sendable (_ matrix: Int, _ row: Int, _ terms: Range<Int>) -> [Sum]
  /// Writes the factors of one term in some columns of the right matrix into zeros that start at a position.
  let right:
    @Sendable (
      _ matrix: Int, _ term: Int, _ columns: Range<Int>, _ target: inout MutableSpan<Sum>,
      _ start: Int
    ) -> Void

  private static var columnsPerBlock: Int { 128 }
  private static var termsPerBlock: Int { 256 }
  /// As many tasks as keep the cores busy to the end, if there is work for them.
  private static var taskGoal: Int { 16 }

  /// The tensor of the products, each sum rounded once to `type`.
  func tensor(_ type: ElementType, lens: [Int]) throws(MIGraphXError) -> Argument {
    let writer = try ElementWriter(type, lens: lens)
    if writer.argument.elementCount == 0 || terms == 0 { return writer.argument }
    let columnBlocks = blocks(columns, BlockedProduct.columnsPerBlock)
    var rowsPerBlock = 128
    while rowsPerBlock > 16,
      matrices * columnBlocks * blocks(rows, rowsPerBlock) < BlockedProduct.taskGoal
    {
      rowsPerBlock /= 2
    }
    let (height, rowBlocks) = (rowsPerBlock, blocks(rows, rowsPerBlock))
    parallelTasks(matrices * rowBlocks * columnBlocks) { task in
      let (outer, column) = task.quotientAndRemainder(dividingBy: columnBlocks)
      let (matrix, row) = outer.quotientAndRemainder(dividingBy: rowBlocks)
      let firstColumn = column * BlockedProduct.columnsPerBlock
      multiply(
        matrix, rows: row * height..<min(rows, (row + 1) * height),
        columns: firstColumn..<min(columns, firstColumn + BlockedProduct.columnsPerBlock),
        into: writer)
    }
    return writer.argument
  }

  private func blocks(_ count: Int, _ size: Int) -> Int { (count + size - 1) / size }

  /// Computes the sums of one block and writes them.
  private func multiply(
    _ matrix: Int, rows: Range<Int>, columns: Range<Int>, into writer: ElementWriter
  ) {
    // An odd number of cache lines to a row: a power of two would put all rows into a few cache sets.
    let width = (columns.count + 15) / 16 * 16 + 8
    let depth = min(terms, BlockedProduct.termsPerBlock)
    var sums = [Sum](repeating: .zero, count: rows.count * width)
    var leftFactors = [Sum](repeating: .zero, count: rows.count * depth)
    for start in stride(from: 0, to: terms, by: depth) {
      let part = start..<min(terms, start + depth)
      var rightFactors = [Sum](repeating: .zero, count: part.count * width)
      var span = rightFactors.mutableSpan
      for term in part { right(matrix, term, columns, &span, (term - start) * width) }
      for (index, row) in rows.enumerated() {
        place(
          left(matrix, row, part), row: index, of: rows.count, into: &leftFactors)
      }
      addProducts(
        ProductBlock(rows: rows.count, terms: part.count, columns: columns.count, width: width),
        leftFactors, rightFactors, to: &sums)
    }
    for (index, row) in rows.enumerated() {
      writer.write(
        Array(sums[index * width..<index * width + columns.count]),
        at: (matrix * self.rows + row) * self.columns + columns.lowerBound)
    }
  }

  /// Puts the factors of a row where the kernels look for them: rows are interleaved by fours as far as they go.
  private func place(_ factors: [Sum], row: Int, of rows: Int, into target: inout [Sum]) {
    let isInterleaved = row < rows / 4 * 4
    let start = isInterleaved ? row / 4 * 4 * factors.count + row % 4 : row * factors.count
    let step = isInterleaved ? 4 : 1
    for (index, factor) in factors.enumerated() { target[start + index * step] = factor }
  }
}

/// The sizes of a block of products.
struct ProductBlock {
  let rows: Int
  let terms: Int
  let columns: Int
  /// The distance between rows of right factors, and of sums; a multiple of 4 not below `columns`.
  let width: Int
}
