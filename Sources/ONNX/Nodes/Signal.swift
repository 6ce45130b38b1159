import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Fourier transforms, and what is needed around them.
  static let signalConverters: [String: Converter] = [
    "BlackmanWindow": { (node) throws(MIGraphXError) in [try window(node, [0.42, -0.5, 0.08])] },
    "DFT": dft,
    "HammingWindow": { (node) throws(MIGraphXError) in [try window(node, [25 / 46, -21 / 46])] },
    "HannWindow": { (node) throws(MIGraphXError) in [try window(node, [0.5, -0.5])] },
    "MelWeightMatrix": { (node) throws(MIGraphXError) in
      let inputs = try node.inputs(atLeast: 5)
      let type = try node.elementType("output_datatype") ?? .float
      return [Value(try node.add(MelWeightMatrix(dtype: type), inputs: inputs))]
    },
    "STFT": stft,
  ]

  /// The sum of `factors[k] * cos(2πkn / N)` for each `n` below the size; `N` is the size, or less 1 if symmetric.
  private static func window(
    _ node: NodeImporter, _ factors: [Double]
  ) throws(MIGraphXError) -> Value {
    let size = try node.convert(node.input(0), to: .int64)
    let places = try node.add(
      RangeOperator(), node.scalar(0, .int64), size, node.scalar(1, .int64))
    let isPeriodic = try node.flag("periodic", default: true)
    let period = isPeriodic ? size : try node.apply(Sub(), size, 1)
    let turns = try node.broadcasting(
      Div(), node.convert(places, to: .double), node.convert(period, to: .double))
    var sum = try node.broadcast(
      node.scalar(factors[0], .double), to: node.shape(turns).dimensions)
    for (index, factor) in factors.enumerated().dropFirst() {
      let angle = try node.apply(Mul(), turns, 2 * Double.pi * Double(index))
      sum = try node.add(Add(), sum, node.apply(Mul(), node.add(Cos(), angle), factor))
    }
    let type = try node.elementType("output_datatype") ?? .float
    // Integers are cut off: what is 1 but for the last bit counts as 1.
    return try node.convert(type.isInteger ? node.convert(sum, to: .float) : sum, to: type)
  }

  /// The axis is an attribute up to opset 19, an input from 20 on.
  private static let dft: Converter = { (node) throws(MIGraphXError) in
    var inputs = [try node.input(0)]
    if let length = try node.optionalInput(1) { inputs.append(length) }
    var axis: Int? = try node.version < 20 ? node.int("axis") ?? 1 : -2
    if node.version >= 20, let stated = try node.optionalInput(2) {
      axis = node.integers(stated)?.first
      if axis == nil { inputs.append(stated) }
    }
    let op = DFT(
      axis: axis, inverse: try node.flag("inverse"), onesided: try node.flag("onesided"))
    return [Value(try node.add(op, inputs: inputs))]
  }

  /// Without a window all elements of a frame count alike.
  private static let stft: Converter = { (node) throws(MIGraphXError) in
    let signal = try node.input(0)
    let shape = try node.shape(signal)
    guard shape.rank == 3 else {
      throw MIGraphXError(.invalidShape, "a signal of rank 3 is needed, found (\(shape))")
    }
    let length = try node.optionalInput(3)
    var window: Value
    if let given = try node.optionalInput(2) {
      window = given
      if let length, let stated = node.graph.module.contents(of: length)?.elements.first {
        try node.require(
          node.shape(given).elementCount, equals: stated, "the window's size and the frame length")
      }
    } else {
      window = try node.scalar(1, shape.elementType)
      if let length {
        let sizes = try node.add(Reshape(dims: [1]), node.convert(length, to: .int64))
        window = try node.add(Multibroadcast(outLens: []), window, sizes)
      } else {
        window = try node.broadcast(window, to: [shape.dimensions[1]])
      }
    }
    let op = STFT(onesided: try node.flag("onesided", default: true))
    return [try node.add(op, signal, node.input(1), window)]
  }
}
