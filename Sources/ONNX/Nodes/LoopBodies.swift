import IR
import ONNXProto
import Operators
import Support
import Tensors

extension NodeImporter {
  /// The results of an instruction.
  func results(of id: InstructionID) -> [Value] {
    graph.module[id].types.indices.map { Value(id, result: $0) }
  }

  /// `shape` without an axis.
  func dropping(_ axis: Int, of shape: Shape) throws(MIGraphXError) -> Shape {
    guard shape.rank > 0 else {
      throw MIGraphXError(
        .invalidShape, "a tensor to scan must have an axis to scan along, found (\(shape))")
    }
    var sizes = shape.dimensions
    sizes.remove(at: try normalized(axis, rank: shape.rank))
    return Shape(shape.elementType, sizes)
  }

  /// Imports the body of a loop that starts with the values `initial`. See ``stableBody(types:_:)``.
  ///
  /// - Parameter declared: the types that the body states for these values.
  func stableBody(
    _ initial: [Value], declared: [Onnx_TypeProto],
    _ importBody: (GraphImporter, [ValueType]) throws(MIGraphXError) -> [ValueType]
  ) throws(MIGraphXError) -> GraphImporter {
    var types: [ValueType] = []
    for (index, value) in initial.enumerated() {
      var type = graph.module.type(of: value)
      if case .tensor(let shape) = type { type = .tensor(shape.standard) }
      if index < declared.count, case .optionalType = declared[index].value {
        if case .optional = type {} else { type = .optional(type) }
      }
      types.append(type)
    }
    return try stableBody(types: types, importBody)
  }

  /// Imports the body of a loop until the types of the values that iterations hand on are what the body gives.
  ///
  /// It is tried with the types of the first iteration. Where it then gives others, parameters get types that stand
  /// for all iterations: sizes that change become symbols, which take their value anew in each.
  ///
  /// - Parameters:
  ///   - types: those of the values that the first iteration gets.
  ///   - importBody: imports the body for values of given types, and gives the types of what it hands on.
  func stableBody(
    types: [ValueType],
    _ importBody: (GraphImporter, [ValueType]) throws(MIGraphXError) -> [ValueType]
  ) throws(MIGraphXError) -> GraphImporter {
    let name = graph.subgraphName(node.debugSymbols.first ?? node.opType) + ":body"
    var types = types
    while true {
      let importer = GraphImporter(Module(name: name), graph.context, inside: graph)
      let results = try trace("importing the body") { () throws(MIGraphXError) in
        try importBody(importer, types)
      }
      var isStable = true
      for (index, result) in results.enumerated() {
        let next = try types[index].after(result, index, of: name)
        if next != types[index] {
          isStable = false
          types[index] = next
        }
      }
      if isStable { return importer }
    }
  }
}

extension ValueType {
  /// The type of a parameter that takes values of this type, and those that an iteration hands on.
  ///
  /// Each size changes at most once, so repeating this ends.
  fileprivate func after(
    _ result: ValueType, _ index: Int, of body: String
  ) throws(MIGraphXError) -> ValueType {
    var result = result
    if case .optional = self {
      if case .optional = result {} else { result = .optional(result) }
    }
    if case .tensor(let shape) = self, let other = result.shape, shape.rank == other.rank,
      shape.elementType == other.elementType
    {
      let sizes = zip(shape.dimensions, other.dimensions).enumerated().map { axis, sizes in
        sizes.0 == sizes.1
          ? sizes.0 : Dimension(Symbol("\(body):carried\(index).\(axis)"))
      }
      return .tensor(Shape(shape.elementType, sizes))
    }
    guard let joined = joined(with: result, size: { _, _ in Dimension(.varying) }) else {
      throw MIGraphXError(
        .invalidShape,
        "value \(index) that iterations hand on must keep its kind, found (\(self)) before and "
          + "(\(result)) after one")
    }
    return joined
  }
}
