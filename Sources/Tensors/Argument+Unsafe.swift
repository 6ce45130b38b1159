import Support

/// A tensor in memory: storage, where in it the first element lies, and a shape of fixed size.
///
/// Copies and views share the storage.
public struct Argument: Sendable {
  /// The memory, which this argument may share with others.
  public let storage: Storage
  /// The type of each element.
  public let elementType: ElementType
  /// The size of each axis.
  public let lens: [Int]
  /// The distance in elements between neighbours along each axis.
  public let strides: [Int]
  /// Where the first element lies in the storage, in bytes, not always a multiple of its size; for text, in strings.
  public let byteOffset: Int

  /// Makes a view of `storage`.
  ///
  /// - Throws: `invalidArgument` when an element lies outside of the storage.
  public init(
    _ storage: Storage, _ elementType: ElementType, lens: [Int], strides: [Int], byteOffset: Int = 0
  ) throws(MIGraphXError) {
    guard lens.count == strides.count else {
      throw MIGraphXError(
        .invalidArgument, "\(lens.count) sizes need as many strides, not \(strides.count)")
    }
    guard (elementType == .string) == (storage.strings != nil) else {
      throw MIGraphXError(
        .invalidArgument, "this memory can't hold elements of type \(elementType.rawValue)")
    }
    let shape = Shape(elementType, lens: lens, strides: strides)
    try shape.validate()
    let available = storage.strings?.count ?? storage.byteCount
    let isEmpty = lens.contains(0)
    // Both limits keep every sum below far from the ends of `Int`.
    let limit = Shape.maximumByteCount
    var isInside = byteOffset.magnitude <= limit
    var range = (lower: 0, upper: 0)
    for (len, stride) in zip(lens, strides) where len > 0 {
      let (reach, overflow) = (len - 1).multipliedReportingOverflow(by: stride)
      guard !overflow, reach.magnitude <= limit else {
        isInside = false
        continue
      }
      if reach < 0 { range.lower += reach } else { range.upper += reach }
    }
    let width = max(1, elementType.byteCount(of: 1))
    if isInside {
      isInside =
        range.lower * width + byteOffset >= 0
        && (range.upper + 1) * width + byteOffset <= available
    }
    guard isInside || isEmpty else {
      let unit = elementType == .string ? "strings" : "bytes"
      throw MIGraphXError(
        .invalidArgument,
        "\(shape) at offset \(byteOffset) reaches outside of its memory of \(available) \(unit)")
    }
    self.storage = storage
    self.elementType = elementType
    self.lens = lens
    self.strides = shape.strides.compactMap(\.constant)
    self.byteOffset = isEmpty ? 0 : byteOffset
  }

  /// Allocates a tensor of zeros for a shape of fixed size.
  ///
  /// - Throws: `invalidShape` for a symbolic shape, `limitExceeded` when it is too large.
  public init(zeros shape: Shape) throws(MIGraphXError) {
    try shape.validate()
    guard let lens = shape.lens, let strides = constants(of: shape.strides),
      let byteCount = shape.byteCount.constant
    else {
      throw MIGraphXError(.invalidShape, "memory for \(shape) needs sizes that are numbers")
    }
    if shape.elementType == .string {
      // A string takes 16 bytes by itself.
      guard let count = shape.elementSpan.constant, count >= 0,
        count <= Storage.maximumByteCount / 16
      else { throw MIGraphXError(.limitExceeded, "\(shape) doesn't fit this machine's memory") }
      try self.init(
        Storage(strings: Array(repeating: "", count: count)), .string, lens: lens,
        strides: strides)
      return
    }
    try self.init(
      Storage.allocate(byteCount: byteCount), shape.elementType, lens: lens, strides: strides)
  }

  /// Copies `elements`, in row-major order, into a new tensor.
  ///
  /// - Throws: `invalidArgument` when their number is not the product of `lens`.
  public init<Element: TensorElement>(_ elements: [Element], lens: [Int]) throws(MIGraphXError) {
    let shape = Shape(Element.elementType, lens: lens)
    try shape.validate()
    guard shape.elementCount == Dimension(elements.count) else {
      throw MIGraphXError(
        .invalidArgument,
        "\(shape) has \(shape.elementCount) elements; \(elements.count) were given")
    }
    let storage = try unsafe Storage.copying(elements.span.bytes)
    try self.init(
      storage, Element.elementType, lens: lens, strides: constants(of: shape.strides) ?? [])
  }

  /// Copies `bytes` into a new tensor. See ``init(bytes:_:lens:)-(RawSpan,_,_)``.
  public init(
    bytes: [UInt8], _ elementType: ElementType, lens: [Int]
  ) throws(MIGraphXError) {
    try self.init(bytes: unsafe bytes.span.bytes, elementType, lens: lens)
  }

  /// Makes a tensor of text.
  ///
  /// - Throws: `invalidArgument` when the number of strings is not the product of `lens`.
  public init(strings: [String], lens: [Int]) throws(MIGraphXError) {
    let shape = Shape(.string, lens: lens)
    try shape.validate()
    guard shape.elementCount == Dimension(strings.count) else {
      throw MIGraphXError(
        .invalidArgument,
        "\(shape) has \(shape.elementCount) elements; \(strings.count) were given")
    }
    try self.init(
      Storage(strings: strings), .string, lens: lens, strides: constants(of: shape.strides) ?? [])
  }

  /// The shape.
  public var shape: Shape { Shape(elementType, lens: lens, strides: strides) }

  /// The number of axes.
  public var rank: Int { lens.count }

  /// The number of elements, counting repeated ones.
  public var elementCount: Int { lens.reduce(1, *) }

  /// Whether the elements lie in row-major order without gaps.
  public var isStandard: Bool {
    var expected = 1
    for (len, stride) in zip(lens, strides).reversed() where len != 1 {
      if stride != expected { return false }
      expected *= len
    }
    return true
  }

  /// A view of the same memory with other sizes and strides, its first element moved by `elementOffset`.
  ///
  /// - Throws: `invalidArgument` when an element lies outside of the memory.
  public func view(
    lens: [Int], strides: [Int], elementOffset: Int = 0
  ) throws(MIGraphXError) -> Argument {
    let (move, overflow) = elementOffset.multipliedReportingOverflow(
      by: max(1, elementType.byteCount(of: 1)))
    // An offset within memory is far from the ends of `Int`.
    return try Argument(
      storage, elementType, lens: lens, strides: strides,
      byteOffset: overflow ? .max : Dimension.sum(byteOffset, move))
  }

  /// The elements in row-major order.
  ///
  /// - Precondition: `type` stores this argument's element type.
  public func elements<Element: TensorElement>(as type: Element.Type) -> [Element] {
    precondition(type.elementType == elementType, "\(elementType) read as \(type.elementType)")
    let count = elementCount
    let width = MemoryLayout<Element>.size
    return unsafe storage.withUnsafeBytes { bytes in
      unsafe [Element](unsafeUninitializedCapacity: count) { buffer, initialised in
        initialised = count
        guard count > 0, let base = bytes.baseAddress,
          let target = UnsafeMutableRawPointer(buffer.baseAddress)
        else { return }
        let start = unsafe base + byteOffset
        if isStandard {
          unsafe target.copyMemory(from: start, byteCount: count * width)
          return
        }
        var position = 0
        forEachRow { offset, length, stride in
          for index in 0..<length {
            unsafe target.storeBytes(
              of: start.loadUnaligned(
                fromByteOffset: (offset + index * stride) * width, as: Element.self),
              toByteOffset: position * width, as: Element.self)
            position += 1
          }
        }
      }
    }
  }

  /// The text of a string tensor in row-major order; empty for other types.
  public var stringElements: [String] {
    guard let strings = storage.strings else { return [] }
    var result: [String] = []
    forEachRow { offset, length, stride in
      for index in 0..<length { result.append(strings[byteOffset + offset + index * stride]) }
    }
    return result
  }

  /// Calls `body` with the element offset, length and stride of each innermost row.
  func forEachRow(_ body: (Int, Int, Int) -> Void) {
    if lens.contains(0) { return }
    let outer = lens.dropLast()
    var index = [Int](repeating: 0, count: outer.count)
    var offset = 0
    while true {
      body(offset, lens.last ?? 1, strides.last ?? 1)
      var axis = outer.count - 1
      while axis >= 0 {
        index[axis] += 1
        offset += strides[axis]
        if index[axis] < lens[axis] { break }
        offset -= lens[axis] * strides[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }

  /// The bytes of the elements in row-major order, without gaps.
  public func withDenseBytes<Result, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if isStandard {
      return try unsafe storage.withUnsafeBytes { (bytes) throws(Failure) in
        let count = elementType.byteCount(of: elementCount)
        return try body(
          unsafe UnsafeRawBufferPointer(rebasing: bytes[byteOffset..<byteOffset + count]).bytes)
      }
    }
    var reader = DenseBytes(argument: self)
    let bytes = elementType.visit(&reader) ?? []
    return try unsafe body(bytes.span.bytes)
  }
}

private struct DenseBytes: ElementVisitor {
  let argument: Argument
  mutating func visit<Element: TensorElement>(_ type: Element.Type) -> [UInt8] {
    unsafe argument.elements(as: type).withUnsafeBytes { unsafe Array($0) }
  }
}
