import Codegen
import IR
import Operators
import Rewriting
import Support
import Tensors

/// Replaces instructions of a module by operators that run kernels. Ids of instructions stay.
///
/// ```
/// main:@3 = convolution(x, weights)
/// main:@4 = add(main:@3, bias)           =>  main:@5 = cpu::convolution_add_relu(x)
/// main:@5 = relu(main:@4)
/// ```
struct Lowering {
  let runtime: Runtime
  let product: TileKernels
  let depthwise: TileKernels

  /// Loads the kernels.
  ///
  /// - Throws: `codeGeneration` when they have to be compiled and can't.
  init(
    _ set: InstructionSet, from library: KernelLibrary, _ runtime: Runtime
  ) throws(MIGraphXError) {
    self.runtime = runtime
    product = try TileKernels(.product, set, from: library)
    depthwise = try TileKernels(.depthwise, set, from: library)
  }

  /// Lowers a module and its sub-modules.
  ///
  /// - Throws: `system` when there is no memory for packed constants.
  func lower(_ module: inout Module) throws(MIGraphXError) {
    for id in module.order {
      for index in module[id].modules.indices {
        try module.editModule(index, of: id) { (module) throws(MIGraphXError) in
          try lower(&module)
        }
      }
    }
    for id in module.order {
      switch module[id].op {
      case let op as Convolution: try lower(op, id, in: &module)
      case is Dot: try lowerDot(id, in: &module)
      default: continue
      }
    }
    module.removeDeadCode()
  }

  private func isFloat(_ id: InstructionID, in module: Module) -> Bool {
    module.shape(of: Value(id))?.elementType == .float
  }

  private func lower(
    _ op: Convolution, _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    guard isFloat(id, in: module) else { return }
    let inputs = module[id].inputs
    let weights = module.constant(inputs[1])
    let chain = EpilogueChain(from: id, columnAxis: 1, in: module)
    let kernel = try ConvolutionKernel(
      weights: weights, windows: op.kernelWindows, group: op.group, chain.epilogue,
      product: product, depthwise: depthwise, runtime)
    try replace(
      id, chain, kernel, weights == nil ? Array(inputs) : [inputs[0]], in: &module)
  }

  private func lowerDot(
    _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    guard isFloat(id, in: module) else { return }
    let inputs = module[id].inputs
    let matrix = module.constantMatrix(inputs[1])
    let rank = module.shape(of: Value(id))?.rank ?? 0
    let chain = EpilogueChain(from: id, columnAxis: rank - 1, in: module)
    let kernel = try DotKernel(right: matrix, chain.epilogue, product, runtime)
    try replace(id, chain, kernel, matrix == nil ? Array(inputs) : [inputs[0]], in: &module)
  }

  /// Puts the kernel in the place of the chain's last instruction; the others become dead.
  private func replace(
    _ id: InstructionID, _ chain: EpilogueChain, _ kernel: any NativeKernel, _ inputs: [Value],
    in module: inout Module
  ) throws(MIGraphXError) {
    guard let base = module[id].op else { return }
    let native = NativeOperator(
      base: base, fused: chain.epilogue.names, resultType: module[chain.last].types[0],
      kernel: kernel)
    try module.replace(
      chain.last, with: native, inputs + (chain.residual.map { [$0] } ?? []))
  }
}

extension Convolution {
  /// What the windows do along each spatial axis.
  fileprivate var kernelWindows: [KernelWindow] {
    let count = stride.count
    return stride.indices.map { axis in
      let (step, gap, mode) = (stride[axis], dilation[axis], paddingMode)
      let fixed = (
        before: padding[axis], after: padding[padding.count == count ? axis : count + axis]
      )
      return KernelWindow(stride: step, dilation: gap) { size, taps in
        if mode == .default { return fixed }
        let windows = (size + step - 1) / step
        let total = max(0, (windows - 1) * step + (taps - 1) * gap + 1 - size)
        let before = mode == .sameUpper ? total / 2 : total - total / 2
        return (before, total - before)
      }
    }
  }
}
