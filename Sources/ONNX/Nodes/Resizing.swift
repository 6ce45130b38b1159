import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Interpolation to other sizes.
  static let resizeConverters: [String: Converter] = ["Resize": resize, "Upsample": upsample]

  private static let resize: Converter = { (node) throws(MIGraphXError) in
    guard node.version >= 11 else { return [try scaled(node)] }
    let x = try node.input(0)
    var resize = Resize(
      mode: try node.string("mode") ?? "nearest",
      nearestMode: try node.string("nearest_mode") ?? "round_prefer_floor",
      coordinateTransformationMode: try node.string("coordinate_transformation_mode")
        ?? "half_pixel", cubicCoeffA: try node.float("cubic_coeff_a") ?? -0.75,
      excludeOutside: try node.flag("exclude_outside") ? true : nil)
    resize.axes = try node.ints("axes")
    resize.antialias = try node.flag("antialias") ? true : nil
    let policy = try node.string("keep_aspect_ratio_policy") ?? "stretch"
    var inputs = [x]
    // Of opset 11, scales without elements stand beside sizes.
    if let sizes = try node.optionalInput(3), !node.isEmpty(sizes) {
      resize.keepAspectRatioPolicy = policy == "stretch" ? nil : policy
      if try node.literal(3) != nil, let integers = node.integers(sizes) {
        resize.sizes = integers.map { Dimension($0) }
      } else {
        inputs.append(sizes)
      }
    } else if let literal = try node.literal(2) {
      resize.scales = literal.argument.converted(to: Float.self)
    } else {
      inputs.append(try node.input(2))
    }
    if resize.coordinateTransformationMode == "tf_crop_and_resize" {
      resize.extrapolationValue = try node.float("extrapolation_value")
      if let roi = try node.literal(1) {
        resize.roi = roi.argument.converted(to: Float.self)
      } else {
        // A region that is computed stands behind the sizes.
        if let sizes = resize.sizes {
          inputs.append(try node.vector(constants(of: sizes) ?? []))
        } else if let scales = resize.scales {
          inputs.append(node.add(try Literal(scales, lens: [scales.count])))
        }
        (resize.sizes, resize.scales) = (nil, nil)
        inputs.append(try node.convert(node.input(1), to: .float))
      }
    }
    return [Value(try node.add(resize, inputs: inputs))]
  }

  /// Opset 1 has two scales in attributes, opset 7 all in one, opset 9 in an input.
  private static let upsample: Converter = { (node) throws(MIGraphXError) in [try scaled(node)] }

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
    var attribute = try node.floats("scales")
    if node.version < 7, let height = try node.float("height_scale"),
      let width = try node.float("width_scale")
    {
      attribute = [1, 1, height, width]
    }
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
