import Codegen
import IR
import Operators
import Support
import Tensors

/// Reduces floats along any axes.
///
/// The result's axes lie in the order of the operand's.
final class ReductionKernel: NativeKernel {
  private let axes: [Int]
  private let rows: Kernel
  private let columns: Kernel
  private let runtime: Runtime

  /// The elements that one task reduces, about.
  private static let taskLength = 32 << 10
  /// The columns of one task are a multiple of this.
  private static let columnBundle = 64

  /// Makes the kernel; `rows` and `columns` are those of ``ReductionSource``.
  init(axes: [Int], rows: Kernel, columns: Kernel, _ runtime: Runtime) {
    self.axes = axes
    self.rows = rows
    self.columns = columns
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    guard let operand = operands.first, operands.count == 1,
      axes.allSatisfy({ $0 < operand.rank })
    else {
      throw MIGraphXError(
        .invalidShape, "one operand with the axes \(axes) is needed, found \(operands.map(\.lens))")
    }
    let isReduced = operand.lens.indices.map { axes.contains($0) }
    var arranging = Arranging(runtime)
    var order = operand.denseOrder ?? Array(operand.lens.indices)
    var groups = Groups(operand.lens, order, isReduced)
    var place = KernelMemory.Place.operand(0)
    if operand.denseOrder == nil || groups.reduced.count > 2 {
      // The reduced axes become the innermost.
      order = order.filter { !isReduced[$0] } + order.filter { isReduced[$0] }
      place = try arranging.copy(operand, 0, order: order).place
      groups = Groups(operand.lens, order, isReduced)
    }
    let lens = operand.lens.indices.map { isReduced[$0] ? 1 : operand.lens[$0] }
    let result = try TensorLayout(.float, lens: lens, order: order)
    if result.elementCount > 0 { arranging.add(grid(groups, place)) }
    return PreparedKernel(
      results: [result], scratchByteCount: arranging.scratch.byteCount, grids: arranging.grids)
  }

  /// Axes that lie as one, outermost first, with the elements between neighbours.
  private struct Groups {
    typealias Axis = (size: Int, stride: Int)
    var reduced: [Axis] = []
    var kept: [Axis] = []

    /// The axes of a tensor that lies in the order `order` without gaps.
    init(_ lens: [Int], _ order: [Int], _ isReduced: [Bool]) {
      var stride = 1
      var last: Bool?
      for axis in order.reversed() where lens[axis] != 1 {
        let list = isReduced[axis] ? \Groups.reduced : \Groups.kept
        if last == isReduced[axis] {
          self[keyPath: list][0].size *= lens[axis]
        } else {
          self[keyPath: list].insert((lens[axis], stride), at: 0)
        }
        last = isReduced[axis]
        stride *= lens[axis]
      }
    }
  }

  private func grid(_ groups: Groups, _ place: KernelMemory.Place) -> TaskGrid {
    let missing = Array(repeating: (size: 1, stride: 0), count: 2)
    let reduced = Array((missing + groups.reduced).suffix(2))
    let areRows = groups.reduced.last.map { $0.stride == 1 } ?? false || groups.kept.isEmpty
    let kept = Array((missing + groups.kept).suffix(3))
    // The innermost kept axis is done by one call of the kernel, in pieces.
    let (results, outer) = (kept[kept.count - 1], Array(kept.dropLast()))
    let length = reduced[0].size * reduced[1].size
    let wanted = max(1, ReductionKernel.taskLength / max(1, length))
    let bundle = areRows ? 1 : ReductionKernel.columnBundle
    let pieceLength = min(results.size, (wanted + bundle - 1) / bundle * bundle)
    let pieces = (results.size + pieceLength - 1) / pieceLength
    let outerCount = outer.reduce(1) { $0 * $1.size }
    let outerPerTask = max(1, wanted / max(1, results.size))
    let bundles = (outerCount + outerPerTask - 1) / outerPerTask
    let kernel = areRows ? rows : columns
    return TaskGrid(bundles * pieces) { task, memory in
      let (bundle, piece) = task.quotientAndRemainder(dividingBy: pieces)
      let first = piece * pieceLength
      unsafe withUnsafeTemporaryAllocation(
        of: Int.self, capacity: ReductionSource.Slot.allCases.count
      ) { block in
        guard let arguments = UnsafeMutableRawPointer(block.baseAddress) else { return }
        func set(_ slot: ReductionSource.Slot, _ value: Int) {
          unsafe block[slot.rawValue] = value
        }
        set(.count, min(pieceLength, results.size - first))
        set(.resultStride, results.stride * 4)
        set(.outerCount, reduced[0].size)
        set(.outerStride, reduced[0].stride * 4)
        set(.innerCount, reduced[1].size)
        set(.innerStride, reduced[1].stride * 4)
        set(.factor, Int(bitPattern: UInt((1 / Double(max(1, length))).bitPattern)))
        let (input, output) = unsafe (memory.address(place), memory.result(0))
        for number in bundle * outerPerTask..<min(outerCount, (bundle + 1) * outerPerTask) {
          var (rest, offset) = (number, first * results.stride)
          for axis in outer.reversed() {
            let place: Int
            (rest, place) = rest.quotientAndRemainder(dividingBy: axis.size)
            offset += place * axis.stride
          }
          set(.input, Int(bitPattern: input) + offset * 4)
          set(.result, Int(bitPattern: output) + (number * results.size + first) * 4)
          unsafe kernel(arguments)
        }
      }
    }
  }
}
