import Codegen
import IR
import Support
import Tensors

/// Finds where along an axis the largest or smallest floats are.
///
/// The result's axes lie in the order of the operand's.
final class ArgExtremeKernel: NativeKernel {
  private let axis: Int
  private let seeksMaximum: Bool
  private let selectsLast: Bool
  private let runtime: Runtime

  /// The elements that one task compares, about.
  private static let taskLength = 16 << 10
  /// The most results that one task finds side by side.
  private static let maximumColumns = 64

  init(axis: Int, seeksMaximum: Bool, selectsLast: Bool, _ runtime: Runtime) {
    self.axis = axis
    self.seeksMaximum = seeksMaximum
    self.selectsLast = selectsLast
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    guard let x = operands.first, operands.count == 1, x.rank > axis else {
      throw MIGraphXError(.invalidShape, "an operand of more than \(axis) axes is needed")
    }
    let order = x.denseOrder ?? Array(x.lens.indices)
    var lens = x.lens
    lens[axis] = 1
    let result = try TensorLayout(.int64, lens: lens, order: order)
    guard x.lens[axis] > 0 || result.elementCount == 0 else {
      throw MIGraphXError(
        .invalidArgument, "axis \(axis) has no elements to search, found \(x.lens)")
    }
    var arranging = Arranging(runtime)
    let place = try arranging.place(x, 0, order: order).place
    if result.elementCount > 0 {
      arranging.add(grid(AxisGrid(x.lens, order: order, axis: axis), place))
    }
    return PreparedKernel(
      results: [result], scratchByteCount: arranging.scratch.byteCount, grids: arranging.grids)
  }

  private func grid(_ grid: AxisGrid, _ place: KernelMemory.Place) -> TaskGrid {
    let columns = min(grid.inner, ArgExtremeKernel.maximumColumns)
    let pieces = (grid.inner + columns - 1) / columns
    let count = grid.outer * pieces
    let bundle = max(1, ArgExtremeKernel.taskLength / (grid.length * columns))
    let (seeksMaximum, selectsLast) = (seeksMaximum, selectsLast)
    return TaskGrid((count + bundle - 1) / bundle) { task, memory in
      for number in task * bundle..<min(count, (task + 1) * bundle) {
        let (outer, piece) = number.quotientAndRemainder(dividingBy: pieces)
        let first = piece * columns
        let width = min(columns, grid.inner - first)
        let input = unsafe memory.address(place) + (outer * grid.length * grid.inner + first) * 4
        let output = unsafe (memory.result(0) + (outer * grid.inner + first) * 8)
          .assumingMemoryBound(to: Int64.self)
        unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { best in
          for column in 0..<width {
            unsafe best[column] = input.loadUnaligned(fromByteOffset: column * 4, as: Float.self)
            unsafe output[column] = 0
          }
          for index in 1..<max(1, grid.length) {
            let row = unsafe input + index * grid.inner * 4
            for column in 0..<width {
              let value = unsafe row.loadUnaligned(fromByteOffset: column * 4, as: Float.self)
              let old = unsafe best[column]
              let isBetter = seeksMaximum ? value > old : value < old
              // NaN is the extreme, of which the first counts, or the last.
              let isNew =
                isBetter || (value != value && old == old)
                || (selectsLast && (value == old || value != value))
              if isNew {
                unsafe best[column] = value
                unsafe output[column] = Int64(index)
              }
            }
          }
        }
      }
    }
  }
}
