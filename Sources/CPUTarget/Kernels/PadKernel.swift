import IR
import Operators
import Support
import Tensors

/// Adds elements around a tensor, or cuts some off; the axes stay in the order in which they lie.
///
/// The number that new elements are is an attribute, or operand 1.
final class PadKernel: NativeKernel {
  private let op: Pad
  /// The attribute as one element.
  private let value: Argument

  /// Makes the kernel for tensors of `type`, which is not text.
  init(_ op: Pad, _ type: ElementType) throws(MIGraphXError) {
    self.op = op
    value = try Argument([op.value], lens: [1]).converted(toElementType: type)
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    let pads = try context.values(of: op.pads)
    let fixed = Pad(mode: op.mode, pads: pads.map { Dimension($0) }, value: op.value)
    let lens = try fixed.resultLens(operands, in: context)
    let x = operands[0]
    let result = try TensorLayout(x.elementType, lens: lens, order: x.denseOrder)
    if result.elementCount == 0 { return PreparedKernel(results: [result]) }
    let copy = TableCopy(
      sources: fixed.sources(of: x.lens, pads: pads, result: lens), of: x, to: result,
      fill: operands.count > 1 ? .operand(1) : .constant(value))
    return PreparedKernel(
      results: [result], grids: [copy.grid(from: .operand(0), to: .result(0))],
      constants: [value])
  }
}

extension TableCopy {
  /// A copy between tensors of one type, where `sources` are the positions in the source for those of each axis of
  /// the result, negative for what is filled.
  init(
    sources: [[Int]], of source: TensorLayout, to result: TensorLayout,
    fill: KernelMemory.Place?
  ) {
    let width = result.elementType.byteCount(of: 1)
    let order = result.denseOrder ?? Array(result.lens.indices)
    self.init(
      order.map { axis in
        Axis(
          step: result.strides[axis] * width,
          sources: sources[axis].map {
            $0 < 0 ? TableCopy.outside : $0 * source.strides[axis] * width
          })
      }, width: width, fill: fill)
  }
}
