import IR
import Operators
import Support
import Tensors

extension ONNXOperators {
  /// What ai.onnx.ml makes of features before a model sees them.
  static let featureConverters: [String: Converter] = [
    "ArrayFeatureExtractor": arrayFeatureExtractor, "Binarizer": binarizer,
    "CategoryMapper": categoryMapper, "FeatureVectorizer": featureVectorizer,
    "Imputer": imputer, "LabelEncoder": labelEncoder, "Normalizer": normalizer,
    "OneHotEncoder": oneHotEncoder, "Scaler": scaler,
  ]

  private static let arrayFeatureExtractor: Converter = { (node) throws(MIGraphXError) in
    let (x, indices) = (try node.rows(0), try node.input(1))
    let flat = try node.add(Reshape(dims: [-1]), indices)
    return [try node.add(Gather(axis: -1), x, flat)]
  }

  private static let binarizer: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let type = try node.shape(x).elementType
    let numbers = try node.convert(x, to: type == .double ? .double : .float)
    let threshold = Double(try node.float("threshold") ?? 0)
    return [try node.convert(try node.apply(Greater(), numbers, threshold), to: type)]
  }

  private static let scaler: Converter = { (node) throws(MIGraphXError) in
    let x = try node.convert(try node.input(0), to: .float)
    let offsets = try node.floats("offset") ?? []
    let factors = try node.floats("scale") ?? []
    guard !offsets.isEmpty, offsets.count == factors.count else {
      throw MIGraphXError(
        .invalidFile,
        "'offset' and 'scale' must have one length, found \(offsets.count) and \(factors.count)")
    }
    let centred = try node.broadcasting(
      Sub(), x, node.add(try Literal(offsets, lens: [offsets.count])))
    return [
      try node.broadcasting(Mul(), centred, node.add(try Literal(factors, lens: [factors.count])))
    ]
  }

  private static let normalizer: Converter = { (node) throws(MIGraphXError) in
    let x = try node.convert(try node.input(0), to: .float)
    let rank = try node.shape(x).rank
    guard (1...2).contains(rank) else {
      throw MIGraphXError(.invalidShape, "input 0 must have rank 1 or 2, found \(rank)")
    }
    let axes = [rank - 1]
    let divisor: Value
    let name = try node.string("norm") ?? "MAX"
    switch name {
    case "MAX": divisor = try node.add(ReduceMax(axes: axes), x)
    case "L1": divisor = try node.add(ReduceSum(axes: axes), node.add(Abs(), x))
    case "L2":
      let squares = try node.broadcasting(Mul(), x, x)
      divisor = try node.add(Sqrt(), node.add(ReduceSum(axes: axes), squares))
    default:
      throw MIGraphXError(.invalidFile, "'norm' must be MAX, L1 or L2, found '\(name)'")
    }
    // What can't be divided stays.
    let isZero = try node.apply(Equal(), divisor, 0)
    let one = try node.scalar(1, .float)
    return [try node.broadcasting(Div(), x, try node.broadcasting(Where(), isZero, one, divisor))]
  }

  private static let oneHotEncoder: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let (numbers, texts) = (
      try node.ints("cats_int64s") ?? [], try node.strings("cats_strings") ?? []
    )
    guard numbers.isEmpty != texts.isEmpty else {
      throw MIGraphXError(
        .invalidFile, "one of 'cats_int64s' and 'cats_strings' must have elements")
    }
    let op = OneHotEncoder(zeros: try node.flag("zeros", default: true))
    if texts.isEmpty {
      guard try node.shape(x).elementType != .string else {
        throw MIGraphXError(.invalidShape, "texts need 'cats_strings'")
      }
      return [try node.add(op, node.convert(x, to: .int64), node.vector(numbers))]
    }
    return [
      try node.add(op, x, node.add(Literal(try Argument(strings: texts, lens: [texts.count]))))
    ]
  }

  private static let imputer: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let type = try node.shape(x).elementType
    let replaced: Double
    let values: Argument
    if type.isFloatingPoint {
      replaced = Double(try node.float("replaced_value_float") ?? 0)
      let numbers = try node.floats("imputed_value_floats") ?? []
      values = try Argument(numbers, lens: [numbers.count])
    } else {
      replaced = Double(try node.int("replaced_value_int64") ?? 0)
      let numbers = (try node.ints("imputed_value_int64s") ?? []).map { Int64($0) }
      values = try Argument(numbers, lens: [numbers.count])
    }
    guard values.elementCount > 0, type != .string else {
      throw MIGraphXError(
        .invalidFile, "numbers to put in place of others in a tensor of \(type.rawValue) are needed"
      )
    }
    let isReplaced =
      replaced.isNaN ? try node.add(IsNaN(), x) : try node.apply(Equal(), x, replaced)
    let imputed = node.add(Literal(try values.converted(toElementType: type)))
    return [try node.broadcasting(Where(), isReplaced, imputed, x)]
  }

  /// Each input is cut or filled up with zeros to its stated size.
  private static let featureVectorizer: Converter = { (node) throws(MIGraphXError) in
    let inputs = try node.inputs()
    let sizes = try node.ints("inputdimensions") ?? []
    guard sizes.count == inputs.count, sizes.allSatisfy({ $0 >= 0 && $0 < 1 << 31 }) else {
      throw MIGraphXError(
        .invalidFile,
        "'inputdimensions' must be sizes for \(inputs.count) inputs, found \(sizes)")
    }
    var parts: [Value] = []
    for index in inputs.indices {
      let x = try node.convert(try node.rows(index), to: .float)
      let shape = try node.shape(x)
      guard shape.rank == 2 else {
        throw MIGraphXError(
          .invalidShape, "input \(index) must have rank 1 or 2, found (\(shape))")
      }
      let wanted = Dimension(sizes[index])
      if shape.dimensions[1] == wanted {
        parts.append(x)
        continue
      }
      let zeros = try node.broadcast(
        try node.scalar(0, .float), to: [shape.dimensions[0], wanted])
      let filled = try node.add(Concat(axis: 1), x, zeros)
      parts.append(try node.add(Slice(axes: [1], starts: [0], ends: [wanted]), filled))
    }
    return [Value(try node.add(Concat(axis: 1), inputs: parts))]
  }

  /// Texts become their integers, or integers their texts, as the input is.
  private static let categoryMapper: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let texts = try node.strings("cats_strings") ?? []
    let numbers = (try node.ints("cats_int64s") ?? []).map { Int64($0) }
    guard texts.count == numbers.count else {
      throw MIGraphXError(
        .invalidFile,
        "'cats_strings' and 'cats_int64s' must have one length, found \(texts.count) and "
          + "\(numbers.count)")
    }
    let strings = Literal(try Argument(strings: texts, lens: [texts.count]))
    let integers = try Literal(numbers, lens: [numbers.count])
    let defaults = try node.labelDefaults()
    return try node.shape(x).elementType == .string
      ? [try node.encode(x, strings, integers, defaults.integer)]
      : [try node.encode(x, integers, strings, defaults.text)]
  }

  /// Version 1 knows texts by their place in a list; later ones have keys and values of many types.
  private static let labelEncoder: Converter = { (node) throws(MIGraphXError) in
    let x = try node.input(0)
    let defaults = try node.labelDefaults()
    if node.version < 2 {
      let texts = try node.strings("classes_strings") ?? []
      let strings = Literal(try Argument(strings: texts, lens: [texts.count]))
      let integers = try Literal(texts.indices.map { Int64($0) }, lens: [texts.count])
      return try node.shape(x).elementType == .string
        ? [try node.encode(x, strings, integers, defaults.integer)]
        : [try node.encode(x, integers, strings, defaults.text)]
    }
    let (keys, values) = (try node.labels("keys"), try node.labels("values"))
    let fallback: Literal
    if let tensor = try node.tensor("default_tensor") {
      fallback = tensor
    } else {
      switch values.shape.elementType {
      case .string: fallback = defaults.text
      case .int64: fallback = defaults.integer
      case .float: fallback = defaults.number
      case let type:
        fallback = Literal(
          try Argument([type.isFloatingPoint ? -0.0 : -1.0], lens: [])
            .converted(toElementType: type))
      }
    }
    return [try node.encode(x, keys, values, fallback)]
  }
}

extension NodeImporter {
  fileprivate func encode(
    _ x: Value, _ keys: Literal, _ values: Literal, _ fallback: Literal
  ) throws(MIGraphXError) -> Value {
    try add(LabelEncoder(), x, add(keys), add(values), add(fallback))
  }

  /// What elements become that are no key.
  fileprivate func labelDefaults() throws(MIGraphXError) -> (
    text: Literal, integer: Literal, number: Literal
  ) {
    (
      Literal(try Argument(strings: [try string("default_string") ?? "_Unused"], lens: [])),
      try Literal([Int64(try int("default_int64") ?? -1)], lens: []),
      try Literal([try float("default_float") ?? -0.0], lens: [])
    )
  }

  /// The keys or values of a label encoder, a vector.
  fileprivate func labels(_ prefix: String) throws(MIGraphXError) -> Literal {
    if let tensor = try tensor("\(prefix)_tensor") {
      let count = tensor.argument.elementCount
      return Literal(
        try tensor.argument.contiguous().view(lens: [count], strides: [1]))
    }
    if let texts = try strings("\(prefix)_strings"), !texts.isEmpty {
      return Literal(try Argument(strings: texts, lens: [texts.count]))
    }
    if let numbers = try ints("\(prefix)_int64s"), !numbers.isEmpty {
      return try Literal(numbers.map { Int64($0) }, lens: [numbers.count])
    }
    if let numbers = try floats("\(prefix)_floats"), !numbers.isEmpty {
      return try Literal(numbers, lens: [numbers.count])
    }
    throw MIGraphXError(.invalidFile, "one of the attributes '\(prefix)_…' is needed")
  }
}
