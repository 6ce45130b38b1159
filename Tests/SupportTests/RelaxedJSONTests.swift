import Support
import Testing

struct RelaxedJSONTests {
  @Test(arguments: [
    ("{}", AttributeValue.object([])),
    ("{axis: 1}", .object([.init("axis", .int(1))])),
    (
      "{\"axes\": [0, -1,], 'mode': \"max\", keep:true , eps: 1e-5}",
      .object([
        .init("axes", .array([.int(0), .int(-1)])), .init("mode", .string("max")),
        .init("keep", .bool(true)), .init("eps", .double(1e-5)),
      ])
    ),
    (
      " [ {min:1,max:4} , word ] ",
      .array([.object([.init("min", .int(1)), .init("max", .int(4))]), .string("word")])
    ),
    (#""a\n\t\"\u00e9\ud83d\ude00\\""#, .string("a\n\t\"é😀\\")),
    ("-3.5", .double(-3.5)),
    ("[null, 'null']", .array([.absent, .string("null")])),
    ("9223372036854775807", .int(.max)),
  ])
  func values(text: String, expected: AttributeValue) throws {
    #expect(try AttributeValue(relaxedJSON: text) == expected)
  }

  @Test(arguments: [
    ("", "JSON needs a value at byte 0, found its end"),
    ("{axis}", "JSON needs a key and ':' at byte 5, found '}'"),
    ("{axis: 1", "JSON needs ',' or '}' at byte 8, found its end"),
    ("[1 2]", "JSON needs ',' or ']' at byte 3, found '2]'"),
    ("{a: 1} b", "JSON needs the end at byte 7, found 'b'"),
    ("\"abc", "JSON needs a closing quote at byte 4, found its end"),
    (#""\ud800""#, "JSON needs a low surrogate at byte 7, found '\"'"),
    (#""\u+12f""#, "JSON needs four hexadecimal digits at byte 3, found '+12f\"'"),
    (#""\u-12f""#, "JSON needs four hexadecimal digits at byte 3, found '-12f\"'"),
    (#""\u12"#, "JSON needs four hexadecimal digits at byte 3, found '12'"),
  ])
  func errors(text: String, message: String) {
    #expect(throws: MIGraphXError(.invalidArgument, message)) {
      _ = try AttributeValue(relaxedJSON: text)
    }
  }

  @Test func depthIsBounded() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: MIGraphXError(.invalidArgument, "JSON is nested more than 64 deep")) {
      _ = try AttributeValue(relaxedJSON: text)
    }
  }
}
