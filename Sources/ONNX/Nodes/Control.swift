import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators with sub-graphs.
  static let controlConverters: [String: Converter] = ["If": ifThenElse]

  /// What the branches use of the graphs around them become operands: first those of the one, then of the other.
  private static let ifThenElse: Converter = { (node) throws(MIGraphXError) in
    let condition = try node.input(0)
    let prefix = node.graph.subgraphName(node.node.debugSymbols.first ?? "If")
    var branches: [GraphImporter] = []
    for name in ["then", "else"] {
      let importer = GraphImporter(
        Module(name: "\(prefix):\(name)"), node.graph.context, inside: node.graph)
      try trace("importing the \(name) branch") { () throws(MIGraphXError) in
        try importer.importSubgraph(try node.subgraph("\(name)_branch"), inputTypes: [])
      }
      branches.append(importer)
    }
    let captured = branches.flatMap(\.captures).map(\.outer)
    let id = try node.add(If(), inputs: [condition] + captured, modules: branches.map(\.module))
    return node.graph.module[id].types.indices.map { Value(id, result: $0) }
  }
}
