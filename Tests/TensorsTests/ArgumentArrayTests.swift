import Support
import Tensors
import Testing

/// Arguments from arrays and bytes, and back.
struct ArgumentArrayTests {
  @Test func arraysComeBackInRowMajorOrder() throws {
    let numbers = try Argument([1, 2, 3, 4, 5, 6] as [Int32], lens: [2, 3])
    #expect(try [Int32](numbers) == [1, 2, 3, 4, 5, 6])
    #expect(try [Int32](numbers.view(lens: [3, 2], strides: [1, 3])) == [1, 4, 2, 5, 3, 6])
    #expect(try [Bool](Argument([true, false], lens: [2])) == [true, false])
    #expect(try Argument([true, false], lens: [2]).elementType == .bool)
    #expect(try [String](Argument(strings: ["a", "b"], lens: [2])) == ["a", "b"])
  }

  @Test func otherTypesAreRefused() throws {
    let numbers = try Argument([1, 2] as [Int32], lens: [2])
    let message = "the elements are of type int32_type and were read as "
    #expect(throws: MIGraphXError(.invalidArgument, message + "float_type")) {
      try [Float](numbers)
    }
    #expect(throws: MIGraphXError(.invalidArgument, message + "bool_type")) { try [Bool](numbers) }
    #expect(throws: MIGraphXError(.invalidArgument, message + "string_type")) {
      try [String](numbers)
    }
  }

  @Test func bytesAreElements() throws {
    // 1 and -2 by IEEE 754, least significant byte first.
    let bytes: [UInt8] = [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]
    let argument = try Argument(bytes: bytes, .float, lens: [1, 2])
    #expect(try [Float](argument) == [1, -2])
    #expect(try Argument(bytes: [], .float, lens: [0, 3]).elementCount == 0)
  }

  @Test(arguments: [0, 7, 9, 12]) func wrongNumbersOfBytesAreRefused(_ count: Int) {
    let bytes = [UInt8](repeating: 0, count: count)
    #expect(
      throws: MIGraphXError(
        .invalidArgument, "{float_type, {1, 2}, {2, 1}} takes 8 bytes; \(count) were given")
    ) { try Argument(bytes: bytes, .float, lens: [1, 2]) }
  }

  @Test func impossibleSizesAreRefused() {
    let bytes = [UInt8](repeating: 0, count: 8)
    for (lens, code) in [
      ([-1, 2], MIGraphXError.Code.invalidShape), ([.max, 4], .limitExceeded),
    ] {
      #expect {
        try Argument(bytes: bytes, .float, lens: lens)
      } throws: { ($0 as? MIGraphXError)?.code == code }
    }
    #expect {
      try Argument(bytes: bytes, .string, lens: [1])
    } throws: { ($0 as? MIGraphXError)?.code == .unsupported }
  }
}
