import IR
import ONNXProto
import Operators
import Support
import Tensors

/// What the import of all graphs of one model shares.
struct ImportContext {
  let file: ModelFile
  let options: ONNXOptions
  let opsets: [String: Int]
}

/// Turns one graph into a module; sub-graphs get importers of their own, which know the outer one.
///
/// A class, so that the helpers of each node edit one module and never copy it.
final class GraphImporter {
  let context: ImportContext
  private(set) var module: Module
  private let outer: GraphImporter?
  /// The values by the names that the graph gives them.
  private(set) var values: [String: Value] = [:]
  /// What a sub-graph uses of the graphs around it: the parameter's name, and the value there.
  private(set) var captures: [(name: String, outer: Value)] = []
  private var subgraphNames: Set<String> = []
  private var depth: Int { outer.map { $0.depth + 1 } ?? 0 }

  /// Sub-graphs may be nested this deeply.
  private static let maximumDepth = 32

  init(_ module: Module, _ context: ImportContext, inside outer: GraphImporter? = nil) {
    self.module = module
    self.context = context
    self.outer = outer
  }

  // MARK: Graphs

  /// Imports the model's own graph: its inputs become parameters.
  func importMain(_ graph: Onnx_GraphProto) throws(MIGraphXError) {
    try checkOperators(graph)
    let initialized = Set(graph.initializer.map(\.name))
    let inputs = graph.input.filter { !initialized.contains($0.name) }
    let types = try InputTypes(inputs, context.options)
    for (input, type) in zip(inputs, types.types) {
      try define(input.name, try module.addParameter(input.name, type))
    }
    try importBody(graph)
  }

  /// Imports a sub-graph whose inputs have the given types.
  func importSubgraph(
    _ graph: Onnx_GraphProto, inputTypes: [ValueType]
  ) throws(MIGraphXError) {
    guard depth < GraphImporter.maximumDepth else {
      throw MIGraphXError(.limitExceeded, "sub-graphs are nested more than \(depth) deep")
    }
    guard graph.input.count == inputTypes.count else {
      throw MIGraphXError(
        .invalidFile,
        "sub-graph '\(graph.name)' has \(graph.input.count) inputs; \(inputTypes.count) are passed")
    }
    for (input, type) in zip(graph.input, inputTypes) {
      try define(input.name, try module.addParameter(input.name, type))
    }
    try importBody(graph)
  }

  private func importBody(_ graph: Onnx_GraphProto) throws(MIGraphXError) {
    guard graph.sparseInitializer.isEmpty else {
      throw MIGraphXError(.unsupported, "sparse initializers")
    }
    for tensor in graph.initializer {
      let what = "initializer '\(tensor.name)'"
      let literal = try literal(tensor, what)
      try define(tensor.name, module.addLiteral(literal, debugSymbols: [tensor.name]))
    }
    for index in try NodeOrder(graph.node, isKnown: { self.isKnown($0) }).indices {
      try importNode(graph.node[index])
    }
    var results: [Value] = []
    for output in graph.output {
      guard let value = try value(named: output.name) else {
        throw MIGraphXError(
          .invalidFile, "output '\(output.name)' of graph '\(graph.name)' is not computed")
      }
      results.append(value)
    }
    try module.addReturn(results, names: graph.output.map(\.name))
  }

  private func importNode(_ node: Onnx_NodeProto) throws(MIGraphXError) {
    try trace("importing \(node.title)") { () throws(MIGraphXError) in
      guard let (converter, version) = try ONNXOperators.converter(for: node, context.opsets) else {
        // Only reached when unknown operators are to be skipped.
        try importUnknown(node)
        return
      }
      let results = try converter(NodeImporter(node: node, version: version, graph: self))
      guard results.count >= node.output.lastIndex(where: { !$0.isEmpty }).map({ $0 + 1 }) ?? 0
      else {
        throw MIGraphXError(
          .unsupported,
          "the node has \(node.output.count) outputs; \(results.count) of them are supported")
      }
      for (name, value) in zip(node.output, results) where !name.isEmpty {
        try define(name, value)
      }
    }
  }

  private func importUnknown(_ node: Onnx_NodeProto) throws(MIGraphXError) {
    var inputs: [Value] = []
    for name in node.input where !name.isEmpty {
      if let input = try value(named: name) { inputs.append(input) }
    }
    let op = UnknownOperator(onnxName: node.opType, resultCount: node.output.count)
    let id = try module.add(op, inputs, debugSymbols: node.debugSymbols)
    for (index, name) in node.output.enumerated() where !name.isEmpty {
      try define(name, Value(id, result: index))
    }
  }

  /// Names all operators that are not known, at once.
  private func checkOperators(_ graph: Onnx_GraphProto) throws(MIGraphXError) {
    if context.options.skipsUnknownOperators { return }
    var unknown: [String: [String]] = [:]
    try collectUnknown(graph, into: &unknown, depth: 0)
    guard !unknown.isEmpty else { return }
    let list = unknown.sorted { $0.key < $1.key }.map { name, nodes in
      let places = nodes.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
      let rest = nodes.count > 3 ? " and \(nodes.count - 3) more" : ""
      return "\(name) (node \(places)\(rest))"
    }
    throw MIGraphXError(.unsupported, "unknown operators: \(list.joined(separator: "; "))")
  }

  private func collectUnknown(
    _ graph: Onnx_GraphProto, into unknown: inout [String: [String]], depth: Int
  ) throws(MIGraphXError) {
    guard depth < GraphImporter.maximumDepth else {
      throw MIGraphXError(.limitExceeded, "sub-graphs are nested more than \(depth) deep")
    }
    for node in graph.node {
      if try ONNXOperators.converter(for: node, context.opsets) == nil {
        let name = node.domain.isEmpty ? node.opType : "\(node.domain).\(node.opType)"
        unknown[name, default: []].append(node.name.isEmpty ? node.output.first ?? "" : node.name)
      }
      for attribute in node.attribute {
        for graph in attribute.graphs + (attribute.hasG ? [attribute.g] : []) {
          try collectUnknown(graph, into: &unknown, depth: depth + 1)
        }
      }
    }
  }

  // MARK: Values

  /// The value that `name` stands for here or, captured, in a graph around this one; nil if none.
  func value(named name: String) throws(MIGraphXError) -> Value? {
    if let value = values[name] { return value }
    guard let outer, let captured = try outer.value(named: name) else { return nil }
    let value: Value
    if let literal = outer.module[captured.instruction].literal {
      value = module.addLiteral(literal, debugSymbols: [name])
    } else {
      value = try module.addParameter("captured:\(name)", outer.module.type(of: captured))
      captures.append(("captured:\(name)", captured))
    }
    values[name] = value
    return value
  }

  private func isKnown(_ name: String) -> Bool {
    values[name] != nil || outer?.isKnown(name) ?? false
  }

  private func define(_ name: String, _ value: Value) throws(MIGraphXError) {
    guard values.updateValue(value, forKey: name) == nil else {
      throw MIGraphXError(.invalidFile, "'\(name)' is defined twice")
    }
  }

  /// Adds an instruction to the module.
  func add(
    _ op: any Operator, _ inputs: [Value], modules: [Module] = [], _ debugSymbols: [String]
  ) throws(MIGraphXError) -> InstructionID {
    try module.add(op, inputs, modules: modules, debugSymbols: debugSymbols)
  }

  /// Demands that two sizes are equal, by a guard of the module where that can't be decided.
  func require(
    _ a: Dimension, equals b: Dimension, origin: String, _ what: String
  ) throws(MIGraphXError) {
    try module.require(a, equals: b, origin: origin, what)
  }

  /// Adds a literal to the module.
  func add(_ literal: Literal, _ debugSymbols: [String]) -> Value {
    module.addLiteral(literal, debugSymbols: debugSymbols)
  }

  /// A name for the sub-graphs of a node that no other node in this graph gets, even if its own isn't unique.
  func subgraphName(_ node: String) -> String {
    var name = "\(module.name):\(node)"
    while !subgraphNames.insert(name).inserted { name += "'" }
    return name
  }

  /// Makes sub-module parameters for captures of sibling sub-graphs, so that all take the same ones.
  func addParameter(_ name: String, _ type: ValueType) throws(MIGraphXError) {
    try module.addParameter(name, type)
  }

  /// The literal that an ONNX tensor holds; its bytes stay in the file if they can.
  func literal(_ tensor: Onnx_TensorProto, _ what: String) throws(MIGraphXError) -> Literal {
    let type = try ElementType(onnx: tensor.dataType, of: what)
    let lens = try context.file.dimensions(of: tensor, what: what)
    if type == .string {
      return Literal(
        try Argument(strings: try context.file.tensorStrings(tensor, what: what), lens: lens))
    }
    let storage: Storage
    switch try context.file.tensorBytes(tensor, what: what) {
    case .mapped(let file, let range): storage = try Storage.mapping(file, range)
    case .inline(let bytes): storage = try Argument(bytes, lens: [bytes.count]).storage
    }
    let shape = Shape(type, lens: lens)
    return Literal(
      try Argument(storage, type, lens: lens, strides: constants(of: shape.strides) ?? []))
  }
}

extension Onnx_NodeProto {
  /// How messages name the node.
  var title: String {
    let name = name.isEmpty ? output.first.map { "of '\($0)'" } ?? "" : "'\(name)'"
    return "node \(name) (\(opType))"
  }

  /// The node's name for the instructions made of it.
  var debugSymbols: [String] {
    name.isEmpty ? output.prefix(1).filter { !$0.isEmpty } : [name]
  }
}
