import IR
import ONNXProto
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// Products and convolutions of ONNX Runtime's own domain, and what it joins with them.
  static let contribContractionConverters: [String: Converter] = [
    "ConvTransposeWithDynamicPads": { (node) throws(MIGraphXError) in
      let inputs = [try node.input(0), try node.input(1), try node.optionalInput(3)]
      guard let pads = try node.knownIntegers(2, "the pads") else {
        throw MIGraphXError(.invalidFile, "input 2, the pads, is needed")
      }
      return try node.standard("ConvTranspose", inputs, Onnx_AttributeProto("pads", pads))
    },
    "FusedConv": { (node) throws(MIGraphXError) in [try fusedConv(node, node.input(0))] },
    "FusedGemm": { (node) throws(MIGraphXError) in
      let inputs = [try node.input(0), try node.input(1), try node.optionalInput(2)]
      return [try activation(node, node.standard("Gemm", inputs)[0])]
    },
    "FusedMatMul": { (node) throws(MIGraphXError) in [try fusedMatMul(node)] },
    "FusedMatMulActivation": { (node) throws(MIGraphXError) in
      [try activation(node, fusedMatMul(node))]
    },
    "NhwcConv": { (node) throws(MIGraphXError) in [try nhwcConv(node)] },
    "NhwcFusedConv": { (node) throws(MIGraphXError) in [try nhwcConv(node)] },
    "NhwcMaxPool": { (node) throws(MIGraphXError) in
      let (first, last) = try channelOrders(node)
      let result = try node.standard("MaxPool", [node.add(first, node.input(0))])[0]
      return [try node.add(last, result)]
    },
    "TransposeMatMul": { (node) throws(MIGraphXError) in [try fusedMatMul(node)] },
  ]

  /// A convolution, to which input 3 may be added, and the activation.
  private static func fusedConv(_ node: NodeImporter, _ x: Value) throws(MIGraphXError) -> Value {
    var result = try node.standard("Conv", [x, node.input(1), node.optionalInput(2)])[0]
    if let addend = try node.optionalInput(3) { result = try node.add(Add(), result, addend) }
    return try activation(node, result)
  }

  private static func nhwcConv(_ node: NodeImporter) throws(MIGraphXError) -> Value {
    let (first, last) = try channelOrders(node)
    var result = try node.standard(
      "Conv", [node.add(first, node.input(0)), node.input(1), node.optionalInput(2)])[0]
    result = try node.add(last, result)
    if let addend = try node.optionalInput(3) { result = try node.add(Add(), result, addend) }
    return try activation(node, result)
  }

  /// What brings the channels of input 0 from the last axis to axis 1, and back.
  private static func channelOrders(
    _ node: NodeImporter
  ) throws(MIGraphXError) -> (first: Transpose, last: Transpose) {
    let rank = try node.shape(node.input(0)).rank
    guard rank >= 3 else {
      throw MIGraphXError(
        .invalidShape, "input 0 must have rank 3 or more, found (\(try node.shape(node.input(0))))")
    }
    return (
      Transpose(permutation: [0, rank - 1] + Array(1..<rank - 1)),
      Transpose(permutation: [0] + Array(2..<rank) + [1])
    )
  }

  /// NumPy's matmul of matrices that may lie transposed, times `alpha`.
  private static func fusedMatMul(_ node: NodeImporter) throws(MIGraphXError) -> Value {
    var operands: [Value] = []
    for (index, name) in ["A", "B"].enumerated() {
      let x = try node.input(index)
      let rank = try node.shape(x).rank
      var order = Array(0..<rank)
      if rank > 1 {
        if try node.flag("transBatch\(name)") { order = Array(1..<rank - 1) + [0, rank - 1] }
        if try node.flag("trans\(name)") { order.swapAt(rank - 2, rank - 1) }
      }
      let isInOrder = order.elementsEqual(0..<rank)
      operands.append(isInOrder ? x : try node.add(Transpose(permutation: order), x))
    }
    let product = try node.standard("MatMul", operands)[0]
    let alpha = try node.float("alpha") ?? 1
    return alpha == 1 ? product : try node.apply(Mul(), product, Double(alpha))
  }

  /// The activation that the node's attributes name; none without a name.
  ///
  /// Convolutions list its numbers, products give each an attribute.
  private static func activation(_ node: NodeImporter, _ x: Value) throws(MIGraphXError) -> Value {
    guard let name = try node.string("activation"), !name.isEmpty else { return x }
    let names = ["alpha", "beta", "gamma"]
    var numbers: [Float?] = try node.floats("activation_params") ?? []
    if numbers.isEmpty {
      for name in names { numbers.append(try node.float("activation_\(name)")) }
    }
    if name == "Clip" {
      let type = try node.shape(x).elementType
      var limits: [Value] = []
      for index in 0..<2 {
        guard numbers.indices.contains(index), let number = numbers[index] else {
          throw MIGraphXError(
            .invalidFile, "activation 'Clip' needs 2 numbers, found \(numbers.compactMap { $0 })")
        }
        limits.append(try node.scalar(Double(number), type))
      }
      return try node.standard("Clip", [x] + limits)[0]
    }
    let known: Set = [
      "Celu", "Elu", "HardSigmoid", "LeakyRelu", "Relu", "Selu", "Sigmoid", "Softplus", "Softsign",
      "Tanh", "ThresholdedRelu",
    ]
    guard known.contains(name) else {
      throw MIGraphXError(.unsupported, "activation '\(name)' is not known")
    }
    var attributes: [Onnx_AttributeProto] = []
    for (name, number) in zip(names, numbers) {
      if let number { attributes.append(Onnx_AttributeProto(name, number)) }
    }
    return try node.standard(name, [x], only: attributes)[0]
  }
}
