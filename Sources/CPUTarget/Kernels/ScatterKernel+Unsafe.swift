import Codegen
import IR
import Operators
import Support
import Tensors

/// Puts updates, operand 2, where indices, operand 1, say into a copy of operand 0.
final class ScatterKernel: NativeKernel {
  private let op: any TensorOperator
  private let form: Form
  private let combination: ScatterCombination
  private let runtime: Runtime

  /// What the indices name.
  private enum Form {
    /// Positions along an axis, for each element of the updates.
    case elements(axis: Int, skipsOutside: Bool)
    /// Positions along the leading axes, for each part of the updates.
    case parts
  }

  init(_ op: any ScatterOperator, _ runtime: Runtime) {
    self.op = op
    form = .elements(axis: op.axis, skipsOutside: op.skipOutOfBounds)
    combination = type(of: op).combination
    self.runtime = runtime
  }

  init(_ op: any ScatterNDOperator, _ runtime: Runtime) {
    self.op = op
    form = .parts
    combination = type(of: op).combination
    self.runtime = runtime
  }

  /// Whether the kernel joins elements of `type` so.
  static func combines(_ type: ElementType, _ combination: ScatterCombination) -> Bool {
    combination == .replace
      ? type.bitWidth >= 8 : [.float, .double, .int32, .int64].contains(type)
  }

  func prepare(
    _ operands: [TensorLayout], in context: EvaluationContext
  ) throws(MIGraphXError) -> PreparedKernel {
    let lens = try op.resultLens(operands, in: context)
    let result = try TensorLayout(operands[0].elementType, lens: lens)
    var arranging = Arranging(runtime)
    let (indices, numbers) = try arranging.place(operands[1], 1)
    let (updates, _) = try arranging.place(operands[2], 2)
    let isInPlace = operands[0].isDense()
    let copy = StridedCopy(operands[0], to: result, threadCount: runtime.pool.threadCount)
    arranging.add(
      TaskGrid(copy.taskCount) { task, memory in
        let (from, to) = unsafe (memory.operand(0), memory.result(0))
        if unsafe isInPlace && from == UnsafeRawPointer(to) { return }
        unsafe copy.run(task, from: from, to: to)
      })
    var prepared: PreparedKernel
    switch form {
    case .elements(let axis, let skipsOutside):
      let axis = axis < 0 ? axis + lens.count : axis
      let walk = ScatterWalk(numbers, result, axis: axis, skipsOutside: skipsOutside)
      if numbers.elementCount > 0 {
        arranging.add(
          walk.grid(runtime.pool.threadCount, indices, updates, result, combination))
      }
      prepared = arranging.prepared([result]) { IndexReader.error($0, lens) }
    case .parts:
      let parts = IndexedParts(numbers, result, batchAxes: 0)
      arranging.add(parts.grid(indices, updates, result, combination))
      prepared = arranging.prepared([result]) { IndexReader.error($0, lens) }
    }
    prepared.inPlaceOperand = isInPlace ? 0 : nil
    return prepared
  }
}

/// A number that scatters join with another one.
private protocol ScatteredNumber: Comparable, BitwiseCopyable, Sendable {
  static func sum(_ x: Self, _ y: Self) -> Self
  static func product(_ x: Self, _ y: Self) -> Self
}

extension Float: ScatteredNumber {
  fileprivate static func sum(_ x: Float, _ y: Float) -> Float { x + y }
  fileprivate static func product(_ x: Float, _ y: Float) -> Float { x * y }
}

extension Double: ScatteredNumber {
  fileprivate static func sum(_ x: Double, _ y: Double) -> Double { x + y }
  fileprivate static func product(_ x: Double, _ y: Double) -> Double { x * y }
}

extension Int32: ScatteredNumber {
  fileprivate static func sum(_ x: Int32, _ y: Int32) -> Int32 { x &+ y }
  fileprivate static func product(_ x: Int32, _ y: Int32) -> Int32 { x &* y }
}

extension Int64: ScatteredNumber {
  fileprivate static func sum(_ x: Int64, _ y: Int64) -> Int64 { x &+ y }
  fileprivate static func product(_ x: Int64, _ y: Int64) -> Int64 { x &* y }
}

extension ScatterCombination {
  /// Joins `byteCount` bytes of updates to those that stand at `target`.
  @inline(__always) @unsafe
  fileprivate func join(
    _ updates: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ byteCount: Int,
    _ type: ElementType
  ) {
    if self == .replace { return unsafe copyBytes(updates, target, byteCount) }
    switch type {
    case .float: unsafe join(updates, target, byteCount, as: Float.self)
    case .double: unsafe join(updates, target, byteCount, as: Double.self)
    case .int32: unsafe join(updates, target, byteCount, as: Int32.self)
    default: unsafe join(updates, target, byteCount, as: Int64.self)
    }
  }

  @inline(__always) @unsafe
  private func join<Number: ScatteredNumber>(
    _ updates: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ byteCount: Int,
    as type: Number.Type
  ) {
    for place in stride(from: 0, to: byteCount, by: MemoryLayout<Number>.size) {
      let old = unsafe target.loadUnaligned(fromByteOffset: place, as: type)
      let update = unsafe updates.loadUnaligned(fromByteOffset: place, as: type)
      let joined =
        switch self {
        case .replace: update
        case .add: Number.sum(old, update)
        case .multiply: Number.product(old, update)
        case .minimum: old < update || old != old ? old : update
        case .maximum: old > update || old != old ? old : update
        }
      unsafe target.storeBytes(of: joined, toByteOffset: place, as: type)
    }
  }
}

/// Indices along an axis with the elements that they stand for. Those of one place on the other axes come one after
/// the other, as several may name one element.
private struct ScatterWalk: Sendable {
  /// The indices along the axis, and those inside of it.
  private let length: Int
  private let inner: Int
  /// Where the elements of each place outside and inside of the axis lie in the data.
  private let outerStarts: [Int]
  private let innerStarts: [Int]
  private let axis: Int
  private let step: Int
  private let size: Int
  private let skipsOutside: Bool
  private let reader: IndexReader

  init(_ indices: TensorLayout, _ data: TensorLayout, axis: Int, skipsOutside: Bool) {
    self.axis = axis
    length = indices.lens[axis]
    size = data.lens[axis]
    step = data.strides[axis]
    self.skipsOutside = skipsOutside
    reader = IndexReader(indices)
    var starts: [Int] = []
    forEachPosition(Array(indices.lens[..<axis]), Array(data.strides[..<axis])) {
      starts.append($0)
    }
    outerStarts = starts
    starts = []
    forEachPosition(Array(indices.lens[(axis + 1)...]), Array(data.strides[(axis + 1)...])) {
      starts.append($0)
    }
    innerStarts = starts
    inner = starts.count
  }

  func grid(
    _ threadCount: Int, _ indices: KernelMemory.Place, _ updates: KernelMemory.Place,
    _ data: TensorLayout, _ combination: ScatterCombination
  ) -> TaskGrid {
    let width = data.elementType.byteCount(of: 1)
    // Few places outside are shared by cutting those inside.
    let pieces = max(1, min(inner / 256, 4 * threadCount / max(1, outerStarts.count)))
    return TaskGrid(outerStarts.count * pieces) { task, memory in
      let (outer, piece) = task.quotientAndRemainder(dividingBy: pieces)
      let (numbers, changes) = unsafe (memory.address(indices), memory.address(updates))
      let target = unsafe memory.result(0)
      for row in outer * length..<(outer + 1) * length {
        for place in piece * inner / pieces..<(piece + 1) * inner / pieces {
          let number = row &* inner &+ place
          if skipsOutside {
            let index = unsafe reader.number(numbers, number)
            if index < -size || index >= size { continue }
          }
          let position = unsafe reader.position(
            numbers, number, among: size, axis: axis, memory)
          guard let position else { return }
          let element = outerStarts[outer] &+ innerStarts[place] &+ position &* step
          unsafe combination.join(
            changes + number &* width, target + element &* width, width, data.elementType)
        }
      }
    }
  }
}

extension IndexedParts {
  /// The work of joining parts, of which several may be one: pieces of all parts are apart.
  fileprivate func grid(
    _ indices: KernelMemory.Place, _ updates: KernelMemory.Place, _ data: TensorLayout,
    _ combination: ScatterCombination
  ) -> TaskGrid {
    let pieceByteCount = 4096
    let pieces = max(1, byteCount / pieceByteCount)
    return TaskGrid(count == 0 ? 0 : pieces) { piece, memory in
      let first = piece * pieceByteCount
      let length = piece == pieces - 1 ? byteCount - first : pieceByteCount
      for part in 0..<count {
        let start = unsafe start(of: part, memory.address(indices), memory)
        guard let start else { return }
        unsafe combination.join(
          memory.address(updates) + (part * byteCount + first),
          memory.result(0) + (start + first), length, data.elementType)
      }
    }
  }
}
