import IR
import Support
import Tensors

extension Module {
  /// For each instruction the values that nothing after it uses.
  func lastUses(_ order: [InstructionID]) -> [InstructionID: [InstructionID]] {
    var last: [InstructionID: InstructionID] = [:]
    for id in order {
      last[id] = id
      for input in self[id].inputs { last[input.instruction] = id }
    }
    var result: [InstructionID: [InstructionID]] = [:]
    for (value, user) in last { result[user, default: []].append(value) }
    return result
  }

  /// The most bytes that the results of operators take at one time, at the maximum sizes.
  ///
  /// Views that repeat elements count by the memory that they span.
  ///
  /// - Throws: `invalidShape` when a size has no maximum, `limitExceeded` when the sum is absurd.
  func peakByteCount() throws(MIGraphXError) -> Int {
    let order = order
    let lastUses = lastUses(order)
    var sizes: [InstructionID: Int] = [:]
    var (live, peak) = (0, 0)
    for id in order {
      if self[id].op != nil {
        var size = 0
        for type in self[id].types { size = Dimension.sum(size, try type.maximumByteCount()) }
        sizes[id] = size
        live = Dimension.sum(live, size)
        peak = max(peak, live)
      }
      for finished in lastUses[id] ?? [] { live -= sizes[finished] ?? 0 }
    }
    guard peak <= Shape.maximumByteCount else {
      throw MIGraphXError(.limitExceeded, "at its maximum sizes the program needs \(peak) bytes")
    }
    return peak
  }
}

extension ValueType {
  /// The bytes of a tensor of this type at the maximum sizes; structures count as nothing.
  fileprivate func maximumByteCount() throws(MIGraphXError) -> Int {
    guard let shape, shape.elementType != .string else { return 0 }
    guard let size = shape.byteCount.upperBound else {
      throw MIGraphXError(
        .invalidShape, "the memory for \(shape) is not bounded; give its axes maximum sizes")
    }
    return size
  }
}
