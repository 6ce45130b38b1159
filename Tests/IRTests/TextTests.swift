import IR
import Support
import Tensors
import Testing

struct TextTests {
  /// The text of `program`, which must read back as the same text and be well formed.
  @discardableResult
  private func roundTrip(_ program: Program, literals: [String: Literal] = [:]) throws -> String {
    try program.verify()
    let text = program.text(everything)
    let parsed = try Program(parsing: text, registry: testRegistry)
    #expect(parsed.text(everything) == text)
    try parsed.verify()
    let short = program.text()
    let again = try? Program(parsing: short, registry: testRegistry)
    if let again { #expect(again.text() == short) }
    return text
  }

  @Test func aSmallProgramInMIGraphXsForm() throws {
    var module = Module()
    let x = try module.addParameter("input", Shape(.float, lens: [1, 3, 4, 4]))
    let scale = module.addLiteral(try Literal([0.8 as Float], lens: []))
    let many = module.addLiteral(try Literal((0..<11).map { Int32($0) }, lens: [11]))
    _ = (scale, many)
    let op = TestAttributes(flag: true, mode: .max, outLens: [1, 2])
    let made = try module.add(op, x)
    let split = try module.add(TestSplit(), [made])
    let out = try module.add(TestRelu(), Value(split))
    try module.addReturn([out, Value(split, result: 1)])
    #expect(
      Program(main: module).text() == """
        symbols: main:d4.0=[0..100]
        module: "main"
        input = @param:input -> float_type, {1, 3, 4, 4}, {48, 16, 4, 1}
        main:@1 = @literal{0.8} -> float_type, {1}, {0}
        main:@2 = @literal{ ... } -> int32_type, {11}, {1}
        main:@3 = attributes[flag=1,axis=-1,ratio=1e-05,exact=0.1,text="",mode=max,out_lens={1, 2},pairs={}](input) -> float_type, {1, 2}, {2, 1}
        main:@4 = split(main:@3) -> [float_type, {2, 1}, {1, 2}, int64_type, {main:d4.0}, {1}]
        main:@5 = relu(main:@4) -> float_type, {2, 1}, {1, 2}
        main:@6 = @return(main:@5,main:@4:1)

        """)
    try roundTrip(Program(main: module))
  }

  static let names = [
    "x", "", " ", "two words", "a\"b", "a\\b", "line\nend", "cr\r\nlf", "tab\there", "x:0", "x:1",
    "x:", "main:@3", "\"main:@3\"", "@5", "main:@5:1", "-1", "0", "né\u{301}", "a,\u{301}b",
    "日本", "🙂", "a=b", "#", "a # b", "->", "module: \"main\"", "symbols: ", "@guard: ", "{}", "[x]",
    "(", "'quoted'", "nan", "a\u{2028}b", "\u{0}", "@return", "@param:x", "a;b", "floor",
  ]

  @Test func namesOfAnyKind() throws {
    var module = Module()
    var values: [Value] = []
    for name in TextTests.names {
      values.append(try module.addParameter(name, Shape(.float, lens: [2])))
    }
    for value in values {
      try module.add(
        TestRelu(), [value], debugSymbols: [module.parameterName(value), "same"])
    }
    for name in TextTests.names { module.addDebugSymbols([name], to: values[0].instruction) }
    _ = module.addLiteral(try Literal([1 as Float], lens: []), debugSymbols: TextTests.names)
    try module.addReturn(values, names: TextTests.names)
    let program = Program(main: module)
    let text = try roundTrip(program)
    let parsed = try Program(parsing: text, registry: testRegistry)
    #expect(parsed.inputs.map(\.name) == TextTests.names)
    #expect(parsed.outputs.map(\.name) == TextTests.names)
    let order = parsed.main.order
    for (index, name) in TextTests.names.enumerated() {
      let relu = parsed.main[order[TextTests.names.count + 1 + index]]
      #expect(relu.inputs == [parsed.main.parameters[index]])
      #expect(relu.debugSymbols.first == name)
    }
    let windows = text.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\r\n")
    #expect(try Program(parsing: windows, registry: testRegistry).text(everything) == text)
  }

  @Test func symbolsOfAnyKind() throws {
    var module = Module()
    var sizes: [Dimension] = []
    for (index, name) in TextTests.names.enumerated() where name != "main:@5:1" {
      sizes.append(
        Dimension(
          Symbol(
            name, minimum: index * 2, maximum: index % 3 == 0 ? nil : index * 2 + 40,
            step: index % 2 + 1)))
    }
    sizes += ["inf", "Infinity", "snan", "e5", "main:d1.0", "main:d3.7"].map {
      Dimension(Symbol($0))
    }
    let (k, l) = (Dimension(Symbol("K")), Dimension(Symbol("L")))
    for (index, size) in sizes.enumerated() {
      let x = try module.addParameter("p\(index)", tensor(.float, size, size))
      let y = try module.addParameter("q\(index)", tensor(.float, k, l))
      try module.add(TestAdd(), [x, y], debugSymbols: ["n\(index)\nof \"x\""])
      try module.add(
        TestAttributes(
          outLens: [size, size.floorDivided(by: 3) + 1, .minimum(size, 7)],
          pairs: [.init(a: index, b: [size, size * sizes[0]]), .init()]), x)
    }
    let text = try roundTrip(Program(main: module))
    #expect(text.hasPrefix("symbols: "))
    let parsed = try Program(parsing: text, registry: testRegistry)
    #expect(parsed.symbols == Program(main: module).symbols)
    #expect(parsed.main.guards == module.guards && module.guards.count > 50)
  }

  @Test func literalsOfEveryType() throws {
    var module = Module()
    func add<Element: TensorElement>(_ elements: [Element], _ lens: [Int]? = nil) throws {
      module.addLiteral(try Literal(elements, lens: lens ?? [elements.count]))
    }
    try add([Bool8(true), Bool8(false)])
    try add([Int8.min, -1, 0, .max])
    try add([Int16.min, .max])
    try add([Int32.min, .max])
    try add([Int64.min, .max])
    try add([UInt8.max, 0])
    try add([UInt16.max])
    try add([UInt32.max])
    try add([UInt64.max, 1 << 63, 0])
    try add([
      Float.infinity, -.infinity, .nan, -0.0, 0, 0.1, .leastNonzeroMagnitude, 16_777_216,
      .greatestFiniteMagnitude, 9.223372e18, 1.8446744e19,
    ])
    try add([
      Double.infinity, .nan, -0.0, 0.1, .leastNonzeroMagnitude, 1 / 3, .greatestFiniteMagnitude,
      1e22,
    ])
    try add([Float16.infinity, .nan, -0.0, 0.1, .leastNonzeroMagnitude, 65504, 1 / 3])
    try add(
      [0x3F81, 0x7F80, 0xFF80, 0x8000, 1, 0x7F7F, 0x3DCC, 0x0080].map {
        BFloat16(bitPattern: $0)
      })
    try add([Float](), [0])
    try add([Int64](), [3, 0])
    try add([Double(7)], [])
    try add([Int32(7)], [1])
    try add([UInt8(7)], [1, 1, 1])
    module.addLiteral(Literal(try Argument(strings: TextTests.names, lens: [5, 8])))
    module.addLiteral(Literal(try Argument(strings: [], lens: [0])))
    module.addLiteral(Literal(try Argument(strings: [""], lens: [])))
    let text = try roundTrip(Program(main: module))
    let parsed = try Program(parsing: text, registry: testRegistry).main
    for (a, b) in zip(module.order, parsed.order) {
      let (first, second) = (try #require(module[a].literal), try #require(parsed[b].literal))
      #expect(first == second, "\(first.shape)")
    }
  }

  @Test func literalsKeepTheirStrides() throws {
    var module = Module()
    let parent = try Argument((0..<6).map { Int16($0) }, lens: [6])
    let words = try Argument(strings: ["a", "b", "c", "d"], lens: [4])
    for view in [
      try parent.view(lens: [3, 2], strides: [1, 3]),
      try parent.view(lens: [2, 3], strides: [0, 2]),
      try parent.view(lens: [2], strides: [5]),
      try parent.view(lens: [2, 1, 3], strides: [3, 9, 1]),
      try parent.view(lens: [2, 2], strides: [0, 0], elementOffset: 4),
      try words.view(lens: [2, 2], strides: [1, 2]), try words.view(lens: [3], strides: [0]),
    ] { module.addLiteral(Literal(view)) }
    let text = try roundTrip(Program(main: module))
    let parsed = try Program(parsing: text, registry: testRegistry).main
    for (a, b) in zip(module.order, parsed.order) {
      #expect(module[a].literal == parsed[b].literal)
    }
  }

  @Test func literalsByReference() throws {
    var module = Module()
    let big = try Literal((0..<100).map { Float($0) }, lens: [10, 10])
    module.addLiteral(try Literal([1 as Int64], lens: [1]))
    let value = module.addLiteral(big)
    try module.addReturn([value])
    let text = Program(main: module).text()
    let parsed = try Program(parsing: text, registry: testRegistry) { name, _ in
      name == "main:@1" ? big : nil
    }
    #expect(parsed.text() == text && parsed.main[parsed.main.order[1]].literal == big)
    #expect(
      throws: MIGraphXError(
        .invalidProgram,
        "line 3, column 59: the elements of 'main:@1' are not in the text and not given, found ''")
    ) { try Program(parsing: text, registry: testRegistry) }
    #expect(throws: MIGraphXError.self) {
      try Program(parsing: text, registry: testRegistry) { _, _ in
        try? Literal([1 as Float], lens: [1])
      }
    }
  }

  @Test func literalsAreAskedForWithTheirShapes() throws {
    var module = Module()
    let value = module.addLiteral(try Literal([1 as Float, 2], lens: [2, 1]))
    try module.addReturn([value])
    let text = Program(main: module).text(TextOptions(elementLimit: 0))
    #expect(text.contains("@literal{ ... }"))
    var asked: [String: Shape] = [:]
    let parsed = try Program(parsing: text, registry: testRegistry) { name, shape in
      asked[name] = shape
      return module[value.instruction].literal
    }
    #expect(asked == ["main:@0": Shape(.float, lens: [2, 1])])
    #expect(parsed.main[parsed.main.order[0]].literal == module[value.instruction].literal)
  }

  @Test func namesOfTensorsAreResolved() throws {
    var module = Module()
    let x = try module.addParameter("a:1", Shape(.float, lens: [2]))
    try module.add(TestSplit(), [x])
    try module.addReturn([])
    let text = Program(main: module).text()
    let parsed = try Program(
      parsing: text, registry: testRegistry,
      tensors: ["in": "a:1", "first": "main:@1", "second": "main:@1:1"])
    let order = parsed.main.order
    #expect(
      parsed.tensors == [
        "in": Value(order[0]), "first": Value(order[1]), "second": Value(order[1], result: 1),
      ])
    for reference in ["main:@1:2", "main:@1:-1", "main:@2", "b", ""] {
      #expect(
        throws: MIGraphXError(
          .invalidProgram,
          "tensor 't' is '\(reference)', which the main module doesn't have")
      ) { try Program(parsing: text, registry: testRegistry, tensors: ["t": reference]) }
    }
  }

  @Test func structuresSubModulesAndGuards() throws {
    let (n, m) = (Dimension(Symbol("N", step: 2)), Dimension(Symbol("M", maximum: 9)))
    var inner = Module(name: "inner, \"most\"")
    let p = try inner.addParameter("p", tensor(.float, n))
    let q = try inner.addParameter("main:@1", tensor(.float, m))
    let sum = try inner.add(TestAdd(), p, q)
    let split = try inner.add(TestSplit(), [sum])
    try inner.addReturn([Value(split, result: 1)])
    var body = Module(name: "body")
    let call = try body.add(TestCall(), [], modules: [inner])
    try body.add(TestAttributes(outLens: [n + m]), [])
    try body.addReturn([Value(call)])
    var other = Module(name: "other")
    try other.addReturn([])
    var module = Module()
    try module.addParameter("t", .tuple([tensor(.float, 2), .sequence(.optional(tensor(.int8)))]))
    try module.addParameter("s", .sequence(tensor(.string, n, 3)))
    let values = try module.add(TestStructures(), [])
    try module.add(TestSink(), [Value(values, result: 3), Value(values, result: 1)])
    try module.add(TestSink(), [])
    let outer = try module.add(TestCall(), [], modules: [body, other])
    try module.addReturn([Value(outer), Value(values, result: 2)], names: ["a", "b c"])
    let text = try roundTrip(Program(main: module))
    #expect(text.contains("main:@5 = call, [body, other] -> "))
    #expect(text.contains("module: \"inner, \\\"most\\\"\"\n"))
    #expect(text.contains("@guard: N == M # operator 'add'"))
  }

  @Test func operatorsOfRunTime() throws {
    var module = Module()
    let x = try module.addParameter("x", Shape(.float, lens: [2]))
    for name in ["my_custom", "gpu::code object", "x,y"] {
      try module.add(TestCustom(name: name, attributes: ["block_size": 64, "a=b": -1]), x)
      try module.add(TestCustom(name: name, attributes: [:]), x)
    }
    let text = try roundTrip(Program(main: module))
    #expect(text.contains("main:@1 = my_custom[\"a=b\"=-1,block_size=64](x) -> "))
    let made = try testRegistry.make("my_custom", [.init("k", .int(1))])
    #expect(made.isEqual(to: TestCustom(name: "my_custom", attributes: ["k": 1])))
    #expect(!made.isEqual(to: TestCustom(name: "my_custom", attributes: [:])))
    #expect(throws: MIGraphXError(.unsupported, "unknown operator 'nope'")) {
      try testRegistry.make("nope")
    }
  }

  @Test func attributesOfEveryKind() throws {
    let n = Dimension(Symbol("N"))
    var module = Module()
    try module.addParameter("x", tensor(.float, n))
    for ratio: Float in [0, -0.0, 1, -1e-30, .infinity, -.infinity, .nan, 0.1, 16_777_216] {
      try module.add(TestAttributes(ratio: ratio, exact: Double(ratio) / 3), [])
    }
    for text in TextTests.names + ["1", "1.5", "a.b:c", "inf", "true", "a, b", "{", "]", "N + 1"] {
      try module.add(TestAttributes(text: text), [])
    }
    for axis in [Int.min, -1, 0, Int.max] { try module.add(TestAttributes(axis: axis), []) }
    try module.add(TestAttributes(outLens: []), [])
    try module.add(TestAttributes(outLens: [n, 2 * n, 7, 0]), [])
    try module.add(TestAttributes(pairs: [.init(), .init(a: -3, b: [n + 1])]), [])
    let text = try roundTrip(Program(main: module))
    let parsed = try Program(parsing: text, registry: testRegistry).main
    for (a, b) in zip(module.order, parsed.order) {
      guard let first = module[a].op as? TestAttributes, let second = parsed[b].op else { continue }
      // NaN differs from itself.
      #expect(first.ratio.isNaN || second.isEqual(to: first), "\(first.text)")
    }
  }

  @Test func attributesThatAreNilByChoice() throws {
    let operators = [
      TestOptionals(), TestOptionals(axis: nil), TestOptionals(first: 1, sizes: nil, last: 2),
      TestOptionals(axis: nil, sizes: nil, word: nil), TestOptionals(sizes: [], word: "@none"),
    ]
    #expect(
      operators.map(\.text) == [
        "optionals[axis=-1,sizes={2},word=none,last=0]",
        "optionals[axis=@none,sizes={2},word=none,last=0]",
        "optionals[first=1,axis=-1,sizes=@none,word=none,last=2]",
        "optionals[axis=@none,sizes=@none,word=@none,last=0]",
        "optionals[axis=-1,sizes={},word=\"@none\",last=0]",
      ])
    var module = Module()
    for op in operators { try module.add(op, []) }
    let printed = try roundTrip(Program(main: module))
    let parsed = try Program(parsing: printed, registry: testRegistry).main
    for (id, op) in zip(parsed.order, operators) {
      #expect(parsed[id].op?.isEqual(to: op) ?? false, "\(op.text)")
    }
    // JSON, the form in which the interfaces give attributes.
    let text = try AttributeValue.object(operators[3].attributes).json()
    let json = try AttributeValue(relaxedJSON: text)
    if case .object(let fields) = json {
      #expect(try TestOptionals.make(fields) == operators[3])
    } else {
      Issue.record("\(json) is no object")
    }
    #expect(
      #expect(throws: MIGraphXError.self) { try TestOptionals.make([.init("last", .absent)]) }?
        .description
        == "invalid argument: attribute 'last' is @none; an integer from \(Int.min) to \(Int.max) is "
        + "needed (while making operator 'optionals')")
  }

  @Test func attributeMistakesAreNamed() {
    func message(_ fields: AttributeValue.Field...) -> String? {
      #expect(throws: MIGraphXError.self) { try TestAttributes.make(fields) }?.description
    }
    #expect(
      message(.init("axes", .int(1)))
        == "invalid argument: attributes has no attribute 'axes'; it has axis, exact, flag, mode, "
        + "out_lens, pairs, ratio, text")
    #expect(
      message(.init("axis", .int(1)), .init("axis", .int(2)))
        == "invalid argument: attributes has attribute 'axis' twice")
    #expect(
      message(.init("mode", .string("min")))
        == "invalid argument: attribute 'mode': Cannot initialize Mode from invalid String value min "
        + "(while making operator 'attributes')")
    #expect(
      #expect(throws: MIGraphXError.self) { try TestRelu.make([.init("a", .int(1))]) }?.description
        == "invalid argument: relu has no attribute 'a'; it has none")
  }

  /// Inference after reading must not give a symbol of the text to another instruction.
  @Test func freshSymbolsStayApartAfterReading() throws {
    var module = Module()
    let x = try module.addParameter("x", Shape(.float, lens: [2]))
    var unused: [InstructionID] = []
    for _ in 0..<3 { unused.append(try module.add(TestRelu(), [x])) }
    for _ in 0..<3 { try module.add(TestSplit(), [x]) }
    for id in unused { module.remove(id) }
    let text = try roundTrip(Program(main: module))
    var parsed = try Program(parsing: text, registry: testRegistry).main
    let splits = parsed.order.dropFirst()
    let before = splits.map { parsed.type(of: Value($0, result: 1)) }
    let y = try parsed.addParameter("y", Shape(.half, lens: [2]))
    try parsed.replaceAllUses(of: parsed.parameters[0], with: y)
    #expect(splits.map { parsed.type(of: Value($0, result: 1)) } == before)
    let next = try parsed.add(TestSplit(), [y])
    #expect(!before.contains(parsed.type(of: Value(next, result: 1))))
  }
}
