import CMIGraphX
import IR
import Operators
import Support
import Tensors

extension MIGraphXError.Code {
  /// An operator that a client defined reported an error.
  static let customOperator = MIGraphXError.Code("custom operator failed")
}

/// The operators that programs may have: the system's own and those that clients registered.
final class CustomOperators: Sendable {
  static let shared = CustomOperators()
  private let state = Locked(OperatorRegistry.standard)

  var registry: OperatorRegistry { state.withLock { $0 } }

  /// Makes an operator known under its name.
  ///
  /// - Throws: `invalidArgument` when the system has one of this name itself.
  func register(_ definition: CustomOperatorValue) throws(MIGraphXError) {
    guard !OperatorRegistry.standard.names.contains(definition.name) else {
      throw MIGraphXError(.invalidArgument, "there is an operator '\(definition.name)' already")
    }
    state.withLock { registry in
      registry.add(definition.name) { attributes, _ in
        guard attributes.isEmpty else {
          return .failure(
            MIGraphXError(.invalidArgument, "\(definition.name) has no attributes"))
        }
        return .success(CustomOperator(definition: definition))
      }
    }
  }
}

/// What a client says about an operator of its own.
struct CustomOperatorValue: HandleValue {
  static let typeName = "experimental_custom_op"

  let name: String
  /// What messages call the client's object.
  let typeOfObject: String
  let object: CustomObject
  var compute: migraphx_experimental_custom_op_compute?
  var computeShape: migraphx_experimental_custom_op_compute_shape?
  var outputAlias: migraphx_experimental_custom_op_output_alias?
  var runsOnOffloadTarget: migraphx_experimental_custom_op_runs_on_offload_target?
}

/// A copy of a client's object, which ends with its last user.
final class CustomObject: Sendable {
  nonisolated(unsafe) let address: UnsafeMutableRawPointer?
  private let delete: migraphx_experimental_custom_op_delete?

  /// - Throws: `customOperator` when the object can't be copied.
  init(
    _ object: UnsafeMutableRawPointer?, copy: migraphx_experimental_custom_op_copy?,
    delete: migraphx_experimental_custom_op_delete?
  ) throws(MIGraphXError) {
    var copied: UnsafeMutableRawPointer?
    if let copy, copy(&copied, object) != migraphx_status_success {
      throw MIGraphXError(.customOperator, "its object can't be copied")
    }
    address = copy == nil ? object : copied
    // Without a function to copy it, the object stays the client's.
    self.delete = copy == nil ? nil : delete
  }

  deinit { _ = delete?(address) }
}

/// An operator that a client defined.
struct CustomOperator: Operator {
  let definition: CustomOperatorValue
  var name: String { definition.name }
  /// Nobody knows what the client's code does.
  var isPure: Bool { false }

  init(definition: CustomOperatorValue) { self.definition = definition }

  static func == (a: CustomOperator, b: CustomOperator) -> Bool {
    a.definition.object === b.definition.object && a.name == b.name
  }

  func hash(into hasher: inout Hasher) { hasher.combine(name) }

  func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: NoKeys.self)
  }

  init(from decoder: any Decoder) throws {
    throw MIGraphXError(.unsupported, "an operator of a client is made by its name only")
  }

  private enum NoKeys: CodingKey {}

  func inferTypes(
    _ operands: [ValueType], in context: inout InferenceContext
  ) throws(MIGraphXError) -> [ValueType] {
    guard let computeShape = definition.computeShape else {
      throw MIGraphXError(.customOperator, "\(name): compute_shape function is missing.")
    }
    let out = Box(try TensorShape(.float, lens: []))
    let shapes = Box(try shapes(of: operands))
    let handles = TemporaryHandles()
    let (result, inputs) = (handles.add(out), handles.add(shapes))
    try call("compute_shape") { message, size in
      computeShape(result, definition.object.address, message, size, inputs)
    }
    let shape = out.value
    guard shape.isDynamic else { return [try shape.symbolic(name, [:])] }
    var sizes: [Dimension] = []
    for range in shape.ranges {
      sizes.append(
        range.isFixed
          ? Dimension(range.minimum)
          : context.freshSize(minimum: range.minimum, maximum: range.maximum))
    }
    return [.tensor(Shape(shape.elementType, sizes))]
  }

  func evaluate(
    _ operands: [RuntimeValue], in context: EvaluationContext
  ) throws(MIGraphXError) -> [RuntimeValue] {
    guard let compute = definition.compute else {
      throw MIGraphXError(.customOperator, "\(name): compute function is missing.")
    }
    var arguments: [Argument] = []
    for operand in operands {
      guard let argument = operand.argument else {
        throw MIGraphXError(.unsupported, "\(name) takes tensors only")
      }
      arguments.append(argument)
    }
    // What the client writes to must not be memory of the program or the caller.
    for index in try aliases(arguments.map(\.visibleShape)) {
      arguments[index] = try arguments[index].copied()
    }
    guard let type = context.resultTypes.first?.shape else { return [] }
    var shape = TensorShape(type)
    if shape.isDynamic, let lens = try? context.values(of: type.dimensions) {
      shape = try TensorShape(type.elementType, lens: lens)
    }
    let out = Box(try Argument(zeros: Shape(.float, [])))
    let handles = TemporaryHandles()
    let result = handles.add(out)
    let contextHandle = handles.add(Box(ContextValue()))
    let (output, inputs) = (handles.add(Box(shape)), handles.add(Box(arguments)))
    try call("compute") { message, size in
      compute(result, definition.object.address, message, size, contextHandle, output, inputs)
    }
    return [.tensor(out.value)]
  }

  /// The inputs whose memory the result shares.
  private func aliases(_ shapes: [TensorShape]) throws(MIGraphXError) -> [Int] {
    guard let outputAlias = definition.outputAlias else { return [] }
    var indices = [Int](repeating: 0, count: 1024)
    var count = indices.count
    let handles = TemporaryHandles()
    let inputs = handles.add(Box(shapes))
    try call("output_alias") { message, size in
      outputAlias(&indices, &count, definition.object.address, message, size, inputs)
    }
    guard (0...indices.count).contains(count) else {
      throw MIGraphXError(.customOperator, "\(name) says that it shares \(count) inputs")
    }
    let shared = Array(indices.prefix(count))
    if let wrong = shared.first(where: { !shapes.indices.contains($0) }) {
      throw MIGraphXError(
        .customOperator, "\(name) has \(shapes.count) inputs, but shares input \(wrong)")
    }
    return shared
  }

  private func shapes(of operands: [ValueType]) throws(MIGraphXError) -> [TensorShape] {
    var shapes: [TensorShape] = []
    for operand in operands {
      guard let shape = operand.shape else {
        throw MIGraphXError(.unsupported, "\(name) takes tensors only, found (\(operand))")
      }
      shapes.append(TensorShape(shape))
    }
    return shapes
  }

  /// Calls client code, which reports an error by its status and a text.
  private func call(
    _ what: String,
    _ body: (_ message: UnsafeMutablePointer<CChar>?, _ size: Int) -> migraphx_status
  ) throws(MIGraphXError) {
    var message = [CChar](repeating: 0, count: 1024)
    let status = message.withUnsafeMutableBufferPointer { body($0.baseAddress, $0.count - 1) }
    guard status == migraphx_status_success else {
      let text = message.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      throw MIGraphXError(
        .customOperator,
        "Error in \(what) of: \(definition.typeOfObject): \(text.isEmpty ? "no reason given" : text)"
      )
    }
  }
}

/// Handles that live while client code runs.
final class TemporaryHandles {
  private var handles: [OpaquePointer] = []

  func add(_ object: any AnyBox) -> OpaquePointer? {
    let handle = HandleTable.shared.insert(object)
    if let handle { handles.append(handle) }
    return handle
  }

  deinit {
    // A client that destroyed one of them itself did no harm.
    for handle in handles { try? HandleTable.shared.remove(handle, "handle") }
  }
}
