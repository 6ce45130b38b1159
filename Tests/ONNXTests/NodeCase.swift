import Foundation
import IR
import ONNX
import ONNXProto
import Reference
import Support
import Tensors
import Testing

/// A model of one node, with its inputs and what its outputs must be.
///
/// Cases come in tables of text. A line without indentation starts a case: operator, with its domain in front if
/// that isn't the default one (`com.microsoft.Gelu`), opset, attributes.
/// Then follow inputs (`in`), initializers (`const`), omitted inputs (`none`), sequences of one tensor (`list`) and
/// outputs (`out`), each with type, sizes and elements; lines indented further continue them. An operator of another domain stands
/// behind its domain, as in `com.microsoft.BiasGelu`. A case with `error` and a text must be refused with an
/// error that contains the text; its tensors without elements are filled with zeros.
/// Texts have no spaces and may stand in quotes, so that there can be empty ones.
struct NodeCase: CustomStringConvertible {
  struct Tensor {
    var kind: Substring
    var type: ElementType
    var lens: [Int]
    var values: [Double] = []
    var texts: [String] = []
    /// The sizes that the model states of an input; nil for its true ones.
    var statedSizes: [Size]?
    /// What a node `Expand` makes of the tensor before the case's node reads it.
    var expandedSizes: [Int]?

    init(_ kind: Substring, _ type: Substring) throws {
      let parts = type.dropLast().split(separator: "[", omittingEmptySubsequences: false)
      self.kind = kind
      self.type = try #require(ElementType(rawValue: String(parts[0])))
      lens = parts[1].split(separator: ",").compactMap { Int($0) }
    }

    mutating func add(_ words: ArraySlice<Substring>) {
      if type == .string {
        texts += words.map { $0.hasPrefix("\"") ? String($0.dropFirst().dropLast()) : String($0) }
      } else {
        values += words.compactMap { Double($0) }
      }
    }

    func argument() throws -> Argument {
      if type == .string { return try Argument(strings: strings, lens: lens) }
      return try Argument(elements, lens: lens).converted(toElementType: type)
    }

    private var elements: [Double] {
      guard values.isEmpty else { return values }
      return Array(repeating: 0, count: lens.contains(0) ? 0 : lens.reduce(1, *))
    }

    /// The texts, or else the numbers as texts.
    private var strings: [String] { texts.isEmpty ? elements.map { "\($0)" } : texts }

    private static let typeNumbers: [ElementType: Int32] = [
      .float: 1, .uint8: 2, .int8: 3, .uint16: 4, .int16: 5, .int32: 6, .int64: 7, .string: 8,
      .bool: 9, .half: 10, .double: 11, .uint32: 12, .uint64: 13, .bfloat16: 16,
      .float8e4m3fn: 17, .float8e4m3fnuz: 18, .float8e5m2: 19, .float8e5m2fnuz: 20, .uint4: 21,
      .int4: 22, .float4e2m1: 23, .float8e8m0: 24, .uint2: 25, .int2: 26,
    ]

    /// The graph's input that the tensor is given to.
    func valueInfo(_ name: String) throws -> Onnx_ValueInfoProto {
      let number = try #require(Tensor.typeNumbers[type])
      return ONNXTests.valueInfo(name, number, statedSizes ?? lens.map { .size($0) })
    }

    /// The tensor as ONNX stores it, in its typed fields.
    func message(_ name: String) throws -> Onnx_TensorProto {
      let packed = type == .string ? [] : try packedBytes()
      let number = try #require(Tensor.typeNumbers[type])
      return tensor(name, type: number, dims: lens.map { Int64($0) }) {
        switch type {
        case .string: $0.stringData = strings.map { Data($0.utf8) }
        case .float: $0.floatData = elements.map { Float($0) }
        case .double: $0.doubleData = elements
        case .int64: $0.int64Data = elements.map { Int64(exactly: $0) ?? .max }
        case .int8, .uint8, .int16, .uint16, .int32, .bool:
          $0.int32Data = elements.map { Int32(exactly: $0) ?? .max }
        default: $0.rawData = Data(packed)
        }
      }
    }

    /// The elements as ONNX files hold them: those of fewer than 8 bits share a byte, the first in the low bits.
    private func packedBytes() throws -> [UInt8] {
      let argument = try argument()
      let bytes = try Argument(
        argument.storage, .uint8, lens: [type.byteCount(of: argument.elementCount)], strides: [1]
      ).elements(as: UInt8.self)
      let width = type.packedBitWidth
      guard width < 8 else { return bytes }
      let perByte = 8 / width
      return stride(from: 0, to: bytes.count, by: perByte).map { start in
        bytes[start...].prefix(perByte).reversed().reduce(0) { sum, byte in
          sum << UInt8(width) | byte & (1 << UInt8(width) - 1)
        }
      }
    }
  }

  var title: String
  var tensors: [Tensor?] = []
  /// What the error must say; nil when there must be none.
  var refusal: String?

  var name: String { String(title.prefix { $0 != " " }) }
  var description: String { title }
  var outputs: [Tensor] { tensors.compactMap { $0 }.filter { $0.kind == "out" } }

  static func parse(_ table: String) throws -> [NodeCase] {
    var cases: [NodeCase] = []
    for line in table.split(separator: "\n") {
      var words = line.split(separator: " ")[...]
      if !line.hasPrefix(" ") { cases.append(NodeCase(title: String(line))) }
      guard line.hasPrefix(" "), !cases.isEmpty else { continue }
      let last = cases.count - 1
      if line.hasPrefix("      ") {
        let end = cases[last].tensors.count - 1
        if end < 0 { cases[last].title += " " + words.joined(separator: " ") }
        guard end >= 0 else { continue }
        cases[last].tensors[end]?.add(words)
      } else if words.first == "error" {
        cases[last].refusal = words.dropFirst().joined(separator: " ")
      } else if let kind = words.popFirst() {
        var tensor: Tensor?
        if let type = words.popFirst() { tensor = try Tensor(kind, type) }
        tensor?.add(words)
        cases[last].tensors.append(tensor)
      }
    }
    return cases
  }

  private func attribute(_ text: Substring) throws -> Onnx_AttributeProto {
    let parts = text.split(separator: "=", maxSplits: 1)
    var result = Onnx_AttributeProto()
    result.name = String(parts[0])
    let value = String(parts[1])
    if value.contains(":") {
      let halves = parts[1].split(separator: ":")
      var tensor = try Tensor("const", halves[0])
      tensor.values = halves[1].split(separator: ",").compactMap { Double($0) }
      result.type = .tensor
      result.t = try tensor.message("")
    } else if value.hasPrefix("[") {
      let items = value.dropFirst().dropLast().split(separator: ",").map { String($0) }
      if items.allSatisfy({ Int64($0) != nil }) {
        result.type = .ints
        result.ints = items.compactMap { Int64($0) }
      } else if items.allSatisfy({ Float($0) != nil }) {
        result.type = .floats
        result.floats = items.compactMap { Float($0) }
      } else {
        result.type = .strings
        result.strings = items.map { Data($0.utf8) }
      }
    } else if let integer = Int64(value) {
      result.type = .int
      result.i = integer
    } else if let number = Float(value) {
      result.type = .float
      result.f = number
    } else {
      result.type = .string
      result.s = Data(value.utf8)
    }
    return result
  }

  /// The node, without inputs and outputs.
  func node() throws -> Onnx_NodeProto {
    let words = title.split(separator: " ")
    var node = Onnx_NodeProto()
    let dot = words[0].lastIndex(of: ".")
    node.domain = dot.map { String(words[0][..<$0]) } ?? ""
    node.opType = String(dot.map { words[0][$0...].dropFirst() } ?? words[0])
    node.attribute = try words.dropFirst(2).map { try attribute($0) }
    return node
  }

  func opset() throws -> Int64 {
    try #require(Int64(title.split(separator: " ")[1]))
  }

  /// The model of `node` with the case's tensors, and what it is given.
  func model(
    of node: Onnx_NodeProto, opset: Int64
  ) throws -> (model: Onnx_ModelProto, inputs: [RuntimeValue]) {
    var node = node
    var inputs: [RuntimeValue] = []
    var model = try ONNXTests.model { graph throws in
      for (index, tensor) in tensors.enumerated() where tensor?.kind != "out" {
        node.input.append(tensor == nil ? "" : "i\(index)")
        guard let tensor else { continue }
        if tensor.kind == "const" {
          graph.initializer.append(try tensor.message("i\(index)"))
        } else {
          graph.input.append(try tensor.valueInfo("i\(index)"))
          inputs.append(.tensor(try tensor.argument()))
        }
        if tensor.kind == "list" {
          graph.node.append(preparation("SequenceConstruct", ["i\(index)"], index))
        } else if let sizes = tensor.expandedSizes {
          graph.initializer.append(
            ONNXTests.tensor("s\(index)", type: 7, dims: [Int64(sizes.count)]) {
              $0.int64Data = sizes.map { Int64($0) }
            })
          graph.node.append(preparation("Expand", ["i\(index)", "s\(index)"], index))
        } else {
          continue
        }
        node.input[node.input.endIndex - 1] = "e\(index)"
      }
      node.output = outputs.indices.map { "o\($0)" }
      graph.node.append(node)
      graph.output = node.output.map { ONNXTests.valueInfo($0) }
    }
    model.opset(opset, domain: node.domain)
    if tensors.contains(where: { $0?.expandedSizes != nil }), !node.domain.isEmpty {
      var standard = Onnx_OperatorSetIdProto()
      standard.version = 13
      model.opsetImport.append(standard)
    }
    return (model, inputs)
  }

  /// A node that makes of a tensor what the case's node reads.
  private func preparation(_ name: String, _ inputs: [String], _ index: Int) -> Onnx_NodeProto {
    var result = Onnx_NodeProto()
    (result.opType, result.input, result.output) = (name, inputs, ["e\(index)"])
    return result
  }

  /// Imports the model and runs it on the reference target.
  func run() throws -> [Argument] {
    let (model, inputs) = try model(of: try node(), opset: try opset())
    return try evaluate(model, inputs)
  }

  /// Expects that the node's outputs are those of the case.
  ///
  /// Half of a unit in the last of 7 digits is lost in the table; sums in another order lose a few more.
  func check() throws {
    if let refusal {
      checkRefusal(refusal)
      return
    }
    let results = try run()
    #expect(results.count == outputs.count, "\(self)")
    for (result, wanted) in zip(results, outputs) {
      #expect(result.elementType == wanted.type, "\(self)")
      #expect(result.lens == wanted.lens, "\(self)")
      #expect(result.stringElements == wanted.texts, "\(self)")
      if wanted.type == .string { continue }
      let values = result.converted(to: Double.self)
      let agree = zip(values, wanted.values).allSatisfy { found, wanted in
        found == wanted || found.isNaN && wanted.isNaN
          || abs(found - wanted) <= 2e-6 * max(1, abs(wanted))
      }
      #expect(agree && values.count == wanted.values.count, "\(self): \(values), \(wanted.values)")
    }
  }
}

extension NodeCase {
  /// Expects that importing or running the model ends in an error that contains `text`.
  private func checkRefusal(_ text: String) {
    do {
      let results = try run()
      Issue.record("\(self) gives \(results.map(\.shape)); '\(text)' is expected")
    } catch {
      let isTyped = error is MIGraphXError
      #expect(isTyped && "\(error)".contains(text), "\(self): \(error)")
    }
  }
}

/// The size of an axis in a value's type.
enum Size {
  case size(Int)
  case named(String)
}

/// A graph's input or output; without type if `type` is nil.
func valueInfo(
  _ name: String, _ type: Int32? = nil, _ sizes: [Size] = []
) -> Onnx_ValueInfoProto {
  var result = Onnx_ValueInfoProto()
  result.name = name
  guard let type else { return result }
  result.type.tensorType.elemType = type
  result.type.tensorType.shape = Onnx_TensorShapeProto()
  for size in sizes {
    var dimension = Onnx_TensorShapeProto.Dimension()
    switch size {
    case .size(let value): dimension.dimValue = Int64(value)
    case .named(let name): dimension.dimParam = name
    }
    result.type.tensorType.shape.dim.append(dimension)
  }
  return result
}

extension Onnx_ModelProto {
  /// Says that the model uses version `version` of a domain, and none of another.
  mutating func opset(_ version: Int64, domain: String = "") {
    var opset = Onnx_OperatorSetIdProto()
    opset.domain = domain
    opset.version = version
    opsetImport = [opset]
  }
}

/// Imports a model, verifies it and runs it on the reference target.
func evaluate(_ model: Onnx_ModelProto, _ inputs: [RuntimeValue]) throws -> [Argument] {
  let program = try Program(onnxBytes: try encoded(model))
  try program.verify()
  return try ReferenceTarget().compile(program).run(inputs).compactMap(\.argument)
}
