import Support
import Tensors

/// Runs an LSTM in `Double`; each sequence in each direction is a row of work of its own.
struct LSTMEvaluation: Sendable {
  let length: Int
  let batch: Int
  let width: Int
  let hidden: Int
  let direction: RNNDirection
  let functions: [RNNActivation]
  let limit: Double
  let couplesGates: Bool
  let x: [Double]
  let w: [Double]
  let r: [Double]
  let bias: [Double]?
  let lengths: [Int]?
  let initialHidden: [Double]?
  let initialCell: [Double]?
  let peepholes: [Double]?

  /// The results Y, Y_h and Y_c.
  func run(as type: ElementType) throws(MIGraphXError) -> [Argument] {
    let directions = direction.count
    let inputWeights = transposed(w, columns: width)
    let stateWeights = transposed(r, columns: hidden)
    // A row holds the hidden state of every step, then the last hidden state and the last cell.
    let rowLength = (length + 2) * hidden
    let rows = parallelRows(directions * batch, of: rowLength, repeating: 0.0) { row, output in
      runSequence(row, inputWeights, stateWeights, into: &output)
    }
    var y = [Double](repeating: 0, count: length * directions * batch * hidden)
    var states = [[Double]](
      repeating: [Double](repeating: 0, count: directions * batch * hidden), count: 2)
    for row in 0..<directions * batch {
      for unit in 0..<hidden {
        let start = row * rowLength + unit
        for step in 0..<length {
          y[(step * directions * batch + row) * hidden + unit] = rows[start + step * hidden]
        }
        for state in 0..<2 {
          states[state][row * hidden + unit] = rows[start + (length + state) * hidden]
        }
      }
    }
    return [
      try Argument(y, lens: [length, directions, batch, hidden]).converted(toElementType: type),
      try Argument(states[0], lens: [directions, batch, hidden]).converted(toElementType: type),
      try Argument(states[1], lens: [directions, batch, hidden]).converted(toElementType: type),
    ]
  }

  /// `[dirs, 4H, columns]` as `[dirs, columns, 4H]`.
  private func transposed(_ weights: [Double], columns: Int) -> [Double] {
    let gates = 4 * hidden
    var result = [Double](repeating: 0, count: weights.count)
    for matrix in 0..<direction.count {
      for gate in 0..<gates {
        for column in 0..<columns {
          result[(matrix * columns + column) * gates + gate] =
            weights[(matrix * gates + gate) * columns + column]
        }
      }
    }
    return result
  }

  private func runSequence(
    _ row: Int, _ inputWeights: [Double], _ stateWeights: [Double],
    into output: inout MutableSpan<Double>
  ) {
    let (set, sequence) = row.quotientAndRemainder(dividingBy: batch)
    let isReversed = direction == .reverse || set == 1
    let steps = lengths?[sequence] ?? length
    if steps == 0 { return }
    let gates = 4 * hidden
    let start = row * hidden
    var state = initialHidden.map { Array($0[start..<start + hidden]) } ?? zeros
    var cell = initialCell.map { Array($0[start..<start + hidden]) } ?? zeros
    for step in 0..<steps {
      let time = isReversed ? steps - 1 - step : step
      var sums = [Double](repeating: 0, count: gates)
      if let bias {
        for gate in 0..<gates {
          sums[gate] = bias[set * 2 * gates + gate] + bias[(set * 2 + 1) * gates + gate]
        }
      }
      var span = sums.mutableSpan
      let input = (time * batch + sequence) * width
      add(x, at: input, count: width, times: inputWeights, matrix: set, to: &span)
      add(state, at: 0, count: hidden, times: stateWeights, matrix: set, to: &span)
      update(&state, &cell, sums, set)
      for unit in 0..<hidden { output[time * hidden + unit] = state[unit] }
    }
    for unit in 0..<hidden {
      output[length * hidden + unit] = state[unit]
      output[(length + 1) * hidden + unit] = cell[unit]
    }
  }

  private var zeros: [Double] { [Double](repeating: 0, count: hidden) }

  /// Adds the product of `count` elements and a matrix `[count, 4H]` to the sums of the gates.
  private func add(
    _ elements: [Double], at start: Int, count: Int, times weights: [Double], matrix: Int,
    to sums: inout MutableSpan<Double>
  ) {
    for index in 0..<count {
      accumulate(
        elements[start + index], weights.span,
        at: Positions(start: (matrix * count + index) * 4 * hidden, step: 1),
        into: &sums, at: Positions(start: 0, step: 1), count: 4 * hidden)
    }
  }

  /// Makes the next states of the sums of the gates.
  private func update(
    _ state: inout [Double], _ cell: inout [Double], _ sums: [Double], _ set: Int
  ) {
    let gate = functions[set * 3]
    let candidate = functions[set * 3 + 1]
    let squash = functions[set * 3 + 2]
    for unit in 0..<hidden {
      func peephole(_ index: Int, _ cell: Double) -> Double {
        peepholes.map { $0[(set * 3 + index) * hidden + unit] * cell } ?? 0
      }
      let old = cell[unit]
      let input = gate(clipped(sums[unit] + peephole(0, old)))
      let forget =
        couplesGates ? 1 - input : gate(clipped(sums[2 * hidden + unit] + peephole(2, old)))
      let new = forget * old + input * candidate(clipped(sums[3 * hidden + unit]))
      let output = gate(clipped(sums[hidden + unit] + peephole(1, new)))
      cell[unit] = new
      state[unit] = output * squash(new)
    }
  }

  private func clipped(_ x: Double) -> Double { x.isNaN ? x : max(-limit, min(limit, x)) }
}
