import IR
import Support
import Tensors

/// The Fourier transforms of windows that slide over a signal.
///
/// Inputs are the signal `[N, L, 1]`, real, or `[N, L, 2]`, real and imaginary parts; the number of elements between
/// neighbouring windows; and `[W]`, by which the elements of a window are multiplied. The result is
/// `[N, (L - W) / step + 1, W, 2]`, or of a real signal its first half, `W/2 + 1`.
public struct STFT: TensorOperator {
  public static let name = "stft"
  /// Whether only the first half of each spectrum is given.
  public var onesided = true

  public init() {}

  /// Makes the operator.
  public init(onesided: Bool) { self.onesided = onesided }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 3)
    try checkSizes(inputs[0], inputs[2])
    try checkNumber(inputs[1], 1, in: &context)
    let (size, window) = (inputs[0].dimensions[1], inputs[2].dimensions[0])
    let frames =
      if let step = context.elements(1, count: 1)?[0] {
        try STFT.frames(size, window, step)
      } else {
        context.freshSize(minimum: 1)
      }
    return [resultShape(inputs, frames)]
  }

  private static func frames(
    _ size: Dimension, _ window: Dimension, _ step: Dimension
  ) throws(MIGraphXError) -> Dimension {
    guard let least = step.lowerBound, least >= 1 else {
      throw MIGraphXError(.invalidArgument, "the step must be at least 1, found \(step)")
    }
    if (size + 1).isKnown(lessOrEqual: window) {
      throw MIGraphXError(
        .invalidShape, "a window of \(window) elements is larger than the signal, \(size)")
    }
    return (size - window).floorDivided(by: step) + 1
  }

  private func resultShape(_ inputs: [Shape], _ frames: Dimension) -> Shape {
    let window = inputs[2].dimensions[0]
    return Shape(
      inputs[0].elementType,
      [inputs[0].dimensions[0], frames, onesided ? window.floorDivided(by: 2) + 1 : window, 2])
  }

  private func checkSizes(_ signal: Shape, _ window: Shape) throws(MIGraphXError) {
    try check(signal, 0, is: .floating)
    try check(signal, 0, rank: 3...3)
    try check(window, 2, rank: 1...1)
    guard window.elementType == signal.elementType else {
      throw MIGraphXError(
        .invalidShape,
        "input 2 must have \(signal.elementType.rawValue), found \(window.elementType.rawValue)")
    }
    let parts = signal.dimensions[2]
    guard !parts.isKnown(notEqual: 1) || !parts.isKnown(notEqual: 2) && !onesided else {
      throw MIGraphXError(
        .invalidShape,
        "the last axis of input 0 must have size 1, or 2 if both sides are wanted; found \(parts)")
    }
    if let most = window.dimensions[0].upperBound, most < 1 {
      throw MIGraphXError(.invalidShape, "the window must have elements, found (\(window))")
    }
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let signal = inputs[0]
    try checkSizes(signal.shape, inputs[2].shape)
    let (size, parts, step) = (signal.lens[1], signal.lens[2], try number(inputs[1], 1))
    let window = inputs[2].converted(to: Double.self)
    let frames = try STFT.frames(Dimension(size), Dimension(window.count), Dimension(step))
    let shape = resultShape(inputs.map(\.shape), frames)
    try checkFitsMemory(shape, in: context)
    try checkFitsMemory(shape.with(elementType: .double))
    try checkFitsMemory(Shape(.double, lens: signal.lens))
    try FourierTransform.checkMemory(window.count)
    let lens = shape.lens ?? []
    let x = signal.converted(to: Double.self)
    let transform = FourierTransform(length: window.count)
    let rows = SumRows<Double>(lens[0] * lens[1], of: lens[2] * 2) { row, output in
      let (image, frame) = row.quotientAndRemainder(dividingBy: lens[1])
      let values = window.indices.map { index in
        let start = (image * size + frame * step + index) * parts
        return FourierTransform.Complex(
          real: x[start] * window[index],
          imaginary: parts == 2 ? x[start + 1] * window[index] : 0)
      }
      let result = transform(values)
      for index in 0..<lens[2] {
        output[2 * index] = result[index].real
        output[2 * index + 1] = result[index].imaginary
      }
    }
    return [try Double.tensor(rows, shape.elementType, lens: lens)]
  }
}
