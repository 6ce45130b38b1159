import IR
import Operators
import Support
import Tensors
import Testing

private typealias T = PointwiseTesting

@Suite("Inference of pointwise operators")
struct PointwiseInferenceTests {
  /// Every pointwise operator: number of inputs, a type it takes, one it refuses, the result's type.
  static let table =
    group(["neg", "abs", "sign", "relu"], 1, .int32, .bool)
    + group(floatingNames, 1, .half, .int64) + group(numericNames, 2, .uint64, .bool)
    + group(["less", "greater"], 2, .bfloat16, .string, .bool)
    + group(["isnan", "isinf"], 1, .float, .int8, .bool)
    + group(["logical_and", "logical_or", "logical_xor"], 2, .bool, .uint8)
    + group(
      ["bitwise_and", "bitwise_or", "bitwise_xor", "shift_left", "shift_right"], 2, .uint8, .float)
    + group(["not"], 1, .bool, .int8) + group(["bitwise_not"], 1, .int16, .bool)
    + group(["clip"], 3, .double, .bool)

  static let floatingNames = [
    "recip", "sqrt", "rsqrt", "exp", "log", "erf", "sin", "cos", "tan", "asin", "acos", "atan",
    "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "ceil", "floor", "nearbyint", "leaky_relu",
    "elu", "sigmoid",
  ]
  static let numericNames = [
    "add", "sub", "mul", "div", "mod", "fmod", "pow", "min", "max", "sqdiff", "prelu",
  ]

  typealias Row = (String, Int, ElementType, ElementType, ElementType)

  static func group(
    _ names: [String], _ count: Int, _ type: ElementType, _ refused: ElementType,
    _ result: ElementType? = nil
  ) -> [Row] {
    names.map { ($0, count, type, refused, result ?? type) }
  }

  @Test(arguments: table.indices)
  func shapes(row: Int) throws {
    let (name, count, type, refused, result) = Self.table[row]
    let op = try OperatorRegistry.standard.make(name)
    #expect(op.name == name)
    let fixed = Shape(type, lens: [2, 3], strides: [1, 2])
    #expect(
      try T.infer(op, Array(repeating: fixed, count: count)).types
        == [.tensor(Shape(result, lens: [2, 3]))])
    let n = Dimension(Symbol("N"))
    let symbolic = Shape(type, [n, 3 * n + 1])
    let found = try T.infer(op, Array(repeating: symbolic, count: count))
    #expect(found.types == [.tensor(Shape(result, [n, 3 * n + 1]))])
    #expect(found.guards.isEmpty)
    T.expectError(.invalidShape, "found \(refused.rawValue)") {
      _ = try T.infer(op, Array(repeating: fixed.with(elementType: refused), count: count))
    }
    T.expectError(.invalidShape, "\(count) inputs are needed, found \(count + 1)") {
      _ = try T.infer(op, Array(repeating: fixed, count: count + 1))
    }
    T.expectError(.invalidShape, "\(count) inputs are needed, found 0") {
      _ = try T.infer(op, [])
    }
    if count > 1 { try misfits(op, count, type, n) }
  }

  private func misfits(_ op: any Operator, _ count: Int, _ type: ElementType, _ n: Dimension) throws
  {
    let base = Array(repeating: Shape(type, lens: [2, 3]), count: count - 1)
    T.expectError(.invalidShape, "at axis 1 must be equal, found 3 and 4") {
      _ = try T.infer(op, base + [Shape(type, lens: [2, 4])])
    }
    T.expectError(.invalidShape, "must have one rank") {
      _ = try T.infer(op, base + [Shape(type, lens: [3])])
    }
    let other: ElementType = type == .double ? .float : .double
    T.expectError(.invalidShape, "input") {
      _ = try T.infer(op, base + [Shape(other, lens: [2, 3])])
    }
    // A size that may be equal is demanded by a guard, and the fixed one is kept.
    let guarded = try T.infer(op, base + [Shape(type, [2, n])])
    #expect(guarded.guards.count == 1)
    #expect(guarded.types.first?.shape?.dimensions == [2, 3])
  }

  @Test func tableIsComplete() {
    let others = [
      "equal", "where", "convert", "argmax", "argmin", "layernorm", "softmax", "logsoftmax",
      "reduce_sum",
      "reduce_mean", "reduce_max", "reduce_min", "reduce_prod",
    ]
    let names = Set(Self.table.map(\.0) + others)
    #expect(names.isSubset(of: OperatorRegistry.standard.names))
    for name in OperatorRegistry.standard.names where !names.contains(name) {
      let op = try? OperatorRegistry.standard.make(name)
      #expect(!(op is any PointwiseOperator), "\(name) is not tested")
    }
  }

  @Test func whereTakesACondition() throws {
    let x = Shape(.int8, lens: [2])
    let found = try T.infer(Where(), [Shape(.bool, lens: [2]), x, x])
    #expect(found.types == [.tensor(x)])
    T.expectError(.invalidShape, "input 0 must have bool_type, found int8_type") {
      _ = try T.infer(Where(), [x, x, x])
    }
    T.expectError(.invalidShape, "one element type, found int8_type and float_type") {
      _ = try T.infer(Where(), [Shape(.bool, lens: [2]), x, Shape(.float, lens: [2])])
    }
    T.expectError(.invalidShape, "inputs 0 and 1 at axis 0") {
      _ = try T.infer(Where(), [Shape(.bool, lens: [3]), x, x])
    }
  }

  @Test func contentsOfSymbols() throws {
    let n = Dimension(Symbol("N", minimum: 1))
    let shape = Shape(.int64, lens: [2])
    func contents(
      _ op: any Operator, _ inputs: [[Dimension]], _ type: ElementType = .int64
    ) throws -> [Dimension]? {
      let shapes = inputs.map { _ in shape.with(elementType: type) }
      return try T.infer(op, shapes, contents: inputs).contents
    }
    #expect(try contents(Add(), [[n, 2], [1, n]]) == [n + 1, n + 2])
    #expect(try contents(Sub(), [[n, 2], [1, n]]) == [n - 1, 2 - n])
    #expect(try contents(Mul(), [[n, 2], [n, n]]) == [n * n, 2 * n])
    #expect(try contents(Div(), [[n, 7], [2, 2]]) == [n.floorDivided(by: 2), 3])
    #expect(try contents(Mod(), [[n, -7], [2, 2]]) == [n.modulo(2), 1])
    #expect(try contents(Equal(), [[n, n], [n, 0]]) == [1, 0])
    #expect(try contents(Less(), [[0, n], [n, n]]) == [1, 0])
    #expect(try contents(Max(), [[0, 3], [n, 4]]) == [n, 4])
    #expect(try contents(Neg(), [[n, -3]]) == [0 - n, 3])
    #expect(try contents(Abs(), [[n, -3]]) == [n, 3])
    // Undecidable: a quotient whose sign is unknown, a division by zero, a comparison.
    #expect(try contents(Div(), [[2 - n, 7], [2, 2]]) == nil)
    #expect(try contents(Div(), [[1, 7], [0, 2]]) == nil)
    #expect(try contents(Greater(), [[n, 1], [5, 1]]) == nil)
    // Numbers wrap as they do in evaluation.
    #expect(try contents(Add(), [[100, 1], [100, 1]], .int8) == [-56, 2])
    #expect(try contents(Sub(), [[1, 3], [2, 1]], .uint8) == [255, 2])
    #expect(try contents(Sub(), [[1, 3], [2, 1]], .uint64) == nil)
    #expect(try contents(Add(), [[Dimension(Int.max), 1], [1, 1]]) == [Dimension(Int.min), 2])
    #expect(try contents(Add(), [[n, 1], [1, 1]], .int8) == nil)
    #expect(try contents(Abs(), [[Dimension(Int.min), 1]]) == [Dimension(Int.min), 1])
  }

  @Test func contentsOfWhere() throws {
    let n = Dimension(Symbol("N"))
    let shapes = [Shape(.bool, lens: [2]), Shape(.int64, lens: [2]), Shape(.int64, lens: [2])]
    let known = try T.infer(Where(), shapes, contents: [[1, 0], [n, 5], [3, n + 1]])
    #expect(known.contents == [n, n + 1])
    #expect(try T.infer(Where(), shapes, contents: [nil, [n, 5], [3, 4]]).contents == nil)
  }

  @Test func attributesHaveTextForms() throws {
    #expect(LeakyRelu(alpha: 0.5).text == "leaky_relu[alpha=0.5]")
    #expect(ReduceSum(axes: [1, 2]).text == "reduce_sum[axes={1, 2}]")
    #expect(ArgMax(axis: 1).text == "argmax[axis=1,select_last_index=0]")
    let made = try OperatorRegistry.standard.make("elu", [.init("alpha", .float(2))])
    #expect(made.isEqual(to: Elu(alpha: 2)))
    T.expectError(.invalidArgument, "has no attribute 'beta'") {
      _ = try OperatorRegistry.standard.make("elu", [.init("beta", .float(2))])
    }
  }

  @Test func evaluationChecksItsInputs() throws {
    let context = EvaluationContext(resultTypes: [])
    let x = try T.tensor([1, 2])
    T.expectError(.invalidShape, "input 0 has [2], the last [3]") {
      _ = try Add().evaluate([x, try T.tensor([1, 2, 3])], in: context)
    }
    T.expectError(.invalidArgument, "2 inputs are needed, found 1") {
      _ = try Add().evaluate([x], in: context)
    }
    T.expectError(.limitExceeded, "") {
      let huge = try x.view(lens: [1 << 40], strides: [0])
      _ = try Relu().evaluate([huge], in: context)
    }
  }
}
