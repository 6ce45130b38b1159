import CMIGraphX
import IR
import Support
import Tensors

extension RuntimeValue: HandleValue {
  static var typeName: String { "value" }

  /// What messages call values of this kind.
  private var kindName: String {
    switch self {
    case .tensor: "a tensor"
    case .tuple: "a tuple"
    case .sequence: "a sequence"
    case .optional: "an optional value"
    }
  }

  /// The value as an input of type `type`: with the types of what is not there, a value as an optional one, and a
  /// tensor of one element with an axis or without, as the input wants it.
  ///
  /// - Throws: `invalidArgument` for another kind of value or element type.
  func fitted(to type: ValueType) throws(MIGraphXError) -> RuntimeValue {
    switch (self, type) {
    case (.tensor(let argument), .tensor(let shape)): return .tensor(try argument.fitted(to: shape))
    case (.tensor, .unranked): return self
    case (.tuple(let parts), .tuple(let types)) where parts.count == types.count:
      var fitted: [RuntimeValue] = []
      for (part, type) in zip(parts, types) { fitted.append(try part.fitted(to: type)) }
      return .tuple(fitted)
    case (.sequence(let elements, _), .sequence(let element)):
      var fitted: [RuntimeValue] = []
      for (index, value) in elements.enumerated() {
        fitted.append(
          try trace("element \(index)") { () throws(MIGraphXError) in
            try value.fittedElement(to: element)
          })
      }
      return .sequence(fitted, element: element)
    case (.optional(let wrapped, _), .optional(let type)):
      guard let wrapped else { return .optional(nil, wrapped: type) }
      return .optional(try wrapped.fitted(to: type), wrapped: type)
    case (_, .optional(let wrapped)):
      return .optional(try fitted(to: wrapped), wrapped: wrapped)
    default:
      throw MIGraphXError(.invalidArgument, "(\(type)) is needed, found \(kindName)")
    }
  }

  /// The value as an element of a sequence, of which nothing else checks the type.
  private func fittedElement(to type: ValueType) throws(MIGraphXError) -> RuntimeValue {
    let fitted = try fitted(to: type)
    if let argument = fitted.argument, let elementType = type.tensorElementType,
      argument.elementType != elementType
    {
      throw MIGraphXError(
        .invalidArgument,
        "elements of type \(elementType.rawValue) are needed, found "
          + argument.elementType.rawValue)
    }
    return fitted
  }

  /// A type for a value of which only the kind is known.
  fileprivate var type: ValueType {
    switch self {
    case .tensor(let argument): .tensor(argument.shape)
    case .tuple(let parts): .tuple(parts.map(\.type))
    case .sequence(_, let element): .sequence(element)
    case .optional(_, let wrapped): .optional(wrapped)
    }
  }

  /// The values that this one consists of; nil for a tensor.
  fileprivate var parts: [RuntimeValue]? {
    switch self {
    case .tensor: nil
    case .tuple(let parts), .sequence(let parts, _): parts
    case .optional(let wrapped, _): wrapped.map { [$0] } ?? []
    }
  }

  /// What stands for the type of what is not there, until it is known.
  fileprivate static let unknownType = ValueType.tensor(Shape(.float, lens: []))
}

extension Argument {
  /// This tensor; one of one element as the input wants it, with an axis or without.
  fileprivate func fitted(to shape: Shape) throws(MIGraphXError) -> Argument {
    guard shape.rank != rank, max(shape.rank, rank) == 1, elementCount == 1 else { return self }
    return try shape.rank == 0 ? view(lens: [], strides: []) : view(lens: [1], strides: [1])
  }
}

// MARK: Making values

@c @implementation
public func migraphx_value_create(
  _ value: UnsafeMutablePointer<migraphx_value_t?>?, _ argument: const_migraphx_argument_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let argument = try CAPI.value(argument, "argument", of: Argument.self)
    try give(new: RuntimeValue.tensor(argument), to: value, "value")
  }
}

@c @implementation
public func migraphx_value_create_sequence(
  _ value: UnsafeMutablePointer<migraphx_value_t?>?, _ ptr: UnsafePointer<const_migraphx_value_t?>?,
  _ size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let elements = try values(ptr, size, "ptr", of: RuntimeValue.self)
    let type = elements.first?.type ?? RuntimeValue.unknownType
    try give(new: RuntimeValue.sequence(elements, element: type), to: value, "value")
  }
}

@c @implementation
public func migraphx_value_create_optional(
  _ value: UnsafeMutablePointer<migraphx_value_t?>?, _ wrapped: const_migraphx_value_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let wrapped = try CAPI.value(wrapped, "wrapped", of: RuntimeValue.self)
    try give(new: RuntimeValue.optional(wrapped, wrapped: wrapped.type), to: value, "value")
  }
}

@c @implementation
public func migraphx_value_create_none(
  _ value: UnsafeMutablePointer<migraphx_value_t?>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: RuntimeValue.optional(nil, wrapped: RuntimeValue.unknownType), to: value, "value")
  }
}

// MARK: Reading values

@c @implementation
public func migraphx_value_kind(
  _ out: UnsafeMutablePointer<migraphx_value_kind_t>?, _ value: const_migraphx_value_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let kind =
      switch try CAPI.value(value, "value", of: RuntimeValue.self) {
      case .tensor: migraphx_value_tensor
      case .sequence: migraphx_value_sequence
      case .optional: migraphx_value_optional
      case .tuple: migraphx_value_tuple
      }
    try give(kind, to: out)
  }
}

@c @implementation
public func migraphx_value_argument(
  _ out: UnsafeMutablePointer<const_migraphx_argument_t?>?, _ value: const_migraphx_value_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let content = try CAPI.value(value, "value", of: RuntimeValue.self)
    guard let argument = content.argument else {
      throw .badParameter("value", "A tensor is needed, found (\(content.type))")
    }
    try give(.name("argument"), of: value, argument, to: out)
  }
}

@c @implementation
public func migraphx_value_size(
  _ out: UnsafeMutablePointer<Int>?, _ value: const_migraphx_value_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let content = try CAPI.value(value, "value", of: RuntimeValue.self)
    guard let parts = content.parts else {
      throw .badParameter("value", "A tensor has no parts")
    }
    try give(parts.count, to: out)
  }
}

@c @implementation
public func migraphx_value_get(
  _ out: UnsafeMutablePointer<const_migraphx_value_t?>?, _ value: const_migraphx_value_t?,
  _ idx: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let content = try CAPI.value(value, "value", of: RuntimeValue.self)
    try give(.index(idx), of: value, try element(idx, content.parts ?? []), to: out)
  }
}

@c @implementation
public func migraphx_values_size(
  _ out: UnsafeMutablePointer<Int>?, _ values: const_migraphx_values_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(values, "values", of: [RuntimeValue].self).count, to: out)
  }
}

@c @implementation
public func migraphx_values_get(
  _ out: UnsafeMutablePointer<const_migraphx_value_t?>?, _ values: const_migraphx_values_t?,
  _ idx: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try giveElement(idx, of: values, "values", RuntimeValue.self, to: out)
  }
}

// MARK: Text

@c @implementation
public func migraphx_argument_create_text(
  _ argument: UnsafeMutablePointer<migraphx_argument_t?>?, _ lengths: UnsafePointer<Int>?,
  _ lengths_size: Int, _ elements: UnsafePointer<UnsafePointer<CChar>?>?,
  _ element_sizes: UnsafePointer<Int>?, _ elements_size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let lens = try sizes(lengths, lengths_size, "lengths")
    let pointers = try array(elements, elements_size, "elements")
    let counts = try sizes(element_sizes, elements_size, "element_sizes")
    var strings: [String] = []
    for (pointer, count) in zip(pointers, counts) {
      guard let pointer else { throw .badParameter("elements", "Null pointer") }
      let bytes = UnsafeRawBufferPointer(start: pointer, count: count)
      guard let string = String(validating: bytes, as: UTF8.self) else {
        throw .badParameter("elements", "The text is not UTF-8")
      }
      strings.append(string)
    }
    try give(new: Argument(strings: strings, lens: lens), to: argument, "argument")
  }
}

@c @implementation
public func migraphx_argument_element_text(
  _ out: UnsafeMutablePointer<migraphx_buffer_t?>?, _ argument: const_migraphx_argument_t?,
  _ idx: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let argument = try value(argument, "argument", of: Argument.self)
    guard argument.elementType == .string else {
      throw .badParameter("argument", "Text is needed, found \(argument.elementType.rawValue)")
    }
    guard (0..<argument.elementCount).contains(idx) else {
      throw .badParameter(
        "idx", "\(UInt(bitPattern: idx)) is no index of \(argument.elementCount) elements")
    }
    var (rest, offset) = (idx, 0)
    for (len, stride) in zip(argument.lens, argument.strides).reversed() {
      offset += rest % len * stride
      rest /= len
    }
    let element = try argument.view(lens: [], strides: [], elementOffset: offset)
    try give(new: Buffer(element.stringElements.first ?? ""), to: out)
  }
}
