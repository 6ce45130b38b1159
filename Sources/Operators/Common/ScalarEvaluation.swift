import Support
import Tensors

/// Evaluates a formula on whole tensors, a block of elements at a time, on all cores.
struct PointwiseEvaluation {
  let formula: Scalar
  let inputs: [Argument]
  let resultType: ElementType
  /// The type whose arithmetic is used; that of the last input if this is nil.
  var computedType: ElementType?

  /// The elements of one step; a block fits the first-level cache for formulas of usual size.
  private static let blockLength = 1024
  /// The blocks that one task handles.
  private static let blocksPerTask = 16

  /// - Throws: `invalidShape` for inputs of different sizes, `invalidArgument` for an integer division
  ///   by zero, `limitExceeded` when the result is too large.
  func run() throws(MIGraphXError) -> Argument {
    guard let last = inputs.last else {
      throw MIGraphXError(.invalidArgument, "a pointwise operator needs inputs")
    }
    for (index, input) in inputs.enumerated() where input.lens != last.lens {
      throw MIGraphXError(
        .invalidShape,
        "inputs must have the same sizes; input \(index) has \(input.lens), the last \(last.lens)")
    }
    // A condition may stand before the operands.
    switch computedType ?? last.elementType {
    case .double: return try run(in: Double.self)
    case .uint64: return try run(in: UInt64.self)
    case .string: return try runOnText()
    case let type where type.isFloatingPoint: return try run(in: Float.self)
    default: return try run(in: Int64.self)
    }
  }

  /// Texts can be compared and chosen, nothing else.
  private func runOnText() throws(MIGraphXError) -> Argument {
    let lens = inputs[0].lens
    let texts = inputs.map(\.stringElements)
    switch formula {
    case .binary(.equal, .input(let a), .input(let b)):
      return try Argument(
        zip(texts[a], texts[b]).map { $0.utf8.elementsEqual($1.utf8) }, lens: lens)
    case .select(.input(let condition), .input(let a), .input(let b)):
      let chosen = zip(inputs[condition].converted(to: Bool8.self), zip(texts[a], texts[b]))
      return try Argument(strings: chosen.map { $0.value ? $1.0 : $1.1 }, lens: lens)
    default: throw MIGraphXError(.unsupported, "arithmetic on strings")
    }
  }

  private func run<Domain: ScalarDomain>(
    in domain: Domain.Type
  ) throws(MIGraphXError) -> Argument {
    let writer = try ElementWriter(resultType, lens: inputs[0].lens)
    let readers = inputs.map { ElementReader<Domain>($0) }
    let program = ScalarProgram<Domain>(formula, blockLength: PointwiseEvaluation.blockLength)
    let count = inputs[0].elementCount
    let taskLength = PointwiseEvaluation.blockLength * PointwiseEvaluation.blocksPerTask
    let dividesByZero = parallelRows(
      (count + taskLength - 1) / taskLength, of: 1, repeating: false
    ) { task, flag in
      let end = min(count, (task + 1) * taskLength)
      for start in stride(from: task * taskLength, to: end, by: PointwiseEvaluation.blockLength) {
        let length = min(PointwiseEvaluation.blockLength, end - start)
        guard let values = program.evaluate(length, { readers[$0].read(start, length) }) else {
          flag[0] = true
          return
        }
        writer.write(values, at: start)
      }
    }
    if dividesByZero.contains(true) {
      throw MIGraphXError(.invalidArgument, "integer division by zero")
    }
    return writer.argument
  }
}

/// A formula as a list of steps, in which equal parts occur once.
struct ScalarProgram<Domain: ScalarDomain>: Sendable {
  private enum Step {
    case input(Int)
    case constant([Domain])
    case unary(Scalar.Unary, Int)
    case binary(Scalar.Binary, Int, Int)
    case select(Int, Int, Int)
  }

  private var steps: [Step] = []
  private let blockLength: Int

  /// Prepares a formula for blocks of at most `blockLength` elements.
  init(_ formula: Scalar, blockLength: Int) {
    self.blockLength = blockLength
    var known: [Scalar: Int] = [:]
    _ = add(formula, &known)
  }

  private mutating func add(_ formula: Scalar, _ known: inout [Scalar: Int]) -> Int {
    if let index = known[formula] { return index }
    let step: Step =
      switch formula {
      case .input(let index): .input(index)
      case .constant(let number):
        .constant(Array(repeating: Domain.make(number), count: blockLength))
      case .unary(let function, let x): .unary(function, add(x, &known))
      case .binary(let function, let x, let y):
        .binary(function, add(x, &known), add(y, &known))
      case .select(let condition, let x, let y):
        .select(add(condition, &known), add(x, &known), add(y, &known))
      }
    steps.append(step)
    known[formula] = steps.count - 1
    return steps.count - 1
  }

  /// The values for a block of `length` elements whose operands `input` gives; nil for an integer
  /// division by zero.
  func evaluate(_ length: Int, _ input: (Int) -> [Domain]) -> [Domain]? {
    var values: [[Domain]] = []
    values.reserveCapacity(steps.count)
    for step in steps {
      switch step {
      case .input(let index): values.append(input(index))
      case .constant(let block):
        values.append(length == blockLength ? block : Array(block[..<length]))
      case .unary(let function, let x): values.append(Domain.apply(function, values[x]))
      case .binary(let function, let x, let y):
        guard let value = Domain.apply(function, values[x], values[y]) else { return nil }
        values.append(value)
      case .select(let condition, let x, let y):
        values.append(selectBlock(values[condition], values[x], values[y]))
      }
    }
    return values.last
  }
}
