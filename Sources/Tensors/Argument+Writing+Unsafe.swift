import Support

extension Argument {
  /// Writes the elements of `source` over this tensor's own, in place. Views of the memory see the change.
  ///
  /// - Throws: `invalidShape` when the tensors differ in element type or sizes, `unsupported` for text,
  ///   `limitExceeded` when they repeat elements more often than memory could hold them.
  public func copyElements(from source: Argument) throws(MIGraphXError) {
    guard source.elementType == elementType, source.lens == lens else {
      throw MIGraphXError(.invalidShape, "{\(source.shape)} can't be written to {\(shape)}")
    }
    try checkCopy(to: elementType)
    var writer = ElementWriter(target: self, source: source)
    guard elementType.visit(&writer) != nil else {
      throw MIGraphXError(.unsupported, "text can't be written in place")
    }
  }

  /// Sets every element to `value`, converted to the element type, in place.
  ///
  /// - Throws: see ``copyElements(from:)``.
  public func fill(_ value: Double) throws(MIGraphXError) {
    try copyElements(
      from: Argument([value], lens: []).converted(toElementType: elementType)
        .view(lens: lens, strides: lens.map { _ in 0 }))
  }
}

private struct ElementWriter: ElementVisitor {
  let target: Argument
  let source: Argument

  func visit<Element: TensorElement>(_ type: Element.Type) {
    let width = MemoryLayout<Element>.size
    let elements = source.elements(as: type)
    unsafe target.storage.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress, !elements.isEmpty else { return }
      let start = unsafe base + target.byteOffset
      var position = 0
      target.forEachRow { offset, length, stride in
        for index in 0..<length {
          unsafe start.storeBytes(
            of: elements[position], toByteOffset: (offset + index * stride) * width,
            as: Element.self)
          position += 1
        }
      }
    }
  }
}
