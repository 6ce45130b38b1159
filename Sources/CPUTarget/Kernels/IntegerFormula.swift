import Codegen
import Operators
import Tensors

/// Writes formulas of integers, which wrap.
///
/// Quotients need a divisor that is a number and not 0: another one would have to be refused.
struct IntegerFormulaEmitter {
  let ir: IRBuilder
  let inputs: [IRValue]
  let lane: IRType
  let isSigned: Bool

  /// The value of `formula`; nil when there is no vector arithmetic for it.
  func emit(_ formula: Scalar) -> IRValue? {
    switch formula {
    case .input(let index): return inputs[index]
    case .constant(let number): return IntegerFormulaEmitter.whole(number).map { constant($0) }
    case .unary(let function, let operand): return emit(operand).flatMap { unary(function, $0) }
    case .binary(.power, let operand, .constant(let exponent)):
      return emit(operand).flatMap { power($0, exponent) }
    case .binary(let function, let operand, .constant(let divisor))
    where [.divide, .modulo, .remainder].contains(function):
      guard let x = emit(operand), let whole = IntegerFormulaEmitter.whole(divisor),
        whole > 0 || (isSigned && whole < 0)
      else { return nil }
      return quotient(function, x, whole)
    case .binary(let function, let first, let second):
      guard let x = emit(first), let y = emit(second) else { return nil }
      return binary(function, x, y)
    case .select(let condition, let first, let second):
      guard let c = emit(condition), let x = emit(first), let y = emit(second) else { return nil }
      return ir.select(ir.compare("ne", c, constant(0)), x, y)
    }
  }

  /// The integer that a number of a formula is; nil for those that only some types have.
  static func whole(_ number: Double) -> Int? {
    number.isFinite && abs(number) <= 0x1p53 ? Int(number.rounded(.towardZero)) : nil
  }

  private func constant(_ value: Int) -> IRValue { ir.constant(value, lane) }

  private func number(_ condition: IRValue) -> IRValue {
    ir.converted(condition, .zext, to: lane)
  }

  private func order(_ name: String, _ x: IRValue, _ y: IRValue) -> IRValue {
    ir.compare((isSigned ? "s" : "u") + name, x, y)
  }

  private func unary(_ function: Scalar.Unary, _ x: IRValue) -> IRValue? {
    switch function {
    case .negate: return ir.integer(.sub, constant(0), x)
    case .absolute:
      return isSigned
        ? ir.select(order("lt", x, constant(0)), ir.integer(.sub, constant(0), x), x) : x
    case .sign:
      let positive = number(order("gt", x, constant(0)))
      return isSigned
        ? ir.select(order("lt", x, constant(0)), constant(-1), positive) : positive
    case .not: return number(ir.compare("eq", x, constant(0)))
    case .isNaN, .isInfinite: return constant(0)
    case .bitwiseNot: return ir.integer(.xor, x, constant(-1))
    case .floor, .ceil, .truncate, .roundToEven: return x
    default: return nil
    }
  }

  private func binary(_ function: Scalar.Binary, _ x: IRValue, _ y: IRValue) -> IRValue? {
    switch function {
    case .add: ir.integer(.add, x, y)
    case .subtract: ir.integer(.sub, x, y)
    case .multiply: ir.integer(.mul, x, y)
    case .minimum: ir.select(order("lt", x, y), x, y)
    case .maximum: ir.select(order("gt", x, y), x, y)
    case .equal: number(ir.compare("eq", x, y))
    case .less: number(order("lt", x, y))
    case .greater: number(order("gt", x, y))
    case .bitwiseAnd: ir.integer(.and, x, y)
    case .bitwiseOr: ir.integer(.or, x, y)
    case .bitwiseXor: ir.integer(.xor, x, y)
    case .shiftLeft:
      ir.select(isShift(y), ir.integer(.shl, x, shift(y)), constant(0))
    case .shiftRight:
      isSigned
        ? ir.integer(.ashr, x, shift(y))
        : ir.select(isShift(y), ir.integer(.lshr, x, shift(y)), constant(0))
    case .divide, .modulo, .remainder, .power: nil
    }
  }

  /// Whether a number of bits leaves some; negative ones are large as numbers without a sign.
  private func isShift(_ y: IRValue) -> IRValue { ir.compare("ult", y, constant(bitCount)) }

  private func shift(_ y: IRValue) -> IRValue {
    ir.select(isShift(y), y, constant(bitCount - 1))
  }

  private var bitCount: Int { lane == .int32 ? 32 : 64 }

  private func quotient(_ function: Scalar.Binary, _ x: IRValue, _ divisor: Int) -> IRValue {
    if divisor == -1 {
      // The least number has no quotient by -1.
      return function == .divide ? ir.integer(.sub, constant(0), x) : constant(0)
    }
    let y = constant(divisor)
    if function == .divide { return ir.integer(isSigned ? .sdiv : .udiv, x, y) }
    let rest = ir.integer(isSigned ? .srem : .urem, x, y)
    if function == .remainder || !isSigned { return rest }
    // With the divisor's sign.
    let isOther = order(divisor < 0 ? "gt" : "lt", rest, constant(0))
    return ir.select(isOther, ir.integer(.add, rest, y), rest)
  }

  private func power(_ x: IRValue, _ exponent: Double) -> IRValue? {
    guard var rest = Int(exactly: exponent), (0...64).contains(rest) else { return nil }
    var (result, base) = (constant(1), x)
    while rest > 0 {
      if rest & 1 == 1 { result = ir.integer(.mul, result, base) }
      rest >>= 1
      if rest > 0 { base = ir.integer(.mul, base, base) }
    }
    return result
  }
}

/// What a formula of integers of 32 bits at most may give, when computed in 32 bits.
///
/// It must give the low bits of what 64 bits would: sums may wrap, but what wrapped may not be compared or divided.
enum IntegerExtent {
  case exact(ClosedRange<Int>)
  case wrapped

  /// The extent of `formula` over elements of `type`; nil when 64 bits are needed.
  init?(_ formula: Scalar, of type: ElementType) {
    guard let extent = IntegerExtent.extent(formula, type) else { return nil }
    self = extent
  }

  private static let all = Int(Int32.min)...Int(Int32.max)

  private static func fitting(_ least: Int, _ most: Int) -> IntegerExtent {
    least >= all.lowerBound && most <= all.upperBound ? .exact(least...most) : .wrapped
  }

  private var range: ClosedRange<Int>? {
    if case .exact(let range) = self { range } else { nil }
  }

  private static func extent(_ formula: Scalar, _ type: ElementType) -> IntegerExtent? {
    switch formula {
    case .input:
      if type == .bool { return .exact(0...1) }
      let (bits, isSigned) = (type.bitWidth, type.isSigned)
      return .exact(isSigned ? -(1 << (bits - 1))...(1 << (bits - 1)) - 1 : 0...(1 << bits) - 1)
    case .constant(let number):
      guard let whole = IntegerFormulaEmitter.whole(number), all.contains(whole) else { return nil }
      return .exact(whole...whole)
    case .unary(let function, let operand):
      guard let x = extent(operand, type) else { return nil }
      switch function {
      case .negate: return x.range.map { fitting(-$0.upperBound, -$0.lowerBound) } ?? .wrapped
      case .bitwiseNot: return x.range == nil ? .wrapped : .exact(all)
      case .absolute:
        return x.range.map { fitting(0, max(abs($0.lowerBound), abs($0.upperBound))) }
      case .sign, .not: return x.range == nil ? nil : .exact(-1...1)
      case .isNaN, .isInfinite: return .exact(0...0)
      default: return x
      }
    case .binary(let function, let first, let second):
      guard let x = extent(first, type), let y = extent(second, type) else { return nil }
      return joined(function, x, y)
    case .select(let condition, let first, let second):
      guard let c = extent(condition, type), c.range != nil, let x = extent(first, type),
        let y = extent(second, type)
      else { return nil }
      return union(x, y)
    }
  }

  private static func union(_ x: IntegerExtent, _ y: IntegerExtent) -> IntegerExtent {
    guard let a = x.range, let b = y.range else { return .wrapped }
    return .exact(min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound))
  }

  private static func joined(
    _ function: Scalar.Binary, _ x: IntegerExtent, _ y: IntegerExtent
  ) -> IntegerExtent? {
    let (a, b) = (x.range, y.range)
    switch function {
    case .add:
      guard let a, let b else { return .wrapped }
      return fitting(a.lowerBound + b.lowerBound, a.upperBound + b.upperBound)
    case .subtract:
      guard let a, let b else { return .wrapped }
      return fitting(a.lowerBound - b.upperBound, a.upperBound - b.lowerBound)
    case .multiply:
      guard let a, let b else { return .wrapped }
      let ends = [
        a.lowerBound * b.lowerBound, a.lowerBound * b.upperBound, a.upperBound * b.lowerBound,
        a.upperBound * b.upperBound,
      ]
      return fitting(ends.min() ?? 0, ends.max() ?? 0)
    case .power: return b == nil ? nil : .wrapped
    case .bitwiseAnd, .bitwiseOr, .bitwiseXor: return a == nil || b == nil ? .wrapped : .exact(all)
    case .shiftLeft: return b == nil ? nil : .wrapped
    case .equal, .less, .greater: return a == nil || b == nil ? nil : .exact(0...1)
    case .minimum, .maximum: return a == nil || b == nil ? nil : union(x, y)
    case .divide:
      // The least number divided by -1 is one more than the largest.
      return a == nil || b == nil ? nil : .wrapped
    case .modulo, .remainder, .shiftRight: return a == nil || b == nil ? nil : .exact(all)
    }
  }
}
