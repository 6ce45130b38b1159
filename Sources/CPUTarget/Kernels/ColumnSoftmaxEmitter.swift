import Codegen

/// A kernel for softmax, or its logarithm, along an axis whose elements don't lie next to each other: vectors are
/// columns side by side.
struct ColumnSoftmax: Hashable {
  let isLogarithm: Bool

  /// What a kernel is told, in the order of its block of arguments; each takes eight bytes.
  enum Slot: Int, CaseIterable {
    case input, result
    /// The number of columns.
    case count
    /// The elements of a column, and the bytes between them.
    case length, inputStride, resultStride
  }

  func source(_ set: InstructionSet) -> KernelSource {
    let ir = IRBuilder(set)
    let emitter = Emitter(ir: ir, isLogarithm: isLogarithm)
    let count = emitter.integer(.count)
    let whole = ir.bits(count, and: .integer(-set.lanes))
    _ = ir.loop(from: .integer(0), to: whole, step: set.lanes, carrying: []) { column, _ in
      emitter.emit(column, nil)
      return []
    }
    // No round, or one.
    let mask = ir.mask(ir.difference(count, whole))
    _ = ir.loop(from: whole, to: count, step: set.lanes, carrying: []) { column, _ in
      emitter.emit(column, mask)
      return []
    }
    return ir.source(isLogarithm ? "logsoftmax of columns" : "softmax of columns")
  }

  private struct Emitter {
    let ir: IRBuilder
    let isLogarithm: Bool

    func integer(_ slot: Slot) -> IRValue { ir.argument(slot.rawValue, .int64) }

    func emit(_ column: IRValue, _ mask: IRValue?) {
      let offset = ir.product(column, .integer(4))
      let input = ir.address(ir.argument(Slot.input.rawValue, .pointer), offset)
      let result = ir.address(ir.argument(Slot.result.rawValue, .pointer), offset)
      let (length, step) = (integer(.length), integer(.resultStride))
      func pass(_ start: IRValue, _ body: (_ x: IRValue, _ state: [IRValue]) -> IRValue) -> IRValue
      {
        ir.loop(
          from: .integer(0), to: length, step: 1, carrying: [start, input, result]
        ) { _, state in
          let x = load(state[1], mask)
          return [
            body(x, state), ir.address(state[1], integer(.inputStride)), ir.address(state[2], step),
          ]
        }[0]
      }
      // NaN counts later, in the sum.
      let largest = pass(ir.constant(-.infinity)) { x, state in
        ir.select(ir.compare("ogt", x, state[0]), x, state[0])
      }
      let sum = pass(ir.constant(0)) { x, state in
        let power = ir.exponential(ir.subtract(x, largest))
        if !isLogarithm { store(power, state[2], mask) }
        return ir.add(state[0], power)
      }
      if isLogarithm {
        let logarithm = ir.logarithm(sum)
        _ = pass(sum) { x, state in
          store(ir.subtract(ir.subtract(x, largest), logarithm), state[2], mask)
          return state[0]
        }
      } else {
        let factor = ir.divide(ir.constant(1), sum)
        _ = ir.loop(from: .integer(0), to: length, step: 1, carrying: [result]) { _, state in
          store(ir.multiply(load(state[0], mask), factor), state[0], mask)
          return [ir.address(state[0], step)]
        }
      }
    }

    private func load(_ place: IRValue, _ mask: IRValue?) -> IRValue {
      mask.map { ir.load(place, mask: $0) } ?? ir.load(ir.vector, place)
    }

    private func store(_ value: IRValue, _ place: IRValue, _ mask: IRValue?) {
      if let mask { ir.store(value, place, mask: mask) } else { ir.store(value, place) }
    }
  }
}
