import CMIGraphX
import MIGraphX
import ONNX
import Support
import Tensors

/// How programs are saved and loaded.
struct FileOptions: HandleValue {
  static let typeName = "file_options"
  var format = "msgpack"
  var deviceID = 0
  var key: [UInt8]?
  var trustsCode = false
}

/// The names of the ONNX operators, as C strings that live as long as the process.
private nonisolated(unsafe) let operatorNames: [UnsafeMutablePointer<CChar>] = ONNXOperators.names
  .map { name in
    let characters = Array(name.utf8CString)
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: characters.count)
    memory.initialize(from: characters, count: characters.count)
    return memory
  }

/// The program that an ONNX model becomes, with what the options say about its sizes.
private func imported(
  _ options: OpaquePointer?, _ read: (ONNXOptions) throws(MIGraphXError) -> Program
) throws(MIGraphXError) -> ProgramValue {
  let options = try value(options, "options", of: ParseOptions.self)
  var resolved = try options.resolved()
  if options.printsProgramOnError {
    resolved.failureObserver = { mgx_print_error($0.text()) }
  }
  var program = ProgramValue(try read(resolved))
  program.ranges = options.onnx.inputRanges
  program.showsRanges = options.showsRanges
  return program
}

/// A copy of the caller's bytes.
private func copied(
  _ data: UnsafeRawPointer?, _ size: Int, _ name: String
) throws(MIGraphXError) -> [UInt8] {
  guard let data else { throw .badParameter(name, "Null pointer") }
  return Array(UnsafeRawBufferPointer(start: data, count: try checked(size, "size")))
}

@c @implementation
public func migraphx_parse_onnx(
  _ out: UnsafeMutablePointer<migraphx_program_t?>?, _ name: UnsafePointer<CChar>?,
  _ options: migraphx_onnx_options_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let path = try text(name, "name")
    let program = try imported(options) { (options) throws(MIGraphXError) in
      try Program(onnx: path, options: options)
    }
    try give(new: program, to: out)
  }
}

@c @implementation
public func migraphx_parse_onnx_buffer(
  _ out: UnsafeMutablePointer<migraphx_program_t?>?, _ data: UnsafeRawPointer?, _ size: Int,
  _ options: migraphx_onnx_options_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let bytes = try copied(data, size, "data")
    let program = try imported(options) { (options) throws(MIGraphXError) in
      try Program(onnxBytes: bytes, options: options)
    }
    try give(new: program, to: out)
  }
}

@c @implementation
public func migraphx_get_onnx_operators_size(_ out: UnsafeMutablePointer<Int>?) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(operatorNames.count, to: out)
  }
}

@c @implementation
public func migraphx_get_onnx_operator_name_at_index(
  _ out: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ index: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(element(index, operatorNames), to: out)
  }
}

// MARK: Files of programs and tensors

@c @implementation
public func migraphx_file_options_create(
  _ file_options: UnsafeMutablePointer<migraphx_file_options_t?>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: FileOptions(), to: file_options, "file_options")
  }
}

@c @implementation
public func migraphx_file_options_set_file_format(
  _ file_options: migraphx_file_options_t?, _ format: UnsafePointer<CChar>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let options = try box(file_options, "file_options", of: FileOptions.self)
    let format = try text(format, "format")
    guard ["msgpack", "json"].contains(format) else {
      throw .badParameter("format", "Unknown format: \(format); \"msgpack\" and \"json\" are known")
    }
    try options.update { $0.format = format }
  }
}

@c @implementation
public func migraphx_file_options_set_device_id(
  _ file_options: migraphx_file_options_t?, _ value: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(file_options, "file_options", of: FileOptions.self).update { $0.deviceID = value }
  }
}

@c @implementation
public func migraphx_file_options_set_trust_code(
  _ file_options: migraphx_file_options_t?, _ value: Bool
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(file_options, "file_options", of: FileOptions.self).update { $0.trustsCode = value }
  }
}

@c @implementation
public func migraphx_file_options_set_encryption_key(
  _ file_options: migraphx_file_options_t?, _ key: UnsafeRawPointer?, _ size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let options = try box(file_options, "file_options", of: FileOptions.self)
    let key = try copied(key, size, "key")
    guard [16, 24, 32].contains(size) else {
      throw .badParameter("size", "A key has 16, 24 or 32 bytes, found \(size)")
    }
    try options.update { $0.key = key }
  }
}
