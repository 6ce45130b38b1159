import Support
import Tensors

/// Tensors in NumPy's `.npy` files.
///
/// Reads versions 1 to 3 of the format, both byte orders and both orders of axes. Writes version 1,
/// little-endian, row-major. Element types are bool, half, float, double and the integers.
public enum NumPyFile {
  /// Reads the tensor in the file at `path`, which must hold nothing else.
  ///
  /// - Throws: `system` when the file can't be opened, `invalidFile` when it is damaged,
  ///   `unsupported` for element types that tensors don't have, `limitExceeded` when it is too large.
  public static func read(_ path: String) throws(MIGraphXError) -> Argument {
    try read(MappedFile(path: path))
  }

  /// Whether a mapped file begins like a `.npy` file.
  public static func recognizes(_ file: MappedFile) throws(MIGraphXError) -> Bool {
    try file.bytes(0..<min(file.count, NumPyHeader.magic.count)) == NumPyHeader.magic
  }

  /// Reads the tensor in a mapped file, which must hold nothing else. See ``read(_:)-(String)``.
  public static func read(_ file: MappedFile) throws(MIGraphXError) -> Argument {
    try trace("reading '\(file.path)'") { () throws(MIGraphXError) in
      try read(from: ByteSource(file, 0..<file.count))
    }
  }

  /// Writes `argument` to a file at `path` that NumPy's `load` reads.
  ///
  /// - Throws: `unsupported` for bfloat16 and text, which NumPy's format has no type for; `system`
  ///   when the file can't be written. Then whatever stood at `path` is unchanged.
  public static func write(_ argument: Argument, to path: String) throws(MIGraphXError) {
    try trace("writing '\(path)'") { () throws(MIGraphXError) in
      let header = try NumPyHeader(for: argument).bytes
      let file = try AtomicFile(path: path)
      try file.write(header)
      try argument.withDenseBytes { (bytes) throws(MIGraphXError) in try file.write(bytes) }
      try file.commit()
    }
  }

  /// Reads a tensor that makes up all of `source`.
  static func read(from source: ByteSource) throws(MIGraphXError) -> Argument {
    let start = try source.read(NumPyHeader.magic.count + 2)
    guard start.starts(with: NumPyHeader.magic) else {
      throw MIGraphXError(.invalidFile, "this is no NumPy file: it doesn't start as one")
    }
    let (major, minor) = (start[start.count - 2], start[start.count - 1])
    guard (1...3).contains(major), minor == 0 else {
      throw MIGraphXError(
        .unsupported, "version \(major).\(minor) of NumPy's format; 1.0, 2.0 and 3.0 are supported")
    }
    let length = try source.read(major == 1 ? 2 : 4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= NumPyHeader.maximumTextLength else {
      throw MIGraphXError(
        .limitExceeded,
        "a NumPy header of \(length) bytes; at most \(NumPyHeader.maximumTextLength) are read")
    }
    let header = try NumPyHeader(parsing: source.read(length))
    let byteCount = try header.dataByteCount()
    // An empty tensor's file has no elements, whatever its other axes say.
    guard byteCount == source.remaining else {
      throw MIGraphXError(
        .invalidFile,
        "the elements need \(byteCount) bytes; \(source.remaining) bytes follow the header")
    }
    let storage = try source.readStorage(byteCount)
    try source.finish()
    normalise(storage, header)
    if !header.isFortranOrder {
      let strides = constants(of: Shape(header.elementType, lens: header.lens).strides) ?? []
      return try Argument(storage, header.elementType, lens: header.lens, strides: strides)
    }
    var strides: [Int] = []
    var stride = 1
    for len in header.lens {
      strides.append(stride)
      stride *= max(1, len)
    }
    return try Argument(storage, header.elementType, lens: header.lens, strides: strides)
      .contiguous()
  }
}
