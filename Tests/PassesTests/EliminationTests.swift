import IR
import Operators
import Passes
import Rewriting
import Support
import Tensors
import Testing

@Suite struct EliminationTests {
  private let n = Dimension(Symbol("N", minimum: 1))

  @Test func dropsWhatChangesNothing() throws {
    try expect(EliminateIdentity()) { m in
      var x = try m.parameter("x", n, 3)
      x = try m.add(Identity(), x)
      x = try m.add(Convert(targetType: .float), x)
      x = try m.add(Transpose(permutation: [0, -1]), x)
      x = try m.add(Reshape(dims: [0, -1]), x)
      x = try m.add(Slice(axes: [1], starts: [0], ends: [100]), x)
      x = try m.add(Multibroadcast(outLens: [n, 3]), x)
      x = try m.add(Contiguous(), x)
      return [x]
    } to: { m in
      [try m.parameter("x", n, 3)]
    }
  }

  @Test func keepsReversal() throws {
    try expect(
      EliminateIdentity(),
      keeps: { m in
        let x = try m.parameter("x", 3)
        let y = try m.add(Slice(axes: [0], starts: [-1], ends: [-100], steps: [-1]), x)
        return [try m.add(Relu(), y)]
      })
  }

  @Test func dropsUnits() throws {
    try expect(EliminateIdentity()) { m in
      let x = try m.parameter("x", n, 3)
      let k = try m.parameter("k", n, type: .int32)
      let one = m.addLiteral(try Literal([Float(1)], lens: []))
      let ones = try m.add(Multibroadcast(outLens: [n, 3]), one)
      let zero = m.addLiteral(try Literal([Int32(0)], lens: [1]))
      let zeros = try m.add(Multibroadcast(outLens: [n]), zero)
      let product = try m.add(Mul(), ones, m.add(Div(), x, ones))
      return [product, try m.add(Add(), zeros, m.add(Sub(), k, zeros))]
    } to: { m in
      let x = try m.parameter("x", n, 3)
      return [x, try m.parameter("k", n, type: .int32)]
    }
  }

  /// -0 + 0 is 0, so only a sum with -0 leaves every number as it is.
  @Test func heedsTheSignOfZero() throws {
    try expect(EliminateIdentity()) { m in
      let x = try m.parameter("x", 2)
      let zero = m.addLiteral(try Literal([Float(0), 0], lens: [2]))
      let minusZero = m.addLiteral(try Literal([-Float(0), -0.0], lens: [2]))
      let y = try m.add(Add(), x, zero)
      let z = try m.add(Add(), x, minusZero)
      return [y, z, try m.add(Sub(), zero, x)]
    } to: { m in
      let x = try m.parameter("x", 2)
      let zero = m.addLiteral(try Literal([Float(0), 0], lens: [2]))
      return [try m.add(Add(), x, zero), x, try m.add(Sub(), zero, x)]
    }
  }

  @Test func keepsResultsStandard() throws {
    // Dropping the copy would give the caller a transposed result.
    try expect(
      EliminateIdentity(),
      keeps: { m in
        let x = try m.add(Transpose(permutation: [1, 0]), m.parameter("x", 2, 3))
        return [try m.add(Reshape(dims: [3, 2]), x)]
      })
    try expect(
      EliminateContiguous(),
      keeps: { m in
        let x = try m.add(Transpose(permutation: [1, 0]), m.parameter("x", 2, 3))
        return [try m.add(Contiguous(), x)]
      })
  }

  @Test func mergesEqualInstructions() throws {
    try expect(EliminateCommonSubexpression()) { m in
      let x = try m.parameter("x", n)
      let (a, b) = (try m.weights(300), try m.weights(300))
      let c = try m.weights(300, seed: 2)
      let y = try m.add(Add(), m.add(Neg(), x), m.add(Neg(), x))
      return [y, try m.add(Add(), m.add(Add(), a, b), m.add(Add(), b, a)), c]
    } to: { m in
      let x = try m.parameter("x", n)
      let (a, c) = (try m.weights(300), try m.weights(300, seed: 2))
      let minus = try m.add(Neg(), x)
      let y = try m.add(Add(), minus, minus)
      let sum = try m.add(Add(), a, a)
      return [y, try m.add(Add(), sum, sum), c]
    }
  }

  @Test func keepsLiteralsThatDifferInOneElement() throws {
    var elements = [Float](repeating: 0, count: 10_000)
    let first = try Literal(elements, lens: [10_000])
    elements[5_001] = 1
    let second = try Literal(elements, lens: [10_000])
    try expect(
      EliminateCommonSubexpression(),
      keeps: { m in [m.addLiteral(first), m.addLiteral(second)] })
  }

  @Test func mergesEqualBranches() throws {
    func branch(_ name: String, _ seed: UInt64) throws -> Module {
      var module = Module(name: name)
      let x = try module.parameter("x", 2)
      try module.addReturn([module.add(Add(), x, module.weights(2, seed: seed))])
      return module
    }
    var main = Module()
    let c = try main.addParameter("c", Shape(.bool, [1]))
    let x = try main.parameter("x", 2)
    let ids = try [("a", "b", 1), ("c", "d", 1), ("e", "f", 3)].map { a, b, seed in
      try main.add(
        If(), [c, x, x], modules: [branch(a, UInt64(seed)), branch(b, 2)])
    }
    try main.addReturn(ids.map { Value($0) })
    var program = Program(main: main)
    let source = program
    try PassManager(verifies: true).run(EliminateCommonSubexpression(), on: &program)
    #expect(program.main.results == [Value(ids[0]), Value(ids[0]), Value(ids[2])])
    try expectSameValues(source, program)
  }

  @Test func copiesForKernelsThatNeedIt() throws {
    let relu: LayoutPredicate = { op, _ in op is Relu }
    try expect(AutoContiguous(needsStandard: relu)) { m in
      let x = try m.add(Transpose(permutation: [1, 0]), m.parameter("x", 2, 3))
      let (y, z) = (try m.add(Relu(), x), try m.add(Neg(), x))
      return [try m.add(Add(), m.add(Relu(), x), m.add(Add(), y, z)), x]
    } to: { m in
      let x = try m.add(Transpose(permutation: [1, 0]), m.parameter("x", 2, 3))
      let copy = try m.add(Contiguous(), x)
      let (y, z) = (try m.add(Relu(), copy), try m.add(Neg(), x))
      return [try m.add(Add(), m.add(Relu(), copy), m.add(Add(), y, z)), copy]
    }
  }

  @Test func dropsCopiesThatNobodyNeeds() throws {
    let relu: LayoutPredicate = { op, _ in op is Relu }
    try expect(EliminateContiguous(needsStandard: relu)) { m in
      let x = try m.add(Transpose(permutation: [1, 0]), m.parameter("x", 2, 3))
      let (a, b) = (try m.add(Contiguous(), x), try m.add(Contiguous(), x))
      return [try m.add(Relu(), a), try m.add(Neg(), b)]
    } to: { m in
      let x = try m.add(Transpose(permutation: [1, 0]), m.parameter("x", 2, 3))
      let a = try m.add(Contiguous(), x)
      return [try m.add(Relu(), a), try m.add(Neg(), x)]
    }
  }

  @Test func removesDeadCode() throws {
    try expect(DeadCodeElimination()) { m in
      let x = try m.parameter("x", 2)
      _ = try m.parameter("unused", 2)
      _ = try m.add(Neg(), m.add(Add(), x, m.weights(2)))
      return [x]
    } to: { m in
      let x = try m.parameter("x", 2)
      _ = try m.parameter("unused", 2)
      return [x]
    }
  }

  /// The size that the range decides is an attribute of the broadcast, so the range has to run.
  @Test func keepsMakersOfSymbols() throws {
    try expect(
      DeadCodeElimination(),
      keeps: { m in
        let limit = try m.addParameter("limit", Shape(.int32, []))
        let zero = m.addLiteral(try Literal([Int32(-9_000)], lens: []))
        let one = m.addLiteral(try Literal([Int32(1_000)], lens: []))
        let range = try m.add(RangeOperator(), zero, limit, one)
        let size = try #require(m.shape(of: range)?.dimensions.first)
        return [try m.add(Multibroadcast(outLens: [size, 3]), m.parameter("x", 3))]
      })
  }
}
