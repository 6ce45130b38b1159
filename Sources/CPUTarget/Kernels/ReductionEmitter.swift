import Codegen
import Operators

/// A kernel that reduces elements to one each, of rows of neighbours or of columns side by side.
///
/// Sums and products are made in double precision, extremes and exponentials in single precision.
struct ReductionSource: Hashable {
  enum Shape: Hashable {
    /// The innermost of the reduced axes has its elements side by side.
    case rows
    /// Neighbours belong to different results: the columns.
    case columns
  }

  let reduction: Reduction
  let shape: Shape

  /// What a kernel is told, in the order of its block of arguments; each takes eight bytes.
  enum Slot: Int, CaseIterable {
    case input, result
    /// The results to make: rows, whose inputs are ``resultStride`` bytes apart, or columns.
    case count
    case resultStride
    /// The sizes of two reduced axes and the bytes between their elements; those of rows are side by side along
    /// the inner one.
    case outerCount, outerStride
    case innerCount, innerStride
    /// What a sum is multiplied by, a double.
    case factor
  }

  func source(_ set: InstructionSet) -> KernelSource {
    let ir = IRBuilder(set)
    let emitter = ReductionEmitter(ir: ir, reduction: reduction)
    switch shape {
    case .rows: emitter.rows()
    case .columns: emitter.columns()
    }
    return ir.source("\(reduction.rawValue) of \(shape)")
  }
}

private struct ReductionEmitter {
  let ir: IRBuilder
  let reduction: Reduction

  /// The vectors of a row that are joined side by side.
  private static let unrolling = 4

  private func integer(_ slot: ReductionSource.Slot) -> IRValue {
    ir.argument(slot.rawValue, .int64)
  }
  private func pointer(_ slot: ReductionSource.Slot) -> IRValue {
    ir.argument(slot.rawValue, .pointer)
  }

  // MARK: What is joined

  /// A way to join elements: what there is before the first, and what an element does to it.
  private struct Fold {
    var start: IRValue
    /// What lanes without elements count as, which changes nothing.
    var missing: Float
    var join: (_ state: IRValue, _ x: IRValue) -> IRValue
    /// Joins two states.
    var merge: (IRValue, IRValue) -> IRValue
    var reduceLanes: (IRValue) -> IRValue
  }

  private var sum: Fold {
    Fold(
      start: ir.widen(ir.constant(0)), missing: 0, join: { ir.add($0, ir.widen($1)) },
      merge: { ir.add($0, $1) }, reduceLanes: { ir.laneSum($0) })
  }

  private var product: Fold {
    Fold(
      start: ir.widen(ir.constant(1)), missing: 1, join: { ir.multiply($0, ir.widen($1)) },
      merge: { ir.multiply($0, $1) }, reduceLanes: { ir.laneProduct($0) })
  }

  /// The larger or smaller number; NaN if either is, unless `ignoresNaN`.
  private func extreme(_ isLargest: Bool, ignoresNaN: Bool = false) -> Fold {
    let start: Float = isLargest ? -.infinity : .infinity
    let join: (IRValue, IRValue) -> IRValue = { state, x in
      let other = ir.compare(isLargest ? "ogt" : "olt", x, state)
      let kept = ir.select(other, x, state)
      return ignoresNaN ? kept : ir.select(ir.compare("uno", x, x), x, kept)
    }
    return Fold(
      start: ir.constant(start), missing: start, join: join, merge: join,
      reduceLanes: { ir.reduceLanes($0, join) })
  }

  /// The sum of exponentials of what exceeds `largest`.
  private func exponentials(above largest: IRValue) -> Fold {
    var fold = sum
    fold.missing = -.infinity
    fold.join = { ir.add($0, ir.widen(ir.exponential(ir.subtract($1, largest)))) }
    return fold
  }

  /// Infinite numbers must not be subtracted from themselves.
  private func finite(_ largest: IRValue) -> IRValue {
    ir.select(
      ir.compare("olt", ir.absolute(largest), ir.constant(.infinity)), largest, ir.constant(0))
  }

  // MARK: Rows and columns

  /// Joins all elements; lanes of rows come to the same.
  private typealias Pass = (Fold) -> IRValue

  /// What all elements that passes go over come to.
  private func reduce(_ pass: Pass) -> IRValue {
    switch reduction {
    case .sum: return ir.narrow(pass(sum))
    case .mean:
      let factor = ir.argument(ReductionSource.Slot.factor.rawValue, .double)
      return ir.narrow(ir.multiply(pass(sum), ir.splat(factor)))
    case .product: return ir.narrow(pass(product))
    case .maximum: return pass(extreme(true))
    case .minimum: return pass(extreme(false))
    case .logSumExp:
      let largest = finite(pass(extreme(true, ignoresNaN: true)))
      return ir.add(largest, ir.logarithm(ir.narrow(pass(exponentials(above: largest)))))
    }
  }

  private func load(_ place: IRValue, _ mask: IRValue?, else missing: Float) -> IRValue {
    guard let mask else { return ir.load(ir.vector, place) }
    return ir.select(mask, ir.load(place, mask: mask), ir.constant(missing))
  }

  /// Changes states by what is `step` apart, as many side by side as there are states, then what is left.
  private func forEach(
    below end: IRValue, step: Int, _ states: [IRValue],
    _ join: (IRValue, IRValue) -> IRValue
  ) -> [IRValue] {
    let round = step * states.count
    // Rounds are powers of two.
    let whole = ir.bits(end, and: .integer(-round))
    let most = ir.loop(
      from: .integer(0), to: whole, step: round, carrying: states
    ) { index, states in
      states.enumerated().map { join($1, ir.sum(index, .integer($0 * step))) }
    }
    let first = ir.loop(from: whole, to: end, step: step, carrying: [most[0]]) { index, state in
      [join(state[0], index)]
    }
    return first + most.dropFirst()
  }

  /// Goes along the outer axis, and merges the states.
  private func outer(
    _ fold: Fold, _ input: IRValue, _ inner: (IRValue, [IRValue]) -> [IRValue]
  ) -> IRValue {
    let starts = Array(repeating: fold.start, count: ReductionEmitter.unrolling)
    let states = ir.loop(
      from: .integer(0), to: integer(.outerCount), step: 1, carrying: [input] + starts
    ) { _, state in
      [ir.address(state[0], integer(.outerStride))] + inner(state[0], Array(state.dropFirst()))
    }
    return states.dropFirst(2).reduce(states[1], fold.merge)
  }

  func rows() {
    let length = integer(.innerCount)
    let whole = ir.bits(length, and: .integer(-ir.set.lanes))
    let mask = ir.mask(ir.difference(length, whole))
    _ = ir.loop(
      from: .integer(0), to: integer(.count), step: 1,
      carrying: [pointer(.input), pointer(.result)]
    ) { _, places in
      let value = reduce { fold in
        let state = outer(fold, places[0]) { base, states in
          func joined(_ state: IRValue, _ index: IRValue, _ mask: IRValue?) -> IRValue {
            let place = ir.address(base, ir.product(index, .integer(4)))
            return fold.join(state, load(place, mask, else: fold.missing))
          }
          let states = forEach(below: whole, step: ir.set.lanes, states) { joined($0, $1, nil) }
          // No round, or one.
          let first = ir.loop(
            from: whole, to: length, step: ir.set.lanes, carrying: [states[0]]
          ) { index, state in [joined(state[0], index, mask)] }
          return first + states.dropFirst()
        }
        return ir.splat(fold.reduceLanes(state))
      }
      ir.store(ir.firstLane(value), places[1])
      return [ir.address(places[0], integer(.resultStride)), ir.address(places[1], 4)]
    }
  }

  func columns() {
    let count = integer(.count)
    let whole = ir.bits(count, and: .integer(-ir.set.lanes))
    func vector(_ column: IRValue, _ mask: IRValue?) {
      let offset = ir.product(column, .integer(4))
      let stride = integer(.innerStride)
      let value = reduce { fold in
        outer(fold, ir.address(pointer(.input), offset)) { base, states in
          forEach(below: integer(.innerCount), step: 1, states) { state, index in
            let place = ir.address(base, ir.product(index, stride))
            return fold.join(state, load(place, mask, else: fold.missing))
          }
        }
      }
      let place = ir.address(pointer(.result), offset)
      if let mask { ir.store(value, place, mask: mask) } else { ir.store(value, place) }
    }
    _ = ir.loop(from: .integer(0), to: whole, step: ir.set.lanes, carrying: []) { column, _ in
      vector(column, nil)
      return []
    }
    // No round, or one.
    let mask = ir.mask(ir.difference(count, whole))
    _ = ir.loop(from: whole, to: count, step: ir.set.lanes, carrying: []) { column, _ in
      vector(column, mask)
      return []
    }
  }
}
