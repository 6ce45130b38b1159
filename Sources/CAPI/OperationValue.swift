import IR
import Support
import Tensors

/// An operator with its attributes, or the choice of one result of an instruction.
enum OperationValue: HandleValue {
  case apply(any Operator)
  /// An operator whose attributes name symbols, which only a module knows; with symbols of that name in the
  /// meantime.
  case symbolic(any Operator, [AttributeValue.Field])
  case element(Int)

  static let typeName = "operation"

  /// The operator `name` with attributes in JSON.
  init(_ name: String, json: String?) throws(MIGraphXError) {
    var fields: [AttributeValue.Field] = []
    if let json, !json.isEmpty {
      guard case .object(let given) = try AttributeValue(relaxedJSON: json) else {
        throw MIGraphXError(.invalidArgument, "attributes must be an object, found \(json)")
      }
      fields = given
    }
    if name == "get_tuple_elem" {
      guard fields.count == 1, fields[0].name == "index", case .int(let index) = fields[0].value
      else {
        throw MIGraphXError(.invalidArgument, "get_tuple_elem needs the attribute index, a number")
      }
      self = .element(index)
      return
    }
    let hasSymbols = Locked(false)
    let context = AttributeContext { name in
      hasSymbols.withLock { $0 = true }
      return Symbol(name)
    }
    let op = try CustomOperators.shared.registry.make(name, fields, in: context)
    self = hasSymbols.withLock { $0 } ? .symbolic(op, fields) : .apply(op)
  }

  /// The operator; nil for the choice of a result.
  private var op: (any Operator)? {
    switch self {
    case .apply(let op), .symbolic(let op, _): op
    case .element: nil
    }
  }

  var name: String { op?.name ?? "get_tuple_elem" }

  /// As programs print it.
  var text: String {
    if case .element(let index) = self { return "\(name)[index=\(index)]" }
    return op?.text ?? name
  }

  /// - Throws: what reading the attributes throws.
  func attributes() throws(MIGraphXError) -> AttributeValue {
    if case .element(let index) = self { return .object([.init("index", .int(index))]) }
    return .object(try op?.attributes ?? [])
  }

  /// The operator of an instruction in a module with `symbols`.
  ///
  /// - Throws: `invalidArgument` when it names a symbol that the module doesn't have.
  func made(with symbols: @autoclosure () throws(MIGraphXError) -> [String: Symbol])
    throws(MIGraphXError) -> any Operator
  {
    switch self {
    case .apply(let op): return op
    case .symbolic(let op, let fields):
      return try CustomOperators.shared.registry.make(
        op.name, fields, in: AttributeContext(definitions: try symbols()))
    case .element:
      throw MIGraphXError(.invalidProgram, "get_tuple_elem makes no instruction")
    }
  }
}
