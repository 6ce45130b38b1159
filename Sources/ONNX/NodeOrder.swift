import ONNXProto
import Support

/// An order of a graph's nodes in which each comes after those whose outputs it uses.
///
/// Nodes keep the file's order where that is possible.
struct NodeOrder {
  /// The positions of the nodes in the file, in the order in which to import them.
  private(set) var indices: [Int] = []

  /// - Throws: `invalidFile` when nodes use each other in a cycle, or something that nobody defines.
  init(
    _ nodes: [Onnx_NodeProto], isKnown: (String) -> Bool
  ) throws(MIGraphXError) {
    var producers: [String: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for output in node.output where !output.isEmpty {
        if let other = producers.updateValue(index, forKey: output) {
          throw MIGraphXError(
            .invalidFile, "'\(output)' is made by \(nodes[other].title) and by \(node.title)")
        }
      }
    }
    enum State { case new, open, done }
    var states = [State](repeating: .new, count: nodes.count)
    for start in nodes.indices where states[start] == .new {
      // Depth first without recursion: each entry is a node and the place in its list of producers.
      var stack: [(node: Int, producers: [Int], next: Int)] = []
      func open(_ index: Int) throws(MIGraphXError) {
        states[index] = .open
        stack.append((index, try NodeOrder.needs(nodes[index], producers, isKnown), 0))
      }
      try open(start)
      while let top = stack.last {
        guard top.next < top.producers.count else {
          states[top.node] = .done
          indices.append(top.node)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let needed = top.producers[top.next]
        switch states[needed] {
        case .done: continue
        case .new: try open(needed)
        case .open:
          let cycle = stack.drop { $0.node != needed }.prefix(5).map { nodes[$0.node].title }
          throw MIGraphXError(
            .invalidFile, "nodes use each other in a cycle: \(cycle.joined(separator: ", "))")
        }
      }
    }
  }

  /// The nodes whose outputs `node` and its sub-graphs use.
  private static func needs(
    _ node: Onnx_NodeProto, _ producers: [String: Int], _ isKnown: (String) -> Bool
  ) throws(MIGraphXError) -> [Int] {
    var needed: [Int] = []
    for input in node.input where !input.isEmpty {
      if let producer = producers[input] {
        needed.append(producer)
      } else if !isKnown(input) {
        throw MIGraphXError(
          .invalidFile,
          "\(node.title) uses '\(input)', which is no input, initializer or output of a node")
      }
    }
    for attribute in node.attribute {
      for graph in attribute.graphs + (attribute.hasG ? [attribute.g] : []) {
        collect(graph, producers, &needed, hidden: [], depth: 0)
      }
    }
    return needed
  }

  /// Adds the producers of the names that a sub-graph uses, except for those that it, or a graph between it
  /// and the node, defines itself.
  private static func collect(
    _ graph: Onnx_GraphProto, _ producers: [String: Int], _ needed: inout [Int],
    hidden: Set<String>, depth: Int
  ) {
    guard depth < 32 else { return }
    var own = hidden.union(graph.input.map(\.name) + graph.initializer.map(\.name))
    for node in graph.node { own.formUnion(node.output) }
    for name in graph.node.flatMap(\.input) + graph.output.map(\.name) where !own.contains(name) {
      if let producer = producers[name] { needed.append(producer) }
    }
    for node in graph.node {
      for attribute in node.attribute {
        for graph in attribute.graphs + (attribute.hasG ? [attribute.g] : []) {
          collect(graph, producers, &needed, hidden: own, depth: depth + 1)
        }
      }
    }
  }
}
