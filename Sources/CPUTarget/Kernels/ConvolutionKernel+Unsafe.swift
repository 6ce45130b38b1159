import Codegen
import IR
import Support
import Tensors

/// What windows do along one spatial axis.
struct KernelWindow: Sendable {
  var stride: Int
  var dilation: Int
  /// The padding for an input of a size, and a window of a number of taps.
  var padding: @Sendable (_ size: Int, _ taps: Int) -> (before: Int, after: Int)
}

/// Convolutions of floats over one to three spatial axes.
///
/// The channels of input and result lie innermost, whatever the order of the axes; an input that lies otherwise, or
/// needs padding, is copied. A depthwise convolution has tiles of its own.
final class ConvolutionKernel: NativeKernel {
  private let runtime: Runtime
  private let product: TileKernels
  private let depthwise: TileKernels
  private let windows: [KernelWindow]
  private let group: Int
  private let epilogue: Epilogue
  private let constant: (weights: TensorLayout, packed: Argument, bias: PackedBias)?

  /// Makes the kernel; `weights` of shape `[O, C/group, K1..]` are constant, or nil when they come as an operand.
  ///
  /// - Throws: `system` when there is no memory.
  init(
    weights: Argument?, windows: [KernelWindow], group: Int, _ epilogue: Epilogue,
    product: TileKernels, depthwise: TileKernels, _ runtime: Runtime
  ) throws(MIGraphXError) {
    self.runtime = runtime
    self.product = product
    self.depthwise = depthwise
    self.windows = windows
    self.group = group
    self.epilogue = epilogue
    guard let weights else {
      constant = nil
      return
    }
    let layout = TensorLayout(weights)
    let form = Form(layout, group: group, product: product, depthwise: depthwise)
    constant = (
      layout, try PackedColumns(form.source, for: form.kernels).packed(weights, runtime),
      try form.bias(epilogue)
    )
  }

  /// What kind of products a convolution is.
  private struct Form {
    let isDepthwise: Bool
    let kernels: TileKernels
    /// The groups whose products are apart.
    let parts: Int
    let source: PackedColumns.Source

    init(
      _ weights: TensorLayout, group: Int, product: TileKernels, depthwise: TileKernels
    ) {
      let (lens, strides) = (weights.lens, weights.strides)
      let spatial = 2..<weights.rank
      isDepthwise = group > 1 && lens[0] == group && lens[1] == 1
      kernels = isDepthwise ? depthwise : product
      parts = isDepthwise ? 1 : group
      let columns = lens[0] / parts
      source = PackedColumns.Source(
        sumSizes: spatial.map { lens[$0] } + [lens[1]],
        sumStrides: spatial.map { strides[$0] } + [strides[1]], columns: columns,
        columnStride: strides[0], parts: (0..<parts).map { $0 * columns * strides[0] })
    }

    func bias(_ epilogue: Epilogue) throws(MIGraphXError) -> PackedBias {
      try PackedBias(
        epilogue.bias, parts: parts, columns: source.columns, width: kernels.columns)
    }
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    let operandCount = (constant == nil ? 2 : 1) + (epilogue.addsResidual ? 1 : 0)
    guard operands.count == operandCount else {
      throw MIGraphXError(
        .invalidArgument, "\(operandCount) operands are needed, found \(operands.count)")
    }
    let weights = constant?.weights ?? operands[1]
    let plan = try Plan(operands[0], weights, windows, group: group)
    let result = try TensorLayout(.float, lens: plan.resultLens, order: plan.order)
    if result.elementCount == 0 { return PreparedKernel(results: [result]) }
    var arranging = Arranging(runtime)
    let form = Form(weights, group: group, product: product, depthwise: depthwise)
    let packed = try PackedColumns(form.source, for: form.kernels)
    var bias = constant?.bias
    if bias == nil { bias = try form.bias(epilogue) }
    guard let bias else { return PreparedKernel(results: [result]) }
    let right: KernelMemory.Place
    if let constant {
      right = .constant(constant.packed)
    } else {
      right = arranging.take(packed.byteCount)
      arranging.add(packed.grid(from: .operand(1), to: right))
    }
    let (left, input) =
      plan.needsCopy
      ? try arranging.padded(operands[0], 0, plan.padding, order: plan.order)
      : (.operand(0), operands[0])
    var residual: KernelMemory.Place?
    if epilogue.addsResidual {
      let added = operands[operandCount - 1]
      guard added.lens == result.lens else {
        throw MIGraphXError(.invalidShape, "\(added.lens) is added to \(result.lens)")
      }
      residual = try arranging.place(added, operandCount - 1, order: plan.order).place
    }
    let (taps, depth) = taps(weights, input)
    let outputs = weights.lens[0]
    let columns = form.source.columns
    let biasPitch = PackedBias.padded(columns, to: form.kernels.columns) * 4
    let problem = TileProblem(
      kernels: form.kernels, kind: form.isDepthwise ? .depthwise : .product,
      rowSizes: [input.lens[0]] + plan.resultLens.dropFirst(2),
      rowStrides: [input.strides[0] * 4]
        + windows.indices.map { windows[$0].stride * input.strides[$0 + 2] * 4 },
      tapOffsets: taps, depth: depth, columns: columns,
      parts: (0..<form.parts).map { part in
        TileProblem.Part(
          left: part * weights.lens[1] * 4, right: part * packed.partByteCount,
          bias: part * biasPitch, result: part * columns * 4, residual: part * columns * 4)
      }, left: left, right: right, bias: .constant(bias.argument), result: .result(0),
      resultPitch: outputs * 4, residual: residual, residualPitch: outputs * 4,
      limits: epilogue.limits)
    arranging.add(problem.grid(threadCount: runtime.pool.threadCount))
    return PreparedKernel(
      results: [result], scratchByteCount: arranging.scratch.byteCount, grids: arranging.grids,
      constants: [bias.argument] + (constant.map { [$0.packed] } ?? []))
  }

  /// Where the elements of a window lie, in bytes, and how many there are to sum at each place.
  private func taps(
    _ weights: TensorLayout, _ input: TensorLayout
  ) -> (offsets: [Int], depth: Int) {
    let channels = weights.lens[1]
    // Taps that are neighbours in memory are one tap of larger depth.
    let last = input.rank - 1
    let joinsTaps =
      group == 1 && windows[last - 2].dilation == 1 && input.strides[last] == channels
    let axes = 2..<(joinsTaps ? last : last + 1)
    var offsets: [Int] = []
    forEachPosition(
      axes.map { weights.lens[$0] },
      axes.map { windows[$0 - 2].dilation * input.strides[$0] * 4 }
    ) { offsets.append($0) }
    return (offsets, joinsTaps ? channels * weights.lens[last] : channels)
  }
}

extension ConvolutionKernel {
  /// What the sizes decide.
  fileprivate struct Plan {
    let resultLens: [Int]
    let padding: [(before: Int, after: Int)]
    /// The axes with the channels innermost.
    let order: [Int]
    /// Whether the input's channels lie otherwise, or it needs padding.
    let needsCopy: Bool

    init(
      _ input: TensorLayout, _ weights: TensorLayout, _ windows: [KernelWindow], group: Int
    ) throws(MIGraphXError) {
      let rank = windows.count + 2
      guard input.rank == rank, weights.rank == rank,
        input.lens[1] == weights.lens[1] * group, weights.lens[0] % group == 0
      else {
        throw MIGraphXError(
          .invalidShape,
          "weights \(weights.lens) in \(group) groups don't fit the input \(input.lens)")
      }
      var lens = [input.lens[0], weights.lens[0]]
      var padding: [(before: Int, after: Int)] = []
      for (axis, window) in windows.enumerated() {
        let (size, taps) = (input.lens[axis + 2], weights.lens[axis + 2])
        let margins = window.padding(size, taps)
        let room = margins.before + size + margins.after - (taps - 1) * window.dilation - 1
        guard taps > 0, room >= 0 else {
          throw MIGraphXError(
            .invalidShape,
            "a window of \(taps) taps doesn't fit \(size) elements at axis \(axis + 2)")
        }
        lens.append(room / window.stride + 1)
        padding.append(margins)
      }
      resultLens = lens
      self.padding = padding
      order = [0] + Array(2..<rank) + [1]
      let lies = input.strides[1] == 1 || input.lens[1] == 1
      needsCopy = !lies || padding.contains { $0 != (0, 0) }
    }
  }
}
