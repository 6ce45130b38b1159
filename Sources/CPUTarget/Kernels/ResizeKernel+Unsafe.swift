import Codegen
import IR
import Operators
import Support
import Tensors

/// A kernel for a weighted sum of rows of floats.
///
/// Its arguments are the number of elements of a row, the address of the result, that of the rows' offsets in bytes,
/// their number, the address from which they count, and that of the weights, floats.
enum WeightedSumEmitter {
  /// Where in the block of arguments things stand.
  static let (count, result, offsets, rowCount, input, weights) = (0, 1, 2, 3, 4, 5)
  static let argumentCount = 6

  static func source(_ set: InstructionSet) -> KernelSource {
    let ir = IRBuilder(set)
    let count = ir.argument(WeightedSumEmitter.count, .int64)
    let whole = ir.bits(count, and: .integer(-set.lanes))
    _ = ir.loop(from: .integer(0), to: whole, step: set.lanes, carrying: []) { index, _ in
      emit(ir, ir.product(index, .integer(4)), nil)
      return []
    }
    let mask = ir.mask(ir.difference(count, whole))
    // No round, or one.
    _ = ir.loop(from: whole, to: count, step: set.lanes, carrying: []) { index, _ in
      emit(ir, ir.product(index, .integer(4)), mask)
      return []
    }
    return ir.source("weighted sum")
  }

  private static func emit(_ ir: IRBuilder, _ place: IRValue, _ mask: IRValue?) {
    let input = ir.address(ir.argument(WeightedSumEmitter.input, .pointer), place)
    let offsets = ir.argument(WeightedSumEmitter.offsets, .pointer)
    let weights = ir.argument(WeightedSumEmitter.weights, .pointer)
    let number = ir.argument(WeightedSumEmitter.rowCount, .int64)
    let sum = ir.loop(
      from: .integer(0), to: number, step: 1, carrying: [ir.constant(0)]
    ) { row, state in
      let offset = ir.load(
        .int64, ir.address(offsets, ir.product(row, .integer(8))), alignment: 8)
      let weight = ir.load(.float, ir.address(weights, ir.product(row, .integer(4))))
      let source = ir.address(input, offset)
      let x = mask.map { ir.load(source, mask: $0) } ?? ir.load(ir.vector, source)
      return [ir.multiplyAdd(ir.splat(weight), x, state[0])]
    }[0]
    let target = ir.address(ir.argument(WeightedSumEmitter.result, .pointer), place)
    if let mask { ir.store(sum, target, mask: mask) } else { ir.store(sum, target) }
  }
}

/// Chooses or interpolates the elements of a tensor; the axes stay in the order in which they lie.
final class ResizeKernel: NativeKernel {
  private let op: Resize
  private let weightedSum: Kernel
  private let runtime: Runtime
  /// What stands outside of the input, as one element.
  private let outside: Argument

  /// Interpolation of more axes would need too many taps.
  private static let maximumRank = 6

  /// Whether the kernel computes `op` for tensors of `type`.
  static func computes(_ op: Resize, _ type: ElementType, rank: Int) -> Bool {
    if op.mode == "nearest" { return type.bitWidth >= 8 }
    return type == .float && op.antialias != true && rank <= maximumRank
  }

  init(
    _ op: Resize, _ type: ElementType, _ weightedSum: Kernel, _ runtime: Runtime
  ) throws(MIGraphXError) {
    self.op = op
    self.weightedSum = weightedSum
    self.runtime = runtime
    outside = try Argument([op.extrapolationValue ?? 0], lens: [1]).converted(toElementType: type)
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    var fixed = op
    if let sizes = op.sizes { fixed.sizes = try context.values(of: sizes).map { Dimension($0) } }
    let lens = try fixed.resultLens(operands, in: context)
    let order = operands[0].denseOrder
    let result = try TensorLayout(operands[0].elementType, lens: lens, order: order)
    if result.elementCount == 0 { return PreparedKernel(results: [result]) }
    let tables = try fixed.tables(of: operands[0].lens, result: lens)
    var arranging = Arranging(runtime)
    let (place, x) = try arranging.place(operands[0], 0, order: order)
    if op.mode == "nearest" {
      var sources = lens.map { Array(0..<$0) }
      for table in tables { sources[table.axis] = table.taps.map { $0?.first?.position ?? -1 } }
      let copy = TableCopy(sources: sources, of: x, to: result, fill: .constant(outside))
      arranging.add(copy.grid(from: place, to: .result(0)))
    } else {
      let value = outside.elements(as: Float.self).first ?? 0
      let interpolation = Interpolation(tables, x, result, outside: value)
      arranging.add(interpolation.grid(from: place, weightedSum))
    }
    var prepared = arranging.prepared([result])
    prepared.constants = [outside]
    return prepared
  }
}

/// A tensor whose elements are sums over taps along several axes.
private struct Interpolation: Sendable {
  /// One axis of the result, with the taps of each of its positions one after the other.
  private struct Axis {
    /// Where the taps of each position start in the lists; one more than there are positions.
    var starts = [0]
    /// In bytes from the source's first element.
    var offsets: [Int] = []
    var weights: [Float] = []
    var isOutside: [Bool] = []

    var count: Int { isOutside.count }

    func taps(of position: Int) -> Range<Int> { starts[position]..<starts[position + 1] }

    var mostTaps: Int { (0..<count).reduce(1) { max($0, taps(of: $1).count) } }
  }

  /// All axes but the last that changes and those inside of it.
  private let outer: [Axis]
  private let last: Axis
  /// The elements inside of the last axis, which are summed in the same way.
  private let block: Int
  private let outside: Float

  /// Rows of fewer elements are not worth a vector kernel.
  private static let shortestRow = 4
  /// The elements that one task makes, about.
  private static let taskLength = 8 << 10

  /// - Parameters:
  ///   - x: the source, which lies without gaps in the order of `result`.
  init(_ tables: [ResizeTable], _ x: TensorLayout, _ result: TensorLayout, outside: Float) {
    var order = result.denseOrder ?? Array(result.lens.indices)
    var block = 1
    while let axis = order.last, !tables.contains(where: { $0.axis == axis }) {
      block *= x.lens[axis]
      order.removeLast()
    }
    var axes = order.map { axis in
      let table = tables.first { $0.axis == axis }
      var result = Axis()
      for position in 0..<(table?.taps.count ?? x.lens[axis]) {
        let taps = table.map { $0.taps[position] } ?? [(position, 1)]
        for tap in taps ?? [] {
          result.offsets.append(tap.position * x.strides[axis] * 4)
          result.weights.append(Float(tap.weight))
        }
        result.isOutside.append(taps == nil)
        result.starts.append(result.offsets.count)
      }
      return result
    }
    var single = Axis()
    (single.starts, single.offsets, single.weights, single.isOutside) = ([0, 1], [0], [1], [false])
    last = axes.popLast() ?? single
    outer = axes
    self.block = block
    self.outside = outside
  }

  func grid(from: KernelMemory.Place, _ kernel: Kernel) -> TaskGrid {
    let rowLength = last.count * block
    let rowCount = outer.reduce(1) { $0 * $1.count }
    let perTask = max(1, Interpolation.taskLength / rowLength)
    let outerTaps = outer.reduce(1) { $0 * $1.mostTaps }
    let allTaps = outerTaps * last.mostTaps
    return TaskGrid((rowCount + perTask - 1) / perTask) { task, memory in
      unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: outerTaps + allTaps) { offsets in
        unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: outerTaps + allTaps) {
          weights in
          let source = unsafe UnsafeRawPointer(memory.address(from))
          for row in task * perTask..<min(rowCount, (task + 1) * perTask) {
            let target = unsafe memory.result(0) + row * rowLength * 4
            let count = unsafe combine(row, offsets, weights)
            if count == 0 {
              unsafe fill(target, rowLength)
            } else if block < Interpolation.shortestRow {
              unsafe addRow(source, target, count, offsets, weights)
            } else {
              unsafe callRow(source, target, count, offsets, weights, first: outerTaps, kernel)
            }
          }
        }
      }
    }
  }

  @unsafe private func fill(_ target: UnsafeMutableRawPointer, _ count: Int) {
    for index in 0..<count {
      unsafe target.storeBytes(of: outside, toByteOffset: index &* 4, as: Float.self)
    }
  }

  /// Writes the taps of a row's place on the outer axes, and gives their number: none outside of the input.
  @unsafe private func combine(
    _ row: Int, _ offsets: UnsafeMutableBufferPointer<Int>,
    _ weights: UnsafeMutableBufferPointer<Float>
  ) -> Int {
    unsafe offsets[0] = 0
    unsafe weights[0] = 1
    var (rest, count) = (row, 1)
    for index in outer.indices.reversed() {
      let position: Int
      (rest, position) = rest.quotientAndRemainder(dividingBy: outer[index].count)
      if outer[index].isOutside[position] { return 0 }
      let taps = outer[index].taps(of: position)
      // From the last one on, so that those that are read are not overwritten before.
      for tap in taps.reversed() {
        let first = (tap - taps.lowerBound) * count
        for known in (0..<count).reversed() {
          unsafe offsets[first + known] = offsets[known] + outer[index].offsets[tap]
          unsafe weights[first + known] = weights[known] * outer[index].weights[tap]
        }
      }
      count *= taps.count
    }
    return count
  }

  /// Makes a row element by element.
  @unsafe private func addRow(
    _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int,
    _ offsets: UnsafeMutableBufferPointer<Int>, _ weights: UnsafeMutableBufferPointer<Float>
  ) {
    for position in 0..<last.count {
      let place = unsafe target + position &* block &* 4
      if last.isOutside[position] {
        unsafe fill(place, block)
        continue
      }
      for element in 0..<block {
        var sum: Float = 0
        for tap in last.taps(of: position) {
          let column = unsafe source + (last.offsets[tap] &+ element &* 4)
          var part: Float = 0
          for known in 0..<count {
            part +=
              unsafe weights[known]
              * column.loadUnaligned(fromByteOffset: offsets[known], as: Float.self)
          }
          sum += part * last.weights[tap]
        }
        unsafe place.storeBytes(of: sum, toByteOffset: element &* 4, as: Float.self)
      }
    }
  }

  /// Makes a row block by block; the taps of a block stand in the lists from `first` on.
  @unsafe private func callRow(
    _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int,
    _ offsets: UnsafeMutableBufferPointer<Int>, _ weights: UnsafeMutableBufferPointer<Float>,
    first: Int, _ kernel: Kernel
  ) {
    unsafe withUnsafeTemporaryAllocation(
      of: Int.self, capacity: WeightedSumEmitter.argumentCount
    ) { arguments in
      guard let offsetBase = offsets.baseAddress, let weightBase = weights.baseAddress,
        let argumentBase = arguments.baseAddress
      else { return }
      unsafe arguments[WeightedSumEmitter.count] = block
      unsafe arguments[WeightedSumEmitter.offsets] = Int(bitPattern: offsetBase + first)
      unsafe arguments[WeightedSumEmitter.weights] = Int(bitPattern: weightBase + first)
      unsafe arguments[WeightedSumEmitter.input] = Int(bitPattern: source)
      for position in 0..<last.count {
        let place = unsafe target + position * block * 4
        if last.isOutside[position] {
          unsafe fill(place, block)
          continue
        }
        var number = first
        for tap in last.taps(of: position) {
          for known in 0..<count {
            unsafe offsets[number] = offsets[known] + last.offsets[tap]
            unsafe weights[number] = weights[known] * last.weights[tap]
            number += 1
          }
        }
        unsafe arguments[WeightedSumEmitter.rowCount] = number - first
        unsafe arguments[WeightedSumEmitter.result] = Int(bitPattern: place)
        unsafe kernel(UnsafeMutableRawPointer(argumentBase))
      }
    }
  }
}
