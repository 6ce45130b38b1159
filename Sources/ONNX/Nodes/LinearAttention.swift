import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Attention by way of a state, which goes from one part of a sequence to the next.
  static let linearAttention: Converter = { (node) throws(MIGraphXError) in
    try node.require("state_window", is: 0)
    guard let heads = try node.int("q_num_heads"), let keyHeads = try node.int("kv_num_heads")
    else {
      throw MIGraphXError(.invalidFile, "q_num_heads and kv_num_heads are needed")
    }
    guard let rule = StateUpdate(rawValue: try node.string("update_rule") ?? "gated_delta") else {
      throw MIGraphXError(
        .invalidFile,
        "update_rule must be linear, gated, delta or gated_delta, found "
          + "'\(try node.string("update_rule") ?? "")'")
    }
    let key = try node.splitHeads(node.input(1), keyHeads, "the key")
    let value = try node.splitHeads(node.input(2), keyHeads, "the value")
    var query = try node.splitHeads(node.input(0), heads, "the query")
    // Fewer queries than keys are shared by these.
    if heads < keyHeads { query = try node.repeatHeads(query, to: Dimension(keyHeads)) }
    let sizes = try node.shape(key).dimensions
    let stateSizes = [sizes[0], sizes[1], sizes[3], try node.shape(value).dimensions[3]]
    var inputs = [query, key, value]
    if let state = try node.optionalInput(3) {
      inputs.append(state)
    } else {
      let type = try node.shape(query).elementType
      inputs.append(try node.broadcast(node.scalar(0, type), to: stateSizes))
    }
    guard try rule.decays == (node.optionalInput(4) != nil),
      try rule.corrects == (node.optionalInput(5) != nil)
    else {
      throw MIGraphXError(
        .invalidFile,
        "update_rule '\(rule.rawValue)' needs \(rule.decays ? "a" : "no") decay and "
          + "\(rule.corrects ? "a" : "no") beta")
    }
    if rule.decays {
      let decay = try node.input(4)
      let isPerHead = try node.shape(decay).dimensions.last == Dimension(keyHeads)
      let parts = try node.splitHeads(decay, keyHeads, "the decay")
      inputs.append(try isPerHead ? node.broadcast(parts, to: sizes) : parts)
    }
    if rule.corrects {
      let beta = try node.input(5)
      let isShared = try node.shape(beta).dimensions.last == 1
      let parts = try node.splitHeads(beta, isShared ? 1 : keyHeads, "beta")
      inputs.append(try node.broadcast(parts, to: Array(sizes[..<3]) + [1]))
    }
    let stated = try node.float("scale") ?? 0
    guard let size = sizes[3].constant ?? (stated == 0 ? nil : 1) else {
      throw MIGraphXError(
        .unsupported, "without a scale the size of a head must be known, found \(sizes[3])")
    }
    let scale = stated == 0 ? 1 / Float(max(1, size)).squareRoot() : stated
    let id = try node.add(LinearAttention(updateRule: rule, scale: scale), inputs: inputs)
    return [try node.joinHeads(Value(id, result: 0)), Value(id, result: 1)]
  }
}
