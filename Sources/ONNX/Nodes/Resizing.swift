import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Interpolation to other sizes.
  static let resizeConverters: [String: Converter] = ["Resize": resize, "Upsample": upsample]

  /// Opset 10 takes scales only and samples as Upsample does.
  private static let resize: Converter = { (node) throws(MIGraphXError) in
    guard node.version >= 11 else {
      return [try interpolate(node, scales: 1, sizes: nil, "asymmetric", "floor")]
    }
    for name in ["antialias", "exclude_outside"] { try node.require(name, is: 0) }
    guard !node.has("axes") else { throw MIGraphXError(.unsupported, "attribute 'axes'") }
    let policy = try node.string("keep_aspect_ratio_policy") ?? "stretch"
    guard policy == "stretch" else {
      throw MIGraphXError(.unsupported, "keep_aspect_ratio_policy '\(policy)'")
    }
    return [
      try interpolate(
        node, scales: 2, sizes: 3,
        node.string("coordinate_transformation_mode") ?? "half_pixel",
        node.string("nearest_mode") ?? "round_prefer_floor")
    ]
  }

  /// Opset 7 has the scales in an attribute, opset 9 in an input.
  private static let upsample: Converter = { (node) throws(MIGraphXError) in
    [try interpolate(node, scales: 1, sizes: nil, "asymmetric", "floor")]
  }

  private static func interpolate(
    _ node: NodeImporter, scales scalesIndex: Int, sizes sizesIndex: Int?,
    _ coordinates: String, _ nearest: String
  ) throws(MIGraphXError) -> Value {
    let x = try node.input(0)
    func make(_ scales: [Float]?, _ sizes: [Dimension]?) throws(MIGraphXError) -> Resize {
      Resize(
        mode: try node.string("mode") ?? "nearest", nearestMode: nearest,
        coordinateTransformationMode: coordinates, scales: scales, sizes: sizes,
        cubicCoeffA: try node.float("cubic_coeff_a") ?? -0.75)
    }
    if let sizesIndex, let sizes = try node.optionalInput(sizesIndex) {
      if try node.literal(sizesIndex) != nil, let integers = node.integers(sizes) {
        return try node.add(make(nil, integers.map { Dimension($0) }), x)
      }
      return try node.add(make(nil, nil), x, sizes)
    }
    if let scales = try node.floats("scales") { return try node.add(make(scales, nil), x) }
    if let literal = try node.literal(scalesIndex) {
      return try node.add(make(literal.argument.converted(to: Float.self), nil), x)
    }
    return try node.add(make(nil, nil), x, node.input(scalesIndex))
  }
}
