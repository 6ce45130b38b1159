import Glibc
import Support

/// The library Leptonica, which decodes images of many formats, found at run time.
///
/// It decodes the first image of a file, and may be called from several threads.
@safe struct Leptonica: Sendable {
  /// The library of this machine, or why there is none. The first use loads it.
  static let shared = Result { () throws(MIGraphXError) in
    try Leptonica(names: ["libleptonica.so.6", "liblept.so.5"])
  }

  private typealias Picture = OpaquePointer
  private typealias Size = @convention(c) @Sendable (Picture?) -> Int32
  private typealias ReadHeader =
    @convention(c) @Sendable (
      UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<Int32>?, UnsafeMutablePointer<Int32>?,
      UnsafeMutablePointer<Int32>?, UnsafeMutablePointer<Int32>?, UnsafeMutablePointer<Int32>?,
      UnsafeMutablePointer<Int32>?
    ) -> Int32
  private typealias Read = @convention(c) @Sendable (UnsafePointer<UInt8>?, Int) -> Picture?
  private typealias Convert = @convention(c) @Sendable (Picture?) -> Picture?
  private typealias Words = @convention(c) @Sendable (Picture?) -> UnsafePointer<UInt32>?
  private typealias Destroy = @convention(c) @Sendable (UnsafeMutablePointer<Picture?>?) -> Void
  private typealias Handler = @convention(c) @Sendable (UnsafePointer<CChar>?) -> Void
  private typealias SetHandler = @convention(c) @Sendable (Handler?) -> Void

  private let readHeader: ReadHeader
  private let read: Read
  private let convertToWords: Convert
  private let width: Size
  private let height: Size
  private let wordsPerRow: Size
  private let words: Words
  private let destroy: Destroy

  /// Loads the first library of these names that has all that is needed.
  ///
  /// - Throws: `unsupported` when there is none.
  init(names: [String]) throws(MIGraphXError) {
    for name in names {
      guard let library = unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL) else { continue }
      func function<Function>(_ symbol: String, as type: Function.Type) -> Function? {
        unsafe dlsym(library, symbol).map { unsafe unsafeBitCast($0, to: type) }
      }
      guard
        let readHeader = unsafe function("pixReadHeaderMem", as: ReadHeader.self),
        let read = unsafe function("pixReadMem", as: Read.self),
        let convert = unsafe function("pixConvertTo32", as: Convert.self),
        let width = unsafe function("pixGetWidth", as: Size.self),
        let height = unsafe function("pixGetHeight", as: Size.self),
        let wordsPerRow = unsafe function("pixGetWpl", as: Size.self),
        let words = unsafe function("pixGetData", as: Words.self),
        let destroy = unsafe function("pixDestroy", as: Destroy.self),
        let setHandler = unsafe function("leptSetStderrHandler", as: SetHandler.self)
      else {
        unsafe dlclose(library)
        continue
      }
      // Standard error belongs to the caller.
      unsafe setHandler { _ in }
      unsafe self.readHeader = readHeader
      unsafe self.read = read
      unsafe convertToWords = convert
      unsafe self.width = width
      unsafe self.height = height
      unsafe self.wordsPerRow = wordsPerRow
      unsafe self.words = words
      unsafe self.destroy = destroy
      return
    }
    throw MIGraphXError(
      .unsupported,
      "decoding images needs the library Leptonica, which this machine lacks; Debian has it in the "
        + "package liblept5, or libleptonica6")
  }

  /// What a file says of its image.
  struct Header: Equatable {
    var width: Int
    var height: Int
    var bitsPerSample: Int
    var samplesPerPixel: Int
  }

  /// What a file says of its image; nil when it is damaged.
  func header(of file: [UInt8]) -> Header? {
    var (width, height, bits, samples) = (Int32(0), Int32(0), Int32(0), Int32(0))
    let status = unsafe file.withUnsafeBufferPointer { file in
      unsafe readHeader(
        file.baseAddress, file.count, nil, &width, &height, &bits, &samples, nil)
    }
    guard status == 0, width > 0, height > 0 else { return nil }
    return Header(
      width: Int(width), height: Int(height), bitsPerSample: Int(bits),
      samplesPerPixel: Int(samples))
  }

  /// An image whose pixels are words: red in the highest byte, then green, blue and opacity.
  struct Pixels {
    var width: Int
    var height: Int
    var words: [UInt32]
  }

  /// The image of a file; nil when it is damaged.
  func pixels(of file: [UInt8]) -> Pixels? {
    var decoded = unsafe file.withUnsafeBufferPointer { file in
      unsafe read(file.baseAddress, file.count)
    }
    defer { unsafe destroy(&decoded) }
    var picture = unsafe convertToWords(decoded)
    defer { unsafe destroy(&picture) }
    guard let base = unsafe words(picture) else { return nil }
    let (width, height) = unsafe (Int(self.width(picture)), Int(self.height(picture)))
    let pitch = unsafe Int(wordsPerRow(picture))
    guard width > 0, height > 0, pitch >= width else { return nil }
    var words: [UInt32] = []
    words.reserveCapacity(width * height)
    for row in 0..<height {
      unsafe words.append(
        contentsOf: UnsafeBufferPointer(start: base + row * pitch, count: width))
    }
    return Pixels(width: width, height: height, words: words)
  }
}
