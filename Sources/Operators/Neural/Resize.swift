import IR
import Support
import Tensors

/// Changes the sizes of axes by choosing or interpolating elements.
///
/// Sizes come from exactly one of `scales`, `sizes` and a second input of shape `[rank]`, which holds
/// sizes (`int64_type`) or scales (`float_type`). An axis of scale 1 stays as it is, whatever the region. A third
/// input may hold the region that coordinate transformation `tf_crop_and_resize` takes. All of these have one
/// value for each of `axes`, the region two.
public struct Resize: TensorOperator, SizeInputOperator {
  public static let name = "resize"
  /// The size of each axis of the result as a multiple of the input's, rounded down.
  public var scales: [Float]?
  /// The size of each axis of the result.
  public var sizes: [Dimension]?
  /// How `nearest` chooses: `round_prefer_floor`, `round_prefer_ceil`, `floor` or `ceil`.
  public var nearestMode: String = "floor"
  /// `nearest`, `linear` or `cubic`.
  public var mode: String = "nearest"
  /// Where an element of the result lies in the input: `half_pixel`, `half_pixel_symmetric`,
  /// `pytorch_half_pixel`, `tf_half_pixel_for_nn`, `align_corners`, `asymmetric` or `tf_crop_and_resize`.
  public var coordinateTransformationMode: String = "half_pixel"
  /// The parameter of cubic interpolation.
  public var cubicCoeffA: Float = -0.75
  /// Whether cubic weights of elements outside are dropped instead of given to the border; no if nil.
  public var excludeOutside: Bool?
  /// The axes that change, each once; all if nil. Negative ones count from the end.
  public var axes: [Int]?
  /// Whether each element of a smaller result is made of all that it covers; no if nil.
  public var antialias: Bool?
  /// How sizes keep the ratio of axes: `stretch`, they don't; `not_larger` or `not_smaller`, one scale for all so
  /// that no size exceeds, or none falls short of, what is asked for. `stretch` if nil.
  public var keepAspectRatioPolicy: String?
  /// The region for `tf_crop_and_resize`: where it starts along each axis, then where it ends, as shares.
  public var roi: [Float]?
  /// What `tf_crop_and_resize` gives outside of the input; 0 if nil.
  public var extrapolationValue: Float?

  /// The largest size from or to which an axis is resized: positions in it are exact in `Float`.
  private static let maximumSize = 1 << 24

  private enum CodingKeys: String, CodingKey {
    case scales, sizes
    case nearestMode = "nearest_mode"
    case mode
    case coordinateTransformationMode = "coordinate_transformation_mode"
    case cubicCoeffA = "cubic_coeff_a"
    case excludeOutside = "exclude_outside"
    case axes, antialias
    case keepAspectRatioPolicy = "keep_aspect_ratio_policy"
    case roi
    case extrapolationValue = "extrapolation_value"
  }

  public init() {}

  /// Makes the operator.
  public init(
    mode: String, nearestMode: String = "floor",
    coordinateTransformationMode: String = "half_pixel", scales: [Float]? = nil,
    sizes: [Dimension]? = nil, cubicCoeffA: Float = -0.75, excludeOutside: Bool? = nil
  ) {
    self.mode = mode
    self.nearestMode = nearestMode
    self.coordinateTransformationMode = coordinateTransformationMode
    self.scales = scales
    self.sizes = sizes
    self.cubicCoeffA = cubicCoeffA
    self.excludeOutside = excludeOutside
  }

  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    var resize = self
    if known.count > 2 {
      guard let roi = known.literal(2), roi.elementType.isFloatingPoint else { return nil }
      resize.roi = roi.converted(to: Float.self)
    }
    if let scales = known.literal(1), scales.elementType == .float {
      resize.scales = scales.converted(to: Float.self)
    } else if let sizes = known.sizes(1) {
      resize.sizes = sizes
    } else {
      return nil
    }
    return [(resize, [0])]
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1...3)
    let coordinates = try ResizeCoordinates(self)
    try check(inputs[0], 0, is: coordinates.isNearest ? .any : .numeric)
    let sources = (scales == nil ? 0 : 1) + (sizes == nil ? 0 : 1) + min(inputs.count - 1, 1)
    guard sources == 1 else {
      throw MIGraphXError(
        .invalidArgument,
        "exactly one of scales, sizes and a second input is needed, found \(sources)")
    }
    let x = inputs[0].dimensions
    let axes = try resizedAxes(x.count)
    try checkRegion(inputs, coordinates, count: axes.count, in: &context)
    if let scales { return [inputs[0].with(try scaled(x, axes, scales, in: &context))] }
    if let sizes { return [inputs[0].with(try sized(x, axes, sizes, in: &context))] }
    try check(inputs[1], 1, rank: 1...1)
    guard [.int64, .int32, .float].contains(inputs[1].elementType) else {
      throw MIGraphXError(
        .invalidShape,
        "input 1 must have int64_type for sizes or float_type for scales, found "
          + inputs[1].elementType.rawValue)
    }
    try context.require(
      inputs[1].dimensions[0], equals: Dimension(axes.count),
      "the size of input 1 and the number of axes")
    if inputs[1].elementType != .float, let contents = context.operandContents[1]?.elements {
      return [inputs[0].with(try sized(x, axes, contents, in: &context))]
    }
    var dimensions = x
    for axis in axes { dimensions[axis] = context.freshSize() }
    return [inputs[0].with(dimensions)]
  }

  private func resizedAxes(_ rank: Int) throws(MIGraphXError) -> [Int] {
    try normalized(axes: axes ?? Array(0..<rank), rank: rank)
  }

  /// Checks that `tf_crop_and_resize` has a region for `count` axes.
  private func checkRegion(
    _ inputs: [Shape], _ coordinates: ResizeCoordinates, count: Int,
    in context: inout InferenceContext
  ) throws(MIGraphXError) {
    if inputs.count > 2 {
      try check(inputs[2], 2, is: .floating)
      try check(inputs[2], 2, rank: 1...1)
      try context.require(
        inputs[2].dimensions[0], equals: Dimension(2 * count), "the size of input 2 and its need")
    } else if coordinates.cropsRegion {
      guard let roi, roi.count == 2 * count, roi.allSatisfy({ $0.isFinite }) else {
        throw MIGraphXError(
          .invalidArgument,
          "a region of \(2 * count) finite numbers is needed, found \(roi ?? [])")
      }
    }
  }

  private func sized(
    _ x: [Dimension], _ axes: [Int], _ sizes: [Dimension], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Dimension] {
    guard sizes.count == axes.count else {
      throw MIGraphXError(
        .invalidArgument, "\(sizes.count) sizes are given for the \(axes.count) axes of the input")
    }
    if let negative = sizes.first(where: { ($0.upperBound ?? 0) < 0 }) {
      throw MIGraphXError(.invalidArgument, "a size must not be negative, found \(negative)")
    }
    var result = x
    for (axis, size) in zip(axes, sizes) { result[axis] = size }
    guard let policy = keepAspectRatioPolicy, policy != "stretch" else { return result }
    let own = constants(of: axes.map { x[$0] })
    guard let own, let wanted = constants(of: sizes) else {
      for axis in axes { result[axis] = context.freshSize() }
      return result
    }
    let scale = try commonScale(own, wanted)
    for (axis, size) in zip(axes, own) {
      guard let rounded = Int(exactly: (scale * Float(size)).rounded(.toNearestOrAwayFromZero)),
        rounded <= Shape.maximumByteCount
      else { throw MIGraphXError(.limitExceeded, "size \(size) times \(scale) is too large") }
      result[axis] = Dimension(rounded)
    }
    return result
  }

  /// The scale for all axes that keeps their ratio.
  private func commonScale(_ x: [Int], _ sizes: [Int]) throws(MIGraphXError) -> Float {
    let scales = zip(x, sizes).map { Float($1) / Float($0) }
    let scale: Float?
    switch keepAspectRatioPolicy {
    case "not_larger": scale = scales.min()
    case "not_smaller": scale = scales.max()
    case let other:
      throw MIGraphXError(
        .invalidArgument,
        "keep_aspect_ratio_policy '\(other ?? "")' must be stretch, not_larger or not_smaller")
    }
    guard let scale, scale.isFinite else {
      throw MIGraphXError(.invalidArgument, "sizes \(x) have no ratio to \(sizes)")
    }
    return scale
  }

  private func scaled(
    _ x: [Dimension], _ axes: [Int], _ scales: [Float], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Dimension] {
    guard scales.count == axes.count else {
      throw MIGraphXError(
        .invalidArgument, "\(scales.count) scales are given for the \(axes.count) axes of the input"
      )
    }
    var result = x
    for (axis, scale) in zip(axes, scales) {
      result[axis] = try scaledSize(x[axis], scale) ?? context.freshSize()
    }
    return result
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    var operation = self
    if inputs.count > 1, inputs[1].elementType == .float {
      operation.scales = inputs[1].converted(to: Float.self)
    } else if inputs.count > 1 {
      operation.sizes = inputs[1].integers.map { Dimension($0) }
    } else if let sizes {
      operation.sizes = try context.values(of: sizes).map { Dimension($0) }
    }
    if inputs.count > 2 { operation.roi = inputs[2].converted(to: Float.self) }
    return [try operation.resized(inputs[0], in: context)]
  }

  /// The result when all is in attributes.
  private func resized(
    _ input: Argument, in context: EvaluationContext
  ) throws(MIGraphXError) -> Argument {
    let shape = try concreteShapes([input], in: context)[0]
    let lens = try numbers(shape.dimensions)
    return try ResizeEvaluation(
      coordinates: ResizeCoordinates(self), input: input, axes: changes(input.lens, lens),
      lens: lens, outside: extrapolationValue ?? 0
    ).run()
  }

  /// The axes that change from sizes `x` to `lens`, when all is in attributes.
  private func changes(_ x: [Int], _ lens: [Int]) throws(MIGraphXError) -> [ResizeAxis] {
    let coordinates = try ResizeCoordinates(self)
    let resizedAxes = try resizedAxes(x.count)
    let keepsRatio = sizes != nil && keepAspectRatioPolicy ?? "stretch" != "stretch"
    let common =
      keepsRatio
      ? try commonScale(resizedAxes.map { x[$0] }, numbers(sizes ?? [])) : nil
    var changes: [ResizeAxis] = []
    for (index, axis) in resizedAxes.enumerated() {
      let (size, result) = (x[axis], lens[axis])
      let scale =
        scales?[index] ?? common ?? (size == 0 ? 1 : Float(result) / Float(size))
      var region: (start: Float, end: Float) = (0, 1)
      if coordinates.cropsRegion, let roi {
        region = (roi[index], roi[resizedAxes.count + index])
      }
      if result == size && scale == 1 { continue }
      guard max(size, result) <= Resize.maximumSize else {
        throw MIGraphXError(
          .limitExceeded,
          "axis \(axis) is resized from \(size) to \(result); at most \(Resize.maximumSize) is possible"
        )
      }
      guard size > 0 || result == 0 else {
        throw MIGraphXError(
          .invalidShape, "axis \(axis) has no elements; \(result) can't be made of them")
      }
      changes.append(
        ResizeAxis(axis: axis, size: size, result: result, scale: scale, region: region))
    }
    return changes
  }

  /// What the positions of the axes that change are made of, when all is in attributes.
  ///
  /// - Throws: `invalidArgument`, `invalidShape` or `limitExceeded` where evaluation does.
  package func tables(
    of x: [Int], result lens: [Int]
  ) throws(MIGraphXError) -> [ResizeTable] {
    let coordinates = try ResizeCoordinates(self)
    return try changes(x, lens).map { axis in
      let taps = (0..<axis.result).map { index in
        if coordinates.isOutside(index, axis) { return nil as [ResizeTable.Tap]? }
        if coordinates.isNearest { return [(coordinates.nearest(index, axis), 1)] }
        return coordinates.taps(index, axis)
      }
      return ResizeTable(axis: axis.axis, taps: taps)
    }
  }
}

/// What the positions of a resized axis are made of.
package struct ResizeTable: Sendable {
  /// A position of the input and the weight of what stands there.
  package typealias Tap = (position: Int, weight: Double)

  /// The axis.
  package let axis: Int
  /// For each position of the result, the elements that make it; nil outside of the input.
  package let taps: [[Tap]?]
}

extension Shape {
  /// The same element type with other sizes.
  fileprivate func with(_ dimensions: [Dimension]) -> Shape { Shape(elementType, dimensions) }
}

/// `size * scale` rounded down; nil where symbols can't express it.
///
/// A scale that is a quotient of small numbers, rounded up if at all, gives what the arithmetic of
/// `Float` gives; one that was rounded down falls short of its quotient.
///
/// - Throws: `invalidArgument` for a scale that is no positive number, `limitExceeded` for huge sizes.
func scaledSize(_ size: Dimension, _ scale: Float) throws(MIGraphXError) -> Dimension? {
  guard scale > 0, scale.isFinite else {
    throw MIGraphXError(.invalidArgument, "scale \(scale) must be a positive number")
  }
  if scale == 1 { return size }
  if let size = size.constant {
    let product = Float(size) * scale
    guard product < Float(Shape.maximumByteCount) else {
      throw MIGraphXError(.limitExceeded, "size \(size) times scale \(scale) is too large")
    }
    if product < 0 { return Dimension(size) }
    return Dimension(Int(product.rounded(.down)))
  }
  guard scale < 65536 else { return nil }
  for denominator in 1...64 {
    let numerator = (scale * Float(denominator)).rounded()
    if numerator >= 1, numerator / Float(denominator) == scale,
      Double(scale) * Double(denominator) >= Double(numerator)
    {
      return (size * Dimension(Int(numerator))).floorDivided(by: Dimension(denominator))
    }
  }
  return nil
}
