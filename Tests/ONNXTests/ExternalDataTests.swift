import Foundation
import ONNX
import ONNXProto
import Support
import Testing

@Suite struct ExternalDataTests {
  let folder: TemporaryFolder
  let weights = pattern(1_000)

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(weights, to: "model/weights.bin")
    try folder.write(weights, to: "outside.bin")
    try folder.write(weights, to: "model-outside/weights.bin")
  }

  /// A UINT8 vector of 100 elements with the given entries.
  private func external(_ entries: KeyValuePairs<String, String>) -> Onnx_TensorProto {
    tensor(type: 2, dims: [100]) {
      $0.dataLocation = .external
      for (key, value) in entries {
        var entry = Onnx_StringStringEntryProto()
        entry.key = key
        entry.value = value
        $0.externalData.append(entry)
      }
    }
  }

  private func open(_ tensor: Onnx_TensorProto) throws -> ModelFile {
    let bytes = try encoded(model(tensor))
    return try ModelFile(path: try folder.write(bytes, to: "model/model.onnx"))
  }

  private func read(_ entries: KeyValuePairs<String, String>) throws -> TensorBytes {
    let file = try open(external(entries))
    return try file.contents(file.model.graph.initializer[0])
  }

  @Test func readsByKeyInAnyOrder() throws {
    let result = try read([
      "length": "100", "checksum": "x", "offset": "300", "location": "weights.bin",
    ])
    #expect(result.isMapped)
    #expect(try result.copied() == Array(weights[300..<400]))
  }

  @Test func offsetAndLengthMayBeAbsent() throws {
    #expect(try read(["location": "weights.bin"]).copied() == Array(weights[..<100]))
    let last = try read(["location": "./weights.bin", "offset": "900"])
    #expect(try last.copied() == Array(weights[900...]))
  }

  @Test func mapsEachFileOnce() throws {
    let file = try open(external(["location": "weights.bin"]))
    let first = try file.contents(external(["location": "weights.bin"]))
    let second = try file.contents(external(["location": "./weights.bin", "offset": "5"]))
    guard case .mapped(let one, _) = first, case .mapped(let other, _) = second else {
      Issue.record("external data was copied")
      return
    }
    #expect(one === other)
  }

  @Test func aFolderMayBeGiven() throws {
    let bytes = try encoded(model(external(["location": "weights.bin"])))
    let given = try ModelFile(bytes: bytes, externalDataDirectory: "\(folder.path)/model")
    let tensor = given.model.graph.initializer[0]
    #expect(try given.contents(tensor).copied() == Array(weights[..<100]))
    let none = try ModelFile(bytes: bytes)
    expectError(.invalidArgument, "'w'", "weights.bin", "no folder") {
      _ = try none.contents(tensor)
    }
  }

  @Test func aLinkInsideTheFolderIsFollowed() throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/model/link.bin", withDestinationPath: "weights.bin")
    #expect(try read(["location": "link.bin"]).copied() == Array(weights[..<100]))
  }

  @Test(arguments: ["", "/", ".", "sub/..", "../outside.bin", "sub/../weights.bin", "a\0b"])
  func refusesOddLocations(_ location: String) {
    // Errors are one line: control characters are shown as spaces.
    expectError(.invalidFile, "initializer 'w'", "'\(location.replacing("\0", with: " "))'") {
      _ = try read(["location": location])
    }
  }

  @Test func refusesFilesOutsideTheFolder() throws {
    expectError(.invalidFile, "initializer 'w'", "outside.bin", "inside the model's folder") {
      _ = try read(["location": "\(folder.path)/outside.bin"])
    }
    let links = ["file": "../outside.bin", "folder": "..", "sibling": "../model-outside"]
    for (name, destination) in links {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/model/\(name)", withDestinationPath: destination)
    }
    for location in ["file", "folder/outside.bin", "sibling/weights.bin"] {
      expectError(.invalidFile, "initializer 'w'", location, "inside the model's folder") {
        _ = try read(["location": location])
      }
    }
  }

  @Test func refusesMissingAndShortFiles() {
    expectError(.system, "initializer 'w'", "absent.bin", "No such file") {
      _ = try read(["location": "absent.bin"])
    }
    expectError(.invalidFile, "'w'", "weights.bin", "100 bytes at offset 901", "1000 bytes") {
      _ = try read(["location": "weights.bin", "offset": "901"])
    }
    expectError(.invalidFile, "'w'", "\(Int.max)") {
      _ = try read(["location": "weights.bin", "offset": "\(Int.max)"])
    }
    expectError(.invalidFile, "'w'", "without a location") { _ = try read(["offset": "0"]) }
  }

  @Test(arguments: ["-1", "", "x", "1.5", "0x10", "9223372036854775808", " 1"])
  func refusesWhatIsNoNumber(_ text: String) {
    for key in ["offset", "length"] {
      expectError(.invalidFile, "initializer 'w'", "\(key) '\(text)'") {
        _ = try read(["location": "weights.bin", key: text])
      }
    }
  }

  @Test func comparesTheLength() {
    expectError(.invalidFile, "'w'", "length 99", "needs 100") {
      _ = try read(["location": "weights.bin", "length": "99"])
    }
  }
}
