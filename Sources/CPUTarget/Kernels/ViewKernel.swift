import Codegen
import IR
import Support
import Tensors

/// Runs an operator that shows the elements of its input in another way, and copies them only if it must.
final class ViewKernel: NativeKernel {
  private let op: any TensorOperator
  private let runtime: Runtime
  /// Whether the operator takes the elements in row-major order without gaps.
  private let takesDense: Bool

  init(_ op: any TensorOperator, takesDense: Bool, _ runtime: Runtime) {
    self.op = op
    self.takesDense = takesDense
    self.runtime = runtime
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    guard operands.count == 1 else {
      throw MIGraphXError(.invalidArgument, "one operand is needed, found \(operands.count)")
    }
    let operand = operands[0]
    let isDense = !takesDense || operand.isDense()
    let dense = isDense ? operand : try TensorLayout(operand.elementType, lens: operand.lens)
    let view = try view(of: dense, in: context)
    if operand.elementCount == 0 { return PreparedKernel(results: [view.layout]) }
    if isDense { return .view(view.layout, byteOffset: view.byteOffset) }
    return PreparedKernel(
      results: [view.layout],
      grids: [
        .copy(
          operand, at: .operand(0), to: dense, at: .result(0),
          threadCount: runtime.pool.threadCount)
      ])
  }

  /// How the operator shows a tensor that lies so, by evaluation without memory.
  private func view(
    of layout: TensorLayout, in context: EvaluationContext
  ) throws(MIGraphXError) -> (layout: TensorLayout, byteOffset: Int) {
    let argument = try Argument.withoutMemory(layout)
    let view = try op.evaluate([argument], in: context)[0]
    guard view.storage === argument.storage || layout.elementCount == 0 else {
      throw MIGraphXError(.invalidProgram, "'\(op.name)' gives no view of \(argument.shape)")
    }
    return (TensorLayout(view), view.byteOffset - argument.byteOffset)
  }
}
