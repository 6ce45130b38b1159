import CMIGraphX
import Glibc
import MIGraphX
import Support

extension MIGraphXError.Code {
  /// A parameter of a C function is unusable.
  static let badParameter = MIGraphXError.Code("bad parameter")
}

extension MIGraphXError {
  /// `Bad parameter NAME: REASON`
  static func badParameter(_ name: String, _ reason: String) -> MIGraphXError {
    MIGraphXError(.badParameter, "Bad parameter \(name): \(reason)")
  }

  fileprivate var status: migraphx_status {
    switch code {
    case .badParameter, .invalidArgument: migraphx_status_bad_param
    case .unknownTarget: migraphx_status_unknown_target
    default: migraphx_status_unknown_error
    }
  }
}

/// Runs the body of a C function: an error is reported and becomes a status.
func answer(
  function: String = #function, _ body: () throws(MIGraphXError) -> Void
) -> migraphx_status {
  do throws(MIGraphXError) {
    try body()
    return migraphx_status_success
  } catch {
    let text = error.code == .badParameter ? error.message : error.description
    mgx_report(String(function.prefix { $0 != "(" }), text)
    return error.status
  }
}

/// Prints to standard output at once.
func printText(_ text: String) {
  print(text, terminator: "")
  fflush(nil)
}

// MARK: Parameters

/// The box behind a handle.
func box<Value: HandleValue>(
  _ handle: OpaquePointer?, _ name: String, of type: Value.Type = Value.self
) throws(MIGraphXError) -> Box<Value> {
  guard let handle else { throw .badParameter(name, "Null pointer") }
  guard let object = HandleTable.shared.object(handle) else {
    throw .badParameter(name, "The handle was destroyed, or never was one")
  }
  guard let box = object as? Box<Value> else {
    throw .badParameter(name, "A handle of \(Value.typeName) is needed, not of \(object.typeName)")
  }
  return box
}

/// The value behind a handle.
func value<Value: HandleValue>(
  _ handle: OpaquePointer?, _ name: String, of type: Value.Type = Value.self
) throws(MIGraphXError) -> Value {
  try box(handle, name, of: type).value
}

/// The text of a C string.
func text(_ pointer: UnsafePointer<CChar>?, _ name: String) throws(MIGraphXError) -> String {
  guard let pointer else { throw .badParameter(name, "Null pointer") }
  guard let text = String(validatingCString: pointer) else {
    throw .badParameter(name, "The text is not UTF-8")
  }
  return text
}

/// The elements of a C array.
func array<Element>(
  _ pointer: UnsafePointer<Element>?, _ count: Int, _ name: String
) throws(MIGraphXError) -> [Element] {
  // More elements than this have no meaning in any function.
  guard count >= 0, count <= 1 << 24 else {
    throw .badParameter(name, "\(UInt(bitPattern: count)) elements are too many")
  }
  if count == 0 { return [] }
  guard let pointer else { throw .badParameter(name, "Null pointer") }
  return Array(UnsafeBufferPointer(start: pointer, count: count))
}

/// The sizes, or strides, in a C array.
func sizes(
  _ pointer: UnsafePointer<Int>?, _ count: Int, _ name: String
) throws(MIGraphXError) -> [Int] {
  let sizes = try array(pointer, count, name)
  for size in sizes { _ = try checked(size, name) }
  return sizes
}

/// A size that `Int` can hold.
func checked(_ size: Int, _ name: String) throws(MIGraphXError) -> Int {
  guard size >= 0 else { throw .badParameter(name, "\(UInt(bitPattern: size)) is too large") }
  return size
}

// MARK: Results

/// Checks that there is room for a result before something is changed.
func check<Result>(_ out: UnsafeMutablePointer<Result>?) throws(MIGraphXError) {
  guard out != nil else { throw .badParameter("out", "Null pointer") }
}

/// Stores a result where the caller wants it.
func give<Result>(
  _ result: Result, to pointer: UnsafeMutablePointer<Result>?, _ name: String = "out"
) throws(MIGraphXError) {
  guard let pointer else { throw .badParameter(name, "Null pointer") }
  pointer.pointee = result
}

/// Stores a new handle for `value`.
func give<Value: HandleValue>(
  new value: Value, to pointer: UnsafeMutablePointer<OpaquePointer?>?, _ name: String = "out"
) throws(MIGraphXError) {
  guard pointer != nil else { throw .badParameter(name, "Null pointer") }
  try give(HandleTable.shared.insert(Box(value)), to: pointer, name)
}

/// Stores a handle for a part of what `parent` stands for.
func give<Value: HandleValue>(
  _ part: HandleTable.Part, of parent: OpaquePointer?, _ value: Value,
  to pointer: UnsafeMutablePointer<OpaquePointer?>?
) throws(MIGraphXError) {
  try give(HandleTable.shared.part(part, of: parent) { Box(value) }, to: pointer)
}

/// Stores the address and number of elements that live as long as `box`.
func lend<Value: HandleValue>(
  _ elements: [Int], of box: Box<Value>, to pointer: UnsafeMutablePointer<UnsafePointer<Int>?>?,
  count: UnsafeMutablePointer<Int>?
) throws(MIGraphXError) {
  let address = box.lend(elements.withUnsafeBytes { Array($0) })
  try give(address.assumingMemoryBound(to: Int.self), to: pointer)
  try give(elements.count, to: count, "out_size")
}

/// Text that lives as long as `box`.
func lend<Value: HandleValue>(_ text: String, of box: Box<Value>) -> UnsafePointer<CChar> {
  box.lend(Array(text.utf8)).assumingMemoryBound(to: CChar.self)
}

// MARK: Lifetimes

/// Ends a handle.
func destroy<Value: HandleValue>(
  _ handle: OpaquePointer?, _ name: String, _ type: Value.Type, function: String = #function
) -> migraphx_status {
  answer(function: function) { () throws(MIGraphXError) in
    _ = try box(handle, name, of: type)
    if let handle { try HandleTable.shared.remove(handle, name) }
  }
}

/// Gives what `output` stands for the content of `input`.
func assign<Value: HandleValue>(
  _ output: OpaquePointer?, _ input: OpaquePointer?, _ type: Value.Type,
  function: String = #function
) -> migraphx_status {
  answer(function: function) { () throws(MIGraphXError) in
    let content = try value(input, "input", of: type).assigned
    // Its old content may release memory of a client, whose code must not run under the lock.
    let old = try box(output, "output", of: type).update { value in
      let old = value
      value = content
      return old
    }
    withExtendedLifetime(old) {}
    if let output { HandleTable.shared.removeParts(of: output) }
  }
}
