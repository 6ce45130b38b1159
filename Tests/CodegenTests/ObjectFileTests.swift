import Support
import Testing

@testable import Codegen

/// Objects are read with suspicion: they come from caches and files.
@Suite struct ObjectFileTests {
  private static let text = """
    @table = private constant [4 x i64] [i64 7, i64 1, i64 2, i64 3]
    define void @kernel(ptr %a) {
      %i = load i64, ptr %a
      %p = getelementptr [4 x i64], ptr @table, i64 0, i64 %i
      %v = load i64, ptr %p
      store i64 %v, ptr %a
      ret void
    }
    """

  private func object(_ text: String = ObjectFileTests.text) throws -> [UInt8] {
    try LLVMCompiler.compile(text, for: .sse42)
  }

  @Test func loadedCodeRuns() throws {
    let code = try LoadedCode(object: object())
    let function = try unsafe code.function("kernel")
    for (index, expected) in [7, 1, 2, 3].enumerated() {
      var value = index
      unsafe withUnsafeMutableBytes(of: &value) { unsafe function($0.baseAddress!) }
      #expect(value == expected)
    }
    #expect(throws: MIGraphXError.self) { _ = try unsafe code.function("other") }
  }

  @Test func everyTruncationIsRefused() throws {
    let object = try object()
    for count in 0..<object.count {
      #expect(throws: MIGraphXError.self, "\(count) bytes") {
        try ObjectFile(Array(object[..<count]))
      }
    }
  }

  /// Whatever the bytes are, they are refused, or everything stays inside of the image.
  @Test func mutationsStayInside() throws {
    let object = try object()
    var random = SplitMix(state: 7)
    var refused = 0
    for _ in 0..<20_000 {
      var bytes = object
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        bytes[place] = [0, 1, 0x7f, 0x80, 0xff, .random(in: 0 ... .max, using: &random)]
          .randomElement(using: &random)!
      }
      guard let file = try? ObjectFile(bytes) else {
        refused += 1
        continue
      }
      #expect(file.image(at: 0x1000).count == file.byteCount)
      #expect(file.functions.values.allSatisfy { (0...file.byteCount).contains($0) })
    }
    #expect(refused > 1000)
  }

  @Test func undefinedSymbolsAreRefused() throws {
    let text = """
      declare void @elsewhere(ptr)
      define void @kernel(ptr %a) {
        call void @elsewhere(ptr %a)
        ret void
      }
      """
    let object = try object(text)
    let error = #expect(throws: MIGraphXError.self) { try ObjectFile(object) }
    #expect(error?.code == .unsupported)
    #expect(error?.message.contains("'elsewhere'") == true)
  }

  @Test func writableDataIsRefused() throws {
    let text = """
      @state = internal global i64 1
      define void @kernel(ptr %a) {
        %v = load volatile i64, ptr @state
        store volatile i64 %v, ptr @state
        ret void
      }
      """
    let object = try object(text)
    let error = #expect(throws: MIGraphXError.self) { try ObjectFile(object) }
    #expect(error?.code == .unsupported)
  }

  @Test(arguments: ["", "define", "define void @kernel(ptr %a) { %x = add i64 %y, 1\n ret void }"])
  func badTextIsAnError(_ text: String) throws {
    let error = #expect(throws: MIGraphXError.self) {
      _ = try unsafe LoadedCode(object: LLVMCompiler.compile(text, for: .sse42)).function("kernel")
    }
    #expect([.codeGeneration, .invalidFile].contains(error?.code))
  }
}

/// A generator that gives the same numbers in each run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }
}
