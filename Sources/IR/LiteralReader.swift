import Support
import Tensors

/// Makes literals of the text of their elements.
struct LiteralReader: ElementVisitor {
  let text: Substring
  let shape: Shape

  /// Strides may leave this many places free, or this many for each element.
  private static let allowedGap = 16

  /// - Throws: `invalidProgram` when an element is not of the shape's type, `invalidArgument` when their
  ///   number differs from the shape's, `unsupported` for strides that leave far more room than needed.
  static func literal(_ text: Substring, _ shape: Shape) throws(MIGraphXError) -> Literal {
    var reader = LiteralReader(text: text, shape: shape)
    if let result = shape.elementType.visit(&reader) { return try result.get() }
    var scanner = TextScanner("{\(text)}"[...], number: 0, symbols: [:])
    let strings = try scanner.names("{", "}")
    guard let (lens, strides) = try reader.layout(count: strings.count) else {
      return Literal(try Argument(strings: strings, lens: shape.lens ?? []))
    }
    let memory = reader.arranged(strings, lens, strides, filler: "")
    let flat = try Argument(strings: memory, lens: [memory.count])
    return Literal(try flat.view(lens: lens, strides: strides))
  }

  func visit<Element: TensorElement>(_ type: Element.Type) -> Result<Literal, MIGraphXError> {
    Result { () throws(MIGraphXError) in
      var elements: [Element] = []
      if !text.trimmingSpaces.isEmpty {
        for word in text.utf8.split(
          separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        {
          let word = Substring(word).trimmingSpaces
          guard let element = element(word, type) else {
            throw MIGraphXError(
              .invalidProgram, "'\(word)' is no element of type \(type.elementType.rawValue)")
          }
          elements.append(element)
        }
      }
      guard let (lens, strides) = try layout(count: elements.count) else {
        return try Literal(elements, lens: shape.lens ?? [])
      }
      let memory = arranged(elements, lens, strides, filler: .zero)
      let flat = try Argument(memory, lens: [memory.count])
      return Literal(try flat.view(lens: lens, strides: strides))
    }
  }

  private func element<Element: TensorElement>(_ word: String, _ type: Element.Type) -> Element? {
    switch type.elementType {
    case .double: return Double(word).map { Element(converting: $0) }
    case let type where type.isFloatingPoint:
      return Float(word).map { Element(converting: $0) }
    case .uint64: return UInt64(word).map { Element(converting: Int64(bitPattern: $0)) }
    default:
      guard let number = Int64(word) else { return nil }
      let element = Element(converting: number)
      return element.asInt64 == number ? element : nil
    }
  }

  /// The sizes and strides; nil if `count` elements in their order are the literal's memory.
  private func layout(
    count: Int
  ) throws(MIGraphXError) -> (lens: [Int], strides: [Int])? {
    guard let lens = shape.lens, let strides = constants(of: shape.strides),
      shape.strides != shape.standard.strides
    else { return nil }
    guard shape.elementCount == Dimension(count) else {
      throw MIGraphXError(
        .invalidArgument, "\(shape) has \(shape.elementCount) elements; \(count) were given")
    }
    let allowed = LiteralReader.allowedGap * max(count, LiteralReader.allowedGap)
    guard strides.allSatisfy({ $0 >= 0 }),
      shape.elementSpan.isKnown(lessOrEqual: Dimension(allowed))
    else {
      throw MIGraphXError(
        .unsupported, "a literal of shape \(shape) takes more than \(allowed) places in memory")
    }
    return (lens, strides)
  }

  /// `elements`, which come in row-major order, in the order of memory.
  private func arranged<Element>(
    _ elements: [Element], _ lens: [Int], _ strides: [Int], filler: Element
  ) -> [Element] {
    var memory = Array(repeating: filler, count: shape.elementSpan.constant ?? 0)
    for (number, element) in elements.enumerated() {
      var (rest, position) = (number, 0)
      for axis in lens.indices.reversed() {
        position += rest % lens[axis] * strides[axis]
        rest /= lens[axis]
      }
      memory[position] = element
    }
    return memory
  }
}
