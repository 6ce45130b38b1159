import ONNXProto
import Support

/// Finds all operators of a model that are not known, to name them at once.
struct UnknownOperators {
  private let context: ImportContext
  /// The nodes by the names of their operators.
  private var found: [String: [String]] = [:]
  private var visited: Set<LocalFunctions.Key> = []

  /// - Throws: `unsupported` with all operators that are not known, unless the options skip these.
  static func check(
    _ graph: Onnx_GraphProto, _ context: ImportContext
  ) throws(MIGraphXError) {
    if context.options.skipsUnknownOperators { return }
    var unknown = UnknownOperators(context: context)
    try unknown.collect(graph.node, context.opsets, depth: 0)
    guard !unknown.found.isEmpty else { return }
    let list = unknown.found.sorted { $0.key < $1.key }.map { name, nodes in
      let places = nodes.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
      let rest = nodes.count > 3 ? " and \(nodes.count - 3) more" : ""
      return "\(name) (node \(places)\(rest))"
    }
    throw MIGraphXError(.unsupported, "unknown operators: \(list.joined(separator: "; "))")
  }

  private init(context: ImportContext) { self.context = context }

  private mutating func collect(
    _ nodes: [Onnx_NodeProto], _ opsets: [String: Int], depth: Int
  ) throws(MIGraphXError) {
    guard depth < GraphImporter.maximumDepth else {
      throw MIGraphXError(
        .limitExceeded, "sub-graphs and functions are nested more than \(depth) deep")
    }
    for node in nodes {
      if let function = context.functions[node] {
        if visited.insert(function.key).inserted {
          try collect(function.body.node, function.opsets, depth: depth + 1)
        }
      } else if try ONNXOperators.converter(for: node, opsets) == nil {
        let name = node.domain.isEmpty ? node.opType : "\(node.domain).\(node.opType)"
        found[name, default: []].append(node.name.isEmpty ? node.output.first ?? "" : node.name)
      }
      for attribute in node.attribute {
        for graph in attribute.graphs + (attribute.hasG ? [attribute.g] : []) {
          try collect(graph.node, opsets, depth: depth + 1)
        }
      }
    }
  }
}
