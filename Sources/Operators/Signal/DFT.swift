import IR
import Support
import Tensors

/// The discrete Fourier transform along an axis, or its inverse.
///
/// Inputs are `[.., N, .., 1]`, real, or `[.., N, .., 2]`, real and imaginary parts, and if wanted the length `L` of the
/// transform, one integer, to which the axis is cut off or filled with zeros; then the axis, if no attribute states it.
/// The result is `[.., L, .., 2]`.
/// One-sided transforms give `[.., L/2 + 1, .., 2]` of a real signal, and their inverse takes that and gives
/// `[.., L, .., 1]`; its length is `2 * (N - 1)` unless it is given.
public struct DFT: TensorOperator {
  public static let name = "dft"
  /// The axis of the signal, which isn't the last one; nil if the last input is the axis. A negative one counts from
  /// the end.
  public var axis: Int?
  /// Whether the inverse transform is computed, which divides by the length.
  public var inverse = false
  /// Whether only the first half of a spectrum is given or taken.
  public var onesided = false

  public init() {}

  /// Makes the operator.
  public init(axis: Int?, inverse: Bool = false, onesided: Bool = false) {
    self.axis = axis
    self.inverse = inverse
    self.onesided = onesided
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: axis == nil ? 2...3 : 1...2)
    try checkSignal(inputs[0])
    for index in inputs.indices.dropFirst() { try checkNumber(inputs[index], index, in: &context) }
    var length: Dimension?
    if hasLength(inputs.count) {
      length = context.elements(1, count: 1)?[0] ?? context.freshSize(minimum: 1)
    }
    let last = inputs.count - 1
    if let axis = axis ?? context.elements(last, count: 1)?[0].constant {
      return [try resultShape(inputs[0], checked(axis, rank: inputs[0].rank), length)]
    }
    // Only running tells which axis gets another size.
    let changes = onesided || length != nil
    let sizes = inputs[0].dimensions.dropLast().map { changes ? context.freshSize() : $0 }
    return [Shape(inputs[0].elementType, sizes + [onesided && inverse ? 1 : 2])]
  }

  /// Whether the second input is the length.
  private func hasLength(_ inputCount: Int) -> Bool { inputCount == (axis == nil ? 3 : 2) }

  /// The shape of the result for a transform along `axis`, of the given length or that of the signal.
  private func resultShape(
    _ signal: Shape, _ axis: Int, _ given: Dimension?
  ) throws(MIGraphXError) -> Shape {
    let length = given ?? defaultLength(signal.dimensions[axis])
    if let most = length.upperBound, most < 1 {
      throw MIGraphXError(.invalidArgument, "the length must be at least 1, found \(length)")
    }
    var dimensions = signal.dimensions
    dimensions[axis] = onesided && !inverse ? length.floorDivided(by: 2) + 1 : length
    dimensions[dimensions.count - 1] = onesided && inverse ? 1 : 2
    return Shape(signal.elementType, dimensions)
  }

  private func defaultLength(_ size: Dimension) -> Dimension {
    inverse && onesided ? 2 * (size - 1) : size
  }

  private func checked(_ axis: Int, rank: Int) throws(MIGraphXError) -> Int {
    let axis = try normalized(axis: axis, rank: rank)
    guard axis < rank - 1 else {
      throw MIGraphXError(
        .invalidArgument, "axis \(axis) must not be the last one, which holds parts of numbers")
    }
    return axis
  }

  /// Checks type, rank and parts of the signal.
  private func checkSignal(_ signal: Shape) throws(MIGraphXError) {
    try check(signal, 0, is: .floating)
    try check(signal, 0, rank: 2...Shape.maximumRank)
    let parts = signal.dimensions[signal.rank - 1]
    guard !parts.isKnown(notEqual: 1) || !parts.isKnown(notEqual: 2) else {
      throw MIGraphXError(
        .invalidShape, "the last axis of input 0 must have size 1 or 2, found \(parts)")
    }
    guard !onesided || inverse || !parts.isKnown(notEqual: 1) else {
      throw MIGraphXError(
        .invalidShape, "a one-sided transform needs a real signal, found \(parts) parts")
    }
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let signal = inputs[0]
    try checkSignal(signal.shape)
    let last = inputs.count - 1
    let stated = if let axis { axis } else { try number(inputs[last], last) }
    let axis = try checked(stated, rank: signal.rank)
    let size = signal.lens[axis]
    let length =
      try hasLength(inputs.count)
      ? number(inputs[1], 1) : numbers([defaultLength(Dimension(size))])[0]
    guard (1...WindowAxis.limit).contains(length) else {
      throw MIGraphXError(
        .invalidArgument, "the length must be between 1 and \(WindowAxis.limit), found \(length)")
    }
    let shape = try resultShape(signal.shape, axis, Dimension(length))
    try checkFitsMemory(shape, in: context)
    try checkFitsMemory(shape.with(elementType: .double))
    try checkFitsMemory(Shape(.double, lens: signal.lens))
    try FourierTransform.checkMemory(length)
    let lens = shape.lens ?? []
    let inner = lens[(axis + 1)...].dropLast().reduce(1, *)
    let (parts, resultParts) = (signal.lens.last ?? 1, lens.last ?? 1)
    let resultSize = lens[axis]
    let x = signal.converted(to: Double.self)
    let transform = FourierTransform(length: length)
    let rows = SumRows<Double>(lens[..<axis].reduce(1, *), of: resultSize * inner * resultParts) {
      row, output in
      for column in 0..<inner {
        var values = [FourierTransform.Complex](repeating: .init(), count: transform.length)
        for index in 0..<min(size, transform.length) {
          let start = ((row * size + index) * inner + column) * parts
          values[index] = .init(real: x[start], imaginary: parts == 2 ? x[start + 1] : 0)
        }
        if inverse && onesided { DFT.mirror(&values) }
        let result = inverse ? transform.inverse(values) : transform(values)
        for index in 0..<resultSize {
          let start = (index * inner + column) * resultParts
          output[start] = result[index].real
          if resultParts == 2 { output[start + 1] = result[index].imaginary }
        }
      }
    }
    return [try Double.tensor(rows, shape.elementType, lens: lens)]
  }

  /// Completes the first half of the spectrum of a real signal.
  private static func mirror(_ values: inout [FourierTransform.Complex]) {
    let length = values.count
    values[0].imaginary = 0
    for index in 1..<max(1, length / 2 + 1) {
      if 2 * index == length {
        values[index].imaginary = 0
      } else {
        values[length - index] = values[index].conjugate
      }
    }
  }
}

/// Checks that input `index` is one integer.
func checkNumber(
  _ shape: Shape, _ index: Int, in context: inout InferenceContext
) throws(MIGraphXError) {
  try checkIndices(shape, index)
  try context.require(shape.elementCount, equals: 1, "the elements of input \(index) and 1")
}

/// The integer that input `index` is.
func number(_ input: Argument, _ index: Int) throws(MIGraphXError) -> Int {
  let numbers = input.integers
  guard numbers.count == 1 else {
    throw MIGraphXError(
      .invalidShape, "input \(index) must have one element, found (\(input.shape))")
  }
  return numbers[0]
}
