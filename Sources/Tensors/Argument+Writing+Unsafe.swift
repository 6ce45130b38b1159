import Glibc
import Support

extension Argument {
  /// Writes the elements of `source` over this tensor's own, in place. Views of the memory see the change.
  ///
  /// Axes along which this tensor repeats its elements cost nothing.
  ///
  /// - Throws: `invalidShape` when the tensors differ in element type or sizes, `unsupported` for text,
  ///   `limitExceeded` when there are more elements than memory could hold.
  public func copyElements(from source: Argument) throws(MIGraphXError) {
    guard source.elementType == elementType, source.lens == lens else {
      throw MIGraphXError(.invalidShape, "{\(source.shape)} can't be written to {\(shape)}")
    }
    if lens.contains(0) { return }
    // What is written must not change what is still to be read.
    var source = source
    if overlaps(source) { source = try source.copied() }
    // An element that several places share gets what the last of them has.
    var (target, places) = (self, lens)
    for (axis, stride) in strides.enumerated() where stride == 0 && places[axis] > 1 {
      source = try source.last(along: axis)
      places[axis] = 1
      target = try target.view(lens: places, strides: target.strides)
    }
    try target.checkCopy(to: elementType)
    var writer = ElementWriter(target: target, source: source)
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

  /// The part that has the last position along `axis`.
  private func last(along axis: Int) throws(MIGraphXError) -> Argument {
    var places = lens
    places[axis] = 1
    return try view(
      lens: places, strides: strides, elementOffset: (lens[axis] - 1) * strides[axis])
  }

  /// Whether the memory of both has bytes in common.
  private func overlaps(_ other: Argument) -> Bool {
    unsafe storage.withUnsafeBytes { mine in
      unsafe other.storage.withUnsafeBytes { others in
        guard let a = mine.baseAddress, let b = others.baseAddress else { return false }
        return unsafe a < b + others.count && b < a + mine.count
      }
    }
  }

  /// Calls `body` with the element offsets, here and in `other`, and the length of each innermost row.
  /// `other` has the same sizes.
  fileprivate func forEachRow(
    with other: Argument, _ body: (_ offset: Int, _ otherOffset: Int, _ length: Int) -> Void
  ) {
    if lens.contains(0) { return }
    let outer = lens.dropLast()
    var index = [Int](repeating: 0, count: outer.count)
    var (offset, otherOffset) = (0, 0)
    while true {
      body(offset, otherOffset, lens.last ?? 1)
      var axis = outer.count - 1
      while axis >= 0 {
        index[axis] += 1
        offset += strides[axis]
        otherOffset += other.strides[axis]
        if index[axis] < lens[axis] { break }
        offset -= lens[axis] * strides[axis]
        otherOffset -= lens[axis] * other.strides[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}

/// Copies elements from one place to another, without room for them in between.
private struct ElementWriter: ElementVisitor {
  let target: Argument
  let source: Argument

  func visit<Element: TensorElement>(_ type: Element.Type) {
    let width = MemoryLayout<Element>.size
    let (step, sourceStep) = (target.strides.last ?? 1, source.strides.last ?? 1)
    let (target, source) = (target, source)
    unsafe target.storage.withUnsafeMutableBytes { bytes in
      unsafe source.storage.withUnsafeBytes { sourceBytes in
        guard let base = bytes.baseAddress, let sourceBase = sourceBytes.baseAddress else { return }
        let start = unsafe base + target.byteOffset
        let sourceStart = unsafe sourceBase + source.byteOffset
        if target.isStandard && source.isStandard {
          unsafe memcpy(start, sourceStart, target.elementCount * width)
          return
        }
        target.forEachRow(with: source) { offset, sourceOffset, length in
          for index in 0..<length {
            unsafe start.storeBytes(
              of: sourceStart.loadUnaligned(
                fromByteOffset: (sourceOffset + index * sourceStep) * width, as: Element.self),
              toByteOffset: (offset + index * step) * width, as: Element.self)
          }
        }
      }
    }
  }
}
