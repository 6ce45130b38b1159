import CMIGraphX
import Support
import Tensors

/// Text or bytes for the caller.
struct Buffer: HandleValue {
  static let typeName = "buffer"
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }
  init(_ text: String) { bytes = Array(text.utf8) }
}

/// Shapes by name, in an order.
struct NamedShapes: HandleValue {
  static let typeName = "program_parameter_shapes"
  var entries: [(name: String, shape: TensorShape)]
}

/// Tensors and other values by name.
struct NamedArguments: HandleValue {
  static let typeName = "program_parameters"
  var values: [String: RuntimeValue] = [:]
}

/// The values behind an array of handles.
func values<Value: HandleValue>(
  _ handles: UnsafePointer<OpaquePointer?>?, _ count: Int, _ name: String, of type: Value.Type
) throws(MIGraphXError) -> [Value] {
  var values: [Value] = []
  for (index, handle) in try array(handles, count, name).enumerated() {
    values.append(try value(handle, "\(name)[\(index)]", of: type))
  }
  return values
}

/// Stores a borrowed handle for an element of a list.
func giveElement<Element: HandleValue>(
  _ index: Int, of list: OpaquePointer?, _ name: String, _ type: Element.Type,
  to out: UnsafeMutablePointer<OpaquePointer?>?
) throws(MIGraphXError) {
  let elements = try value(list, name, of: [Element].self)
  try give(.index(index), of: list, try element(index, elements), to: out)
}

/// An element of a list.
func element<Element>(_ index: Int, _ elements: [Element]) throws(MIGraphXError) -> Element {
  guard elements.indices.contains(index) else {
    throw .badParameter(
      "idx", "\(UInt(bitPattern: index)) is no index of a list of \(elements.count)")
  }
  return elements[index]
}

@c @implementation
public func migraphx_buffer_data(
  _ out: UnsafeMutablePointer<UnsafePointer<CChar>?>?, _ out_size: UnsafeMutablePointer<Int>?,
  _ buffer: const_migraphx_buffer_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let buffer = try box(buffer, "buffer", of: Buffer.self)
    let bytes = buffer.value.bytes
    try give(buffer.lend(bytes).assumingMemoryBound(to: CChar.self), to: out)
    try give(bytes.count, to: out_size, "out_size")
  }
}

@c @implementation
public func migraphx_program_parameter_shapes_size(
  _ out: UnsafeMutablePointer<Int>?,
  _ program_parameter_shapes: migraphx_program_parameter_shapes_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let shapes = try value(
      program_parameter_shapes, "program_parameter_shapes", of: NamedShapes.self)
    try give(shapes.entries.count, to: out)
  }
}

@c @implementation
public func migraphx_program_parameter_shapes_get(
  _ out: UnsafeMutablePointer<const_migraphx_shape_t?>?,
  _ program_parameter_shapes: migraphx_program_parameter_shapes_t?, _ name: UnsafePointer<CChar>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let shapes = try value(
      program_parameter_shapes, "program_parameter_shapes", of: NamedShapes.self)
    let name = try text(name, "name")
    guard let entry = shapes.entries.first(where: { $0.name == name }) else {
      let list = shapes.entries.map { "'\($0.name)'" }.joined(separator: ", ")
      throw .badParameter("name", "There is no '\(name)'; the names are \(list)")
    }
    try give(.name(name), of: program_parameter_shapes, entry.shape, to: out)
  }
}

@c @implementation
public func migraphx_program_parameter_shapes_names(
  _ out: UnsafeMutablePointer<UnsafePointer<CChar>?>?,
  _ program_parameter_shapes: migraphx_program_parameter_shapes_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let shapes = try box(
      program_parameter_shapes, "program_parameter_shapes", of: NamedShapes.self)
    let entries = shapes.value.entries
    if entries.isEmpty { return }
    guard let out else { throw .badParameter("out", "Null pointer") }
    for (index, entry) in entries.enumerated() { out[index] = lend(entry.name, of: shapes) }
  }
}

@c @implementation
public func migraphx_program_parameters_create(
  _ program_parameters: UnsafeMutablePointer<migraphx_program_parameters_t?>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: NamedArguments(), to: program_parameters, "program_parameters")
  }
}

@c @implementation
public func migraphx_program_parameters_add(
  _ program_parameters: migraphx_program_parameters_t?, _ name: UnsafePointer<CChar>?,
  _ argument: const_migraphx_argument_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let argument = try value(argument, "argument", of: Argument.self)
    try add(.tensor(argument), text(name, "name"), to: program_parameters)
  }
}

@c @implementation
public func migraphx_program_parameters_add_value(
  _ program_parameters: migraphx_program_parameters_t?, _ name: UnsafePointer<CChar>?,
  _ value: const_migraphx_value_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let value = try CAPI.value(value, "value", of: RuntimeValue.self)
    try add(value, text(name, "name"), to: program_parameters)
  }
}

private func add(
  _ value: RuntimeValue, _ name: String, to parameters: migraphx_program_parameters_t?
) throws(MIGraphXError) {
  // What it replaces may release memory of a client, whose code must not run under the lock.
  let old = try box(parameters, "program_parameters", of: NamedArguments.self)
    .update { $0.values.updateValue(value, forKey: name) }
  withExtendedLifetime(old) {}
}
