import Codegen

/// A kernel that divides elements of one channel by a power of the squares in the channels around it.
enum LRNKernelSource {
  /// What the kernel is told, in the order of its block of arguments; each takes eight bytes.
  enum Slot: Int, CaseIterable {
    case input, result
    /// The number of elements of a channel.
    case count
    /// The first channel that is summed, how many there are, and the bytes between them.
    case window, windowCount, windowStride
    /// What the sum is multiplied by, what is added then, and the power of it that divides, floats.
    case factor, bias, exponent
  }

  static func source(_ set: InstructionSet) -> KernelSource {
    let ir = IRBuilder(set)
    func pointer(_ slot: Slot) -> IRValue { ir.argument(slot.rawValue, .pointer) }
    func integer(_ slot: Slot) -> IRValue { ir.argument(slot.rawValue, .int64) }
    func number(_ slot: Slot) -> IRValue { ir.splat(ir.argument(slot.rawValue, .float)) }
    let exponent = ir.negate(number(.exponent))
    _ = ir.loop(from: .integer(0), to: integer(.count), step: set.lanes, carrying: []) { index, _ in
      let offset = ir.product(index, .integer(4))
      let mask = ir.mask(ir.difference(integer(.count), index))
      let sums = ir.loop(
        from: .integer(0), to: integer(.windowCount), step: 1,
        carrying: [ir.address(pointer(.window), offset), ir.constant(0)]
      ) { _, state in
        let x = ir.load(state[0], mask: mask)
        return [ir.address(state[0], integer(.windowStride)), ir.multiplyAdd(x, x, state[1])]
      }
      let base = ir.multiplyAdd(sums[1], number(.factor), number(.bias))
      let x = ir.load(ir.address(pointer(.input), offset), mask: mask)
      let value = ir.multiply(x, ir.power(base, exponent))
      ir.store(value, ir.address(pointer(.result), offset), mask: mask)
      return []
    }
    return ir.source("lrn")
  }
}
