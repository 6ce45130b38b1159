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
  private let constant: (weights: Argument, packed: PackedWeights)?

  /// Weights ready for tiles.
  private struct PackedWeights: Sendable {
    let columns: PackedColumns
    let bias: PackedBias
    let isDepthwise: Bool
  }

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
    if let weights {
      constant = (
        weights,
        try ConvolutionKernel.pack(
          weights, group: group, epilogue, product: product, depthwise: depthwise, runtime)
      )
    } else {
      constant = nil
    }
  }

  private static func pack(
    _ weights: Argument, group: Int, _ epilogue: Epilogue, product: TileKernels,
    depthwise: TileKernels, _ runtime: Runtime
  ) throws(MIGraphXError) -> PackedWeights {
    let (lens, strides) = (weights.lens, weights.strides)
    let spatial = Array(2..<weights.rank)
    let isDepthwise = group > 1 && lens[0] == group && lens[1] == 1
    let kernels = isDepthwise ? depthwise : product
    let parts = isDepthwise ? 1 : group
    let columns = lens[0] / parts
    let source = PackedColumns.Source(
      sumSizes: spatial.map { lens[$0] } + [lens[1]],
      sumStrides: spatial.map { strides[$0] } + [strides[1]], columns: columns,
      columnStride: strides[0], parts: (0..<parts).map { $0 * columns * strides[0] })
    return PackedWeights(
      columns: try PackedColumns(source, of: weights, for: kernels, runtime),
      bias: try PackedBias(
        epilogue.bias, parts: parts, columns: columns, width: kernels.columns),
      isDepthwise: isDepthwise)
  }

  func run(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> Argument {
    let operandCount = (constant == nil ? 2 : 1) + (epilogue.addsResidual ? 1 : 0)
    guard inputs.count == operandCount else {
      throw MIGraphXError(
        .invalidArgument, "\(operandCount) operands are needed, found \(inputs.count)")
    }
    let weights = constant?.weights ?? inputs[1]
    let plan = try Plan(inputs[0], weights, windows, group: group)
    let packed: PackedWeights
    if let constant {
      packed = constant.packed
    } else {
      packed = try ConvolutionKernel.pack(
        weights, group: group, epilogue, product: product, depthwise: depthwise, runtime)
    }
    let input = try plan.needsCopy ? padded(inputs[0], plan) : inputs[0]
    let result = try runtime.buffers.tensor(.float, lens: plan.resultLens, layout: plan.layout)
    let residual =
      epilogue.addsResidual
      ? try runtime.arranged(inputs[operandCount - 1], layout: plan.layout) : nil
    if let residual, residual.lens != result.lens {
      throw MIGraphXError(.invalidShape, "\(residual.lens) is added to \(result.lens)")
    }
    guard result.elementCount > 0 else { return result }
    TilePointers.with(input, packed.columns, packed.bias, residual, result) { pointers in
      problem(plan, packed, input, weights.lens, pointers).run(on: runtime.pool)
    }
    return result
  }

  private func problem(
    _ plan: Plan, _ packed: PackedWeights, _ input: Argument, _ weights: [Int],
    _ pointers: TilePointers
  ) -> TileProblem {
    let spatial = Array(2..<input.rank)
    let (channels, outputs) = (weights[1], weights[0])
    // Taps that are neighbours in memory are one tap of larger depth.
    let last = input.rank - 1
    let joinsTaps =
      group == 1 && windows[last - 2].dilation == 1 && input.strides[last] == channels
    let tapAxes = joinsTaps ? Array(spatial.dropLast()) : spatial
    var taps: [Int] = []
    forEachPosition(
      tapAxes.map { weights[$0] },
      tapAxes.map { windows[$0 - 2].dilation * input.strides[$0] * 4 }
    ) { taps.append($0) }
    let parts = packed.isDepthwise ? 1 : group
    let columns = outputs / parts
    let kernels = packed.isDepthwise ? depthwise : product
    let biasPitch = PackedBias.padded(columns, to: kernels.columns) * 4
    return unsafe TileProblem(
      kernels: kernels, kind: packed.isDepthwise ? .depthwise : .product,
      rowSizes: [input.lens[0]] + spatial.map { plan.resultLens[$0] },
      rowStrides: [input.strides[0] * 4]
        + spatial.map { windows[$0 - 2].stride * input.strides[$0] * 4 },
      tapOffsets: taps, depth: joinsTaps ? channels * weights[last] : channels, columns: columns,
      parts: (0..<parts).map { part in
        TileProblem.Part(
          left: part * channels * 4, right: part * packed.columns.partByteCount,
          bias: part * biasPitch, result: part * columns * 4, residual: part * columns * 4)
      }, left: pointers.left, right: pointers.right, bias: pointers.bias,
      result: pointers.result, resultPitch: outputs * 4, residual: pointers.residual,
      residualPitch: outputs * 4, limits: epilogue.limits)
  }

  /// A copy of `input` with its channels innermost and zeros around it.
  private func padded(_ input: Argument, _ plan: Plan) throws(MIGraphXError) -> Argument {
    let lens = input.lens.enumerated().map { axis, len in
      axis < 2 ? len : plan.padding[axis - 2].before + len + plan.padding[axis - 2].after
    }
    let result = try runtime.buffers.tensor(.float, lens: lens, layout: plan.layout)
    if plan.padding.contains(where: { $0 != (0, 0) }) { runtime.clear(result) }
    var offset = 0
    for (index, padding) in plan.padding.enumerated() {
      offset += padding.before * result.strides[index + 2]
    }
    runtime.copyElements(
      of: input,
      to: try result.view(lens: input.lens, strides: result.strides, elementOffset: offset))
    return result
  }
}

extension ConvolutionKernel {
  /// The sizes of one run.
  fileprivate struct Plan {
    let resultLens: [Int]
    let padding: [(before: Int, after: Int)]
    /// The axes with the channels innermost.
    let layout: [Int]
    /// Whether the input's channels lie otherwise, or it needs padding.
    let needsCopy: Bool

    init(
      _ input: Argument, _ weights: Argument, _ windows: [KernelWindow], group: Int
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
      layout = [0] + Array(2..<rank) + [1]
      let lies = input.strides[1] == 1 || input.lens[1] == 1
      needsCopy = !lies || padding.contains { $0 != (0, 0) }
    }
  }
}

extension Runtime {
  /// Sets a tensor that fills its memory to zeros.
  func clear(_ argument: Argument) {
    let pieceByteCount = 64 << 10
    let count = argument.storage.byteCount
    unsafe argument.withAddresses(to: argument) { pointers in
      pool.run((count + pieceByteCount - 1) / pieceByteCount) { piece in
        let first = piece * pieceByteCount
        unsafe (pointers.write + first).initializeMemory(
          as: UInt8.self, repeating: 0, count: min(pieceByteCount, count - first))
      }
    }
  }
}
