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
    "Range": { (node) throws(MIGraphXError) in
      var bounds = [try node.input(0), try node.input(1)]
      if let delta = try node.optionalInput(2) {
        bounds.append(delta)
      } else {
        bounds.append(try node.scalar(1, node.shape(bounds[0]).elementType))
      }
      return [Value(try node.add(RangeOperator(), inputs: bounds))]
    },
  ]
}
