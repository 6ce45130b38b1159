import Glibc
import IR
import Support
import Tensors

/// The matrix that sums the elements of a spectrum into bands of the mel scale, as triangles of height 1.
///
/// Inputs are one number each: the bands `B`, the length `L` of the transform, the samples per second, and the lowest
/// and the highest frequency in hertz. The result is `[L/2 + 1, B]`.
public struct MelWeightMatrix: TensorOperator {
  public static let name = "mel_weight_matrix"
  /// The type of the result.
  public var dtype = ElementType.float

  public init() {}

  /// Makes the operator.
  public init(dtype: ElementType) { self.dtype = dtype }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 5)
    guard TypeClass.numeric.contains(dtype) else {
      throw MIGraphXError(
        .invalidArgument, "dtype must be a number type, found \(dtype.rawValue)")
    }
    for index in 0..<3 { try checkNumber(inputs[index], index, in: &context) }
    for index in 3..<5 {
      try check(inputs[index], index, is: .floating)
      try context.require(
        inputs[index].elementCount, equals: 1, "the elements of input \(index) and 1")
    }
    let bands = context.elements(0, count: 1)?[0] ?? context.freshSize()
    let bins =
      context.elements(1, count: 1).map { $0[0].floorDivided(by: 2) + 1 }
      ?? context.freshSize(minimum: 1)
    for (size, what) in [(bands, "bands"), (bins, "elements of the spectrum")] {
      if let most = size.upperBound, most < 0 {
        throw MIGraphXError(.invalidArgument, "\(size) \(what); at least 0 are needed")
      }
    }
    return [Shape(dtype, [bins, bands])]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let (bands, length) = (try number(inputs[0], 0), try number(inputs[1], 1))
    let rate = try number(inputs[2], 2)
    let edges = inputs[3...].flatMap { $0.converted(to: Double.self) }
    let numbers = [(bands, 0, "number of bands"), (length, 0, "length"), (rate, 1, "sample rate")]
    for (value, least, what) in numbers {
      guard (least...WindowAxis.limit).contains(value) else {
        throw MIGraphXError(
          .invalidArgument, "\(what) \(value) must be between \(least) and \(WindowAxis.limit)")
      }
    }
    let bins = length / 2 + 1
    try checkFitsMemory(Shape(.double, lens: [bins, bands]), in: context)
    let places = try places(bands: bands, length: length, rate: rate, edges: edges)
    var weights = [Double](repeating: 0, count: bins * bands)
    for band in 0..<bands {
      let (low, center, high) = (places[band], places[band + 1], places[band + 2])
      weights[center * bands + band] = 1
      for bin in low..<center {
        weights[bin * bands + band] = Double(bin - low) / Double(center - low)
      }
      for bin in center..<high {
        weights[bin * bands + band] = Double(high - bin) / Double(high - center)
      }
    }
    return [try Argument(weights, lens: [bins, bands]).converted(toElementType: dtype)]
  }

  /// The elements of the spectrum at which triangles begin and end, equally far from each other in mel.
  private func places(
    bands: Int, length: Int, rate: Int, edges: [Double]
  ) throws(MIGraphXError) -> [Int] {
    let mel = edges.map { 2595 * log1p($0 / 700) / log(10) }
    guard mel.count == 2, mel.allSatisfy(\.isFinite), edges[0] >= 0, edges[0] <= edges[1] else {
      throw MIGraphXError(
        .invalidArgument, "frequencies \(edges) must not be negative, the lower one first")
    }
    let step = (mel[1] - mel[0]) / Double(bands + 2)
    var result: [Int] = []
    for index in 0..<bands + 2 {
      let hertz = 700 * expm1((Double(index) * step + mel[0]) / 2595 * log(10))
      let place = (Double(length + 1) * hertz / Double(rate)).rounded(.down)
      guard place < Double(length / 2 + 1) else {
        throw MIGraphXError(
          .invalidArgument,
          "frequency \(hertz) must be at most half of the sample rate \(rate)")
      }
      result.append(max(Int(place), result.last ?? 0))
    }
    return result
  }
}
