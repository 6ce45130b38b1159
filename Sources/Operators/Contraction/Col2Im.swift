import IR
import Support
import Tensors

/// Adds up the columns of windows to the image that they were taken of.
///
/// `[N, C * K, L]` with image sizes `[S]` and window sizes `[S]`, integer vectors, gives `[N, C, ...]` with the S image
/// sizes: K is the number of elements of a window, L that of the windows.
public struct Col2Im: TensorOperator {
  public static let name = "col2im"
  /// The distance between the elements of a window along each axis; 1 if empty.
  public var dilations: [Int] = []
  /// What was added before each axis of the image, then what was added after each; 0 if empty.
  public var pads: [Int] = []
  /// The distance between windows along each axis; 1 if empty.
  public var strides: [Int] = []

  public init() {}

  /// Makes the operator.
  public init(dilations: [Int], pads: [Int], strides: [Int]) {
    self.dilations = dilations
    self.pads = pads
    self.strides = strides
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 3)
    try check(inputs[0], 0, is: .numeric)
    try check(inputs[0], 0, rank: 3...3)
    let count = try vectorLength(inputs[1], 1)
    guard count >= 1, try vectorLength(inputs[2], 2) == count else {
      throw MIGraphXError(
        .invalidShape,
        "inputs 1 and 2 must have one length, found (\(inputs[1])) and (\(inputs[2]))")
    }
    try checkAttributes(count)
    let image = context.elements(1, count: count) ?? (0..<count).map { _ in context.freshSize() }
    var channels: Dimension
    if let window = context.elements(2, count: count) {
      let size = window.reduce(1, *)
      guard Dimension(1).isKnown(lessOrEqual: size) else {
        throw MIGraphXError(.invalidArgument, "windows must not be empty, found \(window)")
      }
      channels = inputs[0].dimensions[1].floorDivided(by: size)
      try context.require(
        channels * size, equals: inputs[0].dimensions[1],
        "axis 1 of input 0 and whole windows of \(window)")
    } else {
      channels = context.freshSize(maximum: inputs[0].dimensions[1].upperBound)
    }
    if let negative = image.first(where: { $0.isKnown(lessOrEqual: -1) }) {
      throw MIGraphXError(.invalidArgument, "a size must not be negative, found \(negative)")
    }
    return [Shape(inputs[0].elementType, [inputs[0].dimensions[0], channels] + image)]
  }

  private func checkAttributes(_ count: Int) throws(MIGraphXError) {
    let limit = 1 << 31
    for (name, values, needed, least) in [
      ("dilations", dilations, count, 1), ("strides", strides, count, 1),
      ("pads", pads, 2 * count, 0),
    ] {
      guard values.isEmpty || values.count == needed,
        values.allSatisfy({ $0 >= least && $0 <= limit })
      else {
        throw MIGraphXError(
          .invalidArgument,
          "\(name) must be \(needed) numbers from \(least) to \(limit), found \(values)")
      }
    }
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    try checkedShapes(inputs)
    let (data, image, window) = (inputs[0], inputs[1].integers, inputs[2].integers)
    let limit = 1 << 31
    guard image.allSatisfy({ $0 >= 0 && $0 <= limit }), window.allSatisfy({ $0 > 0 && $0 <= limit })
    else {
      throw MIGraphXError(
        .invalidArgument, "images of \(image) have no windows of \(window)")
    }
    var counts: [Int] = []
    for axis in image.indices {
      let padded =
        image[axis] + (pads.isEmpty ? 0 : pads[axis] + pads[image.count + axis])
      let reach = value(dilations, axis).multipliedReportingOverflow(by: window[axis] - 1).0 + 1
      counts.append(padded < reach ? 0 : (padded - reach) / value(strides, axis) + 1)
    }
    let size = window.reduce(Dimension(1)) { $0 * Dimension($1) }.constant ?? .max
    let places = counts.reduce(Dimension(1)) { $0 * Dimension($1) }.constant ?? .max
    guard data.lens[1] % size == 0, data.lens[2] == places else {
      throw MIGraphXError(
        .invalidShape,
        "(\(data.shape)) is not made of windows of \(window), \(counts) of an image of \(image)")
    }
    let channels = data.lens[1] / size
    let lens = [data.lens[0], channels] + image
    try checkFitsMemory(Shape(data.elementType, lens: lens), in: context)
    try checkFitsMemory(Shape(.double, lens: lens))
    let columns = data.converted(to: Double.self)
    let (area, windows) = (image.reduce(1, *), counts)
    let sums = parallelRows(data.lens[0] * channels, of: area, repeating: 0.0) { row, output in
      for element in 0..<size {
        for place in 0..<places {
          guard let target = target(element, window, place, windows, image) else { continue }
          output[target] += columns[(row * size + element) * places + place]
        }
      }
    }
    return [try Argument(sums, lens: lens).converted(toElementType: data.elementType)]
  }

  private func value(_ values: [Int], _ axis: Int) -> Int { values.isEmpty ? 1 : values[axis] }

  /// Where in the image an element of a window lies; nil in the margin.
  private func target(
    _ element: Int, _ window: [Int], _ place: Int, _ counts: [Int], _ image: [Int]
  ) -> Int? {
    var (element, place, target, step) = (element, place, 0, 1)
    for axis in image.indices.reversed() {
      let position =
        place % counts[axis] * value(strides, axis) - (pads.isEmpty ? 0 : pads[axis])
        + element % window[axis] * value(dilations, axis)
      guard position >= 0, position < image[axis] else { return nil }
      target += position * step
      step *= image[axis]
      element /= window[axis]
      place /= counts[axis]
    }
    return target
  }
}
