import IR
import Operators
import Support
import Tensors
import Testing

/// One operator on inputs of `pattern`, with the result of another implementation.
struct NeuralCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let op: any Operator
  let inputs: [[Int]]
  let lens: [Int]
  let expected: [Float]

  init(_ name: String, _ op: any Operator, inputs: [[Int]], lens: [Int], expected: [Float]) {
    testDescription = name
    self.op = op
    self.inputs = inputs
    self.lens = lens
    self.expected = expected
  }

  /// Checks the inferred shape and the result.
  func check(_ type: ElementType = .float, tolerance: Float = 2e-6) throws {
    let arguments = try inputs.enumerated().map { index, lens in
      try pattern(lens, seed: index + 1).converted(toElementType: type)
    }
    #expect(try infer(op, arguments.map(\.shape)) == [Shape(type, lens: lens)])
    let results = try run(op, arguments)
    try #require(results.count == 1)
    expectClose(results[0], expected, lens: lens, tolerance: tolerance)
  }
}

/// Multiples of 1/4 in [-1.5, 1.5], times `factor`; their products and small sums are exact in `Float`.
func pattern(_ lens: [Int], seed: Int, times factor: Float = 1) throws -> Argument {
  let count = lens.reduce(1, *)
  return try Argument(
    (0..<count).map { Float(($0 * 7 + seed * 5 + $0 / 13) % 13 - 6) / 4 * factor }, lens: lens)
}

func floats(_ elements: [Float], _ lens: Int...) throws -> Argument {
  try Argument(elements, lens: lens)
}

func infer(_ op: any Operator, _ shapes: [Shape]) throws -> [Shape] {
  var context = InferenceContext(
    operandContents: shapes.map { _ in nil }, origin: "test", symbolPrefix: "fresh")
  return try op.inferTypes(shapes.map { .tensor($0) }, in: &context).compactMap(\.shape)
}

func run(_ op: any Operator, _ inputs: [Argument]) throws -> [Argument] {
  try op.evaluate(inputs.map { .tensor($0) }, in: EvaluationContext(resultTypes: []))
    .compactMap(\.argument)
}

/// Compares to within `tolerance` times the largest expected magnitude.
///
/// The expected values were computed and printed in `Float`: 2e-6 covers their 7 digits and a few
/// roundings of intermediate sums, and is far below what a wrong tap or weight changes.
func expectClose(
  _ result: Argument, _ expected: [Float], lens: [Int], tolerance: Float = 2e-6,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(result.lens == lens, sourceLocation: sourceLocation)
  let values = result.converted(to: Float.self)
  let scale = max(expected.map(abs).max() ?? 0, 1e-3)
  let isClose =
    values.count == expected.count
    && zip(values, expected).allSatisfy { abs($0 - $1) <= tolerance * scale }
  #expect(isClose, "found \(values), expected \(expected)", sourceLocation: sourceLocation)
}

/// An operator and input shapes that it must refuse with a given kind of error.
struct RefusedCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let op: any Operator
  let shapes: [Shape]
  let code: MIGraphXError.Code

  init(
    _ name: String, _ op: any Operator, _ lens: [[Int]], type: ElementType = .float,
    code: MIGraphXError.Code = .invalidShape
  ) {
    testDescription = "\(op.name): \(name)"
    self.op = op
    shapes = lens.map { Shape(type, lens: $0) }
    self.code = code
  }

  func check() {
    do {
      let found = try infer(op, shapes)
      Issue.record("accepted with result \(found)")
    } catch let error as MIGraphXError {
      #expect(error.code == code, "\(error)")
    } catch {
      Issue.record("\(error)")
    }
  }
}
