import Planning
import Testing

/// Reads the little of XML that pictures need, and says what is wrong with it.
private struct XMLReader {
  private(set) var texts: [String] = []
  private(set) var tags: [String] = []
  private(set) var fault: String?

  init(_ text: String) {
    var open: [String] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      let content = String(rest[..<start])
      if !XMLReader.isText(content) { fault = "text '\(content)'" }
      texts.append(content)
      guard let end = rest[start...].firstIndex(of: ">") else {
        fault = "a tag has no end"
        return
      }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("/") {
        if open.popLast() != String(tag.dropFirst()) { fault = "end of '\(tag)'" }
        continue
      }
      let name = String(tag.prefix { $0 != " " && $0 != "/" })
      if tag.contains("<") || tag.count(where: { $0 == "\"" }) % 2 == 1 { fault = "tag '\(tag)'" }
      tags.append(String(tag))
      if !tag.hasSuffix("/") { open.append(name) }
    }
    if !open.isEmpty { fault = "open: \(open)" }
  }

  private static func isText(_ text: String) -> Bool {
    let scalars = text.unicodeScalars.allSatisfy {
      $0 >= " " || $0 == "\n" || $0 == "\t" || $0 == "\r"
    }
    let references = text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
    return scalars && !text.contains(">")
      && references.allSatisfy { part in
        ["amp;", "lt;", "gt;"].contains { part.hasPrefix($0) }
      }
  }
}

@Suite struct PictureTests {
  @Test func eachBufferIsABox() throws {
    var generator = Generator(state: 1)
    let buffers = generator.buffers(40, sizes: 1...100_000, steps: 30, longest: 8)
    let empty = Buffer(name: "empty", byteCount: 0, firstStep: 0, lastStep: 1)
    let reader = XMLReader(try MemoryPlan(buffers + [empty]).svg)
    #expect(reader.fault == nil)
    #expect(reader.tags.count { $0.hasPrefix("rect class=\"buffer\"") } == 40)
    for buffer in buffers {
      #expect(reader.texts.count { $0.hasPrefix("\(buffer.name): \(buffer.byteCount) bytes") } == 1)
    }
  }

  @Test func boxesLieWhereThePlanSays() throws {
    let plan = try MemoryPlan([
      Buffer(name: "low", byteCount: 128, firstStep: 0, lastStep: 3),
      Buffer(name: "high", byteCount: 64, firstStep: 2, lastStep: 3),
    ])
    #expect(plan.byteCount == 192)
    let low = try #require(plan.svg.split(separator: "\n").first { $0.contains("low:") })
    #expect(
      low.contains(#"x="80.0" y="\#(plan.offsets[0] == 0 ? "266.67" : "40.0")" width="1100.0""#))
    let high = try #require(plan.svg.split(separator: "\n").first { $0.contains("high:") })
    #expect(high.contains(#"x="630.0""#) && high.contains(#"width="550.0" height="226.67""#))
  }

  @Test func namesAreEscaped() throws {
    let name = "</title>&<\"'\u{1}\u{1F}\u{FFFF}é✓>"
    let plan = try MemoryPlan([Buffer(name: name, byteCount: 64, firstStep: 0, lastStep: 0)])
    let reader = XMLReader(plan.svg)
    #expect(reader.fault == nil)
    let text = "&lt;/title&gt;&amp;&lt;\"'\u{FFFD}\u{FFFD}\u{FFFD}é✓&gt;: 64 bytes"
    #expect(reader.texts.contains { $0.hasPrefix(text) })
  }

  @Test func nothingIsAPictureToo() throws {
    #expect(XMLReader(try MemoryPlan([]).svg).fault == nil)
  }
}
