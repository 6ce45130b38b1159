import IR
import Operators
import Support
import Tensors
import Testing

/// Helpers of the tests of pointwise operators and reductions.
enum PointwiseTesting {
  /// A tensor of `type` that holds `values`.
  static func tensor(
    _ values: [Double], _ type: ElementType = .float, lens: [Int]? = nil
  ) throws -> Argument {
    try Argument(values, lens: lens ?? [values.count]).converted(toElementType: type)
  }

  /// A tensor of `type` that holds `values`.
  static func tensor(
    integers values: [Int64], _ type: ElementType = .int64, lens: [Int]? = nil
  ) throws -> Argument {
    try Argument(values, lens: lens ?? [values.count]).converted(toElementType: type)
  }

  /// The result of an operator, which must have the inferred type.
  static func run(_ op: any Operator, _ inputs: [Argument]) throws -> Argument {
    let inferred = try infer(op, inputs.map(\.shape))
    let values = try op.evaluate(
      inputs.map { .tensor($0) }, in: EvaluationContext(resultTypes: inferred.types))
    let result = try #require(values.first?.argument)
    #expect(values.count == 1)
    #expect(inferred.types == [.tensor(result.shape)])
    return result
  }

  /// The result's elements as numbers.
  static func numbers(_ op: any Operator, _ inputs: Argument...) throws -> [Double] {
    try run(op, inputs).converted(to: Double.self)
  }

  /// The result's elements as integers.
  static func integers(_ op: any Operator, _ inputs: Argument...) throws -> [Int64] {
    try run(op, inputs).converted(to: Int64.self)
  }

  /// What inference finds.
  static func infer(
    _ op: any Operator, _ shapes: [Shape], contents: [[Dimension]?] = []
  ) throws -> (types: [ValueType], guards: [Guard], contents: [Dimension]?) {
    let known = shapes.indices.map { index in
      contents.indices.contains(index) ? contents[index].flatMap { SymbolicContents($0) } : nil
    }
    var context = InferenceContext(operandContents: known, origin: "test", symbolPrefix: "s")
    let types = try op.inferTypes(shapes.map { .tensor($0) }, in: &context)
    return (types, context.guards, context.resultContents[0]?.elements)
  }

  /// Whether `value` is within `ulps` units in the last place, of `type`, of `expected`.
  static func isClose(
    _ value: Double, _ expected: Double, _ type: ElementType, ulps: Double
  ) -> Bool {
    let rounded = rounded(expected, type)
    if rounded.isNaN || value.isNaN { return rounded.isNaN && value.isNaN }
    if value == rounded { return true }
    let unit: Double =
      switch type {
      case .half: Double(Float16(expected).ulp)
      case .bfloat16: Double(Float(expected).ulp) * 65536
      case .float: Double(Float(expected).ulp)
      default: expected.ulp
      }
    return abs(value - rounded) <= ulps * unit
  }

  /// The nearest number of `type`.
  static func rounded(_ value: Double, _ type: ElementType) -> Double {
    switch type {
    case .half: Double(Float16(value))
    case .bfloat16: BFloat16(converting: value).asDouble
    case .float: Double(Float(value))
    default: value
    }
  }

  /// Expects `body` to throw an error of kind `code` whose message contains `text`.
  static func expectError(
    _ code: MIGraphXError.Code, _ text: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
  ) {
    do {
      try body()
      Issue.record("no error was thrown", sourceLocation: sourceLocation)
    } catch let error as MIGraphXError {
      #expect(error.code == code, sourceLocation: sourceLocation)
      #expect(error.message.contains(text), "\(error)", sourceLocation: sourceLocation)
    } catch {
      Issue.record(error, sourceLocation: sourceLocation)
    }
  }
}
