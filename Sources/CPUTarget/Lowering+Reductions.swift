import Codegen
import IR
import Operators
import Support
import Tensors

extension Lowering {
  func lowerSoftmax(
    _ op: any Operator, axis: Int, isLogarithm: Bool, _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    guard let axis = searchedAxis(axis, id, in: module) else { return }
    let rows = RowKernelKind.self
    let kernels = try library.kernels([
      (isLogarithm ? rows.logSoftmax : rows.softmax).source(set),
      ColumnSoftmax(isLogarithm: isLogarithm).source(set),
    ])
    try replace(
      id, op, SoftmaxKernel(axis: axis, rows: kernels[0], columns: kernels[1], runtime),
      in: &module)
  }

  /// Reductions whose axes are attributes.
  func lower(
    _ op: any ReduceOperator, _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    guard isFloat(id, in: module), module[id].inputs.count == 1,
      let rank = module.shape(of: Value(id))?.rank
    else { return }
    let axes = op.axes.isEmpty ? Array(0..<rank) : op.axes.map { $0 < 0 ? $0 + rank : $0 }
    let reduction = type(of: op).reduction
    let kernels = try library.kernels(
      [.rows, .columns].map { ReductionSource(reduction: reduction, shape: $0).source(set) })
    try replace(
      id, op,
      ReductionKernel(axes: axes, rows: kernels[0], columns: kernels[1], runtime), in: &module)
  }

  /// The axis from the front of the operand's, when that is one tensor of floats.
  private func searchedAxis(_ axis: Int, _ id: InstructionID, in module: Module) -> Int? {
    let inputs = module[id].inputs
    guard inputs.count == 1, let shape = module.shape(of: inputs[0]), shape.elementType == .float
    else { return nil }
    return axis < 0 ? axis + shape.rank : axis
  }

  func lower(
    _ op: any ArgExtremeOperator, _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    guard let axis = searchedAxis(op.axis, id, in: module) else { return }
    let kernel = ArgExtremeKernel(
      axis: axis, seeksMaximum: type(of: op).seeksMaximum, selectsLast: op.selectLastIndex,
      runtime)
    try replace(id, op, kernel, in: &module)
  }

  func lower(
    _ op: any PrefixScanOperator, _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    guard let axis = searchedAxis(op.axis, id, in: module) else { return }
    let kernel = PrefixScanKernel(
      axis: axis, type(of: op).scan, isExclusive: op.exclusive, isReverse: op.reverse, runtime)
    try replace(id, op, kernel, in: &module)
  }

  func lower(
    _ op: TopK, _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    guard let axis = searchedAxis(op.axis, id, in: module) else { return }
    try replace(id, op, TopKKernel(op, axis: axis, runtime), in: &module)
  }

  func lower(
    _ op: LRN, _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    guard isFloat(id, in: module) else { return }
    let kernel = try library.kernels([LRNKernelSource.source(set)])[0]
    try replace(id, op, LRNKernel(op, kernel, runtime), in: &module)
  }
}
