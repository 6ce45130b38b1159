import IR
import Support
import Tensors

/// An operator that puts parts of the updates at positions of the data's leading axes.
///
/// `[A, B, C]` data, indices `[I, 2]` and updates `[I, C]` give `[A, B, C]`: the innermost axis of the indices names a
/// position along each of the leading axes. Negative indices count from the end.
public protocol ScatterNDOperator: TensorOperator {
  /// What becomes of the elements that stand there.
  static var combination: ScatterCombination { get }
}

extension ScatterNDOperator {
  public func inferShapes(
    _ inputs: [Shape], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [Shape] {
    try check(inputs, count: 3)
    let (data, indices, updates) = (inputs[0], inputs[1], inputs[2])
    if Self.combination != .replace { try check(data, 0, is: .any) }
    try checkUpdates(data, updates)
    try checkIndices(indices, 1)
    let depth = try indexDepth(data, indices, batchAxes: 0)
    let part = Array(indices.dimensions.dropLast() + data.dimensions[depth...])
    _ = try commonDimensions([updates, Shape(updates.elementType, part)], in: &context)
    return [Shape(data.elementType, data.dimensions)]
  }

  public func evaluate(
    _ inputs: [Argument], in context: EvaluationContext
  ) throws(MIGraphXError) -> [Argument] {
    _ = try concreteShapes(inputs)
    let (data, indices) = (inputs[0], inputs[1])
    let depth = indices.lens[indices.rank - 1]
    return [
      try Scattering(
        data: data, updates: inputs[2], combination: Self.combination,
        length: data.lens[depth...].reduce(1, *),
        places: partPlaces(data, indices, batchAxes: 0)
      ).run()
    ]
  }
}

/// Replaces parts of a tensor. See ``ScatterNDOperator``.
public struct ScatterNDNone: ScatterNDOperator {
  public static let name = "scatternd_none"
  public static let combination = ScatterCombination.replace
  public init() {}
}

/// Adds to parts of a tensor. See ``ScatterNDOperator``.
public struct ScatterNDAdd: ScatterNDOperator {
  public static let name = "scatternd_add"
  public static let combination = ScatterCombination.add
  public init() {}
}

/// Multiplies parts of a tensor. See ``ScatterNDOperator``.
public struct ScatterNDMul: ScatterNDOperator {
  public static let name = "scatternd_mul"
  public static let combination = ScatterCombination.multiply
  public init() {}
}

/// Keeps the smaller of element and update in parts of a tensor. See ``ScatterNDOperator``.
public struct ScatterNDMin: ScatterNDOperator {
  public static let name = "scatternd_min"
  public static let combination = ScatterCombination.minimum
  public init() {}
}

/// Keeps the larger of element and update in parts of a tensor. See ``ScatterNDOperator``.
public struct ScatterNDMax: ScatterNDOperator {
  public static let name = "scatternd_max"
  public static let combination = ScatterCombination.maximum
  public init() {}
}
