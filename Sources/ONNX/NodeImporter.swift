import IR
import ONNXProto
import Operators
import Support
import Tensors

/// One node while it is imported: its inputs, its attributes, and helpers to add instructions for it.
struct NodeImporter {
  let node: Onnx_NodeProto
  /// The imported version of the node's operator domain.
  let version: Int
  let graph: GraphImporter
  /// The inputs' values where they are not those that the node names.
  var given: [Value?]?

  // MARK: Inputs

  /// The number of inputs, omitted ones at the end not counted.
  var inputCount: Int { node.input.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0 }

  /// Input `index`, which must be there.
  ///
  /// - Throws: `invalidFile` when it is omitted.
  func input(_ index: Int) throws(MIGraphXError) -> Value {
    guard let value = try optionalInput(index) else {
      throw MIGraphXError(
        .invalidFile, "input \(index) is needed; the node has \(inputCount) inputs")
    }
    return value
  }

  /// Input `index`; nil when it is omitted.
  func optionalInput(_ index: Int) throws(MIGraphXError) -> Value? {
    if let given { return given.indices.contains(index) ? given[index] : nil }
    guard node.input.indices.contains(index), !node.input[index].isEmpty else { return nil }
    let name = node.input[index]
    guard let value = try graph.value(named: name) else {
      throw MIGraphXError(.invalidFile, "input '\(name)' is not defined")
    }
    return value
  }

  /// All inputs, of which there must be at least `minimum` and none omitted.
  func inputs(atLeast minimum: Int = 1) throws(MIGraphXError) -> [Value] {
    var values: [Value] = []
    for index in 0..<max(minimum, inputCount) { values.append(try input(index)) }
    return values
  }

  /// The shape of `value`.
  ///
  /// - Throws: `invalidShape` when it is no tensor.
  func shape(_ value: Value) throws(MIGraphXError) -> Shape {
    guard let shape = graph.module.shape(of: value) else {
      let type = graph.module.type(of: value)
      if let elementType = type.tensorElementType {
        throw MIGraphXError(
          .unsupported,
          "the number of axes of the inputs must be known; that of one of \(elementType.rawValue) "
            + "depends on data")
      }
      throw MIGraphXError(.invalidShape, "a tensor is needed, found \(type)")
    }
    return shape
  }

  /// The integers that `value` is known to hold; nil if they are not all known.
  func integers(_ value: Value) -> [Int]? { graph.module.contents(of: value)?.constants }

  /// Whether `value` is a tensor known to have no elements.
  func isEmpty(_ value: Value) -> Bool { graph.module.shape(of: value)?.elementCount == 0 }

  /// The integers of input `index`, which must be known now.
  ///
  /// - Throws: `unsupported` when they are not; nil when the input is omitted.
  func knownIntegers(_ index: Int, _ what: String) throws(MIGraphXError) -> [Int]? {
    guard let value = try optionalInput(index) else { return nil }
    guard let integers = integers(value) else {
      throw MIGraphXError(.unsupported, "\(what) (input \(index)) must be constant")
    }
    return integers
  }

  /// The literal that input `index` is; nil when it is omitted or computed.
  func literal(_ index: Int) throws(MIGraphXError) -> Literal? {
    try optionalInput(index).flatMap { graph.module[$0.instruction].literal }
  }

  /// Whether output `index` is used.
  func hasOutput(_ index: Int) -> Bool {
    node.output.indices.contains(index) && !node.output[index].isEmpty
  }

  /// Refuses to import a node that wants more outputs than `count`.
  func requireOutputs(atMost count: Int) throws(MIGraphXError) {
    guard let extra = node.output.indices.first(where: { $0 >= count && hasOutput($0) }) else {
      return
    }
    throw MIGraphXError(.unsupported, "output \(extra) ('\(node.output[extra])')")
  }

  // MARK: Building

  /// Adds an instruction with one result.
  func add(_ op: any Operator, _ inputs: Value...) throws(MIGraphXError) -> Value {
    Value(try graph.add(op, inputs, node.debugSymbols))
  }

  /// Adds an instruction, with sub-modules if it has any.
  func add(
    _ op: any Operator, inputs: [Value], modules: [Module] = []
  ) throws(MIGraphXError) -> InstructionID {
    try graph.add(op, inputs, modules: modules, node.debugSymbols)
  }

  /// Adds a literal.
  func add(_ literal: Literal) -> Value { graph.add(literal, node.debugSymbols) }

  /// Adds a scalar literal of type `type` and rank 0.
  func scalar(_ number: Double, _ type: ElementType) throws(MIGraphXError) -> Value {
    let double = try Argument([number], lens: [])
    return add(Literal(try double.converted(toElementType: type)))
  }

  /// Adds the scalar 0 or the empty text.
  func zero(of type: ElementType) throws(MIGraphXError) -> Value {
    add(Literal(try Argument(zeros: Shape(type, lens: []))))
  }

  /// Adds an int64 vector.
  func vector(_ numbers: [Int]) throws(MIGraphXError) -> Value {
    add(try Literal(numbers.map { Int64($0) }, lens: [numbers.count]))
  }

  /// Applies `op` to values that are broadcast to one shape first, as NumPy does.
  func broadcasting(
    _ op: any Operator, _ values: Value...
  ) throws(MIGraphXError) -> Value {
    Value(try add(op, inputs: try broadcast(values)))
  }

  /// Applies `op` to `value` and a number of its type.
  func apply(
    _ op: any Operator, _ value: Value, _ number: Double
  ) throws(MIGraphXError) -> Value {
    try broadcasting(op, value, try scalar(number, try shape(value).elementType))
  }

  /// Broadcasts `values` to one shape, as NumPy does.
  func broadcast(_ values: [Value]) throws(MIGraphXError) -> [Value] {
    var sizes: [Dimension] = []
    for value in values { sizes = broadcastSizes(sizes, try shape(value).dimensions) }
    var result: [Value] = []
    for value in values { result.append(try broadcast(value, to: sizes)) }
    return result
  }

  /// Broadcasts `value` to `sizes`, if it doesn't have them.
  func broadcast(_ value: Value, to sizes: [Dimension]) throws(MIGraphXError) -> Value {
    if try shape(value).dimensions == sizes { return value }
    return try add(Multibroadcast(outLens: sizes), value)
  }

  /// Converts `value` to `type`, if it isn't of that type.
  func convert(_ value: Value, to type: ElementType) throws(MIGraphXError) -> Value {
    if try shape(value).elementType == type { return value }
    return try add(Convert(targetType: type), value)
  }

  /// Demands that two sizes are equal: decided now if possible, recorded as a guard if not.
  ///
  /// - Throws: `invalidShape` when they can't be equal.
  func require(
    _ a: Dimension, equals b: Dimension, _ what: @autoclosure () -> String
  ) throws(MIGraphXError) {
    try graph.require(a, equals: b, origin: "node '\(node.debugSymbols.first ?? "")'", what())
  }

  // MARK: Attributes

  private func attribute(
    _ name: String, _ kind: Onnx_AttributeProto.AttributeType
  ) throws(MIGraphXError) -> Onnx_AttributeProto? {
    guard let attribute = node.attribute.first(where: { $0.name == name }) else { return nil }
    guard attribute.refAttrName.isEmpty else {
      throw MIGraphXError(
        .unsupported, "attribute '\(name)' refers to '\(attribute.refAttrName)' of a function")
    }
    guard attribute.type == kind else {
      throw MIGraphXError(
        .invalidFile, "attribute '\(name)' has type \(attribute.type); \(kind) is needed")
    }
    return attribute
  }

  /// Whether the node has attribute `name`.
  func has(_ name: String) -> Bool { node.attribute.contains { $0.name == name } }

  /// The value of an integer attribute; nil if the node doesn't have it.
  func int(_ name: String) throws(MIGraphXError) -> Int? {
    try attribute(name, .int).map { Int($0.i) }
  }

  /// The value of a flag, which is stored as an integer.
  func flag(_ name: String, default value: Bool = false) throws(MIGraphXError) -> Bool {
    try int(name).map { $0 != 0 } ?? value
  }

  /// The values of an attribute that lists integers; nil if the node doesn't have it.
  func ints(_ name: String) throws(MIGraphXError) -> [Int]? {
    try attribute(name, .ints)?.ints.map { Int($0) }
  }

  /// The value of a number attribute; nil if the node doesn't have it.
  func float(_ name: String) throws(MIGraphXError) -> Float? { try attribute(name, .float)?.f }

  /// The values of an attribute that lists numbers; nil if the node doesn't have it.
  func floats(_ name: String) throws(MIGraphXError) -> [Float]? {
    try attribute(name, .floats)?.floats
  }

  /// The value of a text attribute; nil if the node doesn't have it.
  func string(_ name: String) throws(MIGraphXError) -> String? {
    try attribute(name, .string).map { String(decoding: $0.s, as: UTF8.self) }
  }

  /// The values of an attribute that lists texts; nil if the node doesn't have it.
  func strings(_ name: String) throws(MIGraphXError) -> [String]? {
    try attribute(name, .strings)?.strings.map { String(decoding: $0, as: UTF8.self) }
  }

  /// The type in an attribute, without sizes of the axes; nil if the node doesn't have it.
  func type(_ name: String) throws(MIGraphXError) -> ValueType? {
    guard let attribute = try attribute(name, .typeProto) else { return nil }
    return try InputTypes.structure(attribute.tp, name)
  }

  /// The literal in a tensor attribute; nil if the node doesn't have it.
  func tensor(_ name: String) throws(MIGraphXError) -> Literal? {
    guard let attribute = try attribute(name, .tensor) else { return nil }
    return try graph.literal(attribute.t, "attribute '\(name)'")
  }

  /// The sub-graph in an attribute, which the node must have.
  func subgraph(_ name: String) throws(MIGraphXError) -> Onnx_GraphProto {
    guard let attribute = try attribute(name, .graph) else {
      throw MIGraphXError(.invalidFile, "attribute '\(name)' is needed")
    }
    return attribute.g
  }

  /// Refuses a value of an attribute other than the one that is implemented.
  func require(_ name: String, is value: Int) throws(MIGraphXError) {
    if let found = try int(name), found != value {
      throw MIGraphXError(.unsupported, "attribute \(name)=\(found); only \(value) is implemented")
    }
  }

  /// The axis that `axis` names in a tensor of `rank` axes.
  ///
  /// - Throws: `invalidFile` when there is none.
  func normalized(_ axis: Int, rank: Int) throws(MIGraphXError) -> Int {
    guard axis >= -rank, axis < rank else {
      throw MIGraphXError(
        .invalidFile, "axis \(axis) is not among the \(rank) axes of the input")
    }
    return axis < 0 ? axis + rank : axis
  }
}

/// The sizes to which NumPy broadcasts two tensors of sizes `a` and `b`.
///
/// Of two different symbolic sizes the simpler one is taken; that they are equal is checked by the broadcast.
func broadcastSizes(_ a: [Dimension], _ b: [Dimension]) -> [Dimension] {
  let rank = max(a.count, b.count)
  return (0..<rank).map { axis in
    let x = axis - (rank - a.count)
    let y = axis - (rank - b.count)
    if x < 0 { return b[y] }
    if y < 0 { return a[x] }
    if a[x] == 1 { return b[y] }
    if b[y] == 1 { return a[x] }
    if a[x].isConstant != b[y].isConstant { return a[x].isConstant ? a[x] : b[y] }
    return b[y].complexity < a[x].complexity ? b[y] : a[x]
  }
}
