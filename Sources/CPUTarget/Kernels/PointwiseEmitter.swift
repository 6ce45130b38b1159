import Codegen
import Operators
import Tensors

/// A kernel for one row of a pointwise formula.
///
/// Its arguments are the number of elements, the address of the result, then for each operand its address and the
/// bytes from one vector of it to the next: those of a vector, or 0 for a vector whose lanes are one number.
struct PointwiseEmitter {
  let formula: TypedFormula
  let operandTypes: [ElementType]

  /// Where in the block of arguments things stand.
  static let (count, result, firstOperand) = (0, 1, 2)

  init(formula: TypedFormula, operandTypes: [ElementType]) {
    self.formula = formula
    self.operandTypes = operandTypes
  }

  /// A kernel over floats.
  init(formula: Scalar, operandCount: Int) {
    self.init(
      formula: TypedFormula(formula, operandCount: operandCount, .float),
      operandTypes: Array(repeating: .float, count: operandCount))
  }

  /// The kernel's text; nil when the formula has a function without vector arithmetic.
  func source(_ set: InstructionSet) -> KernelSource? {
    let types = operandTypes + [formula.type]
    guard types.allSatisfy({ ElementEmitter.lane($0) != nil }) else { return nil }
    let ir = IRBuilder(set)
    let elements = ElementEmitter(ir: ir)
    let count = ir.argument(PointwiseEmitter.count, .int64)
    var places = [ir.argument(PointwiseEmitter.result, .pointer)]
    var steps = [IRValue.integer(set.lanes * formula.type.byteCount(of: 1))]
    for operand in operandTypes.indices {
      let slot = PointwiseEmitter.firstOperand + 2 * operand
      places.append(ir.argument(slot, .pointer))
      steps.append(ir.argument(slot + 1, .int64))
    }
    var isComplete = true
    func write(_ places: [IRValue], mask: IRValue?) {
      let operands = zip(operandTypes, places.dropFirst()).map {
        elements.load($0, $1, mask: mask)
      }
      var formulas = TypedFormulaEmitter(ir: ir, operands: operands)
      guard let value = formulas.emit(formula) else {
        isComplete = false
        return
      }
      elements.store(value, formula.type, places[0], mask: mask)
    }
    let whole = ir.bits(count, and: .integer(-set.lanes))
    places = ir.loop(from: .integer(0), to: whole, step: set.lanes, carrying: places) { _, places in
      write(places, mask: nil)
      return zip(places, steps).map { ir.address($0, $1) }
    }
    let rest = ir.difference(count, whole)
    ir.branch(ir.compare("eq", rest, .integer(0))) {
    } else: {
      write(places, mask: ir.mask(rest))
    }
    return isComplete ? ir.source("pointwise") : nil
  }
}

/// Writes formulas of floats or doubles, equal parts once.
struct FormulaEmitter {
  let ir: IRBuilder
  let inputs: [IRValue]
  private let lane: IRType
  private var known: [Scalar: IRValue] = [:]

  init(ir: IRBuilder, inputs: [IRValue], lane: IRType = .float) {
    self.ir = ir
    self.inputs = inputs
    self.lane = lane
  }

  private func constant(_ number: Double) -> IRValue { ir.constant(number, lane) }

  /// The value of `formula`; nil when there is no vector arithmetic for it.
  mutating func emit(_ formula: Scalar) -> IRValue? {
    if let value = known[formula] { return value }
    var value: IRValue?
    switch formula {
    case .input(let index): value = inputs[index]
    case .constant(let number): value = constant(number)
    case .unary(let function, let operand):
      guard let x = emit(operand) else { return nil }
      value = unary(function, x)
    case .binary(.power, let operand, .constant(let exponent)):
      guard let x = emit(operand) else { return nil }
      value = power(x, exponent)
    case .binary(let function, let first, let second):
      guard let x = emit(first), let y = emit(second) else { return nil }
      value = binary(function, x, y)
    case .select(let condition, let first, let second):
      guard let c = emit(condition), let x = emit(first), let y = emit(second) else { return nil }
      value = ir.select(ir.compare("une", c, constant(0)), x, y)
    }
    known[formula] = value
    return value
  }

  /// The functions that doubles have too.
  private static let exactFunctions: Set<Scalar.Unary> = [
    .negate, .absolute, .sign, .not, .floor, .ceil, .truncate, .roundToEven, .squareRoot, .isNaN,
    .isInfinite,
  ]

  private func number(_ condition: IRValue) -> IRValue {
    ir.select(condition, constant(1), constant(0))
  }

  private func unary(_ function: Scalar.Unary, _ x: IRValue) -> IRValue? {
    guard lane == .float || FormulaEmitter.exactFunctions.contains(function) else { return nil }
    return switch function {
    case .negate: ir.negate(x)
    case .absolute: ir.absolute(x)
    case .sign:
      ir.select(
        ir.compare("ogt", x, constant(0)), constant(1),
        ir.select(ir.compare("olt", x, constant(0)), constant(-1), x))
    case .not: number(ir.compare("oeq", x, constant(0)))
    case .floor: ir.round(x, .down)
    case .ceil: ir.round(x, .up)
    case .truncate: ir.round(x, .towardZero)
    case .roundToEven: ir.round(x, .toEven)
    case .squareRoot: ir.squareRoot(x)
    case .exp: ir.exponential(x)
    case .log: ir.logarithm(x)
    case .erf: ir.errorFunction(x)
    case .tanh: ir.hyperbolicTangent(x)
    case .isNaN: number(ir.compare("uno", x, x))
    case .isInfinite: number(ir.compare("oeq", ir.absolute(x), constant(.infinity)))
    case .sin: ir.sine(x)
    case .cos: ir.cosine(x)
    case .tan: ir.tangent(x)
    case .asin: ir.arcsine(x)
    case .acos: ir.arccosine(x)
    case .atan: ir.arctangent(x)
    case .sinh: ir.hyperbolicSine(x)
    case .cosh: ir.hyperbolicCosine(x)
    case .asinh: ir.inverseHyperbolicSine(x)
    case .acosh: ir.inverseHyperbolicCosine(x)
    case .atanh: ir.inverseHyperbolicTangent(x)
    case .powerAbove: ir.powerOfTwo(x, above: true)
    case .powerBelow: ir.powerOfTwo(x, above: false)
    // Only integers have bits.
    case .bitwiseNot: nil
    }
  }

  private func binary(_ function: Scalar.Binary, _ x: IRValue, _ y: IRValue) -> IRValue? {
    let isExact = ![.modulo, .remainder, .power].contains(function)
    guard lane == .float || isExact else { return nil }
    return switch function {
    case .add: ir.add(x, y)
    case .subtract: ir.subtract(x, y)
    case .multiply: ir.multiply(x, y)
    case .divide: ir.divide(x, y)
    // A NaN in the second place is taken by the comparison, one in the first by the other.
    case .minimum: extreme("olt", x, y)
    case .maximum: extreme("ogt", x, y)
    case .equal: number(ir.compare("oeq", x, y))
    case .less: number(ir.compare("olt", x, y))
    case .greater: number(ir.compare("ogt", x, y))
    case .modulo: ir.modulo(x, y)
    case .remainder: ir.remainder(x, y)
    case .power: ir.power(x, y)
    case .bitwiseAnd, .bitwiseOr, .bitwiseXor, .shiftLeft, .shiftRight: nil
    }
  }

  private func extreme(_ predicate: String, _ x: IRValue, _ y: IRValue) -> IRValue {
    ir.select(
      ir.compare("uno", x, x), x, ir.select(ir.compare(predicate, x, y), x, y))
  }

  /// The square root, which as a power is never minus 0, and is infinity also of minus infinity.
  private func root(_ x: IRValue) -> IRValue {
    let infinity = constant(.infinity)
    let root = ir.squareRoot(ir.add(x, constant(0)))
    return ir.select(ir.compare("oeq", ir.absolute(x), infinity), infinity, root)
  }

  private func power(_ x: IRValue, _ exponent: Double) -> IRValue? {
    switch exponent {
    case 1: x
    case 2: ir.multiply(x, x)
    case _ where lane != .float: nil
    case 0.5: root(x)
    case -0.5: ir.divide(constant(1), root(x))
    default:
      if let whole = Int(exactly: exponent), whole.magnitude <= 64 {
        ir.power(x, whole)
      } else {
        ir.power(x, constant(exponent))
      }
    }
  }
}
