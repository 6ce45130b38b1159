import IR
import Support
import Tensors
import Testing

extension ElementType {
  /// The types whose numbers include all of a few dozen: no strings, bool, nor floating-point numbers of 8 bits or less.
  static let roomy = allCases.filter {
    $0.packedBitWidth >= 8 && $0 != .bool && !($0.isFloatingPoint && $0.bitWidth == 8)
  }
}

/// What inference finds about one operator.
struct Inferred {
  let types: [ValueType]
  let context: InferenceContext

  /// The shape of the first result.
  var shape: Shape { types.first?.shape ?? Shape(.bool, [-1]) }
  /// The contents of the first result.
  var contents: [Dimension]? { context.resultContents[0]?.elements }
}

/// Infers the results of `op` for operands of `types`, with what is known about their contents.
func infer(
  _ op: some Operator, types: [ValueType], contents: [[Dimension]?] = []
) throws -> Inferred {
  var context = InferenceContext(
    operandContents: types.indices.map { index in
      index < contents.count ? contents[index].flatMap { SymbolicContents($0) } : nil
    }, origin: "test", symbolPrefix: "d")
  let results = try op.inferTypes(types, in: &context)
  for type in results { try type.validate() }
  return Inferred(types: results, context: context)
}

/// Infers the results of `op` for operands of `shapes`.
func infer(
  _ op: some Operator, _ shapes: Shape..., contents: [[Dimension]?] = []
) throws -> Inferred {
  try infer(op, types: shapes.map { .tensor($0) }, contents: contents)
}

/// Infers the sizes of the result of `op` for float operands of sizes `dimensions`.
func sizes(_ op: some Operator, _ dimensions: [Dimension]...) throws -> [Dimension] {
  try infer(op, types: dimensions.map { .tensor(Shape(.float, $0)) }).shape.dimensions
}

/// Runs `op` on `arguments`, and checks that the results have the types inferred for them.
///
/// - Parameters:
///   - operands: the types to infer for, where they shall be symbolic.
///   - bindings: the values of the symbols in them.
func evaluate(
  _ op: some Operator, _ arguments: Argument..., operands: [Shape]? = nil,
  bindings: [Symbol: Int] = [:], location: SourceLocation = #_sourceLocation
) throws -> Argument {
  let shapes = operands ?? arguments.map(\.shape)
  let inferred = try infer(op, types: shapes.map { .tensor($0) })
  let context = EvaluationContext(resultTypes: inferred.types, symbolValue: { bindings[$0] })
  let results = try op.evaluate(arguments.map { .tensor($0) }, in: context)
  try #require(results.count == inferred.types.count, sourceLocation: location)
  for (result, type) in zip(results, inferred.types) {
    let argument = try #require(result.argument, sourceLocation: location)
    let shape = try #require(type.shape, sourceLocation: location)
    #expect(argument.elementType == shape.elementType, sourceLocation: location)
    #expect(argument.rank == shape.rank, sourceLocation: location)
    for (size, dimension) in zip(argument.lens, shape.dimensions) {
      // Sizes that only running tells have no value yet.
      guard let expected = dimension.evaluated({ bindings[$0] }) else { continue }
      #expect(size == expected, "size of \(shape)", sourceLocation: location)
    }
    let isBound = shape.isFixed || shape.symbols.allSatisfy { bindings[$0] != nil }
    if operands == nil, isBound, !argument.lens.contains(0) {
      #expect(
        argument.strides.map { Dimension($0) } == shape.strides, sourceLocation: location)
    }
  }
  return try #require(results.first?.argument, sourceLocation: location)
}

/// Builds a module around `op` with a parameter for each of `types`, and gives it with the results' types.
func module(
  _ op: some Operator, _ types: ValueType...
) throws -> (module: Module, types: [ValueType]) {
  var module = Module()
  var inputs: [Value] = []
  for (index, type) in types.enumerated() {
    inputs.append(try module.addParameter("x\(index)", type))
  }
  let id = try module.add(op, inputs)
  let results = module[id].types
  try module.addReturn(results.indices.map { Value(id, result: $0) })
  return (module, results)
}

/// A float tensor of the numbers 0, 1, 2 and so on.
func counting(_ lens: Int...) throws -> Argument {
  try Argument((0..<lens.reduce(1, *)).map { Float($0) }, lens: lens)
}

/// An int64 vector.
func vector(_ numbers: Int...) throws -> Argument {
  try Argument(numbers.map { Int64($0) }, lens: [numbers.count])
}

extension Argument {
  /// The elements of a float tensor in row-major order.
  var floats: [Float] { elements(as: Float.self) }
}

/// Checks that `body` throws an error of kind `code` whose text contains `text`.
func expectError(
  _ code: MIGraphXError.Code, _ text: String = "", location: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  do {
    try body()
    Issue.record("no error", sourceLocation: location)
  } catch let error as MIGraphXError {
    #expect(error.code == code, "\(error)", sourceLocation: location)
    #expect(error.description.contains(text), "\(error)", sourceLocation: location)
  } catch {
    Issue.record("\(error)", sourceLocation: location)
  }
}

/// Names of sizes used in tests.
enum Sizes {
  static let n = Symbol("N", minimum: 1)
  static let s = Symbol("S", minimum: 1)
  static let h = Symbol("H")
}
