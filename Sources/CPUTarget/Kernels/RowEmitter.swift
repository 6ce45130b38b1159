import Codegen

/// A kernel for one row whose elements lie next to each other.
///
/// Its arguments are the number of elements, the addresses of the row and of the result, then what the kind needs.
enum RowKernelKind: Hashable {
  /// Exponentials divided by their sum.
  case softmax
  /// The logarithms of these, without loss for small ones.
  case logSoftmax
  /// Mean 0 and variance 1, then scaled and, if `hasBias`, shifted, by the numbers at two more addresses. After
  /// them come what is added to the variance and one divided by the length, floats.
  case layerNorm(hasBias: Bool)

  /// Where in the block of arguments things stand.
  static let (count, input, result, scale, bias, epsilon, inverseLength) = (0, 1, 2, 3, 4, 5, 6)
  static let argumentCount = 7

  func source(_ set: InstructionSet) -> KernelSource {
    let rows = RowEmitter(ir: IRBuilder(set))
    switch self {
    case .softmax: rows.softmax()
    case .logSoftmax: rows.logSoftmax()
    case .layerNorm(let hasBias): rows.layerNorm(hasBias: hasBias)
    }
    return rows.ir.source("\(self)")
  }
}

/// Writes passes over a row: whole vectors first, then what is left, with a mask.
private struct RowEmitter {
  let ir: IRBuilder
  private let count: IRValue
  private let whole: IRValue

  init(ir: IRBuilder) {
    self.ir = ir
    count = ir.argument(RowKernelKind.count, .int64)
    whole = ir.bits(count, and: .integer(-ir.set.lanes))
  }

  private func pointer(_ index: Int) -> IRValue { ir.argument(index, .pointer) }

  /// Changes `value` for each vector of the row; the lanes beyond the end are given as false in the mask.
  private func pass(
    _ value: IRValue, _ body: (_ offset: IRValue, _ mask: IRValue?, _ value: IRValue) -> IRValue
  ) -> IRValue {
    let result = ir.loop(
      from: .integer(0), to: whole, step: ir.set.lanes, carrying: [value]
    ) { index, state in [body(ir.product(index, .integer(4)), nil, state[0])] }
    // No round, or one.
    let mask = ir.mask(ir.difference(count, whole))
    return ir.loop(from: whole, to: count, step: ir.set.lanes, carrying: result) { index, state in
      [body(ir.product(index, .integer(4)), mask, state[0])]
    }[0]
  }

  private func load(_ base: IRValue, _ offset: IRValue, _ mask: IRValue?) -> IRValue {
    let place = ir.address(base, offset)
    return mask.map { ir.load(place, mask: $0) } ?? ir.load(ir.vector, place)
  }

  private func store(_ value: IRValue, _ base: IRValue, _ offset: IRValue, _ mask: IRValue?) {
    let place = ir.address(base, offset)
    if let mask { ir.store(value, place, mask: mask) } else { ir.store(value, place) }
  }

  /// `value` where the mask is set, else `other`.
  private func masked(_ value: IRValue, _ mask: IRValue?, else other: Float = 0) -> IRValue {
    mask.map { ir.select($0, value, ir.constant(other)) } ?? value
  }

  /// The largest number of the row in each lane. NaN counts later, in sums.
  private func largest(_ input: IRValue) -> IRValue {
    let largest = pass(ir.constant(-.infinity)) { offset, mask, largest in
      let x = masked(load(input, offset, mask), mask, else: -.infinity)
      return ir.select(ir.compare("ogt", x, largest), x, largest)
    }
    return ir.splat(ir.largestLane(largest))
  }

  func softmax() {
    let (input, result) = (pointer(RowKernelKind.input), pointer(RowKernelKind.result))
    let top = largest(input)
    let sums = pass(ir.constant(0)) { offset, mask, sum in
      let power = ir.exponential(ir.subtract(load(input, offset, mask), top))
      store(power, result, offset, mask)
      return ir.add(sum, masked(power, mask))
    }
    let factor = ir.divide(ir.constant(1), ir.splat(ir.laneSum(sums)))
    _ = pass(ir.constant(0)) { offset, mask, state in
      store(ir.multiply(load(result, offset, mask), factor), result, offset, mask)
      return state
    }
  }

  func logSoftmax() {
    let (input, result) = (pointer(RowKernelKind.input), pointer(RowKernelKind.result))
    let top = largest(input)
    let sums = pass(ir.constant(0)) { offset, mask, sum in
      ir.add(sum, masked(ir.exponential(ir.subtract(load(input, offset, mask), top)), mask))
    }
    let logarithm = ir.logarithm(ir.splat(ir.laneSum(sums)))
    _ = pass(ir.constant(0)) { offset, mask, state in
      let x = ir.subtract(load(input, offset, mask), top)
      store(ir.subtract(x, logarithm), result, offset, mask)
      return state
    }
  }

  func layerNorm(hasBias: Bool) {
    let (input, result) = (pointer(RowKernelKind.input), pointer(RowKernelKind.result))
    let inverse = ir.splat(ir.argument(RowKernelKind.inverseLength, .float))
    let sum = pass(ir.constant(0)) { offset, mask, sum in
      ir.add(sum, load(input, offset, mask))
    }
    let mean = ir.multiply(ir.splat(ir.laneSum(sum)), inverse)
    let squares = pass(ir.constant(0)) { offset, mask, sum in
      let difference = masked(ir.subtract(load(input, offset, mask), mean), mask)
      return ir.multiplyAdd(difference, difference, sum)
    }
    let epsilon = ir.splat(ir.argument(RowKernelKind.epsilon, .float))
    let variance = ir.multiplyAdd(ir.splat(ir.laneSum(squares)), inverse, epsilon)
    let factor = ir.divide(ir.constant(1), ir.squareRoot(variance))
    let scale = pointer(RowKernelKind.scale)
    let bias = hasBias ? pointer(RowKernelKind.bias) : nil
    _ = pass(ir.constant(0)) { offset, mask, state in
      let x = ir.multiply(ir.subtract(load(input, offset, mask), mean), factor)
      let scaled = ir.multiply(x, load(scale, offset, mask))
      store(
        bias.map { ir.add(scaled, load($0, offset, mask)) } ?? scaled, result, offset, mask)
      return state
    }
  }
}
