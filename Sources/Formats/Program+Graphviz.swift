import IR
import Support

extension Program {
  /// The program as a graph in Graphviz' language: one node for each instruction, one edge for each operand.
  ///
  /// - Parameter brief: nodes show no attributes, and edges no types.
  public func graphviz(brief: Bool = false) -> String {
    var writer = GraphvizWriter(isBrief: brief)
    writer.write(main, indentation: "  ")
    return (["digraph {", "  node [shape=box];"] + writer.lines + ["}"]).map { $0 + "\n" }.joined()
  }
}

private struct GraphvizWriter {
  let isBrief: Bool
  private(set) var lines: [String] = []
  private var nodeCount = 0
  private var moduleCount = 0

  init(isBrief: Bool) { self.isBrief = isBrief }

  /// - Returns: the node of the module's last instruction.
  @discardableResult
  mutating func write(_ module: Module, indentation: String) -> String? {
    let texts = module.instructionNames
    var nodes: [InstructionID: String] = [:]
    var last: String?
    for id in module.order {
      let instruction = module[id]
      let node = "n\(nodeCount)"
      nodeCount += 1
      nodes[id] = node
      last = node
      lines.append("\(indentation)\(node) [label=\(quoted(label(instruction, texts[id] ?? "")))];")
      for input in instruction.inputs {
        let type = module.type(of: input)
        lines.append(
          "\(indentation)\(nodes[input.instruction] ?? "") -> \(node)"
            + "\(isBrief ? "" : " [label=\(quoted("\(type)"))]");")
      }
      for inner in instruction.modules {
        moduleCount += 1
        lines.append("\(indentation)subgraph cluster\(moduleCount) {")
        lines.append("\(indentation)  label=\(quoted(inner.name));")
        let result = write(inner, indentation: indentation + "  ")
        lines.append("\(indentation)}")
        if let result { lines.append("\(indentation)\(result) -> \(node) [style=dashed];") }
      }
    }
    return last
  }

  private func label(_ instruction: Instruction, _ name: String) -> String {
    switch instruction.body {
    case .parameter(let parameter): "@param:\(parameter)"
    case .literal, .result: instruction.name
    case .apply(let op): isBrief ? op.name : "\(name)\n\(op.text)"
    }
  }
}
