import IR
import Support
import Tensors

/// Decodes an image file, the bytes `[N]`, to pixels `[H, W, C]` of bytes.
///
/// It runs on the library Leptonica, where the machine has it. Opacity is left out.
public struct ImageDecoder: TensorOperator {
  public static let name = "image_decoder"
  /// What the innermost axis holds.
  public enum PixelFormat: String, Codable, Sendable {
    case rgb = "RGB"
    case bgr = "BGR"
    case grayscale = "Grayscale"
  }

  /// What the innermost axis holds.
  public var pixelFormat = PixelFormat.rgb

  enum CodingKeys: String, CodingKey {
    case pixelFormat = "pixel_format"
  }

  public init() {}

  public init(pixelFormat: PixelFormat) { self.pixelFormat = pixelFormat }

  private var channels: Int { pixelFormat == .grayscale ? 1 : 3 }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 1)
    try check(inputs[0], 0, rank: 1...1)
    guard inputs[0].elementType == .uint8 else {
      throw MIGraphXError(
        .invalidShape, "input 0 must have uint8_type, found (\(inputs[0]))")
    }
    let (height, width) = (context.freshSize(minimum: 1), context.freshSize(minimum: 1))
    return [Shape(.uint8, [height, width, Dimension(channels)])]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    try checkedShapes(inputs)
    let library = try Leptonica.shared.get()
    let pixels = try decode(inputs[0].elements(as: UInt8.self), with: library, in: context)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pixels.words.count * channels)
    for word in pixels.words {
      let (red, green, blue) = (word >> 24, word >> 16 & 0xff, word >> 8 & 0xff)
      switch pixelFormat {
      case .rgb: bytes += [UInt8(red), UInt8(green), UInt8(blue)]
      case .bgr: bytes += [UInt8(blue), UInt8(green), UInt8(red)]
      case .grayscale:
        // Luma of ITU-R BT.601 in units of 2^-16, as Pillow rounds it.
        bytes.append(UInt8((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16))
      }
    }
    return [try Argument(bytes, lens: [pixels.height, pixels.width, channels])]
  }

  private func decode(
    _ file: [UInt8], with library: Leptonica, in context: EvaluationContext
  ) throws(MIGraphXError) -> Leptonica.Pixels {
    let format = try ImageFormat(of: file)
    // The library decodes a BMP file to read its header, which takes as much memory as the file, or a few times it.
    guard let header = library.header(of: file) else { throw damage(format, file) }
    var (width, height) = (header.width, header.height)
    switch format {
    case .bmp:
      let bits = file[28]
      guard bits != 16, bits != 32 else {
        throw MIGraphXError(
          .unsupported, "BMP files of \(bits) bits to a pixel; 1, 4, 8 and 24 are read")
      }
    case .pnm:
      guard header.bitsPerSample <= 8 else {
        throw MIGraphXError(.unsupported, "PNM files of \(header.bitsPerSample) bits to a number")
      }
    case .jpeg2000:
      let codestream = try JPEG2000Header(of: file)
      (width, height) = (codestream.width, codestream.height)
    case .png:
      // Files of grey numbers have 0 here.
      guard file[25] != 0 || !hasTransparentLevel(file) else {
        throw MIGraphXError(.unsupported, "grey PNG files with a transparent level")
      }
    case .jpeg, .tiff, .webP: break
    }
    // A decoder holds up to four numbers of a pixel, as does the image that it gives.
    try checkFitsMemory(Shape(.int32, lens: [height, width, 5]), in: context)
    guard let pixels = library.pixels(of: file) else { throw damage(format, file) }
    // Colours of TIFF files have been multiplied by the opacity.
    if format == .tiff, header.samplesPerPixel == 4,
      !pixels.words.allSatisfy({ $0 & 0xff == 0xff })
    {
      throw MIGraphXError(.unsupported, "TIFF files with pixels that are not opaque")
    }
    return pixels
  }

  /// Whether a PNG file has the chunk tRNS, which stands before the pixels.
  private func hasTransparentLevel(_ file: [UInt8]) -> Bool {
    guard let chunk = file.firstRange(of: Array("tRNS".utf8)) else { return false }
    guard let pixels = file.firstRange(of: Array("IDAT".utf8)) else { return true }
    return chunk.lowerBound < pixels.lowerBound
  }

  private func damage(_ format: ImageFormat, _ file: [UInt8]) -> MIGraphXError {
    MIGraphXError(
      .invalidFile,
      "the \(format.rawValue) file of \(file.count) bytes is damaged, or of a kind that isn't read")
  }
}
