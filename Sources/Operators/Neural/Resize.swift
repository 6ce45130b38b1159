import IR
import Support
import Tensors

/// Changes the sizes of axes by choosing or interpolating elements.
///
/// Sizes come from exactly one of `scales`, `sizes` and a second input of shape `[rank]`, which holds
/// sizes (`int64_type`) or scales (`float_type`). An axis of scale 1 stays as it is.
public struct Resize: TensorOperator {
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
  /// `pytorch_half_pixel`, `tf_half_pixel_for_nn`, `align_corners` or `asymmetric`.
  public var coordinateTransformationMode: String = "half_pixel"
  /// The parameter of cubic interpolation.
  public var cubicCoeffA: Float = -0.75
  /// Whether cubic weights of elements outside are dropped instead of given to the border; no if nil.
  public var excludeOutside: Bool?

  /// The largest size from or to which an axis is resized: positions in it are exact in `Float`.
  private static let maximumSize = 1 << 24

  private enum CodingKeys: String, CodingKey {
    case scales, sizes
    case nearestMode = "nearest_mode"
    case mode
    case coordinateTransformationMode = "coordinate_transformation_mode"
    case cubicCoeffA = "cubic_coeff_a"
    case excludeOutside = "exclude_outside"
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

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1...2)
    let coordinates = try ResizeCoordinates(self)
    try check(inputs[0], 0, is: coordinates.isNearest ? .any : .numeric)
    let sources = (scales == nil ? 0 : 1) + (sizes == nil ? 0 : 1) + inputs.count - 1
    guard sources == 1 else {
      throw MIGraphXError(
        .invalidArgument,
        "exactly one of scales, sizes and a second input is needed, found \(sources)")
    }
    let x = inputs[0].dimensions
    if let scales { return [inputs[0].with(try scaled(x, scales, in: &context))] }
    if let sizes { return [inputs[0].with(try checked(sizes, rank: x.count))] }
    try check(inputs[1], 1, rank: 1...1)
    guard [.int64, .int32, .float].contains(inputs[1].elementType) else {
      throw MIGraphXError(
        .invalidShape,
        "input 1 must have int64_type for sizes or float_type for scales, found "
          + inputs[1].elementType.rawValue)
    }
    try context.require(
      inputs[1].dimensions[0], equals: Dimension(x.count), "the size of input 1 and the rank")
    if inputs[1].elementType != .float, let contents = context.operandContents[1]?.elements {
      return [inputs[0].with(try checked(contents, rank: x.count))]
    }
    return [inputs[0].with(x.map { _ in context.freshSize() })]
  }

  private func checked(
    _ sizes: [Dimension], rank: Int
  ) throws(MIGraphXError) -> [Dimension] {
    guard sizes.count == rank else {
      throw MIGraphXError(
        .invalidArgument, "\(sizes.count) sizes are given for the \(rank) axes of the input")
    }
    if let negative = sizes.first(where: { ($0.upperBound ?? 0) < 0 }) {
      throw MIGraphXError(.invalidArgument, "a size must not be negative, found \(negative)")
    }
    return sizes
  }

  private func scaled(
    _ x: [Dimension], _ scales: [Float], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Dimension] {
    guard scales.count == x.count else {
      throw MIGraphXError(
        .invalidArgument, "\(scales.count) scales are given for the \(x.count) axes of the input")
    }
    var result: [Dimension] = []
    for (size, scale) in zip(x, scales) {
      result.append(try scaledSize(size, scale) ?? context.freshSize())
    }
    return result
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    var inference = InferenceContext(
      operandContents: inputs.map { _ in nil }, origin: name, symbolPrefix: "size")
    _ = try inferShapes(inputs.map(\.shape), in: &inference)
    let x = inputs[0].lens
    var scales = self.scales
    var given: [Dimension] = []
    if inputs.count == 2, inputs[1].elementType == .float {
      scales = inputs[1].converted(to: Float.self)
    } else if inputs.count == 2 {
      given = inputs[1].converted(to: Int64.self).map { Dimension(Int($0)) }
    } else if let sizes {
      given = try context.values(of: sizes).map { Dimension($0) }
    }
    if let scales {
      given = try scaled(x.map { Dimension($0) }, scales, in: &inference)
    }
    let shape = inputs[0].shape.with(try checked(given, rank: x.count))
    try checkFitsMemory(shape.with(elementType: .double))
    try checkFitsMemory(inputs[0].shape.standard.with(elementType: .double))
    let lens = shape.lens ?? []
    var axes: [ResizeAxis] = []
    for (axis, (size, result)) in zip(x, lens).enumerated() {
      let scale = scales?[axis] ?? (size == 0 ? 1 : Float(result) / Float(size))
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
      axes.append(ResizeAxis(axis: axis, size: size, result: result, scale: scale))
    }
    return [
      try ResizeEvaluation(
        coordinates: ResizeCoordinates(self), input: inputs[0], axes: axes, lens: lens
      ).run()
    ]
  }
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
