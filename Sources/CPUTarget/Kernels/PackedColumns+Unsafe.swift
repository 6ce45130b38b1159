import Codegen
import Support
import Tensors

/// The right operand of tile kernels as they read it: panels as wide as the widest tile, in each the rows of sums.
///
/// The last panel has only as many vectors as it needs; what is missing of a vector is zero.
struct PackedColumns: Sendable {
  /// The bytes of one part.
  let partByteCount: Int
  /// The bytes of all parts.
  let byteCount: Int
  private let source: Source
  private let lanes: Int
  private let width: Int

  /// Where the elements of a right operand lie, in elements from its first.
  struct Source: Sendable {
    /// The axes that are summed over, outermost first.
    var sumSizes: [Int]
    var sumStrides: [Int]
    var columns: Int
    var columnStride: Int
    /// The first element of each part.
    var parts: [Int]

    var sumLength: Int { sumSizes.reduce(1, *) }
  }

  /// Describes packed floats for `kernels`.
  ///
  /// - Throws: `limitExceeded` when no machine has so much memory.
  init(_ source: Source, for kernels: TileKernels) throws(MIGraphXError) {
    self.source = source
    (lanes, width) = (kernels.set.lanes, kernels.columns)
    let vectors = (source.columns + lanes - 1) / lanes
    partByteCount = source.sumLength * vectors * lanes * 4
    let (bytes, overflow) = partByteCount.multipliedReportingOverflow(by: source.parts.count)
    guard !overflow, bytes <= Storage.maximumByteCount else {
      throw MIGraphXError(.limitExceeded, "packed operands don't fit this machine's memory")
    }
    byteCount = bytes
  }

  /// The work of packing what lies at `from`.
  func grid(from: KernelMemory.Place, to: KernelMemory.Place) -> TaskGrid {
    let panels = (source.columns + width - 1) / width
    let floats = partByteCount / 4
    return TaskGrid(source.parts.count * panels) { [source, lanes, width] task, memory in
      let (part, panel) = task.quotientAndRemainder(dividingBy: panels)
      let first = panel * width
      let count = min(width, source.columns - first)
      let padded = (count + lanes - 1) / lanes * lanes
      let output = unsafe memory.address(to)
        .advanced(by: (part * floats + first * source.sumLength) * 4)
        .assumingMemoryBound(to: Float.self)
      let input = unsafe UnsafeRawPointer(memory.address(from))
      let start = source.parts[part] + first * source.columnStride
      var place = 0
      forEachPosition(source.sumSizes, source.sumStrides) { offset in
        for column in 0..<padded {
          let index = start + offset + column * source.columnStride
          unsafe output[place + column] =
            column < count
            ? input.loadUnaligned(fromByteOffset: index * 4, as: Float.self) : 0
        }
        place += padded
      }
    }
  }

  /// Packs a constant.
  ///
  /// - Throws: `system` when there is no memory.
  func packed(_ argument: Argument, _ runtime: Runtime) throws(MIGraphXError) -> Argument {
    let result = try runtime.buffers.tensor(TensorLayout(.float, lens: [byteCount / 4]))
    try runtime.run([grid(from: .operand(0), to: .result(0))], [argument], [result])
    return result
  }
}

/// Calls `body` with the offset of each position of a grid, in order.
@inline(__always)
func forEachPosition(_ sizes: [Int], _ strides: [Int], _ body: (Int) -> Void) {
  if sizes.contains(0) { return }
  guard let length = sizes.last, let step = strides.last else { return body(0) }
  var index = [Int](repeating: 0, count: sizes.count - 1)
  var base = 0
  while true {
    var offset = base
    for _ in 0..<length {
      body(offset)
      offset += step
    }
    var axis = index.count - 1
    while axis >= 0 {
      index[axis] += 1
      base += strides[axis]
      if index[axis] < sizes[axis] { break }
      base -= sizes[axis] * strides[axis]
      index[axis] = 0
      axis -= 1
    }
    if axis < 0 { return }
  }
}
