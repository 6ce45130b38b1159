import Support
import Tensors

/// A copy whose source tables tell: for each axis of the result, where the elements of each position lie.
struct TableCopy: Sendable {
  /// One axis, with the bytes from one position of the result to the next.
  struct Axis: Sendable {
    var step: Int
    /// For each position the bytes from the source's first element; ``outside`` where the fill stands.
    var sources: [Int]
  }

  /// Marks positions that have no source.
  static let outside = Int.min

  private let outer: [Axis]
  private let row: Axis
  /// Parts of a row whose sources are equally far apart.
  private let runs: [Run]
  /// The bytes that are copied as one, and those of an element.
  private let block: Int
  private let width: Int
  /// Where an element lies that stands where there is no source.
  private let fill: KernelMemory.Place?

  /// `count` positions from `first` on, whose sources begin at `source`, `step` bytes apart.
  private struct Run {
    let first: Int
    var count: Int
    let source: Int
    var step: Int
  }

  /// The bytes that one task writes, about.
  private static let taskByteCount = 64 << 10

  /// Describes the copy.
  ///
  /// - Parameters:
  ///   - axes: all axes, in the order in which the result lies without gaps, outermost first.
  ///   - width: the bytes of an element.
  ///   - fill: where an element lies that stands where there is no source.
  init(_ axes: [Axis], width: Int, fill: KernelMemory.Place?) {
    var axes = axes
    var block = width
    // Inner axes that are copied whole are one block with the element.
    while let last = axes.last, last.step == block,
      last.sources.enumerated().allSatisfy({ $1 == $0 * block })
    {
      block *= last.sources.count
      axes.removeLast()
    }
    row = axes.popLast() ?? Axis(step: block, sources: [0])
    outer = axes
    runs = TableCopy.runs(row.sources, block)
    self.block = block
    self.width = width
    self.fill = fill
  }

  private static func runs(_ sources: [Int], _ block: Int) -> [Run] {
    var runs: [Run] = []
    for (place, source) in sources.enumerated() {
      if var last = runs.last {
        let isOutside = source == outside
        if isOutside && last.source == outside {
          last.count += 1
          runs[runs.count - 1] = last
          continue
        }
        if !isOutside && last.source != outside {
          let step = source - (last.source + (last.count - 1) * last.step)
          if last.count == 1 || step == last.step {
            last.step = step
            last.count += 1
            runs[runs.count - 1] = last
            continue
          }
        }
      }
      runs.append(Run(first: place, count: 1, source: source, step: block))
    }
    return runs
  }

  /// The work, which writes all of the result.
  func grid(from: KernelMemory.Place, to: KernelMemory.Place) -> TaskGrid {
    let rowByteCount = row.sources.count * block
    let rowCount = outer.reduce(1) { $0 * $1.sources.count }
    guard rowByteCount > 0, rowCount > 0 else { return TaskGrid(0) { _, _ in } }
    let perTask = max(1, TableCopy.taskByteCount / rowByteCount)
    return TaskGrid((rowCount + perTask - 1) / perTask) { task, memory in
      let read = unsafe UnsafeRawPointer(memory.address(from))
      let result = unsafe memory.address(to)
      let fill = unsafe pattern(memory)
      for number in task * perTask..<min(rowCount, (task + 1) * perTask) {
        var (rest, source, target, isOutside) = (number, 0, 0, false)
        for axis in outer.indices.reversed() {
          let place: Int
          (rest, place) = rest.quotientAndRemainder(dividingBy: outer[axis].sources.count)
          target += place * outer[axis].step
          let offset = outer[axis].sources[place]
          if offset == TableCopy.outside { isOutside = true } else { source += offset }
        }
        if isOutside {
          unsafe write(fill, rowByteCount, to: result + target)
        } else {
          unsafe copyRow(read + source, result + target, fill)
        }
      }
    }
  }

  /// The bytes of an element of the fill, repeated to eight.
  @unsafe private func pattern(_ memory: KernelMemory) -> UInt64 {
    guard let fill else { return 0 }
    let place = unsafe memory.address(fill)
    var bits: UInt64 = 0
    for byte in (0..<width).reversed() {
      bits = unsafe bits << 8 | UInt64(place.load(fromByteOffset: byte, as: UInt8.self))
    }
    var filled = width
    while filled < 8 {
      bits |= bits << UInt64(8 * filled)
      filled *= 2
    }
    return bits
  }

  /// Writes the bytes of `fill` again and again.
  @unsafe private func write(_ fill: UInt64, _ count: Int, to target: UnsafeMutableRawPointer) {
    var place = 0
    while place &+ 8 <= count {
      unsafe target.storeBytes(of: fill, toByteOffset: place, as: UInt64.self)
      place &+= 8
    }
    var rest = fill
    while place < count {
      unsafe target.storeBytes(
        of: UInt8(truncatingIfNeeded: rest), toByteOffset: place, as: UInt8.self)
      rest >>= 8
      place &+= 1
    }
  }

  @unsafe private func copyRow(
    _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ fill: UInt64
  ) {
    for run in runs {
      let to = unsafe target + run.first * block
      if run.source == TableCopy.outside {
        unsafe write(fill, run.count * block, to: to)
        continue
      }
      let from = unsafe source + run.source
      if run.step == block {
        unsafe to.copyMemory(from: from, byteCount: run.count * block)
        continue
      }
      switch block {
      case 1: unsafe move(run, from, to, as: UInt8.self)
      case 2: unsafe move(run, from, to, as: UInt16.self)
      case 4: unsafe move(run, from, to, as: UInt32.self)
      case 8: unsafe move(run, from, to, as: UInt64.self)
      default:
        for index in 0..<run.count {
          unsafe (to + index * block).copyMemory(from: from + index * run.step, byteCount: block)
        }
      }
    }
  }

  @inline(__always) @unsafe private func move<Element: FixedWidthInteger>(
    _ run: Run, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer,
    as type: Element.Type
  ) {
    for index in 0..<run.count {
      unsafe target.storeBytes(
        of: source.loadUnaligned(fromByteOffset: index &* run.step, as: type),
        toByteOffset: index &* MemoryLayout<Element>.size, as: type)
    }
  }
}
