import IR
import Operators
import Support
import Tensors
import Testing

@Suite struct MovementSizesTests {
  let n = Dimension(Sizes.n)
  let s = Dimension(Sizes.s)

  // MARK: DimensionsOf

  @Test func dimensionsOfGivesSizes() throws {
    let inferred = try infer(DimensionsOf(start: 1, end: 3), Shape(.float, [n, s, 7]))
    #expect(inferred.shape == Shape(.int64, lens: [2]))
    #expect(inferred.contents == [s, 7])
    let transposed = try evaluate(Transpose(permutation: [1, 0]), counting(2, 3))
    #expect(try evaluate(DimensionsOf(end: 2), transposed).elements(as: Int64.self) == [3, 2])
    #expect(try evaluate(DimensionsOf(end: 2), counting(0, 3)).elements(as: Int64.self) == [0, 3])
    #expect(try evaluate(DimensionsOf(end: 0), counting(3)).lens == [0])
  }

  @Test func dimensionsOfRefusesOtherAxes() throws {
    expectError(.invalidArgument, "0 to 3") { _ = try sizes(DimensionsOf(end: 3), [1, 2]) }
    expectError(.invalidArgument) { _ = try sizes(DimensionsOf(start: 2, end: 1), [1, 2]) }
    expectError(.invalidArgument) { _ = try sizes(DimensionsOf(start: -1, end: 1), [1, 2]) }
    expectError(.invalidShape) { _ = try infer(DimensionsOf(end: 0)) }
  }

  // MARK: ShapeValue

  @Test func shapeValueGivesValues() throws {
    let values = ShapeValue(dims: [n, s * 2, 5])
    let inferred = try infer(values)
    #expect(inferred.shape == Shape(.int64, lens: [3]))
    #expect(inferred.contents == [n, s * 2, 5])
    let bindings = [Sizes.n: 3, Sizes.s: 4]
    #expect(try evaluate(values, bindings: bindings).elements(as: Int64.self) == [3, 8, 5])
    let scalar = ShapeValue(dims: [n], lens: [], elementType: .float)
    #expect(try infer(scalar).shape == Shape(.float, []))
    #expect(try infer(scalar).contents == nil)
    #expect(try evaluate(scalar, bindings: bindings).floats == [3])
    let matrix = ShapeValue(dims: [1, 2], lens: [2, 1], elementType: .int32)
    #expect(try evaluate(matrix).elements(as: Int32.self) == [1, 2])
    #expect(try evaluate(ShapeValue(dims: [])).lens == [0])
  }

  @Test func shapeValueRefusesWrongSizes() throws {
    expectError(.invalidArgument, "do not hold 2") {
      _ = try infer(ShapeValue(dims: [n, s], lens: [3]))
    }
    expectError(.invalidArgument, "bool_type") {
      _ = try infer(ShapeValue(dims: [n], elementType: .bool))
    }
    expectError(.invalidShape) { _ = try infer(ShapeValue(dims: [n]), Shape(.float, [])) }
    expectError(.invalidArgument, "can't hold") {
      _ = try evaluate(ShapeValue(dims: [n], elementType: .int8), bindings: [Sizes.n: 128])
    }
    expectError(.invalidArgument, "can't hold") {
      _ = try evaluate(ShapeValue(dims: [-1], elementType: .uint64))
    }
    expectError(.invalidShape, "no value") { _ = try evaluate(ShapeValue(dims: [n])) }
  }

  // MARK: Range

  private func range<Element: TensorElement>(
    _ start: Element, _ limit: Element, _ delta: Element
  ) throws -> [Element] {
    try evaluate(
      RangeOperator(), Argument([start], lens: []), Argument([limit], lens: []),
      Argument([delta], lens: [])
    ).elements(as: Element.self)
  }

  @Test func rangeCounts() throws {
    #expect(try range(Int64(1), 7, 2) == [1, 3, 5])
    #expect(try range(Int32(7), 1, -3) == [7, 4])
    #expect(try range(Int64(3), 3, 1) == [])
    #expect(try range(Int64(3), 9, -1) == [])
    #expect(try range(Float(0), 1, 0.25) == [0, 0.25, 0.5, 0.75])
    #expect(try range(Float(1), 0, 1) == [])
    #expect(try range(Int64.min, Int64.max, Int64.max) == [.min, -1, .max - 1])
    #expect(try range(UInt64.max - 1, UInt64.max, 1) == [.max - 1])
    #expect(try range(Int8(-128), 127, 100) == [-128, -28, 72])
  }

  @Test func rangeInfersLengths() throws {
    let scalar = Shape(.int64, [])
    func infers(_ start: Dimension, _ limit: Dimension, _ delta: Dimension) throws -> Inferred {
      try infer(
        RangeOperator(), scalar, scalar, scalar, contents: [[start], [limit], [delta]])
    }
    #expect(try infers(0, s, 1).shape.dimensions == [s])
    #expect(try infers(s, 0, -2).shape.dimensions == [s.ceilDivided(by: 2)])
    #expect(try infers(n, n + 3, 1).contents == [n, n + 1, n + 2])
    #expect(try infers(5, 2, 1).shape.dimensions == [0])
    #expect(
      try infers(Dimension(Int.min), Dimension(Int.max), Dimension(Int.max)).shape.lens == [3])
    #expect(try infers(0, 4, n).context.freshSymbols.count == 1)
    #expect(
      try infer(RangeOperator(), scalar, scalar, scalar).context.freshSymbols.count == 1)
    let float = Shape(.float, [])
    #expect(try infer(RangeOperator(), float, float, float).shape.elementType == .float)
  }

  @Test func rangeRefusesWrongInputs() throws {
    expectError(.invalidArgument, "delta") { _ = try range(Int64(0), 1, 0) }
    expectError(.invalidArgument, "delta") { _ = try range(Float(0), 1, 0) }
    expectError(.invalidArgument, "no end") { _ = try range(Float(0), .infinity, 1) }
    expectError(.invalidArgument, "no end") { _ = try range(Float(0), .nan, 1) }
    expectError(.limitExceeded) { _ = try range(Int64.min, Int64.max, 1) }
    expectError(.limitExceeded) { _ = try range(Double(0), 1e300, 1) }
    let (int, float) = (Shape(.int64, []), Shape(.float, []))
    expectError(.invalidArgument, "delta") {
      _ = try infer(RangeOperator(), int, int, int, contents: [[0], [1], [0]])
    }
    expectError(.limitExceeded) {
      _ = try infer(RangeOperator(), int, int, int, contents: [[0], [Dimension(1 << 60)], [1]])
    }
    expectError(.invalidShape, "one element type") {
      _ = try infer(RangeOperator(), int, float, int)
    }
    expectError(.invalidShape, "3 inputs") { _ = try infer(RangeOperator(), int, int) }
    expectError(.invalidShape, "equal, found 2 and 1") {
      _ = try infer(RangeOperator(), Shape(.int64, [2]), int, int)
    }
    expectError(.invalidShape, "number type") {
      let flag = Shape(.bool, [])
      _ = try infer(RangeOperator(), flag, flag, flag)
    }
  }

  // MARK: Modules and text

  @Test func sizesTravelThroughAModule() throws {
    var module = Module()
    let x = try module.addParameter("x", Shape(.float, [n, s, 768]))
    let sizes = try module.add(DimensionsOf(end: 3), x)
    var parts: [Value] = []
    for index in [0, 1] {
      let position = module.addLiteral(try Literal([Int64(index)], lens: [1]))
      parts.append(try module.add(Gather(axis: 0), sizes, position))
    }
    parts.append(module.addLiteral(try Literal([Int64(12), 64], lens: [2])))
    let wanted = Value(try module.add(Concat(axis: 0), parts))
    let result = try module.add(Reshape(dims: []), x, wanted)
    try module.addReturn([result])
    #expect(module.shape(of: result) == Shape(.float, [n, s, 12, 64]))
    #expect(module.guards.isEmpty)
    #expect(Set(module.symbols.keys) == ["N", "S"])
  }

  @Test func operatorsHaveTextAndAreMadeByName() throws {
    let operators: [(any Operator, String)] = [
      (Reshape(dims: [n, -1]), "reshape[dims={N, -1}]"),
      (Reshape(dims: [0], allowZero: true), "reshape[dims={0},allow_zero=1]"),
      (ReshapeLazy(dims: [2]), "reshape_lazy[dims={2}]"),
      (Multibroadcast(outLens: [n, 4]), "multibroadcast[out_lens={N, 4}]"),
      (Broadcast(axis: 1, outLens: [2, 3]), "broadcast[axis=1,out_lens={2, 3}]"),
      (
        Slice(axes: [0], starts: [0], ends: [s], steps: [2]),
        "slice[axes={0},starts={0},ends={S},steps={2}]"
      ),
      (Slice(axes: [0], starts: [0], ends: [4]), "slice[axes={0},starts={0},ends={4}]"),
      (GatherND(batchDims: 1), "gathernd[batch_dims=1]"),
      (GatherElements(axis: 1), "gather_elements[axis=1]"),
      (Gather(axis: 1), "gather[axis=1]"),
      (Concat(axis: 1), "concat[axis=1]"),
      (Tile(repeats: [2]), "tile[repeats={2}]"),
      (Squeeze(axes: [1]), "squeeze[axes={1}]"),
      (Unsqueeze(axes: [1]), "unsqueeze[axes={1}]"),
      (Pad(mode: .edge, pads: [1, 1], value: 0.5), "pad[mode=edge,pads={1, 1},value=0.5]"),
      (DimensionsOf(start: 1, end: 2), "dimensions_of[start=1,end=2]"),
      (ShapeValue(dims: [s]), "shape_value[dims={S},element_type=int64_type]"),
      (
        ShapeValue(dims: [s], lens: [], elementType: .int32),
        "shape_value[dims={S},lens={},element_type=int32_type]"
      ),
      (RangeOperator(), "range"), (Contiguous(), "contiguous"), (Identity(), "identity"),
      (Undefined(), "undefined"),
    ]
    let context = AttributeContext(definitions: ["N": Sizes.n, "S": Sizes.s])
    for (op, text) in operators {
      #expect(op.text == text)
      let made = try OperatorRegistry.standard.make(op.name, op.attributes, in: context)
      #expect(made.isEqual(to: op), "\(text)")
    }
    // An attribute that is nil by default is known by its own name only.
    expectError(.invalidArgument, "allowZero") {
      _ = try OperatorRegistry.standard.make("reshape", [.init("allowZero", .bool(true))])
    }
    let reshape = try OperatorRegistry.standard.make("reshape", [.init("allow_zero", .bool(true))])
    #expect((reshape as? Reshape)?.allowZero == true)
  }
}
