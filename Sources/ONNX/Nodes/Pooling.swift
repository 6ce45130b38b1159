import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Pooling with a window and over all of each channel.
  static let poolingConverters: [String: Converter] = [
    "AveragePool": { (node) throws(MIGraphXError) in try pooling(node, .average) },
    "MaxPool": { (node) throws(MIGraphXError) in try pooling(node, .max) },
    "GlobalAveragePool": { (node) throws(MIGraphXError) in try globalPooling(node, .average) },
    "GlobalMaxPool": { (node) throws(MIGraphXError) in try globalPooling(node, .max) },
  ]

  private static func pooling(
    _ node: NodeImporter, _ mode: PoolingMode
  ) throws(MIGraphXError) -> [Value] {
    try node.requireOutputs(atMost: 1)
    let x = try node.input(0)
    let window = try Window(node, spatialRank: node.shape(x).rank - 2)
    guard let kernel = window.kernel else {
      throw MIGraphXError(.invalidFile, "attribute 'kernel_shape' is needed")
    }
    return [
      try node.add(
        Pooling(
          mode: mode, padding: window.padding, stride: window.strides, lengths: kernel,
          ceilMode: node.flag("ceil_mode"), lpOrder: 2, global: false,
          dilations: window.dilations.allSatisfy { $0 == 1 } ? nil : window.dilations,
          countIncludePad: node.flag("count_include_pad") ? true : nil,
          paddingMode: window.paddingMode == .default ? nil : window.paddingMode), x)
    ]
  }

  private static func globalPooling(
    _ node: NodeImporter, _ mode: PoolingMode
  ) throws(MIGraphXError) -> [Value] {
    let x = try node.input(0)
    let rank = max(0, try node.shape(x).rank - 2)
    let ones = Array(repeating: 1, count: rank)
    return [
      try node.add(
        Pooling(
          mode: mode, padding: Array(repeating: 0, count: 2 * rank), stride: ones, lengths: ones,
          ceilMode: false, lpOrder: 2, global: true), x)
    ]
  }
}
