import Support
import Tensors

/// The operators that can be made by name.
///
/// A registry is a value: add operators defined at run time to a copy, and give that to the importer or parser.
public struct OperatorRegistry: Sendable {
  /// Makes an operator from the attributes given.
  public typealias Factory =
    @Sendable (_ attributes: [AttributeValue.Field], _ context: AttributeContext) ->
    Result<any Operator, MIGraphXError>

  private var factories: [String: Factory] = [:]

  /// Makes a registry of `types`.
  public init(_ types: [any RegisteredOperator.Type] = []) {
    for type in types { add(type) }
  }

  /// The names of all operators, sorted.
  public var names: [String] { factories.keys.sorted() }

  /// Adds the operators of one Swift type.
  public mutating func add<Op: RegisteredOperator>(_ type: Op.Type) {
    add(type.name) { attributes, context in
      Result { () throws(MIGraphXError) in try Op.make(attributes, in: context) }
    }
  }

  /// Adds an operator defined at run time.
  public mutating func add(_ name: String, factory: @escaping Factory) { factories[name] = factory }

  /// Makes the operator `name`; attributes that are not given keep their defaults.
  ///
  /// - Throws: `unsupported` for an unknown name, `invalidArgument` for attributes it doesn't have.
  public func make(
    _ name: String, _ attributes: [AttributeValue.Field] = [],
    in context: AttributeContext = AttributeContext()
  ) throws(MIGraphXError) -> any Operator {
    guard let factory = factories[name] else {
      throw MIGraphXError(.unsupported, "unknown operator '\(name)'")
    }
    return try factory(attributes, context).get()
  }
}

extension RegisteredOperator {
  /// Makes the operator with the attributes given in place of the defaults.
  ///
  /// - Throws: `invalidArgument` for an unknown attribute or a value of another type.
  public static func make(
    _ given: [AttributeValue.Field], in context: AttributeContext = AttributeContext()
  ) throws(MIGraphXError) -> Self {
    let defaults = Self()
    if given.isEmpty { return defaults }
    var names: Set<String> = []
    if let twice = given.first(where: { !names.insert($0.name).inserted }) {
      throw MIGraphXError(.invalidArgument, "\(name) has attribute '\(twice.name)' twice")
    }
    let fields = try defaults.encodedFields.filter { !names.contains($0.name) } + given
    // Attributes that are nil by default are not encoded; decoding asks for them too.
    let (made, known) = try trace("making operator '\(name)'") { () throws(MIGraphXError) in
      try AttributeValue.object(fields).decodedWithNames(as: Self.self, in: context)
    }
    if let unknown = given.first(where: { !known.contains($0.name) }) {
      let list = known.isEmpty ? "none" : known.sorted().joined(separator: ", ")
      throw MIGraphXError(
        .invalidArgument, "\(name) has no attribute '\(unknown.name)'; it has \(list)")
    }
    return made
  }
}

extension Operator {
  /// The attributes in the order of declaration. Those that are nil are named only if they aren't by default.
  ///
  /// - Throws: `invalidArgument` when a stored property has no attribute form.
  public var attributes: [AttributeValue.Field] {
    get throws(MIGraphXError) {
      var fields = try encodedFields
      guard let type = Self.self as? any RegisteredOperator.Type else { return fields }
      var place = 0
      for field in try type.init().encodedFields {
        if let index = fields.firstIndex(where: { $0.name == field.name }) {
          place = index
        } else {
          fields.insert(.init(field.name, .absent), at: place)
        }
        place += 1
      }
      return fields
    }
  }

  /// The attributes that are not nil.
  fileprivate var encodedFields: [AttributeValue.Field] {
    get throws(MIGraphXError) {
      guard case .object(let fields) = try AttributeValue(encoding: self) else { return [] }
      return fields
    }
  }

  /// The text form, as in `concat[axis=1]`.
  public var text: String {
    let fields = (try? attributes) ?? []
    let word = Module.nameText(name)
    if fields.isEmpty { return word }
    return "\(word)[\(fields.map(\.description).joined(separator: ","))]"
  }

  /// Whether `other` is the same operator with the same attributes.
  public func isEqual(to other: any Operator) -> Bool { (other as? Self) == self }
}

extension Dimension: AttributeConvertible {
  /// An integer, or the text of the expression.
  public var attributeValue: AttributeValue {
    constant.map(AttributeValue.int) ?? .expression(description)
  }

  /// Reads an integer or an expression over the symbols that `context` defines.
  public init(
    attributeValue value: AttributeValue, in context: AttributeContext
  ) throws(MIGraphXError) {
    switch value {
    case .int(let number): self.init(number)
    case .bool(let flag): self.init(flag ? 1 : 0)
    case .string(let text), .expression(let text):
      self = try Dimension.parse(text) { context.definition($0) as? Symbol }
    default:
      throw MIGraphXError(.invalidArgument, "\(value) is no size; an integer expression is needed")
    }
  }
}
