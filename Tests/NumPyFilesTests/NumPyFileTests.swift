import NumPyFiles
import Support
import Tensors
import Testing

@Suite("NumPy files")
struct NumPyFileTests {
  @Test("Every element type reads in both byte orders")
  func types() throws {
    let shape = "'fortran_order': False, 'shape': (2,)"
    for (name, low, expected) in [
      ("i2", [1, 0, 0xFE, 0xFF], [1.0, -2]), ("u2", [1, 0, 0xFE, 0xFF], [1, 65534]),
      ("i4", [1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF], [1, -2]),
      ("u4", [1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF], [1, 4_294_967_294]),
      ("i8", [3, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 8), [3, -1]),
      ("u8", [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0], [3, 4_294_967_296]),
      ("f2", [0, 0x3C, 0, 0xC0], [1, -2]), ("f4", [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], [1, -2]),
      ("f8", [0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0], [1, -2]),
    ] as [(String, [UInt8], [Double])] {
      let half = low.count / 2
      let high = Array(low[..<half].reversed()) + Array(low[half...].reversed())
      let little = try read(npy("{'descr': '<\(name)', \(shape)}", low))
      let big = try read(npy("{'descr': '>\(name)', \(shape)}", high))
      #expect(little.converted(to: Double.self) == expected, "<\(name)")
      #expect(big.converted(to: Double.self) == expected, ">\(name)")
      #expect(little.elementType == big.elementType)
    }
    let bytes: [UInt8] = [5, 0xFE]
    #expect(
      try read(npy("{'descr': '|i1', \(shape)}", bytes)).converted(to: Int64.self) == [5, -2])
    #expect(
      try read(npy("{'descr': '|u1', \(shape)}", bytes)).converted(to: Int64.self) == [5, 254])
    // Any byte but 0 is true, and is kept as 1.
    let bools = try read(npy("{'descr': '|b1', \(shape)}", [0, 7]))
    #expect(bools.elements(as: Bool8.self).map(\.byte) == [0, 1])
  }

  @Test("Fortran order is turned into row-major order")
  func fortranOrder() throws {
    let argument = try read(
      npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3)}", [1, 4, 2, 5, 3, 6]))
    #expect(argument.isStandard)
    #expect(argument.lens == [2, 3])
    #expect(argument.elements(as: UInt8.self) == [1, 2, 3, 4, 5, 6])
  }

  @Test("Versions 2 and 3, other order of fields, other white space")
  func headers() throws {
    for version: UInt8 in [2, 3] {
      let header = "{\"shape\":( 2 , ),\n 'descr' : \"<u2\",'fortran_order':False,}   "
      #expect(
        try read(npy(header, [1, 0, 2, 1], version: version)).elements(as: UInt16.self) == [1, 258])
    }
  }

  @Test("Tensors of rank 0 and without elements")
  func small() throws {
    let scalar = try read(npy("{'descr': '<i2', 'fortran_order': False, 'shape': ()}", [9, 0]))
    #expect(scalar.lens == [])
    #expect(scalar.elements(as: Int16.self) == [9])
    for order in ["False", "True"] {
      let empty = try read(npy("{'descr': '<f8', 'fortran_order': \(order), 'shape': (3, 0)}", []))
      #expect(empty.lens == [3, 0])
    }
  }

  @Test("What is written reads back, views included")
  func roundTrip() throws {
    let folder = try Folder()
    let path = "\(folder.path)/x.npy"
    let foreign: [ElementType] = [
      .string, .bfloat16, .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz,
      .float8e8m0, .float4e2m1, .int4, .uint4, .int2, .uint2,
    ]
    for type in foreign {
      let argument = try Argument(zeros: Shape(type, lens: [2]))
      #expect(throws: MIGraphXError.self) { try NumPyFile.write(argument, to: path) }
    }
    for type in ElementType.allCases where !foreign.contains(type) {
      for lens in [[], [1], [0, 2], [2, 3, 5]] {
        let argument = try generateArgument(Shape(type, lens: lens), seed: 3)
        try NumPyFile.write(argument, to: path)
        let copy = try NumPyFile.read(path)
        #expect(copy.shape == argument.shape)
        #expect(copy.converted(to: Double.self) == argument.converted(to: Double.self))
      }
    }
    let matrix = try Argument([1, 2, 3, 4, 5, 6] as [Float], lens: [2, 3])
    try NumPyFile.write(matrix.view(lens: [3, 2], strides: [1, 3]), to: path)
    #expect(try NumPyFile.read(path).elements(as: Float.self) == [1, 4, 2, 5, 3, 6])
    #expect(folder.names == ["x.npy"])
  }

  @Test("The file begins as the format says")
  func layout() throws {
    let folder = try Folder()
    let path = "\(folder.path)/x.npy"
    try NumPyFile.write(Argument([258] as [UInt16], lens: [1]), to: path)
    let file = try MappedFile(path: path)
    let text = "{'descr': '<u2', 'fortran_order': False, 'shape': (1,), }"
    let expected =
      [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0] + Array(text.utf8)
      + [UInt8](repeating: 0x20, count: 128 - 10 - text.utf8.count - 1) + [10, 2, 1]
    #expect(try file.bytes(0..<file.count) == expected)
  }

  @Test("Types that NumPy's format lacks are refused, and no file is left")
  func unwritable() throws {
    let folder = try Folder()
    let path = "\(folder.path)/x.npy"
    #expect {
      try NumPyFile.write(Argument([BFloat16(1)], lens: [1]), to: path)
    } throws: {
      "\($0)".hasPrefix("unsupported: NumPy files have no type for bf16_type")
    }
    #expect(throws: MIGraphXError.self) {
      try NumPyFile.write(Argument(strings: ["a"], lens: [1]), to: path)
    }
    #expect(folder.names == [])
  }

  @Test("Damaged files say what is wrong")
  func damaged() throws {
    let good = npy(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", [UInt8](repeating: 0, count: 8))
    for count in 0..<good.count {
      #expect(failure(Array(good[..<count])).hasPrefix("invalid file: "), "\(count)")
    }
    #expect(failure(good + [0]).contains("the elements need 8 bytes; 9 bytes follow"))
    #expect(failure(npy("{}", [], version: 4)).contains("version 4.0"))
    let fields = "'fortran_order': False, 'shape'"
    for (header, message) in [
      ("", "needs a value at byte"), ("[]", "must be a dictionary"), ("{}", "it has none"),
      ("{'descr': '<f4', \(fields): (1,), 'x': 1}", "needs the fields descr, fortran_order, shape"),
      ("{'descr': '<c8', \(fields): ()}", "NumPy type \"<c8\""),
      ("{'descr': '|O', \(fields): ()}", "NumPy type \"|O\""),
      ("{'descr': '|f4', \(fields): ()}", "NumPy type \"|f4\""),
      ("{'descr': [('a', '<f4')], \(fields): ()}", "records"),
      ("{'descr': '<f4', \(fields): (-1,)}", "needs a value"),
      ("{'descr': '<f4', \(fields): 3}", "shape has a value of no use"),
      ("{'descr': '<f4', \(fields): (True,)}", "shape must be sizes"),
      ("{'descr': '<f4', \(fields): (99999999999999999999,)}", "more than 63 bits"),
      ("{'descr': '<f4', \(fields): (4611686018427387904, 4)}", "limit exceeded"),
      ("{'descr': '<f4', \(fields): (0, 4611686018427387904, 4)}", "limit exceeded"),
      ("{'descr': '<f4', \(fields): (\(String(repeating: "1, ", count: 65)))}", "65 axes"),
      ("{'descr': '<f4', \(fields): ()} x", "needs the end"),
      ("{'descr': '<f4', 'descr': '<f4', \(fields): ()}", "twice"),
      (String(repeating: "(", count: 1000), "nested too deeply"),
      (String(repeating: " ", count: 65000), "needs a value"),
    ] {
      #expect(failure(npy(header, [])).contains(message), "\(header.prefix(80))")
    }
    #expect(failure(npy(String(repeating: " ", count: 1 << 17), [], version: 2)).contains("131073"))
  }
}
