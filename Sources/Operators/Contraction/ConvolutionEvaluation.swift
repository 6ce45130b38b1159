import Support
import Tensors

/// Computes a convolution or a transposed one over three spatial axes, summed in blocks.
struct ConvolutionEvaluation: FactorVisitor {
  let input: Argument
  let weights: Argument
  let shape: Shape
  let group: Int
  /// For a transposed convolution, windows lie over the result and `windows` counts the input's elements.
  let axes: [WindowGeometry]
  let isTransposed: Bool

  func run() throws(MIGraphXError) -> Argument { try input.elementType.visitFactors(self) }

  func visit<Value: Factor>(_ type: Value.Type) throws(MIGraphXError) -> Argument {
    try isTransposed ? transposed(type) : forward(type)
  }

  /// The axes with those merged that only pair elements one to one, which makes rows longer.
  private var mergedAxes: [WindowGeometry] {
    let isPlain = axes.allSatisfy {
      $0.taps == 1 && $0.stride == 1 && $0.before == 0 && $0.size == $0.windows
    }
    guard isPlain else { return axes }
    let count = axes.map(\.size).reduce(1, *)
    return WindowGeometry.three([WindowGeometry(size: count, windows: count)])
  }

  /// The weights of a group, `[outputs, channels * taps]`, times the elements under each window.
  private func forward<Value: Factor>(_ type: Value.Type) throws(MIGraphXError) -> Argument {
    let axes = mergedAxes
    let x = input.converted(to: type)
    let w = weights.converted(to: type)
    let channels = weights.lens[1]
    let outputs = weights.lens[0] / group
    let taps = axes.map(\.taps).reduce(1, *)
    let product = BlockedProduct<Value.Sum>(
      matrices: input.lens[0] * group, rows: outputs, terms: channels * taps,
      columns: axes.map(\.windows).reduce(1, *)
    ) { matrix, output, terms in
      let start = (matrix % group * outputs + output) * channels * taps
      return w[start + terms.lowerBound..<start + terms.upperBound].map(\.widened)
    } right: { matrix, term, columns, target, start in
      let (channel, tap) = term.quotientAndRemainder(dividingBy: taps)
      copyElements(
        of: x, channel: matrix * channels + channel, tap: tap, axes, columns, into: &target,
        at: start)
    }
    return try product.tensor(shape.elementType, lens: shape.lens ?? [])
  }

  /// Copies the elements of a channel that lie under one tap of some windows; those in the padding stay 0.
  private func copyElements<Value: Factor>(
    of x: [Value], channel: Int, tap: Int, _ axes: [WindowGeometry], _ windows: Range<Int>,
    into target: inout MutableSpan<Value.Sum>, at start: Int
  ) {
    let (depth, height, width) = (axes[0], axes[1], axes[2])
    let (outerTap, kx) = tap.quotientAndRemainder(dividingBy: width.taps)
    let (kz, ky) = outerTap.quotientAndRemainder(dividingBy: height.taps)
    let touched = width.windows(touchedBy: kx)
    var window = windows.lowerBound
    while window < windows.upperBound {
      let (row, first) = window.quotientAndRemainder(dividingBy: width.windows)
      let (z, y) = row.quotientAndRemainder(dividingBy: height.windows)
      let end = min(width.windows, first + windows.upperBound - window)
      let part = touched.clamped(to: first..<end)
      let (inputZ, inputY) = (depth.position(z, kz), height.position(y, ky))
      if (0..<depth.size).contains(inputZ), (0..<height.size).contains(inputY) {
        let line = ((channel * depth.size + inputZ) * height.size + inputY) * width.size
        copyWidened(
          x.span,
          at: Positions(start: line + width.position(part.lowerBound, kx), step: width.stride),
          into: &target,
          at: start + window - windows.lowerBound + part.lowerBound - first, count: part.count)
      }
      window += end - first
    }
  }

  /// What each element of the input adds to the window that it is spread over, then the sums of these.
  private func transposed<Value: Factor>(_ type: Value.Type) throws(MIGraphXError) -> Argument {
    let (depth, height, width) = (axes[0], axes[1], axes[2])
    let channels = input.lens[1] / group
    let outputs = weights.lens[1]
    let places = axes.map(\.windows).reduce(1, *)
    let taps = axes.map(\.taps).reduce(1, *)
    let parts = try parts(type, channels: channels, rows: outputs * taps, places: places)
    let rowsOfChannel = depth.size * height.size
    let rows = input.lens[0] * group * outputs * rowsOfChannel
    let sums = SumRows<Value.Sum>(rows, of: width.size) { row, sums in
      let (plane, place) = row.quotientAndRemainder(dividingBy: rowsOfChannel)
      let (z, y) = place.quotientAndRemainder(dividingBy: height.size)
      for kz in 0..<depth.taps {
        guard let inputZ = depth.window(at: z, tap: kz) else { continue }
        for ky in 0..<height.taps {
          guard let inputY = height.window(at: y, tap: ky) else { continue }
          for kx in 0..<width.taps {
            let tap = (kz * height.taps + ky) * width.taps + kx
            let line = (inputZ * height.windows + inputY) * width.windows
            let windows = width.windows(touchedBy: kx)
            accumulate(
              Value.Sum.one, parts.span,
              at: Positions(
                start: (plane * taps + tap) * places + line + windows.lowerBound, step: 1),
              into: &sums,
              at: Positions(start: width.position(windows.lowerBound, kx), step: width.stride),
              count: windows.count)
          }
        }
      }
    }
    return try Value.Sum.tensor(sums, shape.elementType, lens: shape.lens ?? [])
  }

  /// The sums over channels, `[N * group, outputs * taps, places]`, for a transposed convolution.
  private func parts<Value: Factor>(
    _ type: Value.Type, channels: Int, rows: Int, places: Int
  ) throws(MIGraphXError) -> [Value.Sum] {
    let x = input.converted(to: type)
    let w = weights.converted(to: type)
    let matrices = input.lens[0] * group
    let product = BlockedProduct<Value.Sum>(
      matrices: matrices, rows: rows, terms: channels, columns: places
    ) { matrix, row, terms in
      terms.map { w[(matrix % group * channels + $0) * rows + row].widened }
    } right: { matrix, channel, columns, target, start in
      copyWidened(
        x.span,
        at: Positions(
          start: (matrix * channels + channel) * places + columns.lowerBound, step: 1),
        into: &target, at: start, count: columns.count)
    }
    return try product.tensor(Value.Sum.elementType, lens: [matrices, rows, places])
      .elements(as: Value.Sum.self)
  }
}

extension WindowGeometry {
  /// The window whose tap `tap` lies at `position`; nil if there is none.
  func window(at position: Int, tap: Int) -> Int? {
    let start = position + before - tap * dilation
    guard start >= 0, start % stride == 0, start / stride < windows else { return nil }
    return start / stride
  }
}
