import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Pooling with a window and over all of each channel.
  static let poolingConverters: [String: Converter] = [
    "AveragePool": { (node) throws(MIGraphXError) in
      [try node.add(pooling(node, .average), node.input(0))]
    },
    "GlobalAveragePool": { (node) throws(MIGraphXError) in
      [try globalPooling(node, node.input(0), .average)]
    },
    "GlobalLpPool": { (node) throws(MIGraphXError) in
      [try globalPooling(node, node.input(0), .lpnorm, order: order(node))]
    },
    "GlobalMaxPool": { (node) throws(MIGraphXError) in
      [try globalPooling(node, node.input(0), .max)]
    },
    "LpPool": { (node) throws(MIGraphXError) in
      [try node.add(pooling(node, .lpnorm, order: order(node)), node.input(0))]
    },
    "MaxPool": { (node) throws(MIGraphXError) in
      let windows = try pooling(node, .max)
      let x = try node.input(0)
      let result = try node.add(windows, x)
      guard node.hasOutput(1) else { return [result] }
      let isColumnMajor = try node.flag("storage_order")
      return [
        result, try node.add(PoolingPositions(of: windows, isColumnMajor: isColumnMajor), x),
      ]
    },
    "MaxUnpool": maxUnpool,
  ]

  static func pooling(
    _ node: NodeImporter, _ mode: PoolingMode, order: Int = 2
  ) throws(MIGraphXError) -> Pooling {
    let window = try Window(node, spatialRank: node.shape(node.input(0)).rank - 2)
    guard let kernel = window.kernel else {
      throw MIGraphXError(.invalidFile, "attribute 'kernel_shape' is needed")
    }
    return Pooling(
      mode: mode, padding: window.padding, stride: window.strides, lengths: kernel,
      ceilMode: try node.flag("ceil_mode"), lpOrder: order, global: false,
      dilations: window.dilations.allSatisfy { $0 == 1 } ? nil : window.dilations,
      countIncludePad: try node.flag("count_include_pad") ? true : nil,
      paddingMode: window.paddingMode == .default ? nil : window.paddingMode)
  }

  /// The order of the norm, which opset 1 states as a number that need not be whole.
  private static func order(_ node: NodeImporter) throws(MIGraphXError) -> Int {
    guard node.version < 2 else { return try node.int("p") ?? 2 }
    let order = try node.float("p") ?? 2
    guard let whole = Int(exactly: order) else {
      throw MIGraphXError(.unsupported, "attribute 'p' is \(order); a whole number is needed")
    }
    return whole
  }

  static func globalPooling(
    _ node: NodeImporter, _ x: Value, _ mode: PoolingMode, order: Int = 2
  ) throws(MIGraphXError) -> Value {
    let rank = max(0, try node.shape(x).rank - 2)
    let ones = Array(repeating: 1, count: rank)
    return try node.add(
      Pooling(
        mode: mode, padding: Array(repeating: 0, count: 2 * rank), stride: ones, lengths: ones,
        ceilMode: false, lpOrder: order, global: true), x)
  }

  private static let maxUnpool: Converter = { (node) throws(MIGraphXError) in
    let window = try Window(node, spatialRank: node.shape(node.input(0)).rank - 2)
    guard let kernel = window.kernel else {
      throw MIGraphXError(.invalidFile, "attribute 'kernel_shape' is needed")
    }
    var inputs = [try node.input(0), try node.input(1)]
    if let sizes = try node.optionalInput(2) { inputs.append(sizes) }
    let op = MaxUnpool(padding: window.padding, stride: window.strides, lengths: kernel)
    return [Value(try node.add(op, inputs: inputs))]
  }
}
