import Glibc
import Support
import Tensors

/// Computes a pooling over three spatial axes, one row of the result at a time.
struct PoolingEvaluation {
  let mode: PoolingMode
  let order: Int
  let countsPadding: Bool
  let input: Argument
  let shape: Shape
  let axes: [WindowGeometry]

  func run() throws(MIGraphXError) -> Argument {
    switch input.elementType {
    case .double: try floating(Double.self)
    case let type where type.isFloatingPoint: try floating(Float.self)
    default: try integers()
    }
  }

  private func floating<Value: Factor>(_ type: Value.Type) throws(MIGraphXError) -> Argument
  where Value.Sum == Double {
    let x = input.converted(to: type)
    let lowest = shape.elementType.lowestFinite
    let power = Double(order)
    let rows = rows { (window: Window) -> Double in
      switch mode {
      case .max:
        var best = -Double.infinity
        var isEmpty = true
        window.forEachPosition { position in
          let value = x[position].widened
          if value > best || value.isNaN { best = value }
          isEmpty = false
        }
        return isEmpty ? lowest : best
      case .average:
        var sum = 0.0
        window.forEachPosition { sum += x[$0].widened }
        let count = countsPadding ? window.paddedCount : window.count
        return count == 0 ? 0 : sum / Double(count)
      case .lpnorm:
        var sum = 0.0
        window.forEachPosition { position in
          let value = abs(x[position].widened)
          sum += order == 1 ? value : order == 2 ? value * value : pow(value, power)
        }
        return order == 1 ? sum : order == 2 ? sum.squareRoot() : pow(sum, 1 / power)
      }
    }
    return try Double.tensor(rows, shape.elementType, lens: shape.lens ?? [])
  }

  /// The positions of the maxima among the input's elements, or -1 for a window without elements.
  ///
  /// - Parameter isColumnMajor: whether elements are numbered with the first spatial axis as the innermost one.
  func positions(isColumnMajor: Bool) throws(MIGraphXError) -> Argument {
    if input.elementType.isFloatingPoint {
      return try positions(input.converted(to: Double.self), isColumnMajor) { $0 > $1 || $0.isNaN }
    }
    if input.elementType == .uint64 {
      return try positions(input.converted(to: UInt64.self), isColumnMajor, >)
    }
    return try positions(input.converted(to: Int64.self), isColumnMajor, >)
  }

  private func positions<Value: TensorElement>(
    _ x: [Value], _ isColumnMajor: Bool, _ replaces: @escaping @Sendable (Value, Value) -> Bool
  ) throws(MIGraphXError) -> Argument {
    let (depth, height, width) = (axes[0].size, axes[1].size, axes[2].size)
    let rows = rows { (window: Window) -> Int64 in
      var best = -1
      window.forEachPosition { position in
        if best < 0 || replaces(x[position], x[best]) { best = position }
      }
      guard isColumnMajor, best >= 0 else { return Int64(best) }
      let (slab, column) = best.quotientAndRemainder(dividingBy: width)
      let (plane, row) = (slab / height).quotientAndRemainder(dividingBy: depth)
      return Int64(((plane * width + column) * height + slab % height) * depth + row)
    }
    return try Int64.tensor(rows, .int64, lens: shape.lens ?? [])
  }

  /// The maxima of the elements that stand before the first closed one in their row of a window.
  ///
  /// - Parameter isOpen: for each place of a plane whether it is open.
  func maxima(before isOpen: [Bool]) throws(MIGraphXError) -> Argument {
    let x = input.converted(to: Double.self)
    let lowest = shape.elementType.lowestFinite
    let rows = rows { (window: Window) -> Double in
      let start = window.plane * isOpen.count
      var best = lowest
      window.forEachRow { first, count, step in
        for position in stride(from: first, to: first + count * step, by: step) {
          guard isOpen[position - start] else { return }
          if x[position] > best { best = x[position] }
        }
      }
      return best
    }
    return try Double.tensor(rows, shape.elementType, lens: shape.lens ?? [])
  }

  /// Maxima of integers.
  private func integers() throws(MIGraphXError) -> Argument {
    let x = input.converted(to: Int64.self)
    let type = input.elementType
    // Turning the highest bit around gives unsigned 64-bit numbers the order of signed ones.
    let turn: Int64 = type == .uint64 ? .min : 0
    let lowest = type.isSigned ? -1 << Int64(type.packedBitWidth - 1) : 0 ^ turn
    let rows = rows { (window: Window) -> Int64 in
      var best = lowest
      window.forEachPosition { best = max(best, x[$0] ^ turn) }
      return best ^ turn
    }
    return try Int64.tensor(rows, type, lens: shape.lens ?? [])
  }

  @inline(__always)
  private func rows<Sum: Accumulator>(
    _ value: @escaping @Sendable (Window) -> Sum
  ) -> SumRows<Sum> {
    let (depth, height, width) = (axes[0], axes[1], axes[2])
    let rowsOfChannel = depth.windows * height.windows
    let planes = input.lens[0] * input.lens[1]
    return SumRows(planes * rowsOfChannel, of: width.windows) { row, output in
      let (plane, place) = row.quotientAndRemainder(dividingBy: rowsOfChannel)
      let (z, y) = place.quotientAndRemainder(dividingBy: height.windows)
      for x in 0..<width.windows {
        let window = Window(depth: depth, height: height, width: width, plane: plane, at: (z, y, x))
        output[x] = value(window)
      }
    }
  }

  /// The elements of the input under one window.
  struct Window {
    let z: AxisWindow
    let y: AxisWindow
    let x: AxisWindow
    let plane: Int

    init(
      depth: WindowGeometry, height: WindowGeometry, width: WindowGeometry, plane: Int,
      at place: (Int, Int, Int)
    ) {
      z = AxisWindow(depth, place.0)
      y = AxisWindow(height, place.1)
      x = AxisWindow(width, place.2)
      self.plane = plane
    }

    /// The number of elements in the input.
    var count: Int { z.count * y.count * x.count }
    /// The number of elements in the input or its padding.
    var paddedCount: Int { z.paddedCount * y.paddedCount * x.paddedCount }

    @inline(__always)
    func forEachPosition(_ body: (Int) -> Void) {
      forEachRow { first, count, step in for tap in 0..<count { body(first + tap * step) } }
    }

    /// Calls `body` with the first position of each row of the window, the number of its taps, and their step.
    @inline(__always)
    func forEachRow(_ body: (Int, Int, Int) -> Void) {
      for kz in 0..<z.count {
        let slab = (plane * z.size + z.first + kz * z.step) * y.size
        for ky in 0..<y.count {
          body((slab + y.first + ky * y.step) * x.size + x.first, x.count, x.step)
        }
      }
    }
  }

  /// The taps of one window along one axis that lie in the input.
  struct AxisWindow {
    let size: Int
    let first: Int
    let step: Int
    let count: Int
    let paddedCount: Int

    init(_ axis: WindowGeometry, _ window: Int) {
      let start = window * axis.stride - axis.before
      let skipped = start >= 0 ? 0 : (axis.dilation - 1 - start) / axis.dilation
      size = axis.size
      step = axis.dilation
      first = start + skipped * axis.dilation
      count = max(0, min(axis.taps, AxisWindow.taps(from: start, below: size, step)) - skipped)
      paddedCount = max(
        0, min(axis.taps, AxisWindow.taps(from: start, below: size + axis.after, step)))
    }

    /// The number of positions `start`, `start + step`, ... that lie below `end`.
    private static func taps(from start: Int, below end: Int, _ step: Int) -> Int {
      start >= end ? 0 : (end - 1 - start) / step + 1
    }
  }
}

extension ElementType {
  /// The lowest finite number of a floating-point type.
  fileprivate var lowestFinite: Double {
    switch self {
    case .half: -Double(Float16.greatestFiniteMagnitude)
    case .bfloat16: BFloat16(bitPattern: 0xFF7F).asDouble
    case .double: -Double.greatestFiniteMagnitude
    default: -Double(Float.greatestFiniteMagnitude)
    }
  }
}
