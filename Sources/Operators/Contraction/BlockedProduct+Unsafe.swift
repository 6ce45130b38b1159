import Tensors

/// Adds the products of a block of left factors and a block of right factors to `sums`.
///
/// Left rows are interleaved by fours: position `4 * term + row % 4` of each group; up to three rows
/// that are left over follow one by one. Columns are computed by fours, up to the block's width.
func addProducts<Sum: Accumulator>(
  _ block: ProductBlock, _ left: [Sum], _ right: [Sum], to sums: inout [Sum]
) {
  let columns = (block.columns + 3) / 4 * 4
  precondition(block.rows >= 0 && block.terms >= 0 && columns <= block.width)
  precondition(left.count >= block.rows * block.terms)
  precondition(right.count >= block.terms * block.width)
  precondition(sums.count >= block.rows * block.width)
  unsafe left.withUnsafeBufferPointer { left in
    unsafe right.withUnsafeBufferPointer { right in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        guard let left = left.baseAddress, let right = right.baseAddress,
          let sums = sums.baseAddress
        else { return }
        let whole = block.rows / 4 * 4
        for column in stride(from: 0, to: columns, by: 4) {
          for row in stride(from: 0, to: whole, by: 4) {
            unsafe addFourRows(
              left + row * block.terms, right + column, sums + (row * block.width + column),
              terms: block.terms, width: block.width)
          }
          for row in whole..<block.rows {
            unsafe addRow(
              left + row * block.terms, right + column, sums + (row * block.width + column),
              terms: block.terms, width: block.width)
          }
        }
      }
    }
  }
}

/// Adds to four rows of four sums, which stay in registers.
@inline(__always)
private func addFourRows<Sum: Accumulator>(
  _ left: UnsafePointer<Sum>, _ right: UnsafePointer<Sum>, _ sums: UnsafeMutablePointer<Sum>,
  terms: Int, width: Int
) {
  var (row0, row1) = unsafe (four(sums), four(sums + width))
  var (row2, row3) = unsafe (four(sums + 2 * width), four(sums + 3 * width))
  var (left, right) = unsafe (left, right)
  for _ in 0..<terms {
    let factors = unsafe four(right)
    row0 = unsafe Sum.adding(left[0], times: factors, to: row0)
    row1 = unsafe Sum.adding(left[1], times: factors, to: row1)
    row2 = unsafe Sum.adding(left[2], times: factors, to: row2)
    row3 = unsafe Sum.adding(left[3], times: factors, to: row3)
    unsafe left += 4
    unsafe right += width
  }
  unsafe store(row0, sums)
  unsafe store(row1, sums + width)
  unsafe store(row2, sums + 2 * width)
  unsafe store(row3, sums + 3 * width)
}

/// Adds to one row of four sums.
@inline(__always)
private func addRow<Sum: Accumulator>(
  _ left: UnsafePointer<Sum>, _ right: UnsafePointer<Sum>, _ sums: UnsafeMutablePointer<Sum>,
  terms: Int, width: Int
) {
  var row = unsafe four(sums)
  var right = unsafe right
  for term in 0..<terms {
    row = unsafe Sum.adding(left[term], times: four(right), to: row)
    unsafe right += width
  }
  unsafe store(row, sums)
}

@inline(__always)
private func four<Sum: Accumulator>(_ source: UnsafePointer<Sum>) -> SIMD4<Sum> {
  unsafe UnsafeRawPointer(source).loadUnaligned(as: SIMD4<Sum>.self)
}

@inline(__always)
private func four<Sum: Accumulator>(_ source: UnsafeMutablePointer<Sum>) -> SIMD4<Sum> {
  unsafe UnsafeRawPointer(source).loadUnaligned(as: SIMD4<Sum>.self)
}

@inline(__always)
private func store<Sum: Accumulator>(_ sums: SIMD4<Sum>, _ target: UnsafeMutablePointer<Sum>) {
  unsafe UnsafeMutableRawPointer(target).storeBytes(of: sums, as: SIMD4<Sum>.self)
}

/// Writes `count` elements of `source`, each in the type of sums, to `target` from position `start`.
@inline(__always)
func copyWidened<Value: Factor>(
  _ source: Span<Value>, at from: Positions, into target: inout MutableSpan<Value.Sum>,
  at start: Int, count: Int
) {
  if count <= 0 { return }
  precondition(from.start >= 0 && from.start + (count - 1) * from.step < source.count)
  precondition(start >= 0 && start + count <= target.count)
  unsafe source.withUnsafeBufferPointer { source in
    unsafe target.withUnsafeMutableBufferPointer { target in
      guard let read = source.baseAddress, let write = target.baseAddress else { return }
      let input = unsafe read + from.start
      let output = unsafe write + start
      if from.step == 1 {
        for index in 0..<count { unsafe output[index] = input[index].widened }
      } else {
        for index in 0..<count { unsafe output[index] = input[index &* from.step].widened }
      }
    }
  }
}
