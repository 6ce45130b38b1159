import Codegen
import Support
import Synchronization
import Tensors

extension Runtime {
  /// Runs a kernel outside of a plan, its results in memory of their own.
  ///
  /// - Throws: `system` or `limitExceeded` when there is no memory, and what the kernel reports.
  func run(
    _ prepared: PreparedKernel, _ operands: [Argument]
  ) throws(MIGraphXError) -> [Argument] {
    if let offset = prepared.viewOffset {
      let (operand, layout) = (operands[0], prepared.results[0])
      return [
        try Argument(
          operand.storage, operand.elementType, lens: layout.lens, strides: layout.strides,
          byteOffset: operand.byteOffset + offset)
      ]
    }
    var results: [Argument] = []
    for layout in prepared.results { results.append(try buffers.tensor(layout)) }
    try run(prepared, operands, results)
    return results
  }

  /// Runs tasks on tensors.
  ///
  /// - Throws: see ``run(_:_:)``.
  func run(
    _ grids: [TaskGrid], _ operands: [Argument], _ results: [Argument]
  ) throws(MIGraphXError) {
    try run(PreparedKernel(results: [], grids: grids), operands, results)
  }

  private func run(
    _ prepared: PreparedKernel, _ operands: [Argument], _ results: [Argument]
  ) throws(MIGraphXError) {
    let scratch = try buffers.storage(byteCount: prepared.scratchByteCount)
    let tensors = operands + results
    try unsafe withUnsafeTemporaryAllocation(
      of: UnsafeMutableRawPointer.self, capacity: tensors.count + 1
    ) { (addresses) throws(MIGraphXError) in
      for (index, tensor) in tensors.enumerated() {
        unsafe addresses.initializeElement(
          at: index, to: UnsafeMutableRawPointer(mutating: tensor.address))
      }
      let base = unsafe scratch.withUnsafeMutableBytes { $0.baseAddress }
      guard let base = unsafe base, let first = addresses.baseAddress else { return }
      unsafe addresses.initializeElement(at: tensors.count, to: base)
      let faults = UnsafeMutablePointer<Atomic<Int>>.allocate(capacity: 1)
      unsafe faults.initialize(to: Atomic(0))
      defer { unsafe faults.deallocate() }
      try prepared.run(
        unsafe KernelMemory(
          first, operandCount: operands.count, resultCount: results.count, faults: faults),
        on: pool)
    }
    withExtendedLifetime((tensors, scratch)) {}
  }

  /// A copy of `argument` in row-major order.
  ///
  /// - Throws: `limitExceeded` or `system` when there is no memory.
  func copy(_ argument: Argument) throws(MIGraphXError) -> Argument {
    let (source, target) = (
      TensorLayout(argument), try TensorLayout(argument.elementType, lens: argument.lens)
    )
    let result = try buffers.tensor(target)
    try run(
      [
        .copy(
          source, at: .operand(0), to: target, at: .result(0), threadCount: pool.threadCount)
      ], [argument], [result])
    return result
  }
}
