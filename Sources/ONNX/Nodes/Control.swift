import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators with sub-graphs.
  static let controlConverters: [String: Converter] = ["If": ifThenElse]

  /// What either branch uses of the graphs around it becomes an operand, and a parameter of both.
  private static let ifThenElse: Converter = { (node) throws(MIGraphXError) in
    let condition = try node.input(0)
    let prefix = "\(node.graph.module.name):\(node.node.debugSymbols.first ?? "If")"
    var branches: [GraphImporter] = []
    for name in ["then", "else"] {
      let importer = GraphImporter(
        Module(name: "\(prefix):\(name)"), node.graph.context, inside: node.graph)
      try trace("importing the \(name) branch") { () throws(MIGraphXError) in
        try importer.importSubgraph(try node.subgraph("\(name)_branch"), inputTypes: [])
      }
      branches.append(importer)
    }
    var operands: [(name: String, outer: Value)] = []
    for capture in branches.flatMap(\.captures)
    where !operands.contains(where: { $0.name == capture.name }) {
      operands.append(capture)
    }
    // Both modules take all captures, in one order.
    let modules = try branches.map { (branch) throws(MIGraphXError) in
      try branch.module.withParameters(operands.map { ($0.name, node.graph.module.type(of: $0.outer)) })
    }
    let id = try node.add(If(), inputs: [condition] + operands.map(\.outer), modules: modules)
    return node.node.output.indices.map { Value(id, result: $0) }
  }
}
