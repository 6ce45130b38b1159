import Codegen
import IR
import Operators
import Support
import Tensors

/// Joins tensors along an axis, in the order of axes of the largest one that lies without gaps.
final class ConcatKernel: NativeKernel {
  private let op: Concat
  private let runtime: Runtime

  init(_ op: Concat, _ runtime: Runtime) {
    self.op = op
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    let lens = try op.resultLens(operands, in: context)
    let largest = operands.filter { $0.denseOrder != nil }.max { $0.elementCount < $1.elementCount }
    let result = try TensorLayout(
      operands[0].elementType, lens: lens, order: largest?.denseOrder)
    let axis = op.axis < 0 ? op.axis + lens.count : op.axis
    let width = result.elementType.byteCount(of: 1)
    var copies: [(StridedCopy, KernelMemory.Place, KernelMemory.Place)] = []
    var place = KernelMemory.Place.result(0)
    for (index, operand) in operands.enumerated() {
      let target = TensorLayout(
        result.elementType, lens: operand.lens, strides: result.strides)
      let copy = StridedCopy(operand, to: target, threadCount: runtime.pool.threadCount)
      copies.append((copy, .operand(index), place))
      place.byteOffset += operand.lens[axis] * result.strides[axis] * width
    }
    return PreparedKernel(results: [result], grids: [.copies(copies)])
  }
}

/// Repeats a tensor along its axes.
final class RepeatingKernel: NativeKernel {
  private let op: Tile
  private let runtime: Runtime

  init(_ op: Tile, _ runtime: Runtime) {
    self.op = op
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    let counts = try context.values(of: op.repeats)
    let x = operands[0]
    let fixed = Tile(repeats: counts.map { Dimension($0) })
    let lens = try fixed.resultLens(operands, in: context)
    let result = try TensorLayout(x.elementType, lens: lens)
    if result.elementCount == 0 { return PreparedKernel(results: [result]) }
    // Each axis is a pair: the repeats, which all see one place of the source, and the axis.
    let pairs = lens.indices.flatMap { [counts[$0], x.lens[$0]] }
    let from = TensorLayout(
      x.elementType, lens: pairs, strides: lens.indices.flatMap { [0, x.strides[$0]] })
    let to = TensorLayout(
      x.elementType, lens: pairs,
      strides: lens.indices.flatMap { [x.lens[$0] * result.strides[$0], result.strides[$0]] })
    return PreparedKernel(
      results: [result],
      grids: [
        .copy(
          from, at: .operand(0), to: to, at: .result(0), threadCount: runtime.pool.threadCount)
      ])
  }
}
