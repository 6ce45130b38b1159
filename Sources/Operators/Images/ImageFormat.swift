import Support

/// A format of image files, told by how files begin.
enum ImageFormat: String {
  case bmp = "BMP"
  case jpeg = "JPEG"
  case jpeg2000 = "JPEG 2000"
  case png = "PNG"
  case pnm = "PNM"
  case tiff = "TIFF"
  case webP = "WebP"

  /// - Throws: `invalidFile` when the file is of none of the formats.
  init(of file: [UInt8]) throws(MIGraphXError) {
    let start = file.prefix(12)
    func begins(_ bytes: [UInt8]) -> Bool { start.starts(with: bytes) }
    func begins(_ text: String) -> Bool { start.starts(with: text.utf8) }
    if begins("BM") {
      self = .bmp
    } else if begins([0xff, 0xd8, 0xff]) {
      self = .jpeg
    } else if begins(ImageFormat.boxes) || begins(ImageFormat.codestream) {
      self = .jpeg2000
    } else if begins([0x89] + "PNG\r\n\u{1a}\n".utf8) {
      self = .png
    } else if start.count > 2, start[0] == UInt8(ascii: "P"),
      (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(start[1])
    {
      self = .pnm
    } else if begins("II*\0") || begins("MM\0*") {
      self = .tiff
    } else if begins("RIFF"), start.dropFirst(8).elementsEqual("WEBP".utf8) {
      self = .webP
    } else {
      throw MIGraphXError(
        .invalidFile,
        "the \(file.count) bytes are no BMP, JPEG, JPEG 2000, PNG, PNM, TIFF or WebP file; they begin "
          + "with \(Array(start.prefix(4)))")
    }
  }

  /// The first box of a JPEG 2000 file, and the first markers of its codestream.
  static let boxes: [UInt8] = [0, 0, 0, 12] + "jP  \r\n".utf8 + [0x87, 0x0a]
  static let codestream: [UInt8] = [0xff, 0x4f, 0xff, 0x51]
}

/// What the decoder takes on trust in a JPEG 2000 file, read from the codestream that it decodes.
///
/// The sizes in a box before it need not be the same, and components of other sizes would be read beyond
/// their ends.
struct JPEG2000Header {
  private(set) var width = 0
  private(set) var height = 0
  private let file: [UInt8]

  /// - Throws: `invalidFile` when the file is damaged, `unsupported` when it isn't of one, three or four components
  ///   of 8 bits each.
  init(of file: [UInt8]) throws(MIGraphXError) {
    self.file = file
    if file.starts(with: ImageFormat.codestream) {
      try readCodestream(at: 0)
    } else {
      try readBoxes(0..<file.count)
    }
  }

  /// Reads boxes up to the codestream.
  private mutating func readBoxes(_ range: Range<Int>) throws(MIGraphXError) {
    var position = range.lowerBound
    while position < range.upperBound {
      var (length, body) = (try number(at: position, bytes: 4), position + 8)
      let name = try number(at: position + 4, bytes: 4)
      if length == 1 {
        (length, body) = (try number(at: position + 8, bytes: 8), position + 16)
      } else if length == 0 {
        length = range.upperBound - position
      }
      guard length >= body - position, length <= range.upperBound - position else {
        throw damage("a box at byte \(position) of \(length) bytes")
      }
      let end = position + length
      switch name {
      case 0x6a70_3263: return try readCodestream(at: body)  // jp2c
      case 0x6a70_3268: try checkColours(body..<end)  // jp2h
      default: break
      }
      position = end
    }
    throw damage("no codestream")
  }

  /// Checks the boxes on colours: numbers must be red, green and blue, or grey.
  private func checkColours(_ range: Range<Int>) throws(MIGraphXError) {
    var position = range.lowerBound
    while position < range.upperBound {
      let length = try number(at: position, bytes: 4)
      guard length >= 8, length <= range.upperBound - position else {
        throw damage("a box at byte \(position) of \(length) bytes")
      }
      switch try number(at: position + 4, bytes: 4) {
      case 0x7063_6c72:  // pclr
        throw MIGraphXError(.unsupported, "JPEG 2000 files with a palette")
      case 0x636f_6c72:  // colr
        let isListed = try number(at: position + 8, bytes: 1) == 1
        let space = try isListed ? number(at: position + 11, bytes: 4) : 16
        guard space == 16 || space == 17 else {
          throw MIGraphXError(
            .unsupported, "JPEG 2000 files in colour space \(space); 16 and 17 are read")
        }
      default: break
      }
      position += length
    }
  }

  private mutating func readCodestream(at start: Int) throws(MIGraphXError) {
    guard try number(at: start, bytes: 4) == 0xff4f_ff51 else {
      throw damage("no sizes at the start of the codestream")
    }
    width = try number(at: start + 8, bytes: 4) - number(at: start + 16, bytes: 4)
    height = try number(at: start + 12, bytes: 4) - number(at: start + 20, bytes: 4)
    guard width > 0, height > 0 else { throw damage("size \(width) x \(height)") }
    let count = try number(at: start + 40, bytes: 2)
    guard [1, 3, 4].contains(count) else {
      throw MIGraphXError(
        .unsupported, "JPEG 2000 files of \(count) components; 1, 3 and 4 are read")
    }
    for component in 0..<count {
      let kind = try number(at: start + 42 + 3 * component, bytes: 3)
      guard kind == 0x07_01_01 else {
        throw MIGraphXError(
          .unsupported,
          "JPEG 2000 files with other components than of 8 bits for each pixel")
      }
    }
  }

  private func number(at position: Int, bytes: Int) throws(MIGraphXError) -> Int {
    guard position + bytes <= file.count else { throw damage("an end within a number") }
    let value = file[position..<position + bytes].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard let number = Int(exactly: value) else { throw damage("a length of \(value) bytes") }
    return number
  }

  private func damage(_ what: String) -> MIGraphXError {
    MIGraphXError(.invalidFile, "the JPEG 2000 file is damaged: \(what)")
  }
}
