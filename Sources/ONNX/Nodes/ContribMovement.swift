import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Operators of ONNX Runtime's own domain that move elements, or that ONNX has taken over later.
  static let contribMovementConverters: [String: Converter] = [
    "ExpandDims": { (node) throws(MIGraphXError) in
      guard let axis = try node.knownIntegers(1, "the axis"), axis.count == 1 else {
        throw MIGraphXError(.invalidFile, "input 1, the axis, must be one number")
      }
      return [try node.add(Unsqueeze(axes: axis), node.input(0))]
    },
    "GatherND": { (node) throws(MIGraphXError) in
      try node.standard("GatherND", [node.input(0), node.input(1)], only: [])
    },
    "GridSample": { (node) throws(MIGraphXError) in
      try node.standard("GridSample", [node.input(0), node.input(1)], version: 16)
    },
    "Pad": { (node) throws(MIGraphXError) in
      var pads = try node.input(1)
      if try node.shape(pads).rank == 2 { pads = try node.add(Squeeze(axes: [0]), pads) }
      return try node.standard("Pad", [node.input(0), pads, node.optionalInput(2)])
    },
    "Range": { (node) throws(MIGraphXError) in
      var bounds = [try node.input(0), try node.input(1)]
      if let delta = try node.optionalInput(2) {
        bounds.append(delta)
      } else {
        bounds.append(try node.scalar(1, node.shape(bounds[0]).elementType))
      }
      return [Value(try node.add(RangeOperator(), inputs: bounds))]
    },
    "Trilu": { (node) throws(MIGraphXError) in
      try node.standard("Trilu", [node.input(0), node.optionalInput(1)])
    },
    "Unique": { (node) throws(MIGraphXError) in
      // Outputs are the elements, where each element of the input is among them, and how often.
      _ = try node.sizes(node.input(0), rank: 1, "input 0")
      let all = try node.standard(
        "Unique", [node.input(0)], outputs: 4, only: [Onnx_AttributeProto("sorted", 0)])
      return all.count == 4 ? [all[0], all[2], all[3]] : all
    },
  ]
}
