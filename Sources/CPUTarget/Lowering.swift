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
  let set: InstructionSet
  let library: KernelLibrary
  let product: TileKernels
  private let depthwise: TileKernels
  private let winograd: WinogradKernels
  /// Whether results may differ from those of plain sums by a few times the rounding of these.
  private let fastMath: Bool

  /// Loads the kernels.
  ///
  /// - Throws: `codeGeneration` when they have to be compiled and can't.
  init(
    _ set: InstructionSet, from library: KernelLibrary, fastMath: Bool, _ runtime: Runtime
  ) throws(MIGraphXError) {
    self.runtime = runtime
    self.set = set
    self.library = library
    product = try TileKernels(.product, set, from: library)
    depthwise = try TileKernels(.depthwise, set, from: library)
    winograd = try WinogradKernels(product, set, from: library)
    self.fastMath = fastMath
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
      case let op as ConvolutionBackwards: try lower(op, id, in: &module)
      case is Dot: try lowerDot(id, in: &module)
      case let op as Softmax:
        try lowerSoftmax(op, axis: op.axis, isLogarithm: false, id, in: &module)
      case let op as LogSoftmax:
        try lowerSoftmax(op, axis: op.axis, isLogarithm: true, id, in: &module)
      case let op as any ReduceOperator: try lower(op, id, in: &module)
      case let op as any ArgExtremeOperator: try lower(op, id, in: &module)
      case let op as any PrefixScanOperator: try lower(op, id, in: &module)
      case let op as TopK: try lower(op, id, in: &module)
      case let op as LRN: try lower(op, id, in: &module)
      case let op as LSTM: try lower(op, id, in: &module)
      case let op as GRU: try lower(op, id, in: &module)
      case let op as RNN: try lower(op, id, in: &module)
      case let op as LayerNorm: try lower(op, id, in: &module)
      case let op as Pooling: try lower(op, id, in: &module)
      default: continue
      }
    }
    try fusePointwise(&module)
    module.removeDeadCode()
    // Only now: kernels look through the views of their constants.
    for id in module.order {
      switch module[id].op {
      case let op as Reshape: try lowerView(op, takesDense: true, id, in: &module)
      case let op as Contiguous: try lowerView(op, takesDense: true, id, in: &module)
      case let op as any TensorOperator
      where op is Transpose || op is Slice || op is Broadcast || op is Multibroadcast
        || op is Squeeze || op is Unsqueeze || op is ReshapeLazy:
        try lowerView(op, takesDense: false, id, in: &module)
      default: try lowerMovement(id, in: &module)
      }
    }
    try module.schedule()
  }

  /// Gives pointwise instructions kernels, each with what only it needs.
  private func fusePointwise(_ module: inout Module) throws(MIGraphXError) {
    var found: [(id: InstructionID, fusion: PointwiseFusion, source: KernelSource)] = []
    var inner: Set<InstructionID> = []
    for id in module.order.reversed() where !inner.contains(id) {
      for isAlone in [false, true] {
        guard let fusion = PointwiseFusion(id, isAlone: isAlone, in: module),
          let source = PointwiseEmitter(
            formula: fusion.formula, operandTypes: fusion.operandTypes
          ).source(set)
        else { continue }
        found.append((id, fusion, source))
        inner.formUnion(fusion.inner)
        break
      }
    }
    let kernels = try library.kernels(found.map(\.source))
    for (item, kernel) in zip(found, kernels) {
      guard let base = module[item.id].op else { continue }
      let native = NativeOperator(
        base: base, fused: Array(item.fusion.names.dropFirst()),
        resultTypes: module[item.id].types,
        kernel: PointwiseKernel(
          kernel, operandTypes: item.fusion.operandTypes, resultType: item.fusion.formula.type,
          lanes: set.lanes, runtime), runtime)
      try module.replace(item.id, with: native, item.fusion.operands)
    }
  }

  func isFloat(_ id: InstructionID, in module: Module) -> Bool {
    module.shape(of: Value(id))?.elementType == .float
  }

  private func lower(
    _ op: Convolution, _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    guard isFloat(id, in: module) else { return }
    let inputs = module[id].inputs
    let weights = module.constant(inputs[1])
    let chain = EpilogueChain(from: id, columnAxis: 1, in: module)
    if let weights, let padding = winogradPadding(op, id, weights, in: module) {
      let kernel = try WinogradKernel(
        weights, padding: padding, chain.epilogue, winograd, runtime)
      return try replace(id, chain, kernel, [inputs[0]], form: "winograd_", in: &module)
    }
    let kernel = try ConvolutionKernel(
      weights: weights, windows: op.kernelWindows, group: op.group, chain.epilogue,
      product: product, depthwise: depthwise, runtime)
    try replace(
      id, chain, kernel, weights == nil ? Array(inputs) : [inputs[0]], in: &module)
  }

  private func lower(
    _ op: ConvolutionBackwards, _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    guard isFloat(id, in: module), TransposedConvolutionKernel.computes(op) else { return }
    let inputs = module[id].inputs
    let weights = module.constant(inputs[1])
    let chain = EpilogueChain(from: id, columnAxis: 1, in: module)
    let kernel = try TransposedConvolutionKernel(
      op, weights: weights, chain.epilogue, product: product, depthwise: depthwise, runtime)
    try replace(
      id, chain, kernel, weights == nil ? Array(inputs) : [inputs[0]], in: &module)
  }

  /// The padding of a convolution that needs less time in Winograd's space; nil for others.
  private func winogradPadding(
    _ op: Convolution, _ id: InstructionID, _ weights: Argument, in module: Module
  ) -> [(before: Int, after: Int)]? {
    guard fastMath, op.group == 1, weights.lens.dropFirst(2) == [3, 3], op.stride == [1, 1],
      op.dilation == [1, 1], op.paddingMode == .default,
      // Sizes that are open are taken as large as they can be.
      let sizes = module.shape(of: Value(id))?.dimensions.suffix(2).map({ $0.upperBound ?? 256 }),
      WinogradKernel.pays(
        channels: weights.lens[1], outputs: weights.lens[0], height: sizes[0], width: sizes[1])
    else { return nil }
    return op.kernelWindows.map { $0.padding(0, 3) }
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

  private func lower(
    _ op: LayerNorm, _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    guard isFloat(id, in: module), let rank = module.shape(of: Value(id))?.rank else { return }
    let kind = RowKernelKind.layerNorm(hasBias: module[id].inputs.count == 3)
    let kernel = RowKernel(
      try library.kernels([kind.source(set)])[0], axis: op.axis < 0 ? op.axis + rank : op.axis,
      epsilon: op.epsilon, runtime)
    try replace(id, op, kernel, in: &module)
  }

  private func lower(
    _ op: Pooling, _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    guard isFloat(id, in: module), PoolingKernel.computes(op) else { return }
    let kind = op.mode == .max ? PoolingKernelKind.maximum : .average
    let kernel = try library.kernels([kind.source(set)])[0]
    try replace(id, op, PoolingKernel(op, kernel, runtime), in: &module)
  }

  /// Operators that show elements in another way, of any type but text.
  private func lowerView(
    _ op: any TensorOperator, takesDense: Bool, _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    guard let type = module.shape(of: Value(id))?.elementType, type.bitWidth >= 8,
      module[id].inputs.count == 1,
      // What is known about a few integers would be lost.
      module.contents(of: Value(id)) == nil
    else { return }
    try replace(id, op, ViewKernel(op, takesDense: takesDense, runtime), in: &module)
  }

  /// Operators that move elements, but for what is known about a few integers, which would be lost.
  private func lowerMovement(
    _ id: InstructionID, in module: inout Module
  ) throws(MIGraphXError) {
    let shapes = module[id].inputs.compactMap { module.shape(of: $0) }
    guard let op = module[id].op, shapes.count == module[id].inputs.count,
      module[id].types.count == 1, module.contents(of: Value(id)) == nil,
      let kernel = try movementKernel(op, shapes)
    else { return }
    try replace(id, op, kernel, in: &module)
  }

  func replace(
    _ id: InstructionID, _ op: any Operator, _ kernel: any NativeKernel, in module: inout Module
  ) throws(MIGraphXError) {
    let native = NativeOperator(
      base: op, resultTypes: module[id].types, kernel: kernel, runtime)
    try module.replace(id, with: native, module[id].inputs)
  }

  /// Puts the kernel in the place of the chain's last instruction; the others become dead.
  private func replace(
    _ id: InstructionID, _ chain: EpilogueChain, _ kernel: any NativeKernel, _ inputs: [Value],
    form: String = "", in module: inout Module
  ) throws(MIGraphXError) {
    guard let base = module[id].op else { return }
    let native = NativeOperator(
      form: form, base: base, fused: chain.epilogue.names, resultTypes: module[chain.last].types,
      kernel: kernel, runtime)
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
