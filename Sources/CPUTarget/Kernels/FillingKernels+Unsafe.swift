import IR
import Operators
import Support
import Tensors

/// Writes for each index, operand 0, where it is on: the values for off and on are the last operand.
final class OneHotKernel: NativeKernel {
  private let op: OneHot
  private let runtime: Runtime

  init(_ op: OneHot, _ runtime: Runtime) {
    self.op = op
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    let lens = try op.resultLens(operands, in: context)
    let result = try TensorLayout(operands[1].elementType, lens: lens)
    if result.elementCount == 0 { return PreparedKernel(results: [result]) }
    var arranging = Arranging(runtime)
    let (indices, numbers) = try arranging.place(operands[0], 0)
    let (values, _) = try arranging.place(operands[1], 1)
    let axis = op.axis < 0 ? op.axis + lens.count : op.axis
    let (depth, inner) = (lens[axis], lens[(axis + 1)...].reduce(1, *))
    let width = result.elementType.byteCount(of: 1)
    let reader = IndexReader(numbers)
    // A task writes some positions of one place outside of the axis.
    let perTask = max(1, min(depth, (16 << 10) / inner))
    let pieces = (depth + perTask - 1) / perTask
    arranging.add(
      TaskGrid(result.elementCount / (depth * inner) * pieces) { task, memory in
        let (outer, piece) = task.quotientAndRemainder(dividingBy: pieces)
        let positions = piece * perTask..<min(depth, (piece + 1) * perTask)
        let target = unsafe memory.result(0) + outer * depth * inner * width
        let off = unsafe memory.address(values)
        for element in positions.lowerBound * inner..<positions.upperBound * inner {
          unsafe copyBytes(off, target + element &* width, width)
        }
        for place in 0..<inner {
          var position = unsafe reader.number(memory.address(indices), outer * inner + place)
          if position < 0 { position &+= depth }
          guard positions.contains(position) else { continue }
          unsafe copyBytes(off + width, target + (position &* inner &+ place) &* width, width)
        }
      })
    return arranging.prepared([result])
  }
}

/// Keeps the elements of matrices on one side of a diagonal, and sets the others to zero.
final class TriluKernel: NativeKernel {
  private let op: Trilu
  private let runtime: Runtime

  init(_ op: Trilu, _ runtime: Runtime) {
    self.op = op
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    let lens = try op.resultLens(operands, in: context)
    let result = try TensorLayout(operands[0].elementType, lens: lens)
    var arranging = Arranging(runtime)
    let (data, _) = try arranging.place(operands[0], 0)
    let (height, width) = (lens[lens.count - 2], lens[lens.count - 1])
    let size = result.elementType.byteCount(of: 1)
    let op = op
    arranging.add(
      .parts(lens.dropLast().reduce(1, *), byteCount: width * size) { row, bytes, memory in
        // The bytes of the row that are kept.
        let column = row % height + min(max(op.k, -height), width)
        let kept =
          op.upper
          ? min(max(column, 0), width) * size..<width * size
          : 0..<min(max(column + 1, 0), width) * size
        let range = kept.clamped(to: bytes)
        let start = row * width * size
        let target = unsafe memory.result(0) + start
        unsafe (target + bytes.lowerBound).initializeMemory(
          as: UInt8.self, repeating: 0, count: range.lowerBound - bytes.lowerBound)
        unsafe (target + range.lowerBound).copyMemory(
          from: memory.address(data) + (start + range.lowerBound), byteCount: range.count)
        unsafe (target + range.upperBound).initializeMemory(
          as: UInt8.self, repeating: 0, count: bytes.upperBound - range.upperBound)
      })
    return arranging.prepared([result])
  }
}
