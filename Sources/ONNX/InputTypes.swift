import ONNXProto
import Support
import Tensors

/// The types of a graph's inputs, with dynamic axes as symbols.
struct InputTypes {
  /// One type for each input.
  private(set) var types: [ValueType] = []
  private let options: ONNXOptions
  /// The smallest of the maxima given for each named dimension.
  private var maxima: [String: Int] = [:]
  /// The names of the dynamic dimensions: those that the model gives, then those made for nameless ones.
  private var names: Set<String>

  /// - Throws: `invalidFile` for impossible sizes, `invalidArgument` for options that fit no input.
  init(_ inputs: [Onnx_ValueInfoProto], _ options: ONNXOptions) throws(MIGraphXError) {
    self.options = options
    names = Set(inputs.flatMap { $0.type.tensorType.shape.dim.compactMap(\.symbolName) })
    try checkOptions(inputs)
    for input in inputs {
      guard let sizes = options.inputDimensions[input.name] else { continue }
      for (dimension, size) in zip(input.type.tensorType.shape.dim, sizes) {
        guard let name = dimension.symbolName else { continue }
        maxima[name] = min(maxima[name] ?? size, size)
      }
    }
    for input in inputs {
      do throws(MIGraphXError) {
        types.append(try type(input.type, input.name, depth: 0))
      } catch { throw error.during("importing input '\(input.name)'") }
    }
    try checkDimensionParameters()
  }

  private func checkDimensionParameters() throws(MIGraphXError) {
    let unknown = options.dimensionParameters.keys.filter { !names.contains($0) }.min()
    guard let unknown else { return }
    let list = names.sorted().map { "'\($0)'" }.joined(separator: ", ")
    throw MIGraphXError(
      .invalidArgument,
      "a size is given for dimension '\(unknown)'; "
        + (names.isEmpty ? "no dimension is dynamic" : "the dynamic dimensions are \(list)"))
  }

  private func checkOptions(_ inputs: [Onnx_ValueInfoProto]) throws(MIGraphXError) {
    let names = inputs.map(\.name)
    for (name, sizes) in options.inputDimensions.sorted(by: { $0.key < $1.key }) {
      guard names.contains(name) else {
        throw MIGraphXError(
          .invalidArgument,
          "dimensions are given for '\(name)'; the inputs are \(names.joined(separator: ", "))")
      }
      guard sizes.allSatisfy({ $0 > 0 }) else {
        throw MIGraphXError(
          .invalidArgument, "dimensions \(sizes) of input '\(name)' must be positive")
      }
    }
    let given = [options.defaultDimension].compactMap { $0 } + options.dimensionParameters.values
    if let wrong = given.first(where: { $0 <= 0 }) {
      throw MIGraphXError(.invalidArgument, "a dimension must be positive, found \(wrong)")
    }
  }

  private mutating func type(
    _ type: Onnx_TypeProto, _ name: String, depth: Int
  ) throws(MIGraphXError) -> ValueType {
    guard depth < 8 else { throw MIGraphXError(.invalidFile, "its type is nested too deeply") }
    switch type.value {
    case .tensorType(let tensor): return .tensor(try shape(tensor, name))
    case .sequenceType(let sequence):
      return .sequence(try self.type(sequence.elemType, name, depth: depth + 1))
    case .optionalType(let optional):
      return .optional(try self.type(optional.elemType, name, depth: depth + 1))
    case .mapType: throw MIGraphXError(.unsupported, "maps")
    case .sparseTensorType: throw MIGraphXError(.unsupported, "sparse tensors")
    case .opaqueType: throw MIGraphXError(.unsupported, "opaque types")
    case nil: throw MIGraphXError(.invalidFile, "it has no type")
    }
  }

  private mutating func shape(
    _ tensor: Onnx_TypeProto.Tensor, _ name: String
  ) throws(MIGraphXError) -> Shape {
    let elementType = try ElementType(onnx: tensor.elemType, of: "input '\(name)'")
    let given = options.inputDimensions[name]
    guard tensor.hasShape || given != nil else {
      throw MIGraphXError(
        .unsupported, "its number of axes is not stated; give its dimensions (map_input_dims)")
    }
    let stated = tensor.hasShape ? tensor.shape.dim : []
    if let given, tensor.hasShape, given.count != stated.count {
      throw MIGraphXError(
        .invalidArgument, "it has \(stated.count) axes; dimensions \(given) are given")
    }
    var dimensions: [Dimension] = []
    for axis in 0..<(tensor.hasShape ? stated.count : given?.count ?? 0) {
      dimensions.append(
        try dimension(
          axis < stated.count ? stated[axis] : Onnx_TensorShapeProto.Dimension(), axis, name))
    }
    let shape = Shape(elementType, dimensions)
    try shape.validate()
    return shape
  }

  private mutating func dimension(
    _ stated: Onnx_TensorShapeProto.Dimension, _ axis: Int, _ name: String
  ) throws(MIGraphXError) -> Dimension {
    let given = options.inputDimensions[name]?[axis]
    if case .dimValue(let value) = stated.value {
      if let given { return Dimension(given) }
      guard value > 0 else {
        throw MIGraphXError(
          .invalidFile,
          "axis \(axis) has size \(value); a size must be positive (map_input_dims can replace it)")
      }
      return Dimension(Int(value))
    }
    let symbol = stated.symbolName ?? ownName("\(name)_\(axis)")
    if let size = options.dimensionParameters[symbol] { return Dimension(size) }
    let maximum = maxima[symbol] ?? given
    if maximum == nil, let size = options.defaultDimension { return Dimension(size) }
    return Dimension(Symbol(symbol, maximum: maximum))
  }

  /// A name for a nameless dimension that no other one has.
  private mutating func ownName(_ start: String) -> String {
    var name = start
    while !names.insert(name).inserted { name += "_" }
    return name
  }
}

extension Onnx_TensorShapeProto.Dimension {
  /// The dimension's name; nil for a fixed size, and for "?", with which exporters say "unknown".
  fileprivate var symbolName: String? {
    if case .dimParam(let name) = value, !name.isEmpty, name != "?" { name } else { nil }
  }
}
