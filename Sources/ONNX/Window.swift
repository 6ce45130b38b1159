import Operators
import Support
import Tensors

/// The attributes that say how a window moves over the spatial axes: of convolutions and pooling.
struct Window {
  /// What is added before each spatial axis, then what is added after each.
  let padding: [Int]
  let strides: [Int]
  let dilations: [Int]
  /// The window's sizes; nil if the node doesn't state them.
  let kernel: [Int]?
  let paddingMode: PaddingMode

  /// - Throws: `invalidFile` when a list has another length than the number of spatial axes.
  init(_ node: NodeImporter, spatialRank: Int) throws(MIGraphXError) {
    guard spatialRank > 0 else {
      throw MIGraphXError(.invalidShape, "an input [N, C, ...] with spatial axes is needed")
    }
    func list(
      _ name: String, _ count: Int, default value: Int
    ) throws(MIGraphXError) -> [Int] {
      guard let values = try node.ints(name) else { return Array(repeating: value, count: count) }
      guard values.count == count else {
        throw MIGraphXError(
          .invalidFile, "attribute '\(name)' must have \(count) values, found \(values)")
      }
      return values
    }
    strides = try list("strides", spatialRank, default: 1)
    dilations = try list("dilations", spatialRank, default: 1)
    kernel = try node.has("kernel_shape") ? list("kernel_shape", spatialRank, default: 1) : nil
    switch try node.string("auto_pad") ?? "NOTSET" {
    case "NOTSET":
      paddingMode = .default
      padding = try list("pads", 2 * spatialRank, default: 0)
    case "VALID":
      paddingMode = .default
      padding = Array(repeating: 0, count: 2 * spatialRank)
    case "SAME_UPPER":
      paddingMode = .sameUpper
      padding = Array(repeating: 0, count: 2 * spatialRank)
    case "SAME_LOWER":
      paddingMode = .sameLower
      padding = Array(repeating: 0, count: 2 * spatialRank)
    case let other:
      throw MIGraphXError(
        .invalidFile,
        "auto_pad is '\(other)'; NOTSET, VALID, SAME_UPPER or SAME_LOWER is needed")
    }
  }

  /// Checks that the stated window is that of the weights, whose sizes count where they are known later.
  func check(kernel weights: ArraySlice<Dimension>) throws(MIGraphXError) {
    guard let kernel,
      !zip(kernel, weights).allSatisfy({ $1.constant == nil || Dimension($0) == $1 })
    else { return }
    let sizes = weights.map(\.description).joined(separator: ", ")
    throw MIGraphXError(
      .invalidFile, "kernel_shape is \(kernel), but the weights have spatial sizes [\(sizes)]")
  }
}
