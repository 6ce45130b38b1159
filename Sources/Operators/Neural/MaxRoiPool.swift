import IR
import Support
import Tensors

/// Takes the largest element of each cell of regions of feature maps.
///
/// Maps `[N, C, H, W]` and regions `[R, 5]`, as batch, x1, y1, x2, y2, give `[R, C, P, Q]` for pooled shape `{P, Q}`. A
/// cell without elements is 0.
public struct MaxRoiPool: TensorOperator {
  public static let name = "max_roi_pool"
  /// The number of cells along height and width.
  public var pooledShape: [Int] = [1, 1]
  /// What multiplies the regions' coordinates.
  public var spatialScale: Float = 1

  private enum CodingKeys: String, CodingKey {
    case pooledShape = "pooled_shape"
    case spatialScale = "spatial_scale"
  }

  public init() {}

  /// Makes the operator.
  public init(pooledShape: [Int], spatialScale: Float) {
    self.pooledShape = pooledShape
    self.spatialScale = spatialScale
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2)
    for index in 0..<2 { try check(inputs[index], index, is: .floating) }
    try check(inputs[0], 0, rank: 4...4)
    try check(inputs[1], 1, rank: 2...2)
    try context.require(inputs[1].dimensions[1], equals: 5, "the numbers of a region and 5")
    guard pooledShape.count == 2, pooledShape.allSatisfy({ $0 >= 1 && $0 <= 1 << 24 }) else {
      throw MIGraphXError(
        .invalidArgument, "pooled_shape must be two positive numbers, found \(pooledShape)")
    }
    return [
      Shape(
        inputs[0].elementType,
        [inputs[1].dimensions[0], inputs[0].dimensions[1]] + pooledShape.map { Dimension($0) })
    ]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let shape = try concreteShapes(inputs)[0]
    let lens = inputs[0].lens
    let maps = inputs[0].converted(to: Double.self)
    let numbers = inputs[1].converted(to: Float.self)
    var regions: [(batch: Int, rows: [Range<Int>], columns: [Range<Int>])] = []
    for start in stride(from: 0, to: numbers.count, by: 5) {
      let values = numbers[start..<start + 5].enumerated().map { index, number in
        index == 0 ? number : (number * spatialScale).rounded(.toNearestOrAwayFromZero)
      }
      guard values.allSatisfy({ $0.magnitude < 0x1p30 }) else {
        throw MIGraphXError(.invalidArgument, "region \(values) lies outside of all maps")
      }
      let corners = values.map { Int($0) }
      regions.append(
        (
          try position(corners[0], among: lens[0], axis: 0),
          cells(corners[2], corners[4], pooledShape[0], lens[2]),
          cells(corners[1], corners[3], pooledShape[1], lens[3])
        ))
    }
    let (rows, columns, channels) = (pooledShape[0], pooledShape[1], lens[1])
    let found = regions
    let pooled = parallelRows(
      found.count * channels, of: rows * columns, repeating: 0.0
    ) { index, output in
      let region = found[index / channels]
      let start = (region.batch * channels + index % channels) * lens[2] * lens[3]
      for cell in 0..<rows * columns {
        var largest: Double?
        for y in region.rows[cell / columns] {
          for x in region.columns[cell % columns] {
            let value = maps[start + y * lens[3] + x]
            largest = largest.map { value > $0 || value.isNaN ? value : $0 } ?? value
          }
        }
        output[cell] = largest ?? 0
      }
    }
    return [
      try Argument(pooled, lens: Operators.numbers(shape.dimensions))
        .converted(toElementType: shape.elementType)
    ]
  }

  /// The positions of each of `count` cells from `first` to `last` of an axis of size `size`.
  private func cells(_ first: Int, _ last: Int, _ count: Int, _ size: Int) -> [Range<Int>] {
    let length = Float(max(last - first + 1, 1)) / Float(count)
    return (0..<count).map { cell in
      let start = Int((Float(cell) * length).rounded(.down)) + first
      let end = Int((Float(cell + 1) * length).rounded(.up)) + first
      let lower = min(max(start, 0), size)
      return lower..<max(lower, min(max(end, 0), size))
    }
  }
}
