import IR
import Support
import Tensors

/// Makes a map of each row: `[N, C]` values and keys `[C]` give a sequence of N maps.
public struct ZipMap: RegisteredOperator {
  public static let name = "zip_map"
  public init() {}

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 2...2)
    guard let values = operands[0].shape, let keys = operands[1].shape, values.rank == 2,
      keys.rank == 1
    else {
      throw MIGraphXError(
        .invalidShape,
        "values with 2 axes and keys with 1 are needed, found (\(operands[0])) and (\(operands[1]))"
      )
    }
    try context.require(
      values.dimensions[1], equals: keys.dimensions[0], "the numbers of values and keys")
    return [
      .sequence(
        .tuple([
          .tensor(keys.standard), .tensor(Shape(values.elementType, keys.dimensions)),
        ]))
    ]
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    guard let values = operands[0].argument, values.rank == 2 else {
      throw MIGraphXError(.invalidArgument, "a tensor with 2 axes is needed")
    }
    guard values.lens[0] <= maximumSequenceLength else {
      throw MIGraphXError(
        .limitExceeded,
        "a sequence has \(values.lens[0]) elements; at most \(maximumSequenceLength) are possible")
    }
    var maps: [RuntimeValue] = []
    for row in 0..<values.lens[0] {
      let part = try values.view(
        lens: [values.lens[1]], strides: [values.strides[1]],
        elementOffset: values.lens[1] == 0 ? 0 : row * values.strides[0])
      maps.append(.tuple([operands[1], .tensor(try part.contiguous())]))
    }
    return try sequence(maps, in: context)
  }
}

/// Makes a row of a map: a map and a vocabulary `[V]` of its keys give `[1, V]`, each key's value in its place.
public struct DictVectorizer: RegisteredOperator {
  public static let name = "dict_vectorizer"
  public init() {}

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 2...2)
    let (keys, values) = try mapTypes(operands[0])
    guard let vocabulary = operands[1].shape, vocabulary.rank == 1,
      vocabulary.elementType == keys
    else {
      throw MIGraphXError(
        .invalidShape,
        "input 1 must be a vector of \(keys.rawValue) like the keys, found (\(operands[1]))")
    }
    return [.tensor(Shape(values, [1, vocabulary.dimensions[0]]))]
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    let (keys, values) = try mapParts(operands[0])
    guard let vocabulary = operands[1].argument else {
      throw MIGraphXError(.invalidArgument, "input 1 must be a tensor")
    }
    var places: [ElementKey: Int] = [:]
    for (place, key) in keys.keys.enumerated() { places[key] = place }
    // What the map doesn't have is an empty text or zero, behind all values.
    let empty = try Argument(zeros: Shape(values.elementType, lens: [1]))
    let all = try Concat(axis: 0).evaluate(
      [values, empty], in: EvaluationContext(resultTypes: []))
    let indices = try Argument(
      vocabulary.keys.map { Int64(places[$0] ?? values.elementCount) },
      lens: [1, vocabulary.elementCount])
    return try Gather(axis: 0).evaluate(
      [all[0], indices], in: EvaluationContext(resultTypes: [])
    ).map { .tensor($0) }
  }
}

/// Makes a row of the values of a map in the order of its keys, which are int64.
///
/// A map of n entries gives `[1, n]`; if `max_map` is positive, `[1, max_map]` with each value in its key's place.
public struct CastMap: RegisteredOperator {
  public static let name = "cast_map"
  /// The type of the result.
  public var targetType: ElementType = .float
  /// The length of the result; that of the map if 0.
  public var length = 0

  enum CodingKeys: String, CodingKey {
    case targetType = "target_type"
    case length = "max_map"
  }

  public init() {}

  /// Makes the operator.
  public init(targetType: ElementType, length: Int) {
    self.targetType = targetType
    self.length = length
  }

  public func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    try check(operands, count: 1...1)
    let (keys, _) = try mapTypes(operands[0])
    guard keys == .int64, length >= 0 else {
      throw MIGraphXError(
        .invalidShape,
        "int64_type keys and a length that is not negative are needed, found \(keys.rawValue) and "
          + "\(length)")
    }
    let size = length > 0 ? Dimension(length) : context.freshSize()
    return [.tensor(Shape(targetType, [1, size]))]
  }

  public func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    let (keys, values) = try mapParts(operands[0])
    let numbers = keys.integers
    let converted = try Convert(targetType: targetType).evaluate(
      [values], in: EvaluationContext(resultTypes: []))[0]
    let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    if length == 0 {
      let indices = try Argument(order.map { Int64($0) }, lens: [1, order.count])
      return try Gather(axis: 0).evaluate(
        [converted, indices], in: EvaluationContext(resultTypes: [])
      ).map { .tensor($0) }
    }
    if let wrong = numbers.first(where: { $0 < 0 || $0 >= length }) {
      throw MIGraphXError(
        .invalidArgument, "key \(wrong) has no place in a row of \(length) elements")
    }
    let pieces = order.map { entry in
      Piece(
        source: converted, runs: 1, length: 1, from: { _ in entry }, to: { _ in numbers[entry] })
    }
    return [.tensor(try assemble(targetType, lens: [1, length], from: pieces))]
  }
}

/// The types of the keys and values of a map.
private func mapTypes(
  _ type: ValueType
) throws(MIGraphXError) -> (keys: ElementType, values: ElementType) {
  guard case .tuple(let parts) = type, parts.count == 2, let keys = parts[0].shape,
    let values = parts[1].shape, keys.rank == 1, values.rank == 1
  else { throw MIGraphXError(.invalidShape, "input 0 must be a map, found (\(type))") }
  return (keys.elementType, values.elementType)
}

/// The keys and values of a map.
private func mapParts(
  _ value: RuntimeValue
) throws(MIGraphXError) -> (keys: Argument, values: Argument) {
  guard case .tuple(let parts) = value, parts.count == 2, let keys = parts[0].argument,
    let values = parts[1].argument, keys.elementCount == values.elementCount
  else { throw MIGraphXError(.invalidArgument, "a map with a value for each key is needed") }
  return (keys, values)
}
