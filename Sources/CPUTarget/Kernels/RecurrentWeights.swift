import Codegen
import Operators
import Support
import Tensors

/// The constants of a recurrent network as its kernels read them.
///
/// Gates are padded to whole vectors of units.
struct RecurrentWeights {
  /// The columns of the product of the inputs: all gates of all directions.
  let columns: Int
  /// The length of an input.
  let width: Int
  /// The input weights, packed for tiles.
  let input: Argument
  /// What the products begin with.
  let bias: PackedBias
  /// The state weights of each direction and kernel, see ``RecurrentStep``.
  let state: [[Argument]]
  /// The other constants of each direction and kernel.
  let constants: [[Argument]]

  /// Packs constants as the operator has them.
  ///
  /// - Throws: `system` or `limitExceeded` when there is no memory.
  init(
    _ network: RecurrentNetwork, inputWeights: Argument, stateWeights: Argument, bias: Argument?,
    peepholes: Argument?, _ kernels: TileKernels, _ runtime: Runtime
  ) throws(MIGraphXError) {
    let (hidden, gates, lanes) = (network.hiddenSize, network.gateCount, kernels.set.lanes)
    let blocks = (hidden + lanes - 1) / lanes
    let padded = blocks * lanes
    let directions = network.direction.count
    (width, columns) = (inputWeights.lens[2], directions * gates * padded)

    var rows = [Float](repeating: 0, count: columns * width)
    let source = inputWeights.elements(as: Float.self)
    for gate in 0..<directions * gates {
      let (from, to) = (gate * hidden * width, gate * padded * width)
      for index in 0..<hidden * width { rows[to + index] = source[from + index] }
    }
    input = try PackedColumns(
      PackedColumns.Source(
        sumSizes: [width], sumStrides: [1], columns: columns, columnStride: width, parts: [0]),
      for: kernels
    ).packed(Argument(rows, lens: [columns, width]), runtime)

    let biases = bias?.elements(as: Float.self)
    // The bias of a weighted state that a gate multiplies is not the input's.
    let hasOwnBias = network.cells.contains { $0.cell == .gru }
    var sums = [Float](repeating: 0, count: columns)
    if let biases {
      for direction in 0..<directions {
        for gate in 0..<gates {
          let from = (direction * 2 * gates + gate) * hidden
          let to = (direction * gates + gate) * padded
          for unit in 0..<hidden {
            sums[to + unit] = biases[from + unit]
            if hasOwnBias && gate == 2 { continue }
            sums[to + unit] += biases[from + gates * hidden + unit]
          }
        }
      }
    }
    self.bias = try PackedBias(sums, parts: 1, columns: columns, width: kernels.columns)

    let elements = stateWeights.elements(as: Float.self)
    let peepholes = peepholes?.elements(as: Float.self)
    var (state, constants): ([[Argument]], [[Argument]]) = ([], [])
    for direction in 0..<directions {
      var (stateParts, constantParts): ([Argument], [Argument]) = ([], [])
      for (cell, range) in network.cells {
        stateParts.append(
          try RecurrentWeights.packed(blocks, depth: hidden, vectors: range.count, lanes) {
            unit, k, gate in
            guard unit < hidden else { return 0 }
            let row = (direction * gates + range.lowerBound + gate) * hidden + unit
            return elements[row * hidden + k]
          })
        constantParts.append(
          try RecurrentWeights.packed(blocks, depth: 1, vectors: cell.constantCount, lanes) {
            unit, _, index in
            guard unit < hidden else { return 0 }
            if let peepholes { return peepholes[(direction * 3 + index) * hidden + unit] }
            return biases?[(direction * 2 * gates + gates + 2) * hidden + unit] ?? 0
          })
      }
      state.append(stateParts)
      constants.append(constantParts)
    }
    self.state = state
    self.constants = constants
  }

  /// Blocks of units, in each `depth` rows of vectors.
  private static func packed(
    _ blocks: Int, depth: Int, vectors: Int, _ lanes: Int,
    _ element: (_ unit: Int, _ k: Int, _ vector: Int) -> Float
  ) throws(MIGraphXError) -> Argument {
    var numbers: [Float] = []
    numbers.reserveCapacity(blocks * depth * vectors * lanes)
    for block in 0..<blocks {
      for k in 0..<depth {
        for vector in 0..<vectors {
          for lane in 0..<lanes { numbers.append(element(block * lanes + lane, k, vector)) }
        }
      }
    }
    return try Argument(numbers, lens: [numbers.count])
  }
}
