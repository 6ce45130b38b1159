import IR
import Support
import Tensors

/// How positions between the elements of a tensor get values.
public enum SampleMode: String, Hashable, Sendable, Codable {
  case nearest, linear, cubic
}

/// What stands around a tensor that is sampled.
public enum SamplePadding: String, Hashable, Sendable, Codable {
  case zeros, border, reflection
}

/// Takes the values of a tensor at positions that a grid holds.
///
/// `[N, C, H, W]` and grid `[N, P, Q, 2]` give `[N, C, P, Q]`; so for any number of spatial axes. Positions are from -1
/// to 1, the innermost axis first.
public struct GridSample: TensorOperator {
  public static let name = "gridsample"
  /// How positions between elements get values.
  public var mode: SampleMode = .linear
  /// What stands outside.
  public var paddingMode: SamplePadding = .zeros
  /// Whether -1 and 1 are the centres of the outermost elements, in contrast to their outer edges.
  public var alignCorners: Bool = false

  private enum CodingKeys: String, CodingKey {
    case mode
    case paddingMode = "padding_mode"
    case alignCorners = "align_corners"
  }

  public init() {}

  /// Makes the operator.
  public init(mode: SampleMode, paddingMode: SamplePadding, alignCorners: Bool) {
    self.mode = mode
    self.paddingMode = paddingMode
    self.alignCorners = alignCorners
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2)
    let (x, grid) = (inputs[0], inputs[1])
    try check(x, 0, is: .numeric)
    try check(x, 0, rank: 3...5)
    try check(grid, 1, is: .floating)
    try check(grid, 1, rank: x.rank...x.rank)
    try context.require(x.dimensions[0], equals: grid.dimensions[0], "inputs 0 and 1 at axis 0")
    try context.require(
      grid.dimensions[x.rank - 1], equals: Dimension(x.rank - 2),
      "the innermost axis of input 1 and the number of spatial axes")
    return [
      Shape(x.elementType, Array(x.dimensions[..<2] + grid.dimensions[1..<(x.rank - 1)]))
    ]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let shape = try concreteShapes(inputs)[0]
    let isSingle = [.float, .half, .bfloat16].contains(inputs[0].elementType)
    return [
      isSingle
        ? try sample(inputs, shape, in: Float.self) : try sample(inputs, shape, in: Double.self)
    ]
  }

  private func sample<Real: FloatingDomain>(
    _ inputs: [Argument], _ shape: Shape, in type: Real.Type
  ) throws(MIGraphXError) -> Argument {
    let sizes = Array(inputs[0].lens[2...])
    let lens = try numbers(shape.dimensions)
    let writer = try ElementWriter(shape.elementType, lens: lens)
    if lens.contains(0) { return writer.argument }
    guard !sizes.contains(0) else {
      throw MIGraphXError(.invalidShape, "(\(inputs[0].shape)) has no elements to sample")
    }
    let axes = sizes.map {
      SampledAxis<Real>(
        size: $0, mode: mode, padding: paddingMode, alignCorners: alignCorners)
    }
    let x = ElementReader<Real>(inputs[0]).read(0, inputs[0].elementCount)
    let grid = ElementReader<Real>(inputs[1]).read(0, inputs[1].elementCount)
    let (channels, count) = (lens[1], lens[2...].reduce(1, *))
    let area = sizes.reduce(1, *)
    let sampled = parallelRows(lens[0] * channels, of: count, repeating: Real.make(0)) {
      row, output in
      let batch = row / channels
      for point in 0..<count {
        let start = (batch * count + point) * axes.count
        // Taps along the axes so far: their places and weights.
        var taps: [(place: Int, weight: Real)] = [(row * area, 1)]
        var inner = area
        for (axis, sampledAxis) in axes.enumerated() {
          inner /= sampledAxis.size
          let own = sampledAxis.taps(grid[start + axes.count - 1 - axis])
          taps = taps.flatMap { tap in
            own.map { (tap.place + $0.place * inner, tap.weight * $0.weight) }
          }
        }
        output[point] = taps.reduce(0) { $0 + $1.weight * x[$1.place] }
      }
    }
    writer.write(sampled, at: 0)
    return writer.argument
  }
}

/// An axis of which positions are sampled, in the arithmetic that decides ties as other runtimes do.
private struct SampledAxis<Real: FloatingDomain>: Sendable {
  let size: Int
  let mode: SampleMode
  let padding: SamplePadding
  let alignCorners: Bool

  private var bounds: (least: Real, most: Real) {
    alignCorners ? (0, Real(size - 1)) : (-0.5, Real(size) - 0.5)
  }

  /// The elements that make the value at a position from -1 to 1, with their weights.
  func taps(_ coordinate: Real) -> [(place: Int, weight: Real)] {
    let size = Real(size)
    var position =
      alignCorners ? (coordinate + 1) / 2 * (size - 1) : ((coordinate + 1) * size - 1) / 2
    // Whatever is no number lies outside; whatever is far outside needs no exact place.
    position = position.isNaN ? -1 : min(max(position, -0x1p40), 0x1p40)
    if mode == .nearest { position = position.rounded(.toNearestOrEven) }
    let low = position.rounded(.down)
    let share = position - low
    switch mode {
    case .nearest:
      guard let place = place(position) else { return [] }
      return [(place, 1)]
    case .linear: return weighted(low, [1 - share, share])
    case .cubic:
      let distances: [Real] = [1 + share, share, 1 - share, 2 - share]
      return weighted(low - 1, distances.map { cubicWeight($0) })
    }
  }

  private func weighted(_ first: Real, _ weights: [Real]) -> [(place: Int, weight: Real)] {
    weights.enumerated().compactMap { offset, weight in
      place(first + Real(offset)).map { ($0, weight) }
    }
  }

  /// The element at a whole position; nil if there is none.
  private func place(_ position: Real) -> Int? {
    if position >= 0 && position < Real(size) { return Int(position) }
    switch padding {
    case .zeros: return nil
    case .border: return position < 0 ? 0 : size - 1
    case .reflection: return min(max(Int(reflected(position)), 0), size - 1)
    }
  }

  /// A position outside, reflected at the bounds until it lies inside.
  private func reflected(_ position: Real) -> Real {
    let (least, most) = bounds
    let range = most - least
    guard range > 0 else { return least }
    let distance = position < least ? least - position : position - most
    guard distance > 0 else { return position }
    let turns = (distance / range).rounded(.down)
    let rest = distance - turns * range
    let isEven = turns.truncatingRemainder(dividingBy: 2) == 0
    return (position < least) == isEven ? least + rest : most - rest
  }

  private func cubicWeight(_ distance: Real) -> Real {
    let (a, d): (Real, Real) = (-0.75, distance)
    if d <= 1 { return ((a + 2) * d - (a + 3)) * d * d + 1 }
    return ((a * d - 5 * a) * d + 8 * a) * d - 4 * a
  }
}
