import Codegen
import IR
import Support
import Tensors

/// A pointwise formula over tensors of any strides.
///
/// The result lies as the first operand that repeats nothing and has no gaps does.
final class PointwiseKernel: NativeKernel {
  private let runtime: Runtime
  private let kernel: Kernel
  private let lanes: Int
  private let operandTypes: [ElementType]
  private let resultType: ElementType

  /// Elements of one task.
  private static let taskLength = 16 << 10

  init(
    _ kernel: Kernel, operandTypes: [ElementType], resultType: ElementType, lanes: Int,
    _ runtime: Runtime
  ) {
    self.kernel = kernel
    self.operandTypes = operandTypes
    self.resultType = resultType
    self.lanes = lanes
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    guard operands.map(\.elementType) == operandTypes, let lens = operands.first?.lens,
      operands.allSatisfy({ $0.lens == lens })
    else {
      throw MIGraphXError(
        .invalidShape,
        "operands must have one size and \(operandTypes.map(\.rawValue)), found "
          + "\(operands.map(\.lens)) and \(operands.map(\.elementType.rawValue))")
    }
    let order = operands.lazy.compactMap(\.denseOrder).first ?? Array(lens.indices)
    let result = try TensorLayout(resultType, lens: lens, order: order)
    var arranging = Arranging(runtime)
    var places: [KernelMemory.Place] = []
    var layouts: [TensorLayout] = []
    let inner = order.last { lens[$0] != 1 }
    for (index, operand) in operands.enumerated() {
      let fits = inner.map { [0, 1].contains(operand.strides[$0]) } ?? true
      let (place, layout) =
        fits ? (.operand(index), operand) : try arranging.copy(operand, index, order: order)
      places.append(place)
      layouts.append(layout)
    }
    var prepared = PreparedKernel(
      results: [result], scratchByteCount: arranging.scratch.byteCount,
      inPlaceOperand: operands.firstIndex {
        $0.isDense(order) && $0.elementType.bitWidth == resultType.bitWidth
      }, grids: arranging.grids)
    if result.elementCount > 0 {
      prepared.grids.append(grid(Grid(layouts + [result], order), places))
    }
    return prepared
  }

  /// Axes that all tensors share, those merged that lie as one in each of them; the last one is a row.
  fileprivate struct Grid: Sendable {
    var sizes: [Int] = []
    /// For each axis the strides of all tensors, in elements.
    var strides: [[Int]] = []

    init(_ tensors: [TensorLayout], _ layout: [Int]) {
      for axis in layout where tensors[0].lens[axis] != 1 {
        let size = tensors[0].lens[axis]
        let steps = tensors.map { $0.strides[axis] }
        if let last = strides.last, last == steps.map({ $0 * size }) {
          sizes[sizes.count - 1] *= size
          strides[strides.count - 1] = steps
        } else {
          sizes.append(size)
          strides.append(steps)
        }
      }
      if sizes.isEmpty {
        sizes = [1]
        strides = [tensors.map { _ in 0 }]
      }
    }
  }

  private func grid(_ grid: Grid, _ places: [KernelMemory.Place]) -> TaskGrid {
    guard let length = grid.sizes.last, let steps = grid.strides.last else {
      return TaskGrid(0) { _, _ in }
    }
    let outer = Array(grid.sizes.dropLast())
    let rowCount = outer.reduce(1, *)
    // Long rows are cut, short ones are bundled. Pieces are whole vectors, so that all lanes are used.
    let pieces = max(1, length / PointwiseKernel.taskLength)
    let pieceLength = ((length + pieces - 1) / pieces + lanes - 1) / lanes * lanes
    let rowsPerTask = max(1, PointwiseKernel.taskLength / length)
    let tasks = (rowCount + rowsPerTask - 1) / rowsPerTask
    let all = places + [.result(0)]
    let widths = (operandTypes + [resultType]).map { $0.byteCount(of: 1) }
    return TaskGrid(tasks * pieces) { [kernel, lanes] task, memory in
      let (bundle, piece) = task.quotientAndRemainder(dividingBy: pieces)
      let first = piece * pieceLength
      let count = min(pieceLength, length - first)
      if count <= 0 { return }
      let rows = bundle * rowsPerTask..<min(rowCount, (bundle + 1) * rowsPerTask)
      unsafe withUnsafeTemporaryAllocation(
        of: Int.self, capacity: PointwiseEmitter.firstOperand + 2 * places.count
      ) { block in
        unsafe withUnsafeTemporaryAllocation(
          of: UInt64.self, capacity: places.count * lanes
        ) { repeated in
          guard let arguments = UnsafeMutableRawPointer(block.baseAddress),
            let splats = repeated.baseAddress
          else { return }
          unsafe block[PointwiseEmitter.count] = count
          for row in rows {
            for index in all.indices {
              let offset = grid.offset(row, index, outer) + first * steps[index]
              let place = unsafe memory.address(all[index]) + offset * widths[index]
              if index == places.count {
                unsafe block[PointwiseEmitter.result] = Int(bitPattern: place)
                continue
              }
              let slot = PointwiseEmitter.firstOperand + 2 * index
              if steps[index] == 1 {
                unsafe block[slot] = Int(bitPattern: place)
                unsafe block[slot + 1] = lanes * widths[index]
              } else {
                let lane = unsafe UnsafeMutableRawPointer(splats + index * lanes)
                for number in 0..<lanes {
                  unsafe copyBytes(place, lane + number * widths[index], widths[index])
                }
                unsafe block[slot] = Int(bitPattern: lane)
                unsafe block[slot + 1] = 0
              }
            }
            unsafe kernel(arguments)
          }
        }
      }
    }
  }
}

extension PointwiseKernel.Grid {
  /// The offset of a row of tensor `index`, in elements.
  fileprivate func offset(_ row: Int, _ index: Int, _ outer: [Int]) -> Int {
    var (rest, offset) = (row, 0)
    for axis in outer.indices.reversed() {
      let place: Int
      (rest, place) = rest.quotientAndRemainder(dividingBy: outer[axis])
      offset += place * strides[axis][index]
    }
    return offset
  }
}
