import Support
import Tensors

/// Evaluates a formula on whole tensors, a block of elements at a time, on all cores.
struct PointwiseEvaluation {
  let formula: Scalar
  let inputs: [Argument]
  let resultType: ElementType

  /// The elements that one task handles; a block fits the first-level cache for formulas of usual size.
  private static let blockLength = 1024

  /// - Throws: `invalidArgument` for an integer division by zero.
  func run() throws(MIGraphXError) -> Argument {
    // Conditions may stand beside the operands; the widest other type decides the arithmetic.
    let type = inputs.last?.elementType ?? resultType
    switch type {
    case .float, .half, .bfloat16: return try run(in: Float.self)
    case .double: return try run(in: Double.self)
    case .uint64: return try run(in: UInt64.self)
    case .string: throw MIGraphXError(.unsupported, "arithmetic on strings")
    default: return try run(in: Int64.self)
    }
  }

  private func run<Domain: ScalarDomain & DomainElement>(
    in domain: Domain.Type
  ) throws(MIGraphXError) -> Argument {
    let lens = inputs.first?.lens ?? []
    let count = lens.reduce(1, *)
    let operands = inputs.map { $0.converted(to: Domain.self) }
    let block = PointwiseEvaluation.blockLength
    let blocks = (count + block - 1) / block
    // One flag for each block says whether it met a division by zero.
    var results = [Domain](repeating: Domain.make(0), count: 0)
    results = parallelRows(blocks, of: block, repeating: Domain.make(0)) { row, output in
      let start = row * block
      let length = min(block, count - start)
      guard let values = evaluate(formula, operands, start, length) else { return }
      for index in 0..<length { output[index] = values[index] }
    }
    results.removeLast(blocks * block - count)
    if divides(formula), Domain.self is any FixedWidthInteger.Type {
      for start in stride(from: 0, to: count, by: block)
      where evaluate(formula, operands, start, min(block, count - start)) == nil {
        throw MIGraphXError(.invalidArgument, "integer division by zero")
      }
    }
    return try Argument(results, lens: lens).converted(toElementType: resultType)
  }

  /// The formula's values for `length` elements from `start`; nil for an integer division by zero.
  private func evaluate<Domain: ScalarDomain>(
    _ formula: Scalar, _ operands: [[Domain]], _ start: Int, _ length: Int
  ) -> [Domain]? {
    switch formula {
    case .input(let index): return Array(operands[index][start..<start + length])
    case .constant(let number): return Array(repeating: Domain.make(number), count: length)
    case .unary(let function, let x):
      return evaluate(x, operands, start, length)?.map { Domain.apply(function, $0) }
    case .binary(let function, let x, let y):
      guard var values = evaluate(x, operands, start, length),
        let others = evaluate(y, operands, start, length)
      else { return nil }
      for index in values.indices {
        guard let value = Domain.apply(function, values[index], others[index]) else { return nil }
        values[index] = value
      }
      return values
    case .select(let condition, let x, let y):
      guard let conditions = evaluate(condition, operands, start, length),
        let values = evaluate(x, operands, start, length),
        let others = evaluate(y, operands, start, length)
      else { return nil }
      return conditions.indices.map { conditions[$0].isTrue ? values[$0] : others[$0] }
    }
  }

  private func divides(_ formula: Scalar) -> Bool {
    switch formula {
    case .input, .constant: false
    case .unary(_, let x): divides(x)
    case .binary(let function, let x, let y):
      [.divide, .modulo, .remainder, .power].contains(function) || divides(x) || divides(y)
    case .select(let condition, let x, let y): divides(condition) || divides(x) || divides(y)
    }
  }
}

/// A domain that is also an element type, so that tensors convert to it.
protocol DomainElement: TensorElement {}
extension Float: DomainElement {}
extension Double: DomainElement {}
extension Int64: DomainElement {}
extension UInt64: DomainElement {}

extension Scalar {
  /// The formula's value for symbolic integers; nil where that can't be decided.
  func evaluated(_ inputs: [Dimension]) -> Dimension? {
    switch self {
    case .input(let index): return inputs[index]
    case .constant(let number): return Int(exactly: number).map { Dimension($0) }
    case .unary(let function, let x):
      guard let x = x.evaluated(inputs) else { return nil }
      switch function {
      case .negate: return 0 - x
      case .absolute:
        return Dimension(0).isKnown(lessOrEqual: x) ? x : x.constant.map { Dimension(abs($0)) }
      case .not: return x.constant.map { Dimension($0 == 0 ? 1 : 0) }
      case .floor, .ceil, .truncate, .roundToEven: return x
      default: return nil
      }
    case .binary(let function, let x, let y):
      guard let x = x.evaluated(inputs), let y = y.evaluated(inputs) else { return nil }
      return Scalar.apply(function, x, y)
    case .select(let condition, let x, let y):
      guard let condition = condition.evaluated(inputs)?.constant else { return nil }
      return (condition != 0 ? x : y).evaluated(inputs)
    }
  }

  private static func apply(_ function: Binary, _ x: Dimension, _ y: Dimension) -> Dimension? {
    switch function {
    case .add: return x + y
    case .subtract: return x - y
    case .multiply: return x * y
    case .divide, .remainder:
      // Cutting off toward zero is flooring only for numbers that are not negative.
      guard Dimension(0).isKnown(lessOrEqual: x), Dimension(1).isKnown(lessOrEqual: y) else {
        guard let x = x.constant, let y = y.constant, y != 0 else { return nil }
        return Int64.apply(function, Int64(x), Int64(y)).map { Dimension(Int($0)) }
      }
      return function == .divide ? x.floorDivided(by: y) : x.modulo(y)
    case .modulo: return Dimension(1).isKnown(lessOrEqual: y) ? x.modulo(y) : nil
    case .minimum: return .minimum(x, y)
    case .maximum: return .maximum(x, y)
    case .equal: return x == y ? 1 : x.isKnown(notEqual: y) ? 0 : nil
    case .less: return (x + 1).isKnown(lessOrEqual: y) ? 1 : y.isKnown(lessOrEqual: x) ? 0 : nil
    case .greater: return apply(.less, y, x)
    default:
      guard let x = x.constant, let y = y.constant else { return nil }
      return Int64.apply(function, Int64(x), Int64(y)).map { Dimension(Int($0)) }
    }
  }
}
