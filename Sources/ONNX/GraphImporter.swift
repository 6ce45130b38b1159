import IR
import ONNXProto
import Operators
import Support
import Tensors

/// What the import of all graphs of one model shares.
struct ImportContext {
  let file: ModelFile
  let options: ONNXOptions
  var opsets: [String: Int]
  let functions: LocalFunctions
  let budget = ImportBudget()
}

/// Counts the nodes that are imported: functions in functions and loops in loops multiply them.
final class ImportBudget {
  private static let nodeLimit = 1 << 20
  private var count = 0

  /// - Throws: `limitExceeded` when there were too many.
  func countNode() throws(MIGraphXError) {
    count += 1
    guard count <= ImportBudget.nodeLimit else {
      throw MIGraphXError(
        .limitExceeded,
        "with functions and bodies of loops expanded, the model has more than "
          + "\(ImportBudget.nodeLimit) nodes")
    }
  }
}

/// A module that one or more importers add to.
final class ModuleBuilder {
  var module: Module
  /// What a sub-graph uses of the graphs around it: the parameter's name, and the value there.
  var captures: [(name: String, outer: Value)] = []
  fileprivate var subgraphNames: Set<String> = []

  init(_ module: Module) { self.module = module }
}

/// Turns one graph into instructions: of a module of its own, or of that of the graph around it.
///
/// A class, so that the helpers of each node edit one module and never copy it.
final class GraphImporter {
  let context: ImportContext
  private let builder: ModuleBuilder
  var module: Module { builder.module }
  var captures: [(name: String, outer: Value)] { builder.captures }
  private let outer: GraphImporter?
  /// The values by the names that the graph gives them.
  private(set) var values: [String: Value] = [:]
  /// The functions under way, outermost first.
  let calls: [LocalFunctions.Key]
  private let depth: Int

  /// Sub-graphs and functions may be nested this deeply.
  static let maximumDepth = 32

  /// Makes an importer of a graph that becomes `module`; a sub-graph knows the names of the one around it.
  init(_ module: Module, _ context: ImportContext, inside outer: GraphImporter? = nil) {
    builder = ModuleBuilder(module)
    self.context = context
    self.outer = outer
    calls = outer?.calls ?? []
    depth = outer.map { $0.depth + 1 } ?? 0
  }

  /// Makes an importer of a sub-graph that becomes part of the module of the graph around it.
  init(inlinedIn outer: GraphImporter) {
    builder = outer.builder
    context = outer.context
    self.outer = outer
    calls = outer.calls
    depth = outer.depth + 1
  }

  /// Makes an importer of a function that becomes part of the module of the graph that calls it.
  ///
  /// It knows `inputs` by their names in the function, and nothing else.
  init(
    inlining function: LocalFunctions.Key, opsets: [String: Int], inputs: [String: Value],
    in caller: GraphImporter
  ) {
    builder = caller.builder
    var context = caller.context
    context.opsets = opsets
    self.context = context
    outer = nil
    values = inputs
    calls = caller.calls + [function]
    depth = caller.depth + 1
  }

  // MARK: Graphs

  /// Imports the model's own graph: its inputs become parameters.
  func importMain(_ graph: Onnx_GraphProto) throws(MIGraphXError) {
    try UnknownOperators.check(graph, context)
    let initialized = Set(graph.initializer.map(\.name))
    let inputs = graph.input.filter { !initialized.contains($0.name) }
    let types = try InputTypes(inputs, context.options)
    for (input, type) in zip(inputs, types.types) {
      try define(input.name, try builder.module.addParameter(input.name, type))
    }
    try importResults(graph)
  }

  /// Imports a sub-graph whose inputs have the given types.
  func importSubgraph(
    _ graph: Onnx_GraphProto, inputTypes: [ValueType]
  ) throws(MIGraphXError) {
    guard graph.input.count == inputTypes.count else {
      throw MIGraphXError(
        .invalidFile,
        "sub-graph '\(graph.name)' has \(graph.input.count) inputs; \(inputTypes.count) are passed")
    }
    for (input, type) in zip(graph.input, inputTypes) {
      try define(input.name, try builder.module.addParameter(input.name, type))
    }
    try importResults(graph)
  }

  private func importResults(_ graph: Onnx_GraphProto) throws(MIGraphXError) {
    try builder.module.addReturn(try importBody(graph), names: graph.output.map(\.name))
  }

  /// Adds a sub-graph to the module, in which its inputs are `inputs`; gives the values of its outputs.
  func importInlined(
    _ graph: Onnx_GraphProto, inputs: [Value] = []
  ) throws(MIGraphXError) -> [Value] {
    guard graph.input.count == inputs.count else {
      throw MIGraphXError(
        .invalidFile,
        "sub-graph '\(graph.name)' has \(graph.input.count) inputs; \(inputs.count) are passed")
    }
    for (input, value) in zip(graph.input, inputs) { try define(input.name, value) }
    return try importBody(graph)
  }

  /// Adds the nodes of a graph; gives the values of its outputs.
  private func importBody(_ graph: Onnx_GraphProto) throws(MIGraphXError) -> [Value] {
    guard graph.sparseInitializer.isEmpty else {
      throw MIGraphXError(.unsupported, "sparse initializers")
    }
    for tensor in graph.initializer {
      let what = "initializer '\(tensor.name)'"
      let literal = try literal(tensor, what)
      try define(tensor.name, builder.module.addLiteral(literal, debugSymbols: [tensor.name]))
    }
    try importNodes(graph.node)
    var results: [Value] = []
    for output in graph.output {
      guard let value = try value(named: output.name) else {
        throw MIGraphXError(
          .invalidFile, "output '\(output.name)' of graph '\(graph.name)' is not computed")
      }
      results.append(value)
    }
    return results
  }

  /// Adds nodes, each after those whose outputs it uses.
  func importNodes(_ nodes: [Onnx_NodeProto]) throws(MIGraphXError) {
    guard depth <= GraphImporter.maximumDepth else {
      throw MIGraphXError(
        .limitExceeded,
        "sub-graphs and functions are nested more than \(GraphImporter.maximumDepth) deep")
    }
    for index in try NodeOrder(nodes, isKnown: { self.isKnown($0) }).indices {
      try importNode(nodes[index])
    }
  }

  private func importNode(_ node: Onnx_NodeProto) throws(MIGraphXError) {
    try trace("importing \(node.title)") { () throws(MIGraphXError) in
      try context.budget.countNode()
      if let function = context.functions[node] {
        let results = try importCall(of: function, node)
        for (name, value) in zip(node.output, results) where !name.isEmpty {
          try define(name, value)
        }
        return
      }
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
    let id = try builder.module.add(op, inputs, debugSymbols: node.debugSymbols)
    for (index, name) in node.output.enumerated() where !name.isEmpty {
      try define(name, Value(id, result: index))
    }
  }

  // MARK: Values

  /// The value that `name` stands for here or, captured, in a graph around this one; nil if none.
  func value(named name: String) throws(MIGraphXError) -> Value? {
    if let value = values[name] { return value }
    guard let outer, let value = try outer.value(named: name) else { return nil }
    if outer.builder === builder { return value }
    let inner = try capture(value, named: name)
    values[name] = inner
    return inner
  }

  /// Makes a value of the graph around this one known in the module: constants as literals, others as parameters.
  func capture(_ value: Value, named name: String) throws(MIGraphXError) -> Value {
    guard let module = outer?.module else { return value }
    var literal = module[value.instruction].literal
    if literal == nil { literal = try module.knownLiteral(value) }
    if let literal { return builder.module.addLiteral(literal, debugSymbols: [name]) }
    let inner = try builder.module.addParameter("captured:\(name)", module.type(of: value))
    builder.captures.append(("captured:\(name)", value))
    return inner
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
    try builder.module.add(op, inputs, modules: modules, debugSymbols: debugSymbols)
  }

  /// Demands that two sizes are equal, by a guard of the module where that can't be decided.
  func require(
    _ a: Dimension, equals b: Dimension, origin: String, _ what: String
  ) throws(MIGraphXError) {
    try builder.module.require(a, equals: b, origin: origin, what)
  }

  /// Adds a literal to the module.
  func add(_ literal: Literal, _ debugSymbols: [String]) -> Value {
    builder.module.addLiteral(literal, debugSymbols: debugSymbols)
  }

  /// Ends a module that was not made of a graph.
  func addReturn(_ values: [Value]) throws(MIGraphXError) {
    try builder.module.addReturn(values)
  }

  /// A name for the sub-graphs of a node that no other node in this graph gets, even if its own isn't unique.
  func subgraphName(_ node: String) -> String {
    var name = "\(module.name):\(node)"
    while !builder.subgraphNames.insert(name).inserted { name += "'" }
    return name
  }

  /// Adds a parameter to a module that is not made of a graph.
  func addParameter(_ name: String, _ type: ValueType) throws(MIGraphXError) -> Value {
    try builder.module.addParameter(name, type)
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

extension Module {
  /// The literal that equals `value` if all its elements are known integers; nil otherwise.
  fileprivate func knownLiteral(_ value: Value) throws(MIGraphXError) -> Literal? {
    guard let numbers = contents(of: value)?.constants, let shape = shape(of: value),
      let lens = shape.lens
    else { return nil }
    return Literal(
      try Argument(numbers.map { Int64($0) }, lens: lens)
        .converted(toElementType: shape.elementType))
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
