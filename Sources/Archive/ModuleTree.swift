import IR
import Support
import Tensors

/// A module as a tree, for readers of the JSON form that don't know the text form. Nothing reads it back.
struct ModuleTree: Encodable, Sendable {
  /// One instruction, with the keys that MIGraphX's own JSON has.
  struct Node: Encodable, Sendable {
    let output: String
    let name: String
    let attributes: TreeValue?
    let inputs: [String]?
    let modules: [String]?
    /// The type of each result.
    let shapes: [TreeValue]
    /// Which of the file's literals it is; the offset is in bytes, or in strings.
    let literal: LiteralReference?
    let debugSymbols: [String]?

    private enum CodingKeys: String, CodingKey {
      case output, name, inputs, shapes, literal
      case attributes = "operator"
      case modules = "module_inputs"
      case debugSymbols = "debug_symbols"
    }
  }

  let name: String
  let nodes: [Node]

  /// The trees of `program`'s modules by name; `literals` says where literals are.
  static func all(
    _ program: Program, _ literals: [String: LiteralReference]
  ) throws(MIGraphXError) -> [String: ModuleTree] {
    var trees: [String: ModuleTree] = [:]
    try add(program.main, literals, to: &trees)
    return trees
  }

  private static func add(
    _ module: Module, _ literals: [String: LiteralReference], to trees: inout [String: ModuleTree]
  ) throws(MIGraphXError) {
    let names = module.instructionNames
    var nodes: [Node] = []
    for id in module.order {
      let (instruction, name) = (module[id], names[id] ?? "")
      for inner in instruction.modules { try add(inner, literals, to: &trees) }
      let inputs = instruction.inputs.map { value in
        (names[value.instruction] ?? "") + (value.result == 0 ? "" : ":\(value.result)")
      }
      let modules = instruction.modules.map(\.name)
      let fields = try instruction.op?.attributes
      nodes.append(
        Node(
          output: name, name: instruction.name,
          attributes: fields.map { TreeValue(value: .object($0)) },
          inputs: inputs.isEmpty ? nil : inputs, modules: modules.isEmpty ? nil : modules,
          shapes: instruction.types.map(TreeValue.init), literal: literals[name],
          debugSymbols: instruction.debugSymbols.isEmpty ? nil : instruction.debugSymbols))
    }
    trees[module.name] = ModuleTree(name: module.name, nodes: nodes)
  }
}

/// An attribute as JSON. Sizes that are expressions are text, and so are numbers that JSON doesn't have.
struct TreeValue: Encodable, Sendable {
  let value: AttributeValue

  init(value: AttributeValue) { self.value = value }

  /// A tensor's type, lens and strides; the text of another type.
  init(_ type: ValueType) {
    guard let shape = type.shape else {
      value = .string("\(type)")
      return
    }
    value = .object([
      .init("type", .string(shape.elementType.rawValue)),
      .init("lens", .array(shape.dimensions.map(\.attributeValue))),
      .init("strides", .array(shape.strides.map(\.attributeValue))),
    ])
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    switch value {
    case .object(let fields):
      var container = encoder.container(keyedBy: Key.self)
      for field in fields {
        try container.encode(
          TreeValue(value: field.value), forKey: Key(stringValue: field.name))
      }
    case .array(let values):
      var container = encoder.unkeyedContainer()
      for value in values { try container.encode(TreeValue(value: value)) }
    case .bool(let value): try write(value, encoder)
    case .int(let value): try write(value, encoder)
    case .float(let value) where value.isFinite: try write(value, encoder)
    case .double(let value) where value.isFinite: try write(value, encoder)
    case .float(let value): try write(numberText(value), encoder)
    case .double(let value): try write(numberText(value), encoder)
    case .string(let text), .expression(let text): try write(text, encoder)
    case .absent:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    }
  }

  private func write(_ value: some Encodable, _ encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}

/// What is written and not read back.
struct WriteOnly<Value: Encodable & Sendable>: Codable, Sendable {
  private let value: Value?

  init(_ value: Value) { self.value = value }

  init(from decoder: any Decoder) { value = nil }

  func encode(to encoder: any Encoder) throws { try value?.encode(to: encoder) }
}
