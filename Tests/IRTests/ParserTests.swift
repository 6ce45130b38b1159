import IR
import Support
import Tensors
import Testing

struct ParserTests {
  static let head = "module: \"main\"\nx = @param:x -> float_type, {2, 3}, {3, 1}\n"

  @Test(arguments: [
    ("", "the text has no module"),
    (
      "x = @param:x -> float_type, {2}, {1}",
      "line 1, column 1: 'module: \"name\"' is needed first, found 'x = @param:x -> float_type, {2'"
    ),
    (
      "module: \"main\"\nmodule: \"main\"",
      "line 2, column 15: there are two modules 'main', found ''"
    ),
    ("module: \"main\"\nmodule: \"other\"", "no instruction uses module 'other'"),
    (
      head + "y = relu(z) -> float_type, {2, 3}, {3, 1}",
      "line 3, column 11: 'z' is not defined before its use, found ') -> float_type, {2, 3}, {3, 1'"
    ),
    (
      head + "y = relu(x:1) -> float_type, {2, 3}, {3, 1}",
      "line 3, column 13: 'x:1' is not one of the 1 results, found ') -> float_type, {2, 3}, {3, 1'"
    ),
    (
      head + "y = relu(x:-1) -> float_type, {2, 3}, {3, 1}",
      "line 3, column 14: 'x:-1' is not one of the 1 results, found ') -> float_type, {2, 3}, {3, 1'"
    ),
    (
      head + "y = relu(x) -> float_type, {2, 4}, {4, 1}",
      "line 3, column 42: the type must be [float_type, {2, 3}, {3, 1}], found ''"
    ),
    (
      head + "y = relu(x) -> float_typ, {2}, {1}",
      "line 3, column 25: an element type is needed, not 'float_typ', found ', {2}, {1}'"
    ),
    (
      head + "y = relu(x) -> float_type, {2}, {1, 1}",
      "line 3, column 39: 1 sizes need as many strides, not 2, found ''"
    ),
    (
      head + "y = relu(x -> float_type",
      "line 3, column 25: 'x -> float_type' is not defined before its use, found ''"
    ),
    (
      head + "x = relu(x) -> float_type, {2, 3}, {3, 1}",
      "line 3, column 2: 'x' is defined twice, found ' = relu(x) -> float_type, {2, '"
    ),
    (head + "y relu(x)", "line 3, column 2: ' = ' is needed, found ' relu(x)'"),
    (
      head + "y = relu(x) -> float_type, {2, 3}, {3, 1} !",
      "line 3, column 42: the end of the line is needed, found ' !'"
    ),
    (head + "y = @return(x) !", "line 3, column 15: the end of the line is needed, found ' !'"),
    (
      head + "y = @return(x)\nz = relu(x) -> float_type, {2, 3}, {3, 1}",
      "line 4, column 1: the return must be the last instruction, found 'z = relu(x) -> float_type, {2,'"
    ),
    (
      head + "y = call, [body] -> []",
      "line 3, column 17: there is no module 'body', found ' -> []'"
    ),
    (
      head + "y = @literal{1, 2} -> float_type, {N}, {1}",
      "dimension 'N' names the unknown symbol 'N' at 0 (while reading line 3)"
    ),
    (
      head + "y = @literal{1, z} -> float_type, {2}, {1}",
      "'z' is no element of type float_type (while reading line 3)"
    ),
    (
      head + "y = @literal{1,, 2} -> int8_type, {2}, {1}",
      "'' is no element of type int8_type (while reading line 3)"
    ),
    (
      head + "y = @literal{128} -> int8_type, {1}, {1}",
      "'128' is no element of type int8_type (while reading line 3)"
    ),
    (
      head + "y = @literal{-1} -> uint64_type, {1}, {1}",
      "'-1' is no element of type uint64_type (while reading line 3)"
    ),
    (
      head + "y = @literal{2} -> bool_type, {1}, {1}",
      "'2' is no element of type bool_type (while reading line 3)"
    ),
    (
      head + "y = @literal{1, 2} -> float_type, {3}, {1}",
      "float_type, {3}, {1} has 3 elements; 2 were given (while reading line 3)"
    ),
    (
      head + "y = @literal{1, 2} -> float_type, {2}, {100000000}",
      "a literal of shape float_type, {2}, {100000000} takes more than 256 places in memory (while reading line 3)"
    ),
    (
      head + "y = @literal{1, 2 -> float_type, {2}, {1}",
      "line 3, column 37: a literal needs a shape of fixed size, found ', {1}'"
    ),
    (
      head + "y = nope(x) -> float_type, {2, 3}, {3, 1}",
      "unknown operator 'nope' (while reading line 3)"
    ),
    (
      head + "y = relu[a=1](x) -> float_type, {2, 3}, {3, 1}",
      "relu has no attribute 'a'; it has none (while reading line 3)"
    ),
    (head + "y = relu[a=1,a=2](x)", "line 3, column 15: 'a' is given twice, found '=2](x)'"),
    (head + "y = relu[a=\"x", "line 3, column 14: a closing quote is needed, found ''"),
    (
      head + "y = add(x) -> float_type, {2, 3}, {3, 1}",
      "2 inputs are needed, found 1 (while reading line 3, while inferring add of (float_type, {2, 3}, {3, 1}))"
    ),
    (
      head + "x2 = @param:x -> float_type, {2}, {1}",
      "module 'main' has a parameter 'x' already (while reading line 3)"
    ),
    (
      head + "y = @param:y -> float_type, {-2}, {1}",
      "a size must not be negative, found -2 in float_type, {-2}, {1} (while reading line 3)"
    ),
    (
      "symbols: N=[3..1]\n" + head,
      "line 1, column 17: a range [minimum..maximum:step] is needed, found ']'"
    ),
    (
      "symbols: N=[1..2], N=[1..3]\n" + head,
      "line 1, column 21: symbol 'N' has a range already, found '=[1..3]'"
    ),
    (
      head + "@guard: M == 3 # x",
      "dimension 'M' names the unknown symbol 'M' at 0 (while reading line 3)"
    ),
  ])
  func mistakesAreLocated(text: String, message: String) {
    let error = #expect(throws: MIGraphXError.self) {
      try Program(parsing: text, registry: testRegistry)
    }
    #expect(error.map { $0.description.drop { $0 != ":" }.dropFirst(2) } == message[...])
  }

  @Test func typesOfResultsMayBeLeftOut() throws {
    let text = ParserTests.head + "y = add(x,x)\nz = split(y)\nw = relu(z:1)\nv = sink(w)\n"
    let program = try Program(parsing: text, registry: testRegistry)
    let types = program.main.order.flatMap { program.main[$0].types }
    let fresh = Dimension(Symbol("main:d2.0", maximum: 100))
    #expect(
      types == [
        tensor(.float, 2, 3), tensor(.float, 2, 3),
        .tensor(Shape(.float, lens: [3, 2], strides: [1, 3])), tensor(.int64, fresh),
        tensor(.int64, fresh),
      ])
  }

  @Test func nestingIsLimited() {
    let deepValue = String(repeating: "{", count: 100_000)
    let deepType = String(repeating: "sequence[", count: 100_000)
    var deepModules = ""
    for index in 0..<5000 {
      deepModules += "module: \"m\(index)\"\nc = call, [m\(index + 1)]\n"
    }
    for text in [
      ParserTests.head + "y = relu[a=\(deepValue)",
      ParserTests.head + "y = relu[a={b=\(deepValue.replacing("{", with: "{b="))",
      ParserTests.head + "y = relu(x) -> \(deepType)",
      ParserTests.head
        + "y = @literal{1} -> float_type, {\(String(repeating: "(", count: 90_000)), {1}",
      deepModules, "module: \"main\"\nc = call, [main]",
    ] {
      #expect(throws: MIGraphXError.self) { try Program(parsing: text, registry: testRegistry) }
    }
  }

  /// A program that has every feature of the text form.
  static func sample() throws -> String {
    let n = Dimension(Symbol("N", minimum: 1, maximum: 64, step: 2))
    var body = Module(name: "body")
    let p = try body.addParameter("p", tensor(.float, n))
    try body.addReturn([p])
    var module = Module()
    let x = try module.addParameter("x", tensor(.float, n, 3))
    let y = try module.addParameter("a \"b\"", tensor(.float, Dimension(Symbol("M's")), 3))
    module.addLiteral(try Literal([0.5 as Float, -.infinity], lens: [2]))
    module.addLiteral(Literal(try Argument(strings: ["a", "b, \"c\"}"], lens: [2])))
    let sum = try module.add(TestAdd(), x, y)
    let split = try module.add(TestSplit(), [sum])
    try module.add(
      TestAttributes(text: "t\n", outLens: [n.floorDivided(by: 4) + 1, 2], pairs: [.init()]), [])
    try module.add(TestStructures(), [])
    let call = try module.add(TestCall(), [], modules: [body], debugSymbols: ["node 1", "n2"])
    try module.addReturn([Value(split, result: 1), Value(call)], names: ["first", "2nd one"])
    return Program(main: module).text(everything)
  }

  @Test func mutationsNeverTrap() throws {
    let sample = Array(try ParserTests.sample().utf8)
    let parts = [
      "-1", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "{", "}", "[",
      "]",
      "(", ")", "\"", "'", "\\", ",", ":", "=", "\n", " ", "@", "#", "N", "nan", "inf", "-0",
      "1e999",
      "floor(", "/0", "*", "^64", "min(", "tuple[", "sequence[", "string_type", "int8_type",
      "{ ... }", "{}", "main:@3:1", "module: \"body\"\n", "@return", "symbols: N=[0..]\n", "\u{0}",
      "é",
    ].map { Array($0.utf8) }
    var random = SplitMix(state: 2024)
    var accepted = 0
    let start = ContinuousClock.now
    for _ in 0..<5000 {
      var text = sample
      for _ in 0...random.below(3) {
        let place = random.below(text.count)
        let end = min(text.count, place + random.below(12))
        switch random.below(6) {
        case 0: text[place] = UInt8(random.below(256))
        case 1: text.removeSubrange(place..<end)
        case 2: text.insert(contentsOf: parts[random.below(parts.count)], at: place)
        case 3: text.replaceSubrange(place..<end, with: parts[random.below(parts.count)])
        case 4: text.insert(contentsOf: text[place..<end], at: random.below(text.count))
        default:
          let other = random.below(text.count)
          text.swapAt(place, other)
        }
      }
      guard
        let program = try? Program(
          parsing: String(decoding: text, as: UTF8.self), registry: testRegistry)
      else { continue }
      accepted += 1
      try program.verify()
      let printed = program.text(everything)
      let again = try Program(parsing: printed, registry: testRegistry)
      #expect(again.text(everything) == printed)
    }
    #expect(accepted > 100 && accepted < 4900)
    // About 30 times what it takes without optimisation.
    #expect(ContinuousClock.now - start < .seconds(120))
  }

  /// Twice the instructions must not take four times as long.
  @Test func longModulesTakeLinearTime() throws {
    func seconds(_ count: Int) throws -> Double {
      let start = ContinuousClock.now
      var module = Module()
      let n = Dimension(Symbol("N"))
      var value = try module.addParameter("x", tensor(.float, n, 3))
      for index in 0..<count {
        switch index % 10 {
        case 0:
          let y = try module.addParameter(
            "p\(index)", tensor(.float, Dimension(Symbol("M\(index)")), 3))
          value = try module.add(TestAdd(), value, y)
        case 1: module.addLiteral(try Literal([Float(index)], lens: []))
        case 2: try module.add(TestSplit(), [value])
        case 3: try module.add(TestAttributes(outLens: [n + Dimension(index)]), value)
        default: value = try module.add(TestRelu(), value)
        }
      }
      try module.addReturn([value])
      let other = try module.addParameter("other", tensor(.half, n, 3))
      _ = other
      let text = Program(main: module).text()
      let parsed = try Program(parsing: text, registry: testRegistry)
      #expect(parsed.main.count > count)
      try parsed.verify()
      #expect(parsed.text() == text)
      let last = try #require(parsed.main.returnID)
      var edited = parsed.main
      edited.remove(last)
      for id in edited.order.reversed() where edited.isUnused(id) { edited.remove(id) }
      #expect(edited.count == 0)
      let time = ContinuousClock.now - start
      return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    }
    let small = try seconds(500)
    let large = try seconds(4_000)
    // 8 times the work; quadratic behaviour would take 64 times as long. Timers of a busy machine vary.
    #expect(large < 24 * max(small, 0.05))
  }
}

/// A small generator, so that every run tries the same.
struct SplitMix {
  var state: UInt64
  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(max(1, bound)))
  }
}
