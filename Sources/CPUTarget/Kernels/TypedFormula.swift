import Codegen
import Operators
import Tensors

/// A formula whose parts have element types of their own: what each operator gives is an element of its type.
indirect enum TypedFormula: Hashable, Sendable {
  /// The element of an operand.
  case operand(Int, ElementType)
  /// A formula of arguments, which are its inputs, in the arithmetic of the type `computed`.
  case operation(Scalar, [TypedFormula], computed: ElementType, result: ElementType)

  var type: ElementType {
    switch self {
    case .operand(_, let type): type
    case .operation(_, _, _, let result): result
    }
  }

  /// A formula over operands of one type.
  init(_ formula: Scalar, operandCount: Int, _ type: ElementType) {
    self = .operation(
      formula, (0..<operandCount).map { .operand($0, type) }, computed: type, result: type)
  }
}

/// Elements of tensors as vectors of the arithmetic in which formulas compute them.
///
/// Half-precision numbers are computed as floats, integers of up to 16 bits in 32, and conditions as masks.
struct ElementEmitter {
  let ir: IRBuilder

  /// The lanes of the vectors that hold elements of `type`; nil if there is no arithmetic for it.
  static func lane(_ type: ElementType) -> IRType? {
    switch type {
    case .bool: .bool
    case .int8, .uint8, .int16, .uint16, .int32: .int32
    case .uint32, .int64, .uint64: .int64
    case .half, .bfloat16, .float: .float
    case .double: .double
    default: nil
    }
  }

  /// The lanes of elements in memory.
  private static func stored(_ type: ElementType) -> IRType {
    switch type {
    case .float: .float
    case .double: .double
    case _ where type.bitWidth == 8: .int8
    case _ where type.bitWidth == 16: .int16
    case _ where type.bitWidth == 32: .int32
    default: .int64
    }
  }

  /// Reads elements, those of `mask` if there is one.
  func load(_ type: ElementType, _ address: IRValue, mask: IRValue?) -> IRValue {
    let lane = ElementEmitter.stored(type)
    let raw =
      mask.map { ir.load(lane, address, mask: $0) }
      ?? ir.load(ir.vector(of: lane), address, alignment: 1)
    switch type {
    case .bool: return ir.compare("ne", raw, ir.constant(0, .int8))
    case .half: return ir.floats(halves: raw)
    case .bfloat16: return ir.floats(upperHalves: raw)
    case .float, .double: return raw
    default: return extended(raw, type)
    }
  }

  /// Writes elements, those of `mask` if there is one.
  func store(_ value: IRValue, _ type: ElementType, _ address: IRValue, mask: IRValue?) {
    let raw =
      switch type {
      case .bool: ir.converted(value, .zext, to: .int8)
      case .half: ir.halves(value)
      case .bfloat16: ir.upperHalves(value)
      case .float, .double: value
      default: ir.converted(value, .trunc, to: ElementEmitter.stored(type))
      }
    if let mask {
      ir.store(raw, address, mask: mask, alignment: 1)
    } else {
      ir.store(raw, address, alignment: 1)
    }
  }

  /// Integers of the size in which they are stored, in lanes for arithmetic.
  private func extended(_ value: IRValue, _ type: ElementType) -> IRValue {
    let lane = ElementEmitter.lane(type) ?? .int64
    return ir.converted(value, type.isSigned ? .sext : .zext, to: lane)
  }

  /// What a computed value is as an element of its type: rounded or wrapped.
  func element(_ value: IRValue, _ type: ElementType) -> IRValue {
    switch type {
    case .half: return ir.floats(halves: ir.halves(value))
    case .bfloat16: return ir.floats(upperHalves: ir.upperHalves(value))
    case .bool, .float, .double: return value
    default:
      return extended(ir.converted(value, .trunc, to: ElementEmitter.stored(type)), type)
    }
  }

  /// A value of type `source` as an element of type `target`; nil where that takes more than a few steps.
  func converted(_ value: IRValue, _ source: ElementType, to target: ElementType) -> IRValue? {
    if source == target { return element(value, target) }
    guard let from = ElementEmitter.lane(source), let to = ElementEmitter.lane(target) else {
      return nil
    }
    switch from {
    case .bool:
      return to == .float || to == .double
        ? ir.select(value, ir.constant(1.0, to), ir.constant(0.0, to))
        : ir.converted(value, .zext, to: to)
    case .float, .double: return fromReal(value, from, target, to)
    default: return fromInteger(value, source, target, to)
    }
  }

  private func fromReal(
    _ value: IRValue, _ from: IRType, _ target: ElementType, _ to: IRType
  ) -> IRValue {
    switch to {
    case .bool: return ir.compare("une", value, ir.constant(0.0, from))
    case .double: return ir.converted(value, .fpext, to: .double)
    case .float:
      if from == .float { return element(value, target) }
      return target == .float
        ? ir.converted(value, .fptrunc, to: .float) : element(ir.oddFloats(value), target)
    default:
      let whole = ir.saturated(
        value, to: ElementEmitter.stored(target), isSigned: target.isSigned)
      return extended(whole, target)
    }
  }

  private func fromInteger(
    _ value: IRValue, _ source: ElementType, _ target: ElementType, _ to: IRType
  ) -> IRValue? {
    let conversion: IRBuilder.Conversion = source == .uint64 ? .uitofp : .sitofp
    switch to {
    case .bool: return ir.compare("ne", value, ir.constant(0, value.type.lane))
    case .double: return ir.converted(value, conversion, to: .double)
    case .float:
      guard target == .bfloat16, source.bitWidth > 16 else {
        // Floats hold every integer that a half-precision number can be.
        return element(ir.converted(value, conversion, to: .float), target)
      }
      // Doubles hold all of 32 bits, but not all of 64.
      return source.bitWidth == 32
        ? element(ir.oddFloats(ir.converted(value, .sitofp, to: .double)), target) : nil
    default:
      let wide = value.type.lane == to ? value : resized(value, to)
      return element(wide, target)
    }
  }

  private func resized(_ value: IRValue, _ lane: IRType) -> IRValue {
    ir.converted(value, lane == .int64 ? .sext : .trunc, to: lane)
  }
}

/// Writes formulas of parts of several types, equal parts once.
struct TypedFormulaEmitter {
  let ir: IRBuilder
  /// The operands' elements, in the lanes of their types.
  let operands: [IRValue]
  private var known: [TypedFormula: IRValue] = [:]

  init(ir: IRBuilder, operands: [IRValue]) {
    self.ir = ir
    self.operands = operands
  }

  /// The value of `formula`; nil when there is no vector arithmetic for it.
  mutating func emit(_ formula: TypedFormula) -> IRValue? {
    if let value = known[formula] { return value }
    guard case .operation(let scalar, let arguments, let computed, let result) = formula else {
      if case .operand(let index, _) = formula { return operands[index] }
      return nil
    }
    let elements = ElementEmitter(ir: ir)
    var inputs: [IRValue] = []
    for argument in arguments {
      guard let value = emit(argument) else { return nil }
      // Operands beside conditions have one type.
      let isFit = argument.type == computed || argument.type == .bool
      guard isFit, let input = elements.converted(value, argument.type, to: computed) else {
        return nil
      }
      inputs.append(argument.type == computed ? value : input)
    }
    guard let value = compute(scalar, inputs, computed),
      let element = elements.converted(value, computed, to: result)
    else { return nil }
    known[formula] = element
    return element
  }

  private func compute(_ scalar: Scalar, _ inputs: [IRValue], _ type: ElementType) -> IRValue? {
    guard let lane = ElementEmitter.lane(type) else { return nil }
    switch lane {
    case .bool: return ConditionEmitter(ir: ir, inputs: inputs).emit(scalar)
    case .float, .double:
      var formulas = FormulaEmitter(ir: ir, inputs: inputs, lane: lane)
      return formulas.emit(scalar)
    default:
      let isNarrow = lane == .int32 && IntegerExtent(scalar, of: type) != nil
      let width: IRType = isNarrow ? .int32 : .int64
      let integers = IntegerFormulaEmitter(
        ir: ir, inputs: inputs.map { ir.converted($0, .sext, to: width) }, lane: width,
        isSigned: type != .uint64)
      return integers.emit(scalar).map { ir.converted($0, .trunc, to: lane) }
    }
  }
}

/// Writes formulas of conditions.
private struct ConditionEmitter {
  let ir: IRBuilder
  let inputs: [IRValue]

  func emit(_ formula: Scalar) -> IRValue? {
    switch formula {
    case .input(let index): return inputs[index]
    case .constant(let number): return ir.constant(number == 0 ? 0 : 1, .bool)
    case .unary(.not, let operand): return emit(operand).map(inverted)
    case .unary: return nil
    case .binary(let function, let first, let second):
      guard let x = emit(first), let y = emit(second) else { return nil }
      switch function {
      case .bitwiseAnd: return ir.integer(.and, x, y)
      case .bitwiseOr: return ir.integer(.or, x, y)
      case .bitwiseXor: return ir.integer(.xor, x, y)
      case .equal: return inverted(ir.integer(.xor, x, y))
      case .less: return ir.integer(.and, inverted(x), y)
      case .greater: return ir.integer(.and, x, inverted(y))
      default: return nil
      }
    case .select(let condition, let first, let second):
      guard let c = emit(condition), let x = emit(first), let y = emit(second) else { return nil }
      return ir.select(c, x, y)
    }
  }

  private func inverted(_ x: IRValue) -> IRValue {
    ir.integer(.xor, x, ir.constant(1, .bool))
  }
}
