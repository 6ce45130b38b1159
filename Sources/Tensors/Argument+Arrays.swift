import Support

extension Argument {
  /// Copies `bytes` into a new tensor: elements in row-major order, as this machine stores them.
  ///
  /// - Throws: `invalidArgument` when their number is not what the elements take, `unsupported` for text,
  ///   `invalidShape` or `limitExceeded` for sizes that no tensor has.
  public init(
    bytes: RawSpan, _ elementType: ElementType, lens: [Int]
  ) throws(MIGraphXError) {
    guard elementType != .string else {
      throw MIGraphXError(.unsupported, "bytes can't be read as text; its length is not known")
    }
    let shape = Shape(elementType, lens: lens)
    try shape.validate()
    guard let strides = constants(of: shape.strides),
      shape.byteCount == Dimension(bytes.byteCount)
    else {
      throw MIGraphXError(
        .invalidArgument,
        "{\(shape)} takes \(shape.byteCount) bytes; \(bytes.byteCount) were given")
    }
    try self.init(Storage.copying(bytes), elementType, lens: lens, strides: strides)
  }

  /// Copies `elements`, in row-major order, into a new tensor of type bool.
  ///
  /// - Throws: `invalidArgument` when their number is not the product of `lens`.
  public init(_ elements: [Bool], lens: [Int]) throws(MIGraphXError) {
    try self.init(elements.map { Bool8($0) }, lens: lens)
  }

  /// Checks that the elements are of type `wanted`.
  fileprivate func require(_ wanted: ElementType) throws(MIGraphXError) {
    guard elementType == wanted else {
      throw MIGraphXError(
        .invalidArgument,
        "the elements are of type \(elementType.rawValue) and were read as \(wanted.rawValue)")
    }
  }
}

extension Array where Element: TensorElement {
  /// Copies the elements of `argument`, in row-major order. ``Argument/converted(to:)`` converts them too.
  ///
  /// - Throws: `invalidArgument` when the argument's elements are of another type.
  public init(_ argument: Argument) throws(MIGraphXError) {
    try argument.require(Element.elementType)
    self = argument.elements(as: Element.self)
  }
}

extension Array where Element == Bool {
  /// Copies the elements of `argument`, in row-major order.
  ///
  /// - Throws: `invalidArgument` when the argument's elements are not of type bool.
  public init(_ argument: Argument) throws(MIGraphXError) {
    self = try [Bool8](argument).map(\.value)
  }
}

extension Array where Element == String {
  /// Copies the elements of `argument`, in row-major order.
  ///
  /// - Throws: `invalidArgument` when the argument's elements are not text.
  public init(_ argument: Argument) throws(MIGraphXError) {
    try argument.require(.string)
    self = argument.stringElements
  }
}
