import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators on sequences and optionals.
  static let sequenceConverters: [String: Converter] = [
    "ConcatFromSequence": { (node) throws(MIGraphXError) in
      guard let axis = try node.int("axis") else {
        throw MIGraphXError(.invalidFile, "attribute 'axis' is needed")
      }
      return [
        try node.add(
          ConcatFromSequence(axis: axis, newAxis: node.flag("new_axis")), node.input(0))
      ]
    },
    "Optional": optional,
    "OptionalGetElement": { (node) throws(MIGraphXError) in
      try requireOptional(node)
      return [try node.add(OptionalGetElement(), node.input(0))]
    },
    "OptionalHasElement": { (node) throws(MIGraphXError) in
      try requireOptional(node)
      guard let input = try node.optionalInput(0) else {
        return [node.add(try Literal([Bool8(false)], lens: []))]
      }
      return [try node.add(OptionalHasElement(), input)]
    },
    "SequenceAt": { (node) throws(MIGraphXError) in
      [try node.add(SequenceAt(), node.input(0), node.input(1))]
    },
    "SequenceConstruct": { (node) throws(MIGraphXError) in
      [Value(try node.add(SequenceConstruct(), inputs: node.inputs()))]
    },
    "SequenceEmpty": { (node) throws(MIGraphXError) in
      let type = try ElementType(onnx: Int32(clamping: node.int("dtype") ?? 1), of: "'dtype'")
      return [try node.add(SequenceEmpty(elementType: type))]
    },
    "SequenceErase": { (node) throws(MIGraphXError) in
      [Value(try node.add(SequenceErase(), inputs: node.inputs()))]
    },
    "SequenceInsert": { (node) throws(MIGraphXError) in
      [Value(try node.add(SequenceInsert(), inputs: node.inputs(atLeast: 2)))]
    },
    "SequenceLength": { (node) throws(MIGraphXError) in
      [try node.add(SequenceLength(), node.input(0))]
    },
    "SplitToSequence": { (node) throws(MIGraphXError) in
      let op = SplitToSequence(
        axis: try node.int("axis") ?? 0, keepdims: try node.flag("keepdims", default: true))
      return [Value(try node.add(op, inputs: node.inputs()))]
    },
  ]

  /// Opset 18 was the first in which what is asked for its value may be no optional, or be left out.
  private static func requireOptional(_ node: NodeImporter) throws(MIGraphXError) {
    guard node.version < 18 else { return }
    let input = try node.input(0)
    let type = node.graph.module.type(of: input)
    guard case .optional = type else {
      throw MIGraphXError(.invalidShape, "input 0 must be an optional, found (\(type))")
    }
  }

  private static let optional: Converter = { (node) throws(MIGraphXError) in
    if let input = try node.optionalInput(0) { return [try node.add(OptionalConstruct(), input)] }
    switch try node.type("type") {
    case .sequence(let element)?:
      guard let type = element.tensorElementType else { break }
      return [try node.add(OptionalEmpty(elementType: type, isSequence: true))]
    case let type?:
      guard let type = type.tensorElementType else { break }
      return [try node.add(OptionalEmpty(elementType: type, isSequence: false))]
    case nil: throw MIGraphXError(.invalidFile, "an input or attribute 'type' is needed")
    }
    throw MIGraphXError(
      .unsupported, "only optionals of tensors and of sequences of tensors")
  }
}
