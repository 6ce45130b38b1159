import Foundation
import ONNX
import ONNXProto
import Support
import SwiftProtobuf
import Testing

@Suite struct ModelFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A model from its encoded graph.
  private func file(graph: [UInt8]) throws -> ModelFile {
    try ModelFile(bytes: field(7, graph))
  }

  private func initializer(graph: [UInt8]) throws -> [UInt8] {
    let file = try file(graph: graph)
    return try file.contents(file.model.graph.initializer[0]).copied()
  }

  @Test func leavesLargeTensorsInTheFile() throws {
    let file = try open(everywhere(), in: folder)
    let tensors = allTensors(file.model)
    #expect(tensors.count == 14)
    for (index, tensor) in tensors.enumerated() {
      let contents = try file.contents(tensor)
      #expect(contents.isMapped, "\(tensor.name)")
      let seed = try #require(Int(tensor.name))
      #expect(try contents.copied() == pattern(200 + seed, seed: seed), "tensor \(index)")
    }
    #expect(Set(tensors.map(\.name)) == Set((0..<14).map { "\($0)" }))
  }

  @Test func theRestOfTheModelIsUnchanged() throws {
    let original = everywhere()
    var decoded = try open(original, in: folder).model
    var expected = original
    clearRawData(&decoded)
    clearRawData(&expected)
    #expect(decoded == expected)
  }

  @Test func sixtyFourBytesStayInTheFile() throws {
    let file = try open(model(rawTensor("a", pattern(63)), rawTensor("b", pattern(64))), in: folder)
    #expect(try file.contents(file.model.graph.initializer[0]).isMapped == false)
    #expect(try file.contents(file.model.graph.initializer[1]).isMapped)
    for (tensor, size) in zip(file.model.graph.initializer, [63, 64]) {
      #expect(try file.contents(tensor).copied() == pattern(size))
    }
  }

  @Test func theLastRawDataCounts() throws {
    let head: [UInt8] = [0x10, 2, 0x08]  // UINT8, then the number of elements
    let large = field(9, pattern(100, seed: 3))
    let small = field(9, pattern(10, seed: 4))
    #expect(
      try initializer(graph: field(5, head + [10] + large + small)) == pattern(10, seed: 4))
    #expect(
      try initializer(graph: field(5, head + [100] + small + large)) == pattern(100, seed: 3))
    #expect(try initializer(graph: field(5, head + [0] + large + field(9, []))) == [])
  }

  @Test func repeatedMessagesAreMerged() throws {
    // Two graph fields; in the first, an attribute whose tensor comes in two parts.
    let first: [UInt8] = [0x10, 2, 0x08, 10] + field(9, pattern(100))
    let parts = field(5, first) + field(5, field(9, pattern(10, seed: 9)))
    let graphs = [
      field(1, field(5, parts)), field(5, [0x10, 2, 0x08, 70] + field(9, pattern(70))),
    ]
    let file = try ModelFile(bytes: graphs.flatMap { field(7, $0) })
    let graph = file.model.graph
    #expect(try file.contents(graph.node[0].attribute[0].t).copied() == pattern(10, seed: 9))
    #expect(try file.contents(graph.initializer[0]).copied() == pattern(70))
  }

  @Test func aFileCannotForgeAReference() throws {
    // The private form of a reference to the first 8 bytes of the file.
    let forged =
      Array("migraphx in file".utf8) + [UInt8](repeating: 0, count: 8) + [8, 0, 0, 0, 0, 0, 0, 0]
    let file = try open(model(rawTensor("w", forged)), in: folder)
    #expect(try file.contents(file.model.graph.initializer[0]).copied() == forged)
  }

  @Test func aReferenceOfAnotherModelIsChecked() throws {
    let large = try open(model(rawTensor("w", pattern(5_000))), in: folder)
    let small = try ModelFile(bytes: try encoded(model(rawTensor("w", pattern(5)))))
    expectError(.invalidFile, "initializer 'w'") {
      _ = try small.contents(large.model.graph.initializer[0])
    }
  }

  @Test func lengthsMayHaveMoreBytesThanTheyNeed() throws {
    let tensor: [UInt8] = [0x10, 2, 0x08, 100, 0x4a, 0xe4, 0x80, 0x00] + pattern(100)
    let padded: [UInt8] = [0x2a, UInt8(tensor.count) | 0x80, 0x80, 0x80, 0x00] + tensor
    #expect(try initializer(graph: padded) == pattern(100))
  }

  @Test func unknownFieldsAreSkipped() throws {
    // Field 900 in every wire type, a group with another group inside it among them.
    let tag: (UInt64) -> [UInt8] = { varint(900 << 3 | $0) }
    let group = tag(3) + [0x0b, 0x0c, 0x08, 5] + tag(4)
    let unknown =
      tag(0) + [1] + tag(1) + pattern(8) + tag(2) + [3, 1, 2, 3] + tag(5) + pattern(4) + group
    let tensor: [UInt8] = [0x10, 2, 0x08, 100] + unknown + field(9, pattern(100)) + unknown
    #expect(try initializer(graph: unknown + field(5, tensor) + unknown) == pattern(100))
  }

  @Test func aFieldOfAnotherWireTypeIsUnknown() throws {
    // raw_data as a number, then as bytes.
    let tensor: [UInt8] = [0x10, 2, 0x08, 100, 0x48, 7] + field(9, pattern(100))
    #expect(try initializer(graph: field(5, tensor)) == pattern(100))
  }

  @Test func trainingInformationIsLeftOut() throws {
    var original = model(rawTensor("w", pattern(100)))
    var training = Onnx_TrainingInfoProto()
    training.algorithm = original.graph
    original.trainingInfo = [training]
    let file = try open(original, in: folder)
    #expect(file.model.trainingInfo.isEmpty)
    #expect(try file.contents(file.model.graph.initializer[0]).copied() == pattern(100))
  }

  @Test func knowsItsFolder() throws {
    #expect(try open(model(), in: folder).directory == folder.path)
    let bytes = try encoded(model())
    #expect(try ModelFile(bytes: bytes).directory == nil)
    #expect(try ModelFile(bytes: bytes, externalDataDirectory: "/d").directory == "/d")
  }

  @Test(
    arguments: [
      [],  // nothing
      Array("hello, this is no model".utf8),
      [0x08],  // a number without bytes
      [0x08, 0x80, 0x80],  // a number that does not end
      [0x08] + Array(repeating: 0x80, count: 10) + [1],  // a number of 11 bytes
      [0x3a, 5, 0],  // a graph longer than the file
      [0x3a, 2, 0x2a, 1, 0, 0],  // an initializer longer than its graph
      [0x3a] + Array(repeating: 0xff, count: 9) + [1],  // a graph of 2^64 - 1 bytes
      [0x3a, 0, 0x0e], [0x3a, 0, 0x0f],  // wire types 6 and 7
      [0x3a, 0, 0x00, 1],  // field 0
      [0x3a, 0, 0x0c],  // the end of a group that never began
      [0x3a, 0, 0x0b, 0x08, 1],  // a group that never ends
      [0x3a, 0, 0x0b, 0x14],  // a group ended by another's end
      [0x3a, 0, 0x0d, 1, 2],  // 4 bytes of which 2 are there
      [0x3a, 0, 0x09, 1, 2],  // 8 bytes of which 2 are there
      [0x3a, 3, 0x12, 1, 0xff],  // a name that is not UTF-8
    ] as [[UInt8]])
  func refusesDamagedFiles(_ bytes: [UInt8]) throws {
    let path = try folder.write(bytes, to: "broken.onnx")
    expectError(.invalidFile, "reading '\(path)'") { _ = try ModelFile(path: path) }
  }

  /// A graph inside an attribute of a node of a graph, and so on; 3 levels each time.
  private func nested(_ times: Int) -> [UInt8] {
    (0..<times).reduce([]) { graph, _ in field(1, field(5, field(6, graph))) }
  }

  @Test func limitsTheDepth() throws {
    #expect(try file(graph: nested(32)).model.hasGraph)
    expectError(.limitExceeded, "100") { _ = try file(graph: nested(34)) }
    expectError(.limitExceeded, "100") { _ = try file(graph: nested(5_000)) }
    let groups = [UInt8](repeating: 0x0b, count: 100_000)
    expectError(.limitExceeded, "100") { _ = try file(graph: groups) }
  }

  @Test func limitsTheNumberOfMessages() throws {
    // Empty metadata entries, 2 bytes each; 2^22 and one more.
    var bytes: [UInt8] = [0x72, 0]
    for _ in 0..<22 { bytes += bytes }
    bytes += [0x72, 0]
    expectError(.limitExceeded, "4194304") { _ = try ModelFile(bytes: bytes) }
  }

  @Test func refusesWhatIsNoFile() {
    expectError(.system, "absent.onnx") { _ = try ModelFile(path: "\(folder.path)/absent.onnx") }
    expectError(.invalidFile, "directory") { _ = try ModelFile(path: folder.path) }
  }
}
