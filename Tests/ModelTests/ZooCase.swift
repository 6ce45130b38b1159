import FoundationEssentials
import MIGraphX
import NumPyFiles
import Testing

/// One model at one set of sizes, with inputs and the outputs that ONNX Runtime gives for them.
struct ZooCase: CustomTestStringConvertible, Sendable {
  struct Index: Decodable, Sendable {
    struct Tensor: Decodable, Sendable {
      let name: String
      let file: String
    }
    let model: String
    let bound: Double
    let inputs: [Tensor]
    let outputs: [Tensor]
  }

  let folder: String
  let index: Index

  var testDescription: String { folder.split(separator: "/").suffix(2).joined(separator: "/") }
  var modelPath: String { "\(folder)/../model.onnx" }

  /// The cases that `make zoo-data` made: those of the demo's model, and of the zoo if it is there.
  static let all: [ZooCase] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: ".cache/zoo")
    let files = FileManager.default
    var cases: [ZooCase] = []
    for model in (try? files.contentsOfDirectory(atPath: root.path)) ?? [] {
      let folder = root.appending(path: model)
      for name in (try? files.contentsOfDirectory(atPath: folder.path)) ?? [] {
        let path = folder.appending(path: name)
        guard let data = try? Data(contentsOf: path.appending(path: "index.json")),
          let index = try? JSONDecoder().decode(Index.self, from: data)
        else { continue }
        cases.append(ZooCase(folder: path.path, index: index))
      }
    }
    return cases.sorted { $0.folder < $1.folder }
  }()

  /// One case of each model, the one with the smallest tensors first in name order.
  static let models: [ZooCase] = all.reduce(into: []) { result, item in
    if !result.contains(where: { $0.index.model == item.index.model }) { result.append(item) }
  }

  func inputs() throws -> [String: Argument] {
    try index.inputs.reduce(into: [:]) { inputs, tensor in
      inputs[tensor.name] = try NumPyFile.read("\(folder)/\(tensor.file)")
    }
  }

  /// The largest difference of an output from the expected one, in units of that one's standard deviation.
  func largestError(of outputs: [(name: String, value: Argument)]) throws -> Double {
    #expect(outputs.map(\.name) == index.outputs.map(\.name))
    var worst = 0.0
    for (output, expected) in zip(outputs, index.outputs) {
      let wanted = try NumPyFile.read("\(folder)/\(expected.file)")
      guard wanted.lens == output.value.lens, wanted.elementType == output.value.elementType else {
        Issue.record("\(output.name) is (\(output.value.shape)), expected (\(wanted.shape))")
        return .infinity
      }
      let a = wanted.converted(to: Double.self)
      let b = output.value.converted(to: Double.self)
      if !wanted.elementType.isFloatingPoint {
        if a != b { return .infinity }
        continue
      }
      let mean = a.reduce(0, +) / Double(max(1, a.count))
      let variance = a.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, a.count))
      for (x, y) in zip(a, b) {
        let difference = abs(x - y)
        guard difference.isFinite else { return .infinity }
        worst = max(worst, difference / (variance.squareRoot() + 1e-6))
      }
    }
    return worst
  }
}
