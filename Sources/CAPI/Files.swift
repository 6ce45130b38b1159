import Archive
import CMIGraphX
import MIGraphX
import ONNX
import Support
import Tensors

/// How programs are saved and loaded.
struct FileOptions: HandleValue {
  static let typeName = "file_options"
  var saving = SaveOptions()
  var loading = LoadOptions()

  /// How programs are loaded, with the operators that clients defined.
  var complete: LoadOptions {
    var options = loading
    options.registry = CustomOperators.shared.registry
    return options
  }
}

/// The names of the ONNX operators, as C strings that live as long as the process.
private nonisolated(unsafe) let operatorNames = ONNXOperators.names.map(permanent)

/// A C string that lives as long as the process.
private func permanent(_ text: String) -> UnsafeMutablePointer<CChar> {
  let characters = Array(text.utf8CString)
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
  return ProgramValue(try read(resolved))
}

/// A copy of the caller's bytes.
private func copied(
  _ data: UnsafeRawPointer?, _ size: Int, _ name: String
) throws(MIGraphXError) -> [UInt8] {
  guard let data else { throw .badParameter(name, "Null pointer") }
  guard (0...Storage.maximumByteCount).contains(size) else {
    throw .badParameter("size", "\(UInt(bitPattern: size)) bytes are more than this machine has")
  }
  return Array(UnsafeRawBufferPointer(start: data, count: size))
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
    // "msgpack" is MIGraphX's name for the binary form.
    guard let known = ["msgpack": ArchiveFormat.binary, "json": .json][format] else {
      throw .badParameter("format", "Unknown format: \(format); \"msgpack\" and \"json\" are known")
    }
    try options.update { $0.saving.format = known }
  }
}

@c @implementation
public func migraphx_file_options_set_device_id(
  _ file_options: migraphx_file_options_t?, _ value: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(file_options, "file_options", of: FileOptions.self).update {
      $0.loading.deviceID = value
    }
  }
}

@c @implementation
public func migraphx_file_options_set_trust_code(
  _ file_options: migraphx_file_options_t?, _ value: Bool
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(file_options, "file_options", of: FileOptions.self).update {
      $0.loading.trustsCode = value
    }
  }
}

@c @implementation
public func migraphx_file_options_set_encryption_key(
  _ file_options: migraphx_file_options_t?, _ key: UnsafeRawPointer?, _ size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let options = try box(file_options, "file_options", of: FileOptions.self)
    guard [16, 24, 32].contains(size) else {
      throw .badParameter("size", "A key has 16, 24 or 32 bytes, found \(UInt(bitPattern: size))")
    }
    let key = try copied(key, size, "key")
    try options.update {
      $0.saving.key = key
      $0.loading.key = key
    }
  }
}

@c @implementation
public func migraphx_save(
  _ p: migraphx_program_t?, _ name: UnsafePointer<CChar>?, _ options: migraphx_file_options_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let program = try value(p, "p", of: ProgramValue.self)
    let options = try value(options, "options", of: FileOptions.self)
    try program.save(to: text(name, "name"), options.saving)
  }
}

@c @implementation
public func migraphx_load(
  _ out: UnsafeMutablePointer<migraphx_program_t?>?, _ name: UnsafePointer<CChar>?,
  _ options: migraphx_file_options_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let options = try value(options, "options", of: FileOptions.self)
    let saved = try SavedProgram(contentsOf: text(name, "name"), options: options.complete)
    try give(new: ProgramValue(saved), to: out)
  }
}

@c @implementation
public func migraphx_save_buffer(
  _ out: UnsafeMutablePointer<migraphx_buffer_t?>?, _ program: const_migraphx_program_t?,
  _ options: const_migraphx_file_options_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let program = try value(program, "program", of: ProgramValue.self)
    let options = try value(options, "options", of: FileOptions.self)
    try give(new: Buffer(program.archived(options.saving)), to: out)
  }
}

@c @implementation
public func migraphx_load_buffer(
  _ out: UnsafeMutablePointer<migraphx_program_t?>?, _ data: UnsafeRawPointer?, _ size: Int,
  _ options: const_migraphx_file_options_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let options = try value(options, "options", of: FileOptions.self)
    let saved = try SavedProgram(bytes: copied(data, size, "data"), options: options.complete)
    try give(new: ProgramValue(saved), to: out)
  }
}

@c @implementation
public func migraphx_argument_save(
  _ a: const_migraphx_argument_t?, _ filename: UnsafePointer<CChar>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try value(a, "a", of: Argument.self).save(to: text(filename, "filename"))
  }
}

@c @implementation
public func migraphx_argument_load(
  _ out: UnsafeMutablePointer<migraphx_argument_t?>?, _ filename: UnsafePointer<CChar>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: Argument(loading: text(filename, "filename")), to: out)
  }
}

// MARK: Versions

private nonisolated(unsafe) let versionText = UnsafePointer(permanent(SystemVersion.number))

@c @implementation
public func migraphx_version() -> UnsafePointer<CChar>? {
  versionText
}

@c @implementation
public func migraphx_mxr_version() -> Int {
  MXR.version
}
