import IR
import Support
import Tensors

/// What stands around a padded tensor.
public enum PadMode: String, Hashable, Sendable, Codable {
  /// One number.
  case constant
  /// The tensor reflected in its outermost elements, which are not repeated.
  case reflect
  /// The nearest element of the tensor.
  case edge
}

/// Adds elements before and after a tensor along its axes.
///
/// `[H, W]` with pads `{1, 2, 3, 4}` gives `[H + 1 + 3, W + 2 + 4]`: all that come before, then all that come
/// after. Negative pads cut elements off.
public struct Pad: TensorOperator {
  public static let name = "pad"
  /// What the new elements are.
  public var mode: PadMode = .constant
  /// The elements added before each axis, then those added after each.
  public var pads: [Int] = []
  /// The number that new elements are, for mode constant.
  public var value: Float = 0

  public init() {}

  /// Makes the operator.
  public init(mode: PadMode, pads: [Int], value: Float) {
    self.mode = mode
    self.pads = pads
    self.value = value
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    let shape = inputs[0]
    try check(shape, 0, is: .any)
    guard pads.count == 2 * shape.rank else {
      throw MIGraphXError(
        .invalidArgument,
        "\(2 * shape.rank) pads are needed, two for each axis; found \(pads.count)")
    }
    var dimensions: [Dimension] = []
    for axis in shape.dimensions.indices {
      let (size, before, after) = (shape.dimensions[axis], pads[axis], pads[shape.rank + axis])
      guard max(before.magnitude, after.magnitude) <= Shape.maximumByteCount else {
        throw MIGraphXError(.limitExceeded, "pads \(before) and \(after) are too large")
      }
      let padded = size + Dimension(before) + Dimension(after)
      if let most = padded.upperBound, most < 0 {
        throw MIGraphXError(
          .invalidShape, "pads \(before) and \(after) cut more than size \(size) off axis \(axis)")
      }
      if let most = size.upperBound, padded != 0, max(before, after) >= (mode == .edge ? 1 : most) {
        try checkSource(most, axis: axis)
      }
      dimensions.append(padded)
    }
    return [Shape(shape.elementType, dimensions)]
  }

  /// Checks that an axis of `size` elements at most has those that its padding repeats.
  private func checkSource(_ size: Int, axis: Int) throws(MIGraphXError) {
    let most = max(pads[axis], pads[pads.count / 2 + axis])
    guard most > 0 else { return }
    switch mode {
    case .constant: return
    case .edge where size > 0: return
    case .reflect where most < size: return
    default:
      throw MIGraphXError(
        .invalidShape,
        "axis \(axis) of size \(size) is too small for \(most) of mode \(mode.rawValue)")
    }
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    var running = InferenceContext.running("pad")
    let shape = try inferShapes(inputs.map(\.shape), in: &running)[0]
    try checkMemory(shape)
    let lens = try numbers(shape.dimensions)
    if lens.contains(0) { return [try Argument(zeros: shape)] }
    // For each axis and position of the result, the position in the input; -1 for the constant.
    var sources: [[Int]] = []
    for axis in lens.indices {
      let size = inputs[0].lens[axis]
      sources.append(
        (0..<lens[axis]).map { source(of: $0 - pads[axis], size: size) })
    }
    var padding = Padding(input: inputs[0], lens: lens, sources: sources, value: value)
    guard let padded = shape.elementType.visit(&padding) else {
      throw MIGraphXError(.unsupported, "padding of \(shape.elementType.rawValue)")
    }
    return [try padded.get()]
  }

  private func source(of position: Int, size: Int) -> Int {
    if position >= 0 && position < size { return position }
    switch mode {
    case .constant: return -1
    case .edge: return position < 0 ? 0 : size - 1
    case .reflect: return position < 0 ? -position : 2 * (size - 1) - position
    }
  }
}

private struct Padding: ElementVisitor {
  let input: Argument
  let lens: [Int]
  let sources: [[Int]]
  let value: Float

  func visit<Element: TensorElement>(_ type: Element.Type) -> Result<Argument, MIGraphXError> {
    let elements = input.elements(as: type)
    let length = lens.last ?? 1
    let (inner, innerSize) = (sources.last ?? [0], input.lens.last ?? 1)
    let rows = lens.dropLast().reduce(1, *)
    let padded = parallelRows(rows, of: length, repeating: Element(converting: value)) {
      row, output in
      var rest = row
      var start = 0
      var step = innerSize
      for axis in lens.indices.dropLast().reversed() {
        let source = sources[axis][rest % lens[axis]]
        if source < 0 { return }
        rest /= lens[axis]
        start += source * step
        step *= input.lens[axis]
      }
      for (index, source) in inner.enumerated() where source >= 0 {
        output[index] = elements[start + source]
      }
    }
    return Result { () throws(MIGraphXError) in try Argument(padded, lens: lens) }
  }
}
