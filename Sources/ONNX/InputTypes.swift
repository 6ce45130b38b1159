import ONNXProto
import Support
import Tensors

/// The types of a graph's inputs, with dynamic axes as symbols.
struct InputTypes {
  /// One type for each input.
  private(set) var types: [ValueType] = []
  private let options: ONNXOptions
  /// The sizes that all that was given for each named dimension allows.
  private var ranges: [String: DimensionRange] = [:]
  /// The names of the dynamic dimensions: those that the model gives, then those made for nameless ones.
  private var names: Set<String>

  /// - Throws: `invalidFile` for impossible sizes, `invalidArgument` for options that fit no input.
  init(_ inputs: [Onnx_ValueInfoProto], _ options: ONNXOptions) throws(MIGraphXError) {
    self.options = options
    names = Set(inputs.flatMap { $0.type.tensorType.shape.dim.compactMap(\.symbolName) })
    try checkOptions(inputs)
    for input in inputs {
      for (axis, dimension) in input.type.tensorType.shape.dim.enumerated() {
        guard let name = dimension.symbolName, let given = given(axis, of: input.name) else {
          continue
        }
        try narrow(name, to: given)
      }
    }
    for input in inputs {
      do throws(MIGraphXError) {
        types.append(try type(input.type, input.name))
      } catch { throw error.during("importing input '\(input.name)'") }
    }
    try checkDimensionParameters()
  }

  /// The sizes that the options allow for an axis of an input, where the model leaves it dynamic.
  private func given(_ axis: Int, of input: String) -> DimensionRange? {
    if let ranges = options.inputRanges[input], axis < ranges.count { return ranges[axis] }
    guard let sizes = options.inputDimensions[input], axis < sizes.count else { return nil }
    return DimensionRange(maximum: sizes[axis])
  }

  private mutating func narrow(_ name: String, to range: DimensionRange) throws(MIGraphXError) {
    guard let known = ranges[name] else {
      ranges[name] = range
      return
    }
    guard let common = known.intersection(range) else {
      throw MIGraphXError(
        .invalidArgument, "dimension '\(name)' is given sizes \(known) and \(range)")
    }
    ranges[name] = common
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
    for (name, ranges) in options.inputRanges.sorted(by: { $0.key < $1.key }) {
      guard names.contains(name) else {
        throw MIGraphXError(
          .invalidArgument,
          "dimensions are given for '\(name)'; the inputs are \(names.joined(separator: ", "))")
      }
      guard options.inputDimensions[name] == nil else {
        throw MIGraphXError(.invalidArgument, "sizes and ranges are given for input '\(name)'")
      }
      for range in ranges {
        do throws(MIGraphXError) { try range.validate() } catch {
          throw MIGraphXError(error.code, "the ranges of input '\(name)': \(error.message)")
        }
      }
    }
    for range in [options.defaultDimension].compactMap({ $0 }) + options.dimensionParameters.values
    {
      guard range.maximum ?? .max > 0 else {
        throw MIGraphXError(.invalidArgument, "a dimension must be positive, found \(range)")
      }
      try range.validate()
    }
  }

  private mutating func type(
    _ type: Onnx_TypeProto, _ name: String
  ) throws(MIGraphXError) -> ValueType {
    if case .tensorType(let tensor) = type.value { return .tensor(try shape(tensor, name)) }
    return try InputTypes.structure(type, name)
  }

  /// A type that isn't a tensor's, and what it holds: nothing says that elements have equal sizes.
  static func structure(
    _ type: Onnx_TypeProto, _ name: String, depth: Int = 0
  ) throws(MIGraphXError) -> ValueType {
    guard depth < 8 else { throw MIGraphXError(.invalidFile, "its type is nested too deeply") }
    switch type.value {
    case .tensorType(let tensor):
      let elementType = try ElementType(onnx: tensor.elemType, of: "input '\(name)'")
      // Exporters write no axes for elements of any rank.
      guard tensor.hasShape, !tensor.shape.dim.isEmpty else { return .unranked(elementType) }
      let shape = Shape(
        elementType,
        tensor.shape.dim.map { size in
          size.dimValue > 0 ? Dimension(Int(size.dimValue)) : Dimension(.varying)
        })
      try shape.validate()
      return .tensor(shape)
    case .sequenceType(let sequence):
      return .sequence(try structure(sequence.elemType, name, depth: depth + 1))
    case .optionalType(let optional):
      return .optional(try structure(optional.elemType, name, depth: depth + 1))
    case .mapType(let map):
      guard case .tensorType(let values) = map.valueType.value else {
        throw MIGraphXError(.unsupported, "maps to other values than tensors")
      }
      let parts = [map.keyType, values.elemType]
      var types: [ValueType] = []
      for part in parts {
        let type = try ElementType(onnx: part, of: "input '\(name)'")
        types.append(.tensor(Shape(type, [Dimension(.varying)])))
      }
      return .tuple(types)
    case .sparseTensorType: throw MIGraphXError(.unsupported, "sparse tensors")
    case .opaqueType: throw MIGraphXError(.unsupported, "opaque types")
    case nil: throw MIGraphXError(.invalidFile, "it has no type")
    }
  }

  private mutating func shape(
    _ tensor: Onnx_TypeProto.Tensor, _ name: String
  ) throws(MIGraphXError) -> Shape {
    let elementType = try ElementType(onnx: tensor.elemType, of: "input '\(name)'")
    let givenRank = options.inputDimensions[name]?.count ?? options.inputRanges[name]?.count
    guard tensor.hasShape || givenRank != nil else {
      throw MIGraphXError(
        .unsupported, "its number of axes is not stated; give its dimensions (map_input_dims)")
    }
    let stated = tensor.hasShape ? tensor.shape.dim : []
    if let givenRank, tensor.hasShape, givenRank != stated.count {
      let given = options.inputDimensions[name]?.description ?? "\(options.inputRanges[name] ?? [])"
      throw MIGraphXError(
        .invalidArgument, "it has \(stated.count) axes; dimensions \(given) are given")
    }
    var dimensions: [Dimension] = []
    for axis in 0..<(tensor.hasShape ? stated.count : givenRank ?? 0) {
      dimensions.append(
        try dimension(
          axis < stated.count ? stated[axis] : Onnx_TensorShapeProto.Dimension(), axis, name))
    }
    let shape = Shape(elementType, dimensions)
    try shape.validate()
    return shape
  }

  /// A negative size in the model means, as in ONNX Runtime, one that is not known.
  private mutating func dimension(
    _ stated: Onnx_TensorShapeProto.Dimension, _ axis: Int, _ name: String
  ) throws(MIGraphXError) -> Dimension {
    let given = given(axis, of: name)
    if case .dimValue(let value) = stated.value, value >= 0 {
      if let size = options.inputDimensions[name]?[axis] { return Dimension(size) }
      if let given { return dimension(given, named: ownName("\(name)_\(axis)")) }
      return Dimension(Int(value))
    }
    let symbol = stated.symbolName ?? ownName("\(name)_\(axis)")
    if let range = options.dimensionParameters[symbol] { return dimension(range, named: symbol) }
    let range = ranges[symbol] ?? given ?? options.defaultDimension
    return dimension(range ?? DimensionRange(maximum: nil), named: symbol)
  }

  private func dimension(_ range: DimensionRange, named name: String) -> Dimension {
    range.isFixed
      ? Dimension(range.minimum)
      : Dimension(Symbol(name, minimum: range.minimum, maximum: range.maximum))
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
