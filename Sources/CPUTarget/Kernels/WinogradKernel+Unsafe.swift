import Codegen
import IR
import Support
import Tensors

/// Convolutions of floats by 3x3 windows with stride 1, as 36 products of matrices. See ``WinogradTransform``.
///
/// The channels of input and result lie innermost. Tiles are worked on in groups that stay in the cache near the
/// core, each by one task; where there are too few of them the three stages are grids of their own.
final class WinogradKernel: NativeKernel {
  private let runtime: Runtime
  private let kernels: WinogradKernels
  private let padding: [(before: Int, after: Int)]
  private let epilogue: Epilogue
  private let channels: Int
  private let outputs: Int
  private let weights: PackedColumns
  private let packed: Argument
  private let bias: PackedBias
  /// What the products begin with.
  private let noBias: PackedBias
  /// What padding reads.
  private let zeros: Argument

  private static let (tileSize, resultSize) = (6, 4)
  private static let numberCount = tileSize * tileSize
  /// The bytes that one task works on.
  private static let cachedByteCount = 640 << 10

  /// Makes the kernel for constant weights `[O, C, 3, 3]`.
  ///
  /// - Throws: `system` when there is no memory.
  init(
    _ weights: Argument, padding: [(before: Int, after: Int)], _ epilogue: Epilogue,
    _ kernels: WinogradKernels, _ runtime: Runtime
  ) throws(MIGraphXError) {
    self.runtime = runtime
    self.kernels = kernels
    self.padding = padding
    self.epilogue = epilogue
    let (outputs, channels) = (weights.lens[0], weights.lens[1])
    self.outputs = outputs
    self.channels = channels
    let transformed = try WinogradKernel.transformed(weights, runtime)
    let source = PackedColumns.Source(
      sumSizes: [channels], sumStrides: [outputs], columns: outputs, columnStride: 1,
      parts: (0..<WinogradKernel.numberCount).map { $0 * channels * outputs })
    self.weights = try PackedColumns(source, for: kernels.product)
    packed = try self.weights.packed(transformed, runtime)
    bias = try PackedBias(
      epilogue.bias, parts: 1, columns: outputs, width: kernels.product.columns)
    noBias = try PackedBias(
      nil, parts: 1, columns: outputs, width: kernels.product.columns)
    zeros = try Argument([Float](repeating: 0, count: channels), lens: [channels])
  }

  /// Whether the kernel needs less time than sums over windows, for `places` results of each channel.
  ///
  /// Times are in multiply-adds. A tile's transforms take some 150 for each channel, and reading the weights, four
  /// times as many as without transforms, 8 for each.
  static func pays(channels: Int, outputs: Int, height: Int, width: Int) -> Bool {
    let weights = Double(channels) * Double(outputs)
    let tiles = Double((height + 3) / 4) * Double((width + 3) / 4)
    let direct = 9 * weights * Double(height) * Double(width)
    let products = 36 * weights * (tiles + 8)
    return min(channels, outputs) >= 16
      && products + 150 * Double(channels + outputs) * tiles < 0.85 * direct
  }

  /// The weights of the 36 products, `[36, C, O]`.
  private static func transformed(
    _ weights: Argument, _ runtime: Runtime
  ) throws(MIGraphXError) -> Argument {
    let (outputs, channels) = (weights.lens[0], weights.lens[1])
    let strides = weights.strides
    let layout = try TensorLayout(.float, lens: [numberCount, channels, outputs])
    let result = try runtime.buffers.tensor(layout)
    let grid = TaskGrid(channels) { channel, memory in
      let source = unsafe memory.operand(0)
      let target = unsafe memory.result(0).assumingMemoryBound(to: Float.self)
      for output in 0..<outputs {
        var window = InlineArray<9, Double>(repeating: 0)
        for tap in 0..<9 {
          let place =
            output * strides[0] + channel * strides[1] + tap / 3 * strides[2] + tap % 3 * strides[3]
          window[tap] = Double(
            unsafe source.loadUnaligned(fromByteOffset: place * 4, as: Float.self))
        }
        var rows = InlineArray<18, Double>(repeating: 0)
        for column in 0..<3 {
          let line = transform(window[column], window[3 + column], window[6 + column])
          for row in 0..<6 { rows[row * 3 + column] = line[row] }
        }
        for row in 0..<6 {
          let line = transform(rows[row * 3], rows[row * 3 + 1], rows[row * 3 + 2])
          for column in 0..<6 {
            let number = row * 6 + column
            unsafe target[(number * channels + channel) * outputs + output] = Float(line[column])
          }
        }
      }
    }
    try runtime.run([grid], [weights], [result])
    return result
  }

  private static func transform(_ a: Double, _ b: Double, _ c: Double) -> InlineArray<6, Double> {
    [
      a / 4, -(a + b + c) / 6, -(a - b + c) / 6, a / 24 + b / 12 + c / 6,
      a / 24 - b / 12 + c / 6, c,
    ]
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    let operandCount = epilogue.addsResidual ? 2 : 1
    guard operands.count == operandCount, let x = operands.first, x.rank == 4,
      x.lens[1] == channels
    else {
      throw MIGraphXError(
        .invalidShape, "an input of \(channels) channels is needed, found \(operands.map(\.lens))")
    }
    let sizes = (2..<4).map {
      x.lens[$0] + padding[$0 - 2].before + padding[$0 - 2].after - 2
    }
    guard sizes.allSatisfy({ $0 > 0 }) else {
      throw MIGraphXError(.invalidShape, "a window of 3x3 doesn't fit \(x.lens)")
    }
    let order = [0, 2, 3, 1]
    let result = try TensorLayout(.float, lens: [x.lens[0], outputs] + sizes, order: order)
    if result.elementCount == 0 { return PreparedKernel(results: [result]) }
    var arranging = Arranging(runtime)
    let isReadable = x.strides[1] == 1 || channels == 1
    let (left, input) = isReadable ? (.operand(0), x) : try arranging.copy(x, 0, order: order)
    var residual: KernelMemory.Place?
    if epilogue.addsResidual {
      guard operands[1].lens == result.lens else {
        throw MIGraphXError(.invalidShape, "\(operands[1].lens) is added to \(result.lens)")
      }
      residual = try arranging.place(operands[1], 1, order: order).place
    }
    addWork(Tiles(input, left, result, residual, padding), &arranging)
    return PreparedKernel(
      results: [result], scratchByteCount: arranging.scratch.byteCount, grids: arranging.grids,
      constants: [packed, bias.argument, noBias.argument, zeros])
  }

  /// Where tiles lie.
  private struct Tiles: Sendable {
    let input: TensorLayout
    let place: KernelMemory.Place
    let result: TensorLayout
    let residual: KernelMemory.Place?
    let before: (Int, Int)
    let rows: Int
    let columns: Int

    var count: Int { input.lens[0] * rows * columns }

    init(
      _ input: TensorLayout, _ place: KernelMemory.Place, _ result: TensorLayout,
      _ residual: KernelMemory.Place?, _ padding: [(before: Int, after: Int)]
    ) {
      self.input = input
      self.place = place
      self.result = result
      self.residual = residual
      before = (padding[0].before, padding[1].before)
      rows = (result.lens[2] + 3) / 4
      columns = (result.lens[3] + 3) / 4
    }
  }

  private func addWork(_ tiles: Tiles, _ arranging: inout Arranging) {
    let threads = runtime.pool.threadCount
    let rows = kernels.product.maximumRows
    let tileByteCount = WinogradKernel.numberCount * (channels + outputs) * 4
    let cached = max(2, WinogradKernel.cachedByteCount / (tileByteCount * rows)) * rows
    let groups = max(1, (tiles.count + cached - 1) / cached)
    let isSplit = groups < 2 * threads && threads > 1
    let groupSize = isSplit ? tiles.count : (tiles.count + groups - 1) / groups
    let participants = isSplit ? 1 : threads
    func take(_ byteCount: Int) -> KernelMemory.Place {
      let padded = (byteCount + 63) / 64 * 64
      var place = arranging.take(participants * padded)
      place.participantStride = participants == 1 ? 0 : padded
      return place
    }
    let stages = Stages(
      tiles: tiles, kernels: kernels, channels: channels, outputs: outputs,
      groupSize: groupSize, numbers: take(36 * groupSize * channels * 4),
      sums: take(36 * groupSize * outputs * 4), waste: arranging.take(threads * outputs * 4 + 64),
      zeros: .constant(zeros), bias: .constant(bias.argument), limits: epilogue.limits)
    let problem = TileProblem(
      kernels: kernels.product, kind: .product, rowSizes: [groupSize],
      rowStrides: [channels * 4], tapOffsets: [0], depth: channels, columns: outputs,
      parts: (0..<36).map { number in
        TileProblem.Part(
          left: number * groupSize * channels * 4, right: number * weights.partByteCount,
          result: number * groupSize * outputs * 4)
      }, left: stages.numbers, right: .constant(packed), bias: .constant(noBias.argument),
      result: stages.sums, resultPitch: outputs * 4, residual: nil, residualPitch: 0,
      limits: Limits())
    if isSplit {
      // A few tiles are a task.
      let perTask = max(1, min(8, tiles.count / (2 * threads)))
      let tasks = (tiles.count + perTask - 1) / perTask
      @Sendable func range(_ task: Int) -> Range<Int> {
        task * perTask..<min(tiles.count, (task + 1) * perTask)
      }
      arranging.add(TaskGrid(tasks) { stages.input(range($0), first: 0, $1) })
      arranging.add(problem.grid(threadCount: threads))
      arranging.add(TaskGrid(tasks) { stages.output(range($0), first: 0, $1) })
    } else {
      arranging.add(
        TaskGrid((tiles.count + groupSize - 1) / groupSize) { group, memory in
          let range = group * groupSize..<min(tiles.count, (group + 1) * groupSize)
          stages.input(range, first: range.lowerBound, memory)
          problem.run(rowCount: range.count, memory)
          stages.output(range, first: range.lowerBound, memory)
        })
    }
  }

  /// The transforms of tiles.
  private struct Stages: Sendable {
    let tiles: Tiles
    let kernels: WinogradKernels
    let channels: Int
    let outputs: Int
    /// The tiles whose numbers lie next to each other.
    let groupSize: Int
    let numbers: KernelMemory.Place
    let sums: KernelMemory.Place
    /// Where results are written that lie outside of the tensor.
    let waste: KernelMemory.Place
    let zeros: KernelMemory.Place
    let bias: KernelMemory.Place
    let limits: Limits

    private typealias Argument = WinogradTransform.Argument

    /// The first place of a tile in the result, and the image.
    private func position(_ tile: Int) -> (image: Int, row: Int, column: Int) {
      let (image, place) = tile.quotientAndRemainder(dividingBy: tiles.rows * tiles.columns)
      let (row, column) = place.quotientAndRemainder(dividingBy: tiles.columns)
      return (image, row * 4, column * 4)
    }

    func input(_ range: Range<Int>, first: Int, _ memory: KernelMemory) {
      let strides = tiles.input.strides
      let (height, width) = (tiles.input.lens[2], tiles.input.lens[3])
      var places = InlineArray<36, Int>(repeating: 0)
      var block = InlineArray<8, Int>(repeating: 0)
      let source = unsafe Int(bitPattern: memory.address(tiles.place))
      let empty = unsafe Int(bitPattern: memory.address(zeros))
      let target = unsafe Int(bitPattern: memory.address(numbers))
      block[Argument.count.rawValue] = channels
      block[Argument.numberPitch.rawValue] = groupSize * channels * 4
      for tile in range {
        let (image, top, left) = position(tile)
        for row in 0..<6 {
          let y = top + row - tiles.before.0
          for column in 0..<6 {
            let x = left + column - tiles.before.1
            let isInside = y >= 0 && y < height && x >= 0 && x < width
            places[row * 6 + column] =
              isInside
              ? source + (image * strides[0] + y * strides[2] + x * strides[3]) * 4 : empty
          }
        }
        block[Argument.numbers.rawValue] = target + (tile - first) * channels * 4
        call(kernels.input, &block, &places)
      }
    }

    func output(_ range: Range<Int>, first: Int, _ memory: KernelMemory) {
      let strides = tiles.result.strides
      let (height, width) = (tiles.result.lens[2], tiles.result.lens[3])
      var places = InlineArray<36, Int>(repeating: 0)
      var residuals = InlineArray<16, Int>(repeating: 0)
      var block = InlineArray<8, Int>(repeating: 0)
      let target = unsafe Int(bitPattern: memory.result(0))
      let added = tiles.residual.map { unsafe Int(bitPattern: memory.address($0)) }
      let waste = unsafe Int(bitPattern: memory.address(waste)) + memory.participant * outputs * 4
      let source = unsafe Int(bitPattern: memory.address(sums))
      block[Argument.count.rawValue] = outputs
      block[Argument.numberPitch.rawValue] = groupSize * outputs * 4
      block[Argument.bias.rawValue] = unsafe Int(bitPattern: memory.address(bias))
      block[Argument.lowest.rawValue] = Int(limits.lowest.bitPattern)
      block[Argument.highest.rawValue] = Int(limits.highest.bitPattern)
      for tile in range {
        let (image, top, left) = position(tile)
        for row in 0..<4 {
          for column in 0..<4 {
            let (y, x) = (top + row, left + column)
            let offset = (image * strides[0] + y * strides[2] + x * strides[3]) * 4
            let isInside = y < height && x < width
            places[row * 4 + column] = isInside ? target + offset : waste
            if let added { residuals[row * 4 + column] = isInside ? added + offset : waste }
          }
        }
        block[Argument.numbers.rawValue] = source + (tile - first) * outputs * 4
        var span = residuals.mutableSpan
        unsafe span.withUnsafeMutableBufferPointer { buffer in
          block[Argument.residuals.rawValue] =
            added == nil ? 0 : Int(bitPattern: buffer.baseAddress)
          call(kernels.output, &block, &places)
        }
      }
    }

    private func call(
      _ kernel: Kernel, _ block: inout InlineArray<8, Int>, _ places: inout InlineArray<36, Int>
    ) {
      var placeSpan = places.mutableSpan
      unsafe placeSpan.withUnsafeMutableBufferPointer { places in
        block[Argument.places.rawValue] = Int(bitPattern: places.baseAddress)
        var blockSpan = block.mutableSpan
        unsafe blockSpan.withUnsafeMutableBufferPointer { block in
          if let arguments = UnsafeMutableRawPointer(block.baseAddress) {
            unsafe kernel(arguments)
          }
        }
      }
    }
  }
}

/// The kernels of ``WinogradKernel``.
struct WinogradKernels: Sendable {
  let product: TileKernels
  let input: Kernel
  let output: Kernel

  /// - Throws: `codeGeneration` when one has to be compiled and can't.
  init(
    _ product: TileKernels, _ set: InstructionSet, from library: KernelLibrary
  ) throws(MIGraphXError) {
    self.product = product
    let kernels = try library.kernels([
      WinogradTransform.input.source(set), WinogradTransform.output.source(set),
    ])
    (input, output) = (kernels[0], kernels[1])
  }
}
