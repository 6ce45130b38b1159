import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Interpolation to other sizes.
  static let resizeConverters: [String: Converter] = ["Resize": resize, "Upsample": upsample]

  private static let resize: Converter = { (node) throws(MIGraphXError) in
    guard node.version >= 11 else { return [try scaled(node)] }
    try node.require("antialias", is: 0)
    let policy = try node.string("keep_aspect_ratio_policy") ?? "stretch"
    guard policy == "stretch" else {
      throw MIGraphXError(.unsupported, "keep_aspect_ratio_policy '\(policy)'")
    }
    let x = try node.input(0)
    let axes = try node.ints("axes")
    if let sizes = try node.optionalInput(3) {
      let isLiteral = try node.literal(3) != nil
      if axes != nil || isLiteral, let integers = node.integers(sizes) {
        let full = try spread(integers.map { Dimension($0) }, axes, over: node.shape(x).dimensions)
        return [try node.add(operation(node, nil, full), x)]
      }
      try refuse(axes)
      return [try node.add(operation(node, nil, nil), x, sizes)]
    }
    if let scales = try node.literal(2)?.argument.converted(to: Float.self) {
      let ones = [Float](repeating: 1, count: try node.shape(x).rank)
      return [try node.add(operation(node, spread(scales, axes, over: ones), nil), x)]
    }
    try refuse(axes)
    return [try node.add(operation(node, nil, nil), x, node.input(2))]
  }

  /// Opset 7 has the scales in an attribute, opset 9 in an input.
  private static let upsample: Converter = { (node) throws(MIGraphXError) in [try scaled(node)] }

  private static func operation(
    _ node: NodeImporter, _ scales: [Float]?, _ sizes: [Dimension]?
  ) throws(MIGraphXError) -> Resize {
    Resize(
      mode: try node.string("mode") ?? "nearest",
      nearestMode: try node.string("nearest_mode") ?? "round_prefer_floor",
      coordinateTransformationMode: try node.string("coordinate_transformation_mode")
        ?? "half_pixel", scales: scales, sizes: sizes,
      cubicCoeffA: try node.float("cubic_coeff_a") ?? -0.75,
      excludeOutside: try node.flag("exclude_outside") ? true : nil)
  }

  /// The values given for some axes, or for all, in the places of those in `all`.
  private static func spread<Element>(
    _ values: [Element], _ axes: [Int]?, over all: [Element]
  ) throws(MIGraphXError) -> [Element] {
    guard let axes else { return values }
    guard axes.count == values.count else {
      throw MIGraphXError(
        .invalidFile, "\(values.count) sizes or scales are given for \(axes.count) axes")
    }
    var result = all
    var seen: Set<Int> = []
    for (axis, value) in zip(axes, values) {
      guard axis >= -all.count, axis < all.count,
        seen.insert(axis < 0 ? axis + all.count : axis).inserted
      else {
        throw MIGraphXError(
          .invalidFile, "axes \(axes) must be different ones of the \(all.count) axes of the input")
      }
      result[axis < 0 ? axis + all.count : axis] = value
    }
    return result
  }

  private static func refuse(_ axes: [Int]?) throws(MIGraphXError) {
    if axes != nil {
      throw MIGraphXError(.unsupported, "attribute 'axes' with sizes or scales that are computed")
    }
  }

  /// Upsample, and Resize of opset 10, which take scales only.
  ///
  /// The nearest element is the one before along axes that grow, the one after along axes that shrink.
  private static func scaled(_ node: NodeImporter) throws(MIGraphXError) -> Value {
    let x = try node.input(0)
    let mode = try node.string("mode") ?? "nearest"
    func operation(_ scales: [Float]?, _ nearest: String) -> Resize {
      Resize(
        mode: mode, nearestMode: nearest, coordinateTransformationMode: "asymmetric",
        scales: scales)
    }
    let attribute = try node.floats("scales")
    let literal = try attribute == nil ? node.literal(1) : nil
    guard let scales = attribute ?? literal?.argument.converted(to: Float.self) else {
      return try node.add(operation(nil, "floor"), x, node.input(1))
    }
    guard mode == "nearest", scales.contains(where: { $0 < 1 }) else {
      return try node.add(operation(scales, "floor"), x)
    }
    let smaller = try node.add(operation(scales.map { min($0, 1) }, "ceil"), x)
    if !scales.contains(where: { $0 > 1 }) { return smaller }
    return try node.add(operation(scales.map { max($0, 1) }, "floor"), smaller)
  }
}
