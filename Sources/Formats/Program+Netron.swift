import FoundationEssentials
import IR
import ONNXProto
import Support
import SwiftProtobuf
import Tensors

extension Program {
  /// The program as an ONNX model whose nodes are the instructions, for viewers such as Netron.
  ///
  /// Its operators are those of this system, so nothing else can run it. Literals of more than 1024 elements
  /// are there without their elements.
  ///
  /// - Throws: `limitExceeded` when the model is too large for its format.
  public func netron() throws(MIGraphXError) -> [UInt8] {
    var model = Onnx_ModelProto()
    model.irVersion = 8
    model.producerName = "migraphx"
    model.producerVersion = SystemVersion.number
    var opset = Onnx_OperatorSetIdProto()
    opset.domain = domain
    opset.version = 1
    model.opsetImport = [opset]
    model.metadataProps = metadata.map { key, value in
      var entry = Onnx_StringStringEntryProto()
      (entry.key, entry.value) = (key, value)
      return entry
    }
    model.graph = main.netronGraph
    do { return try model.serializedBytes() } catch {
      throw MIGraphXError(.limitExceeded, "the program as an ONNX model: \(error)")
    }
  }
}

private let domain = "migraphx"
private let largestLiteral = 1024

extension Module {
  fileprivate var netronGraph: Onnx_GraphProto {
    var graph = Onnx_GraphProto()
    graph.name = name
    let names = instructionNames
    func valueName(_ value: Value) -> String {
      (names[value.instruction] ?? "") + (value.result == 0 ? "" : ":\(value.result)")
    }
    for id in order {
      let instruction = self[id]
      let types = instruction.types.enumerated().map { index, type in
        Onnx_ValueInfoProto(valueName(Value(id, result: index)), type)
      }
      switch instruction.body {
      case .parameter: graph.input += types
      case .literal(let literal):
        graph.initializer.append(Onnx_TensorProto(valueName(Value(id)), literal.argument))
      case .result:
        graph.output = instruction.inputs.map { Onnx_ValueInfoProto(valueName($0), type(of: $0)) }
      case .apply(let op):
        var node = Onnx_NodeProto()
        node.name = names[id] ?? ""
        node.domain = domain
        node.opType = op.name
        node.input = instruction.inputs.map(valueName)
        node.output = types.map(\.name)
        node.docString = instruction.debugSymbols.joined(separator: ", ")
        node.attribute = ((try? op.attributes) ?? []).map(Onnx_AttributeProto.init)
        for (index, module) in instruction.modules.enumerated() {
          var attribute = Onnx_AttributeProto()
          attribute.name = "module_\(index)"
          attribute.type = .graph
          attribute.g = module.netronGraph
          node.attribute.append(attribute)
        }
        graph.node.append(node)
        graph.valueInfo += types
      }
    }
    return graph
  }
}

extension Onnx_ValueInfoProto {
  fileprivate init(_ name: String, _ type: ValueType) {
    self.init()
    self.name = name
    if let type = Onnx_TypeProto(type) { self.type = type }
  }
}

extension Onnx_TypeProto {
  /// The type; nil for tuples, which ONNX doesn't have.
  fileprivate init?(_ type: ValueType) {
    self.init()
    switch type {
    case .tensor(let shape):
      tensorType.elemType = Int32(shape.elementType.onnxType.rawValue)
      tensorType.shape.dim = shape.dimensions.map { size in
        var dimension = Onnx_TensorShapeProto.Dimension()
        if let number = size.constant {
          dimension.dimValue = Int64(number)
        } else {
          dimension.dimParam = size.description
        }
        return dimension
      }
    case .unranked(let type), .absent(let type):
      tensorType.elemType = Int32(type.onnxType.rawValue)
    case .sequence(let element):
      guard let element = Onnx_TypeProto(element) else { return nil }
      sequenceType.elemType = element
    case .optional(let wrapped):
      guard let wrapped = Onnx_TypeProto(wrapped) else { return nil }
      optionalType.elemType = wrapped
    case .tuple: return nil
    }
  }
}

extension Onnx_TensorProto {
  fileprivate init(_ name: String, _ argument: Argument) {
    self.init()
    self.name = name
    dims = argument.lens.map { Int64($0) }
    dataType = Int32(argument.elementType.onnxType.rawValue)
    guard argument.elementCount <= largestLiteral else { return }
    if argument.elementType == .string {
      stringData = argument.stringElements.map { Data($0.utf8) }
    } else {
      rawData = argument.data
    }
  }
}

extension Onnx_AttributeProto {
  /// The attribute in the nearest form that ONNX has; text if there is none.
  fileprivate init(_ field: AttributeValue.Field) {
    self.init()
    name = field.name
    switch field.value {
    case .bool(let value): (type, i) = (.int, value ? 1 : 0)
    case .int(let value): (type, i) = (.int, Int64(value))
    case .float(let value): (type, f) = (.float, value)
    case .double(let value): (type, f) = (.float, Float(value))
    case .string(let text), .expression(let text): (type, s) = (.string, Data(text.utf8))
    case .array(let values):
      let numbers = values.compactMap { if case .int(let value) = $0 { Int64(value) } else { nil } }
      if numbers.count == values.count {
        (type, ints) = (.ints, numbers)
      } else {
        (type, strings) = (.strings, values.map { Data($0.description.utf8) })
      }
    case .object, .absent: (type, s) = (.string, Data(field.value.description.utf8))
    }
  }
}

extension ElementType {
  fileprivate var onnxType: Onnx_TensorProto.DataType {
    switch self {
    case .bool: .bool
    case .half: .float16
    case .bfloat16: .bfloat16
    case .float: .float
    case .double: .double
    case .int8: .int8
    case .int16: .int16
    case .int32: .int32
    case .int64: .int64
    case .uint8: .uint8
    case .uint16: .uint16
    case .uint32: .uint32
    case .uint64: .uint64
    case .float8e4m3fn: .float8E4M3Fn
    case .float8e4m3fnuz: .float8E4M3Fnuz
    case .float8e5m2: .float8E5M2
    case .float8e5m2fnuz: .float8E5M2Fnuz
    case .float8e8m0: .float8E8M0
    // Elements are stored in a byte each, as 8-bit integers are; a viewer shows the former as numbers.
    case .float4e2m1, .uint4, .uint2: .uint8
    case .int4, .int2: .int8
    case .string: .string
    }
  }
}
