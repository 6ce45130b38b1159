import Support
import Tensors

/// What a recurrent network does in one step of one sequence.
protocol RecurrentCell: Sendable {
  /// The number of gates, each of which has rows of its own in the weights.
  static var gateCount: Int { get }
  /// The number of states, of which the first is the hidden one.
  static var stateCount: Int { get }
  /// Makes the next states; `input` are the sums of the weighted input and its bias for all gates.
  func step(
    _ states: inout [[Double]], input: [Double], _ matrices: RecurrentMatrices, direction: Int)
}

/// The weights and biases of a recurrent network, with those of one element next to each other.
struct RecurrentMatrices: Sendable {
  let hidden: Int
  private let gates: Int
  private let width: Int
  private let inputWeights: [Double]
  private let stateWeights: [Double]
  private let bias: [Double]?

  /// - Parameters:
  ///   - inputWeights: `[directions, gates * hidden, width]`.
  ///   - stateWeights: `[directions, gates * hidden, hidden]`.
  ///   - bias: `[directions, 2 * gates * hidden]`.
  init(
    inputWeights: [Double], stateWeights: [Double], bias: [Double]?, directions: Int, gates: Int,
    width: Int, hidden: Int
  ) {
    self.gates = gates
    self.width = width
    self.hidden = hidden
    self.bias = bias
    func transposed(_ weights: [Double], columns: Int) -> [Double] {
      let rows = gates * hidden
      var result = [Double](repeating: 0, count: weights.count)
      for matrix in 0..<directions {
        for row in 0..<rows {
          for column in 0..<columns {
            result[(matrix * columns + column) * rows + row] =
              weights[(matrix * rows + row) * columns + column]
          }
        }
      }
      return result
    }
    self.inputWeights = transposed(inputWeights, columns: width)
    self.stateWeights = transposed(stateWeights, columns: hidden)
  }

  /// The weighted sums of the input `x[start..<start + width]`, with the input's biases, for all gates.
  func inputSums(_ x: [Double], at start: Int, direction: Int) -> [Double] {
    sums(
      x, at: start, count: width, inputWeights, direction: direction, 0..<gates, biases: 0)
  }

  /// The weighted sums of a state, with the state's biases, for some of the gates.
  func stateSums(_ state: [Double], direction: Int, gates range: Range<Int>) -> [Double] {
    sums(
      state, at: 0, count: hidden, stateWeights, direction: direction, range, biases: 1)
  }

  private func sums(
    _ elements: [Double], at start: Int, count: Int, _ weights: [Double], direction: Int,
    _ range: Range<Int>, biases half: Int
  ) -> [Double] {
    let length = range.count * hidden
    var sums = [Double](repeating: 0, count: length)
    if let bias {
      let first = ((2 * direction + half) * gates + range.lowerBound) * hidden
      for index in 0..<length { sums[index] = bias[first + index] }
    }
    var span = sums.mutableSpan
    for index in 0..<count {
      let row = (direction * count + index) * gates + range.lowerBound
      accumulate(
        elements[start + index], weights.span, at: Positions(start: row * hidden, step: 1),
        into: &span, at: Positions(start: 0, step: 1), count: length)
    }
    return sums
  }
}

/// Runs a recurrent network in `Double`; each sequence in each direction is a row of work of its own, or all sequences of
/// a direction together are, where they share the steps that states are rounded to.
struct RecurrentEvaluation<Cell: RecurrentCell>: Sendable {
  let length: Int
  let batch: Int
  let width: Int
  let hidden: Int
  let direction: RNNDirection
  let lengths: [Int]?
  let x: [Double]
  let initialStates: [[Double]?]
  /// Whether the hidden states of a step are rounded to 8 bits before they are multiplied.
  let roundsStates: Bool
  let matrices: RecurrentMatrices
  let cell: Cell

  /// The result Y, then the states after the last step.
  func run(as type: ElementType) throws(MIGraphXError) -> [Argument] {
    let directions = direction.count
    let stateCount = initialStates.count
    // A row holds the hidden state of every step, then the last states.
    let rowLength = (length + stateCount) * hidden
    let group = roundsStates ? max(1, batch) : 1
    let rows = parallelRows(
      directions * batch / group, of: rowLength * group, repeating: 0.0
    ) { row, output in
      runSequences(row * group..<(row + 1) * group, into: &output)
    }
    var y = [Double](repeating: 0, count: length * directions * batch * hidden)
    var states = [[Double]](
      repeating: [Double](repeating: 0, count: directions * batch * hidden), count: stateCount)
    for row in 0..<directions * batch {
      for unit in 0..<hidden {
        let start = row * rowLength + unit
        for step in 0..<length {
          y[(step * directions * batch + row) * hidden + unit] = rows[start + step * hidden]
        }
        for state in 0..<stateCount {
          states[state][row * hidden + unit] = rows[start + (length + state) * hidden]
        }
      }
    }
    var results = [
      try Argument(y, lens: [length, directions, batch, hidden]).converted(toElementType: type)
    ]
    for state in states {
      results.append(
        try Argument(state, lens: [directions, batch, hidden]).converted(toElementType: type))
    }
    return results
  }

  /// Runs sequences of one direction, each of which has a row of `output`.
  private func runSequences(_ rows: Range<Int>, into output: inout MutableSpan<Double>) {
    var states = rows.map { row in
      initialStates.map { state in
        state.map { Array($0[row * hidden..<(row + 1) * hidden]) }
          ?? [Double](repeating: 0, count: hidden)
      }
    }
    let steps = rows.map { lengths?[$0 % batch] ?? length }
    let rowLength = (length + initialStates.count) * hidden
    for step in 0..<(steps.max() ?? 0) {
      let active = states.indices.filter { step < steps[$0] }
      if roundsStates {
        // What a sequence that has just ended has come to is still in the range, as in ONNX Runtime.
        let rounding = ByteRounding(
          over: states.indices.filter { step <= steps[$0] }.map { states[$0][0] })
        for index in active { states[index][0] = states[index][0].map(rounding.rounded) }
      }
      for index in active {
        let (set, sequence) = (rows.lowerBound + index).quotientAndRemainder(dividingBy: batch)
        let isReversed = direction == .reverse || set == 1
        let time = isReversed ? steps[index] - 1 - step : step
        let input = matrices.inputSums(
          x, at: (time * batch + sequence) * width, direction: set)
        cell.step(&states[index], input: input, matrices, direction: set)
        let start = index * rowLength + time * hidden
        for unit in 0..<hidden { output[start + unit] = states[index][0][unit] }
      }
    }
    for index in states.indices where steps[index] > 0 {
      for (number, state) in states[index].enumerated() {
        let start = index * rowLength + (length + number) * hidden
        for unit in 0..<hidden { output[start + unit] = state[unit] }
      }
    }
  }
}

/// Rounds numbers to 255 steps over their range, which is taken to include 0, in single precision.
private struct ByteRounding {
  private let scale: Float
  private let zero: Float

  init(over numbers: [[Double]]) {
    let (least, largest) = numbers.joined().reduce((Float(0), Float(0))) { range, number in
      (min(range.0, Float(number)), max(range.1, Float(number)))
    }
    scale = largest == least ? 1 : (largest - least) / 255
    zero = (-least / scale).rounded(.toNearestOrEven)
  }

  func rounded(_ number: Double) -> Double {
    let step = (Float(number) / scale).rounded(.toNearestOrEven) + zero
    return Double(max(0, min(255, step)) - zero) * Double(scale)
  }
}

/// A number cut off at `limit` on both sides.
func clipped(_ x: Double, _ limit: Double) -> Double { x.isNaN ? x : max(-limit, min(limit, x)) }
