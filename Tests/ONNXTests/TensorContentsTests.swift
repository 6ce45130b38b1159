import Foundation
import ONNX
import ONNXProto
import Support
import Testing

/// One tensor and the little-endian bytes of its elements, written out by hand.
struct Encoding: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var tensor: Onnx_TensorProto
  var bytes: [UInt8]

  init(
    _ name: String, _ type: Int32, _ count: Int64, _ bytes: [UInt8],
    _ fill: (inout Onnx_TensorProto) -> Void
  ) {
    testDescription = name
    tensor = ONNXTests.tensor(type: type, dims: [count], fill)
    self.bytes = bytes
  }

  // 1.5 is 0x3fc00000 in single, 0x3ff8000000000000 in double, 0x3e00 in half and 0x3fc0 in
  // bfloat16 precision; -2 is 0xc0000000, 0xc000000000000000, 0xc000 and 0xc000.
  static let typed = [
    Encoding("float", 1, 2, [0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0]) { $0.floatData = [1.5, -2] },
    Encoding("uint8", 2, 3, [0, 7, 255]) { $0.int32Data = [0, 7, 255] },
    Encoding("int8", 3, 3, [0x80, 0xff, 0x7f]) { $0.int32Data = [-128, -1, 127] },
    Encoding("uint16", 4, 2, [0x34, 0x12, 0xff, 0xff]) { $0.int32Data = [0x1234, 0xffff] },
    Encoding("int16", 5, 2, [0, 0x80, 0xfe, 0xff]) { $0.int32Data = [-32768, -2] },
    Encoding("int32", 6, 2, [0x78, 0x56, 0x34, 0x12, 0xff, 0xff, 0xff, 0xff]) {
      $0.int32Data = [0x1234_5678, -1]
    },
    Encoding("int64", 7, 1, [0xfe, 255, 255, 255, 255, 255, 255, 255]) { $0.int64Data = [-2] },
    Encoding("bool", 9, 3, [0, 1, 1]) { $0.int32Data = [0, 1, 5] },
    Encoding("half", 10, 2, [0, 0x3e, 0, 0xc0]) { $0.int32Data = [0x3e00, 0xc000] },
    Encoding("double", 11, 2, [0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0]) {
      $0.doubleData = [1.5, -2]
    },
    Encoding("uint32", 12, 2, [1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]) {
      $0.uint64Data = [1, 0xffff_ffff]
    },
    Encoding("uint64", 13, 1, [0, 0, 0, 0, 0, 0, 0, 0x80]) { $0.uint64Data = [1 << 63] },
    Encoding("bfloat16", 16, 2, [0xc0, 0x3f, 0, 0xc0]) { $0.int32Data = [0x3fc0, 0xc000] },
    Encoding("float8e4m3fn", 17, 2, [0x3c, 0xc0]) { $0.int32Data = [0x3c, 0xc0] },
    Encoding("float8e4m3fnuz", 18, 2, [0x44, 0xc8]) { $0.int32Data = [0x44, 0xc8] },
    Encoding("float8e5m2", 19, 2, [0x3e, 0xc0]) { $0.int32Data = [0x3e, 0xc0] },
    Encoding("float8e5m2fnuz", 20, 2, [0x42, 0xc4]) { $0.int32Data = [0x42, 0xc4] },
    Encoding("float8e8m0", 24, 2, [0x7f, 0xff]) { $0.int32Data = [0x7f, 0xff] },
  ]

  // Elements of fewer than 8 bits: the first is in the low bits.
  static let packed: [(type: Int32, packed: [UInt8], elements: [UInt8])] = [
    (21, [0xf1, 0x08], [1, 15, 8]), (22, [0xf1, 0x08], [1, 0xff, 0xf8]),
    (23, [0x21, 0x0f], [1, 2, 15]), (25, [0b11_10_01_00, 0b10], [0, 1, 2, 3, 2]),
    (26, [0b11_10_01_00, 0b10], [0, 1, 0xfe, 0xff, 0xfe]),
  ]
}

@Suite struct TensorContentsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ tensor: Onnx_TensorProto) throws -> TensorBytes {
    let file = try open(model(tensor), in: folder)
    return try file.contents(file.model.graph.initializer[0])
  }

  @Test(arguments: Encoding.typed)
  func decodesTypedFields(_ encoding: Encoding) throws {
    #expect(try read(encoding.tensor).copied() == encoding.bytes)
  }

  @Test(arguments: Encoding.typed)
  func decodesRawData(_ encoding: Encoding) throws {
    // Repeated 40 times, the data is large enough to stay in the file.
    for times in [1, 40] {
      let bytes = Array(repeatElement(encoding.bytes, count: times).joined())
      let raw = tensor(
        type: encoding.tensor.dataType, dims: [Int64(times), encoding.tensor.dims[0]]
      ) {
        $0.rawData = Data(bytes)
      }
      let result = try read(raw)
      #expect(try result.copied() == bytes)
      #expect(result.isMapped == (bytes.count >= 64))
    }
  }

  @Test(arguments: Encoding.typed)
  func comparesTheNumberOfValues(_ encoding: Encoding) {
    let needed = encoding.tensor.dims[0] + 1
    var short = encoding.tensor
    short.dims = [needed]
    expectError(.invalidFile, "initializer 'w'", "has \(needed - 1) values", "needs \(needed)") {
      _ = try read(short)
    }
    short.dims = []
    if needed != 2 {
      expectError(.invalidFile, "dimensions []", "needs 1") { _ = try read(short) }
    }
  }

  @Test(arguments: [0, 39, 41, 80])
  func comparesTheSizeOfRawData(_ size: Int) {
    let wrong = tensor(type: 1, dims: [2, 5]) { $0.rawData = Data(pattern(size)) }
    expectError(
      .invalidFile, "initializer 'w'", "has \(size) bytes", "FLOAT", "[2, 5]", "needs 40"
    ) { _ = try read(wrong) }
  }

  @Test func unpacksNarrowElements() throws {
    for (type, packed, elements) in Encoding.packed {
      let count = Int64(elements.count)
      let typed = tensor(type: type, dims: [count]) { $0.int32Data = packed.map { Int32($0) } }
      #expect(try read(typed).copied() == elements)
      // Repeated 80 times, the data is large enough to stay in the file.
      let whole = elements.dropLast(elements.count % 2)
      for times in [1, 80] {
        let raw = tensor(type: type, dims: [Int64(times * whole.count)]) {
          $0.rawData = Data(repeatElement(packed[0], count: times))
        }
        #expect(
          try read(raw).copied() == Array(repeatElement(whole, count: times).joined()))
      }
      var wrong = typed
      wrong.dims = [count + 4]
      expectError(.invalidFile, "has 2 values", "needs") { _ = try read(wrong) }
      wrong.dims = [1]
      expectError(.invalidFile, "has 2 values", "needs 1") { _ = try read(wrong) }
      wrong.int32Data[0] = 256
      wrong.dims = [count]
      expectError(.invalidFile, "the value 256", "0 to 255") { _ = try read(wrong) }
    }
  }

  @Test func makesBooleansZeroOrOne() throws {
    var bytes = [UInt8](repeating: 1, count: 100)
    bytes[50] = 0
    let good = tensor(type: 9, dims: [100]) { $0.rawData = Data(bytes) }
    #expect(try read(good).isMapped)
    #expect(try read(good).copied() == bytes)
    bytes[7] = 255
    let odd = tensor(type: 9, dims: [100]) { $0.rawData = Data(bytes) }
    bytes[7] = 1
    #expect(try read(odd).copied() == bytes)
    #expect(try read(tensor(type: 9, dims: [2]) { $0.rawData = Data([2, 0]) }).copied() == [1, 0])
  }

  @Test func acceptsScalarsAndEmptyTensors() throws {
    #expect(try read(tensor(type: 6, dims: []) { $0.int32Data = [3] }).copied() == [3, 0, 0, 0])
    #expect(try read(tensor(type: 1, dims: [0, 5])).copied() == [])
    #expect(try read(tensor(type: 1, dims: [0]) { $0.rawData = Data() }).copied() == [])
  }

  @Test(
    arguments: [
      (2, -1), (2, 256), (3, 128), (3, -129), (4, 65_536), (4, -1), (5, 32_768), (10, -1),
      (16, 65_536), (17, 256), (24, -1),
    ] as [(Int32, Int32)])
  func refusesValuesThatDoNotFit(_ type: Int32, _ value: Int32) {
    expectError(.invalidFile, "'w'", "\(value)", "int32_data") {
      _ = try read(tensor(type: type, dims: [1]) { $0.int32Data = [value] })
    }
  }

  @Test func refusesLargeUInt32() {
    expectError(.invalidFile, "'w'", "4294967296", "UINT32") {
      _ = try read(tensor(type: 12, dims: [1]) { $0.uint64Data = [1 << 32] })
    }
  }

  @Test(
    arguments: [
      (14, "COMPLEX64"), (15, "COMPLEX128"), (27, "FLOAT6E2M3"), (28, "FLOAT6E3M2"), (8, "STRING"),
      (99, "number 99"), (-1, "number -1"),
    ] as [(Int32, String)])
  func namesUnsupportedTypes(_ type: Int32, _ name: String) {
    expectError(.unsupported, "initializer 'w'", name) {
      _ = try read(tensor(type: type, dims: [2]) { $0.rawData = Data([1]) })
    }
  }

  @Test func refusesMissingTypesAndSegments() {
    expectError(.invalidFile, "'w'", "no element type") { _ = try read(tensor(type: 0, dims: [])) }
    expectError(.unsupported, "'w'", "segments") {
      _ = try read(tensor(type: 2, dims: [1]) { $0.segment.begin = 0 })
    }
  }

  @Test func refusesImpossibleDimensions() {
    expectError(.invalidFile, "'w'", "[2, -3]", "negative") {
      _ = try read(tensor(type: 1, dims: [2, -3]))
    }
    // 2^46 elements of 4 bytes; 2^64 elements; an empty tensor whose strides would overflow.
    let large: [[Int64]] = [[1 << 46], [.max, 2], [.max, .max, 0]]
    for dims in large {
      expectError(.limitExceeded, "'w'", "\(dims)") { _ = try read(tensor(type: 1, dims: dims)) }
    }
    expectError(.limitExceeded, "65 dimensions") {
      _ = try read(tensor(type: 1, dims: Array(repeating: 1, count: 65)))
    }
  }

  @Test func readsStrings() throws {
    let words = tensor("words", type: 8, dims: [2]) {
      $0.stringData = [Data("héllo".utf8), Data()]
    }
    let file = try open(model(words), in: folder)
    #expect(try file.tensorStrings(words, what: "'words'") == ["héllo", ""])
    var wrong = words
    wrong.dims = [3]
    expectError(.invalidFile, "'words'", "has 2 values", "needs 3") {
      _ = try file.tensorStrings(wrong, what: "'words'")
    }
    wrong = words
    wrong.stringData[1] = Data([0xff])
    expectError(.invalidFile, "'words'", "UTF-8", "1") {
      _ = try file.tensorStrings(wrong, what: "'words'")
    }
    expectError(.invalidFile, "'w'", "FLOAT") {
      _ = try file.tensorStrings(tensor(type: 1, dims: []), what: "'w'")
    }
    wrong.dataLocation = .external
    expectError(.unsupported, "'words'") { _ = try file.tensorStrings(wrong, what: "'words'") }
  }
}
