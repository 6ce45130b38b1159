import Codegen
import IR
import Operators
import Support
import Tensors

/// Runs a recurrent network of floats with constant weights over whole sequences.
///
/// The weighted inputs of all times are one product. Then each step makes the weighted states and all that follows
/// by one or two kernels.
final class RecurrentKernel: NativeKernel {
  private let network: RecurrentNetwork
  private let weights: RecurrentWeights
  private let kernels: TileKernels
  /// The kernels of a step by direction, then in order, then for the numbers of rows of ``tileSizes``.
  private let steps: [[[Kernel]]]
  private let tileSizes: [Int]
  /// Which of the operands after the first there are, and where they come.
  private let operands: Operands
  /// As many zeros as a state has elements.
  private let zeros: Argument
  private let runtime: Runtime

  /// The places of operands.
  struct Operands {
    var lengths: Int?
    var hidden: Int?
    var cell: Int?
    var count: Int { 1 + [lengths, hidden, cell].count { $0 != nil } }
  }

  /// The bytes of weights of a step from which on it is worth to share one among threads.
  private static let sharedByteCount = 2 << 20

  /// - Throws: `codeGeneration` when kernels have to be compiled and can't, `system` when there is no memory.
  init(
    _ network: RecurrentNetwork, _ weights: RecurrentWeights, _ operands: Operands,
    _ kernels: TileKernels, _ library: KernelLibrary, _ runtime: Runtime
  ) throws(MIGraphXError) {
    self.network = network
    self.weights = weights
    self.operands = operands
    self.kernels = kernels
    self.runtime = runtime
    let count = network.hiddenSize
    zeros = try Argument([Float](repeating: 0, count: count), lens: [count])
    let most = network.cells.reduce(Int.max) {
      min($0, RecurrentStep.maximumRows($1.cell, kernels.set))
    }
    let sizes = [1, 2, 4, 6].filter { $0 <= most }
    tileSizes = sizes
    var steps: [[[Kernel]]] = []
    for functions in network.functions {
      var kernelsOfStep: [[Kernel]] = []
      for (cell, _) in network.cells {
        kernelsOfStep.append(
          try library.kernels(
            sizes.map { rows in
              RecurrentStep(cell: cell, rows: rows, functions: functions, limit: network.limit)
                .source(kernels.set)
            }))
      }
      steps.append(kernelsOfStep)
    }
    self.steps = steps
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    guard operands.count == self.operands.count, operands[0].rank == 3,
      operands[0].lens[2] == weights.width
    else {
      throw MIGraphXError(
        .invalidShape,
        "\(self.operands.count) operands are needed, the first [.., .., \(weights.width)], found "
          + "\(operands.map(\.lens))")
    }
    let (length, batch) = (operands[0].lens[0], operands[0].lens[1])
    let (directions, hidden) = (network.direction.count, network.hiddenSize)
    let state = try TensorLayout(.float, lens: [directions, batch, hidden])
    let y = try TensorLayout(.float, lens: [length, directions, batch, hidden])
    for (index, lens) in [
      (self.operands.lengths, [batch]), (self.operands.hidden, state.lens),
      (self.operands.cell, state.lens),
    ] {
      if let index, operands[index].lens != lens {
        throw MIGraphXError(
          .invalidShape, "operand \(index) must be \(lens), is \(operands[index].lens)")
      }
    }
    let product = try TensorLayout(.float, lens: [length, batch, weights.columns])
    var arranging = Arranging(runtime)
    let sums = arranging.take(product.byteCount)
    let isReadable = operands[0].strides[2] == 1 || weights.width == 1
    let (x, layout) = isReadable ? (.operand(0), operands[0]) : try arranging.copy(operands[0], 0)
    let problem = TileProblem(
      kernels: kernels, kind: .product, rowSizes: [length, batch],
      rowStrides: [layout.strides[0] * 4, layout.strides[1] * 4], tapOffsets: [0],
      depth: weights.width, columns: weights.columns, parts: [TileProblem.Part()], left: x,
      right: .constant(weights.input), bias: .constant(weights.bias.argument), result: sums,
      resultPitch: weights.columns * 4, residual: nil, residualPitch: 0, limits: Limits())
    arranging.add(problem.grid(threadCount: runtime.pool.threadCount))
    func place(_ index: Int?) throws(MIGraphXError) -> KernelMemory.Place? {
      guard let index else { return nil }
      return try arranging.place(operands[index], index).place
    }
    let run = RecurrentRun(
      network: network, weights: weights, steps: steps, tileSizes: tileSizes,
      lanes: kernels.set.lanes, zeros: zeros, length: length, batch: batch, sums: sums,
      lengths: try place(self.operands.lengths), initialHidden: try place(self.operands.hidden),
      initialCell: try place(self.operands.cell),
      cell: network.hasCell ? .result(2) : arranging.take(state.byteCount),
      weighted: network.cells.count > 1 ? arranging.take(state.byteCount) : .result(0))
    if self.operands.lengths != nil {
      arranging.add(.clear(.result(0), byteCount: y.byteCount))
    }
    return PreparedKernel(
      results: [y] + Array(repeating: state, count: network.hasCell ? 2 : 1),
      scratchByteCount: arranging.scratch.byteCount,
      grids: arranging.grids
        + run.grids(
          threadCount: runtime.pool.threadCount, sharedByteCount: RecurrentKernel.sharedByteCount),
      constants: [weights.input, weights.bias.argument, zeros] + weights.state.flatMap { $0 }
        + weights.constants.flatMap { $0 },
      fault: { number in
        MIGraphXError(
          .invalidArgument, "sequence length \(number) must be between 0 and \(length)")
      })
  }
}

/// A recurrent network for sequences of known sizes.
private struct RecurrentRun: Sendable {
  let network: RecurrentNetwork
  let weights: RecurrentWeights
  let steps: [[[Kernel]]]
  let tileSizes: [Int]
  let lanes: Int
  let zeros: Argument
  let length: Int
  let batch: Int
  /// The weighted inputs with their biases, `[length, batch, columns]`.
  let sums: KernelMemory.Place
  let lengths: KernelMemory.Place?
  let initialHidden: KernelMemory.Place?
  let initialCell: KernelMemory.Place?
  /// A state of each sequence, `[directions, batch, hidden]`: the cell, or what one kernel of a step leaves to the next.
  let cell: KernelMemory.Place
  /// Another such state, the result of the first of two kernels.
  let weighted: KernelMemory.Place

  private var hidden: Int { network.hiddenSize }
  private var directions: Int { network.direction.count }
  private var blocks: Int { (hidden + lanes - 1) / lanes }

  /// All steps, between what comes before the first and after the last.
  func grids(threadCount: Int, sharedByteCount: Int) -> [TaskGrid] {
    if batch == 0 { return [] }
    let groups = max(1, min(batch, threadCount / directions))
    let shares = threadCount / (directions * groups)
    let byteCount = hidden * hidden * network.gateCount * 4
    var grids = [TaskGrid(1) { _, memory in begin(memory) }]
    if shares > 1 && byteCount >= sharedByteCount {
      for step in 0..<length {
        for kernel in network.cells.indices {
          grids.append(
            TaskGrid(directions * groups * shares) { task, memory in
              let (sequences, share) = task.quotientAndRemainder(dividingBy: shares)
              run(
                step, kernel..<kernel + 1, sequences, groups,
                blocks: share * blocks / shares..<(share + 1) * blocks / shares, memory)
            })
        }
      }
    } else {
      grids.append(
        TaskGrid(directions * groups) { task, memory in
          for step in 0..<length {
            run(step, network.cells.indices, task, groups, blocks: 0..<blocks, memory)
          }
        })
    }
    return grids + [TaskGrid(1) { _, memory in end(memory) }]
  }

  /// The number of steps of a sequence, which is checked before the first.
  private func stepCount(_ sequence: Int, _ memory: KernelMemory) -> Int {
    guard let lengths else { return length }
    let number = unsafe memory.address(lengths)
      .loadUnaligned(fromByteOffset: sequence * 4, as: Int32.self)
    return min(length, max(0, Int(number)))
  }

  private var stateByteCount: Int { hidden * 4 }

  /// Checks lengths, and sets the cells.
  private func begin(_ memory: KernelMemory) {
    if let lengths {
      for sequence in 0..<batch {
        let number = unsafe memory.address(lengths)
          .loadUnaligned(fromByteOffset: sequence * 4, as: Int32.self)
        if number < 0 || number > length { memory.report(Int(number)) }
      }
    }
    guard network.hasCell else { return }
    for row in 0..<directions * batch {
      let isEmpty = stepCount(row % batch, memory) == 0
      copyState(isEmpty ? nil : initialCell, row * stateByteCount, to: cell, row, memory)
    }
  }

  /// Gives the last hidden states.
  private func end(_ memory: KernelMemory) {
    for row in 0..<directions * batch {
      let (direction, sequence) = row.quotientAndRemainder(dividingBy: batch)
      let count = stepCount(sequence, memory)
      let time = isReversed(direction) ? 0 : count - 1
      copyState(
        count == 0 ? nil : .result(0), (time * directions * batch + row) * stateByteCount,
        to: .result(1), row, memory)
    }
  }

  /// Copies a state, or zeros if there is none.
  private func copyState(
    _ source: KernelMemory.Place?, _ offset: Int, to target: KernelMemory.Place, _ row: Int,
    _ memory: KernelMemory
  ) {
    let from =
      unsafe source.map { unsafe memory.address($0) + offset } ?? memory.address(.constant(zeros))
    unsafe (memory.address(target) + row * stateByteCount)
      .copyMemory(from: from, byteCount: stateByteCount)
  }

  private func isReversed(_ direction: Int) -> Bool {
    network.direction == .reverse || direction == 1
  }

  /// Some kernels of a step for some units of a group of sequences in one direction.
  private func run(
    _ step: Int, _ kernels: Range<Int>, _ task: Int, _ groups: Int, blocks: Range<Int>,
    _ memory: KernelMemory
  ) {
    let (direction, group) = task.quotientAndRemainder(dividingBy: groups)
    let sequences = group * batch / groups..<(group + 1) * batch / groups
    let most = tileSizes[tileSizes.count - 1]
    var tile = InlineArray<6, Int>(repeating: 0)
    var count = 0
    for sequence in sequences where step < stepCount(sequence, memory) {
      tile[count] = sequence
      count += 1
      if count == most {
        run(step, kernels, tile, count, direction, blocks, memory)
        count = 0
      }
    }
    if count > 0 { run(step, kernels, tile, count, direction, blocks, memory) }
  }

  /// Some kernels of a step for a few sequences.
  private func run(
    _ step: Int, _ kernels: Range<Int>, _ tile: InlineArray<6, Int>, _ count: Int,
    _ direction: Int, _ blocks: Range<Int>, _ memory: KernelMemory
  ) {
    for kernel in kernels {
      var first = 0
      while first < count {
        let size = tileSizes.lastIndex { $0 <= count - first } ?? 0
        run(
          step, kernel, tile, first..<first + tileSizes[size], steps[direction][kernel][size],
          direction, blocks, memory)
        first += tileSizes[size]
      }
    }
  }

  private func run(
    _ step: Int, _ index: Int, _ tile: InlineArray<6, Int>, _ rows: Range<Int>, _ kernel: Kernel,
    _ direction: Int, _ blocks: Range<Int>, _ memory: KernelMemory
  ) {
    let (cell, gates) = network.cells[index]
    let unit = blocks.lowerBound * lanes
    let units = min(hidden, blocks.upperBound * lanes) - unit
    if units <= 0 { return }
    let slots = RecurrentStep.Slot.allCases.count
    let parts = RecurrentStep.Row.allCases.count
    unsafe withUnsafeTemporaryAllocation(
      of: Int.self, capacity: slots + rows.count * parts
    ) { block in
      guard let arguments = UnsafeMutableRawPointer(block.baseAddress) else { return }
      func set(_ slot: RecurrentStep.Slot, _ value: Int) { unsafe block[slot.rawValue] = value }
      let vectorByteCount = lanes * 4
      let weightsPlace = KernelMemory.Place.constant(weights.state[direction][index])
      unsafe set(
        .weights,
        Int(bitPattern: memory.address(weightsPlace))
          + blocks.lowerBound * hidden * gates.count * vectorByteCount)
      let constantsPlace = KernelMemory.Place.constant(weights.constants[direction][index])
      unsafe set(
        .constants,
        Int(bitPattern: memory.address(constantsPlace))
          + blocks.lowerBound * cell.constantCount * vectorByteCount)
      set(.units, units)
      set(.depth, hidden)
      set(.gateBytes, self.blocks * vectorByteCount)
      set(.rows, Int(bitPattern: arguments) + slots * 8)
      for row in rows {
        let sequence = tile[row]
        let place = slots + (row - rows.lowerBound) * parts
        func set(_ part: RecurrentStep.Row, _ address: UnsafeMutableRawPointer, _ unit: Int) {
          unsafe block[place + part.rawValue] = Int(bitPattern: address) + unit * 4
        }
        let stateRow = (direction * batch + sequence) * stateByteCount
        let count = stepCount(sequence, memory)
        let time = isReversed(direction) ? count - 1 - step : step
        let last = isReversed(direction) ? time + 1 : time - 1
        let input =
          (time * batch + sequence) * weights.columns
          + (direction * network.gateCount + gates.lowerBound) * self.blocks * lanes
        unsafe set(.input, memory.address(sums) + input * 4, unit)
        let previous =
          unsafe step > 0
          ? memory.result(0) + last * directions * batch * stateByteCount + stateRow
          : initialHidden.map { unsafe memory.address($0) + stateRow }
            ?? memory.address(.constant(zeros))
        unsafe set(.previous, previous, unit)
        let isSecond = index > 0
        let weighted = unsafe memory.address(weighted) + stateRow
        unsafe set(.state, isSecond ? weighted : previous, 0)
        unsafe set(.cell, memory.address(self.cell) + stateRow, unit)
        let result = unsafe memory.result(0) + time * directions * batch * stateByteCount + stateRow
        let isLast = index == network.cells.count - 1
        unsafe set(.result, isLast ? result : weighted, unit)
      }
      unsafe kernel(arguments)
    }
  }
}
