import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators that decode images, take values at positions of images, and make images from windows.
  static let samplingConverters: [String: Converter] = [
    "AffineGrid": affineGrid, "Col2Im": col2im, "GridSample": gridSample,
    "ImageDecoder": imageDecoder, "MaxRoiPool": maxRoiPool, "RoiAlign": roiAlign,
  ]

  private static let affineGrid: Converter = { (node) throws(MIGraphXError) in
    let alignCorners = try node.flag("align_corners")
    let (maps, sizes) = (try node.input(0), try node.input(1))
    if let known = node.integers(sizes) {
      let op = AffineGrid(size: known.map { Dimension($0) }, alignCorners: alignCorners)
      return [try node.add(op, maps)]
    }
    return [try node.add(AffineGrid(alignCorners: alignCorners), maps, sizes)]
  }

  private static let col2im: Converter = { (node) throws(MIGraphXError) in
    let op = Col2Im(
      dilations: try node.ints("dilations") ?? [], pads: try node.ints("pads") ?? [],
      strides: try node.ints("strides") ?? [])
    return [try node.add(op, node.input(0), node.input(1), node.input(2))]
  }

  /// Up to opset 19 the modes have the names that they have for images.
  private static let gridSample: Converter = { (node) throws(MIGraphXError) in
    let names = ["bilinear": SampleMode.linear, "bicubic": .cubic]
    let name = try node.string("mode") ?? "linear"
    guard let mode = names[name] ?? SampleMode(rawValue: name) else {
      throw MIGraphXError(
        .invalidFile, "mode is '\(name)'; linear, nearest or cubic is needed")
    }
    let padding = try node.string("padding_mode") ?? "zeros"
    guard let paddingMode = SamplePadding(rawValue: padding) else {
      throw MIGraphXError(
        .invalidFile, "padding_mode is '\(padding)'; zeros, border or reflection is needed")
    }
    let op = GridSample(
      mode: mode, paddingMode: paddingMode, alignCorners: try node.flag("align_corners"))
    return [try node.add(op, node.input(0), node.input(1))]
  }

  private static let imageDecoder: Converter = { (node) throws(MIGraphXError) in
    let name = try node.string("pixel_format") ?? "RGB"
    guard let format = ImageDecoder.PixelFormat(rawValue: name) else {
      throw MIGraphXError(
        .invalidFile, "pixel_format is '\(name)'; RGB, BGR or Grayscale is needed")
    }
    return [try node.add(ImageDecoder(pixelFormat: format), node.input(0))]
  }

  private static let maxRoiPool: Converter = { (node) throws(MIGraphXError) in
    guard let pooledShape = try node.ints("pooled_shape") else {
      throw MIGraphXError(.invalidFile, "attribute 'pooled_shape' is needed")
    }
    let op = MaxRoiPool(
      pooledShape: pooledShape, spatialScale: try node.float("spatial_scale") ?? 1)
    return [try node.add(op, node.input(0), node.input(1))]
  }

  /// Up to opset 15 coordinates are not moved to the centres of elements.
  private static let roiAlign: Converter = { (node) throws(MIGraphXError) in
    var op = RoiAlign()
    let mode = try node.string("mode") ?? "avg"
    guard mode == "avg" || mode == "max" else {
      throw MIGraphXError(.invalidFile, "mode is '\(mode)'; avg or max is needed")
    }
    op.mode = mode == "avg" ? .average : .max
    op.coordinateTransformationMode =
      try node.string("coordinate_transformation_mode")
      ?? (node.version < 16 ? "output_half_pixel" : "half_pixel")
    op.outputHeight = try node.int("output_height") ?? 1
    op.outputWidth = try node.int("output_width") ?? 1
    op.samplingRatio = try node.int("sampling_ratio") ?? 0
    op.spatialScale = try node.float("spatial_scale") ?? 1
    return [try node.add(op, node.input(0), node.input(1), node.input(2))]
  }
}
