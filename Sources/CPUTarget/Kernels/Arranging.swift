import Codegen
import Support
import Tensors

/// Collects the copies that a kernel needs of operands that lie otherwise than it reads them.
struct Arranging {
  private let threadCount: Int
  private(set) var scratch = ScratchPlan()
  private(set) var grids: [TaskGrid] = []

  init(_ runtime: Runtime) { threadCount = runtime.pool.threadCount }

  /// Where operand `index` lies without gaps in the order of `axes`, by default their own: in its own place or in
  /// that of a copy.
  ///
  /// - Throws: `limitExceeded` when a copy doesn't fit the machine.
  mutating func place(
    _ operand: TensorLayout, _ index: Int, order axes: [Int]? = nil
  ) throws(MIGraphXError) -> (place: KernelMemory.Place, layout: TensorLayout) {
    if operand.isDense(axes) { return (.operand(index), operand) }
    return try copy(operand, index, order: axes)
  }

  /// Where a copy of operand `index` lies.
  ///
  /// - Throws: see ``place(_:_:order:)``.
  mutating func copy(
    _ operand: TensorLayout, _ index: Int, order axes: [Int]? = nil
  ) throws(MIGraphXError) -> (place: KernelMemory.Place, layout: TensorLayout) {
    let layout = try TensorLayout(operand.elementType, lens: operand.lens, order: axes)
    let place = scratch.take(layout)
    grids.append(
      .copy(operand, at: .operand(index), to: layout, at: place, threadCount: threadCount))
    return (place, layout)
  }

  /// Where a copy of operand `index` lies that has `margins` of zeros around its spatial axes, those from 2 on.
  ///
  /// - Throws: `limitExceeded` when the copy doesn't fit the machine.
  mutating func padded(
    _ operand: TensorLayout, _ index: Int, _ margins: [(before: Int, after: Int)],
    order axes: [Int]
  ) throws(MIGraphXError) -> (place: KernelMemory.Place, layout: TensorLayout) {
    var lens = operand.lens
    for (axis, margin) in margins.enumerated() { lens[axis + 2] += margin.before + margin.after }
    let layout = try TensorLayout(operand.elementType, lens: lens, order: axes)
    let place = take(layout.byteCount)
    if margins.contains(where: { $0 != (0, 0) }) { add(.clear(place, byteCount: layout.byteCount)) }
    var inside = place
    for (axis, margin) in margins.enumerated() {
      inside.byteOffset +=
        margin.before * layout.strides[axis + 2] * operand.elementType.byteCount(of: 1)
    }
    let target = TensorLayout(operand.elementType, lens: operand.lens, strides: layout.strides)
    add(
      .copy(operand, at: .operand(index), to: target, at: inside, threadCount: threadCount))
    return (place, layout)
  }

  /// Adds work of the kernel's own that comes before what follows.
  mutating func add(_ grid: TaskGrid) { grids.append(grid) }

  /// Memory for work of the kernel's own.
  mutating func take(_ byteCount: Int) -> KernelMemory.Place { scratch.take(byteCount) }
}
