import Support

extension Argument {
  /// The elements in row-major order, converted to `target`, which may differ from the argument's type.
  ///
  /// Integers wrap, fractions are cut off and clamp; see ``TensorElement``. Strings have no numbers: empty.
  public func converted<Target: TensorElement>(to target: Target.Type) -> [Target] {
    if elementType == target.elementType { return elements(as: target) }
    var reader = Reader<Target>(argument: self)
    return elementType.visit(&reader) ?? []
  }

  /// A standard copy whose elements are converted to `type`.
  ///
  /// - Throws: `unsupported` when either type is text and the other is not, `limitExceeded` when a
  ///   copy is larger than the machine's memory.
  public func converted(toElementType type: ElementType) throws(MIGraphXError) -> Argument {
    if type == elementType { return try contiguous() }
    try checkCopy(to: type)
    var converter = Converter(argument: self)
    guard elementType != .string, let result = type.visit(&converter) else {
      throw MIGraphXError(
        .unsupported, "conversion from \(elementType.rawValue) to \(type.rawValue)")
    }
    return try result.get()
  }

  /// Checks that a copy fits into memory: a view may repeat elements more often than memory could hold them.
  func checkCopy(to type: ElementType) throws(MIGraphXError) {
    let byteCount = Swift.max(
      type.byteCount(of: elementCount), elementType.byteCount(of: elementCount))
    guard byteCount <= Storage.maximumByteCount else {
      throw MIGraphXError(
        .limitExceeded,
        "a copy of \(shape) takes \(byteCount) bytes; this machine has \(Storage.maximumByteCount)")
    }
  }

  /// This argument if it is standard, else a standard copy.
  ///
  /// - Throws: `limitExceeded` when the copy is larger than the machine's memory.
  public func contiguous() throws(MIGraphXError) -> Argument {
    isStandard ? self : try copied()
  }

  /// A standard copy in memory of its own.
  ///
  /// - Throws: `limitExceeded` when it is larger than the machine's memory.
  public func copied() throws(MIGraphXError) -> Argument {
    try checkCopy(to: elementType)
    if elementType == .string { return try Argument(strings: stringElements, lens: lens) }
    let copy = try Argument(zeros: Shape(elementType, lens: lens))
    try copy.copyElements(from: self)
    return copy
  }
}

extension Argument {
  /// A copy in memory of its own with the same strides, which must not be negative.
  ///
  /// - Throws: `unsupported` for negative strides, `limitExceeded` when there is no memory.
  public func copiedAsItLies() throws(MIGraphXError) -> Argument {
    guard strides.allSatisfy({ $0 >= 0 }), let span = shape.elementSpan.constant else {
      throw MIGraphXError(.unsupported, "a copy of {\(shape)} with its negative strides")
    }
    let flat = try view(lens: [span], strides: [1]).copied()
    return try flat.view(lens: lens, strides: strides)
  }
}

extension RuntimeValue {
  /// The value with all tensors in memory of their own.
  ///
  /// - Throws: `limitExceeded` when it is larger than the machine's memory.
  public func copied() throws(MIGraphXError) -> RuntimeValue {
    switch self {
    case .tensor(let argument): return .tensor(try argument.copied())
    case .tuple(let parts): return .tuple(try parts.copied())
    case .sequence(let elements, let type):
      return .sequence(try elements.copied(), element: type)
    case .optional(let wrapped, let type):
      return .optional(try wrapped?.copied(), wrapped: type)
    }
  }
}

extension [RuntimeValue] {
  fileprivate func copied() throws(MIGraphXError) -> [RuntimeValue] {
    var copies: [RuntimeValue] = []
    for value in self { copies.append(try value.copied()) }
    return copies
  }
}

private struct Reader<Target: TensorElement>: ElementVisitor {
  let argument: Argument
  func visit<Element: TensorElement>(_ type: Element.Type) -> [Target] {
    let elements = argument.elements(as: type)
    switch Target.elementType {
    case .float: return elements.map { Target(converting: $0.asFloat) }
    case .double, .half: return elements.map { Target(converting: $0.asDouble) }
    case let type where type.isFloatingPoint:
      return elements.map { element in
        (element as? any FixedWidthInteger).map { Target(converting: $0.doubleRoundedToOdd) }
          ?? Target(converting: element.asDouble)
      }
    default:
      return type.elementType.isFloatingPoint
        ? elements.map { Target(converting: $0.asDouble) }
        : elements.map { Target(converting: $0.asInt64) }
    }
  }
}

private struct Converter: ElementVisitor {
  let argument: Argument
  func visit<Target: TensorElement>(_ type: Target.Type) -> Result<Argument, MIGraphXError> {
    Result { () throws(MIGraphXError) in
      try Argument(argument.converted(to: type), lens: argument.lens)
    }
  }
}
