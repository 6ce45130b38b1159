import Codegen
import IR
import Operators
import Support
import Tensors

/// Transposed convolutions of floats over one to three spatial axes.
///
/// Places of the result that are a multiple of the stride apart meet the same taps: they are a convolution of
/// stride 1 of their own. The channels of input and result lie innermost.
final class TransposedConvolutionKernel: NativeKernel {
  private let op: ConvolutionBackwards
  private let epilogue: Epilogue
  private let product: TileKernels
  private let depthwise: TileKernels
  private let runtime: Runtime
  private let constant: (weights: TensorLayout, packed: Argument)?

  /// Strides with more places between the windows of neighbours are left to the reference.
  private static let maximumPhases = 64

  /// Whether the kernel computes `op`.
  static func computes(_ op: ConvolutionBackwards) -> Bool {
    op.stride.allSatisfy { (1...maximumPhases).contains($0) }
      && op.stride.reduce(1, *) <= maximumPhases
  }

  /// Makes the kernel; `weights` of shape `[C, O/group, K1..]` are constant, or nil when they come as an operand.
  ///
  /// - Throws: `system` when there is no memory.
  init(
    _ op: ConvolutionBackwards, weights: Argument?, _ epilogue: Epilogue, product: TileKernels,
    depthwise: TileKernels, _ runtime: Runtime
  ) throws(MIGraphXError) {
    self.op = op
    self.epilogue = epilogue
    self.product = product
    self.depthwise = depthwise
    self.runtime = runtime
    guard let weights else {
      constant = nil
      return
    }
    // With the result's channels innermost, the taps of the last axis can be columns too.
    let order = [0] + Array(2..<weights.rank) + [1]
    let layout = try TensorLayout(.float, lens: weights.lens, order: order)
    let ordered = try runtime.buffers.tensor(layout)
    try runtime.run(
      [
        .copy(
          TensorLayout(weights), at: .operand(0), to: layout, at: .result(0),
          threadCount: runtime.pool.threadCount)
      ], [weights], [ordered])
    let form = try Form(op, layout, product: product, depthwise: depthwise, joinsColumns: true)
    let packed = try runtime.buffers.tensor(TensorLayout(.float, lens: [form.byteCount / 4]))
    try runtime.run(form.grids(from: .operand(0), to: .result(0)), [ordered], [packed])
    constant = (layout, packed)
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    let operandCount = (constant == nil ? 2 : 1) + (epilogue.addsResidual ? 1 : 0)
    guard operands.count == operandCount else {
      throw MIGraphXError(
        .invalidArgument, "\(operandCount) operands are needed, found \(operands.count)")
    }
    let (x, weights) = (operands[0], constant?.weights ?? operands[1])
    let lens = try op.resultLens([x, weights], in: context)
    let order = [0] + Array(2..<x.rank) + [1]
    let result = try TensorLayout(.float, lens: lens, order: order)
    if result.elementCount == 0 { return PreparedKernel(results: [result]) }
    let form = try Form(
      op, weights, product: product, depthwise: depthwise, joinsColumns: constant != nil)
    var arranging = Arranging(runtime)
    let right: KernelMemory.Place
    if let constant {
      right = .constant(constant.packed)
    } else {
      right = arranging.take(form.byteCount)
      for grid in form.grids(from: .operand(1), to: right) { arranging.add(grid) }
    }
    let before = try op.paddingBefore(x: x.lens, weights: weights.lens, result: lens)
    let axes = form.axes.indices.map { index in
      form.axes[index].phases(
        size: lens[index + 2], before: before[index],
        areColumns: form.joinsColumns && index == form.axes.count - 1)
    }
    let margins = axes.indices.map { axis in
      let (first, end) = axes[axis].reduce(into: (0, x.lens[axis + 2])) { range, phase in
        range.0 = min(range.0, phase.offset)
        range.1 = max(range.1, phase.end(spacing: form.axes[axis].spacing))
      }
      return (before: -first, after: end - x.lens[axis + 2])
    }
    let lies = x.strides[1] == 1 || x.lens[1] == 1
    let (left, input) =
      lies && margins.allSatisfy { $0 == (0, 0) }
      ? (.operand(0), x) : try arranging.padded(x, 0, margins, order: order)
    var residual: KernelMemory.Place?
    if epilogue.addsResidual {
      let added = operands[operandCount - 1]
      guard added.lens == lens else {
        throw MIGraphXError(.invalidShape, "\(added.lens) is added to \(lens)")
      }
      residual = try arranging.place(added, operandCount - 1, order: order).place
    }
    let bias = try form.bias(epilogue)
    // Phases of equal sizes are one problem.
    var problems: [(sizes: [Int], problem: TileProblem)] = []
    for phases in combinations(axes) {
      let sizes = phases.map(\.count) + [phases[phases.count - 1].places]
      let index = problems.firstIndex { $0.sizes == sizes } ?? problems.count
      if index == problems.count {
        let problem = form.problem(
          phases, input, result, left: left, right: right, bias: .constant(bias.argument),
          residual: residual, epilogue.limits)
        problems.append((sizes, problem))
      }
      problems[index].problem.parts += form.parts(phases, margins.map(\.before), input, result)
    }
    for (_, problem) in problems {
      arranging.add(problem.grid(threadCount: runtime.pool.threadCount))
    }
    return PreparedKernel(
      results: [result], scratchByteCount: arranging.scratch.byteCount, grids: arranging.grids,
      constants: [bias.argument] + (constant.map { [$0.packed] } ?? []))
  }
}

/// All ways to take one element of each list, the last list's changing fastest.
private func combinations<Element>(_ lists: [[Element]]) -> [[Element]] {
  lists.reduce([[]]) { heads, list in heads.flatMap { head in list.map { head + [$0] } } }
}

extension TransposedConvolutionKernel {
  /// One spatial axis. Taps fall into classes: those of a class, `step` apart, meet the same places of the result.
  fileprivate struct Axis {
    let stride: Int
    let dilation: Int
    let taps: Int
    /// The taps from one of a class to the next.
    let step: Int
    /// The elements of the input from that which meets a tap of a class to the one that meets the next lower tap.
    let spacing: Int

    init(stride: Int, dilation: Int, taps: Int) {
      self.stride = stride
      self.dilation = dilation
      self.taps = taps
      let divisor = greatestCommonDivisor(stride, dilation)
      step = stride / divisor
      spacing = dilation / divisor
    }

    /// The taps of class `index`.
    func count(_ index: Int) -> Int { index < taps ? (taps - 1 - index) / step + 1 : 0 }

    /// The phases of a result of `size` elements, of which `before` are cut off.
    func phases(size: Int, before: Int, areColumns: Bool) -> [Phase] {
      if areColumns {
        return [Phase(first: 0, places: size / stride, index: 0, count: 1, offset: 0)]
      }
      return (0..<min(stride, size)).map { first in
        let places = (size - first - 1) / stride + 1
        let index = (0..<min(step, taps)).first {
          (first + before - $0 * dilation) % stride == 0
        }
        guard let index else {
          return Phase(first: first, places: places, index: 0, count: 0, offset: 0)
        }
        // The highest tap meets the first element.
        let (count, highest) = (count(index), index + (count(index) - 1) * step)
        return Phase(
          first: first, places: places, index: index, count: count,
          offset: (first + before - highest * dilation) / stride)
      }
    }
  }

  /// Places of the result along an axis that meet taps of one class: every so many from `first` on.
  fileprivate struct Phase {
    let first: Int
    /// The number of places.
    let places: Int
    /// The class of the taps, and their number, which may be 0.
    let index: Int
    let count: Int
    /// The first element of the input that the first place meets; negative if it is one of the padding.
    let offset: Int

    /// The position after the last element that a place meets.
    func end(spacing: Int) -> Int {
      count == 0 ? 0 : offset + places + (count - 1) * spacing
    }
  }

  /// What attributes and weights decide.
  fileprivate struct Form {
    let axes: [Axis]
    let kernels: TileKernels
    let isDepthwise: Bool
    /// Whether the taps of the last axis are columns beside the channels, as no two meet the same place.
    let joinsColumns: Bool
    /// The groups whose products are apart.
    let groups: Int
    /// The channels of the input and the columns of a group.
    let channels: Int
    let columns: Int
    /// The packed weights for each combination of classes, and where they lie.
    private let packed: [(columns: PackedColumns, byteOffset: Int)]
    let byteCount: Int

    init(
      _ op: ConvolutionBackwards, _ weights: TensorLayout, product: TileKernels,
      depthwise: TileKernels, joinsColumns: Bool
    ) throws(MIGraphXError) {
      let (lens, strides) = (weights.lens, weights.strides)
      let axes = op.stride.indices.map {
        Axis(stride: op.stride[$0], dilation: op.dilation[$0], taps: lens[$0 + 2])
      }
      isDepthwise = op.group > 1 && lens[0] == op.group && lens[1] == 1
      kernels = isDepthwise ? depthwise : product
      let groups = isDepthwise ? 1 : op.group
      let channels = isDepthwise ? 1 : lens[0] / op.group
      let last = axes.count - 1
      let cutsLast =
        op.paddingMode != .default || op.outputShape != nil
        || (op.outputPadding?[last] ?? 0) != 0 || op.padding[last] != 0
        || op.padding[op.padding.count - 1] != 0
      let joinsColumns =
        joinsColumns && op.group == 1 && axes[last].taps == axes[last].stride
        && axes[last].dilation == 1 && !cutsLast
      let outputs = isDepthwise ? op.group : lens[1]
      columns = joinsColumns ? outputs * axes[last].taps : outputs
      var packed: [(columns: PackedColumns, byteOffset: Int)] = []
      var size = 0
      let classes = axes.indices.map { axis in
        Array(0..<(joinsColumns && axis == last ? 1 : axes[axis].step))
      }
      for indices in combinations(classes) {
        var start = 0
        var sizes: [Int] = []
        var steps: [Int] = []
        for (axis, index) in zip(axes.indices, indices) where !(joinsColumns && axis == last) {
          let count = axes[axis].count(index)
          // The input's elements in their order meet the taps from the highest on.
          start += (index + max(0, count - 1) * axes[axis].step) * strides[axis + 2]
          sizes.append(count)
          steps.append(-axes[axis].step * strides[axis + 2])
        }
        let source = PackedColumns.Source(
          sumSizes: sizes + (isDepthwise ? [] : [channels]),
          sumStrides: steps + (isDepthwise ? [] : [strides[0]]), columns: columns,
          columnStride: isDepthwise ? strides[0] : strides[1],
          parts: (0..<groups).map { start + $0 * channels * strides[0] })
        let columns = try PackedColumns(source, for: kernels)
        packed.append((columns, size))
        size += (columns.byteCount + 63) / 64 * 64
      }
      self.axes = axes
      self.joinsColumns = joinsColumns
      self.groups = groups
      self.channels = channels
      self.packed = packed
      byteCount = size
    }

    /// The work of packing.
    func grids(from: KernelMemory.Place, to: KernelMemory.Place) -> [TaskGrid] {
      packed.map { item in
        var place = to
        place.byteOffset += item.byteOffset
        return item.columns.grid(from: from, to: place)
      }
    }

    func bias(_ epilogue: Epilogue) throws(MIGraphXError) -> PackedBias {
      let repeats = joinsColumns ? axes[axes.count - 1].taps : 1
      let numbers = epilogue.bias.map { bias in
        [[Float]](repeating: bias, count: repeats).flatMap { $0 }
      }
      return try PackedBias(numbers, parts: groups, columns: columns, width: kernels.columns)
    }

    /// The products of phases, without their parts. Rows are places along the last axis.
    func problem(
      _ phases: [Phase], _ input: TensorLayout, _ result: TensorLayout, left: KernelMemory.Place,
      right: KernelMemory.Place, bias: KernelMemory.Place, residual: KernelMemory.Place?,
      _ limits: Limits
    ) -> TileProblem {
      let last = axes.count - 1
      let steps = axes.indices.map { axes[$0].spacing * input.strides[$0 + 2] * 4 }
      // Taps that are neighbours in memory are one tap of larger depth.
      let joinsTaps =
        !isDepthwise && groups == 1 && axes[last].spacing == 1
        && input.strides[last + 2] == channels && phases[last].count > 0
      let tapped = joinsTaps ? Array(0..<last) : Array(0...last)
      var taps: [Int] = []
      forEachPosition(tapped.map { phases[$0].count }, tapped.map { steps[$0] }) {
        taps.append($0)
      }
      let pitch = axes[last].stride * result.strides[last + 2] * 4
      return TileProblem(
        kernels: kernels, kind: isDepthwise ? .depthwise : .product,
        rowSizes: [phases[last].places], rowStrides: [input.strides[last + 2] * 4],
        tapOffsets: taps, depth: joinsTaps ? channels * phases[last].count : channels,
        columns: columns, parts: [], left: left, right: right, bias: bias, result: .result(0),
        resultPitch: pitch, residual: residual, residualPitch: pitch, limits: limits)
    }

    /// Every image, place along the outer spatial axes, and group of a combination of phases.
    func parts(
      _ phases: [Phase], _ margins: [Int], _ input: TensorLayout, _ result: TensorLayout
    ) -> [TileProblem.Part] {
      let last = axes.count - 1
      var number = 0
      for (axis, phase) in phases.enumerated() where !(joinsColumns && axis == last) {
        number = number * axes[axis].step + phase.index
      }
      var first = TileProblem.Part(right: packed[number].byteOffset)
      for (axis, phase) in phases.enumerated() {
        first.left += (margins[axis] + phase.offset) * input.strides[axis + 2] * 4
        first.result += phase.first * result.strides[axis + 2] * 4
      }
      let sizes = [input.lens[0]] + phases.dropLast().map(\.places)
      var lefts: [Int] = []
      forEachPosition(sizes, input.strides.dropAxis(1).prefix(sizes.count).map { $0 * 4 }) {
        lefts.append($0)
      }
      var parts: [TileProblem.Part] = []
      let steps =
        [result.strides[0]] + axes.indices.map { axes[$0].stride * result.strides[$0 + 2] }
      forEachPosition(sizes, steps.prefix(sizes.count).map { $0 * 4 }) { offset in
        let left = lefts[parts.count / groups]
        for group in 0..<groups {
          let columnBytes = group * columns * 4
          let end = first.result + offset + columnBytes
          parts.append(
            TileProblem.Part(
              left: first.left + left + group * channels * 4,
              right: first.right + group * packed[number].columns.partByteCount,
              bias: group * PackedBias.padded(columns, to: kernels.columns) * 4, result: end,
              residual: end))
        }
      }
      return parts
    }
  }
}

extension [Int] {
  fileprivate func dropAxis(_ axis: Int) -> [Int] { Array(self[..<axis] + self[(axis + 1)...]) }
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  b == 0 ? a : greatestCommonDivisor(b, a % b)
}
