import IR
import Support
import Tensors

/// Pools regions of feature maps to one size, from values interpolated at points in each cell.
///
/// Maps `[N, C, H, W]`, regions `[R, 4]` as x1, y1, x2, y2, and the batch of each, integers `[R]`, give
/// `[R, C, output_height, output_width]`.
public struct RoiAlign: TensorOperator {
  public static let name = "roialign"
  /// Whether coordinates are those of the centres of elements: `half_pixel`, or `output_half_pixel` if not.
  public var coordinateTransformationMode: String = "half_pixel"
  /// How the values of a cell are joined: their average, or the maximum of the weighted elements around them.
  public var mode: PoolingMode = .average
  /// The number of cells along the height.
  public var outputHeight: Int = 1
  /// The number of cells along the width.
  public var outputWidth: Int = 1
  /// The number of points along each side of a cell; as many as it has elements if 0.
  public var samplingRatio: Int = 0
  /// What multiplies the regions' coordinates.
  public var spatialScale: Float = 1

  private enum CodingKeys: String, CodingKey {
    case coordinateTransformationMode = "coordinate_transformation_mode"
    case mode
    case outputHeight = "output_height"
    case outputWidth = "output_width"
    case samplingRatio = "sampling_ratio"
    case spatialScale = "spatial_scale"
  }

  /// The most points in a cell.
  private static let maximumPointCount = 1 << 20

  public init() {}

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 3)
    try check(inputs[0], 0, is: .floating)
    try check(inputs[0], 0, rank: 4...4)
    try check(inputs[1], 1, is: .floating)
    try check(inputs[1], 1, rank: 2...2)
    try checkIndices(inputs[2], 2)
    try check(inputs[2], 2, rank: 1...1)
    try context.require(inputs[1].dimensions[1], equals: 4, "the coordinates of a region and 4")
    let count = try context.require(
      inputs[1].dimensions[0], equals: inputs[2].dimensions[0], "the regions and their batches")
    try checkAttributes()
    return [
      Shape(
        inputs[0].elementType,
        [count, inputs[0].dimensions[1], Dimension(outputHeight), Dimension(outputWidth)])
    ]
  }

  private func checkAttributes() throws(MIGraphXError) {
    guard outputHeight >= 1, outputWidth >= 1, outputHeight <= 1 << 24, outputWidth <= 1 << 24
    else {
      throw MIGraphXError(
        .invalidArgument,
        "the numbers of cells must be positive, found \(outputHeight) and \(outputWidth)")
    }
    guard samplingRatio >= 0, samplingRatio <= 1 << 10 else {
      throw MIGraphXError(
        .invalidArgument, "sampling_ratio must be 0 to \(1 << 10), found \(samplingRatio)")
    }
    guard ["half_pixel", "output_half_pixel"].contains(coordinateTransformationMode) else {
      throw MIGraphXError(
        .invalidArgument,
        "coordinate_transformation_mode '\(coordinateTransformationMode)' must be half_pixel or "
          + "output_half_pixel")
    }
    guard mode == .average || mode == .max else {
      throw MIGraphXError(.invalidArgument, "mode must be average or max, found \(mode.rawValue)")
    }
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let shape = try concreteShapes(inputs)[0]
    return inputs[0].elementType == .double
      ? [try pool(inputs, shape, in: Double.self)] : [try pool(inputs, shape, in: Float.self)]
  }

  private func pool<Real: FloatingDomain>(
    _ inputs: [Argument], _ shape: Shape, in type: Real.Type
  ) throws(MIGraphXError) -> Argument {
    let lens = inputs[0].lens
    let (height, width, channels) = (lens[2], lens[3], lens[1])
    let maps = ElementReader<Real>(inputs[0]).read(0, inputs[0].elementCount)
    let corners = ElementReader<Real>(inputs[1]).read(0, inputs[1].elementCount)
    var regions: [Region<Real>] = []
    for (index, batch) in inputs[2].integers.enumerated() {
      let batch = try position(batch, among: lens[0], axis: 0)
      regions.append(try region(corners[index * 4..<index * 4 + 4], batch: batch))
    }
    guard height > 0, width > 0 else {
      throw MIGraphXError(.invalidShape, "maps of (\(inputs[0].shape)) have no elements to pool")
    }
    let cells = outputHeight * outputWidth
    let (isAverage, columns, found) = (mode == .average, outputWidth, regions)
    let pooled = parallelRows(found.count, of: channels * cells, repeating: Real.make(0)) {
      index, output in
      let region = found[index]
      for cell in 0..<cells {
        let points = region.points(cell / columns, cell % columns, height, width)
        for channel in 0..<channels {
          let start = (region.batch * channels + channel) * height * width
          var (sum, largest) = (Real.make(0), -Real.infinity)
          for point in points {
            for (place, weight) in point {
              let value = weight * maps[start + place]
              sum += value
              if value > largest { largest = value }
            }
            // Points outside of the map are zero.
            if point.isEmpty, largest < 0 { largest = 0 }
          }
          output[channel * cells + cell] =
            isAverage ? sum / Real(max(1, points.count)) : points.isEmpty ? 0 : largest
        }
      }
    }
    let writer = try ElementWriter(shape.elementType, lens: numbers(shape.dimensions))
    writer.write(pooled, at: 0)
    return writer.argument
  }

  private func region<Real: FloatingDomain>(
    _ corners: ArraySlice<Real>, batch: Int
  ) throws(MIGraphXError) -> Region<Real> {
    let isHalfPixel = coordinateTransformationMode == "half_pixel"
    let offset: Real = isHalfPixel ? 0.5 : 0
    let places = corners.map { $0 * Real(spatialScale) - offset }
    guard places.allSatisfy({ $0.isFinite }) else {
      throw MIGraphXError(.invalidArgument, "a region must have finite coordinates")
    }
    var (width, height) = (places[2] - places[0], places[3] - places[1])
    if !isHalfPixel { (width, height) = (max(width, 1), max(height, 1)) }
    let cell = (width: width / Real(outputWidth), height: height / Real(outputHeight))
    // An empty region has no points.
    func count(_ size: Real) -> Int {
      samplingRatio > 0
        ? samplingRatio : Int(min(max(size.rounded(.up), 0), Real(RoiAlign.maximumPointCount)))
    }
    let (rows, columns) = (count(cell.height), count(cell.width))
    guard rows * columns <= RoiAlign.maximumPointCount else {
      throw MIGraphXError(
        .limitExceeded,
        "\(rows) by \(columns) points in a cell are more than \(RoiAlign.maximumPointCount)")
    }
    return Region(
      batch: batch, origin: (places[0], places[1]), cell: cell, counts: (rows, columns))
  }
}

/// A region of a map, in cells.
private struct Region<Real: FloatingDomain>: Sendable {
  let batch: Int
  let origin: (x: Real, y: Real)
  let cell: (width: Real, height: Real)
  /// The points along the height and the width of a cell.
  let counts: (rows: Int, columns: Int)

  /// The elements, with weights, around each point of a cell; none where a point lies outside.
  func points(
    _ row: Int, _ column: Int, _ height: Int, _ width: Int
  ) -> [[(place: Int, weight: Real)]] {
    var points: [[(place: Int, weight: Real)]] = []
    points.reserveCapacity(counts.rows * counts.columns)
    for step in 0..<counts.rows {
      let y =
        origin.y + Real(row) * cell.height
        + (Real(step) + 0.5) * cell.height / Real(counts.rows)
      let rows = neighbours(y, height)
      for step in 0..<counts.columns {
        let x =
          origin.x + Real(column) * cell.width
          + (Real(step) + 0.5) * cell.width / Real(counts.columns)
        let columns = neighbours(x, width)
        var taps: [(place: Int, weight: Real)] = []
        for (y, a) in rows { for (x, b) in columns { taps.append((y * width + x, a * b)) } }
        points.append(taps)
      }
    }
    return points
  }

  /// The elements next to a position along an axis, with their shares; none if it lies outside.
  private func neighbours(_ position: Real, _ size: Int) -> [(Int, Real)] {
    guard position >= -1, position <= Real(size) else { return [] }
    let inside = max(position, 0)
    let low = Int(inside)
    if low >= size - 1 { return [(size - 1, 1), (size - 1, 0)] }
    let share = inside - Real(low)
    return [(low, 1 - share), (low + 1, share)]
  }
}
