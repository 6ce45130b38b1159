import IR
import ONNXProto
import Support
import Tensors

/// The functions that a model defines itself.
struct LocalFunctions {
  /// What a node says about the function that it calls.
  struct Key: Hashable {
    let domain: String
    let name: String
    let overload: String

    init(domain: String, name: String, overload: String) {
      self.domain = domain == "ai.onnx" ? "" : domain
      self.name = name
      self.overload = overload
    }

    /// How messages name the function.
    var title: String {
      (domain.isEmpty ? name : "\(domain).\(name)") + (overload.isEmpty ? "" : ":\(overload)")
    }
  }

  /// A function with what it needs to be imported.
  struct Function {
    let key: Key
    let body: Onnx_FunctionProto
    let opsets: [String: Int]
  }

  private var functions: [Key: Function] = [:]

  /// - Throws: `invalidFile` when two functions can't be told apart, `unsupported` for versions that aren't known.
  init(_ functions: [Onnx_FunctionProto]) throws(MIGraphXError) {
    for body in functions {
      let key = Key(domain: body.domain, name: body.name, overload: body.overload)
      guard self.functions[key] == nil else {
        throw MIGraphXError(.invalidFile, "function '\(key.title)' is defined twice")
      }
      self.functions[key] = Function(
        key: key, body: body,
        opsets: try trace("reading function '\(key.title)'") { () throws(MIGraphXError) in
          try opsetVersions(body.opsetImport)
        })
    }
  }

  /// The function that `node` calls; nil if it is none of the model's own.
  subscript(node: Onnx_NodeProto) -> Function? {
    if functions.isEmpty { return nil }
    return functions[Key(domain: node.domain, name: node.opType, overload: node.overload)]
  }
}

extension GraphImporter {
  /// Adds the nodes of a function that `node` calls; gives the values of its outputs.
  func importCall(
    of function: LocalFunctions.Function, _ node: Onnx_NodeProto
  ) throws(MIGraphXError) -> [Value] {
    let (key, body) = (function.key, function.body)
    if let start = calls.firstIndex(of: key) {
      let cycle = (calls[start...] + [key]).map { "'\($0.title)'" }.joined(separator: " calls ")
      throw MIGraphXError(.invalidFile, "functions must not call themselves: \(cycle)")
    }
    guard node.input.count <= body.input.count, node.output.count <= body.output.count else {
      throw MIGraphXError(
        .invalidFile,
        "function '\(key.title)' has \(body.input.count) inputs and \(body.output.count) outputs; "
          + "the node has \(node.input.count) and \(node.output.count)")
    }
    var inputs: [String: Value] = [:]
    for (parameter, name) in zip(body.input, node.input) where !name.isEmpty {
      guard let value = try value(named: name) else {
        throw MIGraphXError(.invalidFile, "input '\(name)' is not defined")
      }
      guard inputs.updateValue(value, forKey: parameter) == nil else {
        throw MIGraphXError(
          .invalidFile, "function '\(key.title)' has two inputs '\(parameter)'")
      }
    }
    let call = FunctionCall(node, body, omitted: Set(body.input).subtracting(inputs.keys))
    let importer = GraphImporter(
      inlining: key, opsets: function.opsets, inputs: inputs, in: self)
    return try trace("importing function '\(key.title)'") { () throws(MIGraphXError) in
      var nodes: [Onnx_NodeProto] = []
      for node in body.node { nodes.append(try call.expanded(node, depth: 0)) }
      try importer.importNodes(nodes)
      var results: [Value] = []
      for (index, name) in body.output.enumerated() where index < node.output.count {
        guard let value = try importer.value(named: name) else {
          throw MIGraphXError(
            .invalidFile, "output '\(name)' of function '\(key.title)' is not computed")
        }
        results.append(value)
      }
      return results
    }
  }
}

/// What a call puts in place of the attributes and inputs that a function's nodes refer to.
private struct FunctionCall {
  private let name: String
  private var attributes: [String: Onnx_AttributeProto] = [:]
  private let omitted: Set<String>

  /// - Parameter omitted: the inputs of the function that the call leaves out.
  init(_ node: Onnx_NodeProto, _ function: Onnx_FunctionProto, omitted: Set<String>) {
    name = node.debugSymbols.first ?? ""
    self.omitted = omitted
    for attribute in function.attributeProto { attributes[attribute.name] = attribute }
    let known = Set(function.attribute).union(function.attributeProto.map(\.name))
    for attribute in node.attribute where known.contains(attribute.name) {
      attributes[attribute.name] = attribute
    }
  }

  /// A node of the function, or of a sub-graph in it, as the call means it.
  func expanded(_ node: Onnx_NodeProto, depth: Int) throws(MIGraphXError) -> Onnx_NodeProto {
    guard depth <= GraphImporter.maximumDepth else {
      throw MIGraphXError(.limitExceeded, "sub-graphs are nested more than \(depth) deep")
    }
    var result = node
    if !name.isEmpty, !node.name.isEmpty { result.name = "\(name)/\(node.name)" }
    result.input = node.input.map { omitted.contains($0) ? "" : $0 }
    result.attribute = []
    for attribute in node.attribute {
      guard attribute.refAttrName.isEmpty else {
        // An attribute that the call doesn't give is left to the operator's default.
        guard var value = attributes[attribute.refAttrName] else { continue }
        value.name = attribute.name
        result.attribute.append(value)
        continue
      }
      var attribute = attribute
      if attribute.hasG { attribute.g = try expanded(attribute.g, depth: depth) }
      for index in attribute.graphs.indices {
        attribute.graphs[index] = try expanded(attribute.graphs[index], depth: depth)
      }
      result.attribute.append(attribute)
    }
    return result
  }

  private func expanded(
    _ graph: Onnx_GraphProto, depth: Int
  ) throws(MIGraphXError) -> Onnx_GraphProto {
    var result = graph
    for index in graph.node.indices {
      result.node[index] = try expanded(graph.node[index], depth: depth + 1)
    }
    return result
  }
}
