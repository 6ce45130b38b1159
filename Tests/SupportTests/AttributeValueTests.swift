import Support
import Testing

struct AttributeValueTests {
  enum Mode: String, Codable { case average, max }
  enum Level: Int, Codable { case low = 1, high = 5 }
  struct Window: Codable, Hashable {
    var size: [Int] = [3, 3]
    var mode = Mode.max
  }
  struct Nothing: Codable, Hashable {}

  struct Everything: Codable, Hashable {
    var flag = true
    var count = -7
    var small: Int8 = -128
    var wide: Int64 = .min
    var unsigned: UInt64 = 1 << 62
    var ratio: Float = 0.1
    var exact = 1e-5
    var whole = 3.0
    var word = "abc_1.x:y"
    var text = "a \"quoted\" \\ line\nend"
    var mode = Mode.average
    var level = Level.high
    var none: Int?
    var some: Int? = 4
    var list = [1, 2]
    var lists = [[1.5], []]
    var words = ["a", "b c", ""]
    var window = Window()
    var windows = [Window(), Window(size: [], mode: .average)]
    var nothing = Nothing()
    var long = 1

    enum CodingKeys: String, CodingKey {
      case flag, count, small, wide, unsigned, ratio, exact, whole, word, text, mode, level
      case none = "not_given"
      case some, list, lists, words, window, windows, nothing
      case long = "long_name"
    }
  }

  @Test func everyKindHasAForm() throws {
    let value = try AttributeValue(encoding: Everything())
    #expect(
      value.description == """
        {flag=1, count=-7, small=-128, wide=-9223372036854775808, unsigned=4611686018427387904, \
        ratio=0.1, exact=1e-05, whole=3, word=abc_1.x:y, \
        text="a \\"quoted\\" \\\\ line\\nend", mode=average, level=5, some=4, list={1, 2}, \
        lists={{1.5}, {}}, words={a, "b c", ""}, window={size={3, 3}, mode=max}, \
        windows={{size={3, 3}, mode=max}, {size={}, mode=average}}, nothing={}, long_name=1}
        """)
    #expect(try value.decoded(as: Everything.self) == Everything())
  }

  @Test func decodingTellsTheNamesOfAllFields() throws {
    let (_, names) = try AttributeValue(encoding: Everything()).decodedWithNames(
      as: Everything.self)
    #expect(names.isSuperset(of: ["flag", "not_given", "some", "long_name"]) && names.count == 21)
    #expect(try AttributeValue.object([]).decodedWithNames(as: Nothing.self).names.isEmpty)
  }

  /// Text doesn't tell these kinds apart.
  @Test func numbersConvertWhenNothingIsLost() throws {
    #expect(try AttributeValue.int(1).decoded(as: Bool.self))
    #expect(try AttributeValue.bool(true).decoded(as: Int.self) == 1)
    #expect(try AttributeValue.double(4).decoded(as: Int.self) == 4)
    #expect(try AttributeValue.int(4).decoded(as: Double.self) == 4)
    #expect(try AttributeValue.array([]).decoded(as: Nothing.self) == Nothing())
    #expect(try AttributeValue.object([]).decoded(as: [Int].self) == [])
    #expect(try AttributeValue.int(2).decoded(as: UInt8.self) == 2)
  }

  @Test(arguments: [
    (AttributeValue.int(2), "flag", "attribute 'flag' is 2; 0 or 1 is needed"),
    (
      .double(1.5), "count",
      "attribute 'count' is 1.5; an integer from -9223372036854775808 to 9223372036854775807 is "
        + "needed"
    ),
    (.int(128), "small", "attribute 'small' is 128; an integer from -128 to 127 is needed"),
    (
      .int(-1), "unsigned",
      "attribute 'unsigned' is -1; an integer from 0 to 18446744073709551615 is needed"
    ),
    (.string("x"), "ratio", "attribute 'ratio' is x; a number is needed"),
    (.array([]), "word", "attribute 'word' is {}; text is needed"),
    (.int(3), "list", "attribute 'list' is 3; a list in braces is needed"),
    (.int(3), "window", "attribute 'window' is 3; fields in braces is needed"),
    (
      .array([.array([.string("x")])]), "lists",
      "attribute 'lists.0.0' is x; a number is needed"
    ),
    (
      .object([.init("size", .array([]))]), "window", "attribute 'mode' is missing"
    ),
    (
      .string("median"), "mode",
      "attribute 'mode': Cannot initialize Mode from invalid String value median"
    ),
  ])
  func wrongValuesAreNamed(value: AttributeValue, field: String, message: String) throws {
    guard case .object(var fields) = try AttributeValue(encoding: Everything()) else { return }
    fields.removeAll { $0.name == field }
    fields.append(.init(field, value))
    #expect(throws: MIGraphXError(.invalidArgument, message)) {
      try AttributeValue.object(fields).decoded(as: Everything.self)
    }
  }

  @Test func unsignedNumbersBeyondIntHaveNoForm() {
    #expect(throws: MIGraphXError.self) { try AttributeValue(encoding: Everything(unsigned: .max)) }
    #expect(throws: MIGraphXError.self) { try AttributeValue(encoding: [1, nil] as [Int?]) }
  }

  @Test func numbersAreShortAndExact() {
    #expect(numberText(Float(0.1)) == "0.1")
    #expect(numberText(1.0 / 3) == "0.3333333333333333")
    #expect(numberText(-0.0) == "-0")
    #expect(numberText(1e300) == "1e+300")
    #expect(numberText(Double.infinity) == "inf" && numberText(Double.nan) == "nan")
  }

  @Test(arguments: [
    ("plain", "plain"), ("", "\"\""), ("1x", "\"1x\""), ("nan", "\"nan\""), ("Inf", "\"Inf\""),
    ("snan", "\"snan\""), ("a-b", "\"a-b\""), ("é", "\"é\""), ("a\r\n", "\"a\\r\\n\""),
  ])
  func wordsStandWithoutQuotes(text: String, expected: String) {
    #expect(AttributeValue.string(text).description == expected)
  }

  @Test func fieldNamesThatAreNoWordsAreQuoted() {
    #expect(AttributeValue.Field("a=b", .int(1)).description == "\"a=b\"=1")
    #expect(AttributeValue.object([.init("a", .bool(false))]).description == "{a=0}")
  }
}

struct ErrorTests {
  @Test func trailsNameTheStagesFromTheOutside() throws {
    func fail() throws(MIGraphXError) { throw MIGraphXError(.unsupported, "two\nlines") }
    let error = #expect(throws: MIGraphXError.self) {
      try trace("loading") { () throws(MIGraphXError) in
        try trace("reading") { () throws(MIGraphXError) in try fail() }
      }
    }
    #expect(error?.description == "unsupported: two lines (while loading, while reading)")
  }
}
