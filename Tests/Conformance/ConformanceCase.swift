import FoundationEssentials
import IR
import ONNX
import Support
import Tensors

/// One of ONNX's backend tests: a model, and data sets of inputs with the outputs expected.
struct ConformanceCase {
  let category: String
  let name: String
  let folder: String

  var id: String { "\(category)/\(name)" }

  /// The cases below `root`, in the form that Scripts/conformance_data.py writes, in order of their names.
  static func all(_ root: String, categories: [String]) throws -> [ConformanceCase] {
    var cases: [ConformanceCase] = []
    for category in categories {
      let folder = "\(root)/\(category)"
      for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
        cases.append(ConformanceCase(category: category, name: name, folder: "\(folder)/\(name)"))
      }
    }
    return cases
  }

  /// Imports, compiles and runs the model on every data set.
  func outcome(_ runner: Runner) -> Outcome {
    do {
      let program = try Program(onnx: "\(folder)/model.onnx")
      let executable = try runner.compile(program)
      var number = 0
      while FileManager.default.fileExists(atPath: "\(folder)/set_\(number).json") {
        let data = try DataSet("\(folder)/set_\(number)")
        let inputs = try zip(data.index.inputs, program.inputs).map {
          try data.value($0, of: $1.type)
        }
        let results = try executable.run(inputs)
        let types = program.outputs.map(\.type)
        guard results.count == data.index.outputs.count else {
          return .failed("\(results.count) outputs; \(data.index.outputs.count) are expected")
        }
        for (index, expected) in data.index.outputs.enumerated() {
          let wanted = try data.value(expected, of: types[index])
          if let difference = difference(results[index], wanted, runner.tolerance) {
            return .failed("output \(index) of set \(number): \(difference)")
          }
        }
        number += 1
      }
      return number > 0 ? .passed : .failed("there is no data set")
    } catch let error as MIGraphXError {
      return error.code == .unsupported ? .unsupported(error.message) : .failed(error.message)
    } catch {
      return .failed("\(error)")
    }
  }
}

/// What became of a case.
enum Outcome {
  case passed
  case unsupported(String)
  case failed(String)

  /// The word for it in the list of expectations.
  var word: String {
    switch self {
    case .passed: "pass"
    case .unsupported: "unsupported"
    case .failed: "fail"
    }
  }

  /// Why it is so, in one line; empty for a pass.
  var reason: String {
    switch self {
    case .passed: ""
    case .unsupported(let reason), .failed(let reason):
      String(reason.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(160))
    }
  }
}

/// Tensors, and how they make up inputs and outputs.
private struct DataSet {
  struct Index: Decodable {
    let inputs: [Structure]
    let outputs: [Structure]
  }

  /// A tensor's name, a sequence, or an optional value.
  indirect enum Structure: Decodable {
    case tensor(String)
    case sequence([Structure])
    case optional(Structure?)

    private enum Keys: CodingKey {
      case sequence, optional
    }

    init(from decoder: any Decoder) throws {
      if let name = try? decoder.singleValueContainer().decode(String.self) {
        self = .tensor(name)
        return
      }
      let container = try decoder.container(keyedBy: Keys.self)
      if container.contains(.sequence) {
        self = .sequence(try container.decode([Structure].self, forKey: .sequence))
      } else {
        self = .optional(try container.decodeIfPresent(Structure.self, forKey: .optional))
      }
    }
  }

  let index: Index
  private let tensors: [String: Argument]

  init(_ path: String) throws {
    index = try JSONDecoder().decode(
      Index.self, from: Data(contentsOf: URL(filePath: "\(path).json")))
    let values = try Program(onnx: "\(path).onnx").main
    tensors = zip(values.resultNames, values.results).reduce(into: [:]) { tensors, result in
      tensors[result.0] = values[result.1.instruction].literal?.argument
    }
  }

  func value(_ structure: Structure, of type: ValueType) throws -> RuntimeValue {
    switch (structure, type) {
    case (.tensor(let name), .tensor), (.tensor(let name), .unranked):
      guard let argument = tensors[name] else {
        throw MIGraphXError(.invalidFile, "the data set has no tensor '\(name)'")
      }
      return .tensor(argument)
    case (.sequence(let elements), .sequence(let element)):
      return .sequence(try elements.map { try value($0, of: element) }, element: element)
    case (.optional(let wrapped), .optional(let inner)):
      return .optional(try wrapped.map { try value($0, of: inner) }, wrapped: inner)
    // A model may give what the test calls optional as the value itself.
    case (.optional(let wrapped?), _): return try value(wrapped, of: type)
    default: throw MIGraphXError(.invalidFile, "the data doesn't fit the type (\(type))")
    }
  }
}
