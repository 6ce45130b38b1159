import IR
import Support
import Tensors

/// Replaces each element by the value that stands where the element stands among keys.
///
/// The inputs are a tensor; keys of its type, `[K]`; their values, `[K]`; and the value for elements that are no key, one
/// element. All NaN are one key. Of equal keys the last counts.
public struct LabelEncoder: TensorOperator {
  public static let name = "label_encoder"
  public init() {}

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 4)
    for (a, b, what) in [(0, 1, "keys"), (2, 3, "values")]
    where inputs[a].elementType != inputs[b].elementType {
      throw MIGraphXError(
        .invalidShape,
        "inputs \(a) and \(b), of \(what), must have one element type, found "
          + "\(inputs[a].elementType.rawValue) and \(inputs[b].elementType.rawValue)")
    }
    try check(inputs[1], 1, rank: 1...1)
    try check(inputs[2], 2, rank: 1...1)
    try context.require(
      inputs[1].dimensions[0], equals: inputs[2].dimensions[0], "the numbers of keys and values")
    try context.require(inputs[3].elementCount, equals: 1, "the elements of input 3 and 1")
    return [Shape(inputs[2].elementType, inputs[0].dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let (keys, values) = (inputs[1].keys, inputs[2])
    guard keys.count == values.elementCount, inputs[3].elementCount == 1 else {
      throw MIGraphXError(
        .invalidShape,
        "\(keys.count) keys need as many values and 1 default, found \(values.elementCount) and "
          + "\(inputs[3].elementCount)")
    }
    var places: [ElementKey: Int] = [:]
    for (place, key) in keys.enumerated() { places[key] = place }
    // The default stands behind all values.
    let all = try Concat(axis: 0).evaluate(
      [values, try inputs[3].reshaped([1])], in: EvaluationContext(resultTypes: []))
    let indices = try Argument(
      inputs[0].keys.map { Int64(places[$0] ?? keys.count) }, lens: inputs[0].lens)
    return try Gather(axis: 0).evaluate(
      [all[0], indices], in: EvaluationContext(resultTypes: []))
  }
}

/// Replaces each element by a vector that is 1 where the element stands among categories, and 0 elsewhere.
///
/// `[A, B]` and categories `[C]` of its type give `[A, B, C]` floats.
public struct OneHotEncoder: TensorOperator {
  public static let name = "one_hot_encoder"
  /// Whether an element that is no category gives zeros, rather than an error.
  public var zeros = true

  public init() {}

  /// Makes the operator.
  public init(zeros: Bool) { self.zeros = zeros }

  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 2)
    try check(inputs[1], 1, rank: 1...1)
    guard inputs[0].elementType == inputs[1].elementType else {
      throw MIGraphXError(
        .invalidShape,
        "inputs 0 and 1 must have one element type, found \(inputs[0].elementType.rawValue) and "
          + inputs[1].elementType.rawValue)
    }
    return [Shape(.float, inputs[0].dimensions + inputs[1].dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    let lens = try numbers(concreteShapes(inputs)[0].dimensions)
    var places: [ElementKey: Int] = [:]
    for (place, key) in inputs[1].keys.enumerated() { places[key] = place }
    let count = inputs[1].elementCount
    var result = [Float](repeating: 0, count: lens.reduce(1, *))
    for (index, key) in inputs[0].keys.enumerated() {
      if let place = places[key] {
        result[index * count + place] = 1
      } else if !zeros {
        throw MIGraphXError(.invalidArgument, "element \(index) is none of the \(count) categories")
      }
    }
    return [try Argument(result, lens: lens)]
  }
}

/// An element that can be looked up: texts byte by byte, all NaN alike.
enum ElementKey: Hashable {
  case integer(Int64)
  case number(Double)
  case nan
  case text([UInt8])
}

extension Argument {
  /// The elements in row-major order, such that they can be looked up.
  var keys: [ElementKey] {
    if elementType == .string { return stringElements.map { .text(Array($0.utf8)) } }
    if elementType.isFloatingPoint {
      return converted(to: Double.self).map { $0.isNaN ? .nan : .number($0) }
    }
    return converted(to: Int64.self).map { .integer($0) }
  }
}
