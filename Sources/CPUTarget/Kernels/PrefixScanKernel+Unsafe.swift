import Codegen
import IR
import Operators
import Support
import Tensors

/// Joins to each float along an axis all those before it, in double precision. The result lies as the operand.
final class PrefixScanKernel: NativeKernel {
  private let axis: Int
  private let scan: PrefixScan
  private let isExclusive: Bool
  private let isReverse: Bool
  private let runtime: Runtime

  /// The elements that one task handles, about.
  private static let taskLength = 16 << 10
  /// The most rows that one task goes along side by side.
  private static let maximumColumns = 64

  init(axis: Int, _ scan: PrefixScan, isExclusive: Bool, isReverse: Bool, _ runtime: Runtime) {
    self.axis = axis
    self.scan = scan
    self.isExclusive = isExclusive
    self.isReverse = isReverse
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    guard let x = operands.first, operands.count == 1, x.rank > axis else {
      throw MIGraphXError(.invalidShape, "an operand of more than \(axis) axes is needed")
    }
    let order = x.denseOrder ?? Array(x.lens.indices)
    let result = try TensorLayout(.float, lens: x.lens, order: order)
    var arranging = Arranging(runtime)
    let place = try arranging.place(x, 0, order: order).place
    if result.elementCount > 0 {
      arranging.add(grid(AxisGrid(x.lens, order: order, axis: axis), place))
    }
    return PreparedKernel(
      results: [result], scratchByteCount: arranging.scratch.byteCount,
      inPlaceOperand: x == result ? 0 : nil, grids: arranging.grids)
  }

  private func grid(_ grid: AxisGrid, _ place: KernelMemory.Place) -> TaskGrid {
    let columns = min(grid.inner, PrefixScanKernel.maximumColumns)
    let pieces = (grid.inner + columns - 1) / columns
    let count = grid.outer * pieces
    let bundle = max(1, PrefixScanKernel.taskLength / (grid.length * columns))
    let (isSum, isExclusive, isReverse) = (scan == .sum, isExclusive, isReverse)
    return TaskGrid((count + bundle - 1) / bundle) { task, memory in
      for number in task * bundle..<min(count, (task + 1) * bundle) {
        let (outer, piece) = number.quotientAndRemainder(dividingBy: pieces)
        let first = piece * columns
        let width = min(columns, grid.inner - first)
        let offset = (outer * grid.length * grid.inner + first) * 4
        let (input, output) = unsafe (memory.address(place) + offset, memory.result(0) + offset)
        unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: width) { states in
          unsafe states.initialize(repeating: isSum ? 0 : 1)
          for step in 0..<grid.length {
            let row = (isReverse ? grid.length - 1 - step : step) * grid.inner * 4
            for column in 0..<width {
              let place = row + column * 4
              let value = unsafe Double(input.loadUnaligned(fromByteOffset: place, as: Float.self))
              let old = unsafe states[column]
              let new = isSum ? old + value : old * value
              unsafe states[column] = new
              unsafe output.storeBytes(
                of: Float(isExclusive ? old : new), toByteOffset: place, as: Float.self)
            }
          }
        }
      }
    }
  }
}
