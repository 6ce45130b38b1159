import Foundation
import ONNX
import ONNXProto
import Support
import SwiftProtobuf
import Testing

/// A folder that is removed with everything in it when the object goes away.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "onnx-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, making the folders on its way, and gives its path.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return "\(path)/\(name)"
  }
}

/// `count` bytes that differ from seed to seed.
func pattern(_ count: Int, seed: Int = 1) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 31) ^ ($0 >> 8) &+ seed &* 101) }
}

func tensor(
  _ name: String = "w", type: Int32, dims: [Int64],
  _ fill: (inout Onnx_TensorProto) -> Void = { _ in }
) -> Onnx_TensorProto {
  var result = Onnx_TensorProto()
  result.name = name
  result.dataType = type
  result.dims = dims
  fill(&result)
  return result
}

/// A UINT8 vector with raw data.
func rawTensor(_ name: String, _ bytes: [UInt8]) -> Onnx_TensorProto {
  tensor(name, type: 2, dims: [Int64(bytes.count)]) { $0.rawData = Data(bytes) }
}

func model(_ fill: (inout Onnx_GraphProto) throws -> Void) rethrows -> Onnx_ModelProto {
  var model = Onnx_ModelProto()
  model.irVersion = 8
  model.graph.name = "g"
  try fill(&model.graph)
  return model
}

func model(_ initializers: Onnx_TensorProto...) -> Onnx_ModelProto {
  model { $0.initializer = initializers }
}

func encoded(_ message: some Message) throws -> [UInt8] { try message.serializedBytes() }

/// Writes the model through a file, so that mapping takes part.
func open(_ model: Onnx_ModelProto, in folder: TemporaryFolder) throws -> ModelFile {
  try ModelFile(path: try folder.write(try encoded(model), to: "model.onnx"))
}

extension TensorBytes {
  /// The bytes, wherever they are.
  func copied() throws -> [UInt8] {
    switch self {
    case .inline(let bytes): bytes
    case .mapped(let file, let range): try file.bytes(range)
    }
  }

  var isMapped: Bool {
    if case .mapped = self { true } else { false }
  }
}

extension ModelFile {
  func contents(_ tensor: Onnx_TensorProto) throws -> TensorBytes {
    try tensorBytes(tensor, what: "initializer '\(tensor.name)'")
  }
}

/// Expects that `body` throws an error of kind `code` whose text contains all of `parts`.
func expectError(
  _ code: MIGraphXError.Code, _ parts: String..., sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  let error = #expect(throws: MIGraphXError.self, sourceLocation: sourceLocation) { try body() }
  guard let error else { return }
  #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
  for part in parts {
    #expect(error.description.contains(part), "\(error)", sourceLocation: sourceLocation)
  }
}

/// The bytes of a length-delimited protobuf field with a number below 16.
func field(_ number: UInt8, _ contents: [UInt8]) -> [UInt8] {
  [number << 3 | 2] + varint(UInt64(contents.count)) + contents
}

func varint(_ value: UInt64) -> [UInt8] {
  var rest = value
  var result: [UInt8] = []
  while rest >= 0x80 {
    result.append(UInt8(rest & 0x7f) | 0x80)
    rest >>= 7
  }
  return result + [UInt8(rest)]
}
