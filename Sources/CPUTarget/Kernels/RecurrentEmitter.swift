import Codegen
import Operators

/// A kernel for one step of a recurrent network: some units of some sequences, from sums to states.
///
/// Units are taken a vector at a time, all gates together: a block. The state weights are packed so that each block has
/// its rows one after the other, in each the vectors of the gates. What is added to the sums has room for whole
/// vectors for each gate; states have not.
struct RecurrentStep: Hashable {
  enum Cell: Hashable {
    case lstm(couplesGates: Bool, hasPeepholes: Bool)
    /// A whole step of a GRU whose reset gate multiplies the weighted state.
    case gru
    /// The gates of a GRU whose reset gate multiplies the state itself, which is the result.
    case gruGates
    /// What follows these.
    case gruState
    case rnn

    /// The gates that have sums in this kernel.
    var gateCount: Int {
      switch self {
      case .lstm: 4
      case .gru: 3
      case .gruGates: 2
      case .gruState, .rnn: 1
      }
    }

    /// The parts in which a sum is made, so that few sums don't wait for themselves. It is the same for all numbers of
    /// rows: results depend on it.
    var partCount: Int { max(1, 4 / gateCount) }

    /// The vectors of constants of a block.
    var constantCount: Int {
      switch self {
      case .lstm(_, let hasPeepholes): hasPeepholes ? 3 : 0
      case .gru: 1
      case .gruGates, .gruState, .rnn: 0
      }
    }
  }

  let cell: Cell
  /// The number of sequences.
  let rows: Int
  /// The formulas of the functions, in the operator's order, over one operand.
  let functions: [Scalar]
  /// The largest absolute value of what functions get; nil for no limit.
  let limit: Float?

  /// What a kernel is told, in the order of its block of arguments; each takes eight bytes.
  enum Slot: Int, CaseIterable {
    /// The address of the packed state weights of the first block.
    case weights
    /// The address of the constants of the first block: peepholes, or the bias of the weighted state.
    case constants
    case units
    /// The length of a state.
    case depth
    /// The bytes between gates in what is added to the sums.
    case gateBytes
    /// The address of a ``Row`` for each sequence.
    case rows
  }

  /// Addresses for one sequence. All but ``state`` are those of the first block.
  enum Row: Int, CaseIterable {
    /// What is added to the sums.
    case input
    /// What is weighted.
    case state
    /// The hidden state before the step.
    case previous
    /// The cell of an LSTM, or the update gate between the two kernels of a GRU.
    case cell
    case result
  }

  /// The most rows for which registers are enough, and no kernel is worth having beyond.
  static func maximumRows(_ cell: Cell, _ set: InstructionSet) -> Int {
    let registers = set == .avx512 ? 30 : 14
    return min(6, max(1, (registers - cell.gateCount) / (cell.gateCount * cell.partCount)))
  }

  func source(_ set: InstructionSet) -> KernelSource {
    let ir = IRBuilder(set)
    Emitter(step: self, ir: ir).emit()
    return ir.source("\(cell) \(rows)")
  }

  private struct Emitter {
    let step: RecurrentStep
    let ir: IRBuilder

    /// The steps of depth in one round of the innermost loop.
    private static let unrolling = 4

    private var gates: Int { step.cell.gateCount }
    private var vectorBytes: Int { ir.set.lanes * 4 }

    private func argument(_ argument: Slot, _ type: IRType) -> IRValue {
      ir.argument(argument.rawValue, type)
    }

    func emit() {
      let (units, depth) = (argument(.units, .int64), argument(.depth, .int64))
      let table = argument(.rows, .pointer)
      let rows = (0..<step.rows).map { row in
        Row.allCases.map { part in
          let place = 8 * (row * Row.allCases.count + part.rawValue)
          return ir.load(.pointer, ir.address(table, place), alignment: 8)
        }
      }
      _ = ir.loop(
        from: .integer(0), to: units, step: ir.set.lanes,
        carrying: [argument(.weights, .pointer), argument(.constants, .pointer)]
      ) { unit, state in
        let (weights, sums) = products(rows, from: state[0], depth)
        let offset = ir.product(unit, .integer(4))
        let mask = ir.mask(ir.difference(units, unit))
        for (row, addresses) in rows.enumerated() {
          let places = Block(
            ir: ir, addresses: addresses, offset: offset, mask: mask,
            gateBytes: argument(.gateBytes, .int64), constants: state[1])
          finish(Array(sums[row * gates..<(row + 1) * gates]), places)
        }
        return [weights, ir.address(state[1], step.cell.constantCount * vectorBytes)]
      }
    }

    /// The weighted sums of all rows, and where the next block's weights are.
    private func products(
      _ rows: [[IRValue]], from weights: IRValue, _ depth: IRValue
    ) -> (next: IRValue, sums: [IRValue]) {
      let count = step.rows * gates
      let parts = step.cell.partCount
      let zeros = Array(repeating: ir.constant(0), count: count * parts)
      let unrolled = ir.bits(depth, and: .integer(-Emitter.unrolling))
      func steps(
        _ length: Int, from start: IRValue, to end: IRValue, _ state: [IRValue]
      ) -> [IRValue] {
        ir.loop(from: start, to: end, step: length, carrying: state) { index, state in
          var sums = Array(state.dropFirst())
          let offset = ir.product(index, .integer(4))
          for place in 0..<length {
            let vectors = (0..<gates).map { gate in
              ir.load(
                ir.vector, ir.address(state[0], (place * gates + gate) * vectorBytes))
            }
            for (row, addresses) in rows.enumerated() {
              let element = ir.address(
                ir.address(addresses[Row.state.rawValue], offset), 4 * place)
              let factor = ir.splat(ir.load(.float, element))
              for gate in 0..<gates {
                let sum = (place % parts) * count + row * gates + gate
                sums[sum] = ir.multiplyAdd(factor, vectors[gate], sums[sum])
              }
            }
          }
          return [ir.address(state[0], length * gates * vectorBytes)] + sums
        }
      }
      let most = steps(
        Emitter.unrolling, from: .integer(0), to: unrolled, [weights] + zeros)
      let all = steps(1, from: unrolled, to: depth, most)
      let sums = (0..<count).map { sum in
        (1..<parts).reduce(all[1 + sum]) { ir.add($0, all[1 + $1 * count + sum]) }
      }
      return (all[0], sums)
    }

    /// The function `index` of `x`, which is limited before.
    private func apply(_ index: Int, _ x: IRValue, isLimited: Bool = true) -> IRValue {
      var input = x
      if isLimited, let limit = step.limit {
        let (high, low) = (ir.constant(limit), ir.constant(-limit))
        // Comparisons with NaN are false, so it stays.
        input = ir.select(ir.compare("ogt", input, high), high, input)
        input = ir.select(ir.compare("olt", input, low), low, input)
      }
      var formulas = FormulaEmitter(ir: ir, inputs: [input])
      return formulas.emit(step.functions[index]) ?? ir.constant(.nan)
    }

    /// What becomes of the sums of one row.
    private func finish(_ products: [IRValue], _ block: Block) {
      func sum(_ gate: Int) -> IRValue { ir.add(products[gate], block.input(gate)) }
      func mixed(_ update: IRValue, _ new: IRValue, _ old: IRValue) -> IRValue {
        let rest = ir.subtract(ir.constant(1), update)
        return ir.multiplyAdd(update, old, ir.multiply(rest, new))
      }
      switch step.cell {
      case .lstm(let couplesGates, let hasPeepholes):
        func gate(_ index: Int, _ cell: IRValue, peephole: Int) -> IRValue {
          hasPeepholes
            ? apply(0, ir.multiplyAdd(block.constant(peephole), cell, sum(index)))
            : apply(0, sum(index))
        }
        let old = block.load(.cell)
        let input = gate(0, old, peephole: 0)
        let forget =
          couplesGates ? ir.subtract(ir.constant(1), input) : gate(2, old, peephole: 2)
        let new = ir.multiplyAdd(forget, old, ir.multiply(input, apply(1, sum(3))))
        let output = gate(1, new, peephole: 1)
        block.store(new, .cell)
        block.store(ir.multiply(output, apply(2, new, isLimited: false)), .result)
      case .gru:
        let weighted = ir.add(products[2], block.constant(0))
        let reset = apply(0, sum(1))
        let new = apply(1, ir.multiplyAdd(reset, weighted, block.input(2)))
        block.store(mixed(apply(0, sum(0)), new, block.load(.previous)), .result)
      case .gruGates:
        block.store(apply(0, sum(0)), .cell)
        block.store(ir.multiply(apply(0, sum(1)), block.load(.previous)), .result)
      case .gruState:
        let new = apply(1, sum(0))
        block.store(mixed(block.load(.cell), new, block.load(.previous)), .result)
      case .rnn:
        block.store(apply(0, sum(0)), .result)
      }
    }
  }

  /// A vector of units of one sequence.
  private struct Block {
    let ir: IRBuilder
    let addresses: [IRValue]
    let offset: IRValue
    /// The units that there are.
    let mask: IRValue
    let gateBytes: IRValue
    let constants: IRValue

    private func place(_ row: Row) -> IRValue { ir.address(addresses[row.rawValue], offset) }

    func load(_ row: Row) -> IRValue { ir.load(place(row), mask: mask) }
    func store(_ value: IRValue, _ row: Row) { ir.store(value, place(row), mask: mask) }

    func input(_ gate: Int) -> IRValue {
      ir.load(ir.vector, ir.address(place(.input), ir.product(gateBytes, .integer(gate))))
    }

    func constant(_ index: Int) -> IRValue {
      ir.load(ir.vector, ir.address(constants, index * ir.set.lanes * 4))
    }
  }
}
