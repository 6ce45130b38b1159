import IR
import Support
import Tensors

/// Makes a grid of positions from affine maps, as ``GridSample`` takes it.
///
/// Maps `[N, 2, 3]` for sizes N, C, H, W give `[N, H, W, 2]`; `[N, 3, 4]` for N, C, D, H, W give `[N, D, H, W, 3]`. The sizes
/// are an attribute, or a second input: an integer vector.
public struct AffineGrid: TensorOperator, SizeInputOperator {
  public static let name = "affine_grid"
  /// The sizes of the tensor for which the grid is; nil if they are an input.
  public var size: [Dimension]?
  /// Whether -1 and 1 are the centres of the outermost elements, in contrast to their outer edges.
  public var alignCorners: Bool = false

  private enum CodingKeys: String, CodingKey {
    case size
    case alignCorners = "align_corners"
  }

  public init() {}

  /// Makes the operator.
  public init(size: [Dimension]? = nil, alignCorners: Bool) {
    self.size = size
    self.alignCorners = alignCorners
  }

  public func absorbing(_ known: KnownInputs) -> [Absorbed]? {
    known.sizes(1).map { [(AffineGrid(size: $0, alignCorners: alignCorners), [0])] }
  }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: size == nil ? 2 : 1)
    let maps = inputs[0]
    try check(maps, 0, is: .floating)
    try check(maps, 0, rank: 3...3)
    guard let spatial = maps.dimensions[1].constant, spatial == 2 || spatial == 3 else {
      throw MIGraphXError(
        .invalidShape, "input 0 must be [N, 2, 3] or [N, 3, 4], found (\(maps))")
    }
    try context.require(
      maps.dimensions[2], equals: Dimension(spatial + 1), "axis 2 of input 0 and its need")
    var sizes = size
    if inputs.count == 2 {
      let count = try vectorLength(inputs[1], 1)
      guard count == spatial + 2 else { throw AffineGrid.miscounted(count, spatial) }
      sizes = context.elements(1, count: count)
    }
    guard let sizes else {
      return [
        Shape(
          maps.elementType,
          [maps.dimensions[0]] + (0..<spatial).map { _ in context.freshSize() }
            + [Dimension(spatial)])
      ]
    }
    guard sizes.count == spatial + 2 else { throw AffineGrid.miscounted(sizes.count, spatial) }
    if let negative = sizes.first(where: { $0.isKnown(lessOrEqual: -1) }) {
      throw MIGraphXError(.invalidArgument, "a size must not be negative, found \(negative)")
    }
    let count = try context.require(
      maps.dimensions[0], equals: sizes[0], "the number of maps and the first size")
    return [Shape(maps.elementType, [count] + sizes[2...] + [Dimension(spatial)])]
  }

  private static func miscounted(_ count: Int, _ spatial: Int) -> MIGraphXError {
    MIGraphXError(.invalidShape, "\(spatial + 2) sizes are needed, found \(count)")
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let sizes = try size.map { (size) throws(MIGraphXError) in try context.values(of: size) }
    let known = AffineGrid(
      size: (sizes ?? inputs[1].integers).map { Dimension($0) }, alignCorners: alignCorners)
    let shape = try known.concreteShapes([inputs[0]], in: context)[0]
    let lens = try numbers(shape.dimensions)
    let spatial = lens.count - 2
    let maps = inputs[0].converted(to: Double.self)
    let steps = lens[1...spatial].map { size in (0..<size).map { coordinate($0, of: size) } }
    let count = lens[1...spatial].reduce(1, *)
    let points = parallelRows(lens[0], of: count * spatial, repeating: 0.0) { batch, output in
      let start = batch * spatial * (spatial + 1)
      for point in 0..<count {
        // The coordinates of the point, the innermost axis first.
        var rest = point
        var place: [Double] = []
        for axis in steps.indices.reversed() {
          place.append(steps[axis][rest % steps[axis].count])
          rest /= steps[axis].count
        }
        for row in 0..<spatial {
          let map = start + row * (spatial + 1)
          var value = maps[map + spatial]
          for column in 0..<spatial { value += maps[map + column] * place[column] }
          output[point * spatial + row] = value
        }
      }
    }
    return [try Argument(points, lens: lens).converted(toElementType: shape.elementType)]
  }

  private func coordinate(_ index: Int, of size: Int) -> Double {
    if !alignCorners { return Double(2 * index + 1) / Double(size) - 1 }
    return size == 1 ? 1 : 2 * Double(index) / Double(size - 1) - 1
  }
}
