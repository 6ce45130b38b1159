import IR
import Support
import Tensors

/// A convolution whose taps are moved by offsets of their own, and weighted by a mask if there is one.
///
/// Inputs are `x` `[N, C, D1..]`, the weights `[O, C/group, K1..]`, the offsets
/// `[N, offset_group * K1 * .. * S, E1..]` for `S` spatial axes, and the mask `[N, offset_group * K1 * .., E1..]`; the result has
/// shape `[N, O, E1..]`. Between elements `x` is interpolated linearly; outside it is 0.
public struct DeformableConvolution: TensorOperator {
  public static let name = "deformable_convolution"
  /// The padding before each spatial axis, then after each; or one value for both of each axis.
  public var padding: [Int] = [0, 0]
  /// The elements between neighbouring windows along each spatial axis.
  public var stride: [Int] = [1, 1]
  /// The elements between neighbouring taps of a window along each spatial axis.
  public var dilation: [Int] = [1, 1]
  /// The number of groups that channels are split into; each has weights of its own.
  public var group: Int = 1
  /// The number of groups that the input's channels are split into; each has offsets of its own.
  public var offsetGroup: Int = 1

  private enum CodingKeys: String, CodingKey {
    case padding, stride, dilation, group
    case offsetGroup = "offset_group"
  }

  public init() {}

  /// Makes the operator.
  public init(
    padding: [Int], stride: [Int], dilation: [Int], group: Int = 1, offsetGroup: Int = 1
  ) {
    self.padding = padding
    self.stride = stride
    self.dilation = dilation
    self.group = group
    self.offsetGroup = offsetGroup
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 3...4)
    let convolution = Convolution(
      padding: padding, stride: stride, dilation: dilation, group: group)
    let result = try convolution.inferShapes(Array(inputs[..<2]), in: &context)[0]
    try check(inputs[0], 0, is: .floating)
    guard offsetGroup >= 1, offsetGroup <= WindowAxis.limit else {
      throw MIGraphXError(
        .invalidArgument, "offset_group \(offsetGroup) must be between 1 and \(WindowAxis.limit)")
    }
    try context.require(
      inputs[0].dimensions[1].modulo(Dimension(offsetGroup)), equals: 0,
      "what is left of \(inputs[0].dimensions[1]) channels by \(offsetGroup) offset groups")
    let taps = inputs[1].dimensions[2...].reduce(Dimension(offsetGroup), *)
    for (index, shape) in inputs.enumerated().dropFirst(2) {
      guard shape.elementType == inputs[0].elementType, shape.rank == result.rank else {
        throw MIGraphXError(
          .invalidShape,
          "input \(index) must have \(inputs[0].elementType.rawValue) and rank \(result.rank), "
            + "found (\(shape))")
      }
      var needed = result.dimensions
      needed[1] = index == 2 ? taps * Dimension(result.rank - 2) : taps
      for axis in needed.indices {
        try context.require(
          shape.dimensions[axis], equals: needed[axis],
          "the size of input \(index) at axis \(axis) and what windows and groups need")
      }
    }
    return [result]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let shape = try concreteShapes(inputs)[0]
    let (x, w, lens) = (inputs[0].lens, inputs[1].lens, shape.lens ?? [])
    let windows = lens[2...].reduce(1, *)
    let taps = w[2...].reduce(1, *)
    try checkFitsMemory(Shape(.double, lens: [x[0], x[1], taps, windows]))
    let sampler = Sampler(self, inputs, kernel: Array(w[2...]), windows: Array(lens[2...]))
    let columns = parallelRows(x[0] * x[1] * taps, of: windows, repeating: 0.0) { row, output in
      for window in 0..<windows { output[window] = sampler.value(row: row, window: window) }
    }
    let weights = inputs[1].converted(to: Double.self)
    let (outputs, inner) = (w[0], w[1] * taps)
    let groups = group
    let rows = SumRows<Double>(x[0] * outputs, of: windows) { row, sums in
      let (image, output) = row.quotientAndRemainder(dividingBy: outputs)
      let first = (image * groups + output / (outputs / groups)) * inner
      for index in 0..<inner {
        accumulate(
          weights[output * inner + index], columns.span,
          at: Positions(start: (first + index) * windows, step: 1),
          into: &sums, at: Positions(start: 0, step: 1), count: windows)
      }
    }
    return [try Double.tensor(rows, shape.elementType, lens: lens)]
  }
}

/// Reads what each tap of each window of a deformable convolution sees.
private struct Sampler: Sendable {
  let x: [Double]
  let offsets: [Double]
  let mask: [Double]?
  let channels: Int
  let offsetGroup: Int
  let sizes: [Int]
  let kernel: [Int]
  let windows: [Int]
  let before: [Int]
  let stride: [Int]
  let dilation: [Int]

  init(_ op: DeformableConvolution, _ inputs: [Argument], kernel: [Int], windows: [Int]) {
    x = inputs[0].converted(to: Double.self)
    offsets = inputs[2].converted(to: Double.self)
    mask = inputs.count > 3 ? inputs[3].converted(to: Double.self) : nil
    channels = inputs[0].lens[1]
    offsetGroup = op.offsetGroup
    sizes = Array(inputs[0].lens[2...])
    self.kernel = kernel
    self.windows = windows
    before = Array(op.padding[..<kernel.count])
    stride = op.stride
    dilation = op.dilation
  }

  /// The element for a row, which stands for image, channel and tap, and a window.
  func value(row: Int, window: Int) -> Double {
    let taps = kernel.reduce(1, *)
    let count = windows.reduce(1, *)
    let (plane, tap) = row.quotientAndRemainder(dividingBy: taps)
    let (image, channel) = plane.quotientAndRemainder(dividingBy: channels)
    let set = (image * offsetGroup + channel / (channels / offsetGroup)) * taps + tap
    let axes = sizes.count
    var positions = [Double](repeating: 0, count: axes)
    var (tapRest, windowRest) = (tap, window)
    for axis in (0..<axes).reversed() {
      let regular =
        windowRest % windows[axis] * stride[axis] - before[axis]
        + tapRest % kernel[axis] * dilation[axis]
      positions[axis] = Double(regular) + offsets[(set * axes + axis) * count + window]
      windowRest /= windows[axis]
      tapRest /= kernel[axis]
    }
    return interpolated(plane, positions) * (mask?[set * count + window] ?? 1)
  }

  /// Corners outside of the plane count as 0.
  private func interpolated(_ plane: Int, _ positions: [Double]) -> Double {
    var sum = 0.0
    for corner in 0..<1 << sizes.count {
      var (weight, index) = (1.0, plane)
      for (axis, position) in positions.enumerated() {
        let low = position.rounded(.down)
        let isUpper = corner >> axis & 1 == 1
        let place = isUpper ? low + 1 : low
        guard place >= 0, place < Double(sizes[axis]) else {
          weight = 0
          break
        }
        weight *= isUpper ? position - low : 1 - (position - low)
        index = index * sizes[axis] + Int(place)
      }
      if weight != 0 { sum += weight * x[index] }
    }
    return sum
  }
}
