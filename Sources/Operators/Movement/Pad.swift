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
  /// The tensor repeated.
  case wrap
}

/// Adds elements before and after a tensor along its axes.
///
/// `[H, W]` with pads `{1, 2, 3, 4}` gives `[H + 1 + 3, W + 2 + 4]`: all that come before, then all that come
/// after. Negative pads cut elements off. The value of new elements is an attribute, or a second input: one element
/// of the tensor's type. The pads are an attribute, or a third input: an integer vector; the axes that it pads
/// are then all, or a fourth input.
public struct Pad: TensorOperator, SizeInputOperator {
  public static let name = "pad"
  /// What the new elements are.
  public var mode: PadMode = .constant
  /// The elements added before each axis, then those added after each.
  public var pads: [Dimension] = []
  /// The number that new elements are, for mode constant.
  public var value: Float = 0

  public init() {}

  /// Makes the operator.
  public init(mode: PadMode, pads: [Dimension], value: Float) {
    self.mode = mode
    self.pads = pads
    self.value = value
  }

  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    var fixed = self
    if known.count > 2 {
      guard let pads = known.sizes(2) else { return nil }
      fixed.pads = pads
      if known.count > 3 {
        guard let axes = known.numbers(3), let rank = known.ranks[0],
          let spread = try? spread(pads, axes, rank)
        else { return nil }
        fixed.pads = spread
      }
    }
    // A value that `Float` can't hold stays an input.
    if let value = known.literal(1), value.elementType != .string,
      let exact = value.converted(to: Double.self).first,
      let number = Float(exactly: exact), value.elementType.bitWidth < 64 || abs(exact) < 0x1p53
    {
      fixed.value = number
      return [(fixed, [0])]
    }
    return known.count > 2 ? [(fixed, [0, 1])] : nil
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1...4)
    let shape = inputs[0]
    try check(shape, 0, is: .anyOrText)
    if inputs.count > 1 {
      guard inputs[1].elementType == shape.elementType else {
        throw MIGraphXError(
          .invalidShape,
          "the value must have \(shape.elementType.rawValue), found \(inputs[1].elementType.rawValue)"
        )
      }
      try context.require(inputs[1].elementCount, equals: 1, "the elements of input 1 and 1")
    }
    if inputs.count > 2 {
      let count = try vectorLength(inputs[2], 2, atMost: 2 * Shape.maximumRank)
      var axes: [Int]? = Array(0..<shape.rank)
      var axisCount = shape.rank
      if inputs.count > 3 { (axes, axisCount) = try context.axes(3, inputs[3]) }
      guard count == 2 * axisCount else { throw Pad.miscounted(count, for: axisCount) }
      guard let axes else {
        return [Shape(shape.elementType, shape.dimensions.map { _ in context.freshSize() })]
      }
      guard let known = context.elements(2, count: count) else {
        var dimensions = shape.dimensions
        for axis in try normalized(axes: axes, rank: shape.rank) {
          dimensions[axis] = context.freshSize()
        }
        return [Shape(shape.elementType, dimensions)]
      }
      return [try padded(shape, spread(known, axes, shape.rank))]
    }
    return [try padded(shape, pads)]
  }

  private static func miscounted(_ count: Int, for axes: Int) -> MIGraphXError {
    MIGraphXError(
      .invalidArgument, "\(2 * axes) pads are needed, two for each axis; found \(count)")
  }

  /// The pads of all axes, where `pads` are those of `axes`.
  private func spread(
    _ pads: [Dimension], _ axes: [Int], _ rank: Int
  ) throws(MIGraphXError) -> [Dimension] {
    guard pads.count == 2 * axes.count else { throw Pad.miscounted(pads.count, for: axes.count) }
    var all = [Dimension](repeating: 0, count: 2 * rank)
    for (index, axis) in try normalized(axes: axes, rank: rank).enumerated() {
      all[axis] = pads[index]
      all[rank + axis] = pads[axes.count + index]
    }
    return all
  }

  private func padded(_ shape: Shape, _ pads: [Dimension]) throws(MIGraphXError) -> Shape {
    guard pads.count == 2 * shape.rank else { throw Pad.miscounted(pads.count, for: shape.rank) }
    var dimensions: [Dimension] = []
    for axis in shape.dimensions.indices {
      let (size, before, after) = (shape.dimensions[axis], pads[axis], pads[shape.rank + axis])
      let limit = Dimension(Shape.maximumByteCount)
      guard !limit.isKnown(lessOrEqual: before), !limit.isKnown(lessOrEqual: after),
        !before.isKnown(lessOrEqual: -limit), !after.isKnown(lessOrEqual: -limit)
      else {
        throw MIGraphXError(.limitExceeded, "pads \(before) and \(after) are too large")
      }
      let padded = size + before + after
      if let most = padded.upperBound, most < 0 {
        throw MIGraphXError(
          .invalidShape, "pads \(before) and \(after) cut more than size \(size) off axis \(axis)")
      }
      if let most = size.upperBound, let before = before.constant, let after = after.constant {
        try checkSource(most, before, after, axis: axis)
      }
      dimensions.append(padded)
    }
    return Shape(shape.elementType, dimensions)
  }

  /// Checks that an axis of `size` elements at most has those that its padding repeats.
  private func checkSource(
    _ size: Int, _ before: Int, _ after: Int, axis: Int
  ) throws(MIGraphXError) {
    let most = max(before, after)
    let kept = Dimension.sum(Dimension.sum(size, min(before, 0)), min(after, 0))
    guard most > 0, Dimension.sum(Dimension.sum(size, before), after) > 0 else { return }
    switch mode {
    case .constant: return
    case .edge where kept > 0, .wrap where kept > 0: return
    case .reflect where most < kept: return
    default:
      throw MIGraphXError(
        .invalidShape,
        "axis \(axis) of size \(size) is too small for \(most) of mode \(mode.rawValue)")
    }
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let input = inputs[0]
    var pads: [Int]
    if inputs.count > 2 {
      let axes = inputs.count > 3 ? inputs[3].integers : Array(0..<input.rank)
      pads = try numbers(spread(inputs[2].integers.map { Dimension($0) }, axes, input.rank))
    } else {
      pads = try context.values(of: self.pads)
    }
    let operation = Pad(mode: mode, pads: pads.map { Dimension($0) }, value: value)
    let shape = try operation.concreteShapes(Array(inputs.prefix(2)), in: context)[0]
    let lens = try numbers(shape.dimensions)
    if lens.contains(0) { return [try Argument(zeros: shape)] }
    // Each axis has a table of its positions.
    try checkFitsMemory(Shape(.int64, lens: [lens.reduce(0, +)]), in: context)
    let sources = sources(of: input.lens, pads: pads, result: lens)
    var padding = Padding(
      input: input, lens: lens, sources: sources, value: value,
      filling: inputs.count > 1 ? inputs[1] : nil)
    guard let padded = shape.elementType.visit(&padding) else { return [try padding.text()] }
    return [try padded.get()]
  }

  /// For each axis and position of a result of sizes `result`, the position in the input; -1 for the constant.
  package func sources(of lens: [Int], pads: [Int], result: [Int]) -> [[Int]] {
    lens.indices.map { axis in
      let (before, after) = (pads[axis], pads[lens.count + axis])
      let first = max(0, -before)
      let kept = lens[axis] - first - max(0, -after)
      return (0..<result[axis]).map { position in
        let source = source(of: position - max(0, before), size: kept)
        return source < 0 ? -1 : first + source
      }
    }
  }

  private func source(of position: Int, size: Int) -> Int {
    if position >= 0 && position < size { return position }
    switch mode {
    case .constant: return -1
    case .edge: return position < 0 ? 0 : size - 1
    case .reflect: return position < 0 ? -position : 2 * (size - 1) - position
    case .wrap: return (position % size + size) % size
    }
  }
}

private struct Padding: ElementVisitor {
  let input: Argument
  let lens: [Int]
  let sources: [[Int]]
  let value: Float
  /// One element that is the value, if the attribute is not.
  let filling: Argument?

  private var rowCount: Int { lens.dropLast().reduce(1, *) }

  /// Where in the input the elements of a row of the result lie; nil if the row is all constant.
  private func start(of row: Int) -> Int? {
    var rest = row
    var start = 0
    var step = input.lens.last ?? 1
    for axis in lens.indices.dropLast().reversed() {
      let source = sources[axis][rest % lens[axis]]
      if source < 0 { return nil }
      rest /= lens[axis]
      start += source * step
      step *= input.lens[axis]
    }
    return start
  }

  func visit<Element: TensorElement>(_ type: Element.Type) -> Result<Argument, MIGraphXError> {
    let elements = input.elements(as: type)
    let inner = sources.last ?? [0]
    let constant = filling?.elements(as: type).first ?? Element(converting: value)
    let padded = parallelRows(rowCount, of: inner.count, repeating: constant) { row, output in
      guard let start = start(of: row) else { return }
      for (index, source) in inner.enumerated() where source >= 0 {
        output[index] = elements[start + source]
      }
    }
    return Result { () throws(MIGraphXError) in try Argument(padded, lens: lens) }
  }

  func text() throws(MIGraphXError) -> Argument {
    let elements = input.stringElements
    let inner = sources.last ?? [0]
    let constant = filling?.stringElements.first ?? ""
    var padded = [String](repeating: constant, count: rowCount * inner.count)
    for row in 0..<rowCount {
      guard let start = start(of: row) else { continue }
      for (index, source) in inner.enumerated() where source >= 0 {
        padded[row * inner.count + index] = elements[start + source]
      }
    }
    return try Argument(strings: padded, lens: lens)
  }
}
