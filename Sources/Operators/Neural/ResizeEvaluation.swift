import Support
import Tensors

/// One axis whose size changes.
struct ResizeAxis {
  let axis: Int
  let size: Int
  let result: Int
  let scale: Float
  /// The part of the input that is resized, as shares of the distance between its outermost elements.
  let region: (start: Float, end: Float)
}

/// Which elements of the input an element of a resized axis is made of.
struct ResizeCoordinates: Sendable {
  /// Ways to place the elements of the result in the input.
  private enum Transformation: String {
    case halfPixel = "half_pixel"
    case halfPixelSymmetric = "half_pixel_symmetric"
    case pytorchHalfPixel = "pytorch_half_pixel"
    case tensorFlowHalfPixel = "tf_half_pixel_for_nn"
    case alignCorners = "align_corners"
    case asymmetric
    case cropAndResize = "tf_crop_and_resize"
  }

  private enum Rounding: String {
    case roundPreferFloor = "round_prefer_floor"
    case roundPreferCeil = "round_prefer_ceil"
    case floor, ceil
  }

  private enum Mode: String { case nearest, linear, cubic }

  private let transformation: Transformation
  private let rounding: Rounding
  private let mode: Mode
  private let cubicCoefficient: Double
  private let excludesOutside: Bool
  private let antialiases: Bool

  /// Reads the modes of `resize`.
  ///
  /// - Throws: `invalidArgument` for words that are no mode, and for modes that exclude each other.
  init(_ resize: Resize) throws(MIGraphXError) {
    let name = resize.coordinateTransformationMode
    guard let transformation = Transformation(rawValue: name) else {
      throw MIGraphXError(
        .invalidArgument, "coordinate_transformation_mode '\(name)' is not known")
    }
    guard let mode = Mode(rawValue: resize.mode) else {
      throw MIGraphXError(
        .invalidArgument, "mode '\(resize.mode)' must be nearest, linear or cubic")
    }
    guard let rounding = Rounding(rawValue: resize.nearestMode) else {
      throw MIGraphXError(.invalidArgument, "nearest_mode '\(resize.nearestMode)' is not known")
    }
    self.transformation = transformation
    self.mode = mode
    self.rounding = rounding
    cubicCoefficient = Double(resize.cubicCoeffA)
    excludesOutside = resize.excludeOutside ?? false
    antialiases = resize.antialias ?? false
    guard mode != .nearest || !antialiases else {
      throw MIGraphXError(.invalidArgument, "antialias needs mode linear or cubic, found nearest")
    }
    let policies = ["stretch", "not_larger", "not_smaller"]
    guard policies.contains(resize.keepAspectRatioPolicy ?? "stretch") else {
      throw MIGraphXError(
        .invalidArgument,
        "keep_aspect_ratio_policy '\(resize.keepAspectRatioPolicy ?? "")' must be one of \(policies)"
      )
    }
  }

  /// Whether a region of the input is resized.
  var cropsRegion: Bool { transformation == .cropAndResize }

  /// Whether elements are chosen, not interpolated.
  var isNearest: Bool { mode == .nearest }

  /// The position in the input, in the arithmetic of `Float` that decides ties as other runtimes do.
  private func position(_ index: Int, _ axis: ResizeAxis) -> Float {
    let x = Float(index)
    let (size, result) = (Float(axis.size), Float(axis.result))
    switch transformation {
    case .asymmetric: return x / axis.scale
    case .halfPixel: return (x + 0.5) / axis.scale - 0.5
    case .pytorchHalfPixel: return axis.result > 1 ? (x + 0.5) / axis.scale - 0.5 : 0
    case .tensorFlowHalfPixel: return (x + 0.5) / axis.scale
    case .cropAndResize:
      let (start, end) = axis.region
      if axis.result <= 1 { return 0.5 * (start + end) * (size - 1) }
      return start * (size - 1) + x * (end - start) * (size - 1) / (result - 1)
    case .alignCorners: return axis.result == 1 ? 0 : x * (size - 1) / (result - 1)
    case .halfPixelSymmetric:
      let adjustment = result / (axis.scale * size)
      return size / 2 * (1 - adjustment) + (x + 0.5) / axis.scale - 0.5
    }
  }

  /// Whether element `index` of the result lies outside of the input, where nothing is interpolated.
  func isOutside(_ index: Int, _ axis: ResizeAxis) -> Bool {
    guard transformation == .cropAndResize else { return false }
    let position = position(index, axis)
    return !(position >= 0 && position <= Float(axis.size - 1))
  }

  /// The element that `nearest` chooses.
  func nearest(_ index: Int, _ axis: ResizeAxis) -> Int {
    let position = position(index, axis)
    let rounded =
      switch rounding {
      case .floor: position.rounded(.down)
      case .ceil: position.rounded(.up)
      case .roundPreferFloor: (position - 0.5).rounded(.up)
      case .roundPreferCeil: position.rounded(.toNearestOrAwayFromZero)
      }
    return clamp(rounded, axis.size)
  }

  /// The elements that make element `index` of the result, with their weights.
  func taps(_ index: Int, _ axis: ResizeAxis) -> [(position: Int, weight: Double)] {
    let position = position(index, axis)
    if antialiases, axis.scale < 1 { return wideTaps(Double(position), axis) }
    if mode == .linear {
      let inside = min(max(position, 0), Float(axis.size - 1))
      let low = clamp(inside.rounded(.down), axis.size)
      let share = Double(inside) - Double(low)
      return [(low, 1 - share), (min(low + 1, axis.size - 1), share)]
    }
    let low = position.rounded(.down)
    let share = Double(position - low)
    var taps: [(position: Int, weight: Double)] = []
    for offset in -1...2 {
      let tap = low + Float(offset)
      if excludesOutside, tap < 0 || tap > Float(axis.size - 1) { continue }
      taps.append((clamp(tap, axis.size), cubicWeight(abs(Double(offset) - share))))
    }
    let sum = taps.reduce(0) { $0 + $1.weight }
    return excludesOutside ? taps.map { ($0.position, $0.weight / sum) } : taps
  }

  /// The elements that one of a smaller result covers, in the kernel stretched to its size.
  private func wideTaps(_ position: Double, _ axis: ResizeAxis) -> [(position: Int, weight: Double)]
  {
    let scale = Double(axis.scale)
    let reach = (mode == .linear ? 1 : 2) / scale
    // A scale that fits the sizes reaches two lengths of the axis beyond its ends; one that doesn't is cut off there.
    let low = max((position - reach).rounded(.up), -3 * Double(axis.size))
    let high = min((position + reach).rounded(.down), 4 * Double(axis.size))
    guard low <= high else { return [(clamp(Float(position), axis.size), 1)] }
    var taps: [(position: Int, weight: Double)] = []
    for tap in Int(low)...Int(high) {
      let isInside = tap >= 0 && tap < axis.size
      if excludesOutside && !isInside { continue }
      let distance = abs(Double(tap) - position) * scale
      let weight = mode == .linear ? max(0, 1 - distance) : distance < 2 ? cubicWeight(distance) : 0
      let place = min(max(tap, 0), axis.size - 1)
      if taps.last?.position == place {
        taps[taps.count - 1].weight += weight
      } else {
        taps.append((place, weight))
      }
    }
    let sum = taps.reduce(0) { $0 + $1.weight }
    return sum == 0 ? taps : taps.map { ($0.position, $0.weight / sum) }
  }

  private func clamp(_ position: Float, _ size: Int) -> Int {
    // Comparisons come first: a conversion of NaN or of huge numbers would trap.
    guard position > 0 else { return 0 }
    return position < Float(size) ? min(Int(position), size - 1) : size - 1
  }

  /// The weight of an element `distance` away, which is at most 2.
  private func cubicWeight(_ distance: Double) -> Double {
    let (a, d) = (cubicCoefficient, distance)
    if d <= 1 { return ((a + 2) * d - (a + 3)) * d * d + 1 }
    return ((a * d - 5 * a) * d + 8 * a) * d - 4 * a
  }
}

/// Resizes a tensor, one axis after the other.
struct ResizeEvaluation: ElementVisitor {
  let coordinates: ResizeCoordinates
  let input: Argument
  let axes: [ResizeAxis]
  let lens: [Int]
  /// The value of elements that lie outside of the input.
  let outside: Float

  func run() throws(MIGraphXError) -> Argument {
    if axes.isEmpty { return try input.contiguous() }
    if lens.contains(0) { return try Argument(zeros: Shape(input.elementType, lens: lens)) }
    if !coordinates.isNearest { return try interpolated() }
    var copy = self
    guard let result = input.elementType.visit(&copy) else {
      throw MIGraphXError(.unsupported, "resizing text")
    }
    return try result.get()
  }

  func visit<Element: TensorElement>(_ type: Element.Type) -> Result<Argument, MIGraphXError> {
    var strides = [Int](repeating: 1, count: lens.count)
    for axis in lens.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * input.lens[axis + 1]
    }
    // For each axis, where its elements lie in the input's row-major order.
    var offsets = lens.indices.map { axis in (0..<lens[axis]).map { $0 * strides[axis] } }
    for axis in axes {
      offsets[axis.axis] = (0..<axis.result).map {
        coordinates.isOutside($0, axis)
          ? -1 : coordinates.nearest($0, axis) * strides[axis.axis]
      }
    }
    let x = input.elements(as: type)
    let inner = offsets.last ?? [0]
    let outer = Array(offsets.dropLast())
    let rows = outer.reduce(1) { $0 * $1.count }
    let elements = parallelRows(rows, of: inner.count, repeating: Element(converting: outside)) {
      row, output in
      var rest = row
      var start = 0
      for axis in outer.reversed() {
        let offset = axis[rest % axis.count]
        if offset < 0 { return }
        start += offset
        rest /= axis.count
      }
      for index in inner.indices where inner[index] >= 0 { output[index] = x[start + inner[index]] }
    }
    return Result { () throws(MIGraphXError) in try Argument(elements, lens: lens) }
  }

  private func interpolated() throws(MIGraphXError) -> Argument {
    var current = input.converted(to: Double.self)
    var sizes = input.lens
    // Shrinking first keeps what lies between no larger than the input or the result.
    for axis in axes.sorted(by: { $0.result * $1.size < $1.result * $0.size }) {
      let taps = (0..<axis.result).map { index in
        coordinates.isOutside(index, axis) ? nil : coordinates.taps(index, axis)
      }
      let value = Double(outside)
      let outer = sizes[..<axis.axis].reduce(1, *)
      let inner = sizes[(axis.axis + 1)...].reduce(1, *)
      let source = current
      current = parallelRows(outer, of: axis.result * inner, repeating: 0.0) { row, output in
        for (index, taps) in taps.enumerated() {
          guard let taps else {
            for place in 0..<inner { output[index * inner + place] = value }
            continue
          }
          for tap in taps {
            accumulate(
              tap.weight, source.span,
              at: Positions(start: (row * axis.size + tap.position) * inner, step: 1),
              into: &output, at: Positions(start: index * inner, step: 1), count: inner)
          }
        }
      }
      sizes[axis.axis] = axis.result
    }
    if !input.elementType.isFloatingPoint {
      // Weights are exact to the digits of Float; what falls short of an integer by less is that integer.
      return try Argument(current.map { Float($0) }, lens: lens)
        .converted(toElementType: input.elementType)
    }
    let result = current
    let length = sizes.last ?? 1
    let rows = SumRows<Double>(result.count / length, of: length) { row, output in
      for index in 0..<length { output[index] = result[row * length + index] }
    }
    return try Double.tensor(rows, input.elementType, lens: lens)
  }
}
