import Tensors

/// Adds `factor * source` to `sums` for `count` positions of each.
///
/// Positions are checked once, so that the loops over them are free of checks.
@inline(__always)
func accumulate<Value: Factor>(
  _ factor: Value.Sum, _ source: Span<Value>, at from: Positions,
  into sums: inout MutableSpan<Value.Sum>, at to: Positions, count: Int
) {
  if count <= 0 { return }
  precondition(from.start >= 0 && from.start + (count - 1) * from.step < source.count)
  precondition(to.start >= 0 && to.start + (count - 1) * to.step < sums.count)
  unsafe source.withUnsafeBufferPointer { source in
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      guard let read = source.baseAddress, let write = sums.baseAddress else {
        return
      }
      let input = unsafe read + from.start
      let output = unsafe write + to.start
      if from.step == 1 && to.step == 1 {
        for index in 0..<count {
          unsafe output[index] = output[index].adding(factor, times: input[index].widened)
        }
      } else {
        for index in 0..<count {
          let target = index &* to.step
          unsafe output[target] = output[target].adding(
            factor, times: input[index &* from.step].widened)
        }
      }
    }
  }
}
