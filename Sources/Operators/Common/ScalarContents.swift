import Tensors

extension Scalar {
  /// The formula's value for operands of `type` that are symbolic integers; nil where it can't be decided.
  ///
  /// Numbers are computed as evaluation does, wrapping included. Symbolic values stand for sizes: a type
  /// of 32 bits or more is taken to hold them.
  func evaluated(_ inputs: [Dimension], of type: ElementType) -> Dimension? {
    // Numbers at or above 2^63 have no place in contents.
    if type == .uint64, !inputs.allSatisfy({ Dimension(0).isKnown(lessOrEqual: $0) }) { return nil }
    if let numbers = constants(of: inputs) {
      let program = ScalarProgram<Int64>(self, blockLength: 1)
      let values = program.evaluate(1) { [Int64(numbers[$0])] }
      return values?.first.map { Dimension(Int($0)) }
    }
    return symbolic(inputs)
  }

  private func symbolic(_ inputs: [Dimension]) -> Dimension? {
    switch self {
    case .input(let index): return inputs[index]
    case .constant(let number): return Int(exactly: number).map { Dimension($0) }
    case .unary(let function, let x):
      return x.symbolic(inputs).flatMap { Scalar.apply(function, $0) }
    case .binary(let function, let x, let y):
      guard let x = x.symbolic(inputs), let y = y.symbolic(inputs) else { return nil }
      return Scalar.apply(function, x, y)
    case .select(let condition, let x, let y):
      guard let condition = condition.symbolic(inputs) else { return nil }
      if condition == 0 { return y.symbolic(inputs) }
      if condition.isKnown(notEqual: 0) { return x.symbolic(inputs) }
      let (x, y) = (x.symbolic(inputs), y.symbolic(inputs))
      return x == y ? x : nil
    }
  }

  private static func apply(_ function: Unary, _ x: Dimension) -> Dimension? {
    if let number = x.constant {
      return Int64.apply(function, [Int64(number)]).first.map { Dimension(Int($0)) }
    }
    switch function {
    case .negate: return 0 - x
    case .absolute:
      return Dimension(0).isKnown(lessOrEqual: x) ? x : x.isKnown(lessOrEqual: 0) ? 0 - x : nil
    case .sign:
      return Dimension(1).isKnown(lessOrEqual: x) ? 1 : x.isKnown(lessOrEqual: -1) ? -1 : nil
    case .not: return x.isKnown(notEqual: 0) ? 0 : nil
    case .bitwiseNot: return -1 - x
    case .floor, .ceil, .truncate, .roundToEven: return x
    case .isNaN, .isInfinite: return 0
    default: return nil
    }
  }

  private static func apply(_ function: Binary, _ x: Dimension, _ y: Dimension) -> Dimension? {
    if let a = x.constant, let b = y.constant {
      return Int64.apply(function, [Int64(a)], [Int64(b)])?.first.map { Dimension(Int($0)) }
    }
    switch function {
    case .add: return x + y
    case .subtract: return x - y
    case .multiply: return x * y
    case .divide, .remainder:
      // Cutting off toward zero is flooring only for numbers that are not negative.
      guard Dimension(0).isKnown(lessOrEqual: x), Dimension(1).isKnown(lessOrEqual: y) else {
        return nil
      }
      return function == .divide ? x.floorDivided(by: y) : x.modulo(y)
    case .modulo: return Dimension(1).isKnown(lessOrEqual: y) ? x.modulo(y) : nil
    case .minimum: return .minimum(x, y)
    case .maximum: return .maximum(x, y)
    case .equal: return x == y ? 1 : x.isKnown(notEqual: y) ? 0 : nil
    case .less: return (x + 1).isKnown(lessOrEqual: y) ? 1 : y.isKnown(lessOrEqual: x) ? 0 : nil
    case .greater: return apply(.less, y, x)
    case .power: return y == 2 ? x * x : y == 1 ? x : nil
    case .bitwiseAnd, .bitwiseOr, .bitwiseXor, .shiftLeft, .shiftRight: return nil
    }
  }
}

extension ElementType {
  /// What a tensor of this integer or bool type holds when `value` is stored; nil if that is unknown.
  func contents(of value: Dimension) -> Dimension? {
    if self == .bool {
      return value == 0 ? 0 : value.isKnown(notEqual: 0) ? 1 : nil
    }
    guard isInteger else { return nil }
    let width = packedBitWidth
    let limit = self == .uint64 ? 63 : isSigned ? width - 1 : width
    if let number = value.constant {
      if width == 64 { return isSigned || number >= 0 ? value : nil }
      let gap = Int.bitWidth - width
      let low = number << gap
      return Dimension(isSigned ? low >> gap : Int(UInt(bitPattern: low) >> UInt(gap)))
    }
    if !isSigned, !Dimension(0).isKnown(lessOrEqual: value) { return nil }
    if width >= 32 { return value }
    let least = isSigned ? Dimension(-(1 << limit)) : 0
    return least.isKnown(lessOrEqual: value)
      && value.isKnown(lessOrEqual: Dimension(1 << limit - 1)) ? value : nil
  }
}
