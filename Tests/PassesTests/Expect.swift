import IR
import Passes
import Reference
import Rewriting
import Support
import Tensors
import Testing

/// Elements of every literal are compared too.
let fullText = TextOptions(elementLimit: .max)

/// A program of what `build` adds to its main module; the values that it gives are the results.
func program(_ build: (inout Module) throws -> [Value]) throws -> Program {
  var module = Module()
  let results = try build(&module)
  try module.addReturn(results)
  return Program(main: module)
}

extension Module {
  /// Adds a parameter of these sizes.
  mutating func parameter(
    _ name: String, _ sizes: Dimension..., type: ElementType = .float
  ) throws -> Value {
    try addParameter(name, Shape(type, sizes))
  }

  /// Adds an int64 vector.
  mutating func integers(_ elements: Int...) throws -> Value {
    addLiteral(try Literal(elements.map { Int64($0) }, lens: [elements.count]))
  }

  /// Adds a literal of seeded values.
  mutating func weights(_ lens: Int..., type: ElementType = .float, seed: UInt64 = 1) throws
    -> Value
  {
    addLiteral(try generateLiteral(Shape(type, lens: lens), seed: seed))
  }
}

/// Seeded inputs for `program`; symbol number `n` in order of name has the value 4 + n, if that is in its range.
func seededInputs(_ program: Program) throws -> [RuntimeValue] {
  let symbols = program.symbols
  return try program.inputs.enumerated().map { index, input in
    let shape = try #require(
      input.type.shape?.evaluated { symbol in
        let wanted = max(4 + (symbols.firstIndex(of: symbol) ?? 0), symbol.minimum)
        return min(wanted, symbol.maximum ?? .max) / symbol.step * symbol.step
      })
    return .tensor(try generateArgument(shape, seed: UInt64(index)))
  }
}

/// Checks that two programs give the same results on seeded inputs.
///
/// `tolerance` bounds the difference over the largest magnitude; 0 asks for equal values.
func expectSameValues(
  _ before: Program, _ after: Program, tolerance: Double = 0,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let inputs = try seededInputs(before)
  let expected = try ReferenceExecutable(program: before).run(inputs)
  let found = try ReferenceExecutable(program: after).run(inputs)
  try #require(expected.count == found.count, sourceLocation: sourceLocation)
  for (a, b) in zip(expected, found) {
    let x = try #require(a.argument, sourceLocation: sourceLocation)
    let y = try #require(b.argument, sourceLocation: sourceLocation)
    #expect(x.elementType == y.elementType, sourceLocation: sourceLocation)
    #expect(x.lens == y.lens, sourceLocation: sourceLocation)
    let (p, q) = (x.converted(to: Double.self), y.converted(to: Double.self))
    let largest = p.reduce(0) { max($0, abs($1)) }
    let isSame = zip(p, q).allSatisfy { $0 == $1 || abs($0 - $1) <= tolerance * largest }
    #expect(isSame, "\(p.prefix(8)) became \(q.prefix(8))", sourceLocation: sourceLocation)
  }
}

/// Checks that `pass` makes the one program of the other, that it has nothing to add to that, that it does
/// the same every time, and that the results stay the same.
func expect(
  _ pass: any Pass, tolerance: Double = 0,
  rewrites before: (inout Module) throws -> [Value], to after: (inout Module) throws -> [Value],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let (source, wanted) = (try program(before), try program(after))
  let manager = PassManager(verifies: true)
  var result = source
  try manager.run(pass, on: &result)
  #expect(result.text(fullText) == wanted.text(fullText), sourceLocation: sourceLocation)
  var again = source
  try manager.run(pass, on: &again)
  #expect(again.text(fullText) == result.text(fullText), sourceLocation: sourceLocation)
  let report = try manager.run(pass, on: &again)
  #expect(report.rewrites == 0, "not idempotent", sourceLocation: sourceLocation)
  #expect(again.text(fullText) == result.text(fullText), sourceLocation: sourceLocation)
  try expectSameValues(source, result, tolerance: tolerance, sourceLocation: sourceLocation)
}

/// Checks that `pass` leaves a program as it is.
func expect(
  _ pass: any Pass, keeps build: (inout Module) throws -> [Value],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try expect(pass, rewrites: build, to: build, sourceLocation: sourceLocation)
}
