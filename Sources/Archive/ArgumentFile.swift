import Support
import Tensors

extension Argument {
  /// Saves the tensor as a `.mxr` file, which appears complete or not at all.
  ///
  /// - Throws: `unsupported` when its memory is a device's, `system` when the file can't be written.
  public func save(
    to path: String, format: ArchiveFormat = .binary
  ) throws(MIGraphXError) {
    try trace("saving '\(path)'") { () throws(MIGraphXError) in
      let contents = try makeContents()
      var file = try AtomicFile(path: path)
      try contents.write(to: &file, format, key: nil, codeKey: nil)
      try file.commit()
    }
  }

  /// The bytes of the file that ``save(to:format:)`` makes.
  public func archived(format: ArchiveFormat = .binary) throws(MIGraphXError) -> [UInt8] {
    var sink = MemorySink()
    try makeContents().write(to: &sink, format, key: nil, codeKey: nil)
    return sink.bytes
  }

  /// Loads a tensor into memory of its own.
  ///
  /// - Throws: `system` when the file can't be opened, `invalidFile` when it is no `.mxr` file, damaged or that of
  ///   a program, `unsupported` when it is of another version.
  public init(loading path: String) throws(MIGraphXError) {
    self = try trace("loading '\(path)'") { () throws(MIGraphXError) in
      try Argument(MappedFile(path: path))
    }
  }

  /// Loads a tensor from a file in memory. See ``init(loading:)``.
  public init(archived bytes: [UInt8]) throws(MIGraphXError) {
    try self.init(MappedFile(bytes: bytes))
  }

  private init(_ file: MappedFile) throws(MIGraphXError) {
    let container = try ArchiveContents.open(file, .argument, key: nil)
    try container.verify()
    let tensor = try JSON.value(ArchiveContents.Tensor.self, from: container.bytes(.tensor))
    guard let type = ElementType(rawValue: tensor.type) else {
      throw MIGraphXError(.invalidFile, "'\(tensor.type)' is no element type")
    }
    guard tensor.lens.count == tensor.strides.count else {
      throw MIGraphXError(
        .invalidFile,
        "\(tensor.lens.count) sizes need as many strides, not \(tensor.strides.count)")
    }
    self = try container.literalStore()
      .argument(tensor.elements, type, lens: tensor.lens, strides: tensor.strides).copied()
  }

  private func makeContents() throws(MIGraphXError) -> ArchiveContents {
    var header = ArchiveHeader(kind: .argument)
    header.outputs = [.init(name: "", type: "\(shape)")]
    var contents = ArchiveContents(header: header)
    var pool = LiteralPool()
    let index = pool.add(self)
    try pool.finish()
    contents.tensor = .init(
      type: elementType.rawValue, lens: lens, strides: strides, elements: pool.references[index])
    contents.regions = pool.regions
    return contents
  }

  /// The same tensor in memory of its own, which nothing else uses.
  private func copied() throws(MIGraphXError) -> Argument {
    if storage.strings != nil { return self }
    let copy = try storage.withBytes(0..<storage.byteCount) { (bytes) throws(MIGraphXError) in
      try Storage.copying(bytes)
    }
    return try Argument(copy, elementType, lens: lens, strides: strides, byteOffset: byteOffset)
  }
}
