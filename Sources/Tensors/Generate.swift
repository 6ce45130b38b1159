import Support

/// The xorshift generator with 96 bits of state that MIGraphX fills tensors with.
private struct XorShift96 {
  private var x: UInt64
  private var y: UInt64 = 362_436_069
  private var z: UInt64

  init(seed: UInt64) {
    x = 123_456_789
    z = 521_288_629 ^ seed
  }

  mutating func next() -> UInt64 {
    x ^= x << 16
    x ^= x >> 5
    x ^= x << 1
    let t = x
    x = y
    y = z
    z = t ^ x ^ y
    return z
  }
}

/// Makes a tensor of deterministic values for a shape of fixed size.
///
/// The same shape and seed always give the same values. Floating-point elements are multiples of 1/16
/// in [-1, 1), signed integers of `b` bytes lie in (-2^(5b-1), 2^(5b-1)], unsigned ones in [0, 2^(5b)); `5b` is
/// 2 for 4-bit integers and 1 for 2-bit ones.
///
/// - Throws: `invalidShape` for a symbolic shape, `unsupported` for text, `limitExceeded` when too large.
public func generateArgument(_ shape: Shape, seed: UInt64 = 0) throws(MIGraphXError) -> Argument {
  try shape.validate()
  guard let span = shape.elementSpan.constant, span >= 0, let lens = shape.lens,
    let strides = constants(of: shape.strides)
  else {
    throw MIGraphXError(
      .invalidShape,
      "random values for \(shape) need sizes that are numbers and strides that are not negative")
  }
  guard shape.byteCount.constant.map({ $0 <= Storage.maximumByteCount }) ?? false else {
    throw MIGraphXError(.limitExceeded, "\(shape) is larger than this machine's memory")
  }
  var generator = Generator(count: span, seed: seed)
  guard let flat = shape.elementType.visit(&generator) else {
    throw MIGraphXError(.unsupported, "random values of type \(shape.elementType.rawValue)")
  }
  return try Argument(flat.get().storage, shape.elementType, lens: lens, strides: strides)
}

/// Makes a literal of deterministic values. See ``generateArgument(_:seed:)``.
public func generateLiteral(_ shape: Shape, seed: UInt64 = 0) throws(MIGraphXError) -> Literal {
  Literal(try generateArgument(shape, seed: seed))
}

private struct Generator: ElementVisitor {
  let count: Int
  let seed: UInt64

  func visit<Element: TensorElement>(_ type: Element.Type) -> Result<Argument, MIGraphXError> {
    var random = XorShift96(seed: seed)
    let elementType = type.elementType
    let range: UInt64 = elementType == .bool ? 2 : 1 << UInt64(5 * elementType.packedBitWidth / 8)
    let elements = (0..<count).map { _ in
      let value = random.next()
      if elementType.isFloatingPoint {
        return Element(converting: Double(value % 32) / 16 - 1)
      }
      let offset = Int64(value % range)
      return Element(converting: elementType.isSigned ? Int64(range / 2) - offset : offset)
    }
    return Result { () throws(MIGraphXError) in try Argument(elements, lens: [count]) }
  }
}
